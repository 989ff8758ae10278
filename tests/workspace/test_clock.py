from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workspace.clock import InvalidInstant, instant, now, text_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01T09:30:00", datetime(2026, 5, 1, 9, 30, tzinfo=UTC)),
        ("2026-05-01T09:30:00Z", datetime(2026, 5, 1, 9, 30, tzinfo=UTC)),
        (" 2026-05-01T09:30:00+02:00 ", datetime(2026, 5, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_dates_and_times_are_read_as_utc(text: str, expected: datetime) -> None:
    assert instant(text) == expected
    assert instant(text_of(expected)) == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30", "01/05/2026", "0001-01-01T00:00:00+10:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInstant):
        instant(text)


def test_now_is_aware() -> None:
    assert now().tzinfo is UTC
