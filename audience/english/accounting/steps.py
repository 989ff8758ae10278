"""Which came before which: a "before", a "since then" or an "after" that no condition holds to what it points at."""

from __future__ import annotations

from audience.english.accounting.fields import asks_for_none
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.literals.items import OpenFrom
from audience.english.sentence import Sentence, low_at
from audience.english.times import is_time
from audience.query import Aggregate, Comparison, Events, Where, Within, walk


def out_of_step(every: list[Leaf], words: Sentence) -> set[int]:
    """Places of such words."""
    lost = _unheld(every, words)
    for leaf in every:
        lost |= _since_then(leaf, words) | _after_itself(leaf, words) | _never_in(leaf, words)
    return lost


def _unheld(every: list[Leaf], words: Sentence) -> set[int]:
    """ "a demo before they signed up": no condition holds the one to the other."""
    covered = words.covered()
    return {
        place
        for place, word in enumerate(words.words)
        if word.low in ("before", "after")
        and low_at(words.words, place + 1) == "they"
        and place not in covered
        and not any(min(e.places) < place < max(e.places) for e in every if e.places)
    }


def _since_then(leaf: Leaf, words: Sentence) -> set[int]:
    """ "opened one since May but hasn't booked since then": since May, or since it was opened?"""
    if len(leaf.events()) < 2:
        return set()
    dated = any(
        place in leaf.places and isinstance(item, OpenFrom)
        for place, (_, item) in words.items.items()
    )
    return {
        place
        for place in range(max(leaf.places, default=0), len(words.words))
        if dated and words.words[place].low == "then" and low_at(words.words, place - 1) == "since"
    }


def _never_in(leaf: Leaf, words: Sentence) -> set[int]:
    """ "used it in the last 7 days but never on Android": never, or not in those days?"""
    said = {
        place
        for place in leaf.places
        if words.words[place].low == "never" and low_at(words.words, place - 1) == "but"
    }
    windowed = any(isinstance(node, Within) and not node.of_parent for node in leaf.nodes())
    timed = any(place in leaf.places and is_time(item) for place, (_, item) in words.items.items())
    return said if windowed and not timed else set()


def _after_itself(leaf: Leaf, words: Sentence) -> set[int]:
    """ "arrived late and filed no claim after": the same thing done and not done, where nobody said "again"."""
    events = leaf.events()
    if len(events) < 2 or {words.words[place].low for place in leaf.places} & _AGAIN:
        return set()
    for outer in events:
        for inner in _undone_after(outer):
            if inner.name == outer.name:
                return {min(leaf.places)}
    return set()


def _undone_after(outer: Events) -> list[Events]:
    """What must not have happened after it."""
    return [
        node.left.events
        for each in outer.filters
        if isinstance(each, Where)
        for node in walk(each.condition)
        if isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and isinstance(node.left.events, Events)
        and asks_for_none(node)
    ]


_AGAIN = small_words("another_time")
