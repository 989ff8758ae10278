"""Nouns that are everybody only where the workspace is about them: the students of a school, not of an airline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from audience.english.accounting.leaves import Leaf, holding
from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.sentence import Sentence
from audience.english.tokens import stem


def of_elsewhere(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """Places of such nouns that no condition holds and that nothing here tells of.

    That a code of a field means it ("S = study") tells that some are, and others not.
    """
    lost = set[int]()
    heading = max((at for at, word in enumerate(words.words) if word.text in (":", "(")), default=0)
    for place, word in enumerate(words.words[heading:], heading):
        at_home = _callings().get(word.low)
        if at_home is None or word.quoted or holding(every, place):
            continue
        named = any(link.first <= place < link.end and link.score >= 0.9 for link in found)
        if not named and not any(map(lexicon.tells_of, (word.stem, *at_home))):
            lost.add(place)
    return lost


@cache
def _callings() -> Mapping[str, tuple[str, ...]]:
    """Noun → stems of what a workspace is about where it means everybody."""
    return {
        said: tuple(stem(each) for each in row["of"])
        for row in load("callings.yaml")
        for said in row["said"]
    }
