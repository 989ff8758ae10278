"""Changes to a tree: what a refinement of the dialogue, or a click in the editor, does.

A part is addressed by its path, the indexes of `audience.query.children` from the root downwards, or,
a condition, by its number among `audience.query.conditions`. Every function gives back a whole new
tree that can be written and read; given a catalog, one that can also run. It raises BadEdit (or
InvalidQuery, from the catalog) otherwise. Parts that are not changed keep their origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from dataclasses import replace as with_fields
from typing import Any, TypeVar
from typing import Literal as Choice
from typing import cast as typed

from audience.catalog import AudienceType, Catalog
from audience.operators import OPERATORS
from audience.problems import MusterError
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Node,
    Not,
    Or,
    Property,
    Scalar,
    Sources,
    Trait,
    Where,
    Within,
    children,
    conditions,
)
from audience.reader import too_deep
from audience.validator import bind

Path = tuple[int, ...]
Address = Path | int

_BOOLEAN = (Comparison, And, Or, Not, AnyUser, AllUsers)
_FILTER = (Where, Sources, Within, Between)
_VALUE = (Literal, Duration, Trait, Property)
_G = TypeVar("_G", And, Or)


class BadEdit(MusterError):
    """A change that would not leave an audience behind."""

    code = "bad_edit"


def part(root: Boolean, address: Address) -> Node:
    """The node at an address."""
    node: Node = root
    for index in path_to(root, address):
        below = tuple(children(node))
        if not 0 <= index < len(below):
            raise BadEdit("This part of the audience is no longer there.")
        node = below[index]
    return node


def path_to(root: Boolean, address: Address) -> Path:
    """The path of a condition's number; a path stays as it is."""
    if not isinstance(address, int):
        return tuple(address)
    paths = tuple(_condition_paths(root, ()))
    if not 0 <= address < len(paths):
        raise BadEdit(f"There is no condition {address + 1}; the audience has {len(paths)}.")
    return paths[address]


def replace(
    root: Boolean,
    address: Address,
    new: Node,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """`new` in place of a condition, a group, a filter or a value."""
    path = path_to(root, address)
    old = part(root, path)
    alike = (_BOOLEAN, _FILTER, _VALUE, Scalar, (type(old),))
    if not any(isinstance(old, kind) and isinstance(new, kind) for kind in alike):
        raise BadEdit(f"{_name(new)} cannot stand where {_name(old).lower()} stands.")
    return _finished(_put(root, path, (new,)), catalog, audience_type)


def remove(
    root: Boolean,
    address: Address,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """Without a condition, a group, a filter, or one of several values."""
    path = path_to(root, address)
    while path and isinstance(part(root, path[:-1]), Not | AnyUser | AllUsers | Where):
        path = path[:-1]  # what holds nothing goes with it
    node = part(root, path)
    if not path:
        raise BadEdit("An audience needs at least one condition; this is its only one.")
    if not isinstance(node, _BOOLEAN + _FILTER):
        owner = part(root, path[:-1])
        several = isinstance(owner, Comparison) and len(owner.values) > 1 and node is not owner.left
        if not several:
            raise BadEdit(f"{_name(node)} cannot be left out; remove the whole condition instead.")
    return _finished(_put(root, path, ()), catalog, audience_type)


def negate(
    root: Boolean,
    address: Address,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """The opposite of a condition or a group: a NOT put before it, or taken away."""
    path = path_to(root, address)
    node = part(root, path)
    if not isinstance(node, _BOOLEAN):
        raise BadEdit(f"{_name(node)} has no opposite; only conditions and groups have.")
    return _finished(_put(root, path, (_opposite(node),)), catalog, audience_type)


def add(
    root: Boolean,
    new: Boolean,
    kind: type[And] | type[Or] = And,
    *,
    beside: Address | None = None,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """A further condition, joined to the whole audience or to the part it shall stand `beside`."""
    path = () if beside is None else path_to(root, beside)
    node = part(root, path)
    if not isinstance(node, _BOOLEAN) or not isinstance(new, _BOOLEAN):
        raise BadEdit("Only conditions and groups can be joined.")
    return _finished(_put(root, path, (kind((node, new)),)), catalog, audience_type)


def group(
    root: Boolean,
    addresses: Sequence[Address],
    kind: type[And] | type[Or],
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """Conditions that stand side by side, put together in a group of their own."""
    paths = sorted({path_to(root, address) for address in addresses})
    if len(paths) < 2:
        raise BadEdit("A group needs at least two conditions.")
    if len({path[:-1] for path in paths}) > 1 or not all(paths):
        raise BadEdit(
            "Only conditions that stand side by side can be grouped. Move them together first."
        )
    owner = part(root, paths[0][:-1])
    if not isinstance(owner, And | Or):
        raise BadEdit("Only conditions joined by AND or OR can be grouped.")
    chosen = [path[-1] for path in paths]
    if not 0 <= chosen[0] <= chosen[-1] < len(owner.items):
        raise BadEdit("This part of the audience is no longer there.")
    together = typed(Boolean, _tidied(kind(tuple(owner.items[index] for index in chosen))))
    kept = [
        together if index == chosen[0] else item
        for index, item in enumerate(owner.items)
        if index == chosen[0] or index not in chosen
    ]
    grown = together if len(kept) == 1 else with_fields(owner, items=tuple(kept))
    return _finished(_put(root, paths[0][:-1], (grown,)), catalog, audience_type)


def widen(
    root: Boolean,
    address: Address,
    duration: Duration,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """The window of a condition set to `duration`, longer or shorter; an event without one gets it."""
    path = path_to(root, address)
    node = part(root, path)
    negated = isinstance(node, Not)
    leaf = node.item if isinstance(node, Not) else node
    if not isinstance(leaf, Comparison):
        raise BadEdit("Only a single condition has a window. Choose one of the conditions.")
    wider: Comparison
    if isinstance(leaf.left, Aggregate):
        filters = _windowed(leaf.left.events.filters, duration)
        events = with_fields(leaf.left.events, filters=filters)
        wider = with_fields(leaf, left=with_fields(leaf.left, events=events))
    elif OPERATORS[leaf.operator].value == "duration":
        wider = with_fields(leaf, values=(duration,))
    else:
        raise BadEdit("This condition has no window: it is about a value, not about a time.")
    changed = Not(wider, origin=node.origin) if negated else wider
    return _finished(_put(root, path, (changed,)), catalog, audience_type)


def move(
    root: Boolean,
    address: Address,
    into: Path,
    position: int,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """A condition or group put into the group at `into`, before the item that stands at `position` now."""
    path = path_to(root, address)
    node, target = part(root, path), part(root, into)
    if not path or into[: len(path)] == path:
        raise BadEdit("A part of the audience cannot be moved into itself.")
    if not isinstance(node, _BOOLEAN) or not isinstance(target, And | Or):
        raise BadEdit("Only conditions can be moved, and only into a group joined by AND or OR.")
    if not 0 <= position <= len(target.items):
        raise BadEdit(
            f"The group has {len(target.items)} places; there is no place {position + 1}."
        )
    if _scope_of(root, path) != _scope_of(root, into):
        raise BadEdit(
            "A condition of an event or of users cannot be moved out of it, nor another into it."
        )
    gap = Comparison(Trait(""), "exists")  # stands where the node was until the rest is in place
    held = _put(root, path, (gap,), tidy=False)
    again = part(held, into)
    assert isinstance(again, And | Or)
    items = (*again.items[:position], node, *again.items[position:])
    filled = _put(held, into, (with_fields(again, items=items),), tidy=False)
    return remove(filled, path_of(filled, gap), catalog=catalog, audience_type=audience_type)


def shift(
    root: Boolean,
    address: Address,
    step: Choice[-1, 1],
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """A condition or group one place up (-1) or down (1), into and out of the groups on its way."""
    path = _with_its_nots(root, path_to(root, address))
    above, place = path[:-1], path[-1] if path else 0
    owner = part(root, above)
    if not path or not isinstance(owner, And | Or):
        raise BadEdit("This stands alone: there is nowhere to move it.")
    beside = place + step
    if 0 <= beside < len(owner.items):
        inner, into = owner.items[beside], (*above, beside)
        while isinstance(inner, Not):
            inner, into = inner.item, (*into, 0)
        if isinstance(inner, And | Or):
            position = len(inner.items) if step < 0 else 0
        else:
            into, position = above, beside if step < 0 else beside + 1
    else:
        out = _with_its_nots(root, above)
        if not out or not isinstance(part(root, out[:-1]), And | Or):
            where = "first" if step < 0 else "last"
            raise BadEdit(f"This is the {where} one already.")
        into, position = out[:-1], out[-1] if step < 0 else out[-1] + 1
    return move(root, path, into, position, catalog=catalog, audience_type=audience_type)


def dissolve(
    root: Boolean,
    address: Address,
    *,
    catalog: Catalog | None = None,
    audience_type: AudienceType | None = None,
) -> Boolean:
    """What a group holds, one by one in its place; of a group that is left out, each is left out."""
    inner = path_to(root, address)
    node, path = part(root, inner), _with_its_nots(root, inner)
    if not isinstance(node, And | Or):
        raise BadEdit("Only a group can be dissolved.")
    owner = part(root, path[:-1])
    if not path or not isinstance(owner, And | Or):
        raise BadEdit("This group is the whole audience; it cannot be dissolved.")
    left_out = (len(inner) - len(path)) % 2 == 1
    items = tuple(_opposite(each) if left_out else each for each in node.items)
    place = path[-1]
    grown = with_fields(owner, items=(*owner.items[:place], *items, *owner.items[place + 1 :]))
    return _finished(_put(root, path[:-1], (grown,)), catalog, audience_type)


# Paths ----------------------------------------------------------------------------------------


def _condition_paths(node: Boolean, path: Path) -> list[Path]:
    """Paths of the nodes that `conditions` gives, in its order."""
    match node:
        case And(items=items) | Or(items=items):
            return [
                each
                for index, item in enumerate(items)
                for each in _condition_paths(item, (*path, index))
            ]
        case Not(item=inner) if conditions(node) != (node,):
            return _condition_paths(inner, (*path, 0))
        case _:
            return [path]


def path_of(root: Node, wanted: Node) -> Path:
    """The path at which this very node stands."""
    pending: list[tuple[Node, Path]] = [(root, ())]
    while pending:
        node, path = pending.pop()
        if node is wanted:
            return path
        pending.extend((child, (*path, index)) for index, child in enumerate(children(node)))
    raise BadEdit("This part of the audience is no longer there.")


def _with_its_nots(root: Boolean, path: Path) -> Path:
    """The path of the outermost NOT that stands directly on a node."""
    while path and isinstance(part(root, path[:-1]), Not):
        path = path[:-1]
    return path


def _scope_of(root: Boolean, path: Path) -> Path:
    """The innermost where, ANY or ALL that a path leads into."""
    for length in range(len(path) - 1, -1, -1):
        if isinstance(part(root, path[:length]), Where | AnyUser | AllUsers):
            return path[:length]
    return ()


# Rebuilding -----------------------------------------------------------------------------------


def _opposite(node: Boolean) -> Boolean:
    return node.item if isinstance(node, Not) else Not(node, origin=node.origin)


def _put(root: Boolean, path: Path, new: tuple[Node, ...], *, tidy: bool = True) -> Boolean:
    """`root` with the node at `path` replaced by none or one; groups on the way are tidied."""
    if not path:
        return typed(Boolean, _tidied(new[0]) if tidy else new[0])
    if tidy:
        new = tuple(_tidied(each) for each in new)
    chain: list[Node] = [root]
    for index in path[:-1]:
        chain.append(tuple(children(chain[-1]))[index])
    for node, index in zip(reversed(chain), reversed(path), strict=True):
        changed = _with_child(node, index, new)
        new = (_tidied(changed) if tidy else changed,)
    return typed(Boolean, new[0])


def _with_child(node: Node, wanted: int, new: tuple[Node, ...]) -> Node:
    """`node` with its child number `wanted`, in the order of `children`, replaced."""
    index = 0
    for each in fields(node):
        value = getattr(node, each.name)
        if each.name == "origin":
            continue
        if isinstance(value, Node):
            if index == wanted and new:
                changed: Any = {each.name: new[0]}
                return with_fields(node, **changed)
            index += 1
        elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
            if index <= wanted < index + len(value):
                at = wanted - index
                items: Any = {each.name: (*value[:at], *new, *value[at + 1 :])}
                return with_fields(node, **items)
            index += len(value)
    raise BadEdit(f"{_name(node)} cannot stand without this part.")


def _tidied(node: Node) -> Node:
    """A group without groups of its own kind directly in it; a group of one is that one."""
    if isinstance(node, And):
        return _flat(node, And)
    return _flat(node, Or) if isinstance(node, Or) else node


def _flat(node: _G, kind: type[_G]) -> Node:
    items: list[Boolean] = []
    for item in node.items:
        items.extend(item.items if isinstance(item, kind) else (item,))
    return items[0] if len(items) == 1 else with_fields(node, items=tuple(items))


def _windowed(filters: tuple[Filter, ...], duration: Duration) -> tuple[Filter, ...]:
    """The filters with the event's own window set to the last `duration`."""
    window = Within(duration, origin=duration.origin)
    own = [each for each in filters if isinstance(each, Between) or _is_own_window(each)]
    if not own:
        return (*filters, window)
    return tuple(window if each is own[0] else each for each in filters if each not in own[1:])


def _is_own_window(node: Filter) -> bool:
    return isinstance(node, Within) and not node.of_parent


def _finished(
    root: Boolean, catalog: Catalog | None, audience_type: AudienceType | None
) -> Boolean:
    problem = too_deep(root)
    if problem is not None:
        raise BadEdit(problem.message)
    if catalog is None:
        return root
    return bind(root, catalog, audience_type=audience_type).root


_NAMES = {
    Literal: "A value", Duration: "A length of time", Trait: "A trait", Property: "A property",
    Comparison: "A condition", And: "A group", Or: "A group", Not: "A condition", Where: "A filter",
    Within: "A window", Between: "A window", Sources: "A filter", Events: "An event",
}  # fmt: skip


def _name(node: Node) -> str:
    return _NAMES.get(type(node), f"{type(node).__name__}")
