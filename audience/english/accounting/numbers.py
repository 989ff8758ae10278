"""Every number and window that was said is in the condition that points at it, and nowhere turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.polarity import is_negative
from audience.english.amounts import bounds
from audience.english.bins import are_within
from audience.english.literals.items import (
    Calendar,
    Comparator,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Percent,
    Range,
    Rolling,
    Within,
)
from audience.english.schema import stemmed
from audience.english.sentence import Sentence
from audience.query import (
    Aggregate,
    And,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Events,
    Literal,
    Node,
    Not,
    Property,
    Trait,
    Where,
)
from audience.query import Within as WithinFilter


def lost_literals(every: list[Leaf], words: Sentence, taken: set[int]) -> set[int]:
    """First words of literal phrases that were taken and are not in the tree."""
    places = set[int]()
    windowed: dict[int, int] = {}
    for place, (_, item) in words.items.items():
        if place not in taken:
            continue
        holders = holding(every, place)
        if not holders or not _holds(holders, item):
            places.add(place)
        elif _is_window(item):
            for leaf in holders:
                if id(leaf) in windowed and _has_two_windows(leaf):
                    places.add(place)
                windowed[id(leaf)] = place
    return places


def _is_there(nodes: list[Node]) -> bool:
    return any(isinstance(node, Comparison) and node.operator == "exists" for node in nodes)


def _is_of_year(node: Comparison) -> bool:
    """ "before 2010" of a number that is a year."""
    numbers = [each.value for each in node.values if isinstance(each, Literal)]
    return any(isinstance(each, Decimal) and 1900 <= each <= 2100 for each in numbers)


def _holds(holders: list[Leaf], item: Item) -> bool:
    """Whether the conditions that point at the phrase hold what it says."""
    nodes = [node for leaf in holders for node in leaf.nodes()]
    numbers = {node.value for node in nodes if isinstance(node, Literal)}
    lengths = {node.hours for node in nodes if isinstance(node, Duration)}
    moments = any(isinstance(each, str) and _DATE.match(each) for each in numbers)
    dated = bool(lengths) or moments
    match item:
        case Percent() | Range(unit="percent"):
            return not _counts(nodes, bounds(item)) and _amounts(numbers, bounds(item))
        case Range() | Number() | Money():
            if bounds(item) == [("equals", Decimal(0))]:
                return any(is_negative(leaf.tree) for leaf in holders)
            if bounds(item) == [("equals", Decimal(1))] and Decimal(0) in numbers:
                return True  # "not a single one"
            if bounds(item) == [("at_least", Decimal(1))] and _is_there(nodes):
                return True  # "at least one integration"
            if _is_money(item) and _counts(nodes, bounds(item)):
                return False
            born = dated or any(
                isinstance(each, Comparison) and _is_of_year(each) for each in nodes
            )
            return (
                (_amounts(numbers, bounds(item)) and not _turned(holders, bounds(item)))
                or (born and _is_age(item) and any(isinstance(each, Trait) for each in nodes))
                or _ranged(nodes, bounds(item))
            )
        case Rolling(newest=newest, oldest=oldest):
            wanted = {each.hours for each in (newest, oldest) if each is not None}
            held = wanted <= lengths or (bool(wanted & lengths) and dated)
            return held or (newest is None and oldest is not None and _apart(numbers, oldest))
        case Within(duration=duration) | Length(duration=duration):
            return duration.hours in lengths or moments or _timed(numbers, duration)
        case LengthRange(low=low, high=high):
            return all(
                each is None or each.hours in lengths or _timed(numbers, each)
                for each in (low, high)
            )
        case Future(soonest=soonest, latest=latest):
            ends = [each for each in (soonest, latest) if each is not None]
            ahead = item.text.lower().endswith("ahead")  # "2 hours ahead": a number of hours
            timed = ahead and all(_timed(numbers, each) for each in ends)
            return {each.hours for each in ends} <= lengths or moments or timed
        case Calendar() | OpenFrom() | OpenTo():
            return dated or any(
                isinstance(node, Comparison)
                and (node.operator == "anniversary_month" or _is_of_year(node))
                for node in nodes
            )
        case Comparator(operator=operator) if operator not in ("equals", "differs"):
            return any(  # "more than last year": with a field or nothing; or "above level 40"
                isinstance(node, Comparison)
                and (
                    any(isinstance(each, Trait | Property) for each in node.values)
                    or (node.operator == operator and isinstance(node.left, Trait | Property))
                )
                for node in nodes
            )
        case _:
            return True


def _apart(numbers: set[str | Decimal], length: Duration) -> bool:
    """Whether two days that a field is held to are so far from each other."""
    days = [date.fromisoformat(e[:10]) for e in numbers if isinstance(e, str) and _DATE.match(e)]
    return any(
        abs(abs((one - other).days) * 24 - length.hours) <= _LEAP for one in days for other in days
    )


def _is_money(item: Item) -> bool:
    return isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")


def _turned(holders: list[Leaf], rows: list[tuple[str, Decimal]]) -> bool:
    """Whether a number stands on the other side of its comparison: "at least 3" as 3 at most."""
    for operator, number in rows:
        wrong = _UPPER if operator in _LOWER else _LOWER if operator in _UPPER else frozenset()
        held = [
            (node.operator, any(isinstance(each, Not) for each in leaf.nodes()))
            for leaf in holders
            for node in leaf.nodes()
            if isinstance(node, Comparison)
            and any(isinstance(each, Literal) and each.value == number for each in node.values)
        ]
        if held and all(found in wrong and not negated for found, negated in held):
            return True
    return False


_LEAP = 24  # hours by which so many years may differ
_LOWER = frozenset(["at_least", "greater_than"])
_UPPER = frozenset(["at_most", "less_than"])
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# What a number that was said may be multiplied by to be in a field's own unit.
_SCALES = tuple(
    Decimal(each)
    for each in (
        1,
        60,
        3600,
        24,
        1440,
        86400,
        7,
        12,
        168,
        720,
        730,
        8760,
        100,
        1000,
        1024,
        1_000_000,
        "1.609344",
        "0.45359237",
    )
)


def _amounts(numbers: set[str | Decimal], rows: list[tuple[str, Decimal]]) -> bool:
    """Whether every number that was said is there, in the unit that was said or another."""
    known: set[Decimal] = set()
    for each in numbers:
        try:
            known.add(Decimal(each))
        except ArithmeticError:
            continue
    return all(
        any(number * scale in known or number / scale in known for scale in _SCALES)
        for _, number in rows
    )


def _ranged(nodes: list[Node], rows: list[tuple[str, Decimal]]) -> bool:
    """Whether a field is held to values that are ranges within what was said."""
    return any(
        are_within(
            [
                each.value
                for each in node.values
                if isinstance(each, Literal) and isinstance(each.value, str)
            ],
            rows,
        )
        for node in nodes
        if isinstance(node, Comparison) and node.operator in ("equals", "one_of")
    )


def _timed(numbers: set[str | Decimal], length: Duration) -> bool:
    """Whether a number counts the length, in whatever unit of time."""
    return _amounts(numbers, [("equals", Decimal(length.hours))])


def _is_age(item: Item) -> bool:
    """A number of years that may stand for a date of birth."""
    return isinstance(item, Range | Number) and all(0 < each <= 120 for _, each in bounds(item))


def _counts(nodes: list[Node], rows: list[tuple[str, Decimal]]) -> bool:
    """Whether one of the numbers is held against a count: what percentages and money never are."""
    said = {number for _, number in rows}
    return any(
        isinstance(node, Comparison)
        and (_is_count(node.left) or _is_counter(node.left))
        and any(isinstance(each, Literal) and each.value in said for each in node.values)
        for node in nodes
    )


def _is_count(left: object) -> bool:
    return isinstance(left, Aggregate) and left.reducer.method in ("count", "unique")


def _is_counter(left: object) -> bool:
    """A field that by its name counts something: `orders_count`."""
    return isinstance(left, Trait | Property) and bool(set(stemmed(left.name)) & _COUNTERS)


_COUNTERS = frozenset(["count", "number", "num"])


def _is_window(item: Item) -> bool:
    return isinstance(
        item, Rolling | Within | Length | LengthRange | Calendar | OpenFrom | OpenTo
    ) and not isinstance(item, Ever)


def _has_two_windows(leaf: Leaf) -> bool:
    """Whether the same event is held to more than one window."""
    return any(isinstance(node, Events) and _windows(node) > 1 for node in leaf.nodes())


def _windows(events: Events) -> int:
    lengths = sum(
        isinstance(each, Between) or (isinstance(each, WithinFilter) and not each.of_parent)
        for each in events.filters
    )
    moments = [
        _side(node)
        for each in events.filters
        if isinstance(each, Where)
        for node in _own(each.condition)
        if isinstance(node, Comparison) and isinstance(node.left, Context)
    ]
    return lengths + max((moments.count(side) for side in set(moments)), default=0)


def _own(condition: Boolean) -> Iterator[Node]:
    """The comparisons of a `where` itself, not those of what happened after."""
    if isinstance(condition, And):
        for item in condition.items:
            yield from _own(item)
    else:
        yield condition


def _side(node: Comparison) -> str:
    return "until" if node.operator in ("less_than", "at_most", "before_date") else "since"
