"""The conditions of a tree with the words that they point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audience.english.links import Link
from audience.english.sentence import Sentence
from audience.query import And, Boolean, Events, Node, Not, Or, Where, walk


@dataclass(frozen=True)
class Leaf:
    """A condition and the places of the words that it points at."""

    tree: Boolean
    places: frozenset[int]

    def nodes(self) -> Iterator[Node]:
        return walk(self.tree)

    def events(self) -> list[Events]:
        """Everything in it that happened, the outermost first."""
        return [node for node in self.nodes() if isinstance(node, Events)]

    def is_named(self, found: Sequence[Link]) -> bool:
        """A saved audience, or a term of the glossary: what it holds was said elsewhere."""
        return any(
            (link.term is not None or link.audience is not None)
            and self.places & set(range(link.first, link.end))
            for link in found
        )


def leaves(tree: Boolean, words: Sentence) -> list[Leaf]:
    """The conditions; those of a group that is kept out stand under a NOT each."""
    if isinstance(tree, And | Or):
        return [each for item in tree.items for each in leaves(item, words)]
    if isinstance(tree, Not) and isinstance(tree.item, And | Or):
        return [Leaf(Not(leaf.tree), leaf.places) for leaf in leaves(tree.item, words)]
    spans = [(span.start, span.end) for span in tree.origin.spans]
    places = frozenset(
        place
        for place, word in enumerate(words.words)
        if any(start <= word.start < end for start, end in spans)
    )
    return [Leaf(tree, places)]


def is_of_others(leaf: Leaf) -> bool:
    """Whether what was done is held to be another one, or never to be so: "all of their orders by card"."""
    return any(isinstance(node, Where) and isinstance(node.condition, Not) for node in leaf.nodes())


def holding(every: Iterable[Leaf], place: int) -> list[Leaf]:
    """The conditions that point at the word."""
    return [leaf for leaf in every if place in leaf.places]
