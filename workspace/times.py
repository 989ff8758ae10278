"""Instants for people, short, in the workspace's zone. Answers for programs stay in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment_text(at: datetime, timezone: str) -> str:
    """`22 Nov 2026, 15:03`; naive times are UTC."""
    from babel.dates import format_datetime

    return format_datetime(_local(at, timezone), "d MMM y, HH:mm", locale="en")


def day_text(at: datetime | date, timezone: str) -> str:
    """`22 Nov 2026`: the day on which it is then, where the workspace is."""
    from babel.dates import format_date

    local = _local(at, timezone) if isinstance(at, datetime) else at
    return format_date(local, "d MMM y", locale="en")


def value_text(value: Any, timezone: str) -> str:
    """A value of the data, where times and days are ISO texts, as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    try:
        if _INSTANT.fullmatch(text):
            return moment_text(datetime.fromisoformat(text), timezone)
        if _DAY.fullmatch(text):
            return day_text(date.fromisoformat(text), timezone)
    except ValueError:  # it only looks like one
        return text
    return text


def _local(at: datetime, timezone: str) -> datetime:
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(timezone))
