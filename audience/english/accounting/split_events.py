"""One thing that happened, told once, that came to two conditions: "ordered by express, paid by card"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from audience.english.accounting.leaves import Leaf
from audience.english.accounting.words import telling
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence
from audience.query import Aggregate, Comparison, Events, Literal, Not, Property, Where, walk


def split_events(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """Places of words that ask another property of an event that another condition counts already.

    It is one more of it where it is called by its name again ("another order by card"), or where the same
    is asked of both ("boots and tents", "in May and in June").
    """
    lost = set[int]()
    for (one, mine), (other, its) in combinations(_counted(every), 2):
        asked, also = _properties(mine), _properties(its)
        lost |= _windowed_once(one, mine, other, its)
        if mine.name != its.name or asked == also or not (asked and also):
            continue
        if asked < also and 0 < _number(other) < _number(one):
            continue  # "three times, once by card": so many of those
        own = set(telling(other, words)) - one.places
        if any(words.words[place].low in _ONE_MORE for place in other.places - one.places):
            continue  # "and one by card", "and something in Rome"
        entry = lexicon.by_event.get(mine.name)
        if entry is None or not any(words.words[place].stem in entry.words for place in own):
            lost |= own or set(other.places)
    return lost


def _windowed_once(one: Leaf, mine: Events, other: Leaf, its: Events) -> set[int]:
    """ "trials that ended without converting in May": which of the two was in May, of one thing told once?"""
    if mine.name != its.name or mine.filters or _number(one) != 1 or _number(other) != 0:
        return set()
    asked = _properties(its)
    timed = len(its.filters) > 1 or any(not isinstance(each, Where) for each in its.filters)
    return set(other.places) if asked and timed else set()


def _number(leaf: Leaf) -> Decimal:
    """How often a condition asks for it, as far as that was said."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    values = tree.values if isinstance(tree, Comparison) else ()
    numbers = [each.value for each in values if isinstance(each, Literal)]
    return numbers[0] if numbers and isinstance(numbers[0], Decimal) else Decimal(0)


def _counted(every: list[Leaf]) -> Iterator[tuple[Leaf, Events]]:
    """The conditions that count events or add them up, with these."""
    for leaf in every:
        tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
        left = tree.left if isinstance(tree, Comparison) else None
        if not isinstance(left, Aggregate) or left.reducer.method not in ("count", "sum"):
            continue
        if isinstance(left.events, Events):
            yield leaf, left.events


def _properties(events: Events) -> set[str]:
    """What is asked of the event itself, but for when it happened."""
    return {
        node.left.name
        for each in events.filters
        if isinstance(each, Where)
        for node in walk(each.condition)
        if isinstance(node, Comparison) and isinstance(node.left, Property)
    }


_ONE_MORE = frozenset(["one", "another", "something", "somewhere"])
