"""When and where a sentence is said: the instant, the time zone, the workspace's currency."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

BigUnit = Literal["day", "week", "month", "quarter", "year"]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Clock:
    """`as_of` is an aware UTC datetime. Raises ZoneInfoNotFoundError for an unknown zone."""

    as_of: datetime
    timezone: str = "UTC"
    currency: str = "USD"

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which `day` begins."""
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def day(self, shift: int) -> date:
        return self.today + timedelta(days=shift)

    def unit(self, unit: BigUnit, shift: int = 0) -> tuple[date, date]:
        """The first and last day of this week, month, quarter or year, or of one `shift` away."""
        today = self.today
        if unit == "day":
            return self.day(shift), self.day(shift)
        if unit == "week":
            first = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
            return first, first + timedelta(days=6)
        size = _MONTHS[unit]
        index = (today.year * 12 + today.month - 1) // size + shift
        first_month = index * size
        return month_days(*_split(first_month))[0], month_days(*_split(first_month + size - 1))[1]

    def latest_month(self, month: int) -> int:
        """The year of the newest such month that has begun."""
        return self.today.year if month <= self.today.month else self.today.year - 1

    def latest_day(self, month: int, day: int) -> date:
        """The newest such day that is not after today. Raises ValueError for no such day."""
        date(2024, month, day)
        for year in range(self.today.year, self.today.year - 9, -1):
            if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= self.today:
                return date(year, month, day)
        raise ValueError("There is no such day.")

    def latest_weekday(self, weekday: int, *, before: date) -> date:
        """The newest day of the week `weekday` (0 is Monday) before a day."""
        yesterday = before - timedelta(days=1)
        return yesterday - timedelta(days=(yesterday.weekday() - weekday) % 7)


def month_days(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _split(months: int) -> tuple[int, int]:
    year, month = divmod(months, 12)
    return year, month + 1
