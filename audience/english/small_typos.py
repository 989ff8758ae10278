"""Misspelt small words, which are too short to be mended by likeness: "teh", "adn", "more then 5"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.data import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audience.english.lexicon import Lexicon
    from audience.english.sentence import Word


def small_typos(words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """`words` with each such word as it was meant, where nothing here is called so."""
    found: list[Word] = []
    for place, word in enumerate(words):
        meant = load("smallwords.yaml")["misspelt"].get(word.low)
        if word.low == "then" and place and words[place - 1].low in _MORE:
            after = words[place + 1].low if place + 1 < len(words) else ""
            meant = "than" if after[:1].isdigit() or after in _AMOUNTS else None
        plain = meant is not None and word.is_word and word.text.islower()
        if not plain or lexicon.knows(word.stem) or lexicon.valued((word.stem,), word.low):
            found.append(word)
            continue
        found.append(replace(word, low=meant, stem=meant, mended=meant))
    return found


_MORE = frozenset(["more", "less", "fewer", "longer", "older", "younger", "later", "earlier"])
_AMOUNTS = frozenset(
    ["a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty"]
)  # fmt: skip
