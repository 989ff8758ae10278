"""An OR of ANDs, and an AND of ORs, of whatever a target calls a condition; with a cap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from audience.bound import Bound
from audience.describer import describe_in
from audience.exporters.exported import refuse
from audience.problems import NotSupported
from audience.query import (
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Literal,
    Not,
    Or,
    Trait,
)
from audience.scope import Scope

MOST_GROUPS = 100


@dataclass(frozen=True)
class Leaf:
    """One condition of the target. What is the same is one condition."""

    content: Any


@dataclass(frozen=True)
class All:
    items: tuple[Formula, ...]


@dataclass(frozen=True)
class Some:
    items: tuple[Formula, ...]


Formula = Leaf | All | Some
ToFormula = Callable[[Comparison, bool], Formula]  # a comparison, and whether it stands under a NOT


def audience_formula(bound: Bound, convert: ToFormula, target: str) -> Formula:
    """The formula of an audience. Raises `NotSupported` with the condition that cannot be said."""
    scope = Scope.top(bound.catalog, bound.type)

    def named(node: Comparison, negated: bool) -> Formula:
        try:
            return convert(node, negated)
        except NotSupported as error:
            asked = describe_in(node, scope)
            raise NotSupported(f"{error.message} The condition is: {asked}.") from error

    return formula(bound.root, named, bound.members, target)


def formula(
    root: Boolean, convert: ToFormula, members: Mapping[str, Bound], target: str
) -> Formula:
    """`root` with every comparison converted; saved audiences are put in place of their names."""
    return _formula(root, convert, members, target, negated=False)


def _formula(
    node: Boolean,
    convert: ToFormula,
    members: Mapping[str, Bound],
    target: str,
    *,
    negated: bool,
) -> Formula:
    match node:
        case Not(item=item):
            return _formula(item, convert, members, target, negated=not negated)
        case And(items=items) | Or(items=items):
            parts = tuple(
                _formula(item, convert, members, target, negated=negated) for item in items
            )
            return All(parts) if isinstance(node, And) != negated else Some(parts)
        case Comparison():
            saved = membership(node, members)
            if saved is not None:
                return _formula(saved.root, convert, saved.members, target, negated=negated)
            return convert(node, negated)
        case AnyUser() | AllUsers():
            raise refuse(target, "an audience of accounts")
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be exported.")


def membership(node: Comparison, members: Mapping[str, Bound]) -> Bound | None:
    """The saved audience that a comparison asks for."""
    if (
        node.operator == "equals"
        and isinstance(node.left, Trait)
        and node.values == (Literal("true"),)
    ):
        return members.get(node.left.name)
    return None


def mapped(node: Formula, change: Callable[[Any], Any]) -> Formula:
    """The same formula of changed conditions."""
    match node:
        case Leaf(content=content):
            return Leaf(change(content))
        case All(items=items) | Some(items=items):
            return type(node)(tuple(mapped(item, change) for item in items))


def any_of_all(node: Formula, target: str) -> list[list[Any]]:
    """Groups joined by OR, the conditions in a group by AND."""
    return _groups(node, target, outer=Some)


def all_of_any(node: Formula, target: str) -> list[list[Any]]:
    """Groups joined by AND, the conditions in a group by OR."""
    return _groups(node, target, outer=All)


def _groups(node: Formula, target: str, outer: type[All] | type[Some]) -> list[list[Any]]:
    if isinstance(node, Leaf):
        return [[node.content]]
    below = [_groups(item, target, outer) for item in node.items]
    if isinstance(node, outer):
        groups = [group for each in below for group in each]
    else:
        count = 1
        for each in below:
            count *= len(each)
        if count > MOST_GROUPS:
            raise _too_many(target, count)
        groups = [
            list(_distinct(content for part in chosen for content in part))
            for chosen in product(*below)
        ]
    groups = list(_distinct(groups))
    if len(groups) > MOST_GROUPS:
        raise _too_many(target, len(groups))
    return groups


def _too_many(target: str, count: int) -> NotSupported:
    return NotSupported(
        f"For {target} this audience would have to be written out as {count:,} groups of conditions; "
        f"{MOST_GROUPS} is the most. Split it, or take out an OR."
    )


def _distinct(items: Any) -> Iterator[Any]:
    """Each once, in order; contents are JSON and have no hash."""
    seen: list[Any] = []
    for item in items:
        if item not in seen:
            seen.append(item)
            yield item
