"""What is added up: no rates or grades, and nothing twice."""

from __future__ import annotations

from decimal import Decimal

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence
from audience.english.tokens import name_words
from audience.query import Aggregate, Comparison, Literal, Property, Reducer


def added_amiss(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """Places of numbers that are held against such a sum, or once more against the same."""
    lost = set[int]()
    for at, leaf in enumerate(every):
        if _is_of_rates(leaf, lexicon) or any(_is_same(leaf, each) for each in every[:at]):
            lost |= {
                place
                for first, (end, _) in words.items.items()
                for place in range(first, end)
                if place in leaf.places
            }
    return lost


def _is_of_rates(leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "between 200 and 400 a night": prices of a night, or stars, come to nothing together."""
    summed = {
        node.property.name
        for node in leaf.nodes()
        if isinstance(node, Reducer)
        and node.method == "sum"
        and isinstance(node.property, Property)
    }
    return any(
        each.field.name in summed and bool(_RATES & set(name_words(each.field.name)))
        for each in entries_of(leaf.tree, lexicon)
    )


def _is_same(leaf: Leaf, other: Leaf) -> bool:
    """ "$200 on food and $100 on rides": two least amounts of one and the same thing."""
    one, two = leaf.tree, other.tree
    if not isinstance(one, Comparison) or not isinstance(two, Comparison):
        return False
    if not isinstance(one.left, Aggregate) or one.left != two.left or one.values == two.values:
        return False
    if one.left.reducer.method == "count" and _EVER in (
        (one.operator, one.values),
        (two.operator, two.values),
    ):
        return False  # "5 orders, the last one before June": that there is one is no second number
    return any({one.operator, two.operator} <= each for each in (_LEAST, _MOST))


_EVER = ("at_least", (Literal(Decimal(1)),))
_LEAST = frozenset(["at_least", "greater_than"])
_MOST = frozenset(["at_most", "less_than"])
_RATES = frozenset(
    ["per", "rating", "stars", "score", "grade", "level", "age", "percent", "rate", "rank", "speed"]
)
