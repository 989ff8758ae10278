"""Where the conditions of a draft came from, kept while its text is read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TypeVar

from audience.query import And, Boolean, Node, Not, Or, Origin

N = TypeVar("N", bound=Node)


def placed(node: N, origin: Origin) -> N:
    """`node` and everything below it, said to come from `origin`."""
    changes: dict[str, object] = {"origin": origin}
    for each in fields(node):
        value = getattr(node, each.name)
        if each.name == "origin":
            continue
        if isinstance(value, Node):
            changes[each.name] = placed(value, origin)
        elif isinstance(value, tuple):
            changes[each.name] = tuple(
                placed(item, origin) if isinstance(item, Node) else item for item in value
            )
    return replace(node, **changes)  # type: ignore[arg-type]


def restored(root: Boolean, origins: Mapping[int, Origin]) -> Boolean:
    """`root` with the origin of each condition, by its place from left to right; else turn 0."""
    return _restored(placed(root, Origin()), origins, [0])


def _restored(node: Boolean, origins: Mapping[int, Origin], place: list[int]) -> Boolean:
    match node:
        case And(items=items) | Or(items=items):
            return replace(node, items=tuple(_restored(item, origins, place) for item in items))
        case Not(item=And() | Or() | Not() as inner):
            return replace(node, item=_restored(inner, origins, place))
        case _:
            here = place[0]
            place[0] += 1
            return placed(node, origins.get(here, Origin()))
