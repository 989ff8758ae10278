"""What is not known of people, where a status says so in a value of its own: "missing" of `photo_status`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audience.english.schema import Entry
from audience.query import And, Boolean, Comparison, Literal, Node, Not, Trait, transformed

Nothings = Mapping[str, str]


def nothings(*known: Sequence[Entry]) -> Nothings:
    """The value by which each of such traits says that nothing is there."""
    found: dict[str, str] = {}
    for entry in (each for entries in known for each in entries):
        stats = getattr(entry.field, "stats", None)
        values = [each for each in getattr(stats, "values", ()) if str(each).lower() in _NOTHING]
        if len(values) == 1:
            found[entry.field.name] = values[0]
    return found


def as_stated(tree: Boolean | None, known: Nothings) -> Boolean | None:
    """The tree with "there is one" as another value than this, and "there is none" as that value."""
    if tree is None or not known:
        return tree

    def stated(node: Node) -> Node:
        if not isinstance(node, Comparison) or not isinstance(node.left, Trait):
            return node
        value = known.get(node.left.name)
        if value is None or node.operator not in ("exists", "absent"):
            return node
        nothing = Comparison(node.left, "equals", (Literal(value),))
        return And((node, Not(nothing))) if node.operator == "exists" else nothing

    return transformed(tree, stated)


_NOTHING = frozenset(
    [
        "missing",
        "not_provided",
        "not provided",
        "not given",
        "not_given",
        "not_on_file",
        "not on file",
        "unset",
    ]
)
