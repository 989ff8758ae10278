"""The last look at a reading: every number, window and "not" that was said is in the tree, once.

Reading a piece marks the words it used. This compares what they came to with the tree itself, so
that a bound that was read and then lost on the way is shown as left over, and not forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from audience.english.amounts import bounds
from audience.english.bins import are_within
from audience.english.literals.items import (
    Calendar,
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
    Or,
    Where,
    walk,
)
from audience.query import Within as WithinFilter


def lost(
    tree: Boolean | None, words: Sentence, used: Iterable[int], negations: Iterable[int]
) -> set[int]:
    """First words of literal phrases, and negations, that were taken and are not in the tree."""
    if tree is None:
        return set()
    taken = set(used)
    leaves = _leaves(tree)
    places = set[int]()
    windowed: dict[int, int] = {}
    for place, (_, item) in words.items.items():
        if place not in taken:
            continue
        holders = [leaf for leaf, spans in leaves if _covers(spans, words.words[place].start)]
        if not holders or not _holds(holders, item):
            places.add(place)
        elif _is_window(item):
            for leaf in holders:
                if id(leaf) in windowed and _has_two_windows(leaf):
                    places.add(place)
                windowed[id(leaf)] = place
    for place in negations:
        if place in taken and not _denied(leaves, words.words[place].start):
            places.add(place)
    return places


_Leaves = list[tuple[Boolean, tuple[tuple[int, int], ...]]]


def _leaves(tree: Boolean) -> _Leaves:
    """The conditions with their spans; those of a group that is kept out stand under a NOT each."""
    if isinstance(tree, And | Or):
        return [each for item in tree.items for each in _leaves(item)]
    if isinstance(tree, Not) and isinstance(tree.item, And | Or):
        return [(Not(leaf), spans) for leaf, spans in _leaves(tree.item)]
    return [(tree, tuple((span.start, span.end) for span in tree.origin.spans))]


def _covers(spans: Iterable[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


# Numbers and windows ----------------------------------------------------------------------------


def _holds(holders: list[Boolean], item: Item) -> bool:
    """Whether the conditions that point at the phrase hold what it says."""
    nodes = [node for leaf in holders for node in walk(leaf)]
    numbers = {node.value for node in nodes if isinstance(node, Literal)}
    lengths = {node.hours for node in nodes if isinstance(node, Duration)}
    dated = bool(lengths) or any(isinstance(each, str) and _DATE.match(each) for each in numbers)
    match item:
        case Percent() | Range(unit="percent"):
            return not _counts(nodes, bounds(item)) and _amounts(numbers, bounds(item))
        case Range() | Number() | Money():
            if bounds(item) == [("equals", Decimal(0))]:
                return any(_is_negative(leaf) for leaf in holders)
            return (
                _amounts(numbers, bounds(item))
                or (dated and _is_age(item))
                or _ranged(nodes, bounds(item))
            )
        case Rolling(newest=newest, oldest=oldest):
            wanted = {each.hours for each in (newest, oldest) if each is not None}
            return wanted <= lengths or (bool(wanted & lengths) and dated)
        case Within(duration=duration) | Length(duration=duration):
            return duration.hours in lengths or dated or _timed(numbers, duration)
        case LengthRange(low=low, high=high):
            return all(
                each is None or each.hours in lengths or _timed(numbers, each)
                for each in (low, high)
            )
        case Future(soonest=soonest, latest=latest):
            wanted = {each.hours for each in (soonest, latest) if each is not None}
            return wanted <= lengths or dated
        case Calendar() | OpenFrom() | OpenTo():
            return dated or any(
                isinstance(node, Comparison) and node.operator == "anniversary_month"
                for node in nodes
            )
        case _:
            return True


_DATE = re.compile(r"\d{4}-\d\d-\d\d")
# What a number that was said may be multiplied by to be in a field's own unit.
_SCALES = tuple(
    Decimal(each) for each in (1, 60, 3600, 24, 1440, 86400, 7, 12, 100, 1000, 1024, 1_000_000)
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
    """Whether one of the numbers is held against a count: what a percentage never is."""
    said = {number for _, number in rows}
    return any(
        isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and node.left.reducer.method in ("count", "unique")
        and any(isinstance(each, Literal) and each.value in said for each in node.values)
        for node in nodes
    )


def _is_window(item: Item) -> bool:
    return isinstance(
        item, Rolling | Within | Length | LengthRange | Calendar | OpenFrom | OpenTo
    ) and not isinstance(item, Ever)


def _has_two_windows(leaf: Boolean) -> bool:
    """Whether the same event is held to more than one window."""
    return any(isinstance(node, Events) and _windows(node) > 1 for node in walk(leaf))


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


# Negations --------------------------------------------------------------------------------------


def _denied(leaves: _Leaves, at: int) -> bool:
    """Whether a condition that the "not" belongs to, or one after it, keeps people out."""
    holders = [leaf for leaf, spans in leaves if _covers(spans, at)]
    if holders:
        return any(_is_negative(leaf) for leaf in holders)
    return any(
        _is_negative(leaf)
        for leaf, spans in leaves
        if not spans or any(end > at for _, end in spans)
    )


def _is_negative(tree: Boolean) -> bool:
    return any(
        isinstance(node, Not)
        or (
            isinstance(node, Comparison)
            and (
                node.operator in _NEGATIVE
                or any(
                    isinstance(each, Literal) and str(each.value) in ("0", "false")
                    for each in node.values
                )
            )
        )
        for node in walk(tree)
    )


_NEGATIVE = frozenset(
    ["absent", "exists", "differs", "omits", "none_of", "less_than", "at_most", "before_last"]
)
