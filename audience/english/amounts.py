"""Numbers and what they compare: of a literal phrase, its operators and numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from audience.catalog import EventField
from audience.english.literals.items import (
    Item,
    LengthRange,
    Money,
    Number,
    Percent,
    Range,
)
from audience.english.schema import Entry
from audience.english.tokens import name_words, stem
from audience.query import (
    And,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Not,
    Scalar,
    joined,
)
from audience.wording import in_hundredths

Bounds = list[tuple[str, Decimal]]


def is_amount(item: Item) -> bool:
    return isinstance(item, Range | Number | Money | Percent)


def is_percent(item: Item) -> bool:
    return isinstance(item, Percent) or (isinstance(item, Range) and item.unit == "percent")


def is_share(entry: Entry) -> bool:
    """Whether a number of the field is a percentage, by its name or its description, or a part of 1."""
    told = bool(_SHARES & {*entry.words, *entry.about}) or "%" in entry.field.description
    return told or is_fraction(entry)


def is_fraction(entry: Entry) -> bool:
    """Whether the number is kept from 0 to 1, as its description or its values tell."""
    if getattr(entry.field, "type", None) != "number":
        return False
    if _FROM_0_TO_1.search(entry.field.description):
        return True
    stats = getattr(entry.field, "stats", None)
    low, high = str(getattr(stats, "minimum", "")), str(getattr(stats, "maximum", ""))
    try:
        return 0 <= Decimal(low) < Decimal(high) <= 1 and "." in low + high
    except ArithmeticError:
        return False


_FROM_0_TO_1 = re.compile(r"\b0(?:\.0+)?\s*(?:to|and|-|–)\s*1(?:\.0+)?(?![\d.]*\d)")


def unit_scale(entry: Entry, item: Item | None, text: str) -> Decimal:
    """What turns an amount as people say it into the field's own: 100 for money kept in cents, a
    hundredth for a percentage of a field from 0 to 1.

    1 for a plain number where `text` names the field as it is written: "fareMinor > 5000".
    """
    field = entry.field
    if item is not None and is_percent(item) and is_fraction(entry):
        return Decimal("0.01")
    if isinstance(field, EventField) or not in_hundredths(field):
        return Decimal(1)
    money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
    written = re.search("[^a-z]", field.name) and field.name in text
    return Decimal(1 if written and not money else 100)


def bounds(item: Item) -> Bounds:
    """Operators with their numbers, all of which must hold; a plain number is exactly that."""
    match item:
        case Range():
            if item.negated and not item.comparisons:
                return list(replace(item, negated=False).comparisons)
            return [
                (_of_year(operator, number, item), number) for operator, number in item.comparisons
            ]
        case Number(value=value) | Money(value=value) | Percent(value=value):
            return [("equals", value)]
        case _:
            return []


def _of_year(operator: str, number: Decimal, item: Range) -> str:
    """ "2015 or older": of a year, which is lower the older a thing is."""
    if item.unit != "years_old" or not 1900 <= number <= 2100:
        return operator
    return _OTHER_WAY.get(operator, operator)


_OTHER_WAY = {
    "at_least": "at_most",
    "at_most": "at_least",
    "greater_than": "less_than",
    "less_than": "greater_than",
}


def is_outside(item: Item) -> bool:
    """A range of two ends that is negated: "not between 20 and 30"."""
    return isinstance(item, Range) and item.negated and not item.comparisons


def compared(left: Scalar, item: Item, scale: Decimal = Decimal(1)) -> Boolean:
    """`left` held to the amount; `scale` turns the unit that was said into the field's own."""
    rows = [
        Comparison(left, operator, (Literal(number * scale),)) for operator, number in bounds(item)
    ]
    tree = joined(And, tuple(rows))
    return Not(tree) if is_outside(item) else tree


_SHARES = frozenset(
    stem(word) for word in ("percent", "percentage", "pct", "rate", "ratio", "share", "probability")
)
_SECONDS = {
    "second": Decimal(1),
    "minute": Decimal(60),
    "hour": Decimal(3600),
    "day": Decimal(86_400),
    "week": Decimal(86_400 * 7),
    "month": Decimal(86_400 * 30),
    "year": Decimal(86_400 * 365),
}
_ENERGY = frozenset(stem(word) for word in ("kilowatt", "megawatt", "watt", "kwh", "mwh", "amp"))
_LONG = ("week", "month", "year")  # told by a name only: a description may speak of "per month"


def unit_of(entry: Entry) -> str | None:
    """The unit of time that a number counts, from its name or its description."""
    said = [*entry.words, *entry.about]
    for unit, stems in (
        ("minute", ("minut", "min", "mins")),
        ("hour", ("hour", "hr", "hrs")),
        ("second", ("second", "sec", "secs")),
        ("day", ("day",)),
    ):
        if any(word in stems for word in said) and not _ENERGY & {*said}:
            return unit
    named = name_words(entry.field.name)
    if "this" in named:
        return None  # `used_this_month` is of a month, and counts none
    long = next((unit for unit in _LONG if unit in named or f"{unit}s" in named), None)
    in_a_row = long is None and "streak" in named
    return "day" if in_a_row else long


def scaled(item: LengthRange, unit: str) -> Bounds:
    """A compared length of time as numbers of `unit`."""
    found: Bounds = []
    if item.low is not None:
        number = counted_in(item.low, unit)
        found.append(("at_least" if item.low_inclusive else "greater_than", number))
    if item.high is not None:
        number = counted_in(item.high, unit)
        found.append(("at_most" if item.high_inclusive else "less_than", number))
    return found


def counted_in(length: Duration, unit: str) -> Decimal:
    """How many of `unit` the length is; whole years are twelve months each."""
    seconds = Decimal(length.hours * 3600)
    if unit == "month" and seconds % _SECONDS["year"] == 0:
        return seconds / _SECONDS["year"] * 12
    return seconds / _SECONDS[unit]


def is_of_time(said: str) -> bool:
    """Whether the word is a unit of time."""
    return _base(said) in _SECONDS


def _base(said: str) -> str:
    names = {"min": "minute", "hr": "hour", "hrs": "hour", "sec": "second", "mins": "minute"}
    return names.get(said, said.rstrip("s"))


def factor(said: str, unit: str) -> Decimal:
    """What to multiply a number of `said` by to have a number of `unit`."""
    base = _base(said)
    return _SECONDS.get(base, _SECONDS[unit]) / _SECONDS[unit]
