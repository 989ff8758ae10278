"""The one place that reads the system's date. Everywhere else an instant is a value passed in."""

from __future__ import annotations

from datetime import UTC, datetime

from audience.problems import MusterError


class InvalidInstant(MusterError):
    """A date or time that cannot be read."""

    code = "invalid_instant"


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def instant(text: str) -> datetime:
    """Reads an ISO 8601 date or time, aware, in UTC. Without a zone it is UTC; a bare date is its midnight.

    Raises `InvalidInstant`.
    """
    try:
        read = datetime.fromisoformat(text.strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInstant(
            f"{text[:60]!r} is not a date or time. Write it like 2026-05-01 or 2026-05-01T09:00:00Z."
        ) from None


def text_of(moment: datetime) -> str:
    """An aware instant as ISO 8601 in UTC: `2026-05-01T09:00:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
