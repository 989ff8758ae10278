"""The one place where a constant of a query becomes a value of a field's type."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from audience.catalog import FieldType
from audience.problems import MusterError
from audience.query import Literal
from audience.text import plain

Cast = Decimal | bool | str | date | datetime

MOST_DIGITS = 30  # what every engine's exact decimals can hold

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?)"
    r"(Z|z|[+-][0-9]{2}:?[0-9]{2})?"
)


class BadValue(MusterError):
    """A constant that is no value of the type asked for."""

    code = "type_mismatch"


def cast(value: Literal, type: FieldType, timezone: str) -> Cast:
    """`value` as a value of `type`.

    number → Decimal, boolean → bool, text and list → str, date → date, timestamp → aware datetime
    in UTC. A bare date as a timestamp is its midnight in `timezone`; a timestamp without offset is
    UTC; a timestamp as a date is its day in `timezone`. Raises BadValue for what cannot be cast.
    """
    text = value.value if isinstance(value.value, str) else plain(value.value)
    match type:
        case "text" | "list":
            return text
        case "number":
            return _number(text)
        case "boolean":
            return _boolean(text)
        case "date":
            return _date(text, timezone)
        case "timestamp":
            return _timestamp(text, timezone)


def month_of(value: Literal) -> int:
    """The month, 1 to 12, that `value` says as a number or as a text. Raises BadValue."""
    text = value.value if isinstance(value.value, str) else plain(value.value)
    try:
        number = _number(text)
    except BadValue:
        number = Decimal(0)
    if number not in range(1, 13):
        named = _MONTHS.get(text.strip().lower()[:3])
        raise BadValue(
            f"There is no month {shortened(text)}: months are 1 to 12.",
            suggestions=() if named is None else (str(named),),
        )
    return int(number)


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        raise BadValue(f"“{shortened(text)}” is not a number. Write it as 100 or 99.5.")
    number = Decimal(text.strip())
    if len(plain(number).strip("-").replace(".", "")) > MOST_DIGITS:
        raise BadValue(f"A number can have {MOST_DIGITS} digits at most.")
    return number


def _boolean(text: str) -> bool:
    known = {"true": True, "false": False}.get(text.strip().lower())
    if known is None:
        raise BadValue(
            f"“{shortened(text)}” is neither 'true' nor 'false'.", suggestions=("true", "false")
        )
    return known


def _date(text: str, timezone: str) -> date:
    if _DAY.fullmatch(text.strip()):
        return _day(text.strip())
    if _INSTANT.fullmatch(text.strip()):
        return _instant(text.strip()).astimezone(ZoneInfo(timezone)).date()
    raise BadValue(f"“{shortened(text)}” is not a date. Write it as 2026-01-31.")


def _timestamp(text: str, timezone: str) -> datetime:
    if _DAY.fullmatch(text.strip()):
        midnight = datetime.combine(_day(text.strip()), time(), ZoneInfo(timezone))
        return _in_utc(midnight, text)
    if _INSTANT.fullmatch(text.strip()):
        return _instant(text.strip())
    raise BadValue(
        f"“{shortened(text)}” is not a date or a time. Write it as 2026-01-31 or 2026-01-31T14:00:00Z."
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"The date {text} does not exist.") from None


def _instant(text: str) -> datetime:
    match = _INSTANT.fullmatch(text)
    assert match is not None
    day, clock, _, fraction, offset = match.groups()
    _day(day)
    if fraction:  # Python reads 3 or 6 digits only
        clock = clock.replace(fraction, fraction[:7].ljust(7, "0"))
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{(offset or 'Z').upper()}")
    except ValueError:
        raise BadValue(f"The time {text} does not exist.") from None
    return _in_utc(moment, text)


def _in_utc(moment: datetime, text: str) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadValue(f"The date {text} is too far away.") from None


def shortened(text: str, most: int = 40) -> str:
    """`text` for a message: cut to `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
