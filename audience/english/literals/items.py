"""The literal phrases of a sentence: numbers, counts, lengths of time, windows and dates.

One small frozen class per kind. Every item knows its place, `[start, end)` in code points of the
text it was read from, the rules that made it, what it takes for granted (`assumption`) and what
only the person can say (`ask`). An item with an `ask` is a best guess and must not be used unasked.

Instants are aware UTC datetimes, half-open: `[since, until)`. Days (`first`, `last`) are dates in
the workspace's time zone, both included.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from audience.query import Duration, Span

Unit = Literal["money", "percent", "times", "years_old"]
Grain = Literal["day", "week", "month", "quarter", "year", "span"]
Approach = Literal["in", "within", "for", "over"]
Subject = Literal[
    "weekend",
    "weekday",
    "season",
    "holiday",
    "time_of_day",
    "too_fine",
    "amount",
    "rate",
    "earlier",
    "joining",
]
ComparatorKey = Literal[
    "at_least", "greater_than", "at_most", "less_than", "equals", "differs", "between"
]


@dataclass(frozen=True)
class Ask:
    """A question that the phrase leaves open; `options` are whole readings of it, best first."""

    text: str
    options: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every literal phrase has."""

    start: int
    end: int
    text: str  # the words, as written
    rules: tuple[str, ...] = field(default=(), compare=False)  # the outermost first
    assumption: str | None = None  # one short sentence for people, or None
    ask: Ask | None = None
    parts: tuple[Item, ...] = field(default=(), compare=False)  # the phrases it is made of

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


# Amounts --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Number(Item):
    """A number with nothing said about it: "25", "two thousand", "1.5m"."""

    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Ordinal(Item):
    """ "first", "3rd"."""

    value: int


@dataclass(frozen=True, kw_only=True)
class Percent(Item):
    value: Decimal  # 20 for 20 %


@dataclass(frozen=True, kw_only=True)
class Money(Item):
    value: Decimal
    currency: str  # ISO 4217


@dataclass(frozen=True, kw_only=True)
class Comparator(Item):
    """A comparator with no number beside it: "more than" in "more than their average"."""

    operator: ComparatorKey


@dataclass(frozen=True, kw_only=True)
class Range(Item):
    """Numbers with a comparator, and counts: "at least 3 times" is 3 or more, unit `times`.

    "exactly 5" has both ends at 5. "never" is 0 to 0 `times`. "not 5" is `negated`.
    """

    low: Decimal | None = None
    low_inclusive: bool = True
    high: Decimal | None = None
    high_inclusive: bool = True
    unit: Unit | None = None
    currency: str | None = None  # with unit money
    negated: bool = False

    @property
    def comparisons(self) -> tuple[tuple[str, Decimal], ...]:
        """The operators of `audience.operators` and their numbers, all of which must hold.

        A negated range of two ends has none: negate those of the range itself.
        """
        if self.low is not None and self.low == self.high:
            return (("differs" if self.negated else "equals", self.low),)
        if self.negated:
            return ()
        found: list[tuple[str, Decimal]] = []
        if self.low is not None:
            found.append(("at_least" if self.low_inclusive else "greater_than", self.low))
        if self.high is not None:
            found.append(("at_most" if self.high_inclusive else "less_than", self.high))
        return tuple(found)


# Time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Length(Item):
    """A length of time with nothing said about it: "7 days", "90-day", "a fortnight"."""

    duration: Duration


@dataclass(frozen=True, kw_only=True)
class LengthRange(Item):
    """A compared length with no "ago": "for more than 2 years", "in over 90 days"."""

    low: Duration | None = None
    low_inclusive: bool = True
    high: Duration | None = None
    high_inclusive: bool = True
    approach: Approach | None = None


@dataclass(frozen=True, kw_only=True)
class Within(Item):
    """A length with a direction that only its neighbours tell: "in 30 days", "within 2 weeks".

    The last 30 days with something that happened, the next 30 with a date to come, after the
    earlier step in a sequence.
    """

    duration: Duration
    approach: Approach


@dataclass(frozen=True, kw_only=True)
class Rolling(Item):
    """From `oldest` ago to `newest` ago. No `newest`: until now. No `oldest`: from the beginning."""

    newest: Duration | None = None
    oldest: Duration | None = None


@dataclass(frozen=True, kw_only=True)
class Future(Item):
    """From `soonest` from now to `latest` from now. No `soonest`: from now. No `latest`: no end."""

    soonest: Duration | None = None
    latest: Duration | None = None


@dataclass(frozen=True, kw_only=True)
class Calendar(Item):
    """Whole days: "this month", "yesterday", "in May", "on 2025-03-01", "from 1 to 15 March"."""

    since: datetime
    until: datetime  # not included
    first: date
    last: date  # included
    grain: Grain
    month: int | None = None  # 1 to 12 where a month is named without its year
    months: tuple[int, ...] = ()  # of "May or June"
    bare: bool = False  # only a date, with no word such as "in" or "on" before it


@dataclass(frozen=True, kw_only=True)
class OpenFrom(Item):
    """From a day on: "since 1 March" (`first` is that day), "after 1 March" (the day after it)."""

    since: datetime
    first: date


@dataclass(frozen=True, kw_only=True)
class OpenTo(Item):
    """Up to a day: "before 1 March" (`last` is the day before it), "until 1 March" (that day)."""

    until: datetime  # not included
    last: date  # included


@dataclass(frozen=True, kw_only=True)
class Ever(Item):
    """ "ever", "at any time", "of all time": no window."""


@dataclass(frozen=True, kw_only=True)
class Vague(Item):
    """A phrase that is clearly a literal and has no value until the person says which: `ask`."""

    subject: Subject


Window = Rolling | Future | Calendar | OpenFrom | OpenTo | Ever | Within
