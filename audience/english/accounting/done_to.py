"""Who or what it was done to: what was bought is not used yet, and who was called by us did not call."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.context import type_of
from audience.english.events import is_past
from audience.english.lexicon import Lexicon
from audience.english.schema import Entry
from audience.english.sentence import Sentence, low_at
from audience.english.tokens import stem_set
from audience.query import Comparison, Trait


def done_to_others(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """Places of words that tell of another deed, or of another thing, than the one that was found."""
    lost = set[int]()
    for leaf in every:
        events = [each for each in entries_of(leaf.tree, lexicon) if each.field.kind == "event"]
        if events:
            lost |= _only_bought(leaf, events, words) | _by_us(leaf, events, words)
            lost |= _told_elsewhere(leaf, events, words, lexicon)
            lost |= _of_anything(leaf, events, words, lexicon)
        else:
            lost |= _what_ended(leaf, every, words, lexicon)
    return lost


def _only_bought(leaf: Leaf, events: Sequence[Entry], words: Sentence) -> set[int]:
    """ "used 5 credits", where credits were bought."""
    said = {words.words[place].stem for place in leaf.places}
    bought = any(
        _GOT & set(each.words) and said & (set(each.words) - _GOT) and not said & _GOT
        for each in events
    )
    used = {place for place in leaf.places if words.words[place].stem in _USED}
    return used if bought else set()


def _by_us(leaf: Leaf, events: Sequence[Entry], words: Sentence) -> set[int]:
    """ "called by our sales team", where a call was received."""
    received = any(_CAME_IN & set(each.words) for each in events)
    return {
        place
        for place in leaf.places
        if received
        and is_past(words.words[place])
        and low_at(words.words, place + 1) == "by"
        and low_at(words.words, place + 2) in _OURS
    }


def _told_elsewhere(
    leaf: Leaf, events: Sequence[Entry], words: Sentence, lexicon: Lexicon
) -> set[int]:
    """ "arrived late", told by the minutes that a trip was late, where only what a claim is described as
    has both words."""
    said = {
        words.words[place].stem: place
        for place in leaf.places - set(words.covered())
        if words.words[place].is_word
    }
    own = {word for each in events for word in each.words}
    told = {stem for stem in said if any(stem in each.about for each in events)}
    if len(told) < _SEVERAL or own & said.keys() or any(each.opaque for each in events):
        return set()
    elsewhere = any(
        told <= {*entry.words, *entry.about}
        for event in lexicon.by_event.values()
        if event not in events
        for entry in event.properties.values()
        if type_of(entry) == "number"
    )
    return {said[stem] for stem in told} if elsewhere else set()


def _of_anything(
    leaf: Leaf, events: Sequence[Entry], words: Sentence, lexicon: Lexicon
) -> set[int]:
    """ "bought 2 or more things", where cards are bought and tickets are paid for too."""
    verbs = {place for place in leaf.places if words.words[place].stem in _BUY}
    after = range(max(verbs, default=0) + 1, max(leaf.places, default=0) + _NEAR)
    if not verbs or not any(low_at(words.words, each) in _ANYTHING for each in after):
        return set()
    said = {words.words[place].stem for place in leaf.places}
    own = {word for each in events for word in each.words} - _BUY - _WARES
    paid = [
        event
        for event in lexicon.by_event.values()
        if event not in events and any(e.role == "money" for e in event.properties.values())
    ]
    return verbs if own and not own & said and paid else set()


def _what_ended(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "whose contract has ended", where only a plan is known and something else has ended."""
    tree = leaf.tree
    there = isinstance(tree, Comparison) and tree.operator in ("exists", "absent")
    if not there or len(leaf.places) != 1 or not isinstance(tree.left, Trait):  # type: ignore[union-attr]
        return set()
    noun = min(leaf.places)
    verb = noun + 1
    while low_at(words.words, verb) in _AUXILIARIES:
        verb += 1
    if low_at(words.words, noun - 1) not in _WHOSE or verb >= len(words.words):
        return set()
    said = words.words[noun].stem
    torn = any(
        each.events()
        and verb in each.places
        and is_past(words.words[verb])
        and not any(said in {*e.words, *e.about} for e in entries_of(each.tree, lexicon))
        for each in every
    )
    return {noun, verb} if torn else set()


_SEVERAL = 2
_NEAR = 3  # words behind what was found to "things"
_BUY = stem_set("buy", "bought", "purchase", "purchased")
_ANYTHING = frozenset(["thing", "things", "something", "anything", "stuff"])
_WARES = stem_set(
    "product",
    "item",
    "order",
    "goods",
    "basket",
    "cart",
    "checkout",
    "transaction",
    "sale",
    "completed",
)
_GOT = stem_set("purchased", "purchase", "bought", "earned", "received", "granted", "issued")
_USED = stem_set("used", "redeemed")
_CAME_IN = stem_set("received", "inbound", "incoming")
_OURS = frozenset(["our", "us", "the", "a", "an", "one", "sales", "support"])
_WHOSE = frozenset(["whose", "their", "the"])
_AUXILIARIES = frozenset(
    ["has", "have", "had", "was", "were", "is", "been", "not", "never", "already", "just", "hasn't", "haven't"]
)  # fmt: skip
