"""Windows of time in English → filters on events, and comparisons on traits with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from audience.catalog import FieldType
from audience.english.literals.items import (
    Calendar,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    OpenFrom,
    OpenTo,
    Rolling,
    Within,
)
from audience.query import (
    And,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Trait,
    Where,
    joined,
)
from audience.query import Within as WithinFilter

FOREVER = Duration(3_650, "day")  # "more than 60 days ago" has no other end
TIMES = (Rolling, Calendar, OpenFrom, OpenTo, Ever, Within, Future, Length, LengthRange)


def is_time(item: Item) -> bool:
    return isinstance(item, TIMES)


def event_filters(items: Sequence[Item]) -> tuple[Filter, ...]:
    """The filters that hold an event to every window of `items`."""
    filters: list[Filter] = []
    moments: list[Boolean] = []
    for item in items:
        match item:
            case Ever():
                continue
            case Rolling(newest=None, oldest=oldest) if oldest is not None:
                filters.append(WithinFilter(oldest))
            case Rolling(newest=newest, oldest=None) if newest is not None:
                filters.append(Between(newest, FOREVER))
            case Rolling(newest=newest, oldest=oldest) if newest is not None and oldest is not None:
                filters.append(Between(newest, oldest))
            case Within(duration=duration) | Length(duration=duration):
                filters.append(WithinFilter(duration))
            case LengthRange(low=low, high=None) if low is not None:
                filters.append(WithinFilter(low))
            case LengthRange(high=high) if high is not None:
                filters.append(WithinFilter(high))
            case _:
                moments.extend(_moments(Context("timestamp"), item, whole_days=False))
    if moments:
        filters.append(Where(joined(And, tuple(moments))))
    return tuple(filters)


def _moments(left: Context | Trait | Property, item: Item, whole_days: bool) -> list[Boolean]:
    """The bounds of a calendar window; with `whole_days` the last day is compared by itself."""
    match item:
        case Calendar(first=first, last=last):
            if whole_days and first == last:
                return [Comparison(left, "equals", (_day(first),))]
            end = (
                Comparison(left, "at_most", (_day(last),))
                if whole_days
                else Comparison(left, "less_than", (_day(last + timedelta(days=1)),))
            )
            return [Comparison(left, "at_least", (_day(first),)), end]
        case OpenFrom(first=first):
            return [Comparison(left, "at_least", (_day(first),))]
        case OpenTo(last=last):
            return [Comparison(left, "less_than", (_day(last + timedelta(days=1)),))]
        case _:
            return []


def _day(day: date) -> Literal:
    return Literal(day.isoformat())


def date_conditions(
    left: Trait | Property,
    field_type: FieldType,
    item: Item,
    *,
    yearly: bool,
    ahead: bool,
    today: date,
) -> list[Boolean]:
    """What a window says of a date field. `yearly`: a birthday; `ahead`: a bare length looks ahead."""
    match item:
        case Calendar(month=month) if yearly and month is not None and item.grain == "month":
            return [Comparison(left, "anniversary_month", (Literal(Decimal(month)),))]
        case Calendar(months=months) if yearly and months:
            return [
                joined(
                    Or,
                    tuple(
                        Comparison(left, "anniversary_month", (Literal(Decimal(each)),))
                        for each in months
                    ),
                )
            ]
        case Calendar(first=first, last=last) if yearly:
            return _yearly(left, first, last, today)
        case Future(soonest=None, latest=latest) if latest is not None:
            operator = "anniversary_within_next" if yearly else "within_next"
            return [Comparison(left, operator, (latest,))]
        case Future(soonest=soonest, latest=latest) if soonest is not None:
            found: list[Boolean] = [Comparison(left, "after_next", (soonest,))]
            if latest is not None:
                found.append(Comparison(left, "within_next", (latest,)))
            return found
        case Rolling(newest=None, oldest=oldest) if oldest is not None:
            operator = "anniversary_within_last" if yearly else "within_last"
            return [Comparison(left, operator, (oldest,))]
        case Rolling(newest=newest, oldest=oldest) if newest is not None:
            found = [Comparison(left, "before_last", (newest,))]
            if oldest is not None:
                found.append(Comparison(left, "within_last", (oldest,)))
            return found
        case Within(duration=duration) | Length(duration=duration):
            operator = "within_next" if ahead or yearly else "within_last"
            return [
                Comparison(left, f"anniversary_{operator}" if yearly else operator, (duration,))
            ]
        case LengthRange(low=low, high=high):
            found = []
            if low is not None:
                found.append(Comparison(left, "after_next" if ahead else "before_last", (low,)))
            if high is not None:
                found.append(Comparison(left, "within_next" if ahead else "within_last", (high,)))
            return found
        case _:
            return _moments(left, item, whole_days=field_type == "date")


def _yearly(left: Trait | Property, first: date, last: date, today: date) -> list[Boolean]:
    """A yearly date in `[first, last]`, said with windows that end or start today."""
    if first == last == today:
        return [
            Comparison(left, operator, (Duration(1, "day"),))
            for operator in ("anniversary_within_last", "anniversary_within_next")
        ]
    if first >= today:
        latest = Duration((last - today).days, "day")
        found: list[Boolean] = [Comparison(left, "anniversary_within_next", (latest,))]
        if first > today:
            found.append(_not(left, "anniversary_within_next", (first - today).days - 1))
        return found
    if last <= today:
        oldest = Duration((today - first).days, "day")
        found = [Comparison(left, "anniversary_within_last", (oldest,))]
        if last < today:
            found.append(_not(left, "anniversary_within_last", (today - last).days - 1))
        return found
    back = Comparison(left, "anniversary_within_last", (Duration((today - first).days, "day"),))
    on = Comparison(left, "anniversary_within_next", (Duration((last - today).days, "day"),))
    return [Or((back, on))]


def _not(left: Trait | Property, operator: str, days: int) -> Boolean:
    """Not in the window of `days`; of none at all, which the language has not, not today's either."""
    if days == 0:
        operator = (
            "anniversary_within_last" if operator.endswith("next") else "anniversary_within_next"
        )
        days = 1
    return Not(Comparison(left, operator, (Duration(days, "day"),)))


def after(times: Sequence[Item]) -> Item | None:
    """All time after the one window, where it ends before now on a day; else None."""
    if len(times) != 1 or not isinstance(times[0], Calendar | OpenTo | Rolling):
        return None
    item = times[0]
    if isinstance(item, Rolling):  # "more than 60 days ago": since then
        return None if item.newest is None else replace(item, newest=None, oldest=item.newest)
    known = {"start": item.start, "end": item.end, "text": item.text}
    return OpenFrom(**known, since=item.until, first=item.last + timedelta(days=1))  # type: ignore[arg-type]


def before(items: Sequence[Item]) -> Item | None:
    """All the time before a window, or None where the window has no start."""
    for item in items:
        match item:
            case Rolling(oldest=oldest) if oldest is not None:
                return Rolling(start=item.start, end=item.end, text=item.text, newest=oldest)
            case Within(duration=duration) | Length(duration=duration):
                return Rolling(start=item.start, end=item.end, text=item.text, newest=duration)
            case Calendar(since=since, first=first) | OpenFrom(since=since, first=first):
                return OpenTo(
                    start=item.start,
                    end=item.end,
                    text=item.text,
                    until=since,
                    last=first - timedelta(days=1),
                )
            case _:
                continue
    return None


def next_such(item: Calendar | OpenFrom | OpenTo, today: date) -> Calendar | OpenFrom | OpenTo:
    """A month or a day that is named without its year: the next one instead of the latest."""
    if isinstance(item, OpenFrom):
        return item if item.first >= today else replace(item, first=_in_a_year(item.first))
    if item.last >= today:
        return item
    if isinstance(item, OpenTo):
        return replace(item, last=_in_a_year(item.last))
    first = _in_a_year(item.first)
    return replace(item, first=first, last=first + (item.last - item.first))


def _in_a_year(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
