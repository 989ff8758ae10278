"""Dynamic or Dynamic Plus: what can be evaluated in real time, and what cannot."""

from __future__ import annotations

from dataclasses import replace

from audience.bound import Kind
from audience.catalog import AudienceType, Catalog
from audience.query import (
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Literal,
    Not,
    Or,
    Origin,
    Trait,
    joined,
)

_MERGED = {"equals": "one_of", "one_of": "one_of"} | {
    key: key for key in ("contains", "starts_with", "ends_with")
}


def kind_of(root: Boolean, type: AudienceType, catalog: Catalog | None = None) -> Kind:
    """`dynamic`: an AND of trait comparisons, each under one NOT at most; everything else is Plus.

    Judges the tree as it is written. Membership of a saved audience, which is Plus, can be told from
    a trait only with a catalog.
    """
    items = root.items if isinstance(root, And) else (root,)
    if type == "users" and all(_is_simple(item, catalog) for item in items):
        return "dynamic"
    return "dynamic_plus"


def simplified(root: Boolean) -> Boolean:
    """A tree of the same meaning that is `dynamic` wherever one can be.

    An OR of equals on one trait becomes `one_of` (and of contains, starts_with, ends_with one of the
    same), ANDs and ORs are flattened; and where that makes the audience dynamic, NOT is moved inwards.
    """
    merged = _merged(root)
    inwards = _merged(_inwards(merged, negated=False))
    return inwards if kind_of(inwards, "users") == "dynamic" else merged


def _is_simple(item: Boolean, catalog: Catalog | None) -> bool:
    leaf = item.item if isinstance(item, Not) else item
    if not isinstance(leaf, Comparison) or not isinstance(leaf.left, Trait):
        return False
    names_audience = catalog is not None and catalog.audience(leaf.left.name) is not None
    return not names_audience or (catalog is not None and catalog.trait(leaf.left.name) is not None)


def _merged(node: Boolean) -> Boolean:
    match node:
        case And(items=items):
            together = joined(And, tuple(map(_merged, items)))
            return replace(together, origin=node.origin) if isinstance(together, And) else together
        case Or(items=items):
            flat = joined(Or, tuple(map(_merged, items)))
            alternatives = _one_of(flat.items) if isinstance(flat, Or) else (flat,)
            if len(alternatives) == 1:
                return alternatives[0]
            return Or(alternatives, origin=node.origin)
        case Not(item=item) | AnyUser(item=item) | AllUsers(item=item):
            return replace(node, item=_merged(item))
        case _:
            return node


def _one_of(items: tuple[Boolean, ...]) -> tuple[Boolean, ...]:
    """`items` of an OR, those that compare one trait with constants taken together."""
    result: list[Boolean] = []
    places: dict[tuple[str, str], int] = {}
    for item in items:
        key = _merge_key(item)
        if key is None:
            result.append(item)
        elif key in places:
            first = result[places[key]]
            assert isinstance(first, Comparison)
            assert isinstance(item, Comparison)
            result[places[key]] = _both(first, item, key[1])
        else:
            places[key] = len(result)
            result.append(item)
    return tuple(result)


def _merge_key(item: Boolean) -> tuple[str, str] | None:
    if (
        isinstance(item, Comparison)
        and isinstance(item.left, Trait)
        and item.operator in _MERGED
        and all(isinstance(value, Literal) for value in item.values)
    ):
        return item.left.name, _MERGED[item.operator]
    return None


def _both(first: Comparison, second: Comparison, operator: str) -> Comparison:
    values = tuple(dict.fromkeys((*first.values, *second.values)))
    turn = max(first.origin.turn, second.origin.turn)
    spans = [
        span for each in (first, second) if each.origin.turn == turn for span in each.origin.spans
    ]
    return replace(
        first,
        operator=operator if len(values) > 1 else first.operator,
        values=values,
        origin=Origin(turn, tuple(sorted(set(spans)))),
    )


def _inwards(node: Boolean, *, negated: bool) -> Boolean:
    """NOT moved down to the comparisons."""
    match node:
        case Not(item=item):
            inner = _inwards(item, negated=not negated)
            outermost = not negated and isinstance(inner, Not)
            return replace(inner, origin=node.origin) if outermost else inner
        case And(items=items) | Or(items=items):
            kind = type(node) if not negated else (Or if isinstance(node, And) else And)
            return kind(
                tuple(_inwards(item, negated=negated) for item in items), origin=node.origin
            )
        case _:
            return Not(node, origin=node.origin) if negated else node
