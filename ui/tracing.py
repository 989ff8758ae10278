"""Where the parts of a query stand after a change: what was clicked meanwhile is about these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from audience.editor import Path
from audience.query import And, Boolean, Events, Node, Not, Or, children

_BOOLEAN = Boolean.__args__


def standing(before: Boolean, after: Boolean) -> dict[Path, Path]:
    """Of each part of `before` that a change can be about, its path there: its path in `after`.

    `before` was read from text, and `after` made of it: what was not changed keeps its place in that
    text. A condition with NOT is where the condition itself is. What is gone is not in it.
    """
    parts = dict(_parts(before, ()))
    there = {mark: path for path, node in _parts(after, ()) if (mark := _mark(node))}
    found = {path: there[mark] for path, node in parts.items() if (mark := _mark(node)) in there}
    for path, node in parts.items():
        if isinstance(node, Not) and (bare := _bare(before, path)) in found:
            found[path] = found[bare]
    top = _bare(before, ())
    taken = set(found.values())
    # A group that got something, or lost something, may have been made anew around what it still holds.
    for path, node in parts.items():
        if isinstance(node, And | Or) and path not in found:
            held = [
                found[below] for at in range(len(node.items)) if (below := (*path, at)) in found
            ]
            around = _around(held)
            if path == top:
                found[path] = _bare(after, ())
            elif len(held) > 1 and around not in taken:
                found[path] = around
                taken.add(around)
    return found


def _parts(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """What can be addressed, the innermost first: conditions, rows, groups and events."""
    for index, child in enumerate(children(node)):
        yield from _parts(child, (*path, index))
    if isinstance(node, (*_BOOLEAN, Events)):
        yield path, node


def _around(paths: Sequence[Path]) -> Path:
    """The path of the innermost node that holds all of these."""
    levels = zip(*paths, strict=False)
    return tuple(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def _mark(node: Node) -> object:
    """What a part is recognised by: its place in the text that it was read from."""
    kind = And if isinstance(node, Or) else type(node)
    return (kind, node.origin.spans) if node.origin.spans else None


def _bare(root: Boolean, path: Path) -> Path:
    """The path of what the NOTs at `path` stand on."""
    node: Node = root
    for index in path:
        node = tuple(children(node))[index]
    while isinstance(node, Not):
        node, path = node.item, (*path, 0)
    return path
