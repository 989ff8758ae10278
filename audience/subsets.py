"""Counts that bound each other: an event within 7 days is also one within 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.query import Aggregate, Between, Events, Node, Within

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
    return all(each in _others(part.events) for each in _others(whole.events))


def _others(events: Events) -> list[Node]:
    return [each for each in events.filters if not _is_window(each)]


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
