"""Counts that bound each other: an event within 7 days is also one within 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.query import Aggregate, And, Between, Comparison, Context, Events, Node, Where, Within

FOREVER = float("inf")


def agree(counts: Sequence[tuple[Aggregate, Decimal, Decimal]]) -> bool:
    """Whether counts, each with the least and the most that it can be, can hold together.

    False only if some count would have to be larger than one that takes in all of its events.
    """
    return all(
        least <= most
        for part, least, _ in counts
        for whole, _, most in counts
        if part is not whole and _takes_in(whole, part)
    )


def _takes_in(whole: Aggregate, part: Aggregate) -> bool:
    """Whether every event counted by `part` is counted by `whole` too."""
    if not isinstance(whole.events, Events) or not isinstance(part.events, Events):
        return False
    if whole.events.name != part.events.name or whole.reducer != part.reducer:
        return False
    wide, narrow = _window(whole.events), _window(part.events)
    if wide is None or narrow is None or not (wide[0] <= narrow[0] and narrow[1] <= wide[1]):
        return False
    if not _lies_in(_period(part.events), _period(whole.events)):
        return False
    return all(each in _others(part.events) for each in _others(whole.events))


def _others(events: Events) -> list[Node]:
    """What an event is held to but for its time."""
    held: list[Node] = []
    for each in events.filters:
        if isinstance(each, Where):
            held.extend(part for part in _parts(each) if not _is_moment(part))
        elif not _is_window(each):
            held.append(each)
    return held


def _parts(where: Where) -> tuple[Node, ...]:
    condition = where.condition
    return condition.items if isinstance(condition, And) else (condition,)


def _is_moment(node: Node) -> bool:
    return (
        isinstance(node, Comparison)
        and isinstance(node.left, Context)
        and node.operator in ("at_least", "less_than")
    )


def _period(events: Events) -> tuple[str | None, str | None]:
    """The moments between which it happened: no earlier than the first, before the second."""
    ends: dict[str, str] = {}
    for each in events.filters:
        for part in _parts(each) if isinstance(each, Where) else ():
            if _is_moment(part) and isinstance(part, Comparison):
                value = getattr(part.values[0], "value", None)
                ends[part.operator] = str(value)
    return ends.get("at_least"), ends.get("less_than")


def _lies_in(part: tuple[str | None, str | None], whole: tuple[str | None, str | None]) -> bool:
    begins = whole[0] is None or (part[0] is not None and whole[0] <= part[0])
    ends = whole[1] is None or (part[1] is not None and part[1] <= whole[1])
    return begins and ends


def _is_window(node: Node) -> bool:
    return isinstance(node, Between) or (isinstance(node, Within) and not node.of_parent)


def _window(events: Events) -> tuple[float, float] | None:
    """From how many to how many hours ago; None for more than one window."""
    windows = [each for each in events.filters if _is_window(each)]
    match windows:
        case []:
            return 0, FOREVER
        case [Within(duration=duration)]:
            return 0, duration.hours
        case [Between(newest=newest, oldest=oldest)]:
            return newest.hours, oldest.hours
        case _:
            return None
