"""Instants for people, in the workspace's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from workspace.times import day_text, moment_text, value_text

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_an_instant_is_shown_where_the_workspace_is() -> None:
    assert moment_text(LATE, "UTC") == "22 Nov 2026, 23:30"
    assert moment_text(LATE, "Europe/Madrid") == "23 Nov 2026, 00:30"
    assert moment_text(LATE.replace(tzinfo=None), "America/New_York") == "22 Nov 2026, 18:30"
    assert day_text(LATE, "Europe/Madrid") == "23 Nov 2026"
    assert day_text(date(2026, 11, 22), "Europe/Madrid") == "22 Nov 2026"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-22T23:30:00Z", "23 Nov 2026, 00:30"),
        ("2026-11-22T23:30:00.5+00:00", "23 Nov 2026, 00:30"),
        ("2026-11-22", "22 Nov 2026"),
        ("2026-13-41", "2026-13-41"),
        ("2026-11-22T25:00:00Z", "2026-11-22T25:00:00Z"),
        ("Paris", "Paris"),
        (12, "12"),
        (True, "true"),
    ],
)
def test_values_of_the_data(value: object, text: str) -> None:
    assert value_text(value, "Europe/Madrid") == text
