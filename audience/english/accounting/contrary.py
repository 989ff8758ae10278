"""Two things said of which one takes the other back: "have and do not have", "with no debt who owe more than 50"."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.leaves import Leaf
from audience.english.sentence import Sentence, Word, low_at


def taken_back(every: list[Leaf], words: Sentence) -> set[int]:
    """Places of words that a condition holds together with their own denial."""
    return _done_and_not(words.words) | _denied_before(every, words)


def _done_and_not(words: Sequence[Word]) -> set[int]:
    """ "have and do not have", "bought and never bought": the same verb, twice."""
    lost = set[int]()
    for place, word in enumerate(words):
        if not word.is_word or low_at(words, place + 1) not in ("and", "but"):
            continue
        at = place + 2
        while low_at(words, at) in _AUXILIARIES:
            at += 1
        denied = low_at(words, at) in _NOT or low_at(words, at).endswith("n't")
        after = words[at + 1] if denied and at + 1 < len(words) else None
        if after is not None and after.stem == word.stem:
            lost |= {place, at + 1}
    return lost


def _denied_before(every: list[Leaf], words: Sentence) -> set[int]:
    """ "with no debt who owe more than 50": one condition cannot hold the thing denied and the clause."""
    lost = set[int]()
    for leaf in every:
        first, last = min(leaf.places, default=0), max(leaf.places, default=0)
        cuts = [p for p in range(first, last) if words.words[p].low in _RELATIVES]
        if not cuts or not any(place > cuts[-1] for place in leaf.places):
            continue
        before = [place for place in leaf.places if place < cuts[0]]
        denials = [p for p in before if words.words[p].low in _NO]
        if first and words.words[first - 1].low in _NO:
            denials.append(first)
        if denials and len(before) > 1:
            lost |= set(before)
    return lost


_RELATIVES = frozenset(["who", "which", "whose"])
_AUXILIARIES = frozenset(["do", "does", "did", "have", "has", "had", "also", "still", "yet"])
_NOT = frozenset(["not", "never"])
_NO = frozenset(["no", "without", "lacking", "not", "never"])
