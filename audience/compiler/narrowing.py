"""Which of several filters on the rows of an event takes in which other, as far as a look tells."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from audience.query import Comparison, Literal, Node, Within

_Node = TypeVar("_Node", bound=Node)
_STRICTER: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "greater_than": operator.ge,
    "at_least": operator.ge,
    "less_than": operator.le,
    "at_most": operator.le,
}


def widest(alternatives: Iterable[tuple[_Node, ...]]) -> list[tuple[_Node, ...]]:
    """Without those alternatives, each of which asks all of its nodes, that imply another one."""
    kept: list[tuple[_Node, ...]] = []
    for each in alternatives:
        if not any(_implies(each, other) for other in kept):
            kept = [other for other in kept if not _implies(other, each)] + [each]
    return kept


def _implies(nodes: Sequence[Node], others: Sequence[Node]) -> bool:
    return all(any(_narrows(node, other) for node in nodes) for other in others)


def _narrows(node: Node, other: Node) -> bool:
    """Whether `other` holds wherever `node` does; False where that takes more than a look."""
    if node == other:
        return True
    match node, other:
        case Within(of_parent=one), Within(of_parent=two):
            return one == two and node.duration.hours <= other.duration.hours
        case (
            Comparison(values=(Literal(value=Decimal() as its),)),
            Comparison(values=(Literal(value=Decimal() as bound),)),
        ):
            same = (node.left, node.operator) == (other.left, other.operator)
            return same and node.operator in _STRICTER and _STRICTER[node.operator](its, bound)
    return False
