"""A word behind what was done, or a value, that went to another condition than its own.

"Orders with more than 10 items" have so many in them, "whose plan is paused" is how it stands now, "rated
the driver" is about the driver, and "families on the premium plan" are on one plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from audience.english.accounting.fields import entries_of, values_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.context import type_of
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Number, Range
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.times import is_time
from audience.english.tokens import name_words
from audience.query import Aggregate, Between, Comparison, Not, Trait, Within


def gone_astray(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """Places of such words."""
    lost = set[int]()
    for leaf in every:
        if leaf.is_named(found):
            continue
        lost |= _one_of_no_list(leaf, words, found) | _how_much(leaf, words, lexicon)
        lost |= _how_long(leaf, words)
        lost |= _in_it(leaf, every, words, lexicon)
        lost |= _is_so_now(leaf, words, found)
        lost |= _about_whom(leaf, every, words, lexicon, found)
        lost |= _joined_what(leaf, every, words, lexicon)
    return lost


def _one_of_no_list(leaf: Leaf, words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "families on the premium plan": two values of one field that nothing joins."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator != "one_of":
        return set()
    if not isinstance(tree.left, Trait):
        return set()
    values = values_of([tree])
    places = sorted(
        {
            (link.first, link.end)
            for link in found
            if link.first in leaf.places and any(each.value in values for each in link.values)
        }
    )
    kinds = frame_words()
    joints = kinds["or"] | kinds["and"] | kinds["relatives"] | _JOINTS
    if len({word for value in values for word in stemmed(value)}) > len(places) * _FAR:
        return set()
    for (_, end), (first, last) in pairwise(places):
        between = [low_at(words.words, place) for place in range(end, first)]
        preposed = any(low in kinds["empty.prepositions"] for low in between)
        if preposed and not any(low in joints or not low.isalnum() for low in between):
            return set(range(first, last))
    return set()


def _how_much(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "with credit left", "got no match": more or none of a number, and not that it is known or not."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator not in ("exists", "absent"):
        return set()
    said = {words.words[place].low for place in leaf.places}
    counts = any(
        type_of(each) == "number" and _COUNTS & set(each.words)
        for each in entries_of(tree, lexicon)
    )
    if tree.operator == "absent":
        return set(leaf.places) if counts and said & {"no", "zero"} else set()
    numbers = [
        each
        for each in entries_of(tree, lexicon)
        if type_of(each) == "number" and not _FEW & set(name_words(each.field.description))
    ]
    left = {place for place in leaf.places if low_at(words.words, place + 1) in _LEFT}
    return set(leaf.places) if numbers and (left or said & _LEFT) else set()


def _how_long(leaf: Leaf, words: Sentence) -> set[int]:
    """ "lessons longer than an hour", "a 12 month plan": how long it is, and not when it was."""
    lost = set[int]()
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    dated = isinstance(tree, Comparison) and tree.operator in ("before_last", "within_last")
    windowed = any(isinstance(node, Within | Between) for node in leaf.nodes())
    small = frame_words()["empty"] | frame_words()["or"] | frame_words()["and"] | _SPANS
    for place, (end, item) in words.items.items():
        if place not in leaf.places:
            continue
        before, after = low_at(words.words, place - 1), low_at(words.words, end)
        longer = dated and low_at(words.words, place) in ("longer", "shorter") and before != "for"
        such = windowed and is_time(item) and before in ("a", "an")
        if longer or (such and after.isalpha() and after not in small):
            lost |= set(range(place, end))
    return lost


def _joined_what(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "joined the family plan in August": it, then, and not that they came to us then and have it now."""
    if leaf.events() or not any(type_of(e) in _DATES for e in entries_of(leaf.tree, lexicon)):
        return set()
    kinds = frame_words()
    lost = set[int]()
    for place in leaf.places:
        if words.words[place].low not in _JOINED:
            continue
        after = place + 1
        while low_at(words.words, after) in kinds["empty.articles"] | _INTO:
            after += 1
        for other in every:
            valued = isinstance(other.tree, Comparison) and other.tree.operator in _EQUAL
            if after > place + 1 and valued and not other.events() and after in other.places:
                lost.add(place)
    return lost


def _in_it(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "orders with more than 10 items": a number of what was told of before, and not of other things."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Aggregate):
        return set()
    if tree.left.reducer.method != "count":
        return set()
    names = {each.name for each in leaf.events()}
    for place, (end, item) in words.items.items():
        if place not in leaf.places or not isinstance(item, Number | Range):
            continue
        if low_at(words.words, place - 1) not in _HOLDING or end >= len(words.words):
            continue
        noun = words.words[end].stem
        for other in every:
            near = other.places & set(range(place - _FAR, place))
            for event in other.events() if near else ():
                entry = lexicon.by_event.get(event.name)
                if entry is not None and event.name not in names and _has_number(entry, noun):
                    return set(range(place, end))
    return set()


def _has_number(event: Entry, noun: str) -> bool:
    return any(
        type_of(each) == "number" and noun in each.words for each in event.properties.values()
    )


def _is_so_now(leaf: Leaf, words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "whose subscription is paused": how it stands, where a field of theirs has the value."""
    if not leaf.events() or _is_of_last(leaf, words):
        return set()
    return {
        place
        for link in found
        for place in range(link.first, link.end)
        if place in leaf.places
        and low_at(words.words, link.first - 1) in ("is", "are", "currently")
        and any(each.event is None and each.score >= _SURE for each in link.values)
    }


def _is_of_last(leaf: Leaf, words: Sentence) -> bool:
    """ "where the plan of their last renewal is gold": of what was done, by its name."""
    left = leaf.tree.left if isinstance(leaf.tree, Comparison) else None
    if not isinstance(left, Aggregate) or left.reducer.method not in ("first", "last"):
        return False
    name = left.reducer.property
    said = {words.words[place].stem for place in leaf.places}
    return name is not None and set(stemmed(" ".join(name_words(name.name)))) <= said


def _about_whom(
    leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "rated the driver": a noun for people that is a value of what was done to them."""
    names = {each.name for each in leaf.events()}
    fields = {id(each) for each in entries_of(leaf.tree, lexicon)}
    return {
        link.first
        for link in found
        if names
        and link.length == 1
        and words.words[link.first].low in frame_words()["subjects.users"]
        and low_at(words.words, link.first - 1) == "the"
        and link.first - 2 in leaf.places
        and not holding(every, link.first)
        and any(
            each.event in names and each.score >= _SURE and id(each.entry) not in fields
            for each in link.values
        )
    }


_COUNTS = frozenset(["total", "count", "number"])
_SPANS = frozenset(["period", "window", "time", "timeframe", "span", "ago", "old"])
_FEW = frozenset(["not", "empty", "without", "unless", "only", "if"])
_LEFT = frozenset(["left", "remaining", "open", "outstanding"])
_SURE = 0.95
_FAR = 5  # words from what was done to a number of it
_HOLDING = frozenset(["with", "of", "containing", "including"])
_JOINTS = frozenset(["to", "nor", "through", "between", "either", "than"])
_DATES = ("date", "timestamp")
_JOINED = frozenset(["joined", "started", "began", "signed up", "moved", "switched", "subscribed"])
_INTO = frozenset(["to", "for", "our", "onto", "into", "with", "on"])
_EQUAL = ("equals", "one_of")
