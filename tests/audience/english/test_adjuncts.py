"""One thing done and told in several places is one condition; two of them are two."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

RESERVED = "event('Reservation Made')"
TOUR = "event('Tour Joined')"
YEAR = "context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01'"
THIS_YEAR = f"where({YEAR})"
BOUGHT = "event('purchase')"


@pytest.mark.parametrize(
    ("workspace", "prompt", "query"),
    [
        ("hall", "made a reservation in Rome by phone, for 3 nights",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('channel') = 'phone' AND property('nights') = 3).count() >= 1"),
        ("hall", "made a reservation in Rome in the last 30 days, paying over 300",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('total') > 300).within(30 days).count() >= 1"),
        ("hall", "made a reservation in the last 30 days, in Rome, worth over 300",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('total') > 300).within(30 days).count() >= 1"),
        ("hall", "made at least 3 reservations by phone, each over 300",
         f"{RESERVED}.where(property('channel') = 'phone' AND property('total') > 300).count() >= 3"),
        ("hall", "made reservations in Rome this year, spending over 300 in total",
         f"{RESERVED}.where(property('city') = 'Rome' AND {YEAR})"
         ".sum(property('total')) > 300"),
        ("museum", "joined a tour with Clara in the last 30 days, a tour of over 60 minutes",
         f"{TOUR}.where(property('guide') = 'Clara' AND property('length_minutes') > 60).within(30 days).count() >= 1"),
        ("furniture", "bought a sofa with a coupon in the last 30 days, paying with paypal",
         f"{BOUGHT}.where(property('item_category') = 'Sofas' AND property('coupon').exists() AND property('payment_type') = 'paypal')"
         ".within(30 days).count() >= 1"),
        ("hall", "made a reservation in Rome this year and paid over 300 for that reservation",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('total') > 300 AND {YEAR}).count() >= 1"),
        ("hall", "made a reservation in Rome this year and the reservation was over 300",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('total') > 300 AND {YEAR}).count() >= 1"),
        ("hall", "made a reservation in Rome this year and whose reservation was by phone",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('channel') = 'phone' AND {YEAR}).count() >= 1"),
        ("hall", "made a reservation in Rome twice, both by phone",
         f"{RESERVED}.where(property('city') = 'Rome' AND property('channel') = 'phone').count() = 2"),
        ("museum", "joined a tour with Clara after more than 60 minutes",
         f"{TOUR}.where(property('guide') = 'Clara' AND property('length_minutes') > 60).count() >= 1"),
        ("hall", "made reservations over 300 in Rome this year, at least three of them",
         f"{RESERVED}.where(property('total') > 300 AND property('city') = 'Rome' AND {YEAR}).count() >= 3"),
        ("furniture", "bought a sofa in the last 30 days, using paypal",
         f"{BOUGHT}.where(property('item_category') = 'Sofas' AND property('payment_type') = 'paypal').within(30 days).count() >= 1"),
    ],
)  # fmt: skip
def test_told_in_several_places(workspace: str, prompt: str, query: str) -> None:
    assert drafted(workspace, prompt) == query


@pytest.mark.parametrize(
    ("workspace", "prompt", "query"),
    [
        ("hall", "made a reservation in Rome, completed a stay in Lisbon",
         f"{RESERVED}.where(property('city') = 'Rome').count() >= 1 AND event('Stay Completed').where(property('city') = 'Lisbon').count() >= 1"),
        ("furniture", "bought a sofa in May and bought a rug in June",
         f"{BOUGHT}.where(property('item_category') = 'Sofas' AND context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01').count() >= 1"
         f" AND {BOUGHT}.where(property('item_category') = 'Rugs' AND context('timestamp') >= '2026-06-01' AND context('timestamp') < '2026-07-01').count() >= 1"),
        ("hall", "made 3 reservations this year, one of them by phone",
         f"{RESERVED}.{THIS_YEAR}.count() = 3 AND {RESERVED}.where(property('channel') = 'phone' AND {YEAR}).count() >= 1"),
        ("hall", "made 3 reservations this year, at least one of them paid over 300",
         f"{RESERVED}.{THIS_YEAR}.count() = 3 AND {RESERVED}.where(property('total') > 300 AND {YEAR}).count() >= 1"),
        ("hall", "made 5 reservations this year, two of them by phone",
         f"{RESERVED}.{THIS_YEAR}.count() = 5 AND {RESERVED}.where(property('channel') = 'phone' AND {YEAR}).count() = 2"),
        ("hall", "made a reservation in Rome twice, once by phone",
         f"{RESERVED}.where(property('city') = 'Rome').count() = 2"
         f" AND {RESERVED}.where(property('city') = 'Rome' AND property('channel') = 'phone').count() = 1"),
        ("furniture", "bought three times in the last 60 days, with a coupon at least once",
         f"{BOUGHT}.within(60 days).count() = 3 AND {BOUGHT}.where(property('coupon').exists()).within(60 days).count() >= 1"),
        ("museum", "joined a tour with Clara and one of over 60 minutes",
         f"{TOUR}.where(property('guide') = 'Clara').count() >= 1 AND {TOUR}.where(property('length_minutes') > 60).count() >= 1"),
        ("museum", "joined something with Clara and something about ships in the last 30 days",
         f"{TOUR}.where(property('guide') = 'Clara').within(30 days).count() >= 1"
         f" AND {TOUR}.where(property('topic') = 'Ships').within(30 days).count() >= 1"),
    ],
)  # fmt: skip
def test_two_things_done(workspace: str, prompt: str, query: str) -> None:
    assert drafted(workspace, prompt) == query


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("store", "bought shoes in the last 30 days, over 40"),  # dearer, or older?
        ("utility", "moved from Cork to Green Fixed in May"),
        ("museum", "bought a female ticket"),
        ("furniture", "with a purchase by paypal of more than 100 in August"),
    ],
)
def test_what_may_be_of_either(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status == "clarify"
