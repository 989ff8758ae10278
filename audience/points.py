"""The finitely many values of a term at which its comparisons can differ (see `audience.logic`).

A point is a value, or None for a missing one. A text that no comparison names is stood for by an
`Unnamed`: one for each way in which it can contain, begin or end with the parts that are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from itertools import combinations, pairwise
from typing import Any
from typing import Literal as Choice

from audience.catalog import FieldType
from audience.query import Aggregate, Comparison, Duration, Literal, Scalar
from audience.scope import Scope
from audience.values import cast

MOST_PARTS = 6

Family = Choice["any", "value", "days", "hours", "next", "last", "month"]
Part = tuple[str, str]  # contains, starts_with or ends_with, and a text


@dataclass(frozen=True)
class Unnamed:
    """Some text of which only this is known: the parts that it has; the others it has not."""

    parts: frozenset[Part]


class TooLarge(Exception):
    """More cases than are worth looking at; whether they are possible stays open."""


Point = Decimal | bool | str | date | datetime | Unnamed | None


@dataclass(frozen=True)
class Term:
    """A scalar, looked at in one way: by value, in days from today, by month, …

    Ways are told apart because how they bear on each other depends on the day; "any" is that of
    exists() and absent(), which belong to every other.
    """

    left: Scalar
    family: Family


_FAMILIES: dict[str, Family] = {
    "absent": "any",
    "exists": "any",
    "anniversary_within_next": "next",
    "anniversary_within_last": "last",
    "anniversary_month": "month",
}
_PARTS = {
    "contains": "contains",
    "omits": "contains",
    "starts_with": "starts_with",
    "ends_with": "ends_with",
}


def term_of(node: Comparison, scope: Scope) -> Term | None:
    """The term that a comparison is about; None when it compares two fields."""
    if any(not isinstance(value, Literal | Duration) for value in node.values):
        return None
    family = _FAMILIES.get(node.operator, "value")
    if family == "value" and node.values and isinstance(node.values[0], Duration):
        family = "days" if node.values[0].unit == "day" else "hours"
    return Term(node.left, family)


def points(term: Term, atoms: Sequence[Comparison], scope: Scope) -> list[Point]:
    """Every point that can matter to `atoms`, which are all about `term`."""
    constants = [each for atom in atoms for each in _constants(atom, term, scope)]
    missing: list[Point] = [] if is_count(term.left) else [None]
    if term.family != "value":
        numbers = [Decimal(0), *(each for each in constants if isinstance(each, Decimal))]
        return [*missing, *_distances(numbers, term.family)]
    match _type(term, scope):
        case "boolean":
            return [*missing, True, False]
        case "number":
            numbers = [each for each in constants if isinstance(each, Decimal)]
            if is_count(term.left):
                return [each for each in _whole([Decimal(0), *numbers]) if each >= 0]
            return [*missing, *_around(numbers or [Decimal(0)])]
        case "date" | "timestamp":
            return [*missing, *_moments(constants)]
        case _:
            return [*missing, *_texts(constants, atoms, scope)]


def holds(node: Comparison, point: Point, term: Term, scope: Scope) -> bool:
    """Whether a comparison is true of a term that has this value."""
    if node.operator == "absent":
        return point is None
    if point is None:
        return False
    if node.operator == "exists":
        return True
    if node.operator in _PARTS:
        has = any(_has(point, _part(node.operator, value, scope)) for value in node.values)
        return has != (node.operator == "omits")
    constants = _constants(node, term, scope)
    value: Any = point
    first: Any = constants[0]
    match node.operator:
        case "equals" | "one_of" | "anniversary_month":
            return value in constants
        case "differs" | "none_of":
            return value not in constants
        case "greater_than" | "after_date":
            return bool(value > first)
        case "at_least" | "after_next":
            return bool(value >= first)
        case "less_than" | "before_date":
            return bool(value < first)
        case "at_most" | "before_last":
            return bool(value <= first)
        case "within_last" | "anniversary_within_last":
            return bool(first <= value <= 0)
        case "within_next" | "anniversary_within_next":
            return bool(0 <= value <= first)
        case _:
            raise TypeError(f"Nothing is known of the comparison {node.operator}.")


# Constants ------------------------------------------------------------------------------------


def _constants(node: Comparison, term: Term, scope: Scope) -> list[Point]:
    """The values that a comparison names, as points of its term; distances into the past are negative."""
    if node.operator in _PARTS:
        return []
    result: list[Point] = []
    for value in node.values:
        if isinstance(value, Duration):
            past = node.operator in ("within_last", "before_last", "anniversary_within_last")
            result.append(Decimal(-value.amount if past else value.amount))
        elif isinstance(value, Literal):
            type_ = "number" if term.family == "month" else _type(term, scope)
            result.append(cast(value, type_, scope.catalog.timezone))
    return result


def _type(term: Term, scope: Scope) -> FieldType:
    """A saved audience is asked for as a text."""
    return scope.type_of(term.left) or "text"


def is_count(left: Scalar) -> bool:
    """Whether a scalar is a whole number that is never missing."""
    return isinstance(left, Aggregate) and left.reducer.method in ("count", "unique")


def _part(operator: str, value: object, scope: Scope) -> Part:
    assert isinstance(value, Literal)
    return _PARTS[operator], str(cast(value, "text", scope.catalog.timezone))


def _has(point: Point, part: Part) -> bool:
    if isinstance(point, Unnamed):
        return part in point.parts
    kind, text = part
    if not isinstance(point, str):
        return False
    if kind == "contains":
        return text in point
    return point.startswith(text) if kind == "starts_with" else point.endswith(text)


# Points ---------------------------------------------------------------------------------------


def _around(numbers: list[Decimal]) -> list[Decimal]:
    """The numbers, one between each two neighbours, one below all and one above all."""
    with localcontext() as context:
        context.prec = 80
        known = sorted(set(numbers))
        between = [(low + high) / 2 for low, high in pairwise(known)]
        return sorted([known[0] - 1, *known, *between, known[-1] + 1])


def _whole(numbers: list[Decimal]) -> list[Decimal]:
    """Each number's whole neighbours."""
    return sorted(
        {
            number.to_integral_value(rounding) + step
            for number in numbers
            for rounding in (ROUND_FLOOR, ROUND_CEILING)
            for step in (-1, 0, 1)
        }
    )


def _distances(numbers: list[Decimal], family: Family) -> list[Decimal]:
    match family:
        case "month":
            return [Decimal(month) for month in range(1, 13)]
        case "next":
            return [each for each in _whole(numbers) if 0 <= each <= 366]
        case "last":
            return [each for each in _whole(numbers) if -366 <= each <= 0]
        case "hours":
            return _around(numbers)
        case _:
            return _whole(numbers)


def _moments(constants: list[Point]) -> list[Point]:
    result: list[Point] = [date(2000, 1, 1)] if not constants else []
    for each in constants:
        assert isinstance(each, date)
        step = timedelta(microseconds=1) if isinstance(each, datetime) else timedelta(days=1)
        result.append(each)
        for sign in (-1, 1):
            try:
                result.append(each + sign * step)
            except OverflowError:
                continue
    return result


def _texts(constants: list[Point], atoms: Sequence[Comparison], scope: Scope) -> list[Point]:
    parts = {
        _part(atom.operator, value, scope)
        for atom in atoms
        if atom.operator in _PARTS
        for value in atom.values
    }
    if len(parts) > MOST_PARTS:
        raise TooLarge
    unnamed = [
        Unnamed(frozenset(some))
        for size in range(len(parts) + 1)
        for some in combinations(sorted(parts), size)
        if _can_be(set(some), parts)
    ]
    return [*constants, *unnamed]


def _can_be(some: set[Part], parts: set[Part]) -> bool:
    """Whether a text can have exactly `some` of the parts."""
    if any(_brings(has, lacks) for has in some for lacks in parts - some):
        return False
    starts = [text for kind, text in some if kind == "starts_with"]
    ends = [text for kind, text in some if kind == "ends_with"]
    return (
        all(text for _, text in parts - some)  # every text has the empty one
        and all(max(starts, key=len).startswith(each) for each in starts)
        and all(max(ends, key=len).endswith(each) for each in ends)
    )


def _brings(has: Part, other: Part) -> bool:
    """Whether what has the one part has the other with it."""
    (kind, text), (other_kind, other_text) = has, other
    if other_kind == "contains":
        return other_text in text
    if kind != other_kind:
        return False
    return text.startswith(other_text) if kind == "starts_with" else text.endswith(other_text)
