"""How much is taken of what they have, where both are known: "whose seats are all used", "no beds left"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from audience.english.context import type_of
from audience.english.schema import Entry, likeness, weigh
from audience.english.sentence import Word, frame_words
from audience.english.tokens import stem_set
from audience.english.two_numbers import Pair
from audience.query import Comparison, Trait


def taken_up(words: Sequence[Word], first: int, end: int, people: Iterable[Entry]) -> Pair | None:
    """The comparison that all the words `[first, end)` say, where one pair of numbers can be meant."""
    numbers = [each for each in people if type_of(each) == "number"]
    found = [
        (one, other, operator)
        for one in numbers
        if _TAKEN & set(one.words)
        for other in numbers
        if other is not one
        and (nouns := _shared(one, other))
        and (operator := _said(words, first, end, nouns))
    ]
    if len(found) != 1:
        return None
    one, other, operator = found[0]
    tree = Comparison(Trait(one.field.name), operator, (Trait(other.field.name),))
    return Pair(tree, frozenset(range(first, end)), one, other)


def what_there_is(entries: Sequence[Entry]) -> Entry | None:
    """Of numbers of one thing the one they have, where the others are what is taken of it: "50 seats"."""
    if any(type_of(each) != "number" for each in entries):
        return None
    had = [e for e in entries if all(o is e or _shared(o, e) for o in entries)]
    return had[0] if len(had) == 1 else None


def _shared(one: Entry, other: Entry) -> set[str]:
    """The noun of both, where the first is what is taken of it and the second what there is."""
    shared = {word for word in {*one.words} & {*other.words} if weigh(word) >= 1.0}
    mine = {word for word in one.words if word not in shared and weigh(word) >= 1.0}
    its = {word for word in other.words if word not in shared and weigh(word) >= 1.0}
    return shared if mine and mine <= _TAKEN and its <= _HAD else set()


def _said(words: Sequence[Word], first: int, end: int, nouns: set[str]) -> str | None:
    """How the first is held against the second by these words, or nothing."""
    rest: set[str] = set()
    denied = named = False
    for place, word in enumerate(words[first:end], first):
        if word.low in ("have", "has") and place + 1 < end:
            continue  # "have used all their seats", but "than they have"
        if any(likeness(word.stem, each) == 1.0 for each in nouns):
            named = True
        elif word.low in _NOT or word.low.endswith("n't"):
            denied = not denied
        elif word.low in _TELLING or (word.is_word and word.low not in _small()):
            rest.add("taken" if word.stem in _TAKEN else "had" if word.stem in _HAD else word.low)
    operator = _SAYINGS.get(frozenset(rest))
    if not named or operator is None:
        return None
    return _DENIED[operator] if denied else operator


@cache
def _small() -> frozenset[str]:
    """Words that say nothing of how much is taken."""
    kinds = frame_words()
    return kinds["empty"] | kinds["subjects.accounts"] | kinds["relatives"]


def _sayings() -> dict[frozenset[str], str]:
    found = {frozenset({all_, "taken"}): "at_least" for all_ in _ALL}
    found |= {frozenset({free}): "less_than" for free in _FREE}
    for sign, operator in _SIGNS.items():
        for had in (set(), {"had"}):
            found[frozenset({"taken", sign, *had})] = operator
            found[frozenset({"taken", sign, "than", *had})] = operator
    found |= {frozenset({"taken", "nobody", *had}): "less_than" for had in (set(), {"had"})}
    for over in ("exceed", "exceeds", "exceeding", "exceeded", "over", "above", "beyond"):
        for limit in ("limit", "allowance", "quota"):
            found[frozenset({over, limit})] = "greater_than"
    return found


_TAKEN = stem_set(
    "used", "taken", "occupied", "assigned", "filled", "active", "utilized", "using", "uses"
)
_HAD = stem_set("bought", "purchased", "paid", "licensed", "contracted", "total", "booked", "included", "available", "owned", "have", "has", "pays")  # fmt: skip
_ALL = ("all", "fully", "completely", "entirely", "every")
_FREE = ("free", "unused", "spare", "empty", "left", "unassigned", "vacant", "remaining")
_NOT = frozenset(["no", "not", "without", "never", "none"])
_SIGNS = {
    "more": "greater_than",
    "above": "greater_than",
    "over": "greater_than",
    "fewer": "less_than",
    "less": "less_than",
    "below": "less_than",
    "under": "less_than",
}
_TELLING = frozenset([*_ALL, *_FREE, *_SIGNS, "nobody", "than", "have", "has", "limit"])
_DENIED = {
    "at_least": "less_than",
    "less_than": "at_least",
    "greater_than": "at_most",
}
_SAYINGS = _sayings()
