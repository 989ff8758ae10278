"""What was bought is not used yet, who was called by us did not call, a thing that nobody named."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _event(name: str, *properties: tuple[str, str, str], about: str = "") -> EventField:
    mine = tuple(PropertyField(name, each, each, type_, text) for each, type_, text in properties)  # type: ignore[arg-type]
    return EventField(name, name, description=about, properties=mine, seen=SEEN)


def _choice(name: str, about: str, *values: str) -> TraitField:
    stats = ValueStats(values, complete=True, distinct=len(values))
    return TraitField(name, name, "text", "user", about, seen=SEEN, stats=stats)


CATALOG = Catalog(
    events=(
        _event("Credits Purchased", ("credits", "number", ""), ("amount", "number", "Price, USD")),
        _event("railcard_bought", ("price", "number", "Price in euros")),
        _event("trip_taken", ("delay_minutes", "number", "Minutes late on arrival")),
        _event("delay_claimed", about="Compensation for a late arrival was asked for"),
        _event("Trial Ended"),
        _event("Job Viewed"),
        _event("Bill Paid", ("amount", "number", "Amount in euros")),
        _event("call_received"),
        _event("Order Completed", ("shipping", "number", "Cost of shipping, 0 if free"), ("departments", "list", "")),
    ),
    user_traits=(
        _choice("plan", "Plan of the contract", "free", "pro"),
        _choice("railcard_type", "YTH = Youth, FAM = Family", "YTH", "FAM"),
        _choice("replenish_status", "Subscription to regular refills", "active", "paused"),
        _choice("sms_consent", "Consent to text messages", "SUBSCRIBED", "UNSUBSCRIBED"),
        TraitField("predicted_clv", "predicted_clv", "number", "user", seen=SEEN),
        TraitField("total_spent", "total_spent", "number", "user", seen=SEEN),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers with bills paid: 3 or more", "event('Bill Paid').count() >= 3"),
        ("customers who paid 3 or more bills", "event('Bill Paid').count() >= 3"),
        ("customers who had free shipping on an order", "event('Order Completed').where(property('shipping') = 0).count() >= 1"),
        ("customers who had free shipping on every one of their orders", "event('Order Completed').where(property('shipping') = 0).count() >= 1 AND event('Order Completed').where(NOT property('shipping') = 0).count() = 0"),
        ("paused refill subscribers", "trait('replenish_status') = 'paused'"),
        ("customers with a youth railcard", "trait('railcard_type') = 'YTH'"),
        ("customers who bought 5 credits", "event('Credits Purchased').where(property('credits') = 5).count() >= 1"),
    ],
)  # fmt: skip
def test_it_is_read(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "customers who used 5 credits",
        "customers who arrived late last month",
        "customers whose contract has ended",
        "customers who viewed a profile",
        "customers called by our sales team",
        "youth customers with an order",
        "customers with CLV above 500",
        "customers who ordered from 5 different departments",
    ],
)
def test_another_thing_than_what_is_kept_is_asked_about(prompt: str) -> None:
    assert _read(prompt).status != "draft"
