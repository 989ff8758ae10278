"""What makers hand to one another, before a top-level rule makes an item of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from audience.english.literals.items import Grain, Item, Unit
from audience.query import Duration

HOURS: Mapping[str, int] = {
    "hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 720, "quarter": 2160, "year": 8760,
    "decade": 87600,
}  # fmt: skip
_HALVES = {"year": (180, "day"), "quarter": (45, "day"), "month": (15, "day"), "day": (12, "hour")}
_LONGEST = 100 * HOURS["year"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An item without its place."""

    kind: type[Item]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    unit: Unit | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """A length of time: whole hours, and the unit that was said."""

    hours: int
    unit: str

    @property
    def duration(self) -> Duration:
        if self.unit == "hour" or self.hours % 24:
            return Duration(self.hours, "hour")
        return Duration(self.hours // 24, "day")


@dataclass(frozen=True, slots=True)
class LapseRange:
    low: Lapse | None = None
    low_inclusive: bool = True
    high: Lapse | None = None
    high_inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, `first` to `last`. Yearless ones keep what was said of them."""

    first: date
    last: date
    grain: Grain
    month: int | None = None  # said without a year
    day: int | None = None
    months: tuple[int, ...] = ()  # "May or June"

    @property
    def yearless(self) -> bool:
        return self.month is not None


def lapse(count: Decimal, unit: str) -> Lapse | None:
    """`count` units; None for nothing, for parts of an hour, and for more than a hundred years."""
    hours = count * HOURS[unit]
    if hours <= 0 or hours > _LONGEST or hours != int(hours):
        return None
    return Lapse(int(hours), unit)


def halved(count: Decimal, unit: str) -> Lapse | None:
    """`count` and a half units, where half of the unit is whole days or hours."""
    whole = lapse(count, unit)
    amount, of = _HALVES.get(unit, (0, ""))
    if whole is None or not of:
        return None
    hours = whole.hours + amount * HOURS[of]
    return Lapse(hours, of if of == "hour" else unit)


def half(unit: str) -> Lapse | None:
    amount, of = _HALVES.get(unit, (0, ""))
    return lapse(Decimal(amount), of) if of else None


def words_of(duration: Duration) -> str:
    """ "30 days", "1 hour"."""
    return f"{duration.amount} {duration.unit}{'' if duration.amount == 1 else 's'}"
