"""What people did where only a field known of them keeps it: its date, the days since, how often, or that it was."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

COUNTED = ValueStats(minimum="0", maximum="40")
PAST = ValueStats(minimum="2024-01-02", maximum="2026-09-08")
FLAG = ValueStats(values=("true", "false"), complete=True)


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


CATALOG = Catalog(
    events=(EventField("review_written", "review_written", (), seen=SEEN),),
    user_traits=(
        _trait("days_since_last_visit", "number", COUNTED),
        _trait("churn_date", "date", PAST),
        _trait("last_upgrade_at", "date", PAST),
        _trait("logins_last_30_days", "number", COUNTED),
        _trait("donations", "number", COUNTED),
        _trait("is_paused", "boolean", FLAG),
        _trait("pauses", "number", COUNTED),
        _trait("kyc_done_at", "date", PAST),
        _trait("invites_sent", "number", COUNTED),
        _trait("charge_failures", "number", COUNTED),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("visited the shop in the last two weeks", "trait('days_since_last_visit') <= 14"),
        ("people who have not visited us for 60 days", "trait('days_since_last_visit') > 60"),
        ("customers who never visited", "trait('days_since_last_visit').absent()"),
        ("quit their membership in May", "trait('churn_date') >= '2026-05-01' AND trait('churn_date') <= '2026-05-31'"),
        ("customers who cancelled", "trait('churn_date').exists()"),
        ("have never cancelled their plan", "trait('churn_date').absent()"),
        ("moved up a plan in the past 90 days", "trait('last_upgrade_at').within_last(90 days)"),
        ("logged in at least 10 times in the last 30 days", "trait('logins_last_30_days') >= 10"),
        ("people who did not sign in during the last 30 days", "trait('logins_last_30_days') = 0"),
        ("opened the app at least 10 times in the last 30 days", "trait('logins_last_30_days') >= 10"),
        ("donated twice or more", "trait('donations') >= 2"),
        ("paused their plan more than once", "trait('pauses') > 1"),
        ("customers who have never paused", "trait('pauses') = 0"),
        ("people whose plan is paused", "trait('is_paused') = 'true'"),
        ("customers paused right now", "trait('is_paused') = 'true'"),
        ("the audience: non-donors", "trait('donations') = 0"),
        ("customers who aren't verified", "trait('kyc_done_at').absent()"),
        ("people whose ID was verified in May", "trait('kyc_done_at') >= '2026-05-01' AND trait('kyc_done_at') <= '2026-05-31'"),
        ("passed the identity check in the last 30 days", "trait('kyc_done_at').within_last(30 days)"),
        ("everyone still missing their ID check", "trait('kyc_done_at').absent()"),
        ("sent 3 to 5 invites", "trait('invites_sent') >= 3 AND trait('invites_sent') <= 5"),
        ("people we could not charge at least twice", "trait('charge_failures') >= 2"),
    ],
)  # fmt: skip
def test_a_deed_is_read_of_the_field_that_keeps_it(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "logged in at least 10 times in the last 7 days",  # only of 30 days it is known
        "moved up a plan in May",  # who did may have done it since
        "customers who were invited by a friend",  # not who invites
        "paused their plan in May",  # how often, and not when
        "cancelled over the price",
        "donated toys to the church twice",
        "people with an open upgrade",
    ],
)
def test_what_the_field_does_not_tell_is_not_taken(prompt: str) -> None:
    reading = _read(prompt)
    assert reading.status != "draft" or reading.unmatched, reading.root and show(reading.root)
