"""Windows and days as instants: the one place where time zones and `as_of` meet.

Everything here is computed before a query runs, so that an engine only ever compares a column with
constants: no engine's own rules for zones, days or daylight saving take part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from audience.query import Duration

_FIRST = datetime.min.replace(tzinfo=UTC) + timedelta(days=2)
_LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


@dataclass(frozen=True)
class Clock:
    """The instant at which an audience is evaluated, and the zone in which its days are counted."""

    as_of: datetime  # aware, UTC
    timezone: str

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def ago(self, duration: Duration) -> datetime:
        """`as_of − duration` (a day is 24 hours), no earlier than a date can be written."""
        return self._shifted(-duration.hours)

    def ahead(self, duration: Duration) -> datetime:
        return self._shifted(duration.hours)

    def day(self, days: int) -> date:
        """Today plus `days`, in the zone, kept inside what a date can hold."""
        ordinal = self.today.toordinal() + days
        return date.fromordinal(max(_FIRST.toordinal(), min(_LAST.toordinal(), ordinal)))

    def start_of(self, day: date) -> datetime:
        """The first instant of a day in the zone, in UTC; where midnight is skipped, what follows."""
        inside = max(_FIRST.date(), min(_LAST.date(), day))
        return datetime.combine(inside, time(), self.zone).astimezone(UTC)

    def local_date(self, instant: datetime) -> date:
        return max(_FIRST, min(_LAST, instant)).astimezone(self.zone).date()

    def first_day_from(self, instant: datetime) -> date:
        """The first day whose first instant is not before `instant`."""
        day = self.local_date(instant)
        return day if self.start_of(day) >= instant else day + timedelta(days=1)

    def _shifted(self, hours: int) -> datetime:
        earliest = (_FIRST - self.as_of) // timedelta(hours=1)
        latest = (_LAST - self.as_of) // timedelta(hours=1)
        return self.as_of + timedelta(hours=max(earliest, min(latest, hours)))
