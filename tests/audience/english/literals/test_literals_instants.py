"""Days become instants in the workspace's time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from audience.english.literals import every_literal, literals
from audience.english.literals.items import Calendar, Number, OpenFrom, OpenTo, Range, Rolling

AS_OF = datetime(2026, 11, 22, 10, tzinfo=UTC)


def only(text: str, timezone: str = "UTC") -> object:
    (item,) = literals(text, as_of=AS_OF, timezone=timezone)
    return item


def test_a_month_begins_and_ends_at_the_zones_midnights_across_a_clock_change() -> None:
    item = only("in October 2026", "Europe/Madrid")
    assert isinstance(item, Calendar)
    assert item.since == datetime(2026, 9, 30, 22, tzinfo=UTC)  # summer time
    assert item.until == datetime(2026, 10, 31, 23, tzinfo=UTC)  # winter time
    assert item.since.tzinfo is UTC


def test_open_windows_include_their_day() -> None:
    since, until = (
        only("since 1 March 2025", "America/New_York"),
        only("until 1 March 2025", "America/New_York"),
    )
    assert isinstance(since, OpenFrom)
    assert isinstance(until, OpenTo)
    assert since.since == datetime(2025, 3, 1, 5, tzinfo=UTC)
    assert until.until == datetime(2025, 3, 2, 5, tzinfo=UTC)


def test_a_month_without_a_year_keeps_its_number() -> None:
    item = only("in May")
    assert isinstance(item, Calendar)
    assert item.month == 5
    with_year = only("in May 2026")
    assert isinstance(with_year, Calendar)
    assert with_year.month is None


def test_an_unknown_time_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        literals("today", as_of=AS_OF, timezone="Mars/Olympus")


def test_the_parts_of_a_phrase_stay_reachable() -> None:
    item = only("more than 3 but less than 5")
    assert isinstance(item, Range)
    inner = [each for part in item.parts for each in (part, *part.parts)]
    assert {each.text for each in inner if isinstance(each, Number)} == {"3", "5"}


def test_words_that_are_taken_belong_to_no_phrase() -> None:
    text = "plan Pro 100 in the last 30 days"
    free, bound = literals(text, as_of=AS_OF), literals(text, as_of=AS_OF, taken=[(5, 12)])
    assert [item.text for item in free] == ["100", "in the last 30 days"]
    assert [item.text for item in bound] == ["in the last 30 days"]


def test_every_phrase_is_there_for_who_wants_to_choose() -> None:
    found = {item.text for item in every_literal("in the last 30 days", as_of=AS_OF)}
    assert {"in the last 30 days", "last 30 days", "30 days", "30"} <= found


def test_a_result_says_which_rules_made_it() -> None:
    item = only("in the last 30 days")
    assert isinstance(item, Rolling)
    assert item.rules[0] == "rolling: last N"


def test_offsets_are_code_points() -> None:
    text = "🛒 naïve “buyers” — in the last 30 days 🎉"
    (item,) = literals(text, as_of=AS_OF)
    assert text[item.start : item.end] == item.text == "in the last 30 days"


def test_ranges_say_the_operators_that_must_hold() -> None:
    def operators(text: str) -> list[tuple[str, int]]:
        item = only(text)
        assert isinstance(item, Range)
        return [(operator, int(value)) for operator, value in item.comparisons]

    assert operators("between 25 and 34") == [("at_least", 25), ("at_most", 34)]
    assert operators("over 3") == [("greater_than", 3)]
    assert operators("not 3") == [("differs", 3)]
    assert operators("exactly 3") == [("equals", 3)]


def test_no_note_has_an_empty_place() -> None:
    for text in (
        "in the last few days",
        "in the last month",
        "several weeks",
        "half a year",
        "in May",
    ):
        for item in literals(text, as_of=AS_OF):
            assert item.assumption is not None
            assert "{" not in item.assumption
