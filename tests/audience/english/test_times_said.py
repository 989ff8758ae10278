"""Windows, dates and what came after: one test for each way of saying it."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from tests.audience.english.worlds import drafted, request

BOOKED = "event('Berth Booked')"
SAID = [
    # What the day is of.
    ("booked a berth that begins after 1 November",
     f"{BOOKED}.where(property('arrives_on') >= '2025-11-02').count() >= 1"),
    ("booked a berth in Split, arriving within the next 30 days",
     f"{BOOKED}.where(property('harbour') = 'Split' AND property('arrives_on').within_next(30 days)).count() >= 1"),
    ("people whose fixed permit ends within 60 days", "trait('permit_ends_on').within_next(60 days)"),
    ("people whose permit ended within 60 days", "trait('permit_ends_on').within_last(60 days)"),
    ("safety check overdue by more than a month", "trait('check_due').before_last(30 days)"),
    ("permits that ran out between 1 and 20 August",
     "trait('permit_ends_on') >= '2026-08-01' AND trait('permit_ends_on') <= '2026-08-20'"),
    ("people who last visited us over 60 days ago", "trait('last_seen_at').before_last(60 days)"),
    ("birthdays that fall in May or June",
     "trait('birthday').anniversary_month(5) OR trait('birthday').anniversary_month(6)"),
    ("people who followed a lighthouse in the last 30 days", "event('Light Followed').within(30 days).count() >= 1"),
    ("people whose berth pass renewal falls in November",
     "trait('next_berth_pass_renewal') >= '2026-11-01' AND trait('next_berth_pass_renewal') <= '2026-11-30'"),
    ("berth pass renewals due before the year is out", "trait('next_berth_pass_renewal') < '2027-01-01'"),
    ("people who renewed a berth pass this year",
     "event('Berth Pass Renewed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1"),
    ("people whose lease was signed before 2025", "trait('leaseSignedOn') < '2025-01-01'"),
    # Beside a day.
    ("booked a berth in the 30 days before 1 May",
     f"{BOOKED}.where(context('timestamp') >= '2026-04-01' AND context('timestamp') < '2026-05-01').count() >= 1"),
    # One window for both, and a window said twice.
    ("rated a boat and booked a berth, both in the last 60 days",
     f"event('Boat Rated').within(60 days).count() >= 1 AND {BOOKED}.within(60 days).count() >= 1"),
    ("booked a berth more than four months ago (120 days)", f"{BOOKED}.between(120 days, 3650 days).count() >= 1"),
    ("booked a berth since Easter (5 April)",
     f"{BOOKED}.where(context('timestamp') >= '2026-04-05').count() >= 1"),
    ("booked a berth between Easter Monday (6 April) and the end of June",
     f"{BOOKED}.where(context('timestamp') >= '2026-04-06' AND context('timestamp') < '2026-07-01').count() >= 1"),
    # Once more, and not again.
    ("the fee failed in April and again in June",
     "event('Fee Failed').where(context('timestamp') >= '2026-04-01' AND context('timestamp') < '2026-05-01').count() >= 1"
     " AND event('Fee Failed').where(context('timestamp') >= '2026-06-01' AND context('timestamp') < '2026-07-01').count() >= 1"),
    ("viewed the Wren in May, and have not done so again since",
     "event('Boat Viewed').where(property('model') = 'Wren' AND context('timestamp') >= '2026-05-01'"
     " AND context('timestamp') < '2026-06-01').count() >= 1"
     " AND event('Boat Viewed').where(property('model') = 'Wren' AND context('timestamp') >= '2026-06-01').count() = 0"),
    ("rated a boat again within 30 days of an earlier one",
     "event('Boat Rated').where(event('Boat Rated').within(parent: 30 days).count() >= 1).count() >= 1"),
    ("rated a boat in May and again since then",
     "event('Boat Rated').where(context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01'"
     " AND event('Boat Rated').count() >= 1).count() >= 1"),
    ("rated a boat more than 6 months ago or never",
     "event('Boat Rated').between(180 days, 3650 days).count() >= 1 OR event('Boat Rated').count() = 0"),
    ("last seen more than 6 months ago or never",
     "trait('last_seen_at').before_last(180 days) OR trait('last_seen_at').absent()"),
    ("no boat rated since 1 May, but at least two boats rated before then",
     "event('Boat Rated').where(context('timestamp') >= '2026-05-01').count() = 0"
     " AND event('Boat Rated').where(context('timestamp') < '2026-05-01').count() >= 2"),
    ("rated a boat twice between 90 and 180 days ago but none in the past 90",
     "event('Boat Rated').between(90 days, 180 days).count() = 2 AND event('Boat Rated').within(90 days).count() = 0"),
    # One after the other.
    ("viewed the Wren and, within 2 days after that, rated it",
     "event('Boat Viewed').where(property('model') = 'Wren' AND event('Boat Rated').where(property('boat') = 'Wren')"
     ".within(parent: 2 days).count() >= 1).count() >= 1"),
    ("viewed a boat twice in the 7 days before they booked a berth",
     f"event('Boat Viewed').where({BOOKED}.within(parent: 7 days).count() >= 1).count() = 2"),
    ("cancelled one berth and booked another one afterwards",
     f"event('Berth Cancelled').where({BOOKED}.count() >= 1).count() >= 1"),
    ("upgraded their plan this year after downgrading it",
     "event('Plan Downgraded').where(event('Plan Upgraded').where(context('timestamp') >= '2026-01-01'"
     " AND context('timestamp') < '2027-01-01').count() >= 1).count() >= 1"),
    ("booked a berth in March or May, then cancelled within 48 hours",
     f"{BOOKED}.where(context('timestamp') >= '2026-03-01' AND context('timestamp') < '2026-04-01'"
     " AND event('Berth Cancelled').within(parent: 48 hours).count() >= 1).count() >= 1"
     f" OR {BOOKED}.where(context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01'"
     " AND event('Berth Cancelled').within(parent: 48 hours).count() >= 1).count() >= 1"),
    ("upgraded their plan and within 3 months after that had a fee fail",
     "event('Plan Upgraded').where(event('Fee Failed').within(parent: 90 days).count() >= 1).count() >= 1"),
    ("viewed the Heron twice but has never rated it",
     "event('Boat Viewed').where(property('model') = 'Heron').count() = 2"
     " AND event('Boat Rated').where(property('boat') = 'Heron').count() = 0"),
    ("booked at least two berths in their first month",
     f"event('Signed Up').where({BOOKED}.within(parent: 30 days).count() >= 2).count() >= 1"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "query"), SAID)
def test_times(prompt: str, query: str) -> None:
    reading = read_prompt(request("marina", prompt))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people whose permit ends before the summer",
        "booked a berth that begins in the spring",
    ],
)
def test_a_time_that_only_the_person_can_date_is_all_that_is_asked(prompt: str) -> None:
    reading = read_prompt(request("marina", prompt))
    assert reading.question is not None
    assert reading.question.text.startswith("From which day to which")


@pytest.mark.parametrize(
    "prompt",
    [
        "upgraded their plan in March, downgraded again by the end of June",
        "people with a safety check in the last quarter (and 90 days)",
        "rated a boat again within 30 days of their first rating",
        "booked a berth in Split with departure in November",
    ],
)
def test_what_no_condition_holds_is_asked(prompt: str) -> None:
    assert read_prompt(request("marina", prompt)).status != "draft"


def test_a_first_week_is_counted_from_an_event_only() -> None:
    assert read_prompt(request("museum", "joined a tour in their first week")).status == "clarify"


def test_the_order_of_two_windows_is_kept() -> None:
    assert "within(parent: 2 days)" in drafted(
        "marina", "viewed a boat and then rated it within 2 days"
    )
