""" "any plan other than premium", "all plans but gold", "any period but yearly", "anything but gold": all but one value of a field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.lexicon import Lexicon
from audience.english.schema import likeness
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.sentence import Word


def any_other(words: list[Word], lexicon: Lexicon) -> set[int]:
    """The places of "any" or "all" and its noun, which the value says again; a "but" there is an "except"."""
    swallowed: set[int] = set()
    for place, word in enumerate(words):
        if word.low not in _ANY:
            continue
        for at in range(place + 1, min(place + 2 + _NOUNS, len(words))):
            after = _after(words, at)
            if after is None:
                continue
            nouns = words[place + 1 : at]
            if bool(nouns) != (word.low != "anything") or not _is_value(
                words, after, nouns, lexicon
            ):
                break
            if not nouns and (not place or words[place - 1].low not in _IS):
                break  # "bought anything but insurance": who bought it too?
            if not nouns:  # "is anything but gold"
                words[place] = replace(word, low="not", stem="not")
                swallowed |= set(range(at, after))
                break
            swallowed |= {*range(place, at), *range(at + 1, after)}
            words[at] = replace(words[at], low="except", stem=stem("except"))
            break
    return swallowed


def _after(words: list[Word], at: int) -> int | None:
    """The place after an "other than", an "except" or a "but"."""
    low = words[at].low
    following = words[at + 1].low if at + 1 < len(words) else ""
    if (low, following) in (("other", "than"), ("apart", "from"), ("except", "for")):
        return at + 2
    return at + 1 if low in ("except", "but", "besides", "excluding") else None


def _is_value(words: list[Word], first: int, nouns: list[Word], lexicon: Lexicon) -> bool:
    """Whether a value of a field that the noun means stands there."""
    while first < len(words) and words[first].low in ("a", "an", "the"):
        first += 1
    for end in range(first + 1, min(first + 1 + _NOUNS, len(words)) + 1):
        said = words[first:end]
        low = " ".join(each.low for each in said)
        for each in lexicon.valued(tuple(each.stem for each in said), low):
            known = (*each.entry.words, *each.entry.about)
            own = all(any(likeness(noun.stem, word) for word in known) for noun in nouns)
            if each.score >= 0.9 and own:
                return True
    return False


_IS = frozenset(["is", "are", "was", "be", "being"])
_ANY = frozenset(["any", "all", "every", "anything"])
_NOUNS = 2
