"""A word that says no more than the condition beside it does, and came to one of its own.

"Pays by direct debit" is told by the way of paying; that a bill was paid, too, nobody said.
"""

from __future__ import annotations

from collections.abc import Collection

from audience.english.accounting.fields import entries_of, tells, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.words import telling
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence, frame_words
from audience.query import Aggregate, Comparison, Literal, Trait


def twice_told(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, known: Collection[str]
) -> set[int]:
    """Places of such words; `known` are events that an earlier prompt was about."""
    lost = set[int]()
    for leaf in every:
        said = telling(leaf, words)
        if len(said) != 1 or not _is_bare(leaf) or {e.name for e in leaf.events()} & set(known):
            continue
        stem = words.words[said[0]].stem
        for other in every:
            if other is leaf or not _is_valued(other) or not _is_beside(said[0], other, words):
                continue
            own = {id(each) for each in entries_of(leaf.tree, lexicon)}
            its = entries_of(other.tree, lexicon)
            if any(tells(stem, each) and id(each) not in own for each in its):
                lost.add(said[0])
    return lost


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


def _is_valued(leaf: Leaf) -> bool:
    return not leaf.events() and bool(values_of(leaf.nodes()))


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
