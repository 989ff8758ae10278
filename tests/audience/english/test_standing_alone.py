"""A condition stands on words of its own: each case with one that must stay as it is."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    "prompt",
    [
        "high churn risk members in the north quarter",
        "asked for a sail repair quote and like racing",
        "members who have pledged a legacy",
        "paid with a gift card and never booked a boat",
        "viewed the Fjord chart and exported it",
        "members who scored us 9 or 10",
        "asked for a racing permit",
        "permits that don't renew automatically",
        "viewed a Fjord chart on a tablet",
        "members whose last solo trip ended damaged",
        "members with at least 3 charts this year",
        "members who booked a boat but no chart",
        "answered a test twice but never viewed one",
        "who has a payment that failed in the last 14 days?",
        "booked a boat to Norway at least twice",
        "started a free trial in the last 2 weeks",
        "stopped buying ropes: booked a boat with it before June",
        "members who called to book a boat",
        "members whose berth is paused",
        "trips longer than two hours in the north quarter",
        "booked a 12 month berth",
        "ended a trip and got no match",
        "trips that are ending within 30 days",
        "rated the driver with 5 stars",
        "families on the premium plan",
        "booked more than 100 in the north berth",
    ],
)
def test_is_asked_about(prompt: str) -> None:
    reading = read_prompt(request("harbour", prompt))
    assert reading.status != "draft" or reading.unmatched, reading.root and show(reading.root)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("members with a high risk", "trait('risk_cd') = '3'"),
        ("cancelled their membership", "event('Membership Cancelled').count() >= 1"),
        ("members who asked for no calls", "trait('no_calls') = '1'"),
        ("members whose payment failed", "event('Payment Failed').count() >= 1"),
        ("members with more than 10 points", "trait('points') > 10"),
        ("members interested in sail repair", "trait('topics').contains('sail repair')"),
        ("main device is a tablet", "trait('main_device') = 'tablet'"),
        ("buyers with an average basket over 40",
         "trait('buyer_or_seller') = 'buyer' AND trait('avg_basket') > 40"),
        ("opened Spring Tide but did not click the link",
         "event('Letter Opened').where(property('issue') = 'Spring Tide').count() >= 1"
         " AND event('Letter Link Clicked').where(property('issue') = 'Spring Tide').count() = 0"),
        ("viewed at least 3 charts", "event('Chart Viewed').count() >= 3"),
        ("on the family or the premium plan", "trait('plan').one_of('family', 'premium')"),
        ("members with points left", "trait('points') > 0"),
        ("members who paused their berth", "event('Berth Paused').count() >= 1"),
        ("members living in Norway", "trait('country') = 'NO'"),
        ("viewed the Fjord chart", "event('Chart Viewed').where(property('region') = 'Fjord').count() >= 1"),
    ],
)  # fmt: skip
def test_is_drafted(prompt: str, query: str) -> None:
    assert drafted("harbour", prompt) == query
