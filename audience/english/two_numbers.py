"""Two numbers that are known of people, held against each other: "using more seats than they bought".

They share a noun ("seats used", "seats bought"; "salary now", "salary wanted") and what tells them
apart is said on either side of the "than".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from audience.english.context import type_of
from audience.english.schema import Entry, likeness, weigh
from audience.english.sentence import Word, frame_words
from audience.english.tokens import name_words, stem, stem_set
from audience.query import Boolean, Comparison, Trait


@dataclass(frozen=True)
class Pair:
    """The condition, the words that say it, and the fields on its two sides."""

    tree: Boolean
    places: frozenset[int]
    entry: Entry
    other: Entry


def two_numbers(
    words: Sequence[Word], first: int, end: int, people: Iterable[Entry]
) -> Pair | None:
    """The comparison that the words `[first, end)` say from their first to their last, if any."""
    than = next((p for p in range(first, end) if words[p].low == "than"), None)
    if than is None:
        return None
    more = next((p for p in range(than - 1, first - 1, -1) if words[p].low in _MORE), None)
    if more is None or not than < end - 1:
        return None
    small = (frame_words()["empty"] | frame_words()["light_verbs"] | _SMALL) - _TELLING
    left = {words[p].stem for p in range(first, than) if p != more and words[p].low not in small}
    right = {words[p].stem for p in range(than + 1, end) if words[p].low not in small}
    if any(words[p].text.isdigit() for p in range(first, end)):
        return None
    numbers = [each for each in people if type_of(each) == "number"]
    sides = tuple(
        {words[p].low for p in side if words[p].low in _HAVING or words[p].stem in _STILL}
        for side in (range(first, than), range(than + 1, end))
    )
    found = [
        (one, other)
        for one, other in permutations(numbers, 2)
        if _are_said(one, other, left, right, (bool(sides[0]), bool(sides[1])))
    ]
    found = found or [
        (one, other)
        for one, other in permutations(numbers, 2)
        if _is_called(one, left) and _is_called(other, right)
    ]
    if len(found) != 1:
        return None
    one, other = found[0]
    tree = Comparison(Trait(one.field.name), _MORE[words[more].low], (Trait(other.field.name),))
    return Pair(tree, frozenset(range(first, end)), one, other)


def _is_called(entry: Entry, said: set[str]) -> bool:
    """Whether the words are all of the field's name: "more seats than employees"."""
    return bool(said) and said == {word for word in entry.words if weigh(word) >= 1.0}


def _are_said(
    one: Entry, other: Entry, left: set[str], right: set[str], had: tuple[bool, bool]
) -> bool:
    """Whether all the words are of these two, and tell them apart."""
    shared = {word for word in {*one.words} & {*other.words} if weigh(word) >= 1.0}
    if not shared:
        return False
    mine, its = _own(one, shared), _own(other, shared)
    noun = {word for word in left | right if any(_names(word, each) for each in shared)}
    said, told = left - noun, right - noun
    if not noun or not (mine or its):
        return False
    if not (told or said):
        return False
    return _tell(said, mine, one, had[0]) and _tell(told, its, other, had[1])


def _own(entry: Entry, shared: set[str]) -> set[str]:
    return {word for word in entry.words if word not in shared and weigh(word) >= 1.0}


def _names(word: str, noun: str) -> bool:
    return likeness(word, noun) > 0 or noun in _BY_VERB.get(word, ())


def _tell(said: set[str], own: set[str], entry: Entry, had: bool) -> bool:
    """Whether what is said on one side is what tells the field from the other, and all of it."""
    if not own:
        return not said or said <= _NOW | _STILL
    if (
        had
        and said <= _NOW | _STILL
        and not any(low.endswith("ed") for low in name_words(entry.field.name))
    ):
        return True  # "than they have left": those that are still there
    described = {*entry.words, *entry.about}
    alike = all(
        any(likeness(word, each) for each in own) or word in described or _marks(word, own)
        for word in said
    )
    return alike and bool(said)


def _marks(word: str, own: set[str]) -> bool:
    """ "now" of the current one, "a year ago" of the one before."""
    return any(word in said and own & called for called, said in _MARKS)


_MORE: Mapping[str, str] = {
    "more": "greater_than",
    "higher": "greater_than",
    "less": "less_than",
    "fewer": "less_than",
    "lower": "less_than",
}
_SMALL = frozenset(
    ["do", "does", "did", "are", "is", "was", "were", "one", "ones", "they", "than", "would", "like", "have", "has", "had"]
)  # fmt: skip


_HAVING = frozenset(["have", "has", "hold", "holds", "own", "owns"])
_STILL = stem_set("remaining", "left", "available", "still") | {"remaining"}
_NOW = stem_set("now", "current", "currently", "present", "presently", "today")
_TELLING = frozenset(
    ["now", "before", "last", "ago", "want", "wants", "today", "year", "used", "use", "uses", "using"]
)  # fmt: skip
_BOUGHT = stem_set("bought", "purchased", "paid", "licensed", "booked")
_MARKS = (
    (_BOUGHT, _BOUGHT),
    (stem_set("current", "now", "present", "actual"), _NOW),
    (
        stem_set("prev", "previous", "before", "last", "former", "prior"),
        stem_set("previously", "before", "last", "ago", "earlier", "former", "year", "used"),
    ),
    (
        stem_set("desired", "wanted", "target", "expected", "wished", "ideal"),
        stem_set("want", "wanting", "expect", "wish", "hope", "look", "aim", "seek", "desire"),
    ),
)
_BY_VERB: Mapping[str, frozenset[str]] = {
    stem("earn"): stem_set("salary", "income", "wage", "pay"),
    stem("pay"): stem_set("premium", "fee", "price", "bill", "rent", "rate"),
}
