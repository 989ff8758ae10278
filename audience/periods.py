"""The days that a `where` leaves to an event: in September 2026, since May 1, 2026."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from audience.query import Boolean, Comparison, Context, Literal, Where, top_level
from audience.values import BadValue, cast
from audience.wording import date_words, day_words, whole_month_words

_FROM = frozenset({"at_least"})
_UNTIL = frozenset({"less_than", "before_date"})


@dataclass(frozen=True)
class Period:
    """Whole days, at least one end of them known. `end` is the first day that is not in it."""

    start: date | None
    end: date | None

    def words(self) -> str:
        """As it stands behind an event: "in September 2026", "on May 1, 2026"."""
        match self.start, self.end:
            case date() as start, None:
                return f"since {date_words(start)}"
            case None, date() as end:
                return f"before {date_words(end)}"
            case date() as start, date() as end:
                return _between(start, end - timedelta(days=1))
        raise ValueError("A period has an end at least.")


def period_of(wheres: Sequence[Where], timezone: str) -> tuple[Period | None, tuple[Boolean, ...]]:
    """The period that events must lie in, if it is one, and the other conditions of their `where`."""
    parts = tuple(part for each in wheres for part in top_level(each.condition))
    starts = [day for each in parts if (day := _day(each, _FROM, timezone))]
    ends = [day for each in parts if (day := _day(each, _UNTIL, timezone))]
    limits = [each for each in parts if isinstance(each, Comparison) and each.left == _TIME]
    if not limits or len(starts) > 1 or len(ends) > 1 or len(limits) > len(starts) + len(ends):
        return None, tuple(each.condition for each in wheres)
    if starts and ends and starts[0] >= ends[0]:
        return None, tuple(each.condition for each in wheres)
    start, end = (days[0] if days else None for days in (starts, ends))
    return Period(start, end), tuple(each for each in parts if each not in limits)


_TIME = Context("timestamp")


def _day(node: Boolean, operators: frozenset[str], timezone: str) -> date | None:
    """The day at whose midnight a limit of time lies."""
    if not isinstance(node, Comparison) or node.left != _TIME or node.operator not in operators:
        return None
    (value,) = node.values
    if not isinstance(value, Literal):
        return None
    try:
        moment = cast(value, "timestamp", timezone)
    except BadValue:
        return None
    assert isinstance(moment, datetime)
    local = moment.astimezone(ZoneInfo(timezone))
    return local.date() if local.time() == time() else None


def _between(first: date, last: date) -> str:
    if first == last:
        return f"on {date_words(first)}"
    after = last + timedelta(days=1)
    if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1) and (
        after.year == first.year + 1
    ):
        return f"in {first.year}"
    if first.day == after.day == 1 and (last.year, last.month) == (first.year, first.month):
        return f"in {whole_month_words(first)}"
    begun = day_words(first) if first.year == last.year else date_words(first)
    return f"from {begun} to {date_words(last)}"
