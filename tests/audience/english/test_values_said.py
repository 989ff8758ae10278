"""Values said in other words than the workspace keeps them in, and what brought people."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _choice(name: str, *values: str, about: str = "") -> TraitField:
    stats = ValueStats(values, complete=True, distinct=len(values))
    return TraitField(name, name, "text", "user", about, seen=SEEN, stats=stats)


def _event(name: str, *properties: PropertyField) -> EventField:
    return EventField(name, name, properties=properties, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event("teamJoined"),
        _event("Trial Drive Done"),
        _event("apiCallMade"),
        _event("Payment Failed", PropertyField("amount", "amount", "number", "Payment Failed")),
    ),
    user_traits=(
        _choice("acquired_via", "tv_spot", "search", "creator", about="How they came to us"),
        _choice("jobtitle", "IT Administrator", "Controller"),
        _choice("user_role", "admin", "viewer"),
        _choice("state", "trialing", "active", "past_due"),
        _choice("plan_tier", "ads", "standard"),
        _choice("payment_type", "card", "paypal", "sepa_debit"),
        _choice("personal_trainer", "Okoye", "Marsh"),
        _choice("country", "FR", "DE"),
        _choice("residence_state", "NY", "TX", about="US state"),
        _choice("current_model", "Corvo", "Pico"),
        _choice("preferredClass", "1", "2"),
        _choice("x_flg_2", "1", "0", about="Password is shared outside of the household: 1 yes, 0 no"),
        _choice("phone", about="Mobile number"),
        TraitField("appInstalled", "appInstalled", "boolean", "user", seen=SEEN),
        TraitField("birth_date", "birth_date", "date", "user", seen=SEEN),
        TraitField("free_trial_until", "free_trial_until", "date", "user", seen=SEEN),
        TraitField("membership_expires_on", "membership_expires_on", "date", "user", seen=SEEN),
        TraitField("Unsubscribed On", "Unsubscribed On", "date", "user", seen=SEEN),
        TraitField("lastTripAt", "lastTripAt", "timestamp", "user", seen=SEEN),
        TraitField("nextTripAt", "nextTripAt", "date", "user", seen=SEEN),
        TraitField("nps", "nps", "number", "user", seen=SEEN),
        TraitField("installDate", "installDate", "date", "user", seen=SEEN),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers acquired by a TV ad", "trait('acquired_via') = 'tv_spot'"),
        ("all of the trialists that we have", "trait('state') = 'trialing'"),
        ("people on the ad-supported plan", "trait('plan_tier') = 'ads'"),
        ("all the IT admins we know of", "trait('jobtitle') = 'IT Administrator'"),
        ("customers who pay by direct debit or PayPal", "trait('payment_type').one_of('sepa_debit', 'paypal')"),
        ("customers who pay with PayPal", "trait('payment_type') = 'paypal'"),
        ("people who joined us through a content creator", "trait('acquired_via') = 'creator'"),
        ("people that Okoye looks after", "trait('personal_trainer') = 'Okoye'"),
        ("people who joined in the last 30 days", "trait('installDate').within_last(30 days)"),
        ("all the Frenchmen and the Germans", "trait('country').one_of('FR', 'DE')"),
        ("all of the New Yorkers we know", "trait('residence_state') = 'NY'"),
        ("customers driving a Corvo", "trait('current_model') = 'Corvo'"),
        ("people who prefer second class", "trait('preferredClass') = '2'"),
        ("customers who share their password", "trait('x_flg_2') = '1'"),
        ("people with the app on their phone", "trait('appInstalled') = 'true'"),
        ("customers born in the nineties", "trait('birth_date') >= '1990-01-01' AND trait('birth_date') <= '1999-12-31'"),
        ("customers born in the 1980s", "trait('birth_date') >= '1980-01-01' AND trait('birth_date') <= '1989-12-31'"),
        ("people whose trial ends next week", "trait('free_trial_until') >= '2026-09-14' AND trait('free_trial_until') <= '2026-09-20'"),
        ("people whose free trial is over", "trait('free_trial_until') < '2026-09-10'"),
        ("people whose membership has expired", "trait('membership_expires_on') < '2026-09-10'"),
        ("people who unsubscribed in August", "trait('Unsubscribed On') >= '2026-08-01' AND trait('Unsubscribed On') <= '2026-08-31'"),
        ("customers with no trip coming up", "trait('nextTripAt').absent()"),
        ("people who gave us a 9 or 10", "trait('nps') >= 9 AND trait('nps') <= 10"),
    ],
)  # fmt: skip
def test_a_value_is_found_by_what_it_means(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people who joined us for a barbecue",
        "people who brought a friend who searches a lot",
        "people acquired by a competitor",
        "people we haven't spoken to since June",
        "people who gave us 9 referrals",
    ],
)
def test_what_no_value_means_is_asked_about(prompt: str) -> None:
    assert _read(prompt).status != "draft"
