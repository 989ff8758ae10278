"""Values that are ranges of numbers ("25-34", "65+", "Under 15K"): an amount finds those within it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audience.english.amounts import Bounds
from audience.query import Boolean, Comparison, Literal, Scalar

_NUMBER = r"[$€£]?\s*(\d[\d,]*(?:\.\d+)?)\s*([kKmM]?)"
_SPAN = re.compile(rf"{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}")
_OPEN = re.compile(rf"{_NUMBER}\s*(?:\+|(?:and|or) (?:more|over|older|above))", re.IGNORECASE)
_BELOW = re.compile(rf"(?:under|below|less than|<)\s*{_NUMBER}", re.IGNORECASE)
_PLAIN = re.compile(_NUMBER)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
_END = Decimal(10) ** 12
_MUCH = 1000  # "over 100K" is all of "100-124K" but its first dollar

_YEARS = 4  # a range of fewer numbers has no number to spare

Range = tuple[Decimal, Decimal]  # both ends within


def within(left: Scalar, values: Sequence[str], rows: Bounds) -> Boolean | None:
    """`left` held to the values that lie within `rows`.

    None where a value is no range, where one lies partly within, or where none does: then a person
    must say which are meant.
    """
    low, high = _bounds(rows)
    chosen = []
    ranges = [_range(each) for each in values]
    if sum(each is not None for each in ranges) < 2:
        return None
    for value, held in zip(values, ranges, strict=True):
        if held is None:
            continue
        first, last = held
        if last < low or first > high:
            continue
        outside = _outside(held, (low, high))
        if outside and outside >= last - first:
            continue  # "up to 100K" of "100-124K"
        if outside > _spare(held, rows):
            return None
        chosen.append(value)
    if not chosen or len(chosen) == len(values):
        return None
    operator = "equals" if len(chosen) == 1 else "one_of"
    return Comparison(left, operator, tuple(Literal(each) for each in chosen))


def are_within(values: Sequence[str], rows: Bounds) -> bool:
    """Whether all of the values are ranges that lie within `rows`."""
    ends = _bounds(rows)
    ranges = [_range(each) for each in values]
    return bool(values) and all(
        each is not None and _outside(each, ends) <= _spare(each, rows) for each in ranges
    )


def _spare(held: Range, rows: Bounds) -> Decimal:
    """How much of a range may lie outside: the 45 of "45-54" where those over 45 are asked for."""
    wide = held[1] - held[0]
    strict = any(operator in ("greater_than", "less_than") for operator, _ in rows)
    return Decimal(1) if strict and _YEARS <= wide < _MUCH else wide / _MUCH


def _outside(held: Range, ends: Range) -> Decimal:
    """How much of the range lies outside of the ends."""
    return max(ends[0] - held[0], Decimal(0)) + max(held[1] - ends[1], Decimal(0))


def _bounds(rows: Bounds) -> Range:
    low, high = Decimal(0), _END
    for operator, number in rows:
        if operator in ("at_least", "greater_than", "equals"):
            low = max(low, number + (operator == "greater_than"))
        if operator in ("at_most", "less_than", "equals"):
            high = min(high, number - (operator == "less_than"))
    return low, high


def _range(value: str) -> Range | None:
    text = value.strip()
    if match := _SPAN.fullmatch(text):
        unit = match[2] or match[4]  # "100-124K"
        return _number(match[1], unit), _number(match[3], match[4])
    if match := _OPEN.fullmatch(text):
        return _number(match[1], match[2]), _END
    if match := _BELOW.fullmatch(text):
        return Decimal(0), _number(match[1], match[2]) - 1
    if match := _PLAIN.fullmatch(text):
        number = _number(match[1], match[2])
        return number, number
    return None


def _number(digits: str, unit: str) -> Decimal:
    return Decimal(digits.replace(",", "")) * _TIMES[unit.lower()]
