"""What was done is not what happened here, or was done by others than those that all people here are: it is asked."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _event(name: str, about: str = "", **properties: str) -> EventField:
    fields = tuple(
        PropertyField(name, each, each, "number" if kind == "number" else "text", seen=SEEN,
                      stats=ValueStats(tuple(kind.split("|")), complete=True) if "|" in kind else ValueStats())
        for each, kind in properties.items()
    )  # fmt: skip
    return EventField(name, name.lower().replace(" ", "_"), fields, about, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event("Club Joined", "Joined the travel club"),
        _event("Guest Pass Given", "Gave a guest pass to a friend"),
        _event("Email Clicked", campaign="Summer|Winter"),
        _event("Trip Booked", kind="cruise|hotel", price="number"),
        _event("trip.rated", stars="number"),
        _event("Car Sold"),
        _event("Plan Upgraded", tier="plus|family"),
        _event("Skin Quiz Completed"),
        _event("Checkout Started"),
        _event("outage_reported", "A customer told us that there was no power"),
        _event("Tip Sent", amount="number"),
        _event("Invoice Paid", "A bill was paid"),
        _event("Ticket Opened", topic="billing|login"),
        _event("Voucher Redeemed", kind="gift|goodwill"),
        _event("newsletter_opened"),
        _event("push_clicked"),
        _event("Order Cancelled"),
    ),
    user_traits=(
        TraitField("given_name", "given_name", "text", seen=SEEN),
        TraitField("car_year", "car_year", "number", seen=SEEN),
        TraitField(
            "followedShows", "followed_shows", "number", "user", "Shows followed now", seen=SEEN
        ),
        TraitField("signupAt", "signup_at", "timestamp", seen=SEEN),
        TraitField(
            "tier",
            "tier",
            "text",
            seen=SEEN,
            stats=ValueStats(("free", "plus", "family"), complete=True),
        ),
        TraitField("last_seen_at", "last_seen_at", "timestamp", seen=SEEN),
        TraitField("Lead Score", "lead_score", "number", seen=SEEN),
        TraitField("boxes_received", "boxes_received", "number", seen=SEEN),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    "prompt",
    [
        "people who left the travel club",
        "people who received a guest pass from a friend",
        "people who sent two follow-up emails",
        "people who gave a trip to somebody",
        "patients who booked a cruise",
        "commuters who booked a hotel this year",
        "people who did not rate us 9",
        "people who booked 3 trips in any one month",
        "customers with a car from 2019 to 2023",
        "people who upgraded to family for a year",
        "people who started a checkout but never finished",
        "customers who had no power for more than 4 hours",
        "people with more than 10 followers",
        "people who joined the family tier in August",
        "customers with no box coming up",
        "people who tipped more than 20 to one show",
        "people who opened a ticket that was not about billing",
        "redeemed exactly one voucher, and it was a goodwill one",
        "people at risk of cancelling with more than 3 boxes received",
        "people who gave us a score of 9 or 10",
        "booked a hotel since June 1st but redeemed no voucher since then",
    ],
)
def test_another_deed_is_asked_about(prompt: str) -> None:
    assert _read(prompt).status != "draft"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who joined the travel club", "event('Club Joined').count() >= 1"),
        (
            "booked a cruise in the last 7 days but never a hotel",
            "event('Trip Booked').where(property('kind') = 'cruise').within(7 days).count() >= 1"
            " AND event('Trip Booked').where(property('kind') = 'hotel').count() = 0",
        ),
        ("people who gave a guest pass in July 2026",
         "event('Guest Pass Given').where(context('timestamp') >= '2026-07-01' AND context('timestamp') < '2026-08-01').count() >= 1"),
        ("travellers who booked a cruise", "event('Trip Booked').where(property('kind') = 'cruise').count() >= 1"),
        ("people who paid more than 500 on one trip", "event('Trip Booked').where(property('price') > 500).count() >= 1"),
        ("people who booked more than 4 but fewer than 8 trips", "event('Trip Booked').count() > 4 AND event('Trip Booked').count() < 8"),
    ],
)  # fmt: skip
def test_what_is_told_by_the_event_is_drafted(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question)
    assert reading.root is not None
    assert show(reading.root) == query


def test_two_bounds_that_exclude_each_other_are_impossible() -> None:
    reading = _read("people who booked more than 4 but fewer than 2 trips in the past 30 days")
    assert reading.status == "refused"
    assert reading.problem is not None
    assert reading.problem.code == "impossible"
