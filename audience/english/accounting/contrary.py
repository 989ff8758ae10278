"""Two things said of which one takes the other back: "have and do not have", "with no debt who owe more than 50".

And a thing kept out by the verb before it: "cancelled a ride but not an order" placed orders, maybe.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from audience.english.accounting.fields import asks_for_none
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.words import telling
from audience.english.events import is_past
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.query import Comparison, Not, Where


def taken_back(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """Places of words that a condition holds together with their own denial, or with another verb."""
    return (
        _done_and_not(words.words)
        | _denied_before(every, words)
        | _by_the_same_verb(every, words, lexicon)
        | _in_its_name(every, words, lexicon)
        | _only_each(every)
        | _said_otherwise(every, words)
    )


def _said_otherwise(every: list[Leaf], words: Sentence) -> set[int]:
    """ "did not get through, i.e. failed": what they did, though what stands before it is denied."""
    behind = next((p for p, word in enumerate(words.words) if word.low in _THAT_IS), None)
    if behind is None:
        return set()
    after = [word.low for word in words.words[behind:]]
    if any(low in frame_words()["negations"] or low.endswith("n't") for low in after):
        return set()
    denied = (
        leaf.places
        for leaf in every
        for node in leaf.nodes()
        if isinstance(node, Not) or (isinstance(node, Comparison) and asks_for_none(node))
    )
    return {place for places in denied for place in places if min(places) > behind}


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


def _by_the_same_verb(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "cancelled a ride but not an order": of the event with that verb, where there is one."""
    lost = set[int]()
    for before, leaf in pairwise(every):
        said = telling(leaf, words)
        events = leaf.events()
        if len(said) != 1 or len(events) != 1 or not _is_but_not(said[0], words.words):
            continue
        verbs = {words.words[p].stem for p in telling(before, words) if is_past(words.words[p])}
        noun = words.words[said[0]].stem
        mine = lexicon.by_event.get(events[0].name)
        alike = [
            each
            for each in lexicon.events
            if each is not mine and noun in each.words and verbs & set(each.words)
        ]
        if mine is not None and alike and not verbs & set(mine.words):
            lost.add(said[0])
    return lost


def _only_each(every: list[Leaf]) -> set[int]:
    """ "only ever coaches, never a train": never anything but the one and never anything but the other."""
    lost = set[int]()
    for one, other in combinations(every, 2):
        mine, its = _never_but(one), _never_but(other)
        if mine is not None and its is not None and mine != its and mine.left == its.left:
            lost |= set(other.places)
    return lost


def _never_but(leaf: Leaf) -> Comparison | None:
    """The value that all that happened must have."""
    tree, events = leaf.tree, leaf.events()
    zero = isinstance(tree, Comparison) and asks_for_none(tree)
    if not zero or len(events) != 1:
        return None
    held = [
        each.condition.item
        for each in events[0].filters
        if isinstance(each, Where) and isinstance(each.condition, Not)
    ]
    return next((each for each in held if isinstance(each, Comparison)), None)


def _in_its_name(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "had no power" of an event that tells that there was none: the "no" is a part of what happened."""
    lost = set[int]()
    for leaf in every:
        events = leaf.events()
        entry = lexicon.by_event.get(events[0].name) if events else None
        if entry is None:
            continue
        for place in leaf.places:
            pair = f"{words.words[place].low} {low_at(words.words, place + 1)}"
            if words.words[place].low in _NO and pair in entry.field.description.lower():
                lost |= {place, place + 1}
    return lost


def _is_but_not(place: int, words: Sequence[Word]) -> bool:
    at = place - 1
    while low_at(words, at) in _ARTICLES:
        at -= 1
    return low_at(words, at) in _NO and low_at(words, at - 1) in ("but", "and", "yet")


_ARTICLES = frozenset(["a", "an", "any", "the", "their"])
_RELATIVES = frozenset(["who", "which", "whose"])
_AUXILIARIES = frozenset(["do", "does", "did", "have", "has", "had", "also", "still", "yet"])
_NOT = frozenset(["not", "never"])
_NO = frozenset(["no", "without", "lacking", "not", "never"])
_THAT_IS = frozenset(["i.e.", "i.e", "ie"])
