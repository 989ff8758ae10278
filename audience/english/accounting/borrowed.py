"""A condition stands on words of its own, and on none that its neighbour says as well.

"Pays by direct debit" is told by the way of paying; that a bill was paid, too, nobody said. A "high churn
risk" is no cancelling, a "pledged legacy" no pledge, and a "heat pump quote" no interest in heat pumps.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.words import telling
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry
from audience.english.sentence import Sentence, frame_words
from audience.query import Aggregate, Comparison, Literal, Not, Trait


def borrowed(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
) -> set[int]:
    """Places of such words; `known` are events that an earlier prompt was about."""
    lost = set[int]()
    for leaf in every:
        said = telling(leaf, words)
        if not said or leaf.is_named(found) or {e.name for e in leaf.events()} & set(known):
            continue
        for other in every:
            if other is leaf:
                continue
            if _is_bare(leaf) and len(said) == 1:
                if _is_told_by(said[0], leaf, other, words, lexicon, found):
                    lost.add(said[0])
            elif _is_of_name(said, leaf, other, words, lexicon):
                lost |= set(said)
    return lost


def _is_told_by(
    place: int, leaf: Leaf, other: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> bool:
    """Whether another field of people says all that the one word of a bare condition does."""
    if other.events() or not isinstance(_inner(other), Comparison):
        return False
    own = {id(each) for each in entries_of(leaf.tree, lexicon)}
    its = [each for each in entries_of(other.tree, lexicon) if id(each) not in own]
    beside = _is_beside(place, other, words) and bool(values_of(other.nodes()))
    if beside and any(means(words.words[place].stem, each) for each in its):
        return True
    near = min((abs(place - each) for each in other.places), default=_FAR + 1) <= _FAR
    return near and any(_is_value_of(place, each, found) for each in its)


def _is_value_of(place: int, entry: Entry, found: Sequence[Link]) -> bool:
    return any(
        link.first <= place < link.end
        and any(each.entry is entry and each.score >= _SURE for each in link.values)
        for link in found
    )


def _is_of_name(
    said: list[int], leaf: Leaf, other: Leaf, words: Sentence, lexicon: Lexicon
) -> bool:
    """ "a heat pump quote": words of the name of what was done, right beside the rest of it."""
    if leaf.events() or not other.events() or not _is_bare(other):
        return False
    entry = lexicon.by_event.get(other.events()[0].name)
    whole = entry is not None and {words.words[place].stem for place in said} < set(entry.words)
    return whole and bool({min(said) - 1, max(said) + 1} & other.places)


def _inner(leaf: Leaf) -> object:
    return leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree


def _is_bare(leaf: Leaf) -> bool:
    """Whether it only says that something happened at some time, or is there."""
    tree = leaf.tree
    if not isinstance(tree, Comparison):
        return False
    if isinstance(tree.left, Trait):
        return tree.operator == "exists"
    once = tree.operator == "at_least" and [
        each.value for each in tree.values if isinstance(each, Literal)
    ] == [1]
    plain = isinstance(tree.left, Aggregate) and tree.left.reducer.method == "count"
    return once and plain and not any(each.filters for each in leaf.events())


def _is_beside(place: int, other: Leaf, words: Sentence) -> bool:
    """Whether only small words stand between the word and the other condition."""
    between = [
        at
        for at in other.places
        if all(_is_small(words, each) for each in range(min(at, place) + 1, max(at, place)))
    ]
    return bool(between)


def _is_small(words: Sentence, place: int) -> bool:
    word = words.words[place]
    kinds = frame_words()
    joins = kinds["and"] | kinds["or"] | kinds["but"] | kinds["relatives"]
    return word.is_word and word.low in kinds["empty"] and word.low not in joins


_SURE = 0.95
_FAR = 4  # words from a value to the noun of its field
