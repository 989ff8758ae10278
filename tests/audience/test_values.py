"""Constants of a query as values of a field's type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audience.catalog import FieldType
from audience.query import Literal
from audience.values import BadValue, Cast, cast


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("30", "number", Decimal(30)),
        (" 30.50 ", "number", Decimal("30.5")),
        (".20", "number", Decimal("0.2")),
        ("-1e3", "number", Decimal(-1000)),
        (Decimal("7.0"), "text", "7"),
        ("007", "text", "007"),
        ("", "text", ""),
        (Decimal(5), "list", "5"),
        ("true", "boolean", True),
        ("False", "boolean", False),
        ("2024-02-29", "date", date(2024, 2, 29)),
        # A time is the day that it falls on in the workspace's zone.
        ("2026-01-31T23:30:00Z", "date", date(2026, 2, 1)),
        # A bare date is its midnight in the workspace's zone: Madrid is an hour ahead, in summer two.
        ("2026-01-31", "timestamp", utc(2026, 1, 30, 23)),
        ("2026-07-31", "timestamp", utc(2026, 7, 30, 22)),
        # A time without offset is UTC.
        ("2026-01-31T10:00:00", "timestamp", utc(2026, 1, 31, 10)),
        ("2026-01-31 10:00", "timestamp", utc(2026, 1, 31, 10)),
        ("2026-01-31T10:00:00Z", "timestamp", utc(2026, 1, 31, 10)),
        ("2023-08-25T02:00:00-07:00", "timestamp", utc(2023, 8, 25, 9)),
        ("2023-08-25T02:00:00+0530", "timestamp", utc(2023, 8, 24, 20, 30)),
        ("2026-01-31T10:00:00.123Z", "timestamp", utc(2026, 1, 31, 10, 0, 0, 123_000)),
        ("2026-01-31T10:00:00.123456789Z", "timestamp", utc(2026, 1, 31, 10, 0, 0, 123_456)),
    ],
)
def test_cast(value: str | Decimal, type_: FieldType, expected: Cast) -> None:
    found = cast(Literal(value), type_, "Europe/Madrid")
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("many", "number"),
        ("1,000", "number"),
        ("$5", "number"),
        ("", "number"),
        ("NaN", "number"),
        ("Infinity", "number"),
        ("1_000", "number"),
        ("１２", "number"),
        ("1e400", "number"),
        ("1" * 31, "number"),
        ("yes", "boolean"),
        (Decimal(1), "boolean"),
        ("2023-02-30", "date"),
        ("2023-13-01", "date"),
        ("2026-1-5", "date"),
        ("20260105", "date"),
        ("2026-W02-1", "date"),
        ("yesterday", "date"),
        (Decimal(2026), "date"),
        ("2026-01-31T25:00:00Z", "timestamp"),
        ("2026-01-31T10:60:00Z", "timestamp"),
        ("2023-02-30T10:00:00Z", "timestamp"),
        ("2026-01-31T10:00:00+99:00", "timestamp"),
        ("0001-01-01T00:00:00+14:00", "timestamp"),
        ("10:00", "timestamp"),
    ],
)
def test_what_cannot_be_cast(value: str | Decimal, type_: FieldType) -> None:
    with pytest.raises(BadValue) as caught:
        cast(Literal(value), type_, "Europe/Madrid")
    assert caught.value.code == "type_mismatch"
    assert caught.value.message.endswith(".")
