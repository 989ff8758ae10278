"""A trait of people that is beside what they did only because a word of what they did went astray.

"Changed from prepaid to Pro", "tipped a comedy show", "a voucher of over 50": where it came from, what it
was done to and how much it was are told of what was done, and of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.fields import entries_of, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.amounts import bounds
from audience.english.events import is_past
from audience.english.implying import MOVES
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Money, Number, Range
from audience.english.schema import stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Comparison, Literal, Not, Trait


def conditions_to_spare(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """Places of words that a trait took from what was done."""
    lost = set[int]()
    for leaf in every:
        lost |= _many_of_one(leaf, words)
        if leaf.is_named(found) or not _is_trait(leaf):
            continue
        lost |= _going_there(leaf, words, lexicon)
        for other in every:
            if other.events():
                lost |= _side_of(leaf, other, words, lexicon)
                lost |= _object_of(leaf, other, words)
                lost |= _amount_of(leaf, other, words)
                lost |= _with_what(leaf, other, words, lexicon)
                lost |= _of_what(leaf, other, words)
    return lost


def _many_of_one(leaf: Leaf, words: Sentence) -> set[int]:
    """ "with a purchase by card of more than 100": of one, whose amount it is and not how many there are."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Aggregate):
        return set()
    if tree.left.reducer.method != "count":
        return set()
    held = {each.value for each in tree.values if isinstance(each, Literal)}
    lost = set[int]()
    for place, (end, item) in words.items.items():
        if place not in leaf.places or not isinstance(item, Number | Range):
            continue
        many = {number for _, number in bounds(item) if number > 1}
        of = getattr(item, "unit", None) is None and low_at(words.words, place - 1) == "of"
        one = any(low_at(words.words, at - 1) in ("a", "an") for at in leaf.places if at < place)
        if of and one and held & many:
            lost |= set(range(place, end))
    return lost


def _is_trait(leaf: Leaf) -> bool:
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    return isinstance(tree, Comparison) and isinstance(tree.left, Trait)


def _going_there(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "searched for flights to Italy": where it goes, and not where people live."""
    lives = any(each.place is not None for each in entries_of(leaf.tree, lexicon))
    return (
        set(leaf.places)
        if lives and low_at(words.words, min(leaf.places, default=0) - 1) == "to"
        else set()
    )


def _side_of(leaf: Leaf, other: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "changed from prepaid to Pro": one of the two sides of a change, of which the other is held."""
    sides = {
        low_at(words.words, place - 1)
        for place in leaf.places
        if low_at(words.words, place - 1) in MOVES and place - 1 not in leaf.places
    }
    if not sides:
        return set()
    entries = [
        lexicon.by_event[each.name] for each in other.events() if each.name in lexicon.by_event
    ]
    moved = any(
        all(
            any(MOVES[side] & set(each.words) for each in entry.properties.values())
            for side in MOVES
        )
        for entry in entries
    )
    first = min(leaf.places)
    near = other.places & set(range(first - _NEAR, first))  # "from Cologne who changed": not of it
    return set(leaf.places) if moved and near else set()


def _object_of(leaf: Leaf, other: Leaf, words: Sentence) -> set[int]:
    """ "tipped a comedy show": between the verb of what was done and the noun that it was done to."""
    said = [place for place in sorted(leaf.places) if words.words[place].is_word]
    place = said[0] if said else 0
    if place < _VERB or low_at(words.words, place - 1) not in _ARTICLES:
        return set()
    verb, noun = words.words[place - 2], low_at(words.words, place + 1)
    kinds = frame_words()
    people = kinds["subjects.users"] | kinds["subjects.accounts"]
    small = kinds["empty.prepositions"] | kinds["empty.aux"] | kinds["relatives"]
    joins = kinds["and"] | kinds["or"] | kinds["but"]
    stands = noun.isalpha() and noun not in people | small | joins
    done = place - 2 in other.places and is_past(verb)
    return set(leaf.places) if done and stands else set()


def _with_what(leaf: Leaf, other: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "downloaded it on a tablet" of the main device: what it was done with, and not what they mostly use."""
    said = {words.words[place].stem for place in leaf.places}
    usual = [
        each
        for each in entries_of(leaf.tree, lexicon)
        if _USUAL & {*each.words, *stemmed(each.field.description)}
    ]
    if not usual or _USUAL & said or not values_of(leaf.nodes()):
        return set()
    place = min(leaf.places) - 1
    while low_at(words.words, place) in frame_words()["empty.articles"]:
        place -= 1
    with_it = low_at(words.words, place) in frame_words()["empty.prepositions"]
    return set(leaf.places) if with_it and place - 1 in other.places else set()


def _of_what(leaf: Leaf, other: Leaf, words: Sentence) -> set[int]:
    """ "left five stars for a trip" of the day of the last trip: what it was done for, and not that
    there was one."""
    there = isinstance(leaf.tree, Comparison) and leaf.tree.operator == "exists"
    place = min(leaf.places, default=0) - 1
    while low_at(words.words, place) in frame_words()["empty.articles"]:
        place -= 1
    led = low_at(words.words, place) in _FOR_WHAT and low_at(words.words, place + 1) in _ARTICLES
    return set(leaf.places) if there and led and place - 1 in other.places else set()


def _amount_of(leaf: Leaf, other: Leaf, words: Sentence) -> set[int]:
    """ "a discount of over 5 dollars": the amount of the noun before it, which is of what was done."""
    lost = set[int]()
    for place, (end, item) in words.items.items():
        money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
        if not money or place not in leaf.places:
            continue
        before = place - 1 - (low_at(words.words, place - 1) in ("of", "for"))
        verb = is_past(words.words[before]) if before >= 0 else True
        if before in other.places and before not in leaf.places and not verb:
            lost |= set(range(place, end))
    return lost


_FOR_WHAT = frozenset(["for", "of", "about", "to", "on"])
_NEAR = 6  # words between the two sides
_USUAL = frozenset(map(stem, ("main", "primary", "preferred", "favourite", "usual", "most")))
_VERB = 2  # words before a value: the verb and the article
_ARTICLES = frozenset(["a", "an", "the", "some", "any"])
