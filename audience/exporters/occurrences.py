"""How often an event happened, taken apart for targets that have one slot for each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from audience.bound import Bound
from audience.exporters.exported import refuse
from audience.exporters.forms import All, Formula, Leaf, Some, any_of_all, formula
from audience.operators import OPERATORS
from audience.query import (
    Aggregate,
    And,
    Between,
    Boolean,
    Comparison,
    Context,
    Entity,
    Events,
    Literal,
    Property,
    Sources,
    Where,
    Within,
    walk,
)
from audience.text import plain
from audience.values import cast

_TIMES = {
    "before_date": "before",
    "less_than": "before",
    "after_date": "after",
    "greater_than": "after",
}


@dataclass(frozen=True)
class Moment:
    """The event's own time, strictly before or after an instant."""

    side: str  # before, after
    instant: datetime  # UTC


@dataclass(frozen=True)
class Occurrences:
    """`events` that happened `operator` `number` times (a comparator of numbers)."""

    event: str
    operator: str
    number: Decimal
    window: Within | Between | None
    moment: Moment | None
    properties: tuple[tuple[Comparison, bool], ...]  # joined by AND; True: under a NOT

    @property
    def at_least_once(self) -> bool:
        return self._reads in ("at_least 1", "greater_than 0", "differs 0")

    @property
    def never(self) -> bool:
        return self._reads in ("equals 0", "at_most 0", "less_than 1")

    @property
    def _reads(self) -> str:
        return f"{self.operator} {plain(self.number)}"


def occurrences(
    node: Comparison,
    negated: bool,
    bound: Bound,
    target: str,
    convert: Callable[[Occurrences], Formula],
) -> Formula:
    """A count of events as conditions of the target.

    An OR inside `where` becomes an OR of counts if the event is asked for at least once, an AND if never;
    counts of other sizes cannot be split and are refused.
    """
    assert isinstance(node.left, Aggregate)
    operator = OPERATORS[node.operator].complement if negated else node.operator
    if operator in ("one_of", "none_of"):
        single = "equals" if operator == "one_of" else "differs"
        parts = tuple(
            occurrences(Comparison(node.left, single, (each,)), False, bound, target, convert)
            for each in node.values
        )
        return Some(parts) if operator == "one_of" else All(parts)
    number = _number(node, bound, target)
    if operator is None:
        raise refuse(target, f"{node.operator} on a count")
    events = node.left.events
    if isinstance(events, Entity):
        raise refuse(target, "entity(…)")
    windows = [each for each in events.filters if isinstance(each, Within | Between)]
    if any(isinstance(each, Sources) for each in events.filters):
        raise refuse(target, "sources(…)")
    if len(windows) > 1:
        raise refuse(target, "two windows on one event")
    found = [
        _occurrences(events.name, operator, number, windows, group, target, bound)
        for group in _wheres(events.filters, bound.members, target)
    ]
    if len(found) == 1:
        return convert(found[0])
    if not (found[0].at_least_once or found[0].never):
        raise refuse(
            target,
            f"an OR inside the where(…) of a count other than none or at least one ({events.name})",
        )
    counts = tuple(convert(each) for each in found)
    return Some(counts) if found[0].at_least_once else All(counts)


def _number(node: Comparison, bound: Bound, target: str) -> Decimal:
    if not node.values:
        raise refuse(target, f"{node.operator} on a count")
    if not isinstance(node.values[0], Literal):
        raise refuse(target, "a count compared with a field")
    number = cast(node.values[0], "number", bound.catalog.timezone)
    assert isinstance(number, Decimal)
    return number


def _wheres(
    filters: tuple[object, ...], members: Mapping[str, Bound], target: str
) -> list[list[tuple[Comparison, bool]]]:
    """The groups of property comparisons, joined by OR, that an event has to fulfil one of."""
    conditions: list[Boolean] = [each.condition for each in filters if isinstance(each, Where)]
    if not conditions:
        return [[]]
    root = conditions[0] if len(conditions) == 1 else And(tuple(conditions))
    return any_of_all(formula(root, lambda leaf, no: Leaf((leaf, no)), members, target), target)


def _occurrences(
    event: str,
    operator: str,
    number: Decimal,
    windows: list[Within | Between],
    group: list[tuple[Comparison, bool]],
    target: str,
    bound: Bound,
) -> Occurrences:
    moments: list[Moment] = []
    properties: list[tuple[Comparison, bool]] = []
    for leaf, negated in group:
        if isinstance(leaf.left, Context):
            moments.append(_moment(leaf, negated, bound, target))
        elif not isinstance(leaf.left, Property):
            raise refuse(target, "an event or a trait inside the where(…) of another event")
        elif any(
            not isinstance(value, Literal) and leaf.operator not in _DISTANCES
            for value in leaf.values
        ):
            raise refuse(target, f"the property {leaf.left.name} compared with another field")
        else:
            properties.append((leaf, negated))
    if len(moments) + len(windows) > 1:
        raise refuse(target, "an event with two limits of time")
    if any(isinstance(each, Within) and each.of_parent for each in windows):
        raise refuse(target, "a funnel: an event within some time of another")
    return Occurrences(
        event,
        operator,
        number,
        windows[0] if windows else None,
        moments[0] if moments else None,
        tuple(properties),
    )


_DISTANCES = frozenset(key for key, row in OPERATORS.items() if row.value == "duration")


def _moment(leaf: Comparison, negated: bool, bound: Bound, target: str) -> Moment:
    side = _TIMES.get(leaf.operator)
    value = leaf.values[0] if leaf.values else None
    if side is None or negated or not isinstance(value, Literal):
        what = f"{'NOT ' if negated else ''}{leaf.operator} on the time of an event"
        raise refuse(target, what)
    return Moment(side, instant(value, bound))


def instant(value: Literal, bound: Bound) -> datetime:
    """A constant of a field of moments, in UTC."""
    moment = cast(value, "timestamp", bound.catalog.timezone)
    assert isinstance(moment, datetime)
    return moment


def day(value: Literal, bound: Bound) -> date:
    known = cast(value, "date", bound.catalog.timezone)
    assert isinstance(known, date)
    return known


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def events_of(bound: Bound) -> tuple[str, ...]:
    """The names of all events that an audience, or a saved one that it refers to, speaks of."""
    names = {node.name for node in walk(bound.root) if isinstance(node, Events)}
    for each in bound.members.values():
        names.update(events_of(each))
    return tuple(sorted(names))
