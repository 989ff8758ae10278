"""Words of which only the person can say the measure: "our most loyal supporters"."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.small_words import small_words
from audience.english.reading import Unmatched
from audience.english.sentence import frame_words
from audience.english.tokens import tokens


def is_vague(text: str) -> bool:
    """Whether every word is one of which only the person can say the measure, or means people."""
    kinds = frame_words()
    known = _VAGUE | kinds["subjects.users"] | kinds["subjects.accounts"] | kinds["empty"]
    return all(word.low in known for word in tokens(text) if word.is_word)


def degrees(unmatched: Sequence[Unmatched]) -> tuple[str, ...]:
    """The words among those left over that say how much or how well, and by what measure nobody said."""
    return tuple(
        word.text
        for each in unmatched
        for word in tokens(each.text)
        if word.is_word and is_degree(word.low) and not _is_of_number(word.low, each.text)
    )


def _is_of_number(low: str, text: str) -> bool:
    """ "more than 100": with its measure."""
    compared = low in ("more", "less", "fewer") or low.endswith("er")
    return compared and (f"{low} than " in text.lower() or any(each.isdigit() for each in text))


def is_degree(low: str) -> bool:
    """Whether the word, or what it is more or most of, says how much: "warm", "warmest"."""
    plain = {low, low.removesuffix("er"), low.removesuffix("est"), low.removesuffix("ly")}
    return bool(plain & _DEGREES)


_VAGUE = small_words("vague")
_DEGREES = small_words("degrees")
