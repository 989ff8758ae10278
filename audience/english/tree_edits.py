"""Changes to a tree: windows, counts and values of one condition, conditions in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from audience.english.frames import EventFrame, alternatives
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Events,
    Filter,
    Literal,
    Not,
    Or,
    Origin,
    Property,
    Trait,
    Where,
    Within,
    conditions,
    joined,
    walk,
    with_origin,
)


def originated(tree: Boolean, origin: Origin) -> Boolean:
    """`tree` with the origin on each of its conditions."""
    match tree:
        case And(items=items) | Or(items=items):
            return type(tree)(tuple(originated(each, origin) for each in items), origin=origin)
        case Not(item=item):
            return Not(originated(item, origin), origin=origin)
        case _:
            return with_origin(tree, origin)


def aggregate_of(node: Boolean) -> Comparison | None:
    inner = node.item if isinstance(node, Not) else node
    if isinstance(inner, AnyUser | AllUsers):
        inner = inner.item
    if (
        isinstance(inner, Comparison)
        and isinstance(inner.left, Aggregate)
        and isinstance(inner.left.events, Events)
    ):
        return inner
    return None


def in_aggregate(node: Boolean, change: Callable[[Comparison], Boolean]) -> Boolean:
    match node:
        case Not(item=item):
            return replace(node, item=in_aggregate(item, change))
        case AnyUser(item=item) | AllUsers(item=item):
            return replace(node, item=in_aggregate(item, change))
        case Comparison():
            return change(node)
        case _:
            return node


def is_window(node: Filter) -> bool:
    if isinstance(node, Within):
        return not node.of_parent
    if isinstance(node, Between):
        return True
    return isinstance(node, Where) and all(is_moment(each) for each in parts_of(node.condition))


def parts_of(node: Boolean) -> tuple[Boolean, ...]:
    return node.items if isinstance(node, And) else (node,)


def is_moment(node: Boolean) -> bool:
    return isinstance(node, Comparison) and isinstance(node.left, Context)


def filters_of(node: Boolean) -> tuple[Filter, ...]:
    comparison = aggregate_of(node)
    if comparison is None:
        return ()
    left = comparison.left
    assert isinstance(left, Aggregate)
    assert isinstance(left.events, Events)
    return left.events.filters


def has_window(node: Boolean) -> bool:
    return bool(window_of(node))


def window_of(node: Boolean) -> tuple[object, ...]:
    found: list[object] = []
    for each in filters_of(node):
        if isinstance(each, Within | Between):
            found.append(each)
        elif isinstance(each, Where):
            found.extend(part for part in parts_of(each.condition) if is_moment(part))
    return tuple(found)


def windowed(node: Boolean, windows: tuple[Filter, ...]) -> Boolean:
    def change(comparison: Comparison) -> Boolean:
        left = comparison.left
        assert isinstance(left, Aggregate)
        assert isinstance(left.events, Events)
        kept: list[Filter] = []
        where: list[Boolean] = []
        for each in left.events.filters:
            if isinstance(each, Where):
                where.extend(part for part in parts_of(each.condition) if not is_moment(part))
            elif not is_window(each):
                kept.append(each)
        for each in windows:
            if isinstance(each, Where):
                where.extend(parts_of(each.condition))
            else:
                kept.append(each)
        filters = ((Where(joined(And, tuple(where))),) if where else ()) + tuple(kept)
        return replace(comparison, left=replace(left, events=replace(left.events, filters=filters)))

    return in_aggregate(node, change)


def filtered(node: Boolean, more: list[Boolean]) -> Boolean:
    def change(comparison: Comparison) -> Boolean:
        left = comparison.left
        assert isinstance(left, Aggregate)
        assert isinstance(left.events, Events)
        where = list(more)
        kept: list[Filter] = []
        for each in left.events.filters:
            if isinstance(each, Where):
                where[:0] = parts_of(each.condition)
            else:
                kept.append(each)
        filters = (Where(joined(And, tuple(where))), *kept)
        return replace(comparison, left=replace(left, events=replace(left.events, filters=filters)))

    return in_aggregate(node, change)


def swapped(root: Boolean, old: Boolean, new: Boolean) -> Boolean:
    """`root` with `new` in the place of the very node `old`."""
    if root is old:
        return with_origin(new, new.origin if new.origin.spans else old.origin)
    changes: dict[str, object] = {}
    for name in root.__dataclass_fields__:
        value = getattr(root, name)
        if isinstance(value, tuple):
            fresh: tuple[object, ...] = tuple(swap_any(each, old, new) for each in value)
            if any(a is not b for a, b in zip(fresh, value, strict=True)):
                changes[name] = fresh
        else:
            single = swap_any(value, old, new)
            if single is not value:
                changes[name] = single
    return replace(root, **changes) if changes else root  # type: ignore[arg-type]


def swap_any(value: object, old: Boolean, new: Boolean) -> object:
    from audience.query import Node

    if isinstance(value, Node):
        return swapped(value, old, new)  # type: ignore[arg-type]
    return value


def without(root: Boolean, gone: Boolean) -> Boolean | None:
    """`root` without the very condition `gone`; None where nothing is left."""
    if root is gone:
        return None
    match root:
        case And(items=items) | Or(items=items):
            kept = [each for each in (without(item, gone) for item in items) if each is not None]
            return joined(type(root), tuple(kept)) if kept else None
        case Not(item=item):
            left = without(item, gone)
            return (
                None if left is None else (root if left is item else Not(left, origin=root.origin))
            )
        case _:
            return root


def all_events(root: Boolean | None) -> list[Events]:
    if root is None:
        return []
    return [node for node in walk(root) if isinstance(node, Events)]


def is_dated(node: Boolean) -> bool:
    inner = node.item if isinstance(node, Not) else node
    return (
        isinstance(inner, Comparison)
        and isinstance(inner.left, Trait)
        and any(isinstance(value, Duration) for value in inner.values)
    )


def field_of(node: Boolean) -> object:
    inner = node.item if isinstance(node, Not) else node
    if isinstance(inner, And):
        fields = {field_of(each) for each in inner.items}
        return fields.pop() if len(fields) == 1 else None
    if isinstance(inner, Comparison):
        if isinstance(inner.left, Aggregate):
            return inner.left.events.name
        return inner.left
    return None


def same_field(root: Boolean, tree: Boolean) -> Comparison | None:
    """The condition of the draft that compares the very trait whose value was given."""
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return None
    if tree.operator not in ("equals", "one_of", "contains"):
        return None
    for each in conditions(root):
        if (
            isinstance(each, Comparison)
            and each.left == tree.left
            and each.operator in ("equals", "one_of", "contains")
        ):
            return each
    return None


def one_more(old: Comparison, new: Boolean) -> Boolean:
    return with_origin(alternatives([old, new]), old.origin)


def with_value(root: Boolean, given: Boolean) -> Boolean | None:
    """The tree with another value for the property that `given` compares."""
    if not isinstance(given, Comparison):
        return None
    for node in walk(root):
        if (
            isinstance(node, Comparison)
            and node.left == given.left
            and isinstance(node.left, Property)
        ):
            return swapped(root, node, with_origin(given, node.origin))
    return None


def more_values(root: Boolean, seed: EventFrame) -> Boolean | None:
    for given in seed.where:
        for node in walk(root):
            if (
                isinstance(node, Comparison)
                and isinstance(given, Comparison)
                and node.left == given.left
            ):
                root = swapped(root, node, one_more(node, given))
                break
        else:
            return None
    return root


def all_windowed(tree: Boolean, window: tuple[Filter, ...]) -> Boolean:
    for each in conditions(tree):
        if aggregate_of(each) is not None and not has_window(each):
            tree = swapped(tree, each, windowed(each, window))
    return tree


def lone_count(held: Boolean) -> Decimal | None:
    """How often it has to happen, where that is more than once."""
    comparison = aggregate_of(held)
    if comparison is None or not isinstance(comparison.left, Aggregate):
        return None
    value = getattr(comparison.values[0], "value", None)
    counted = comparison.left.reducer.method == "count" and isinstance(value, Decimal)
    return value if counted and isinstance(value, Decimal) and value > 1 else None


def renumbered(root: Boolean, held: Boolean, number: Decimal, *, of_times: bool = False) -> Boolean:
    """The condition with another number and its own comparator; a lone "30" may be its window."""
    comparison = aggregate_of(held)
    assert comparison is not None
    assert isinstance(comparison.left, Aggregate)
    plain = (
        comparison.left.reducer.method == "count"
        and comparison.operator in ("at_least", "equals")
        and getattr(comparison.values[0], "value", None) in (Decimal(0), Decimal(1))
    )
    windows = [each for each in filters_of(held) if isinstance(each, Within) and not each.of_parent]
    if plain and not of_times and len(windows) == 1 and number == int(number) and number > 1:
        length = Within(Duration(int(number), windows[0].duration.unit))
        return swapped(root, held, windowed(held, (length,)))

    def change(old: Comparison) -> Boolean:
        return replace(old, values=(Literal(number),))

    return swapped(root, held, in_aggregate(held, change))


def lone_number(seed: EventFrame) -> Decimal | None:
    """The number, where one was given with nothing to compare it by."""
    if seed.times:
        return None
    if len(seed.counts) == 1 and seed.counts[0][0] == "equals":
        return seed.counts[0][1]
    if len(seed.where) == 1 and not seed.counts and isinstance(seed.where[0], Comparison):
        given = seed.where[0]
        value = given.values[0] if given.values else None
        if (
            given.operator == "equals"
            and isinstance(value, Literal)
            and isinstance(value.value, Decimal)
        ):
            return value.value
    return None


def recounted_by(node: Boolean, seed: EventFrame) -> Boolean:
    comparison = aggregate_of(node)
    assert comparison is not None
    rows = tuple(
        replace(comparison, operator=operator, values=(Literal(number),))
        for operator, number in seed.counts
    )
    return joined(And, rows)
