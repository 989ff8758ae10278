"""Sentences that were read wrongly in silence: right now, or asked about."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers without a phone, a birthday or a city",
         "trait('phone').absent() AND trait('birthday').absent() AND trait('city').absent()"),
        ("customers with no phone or email", "trait('phone').absent() AND trait('email').absent()"),
        ("customers missing a phone or an email", "trait('phone').absent() OR trait('email').absent()"),
        ("customers who bought Nike shoes and Adidas bags",
         "event('Order Completed').where(property('brand') = 'Nike' AND property('category') = 'Shoes').count() >= 1"
         " AND event('Order Completed').where(property('brand') = 'Adidas' AND property('category') = 'Bags').count() >= 1"),
        ("customers who viewed shoes but never bags",
         "event('Product Viewed').where(property('category') = 'Shoes').count() >= 1"
         " AND event('Product Viewed').where(property('category') = 'Bags').count() = 0"),
        ("customers who bought neither shoes nor bags",
         "event('Order Completed').where(property('category') = 'Shoes').count() = 0"
         " AND event('Order Completed').where(property('category') = 'Bags').count() = 0"),
        ("customers who returned an order and who bought shoes within 7 days",
         "event('Order Refunded').where(event('Order Completed').where(property('category') = 'Shoes')"
         ".within(parent: 7 days).count() >= 1).count() >= 1"),
    ],
)  # fmt: skip
def test_lists_share_what_they_must_and_no_more(prompt: str, query: str) -> None:
    assert drafted("store", prompt) == query


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("store", "customers who viewed shoes and bags and bought both"),
        ("store", "customers who bought shoes for someone else"),
        ("store", "customers who bought bags for themselves"),
        ("hall", "guests who booked two weeks in Rome"),
        ("hall", "guests who booked rooms under 100 a night"),
        ("hall", "guests who complained and were refunded"),
        ("hall", "return trips booked by guests"),
        ("hall", "guests who spent more than 500"),
        ("hall", "guests who stayed in Rome and dined online"),
    ],
)
def test_what_no_condition_holds_is_asked(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status == "clarify", prompt


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("guests who searched for rooms and got no results",
         "event('Room Searched').where(property('results') = 0).count() >= 1"),
        ("guests who bought a gift card of 50", "event('Gift Card Purchased').where(property('amount') = 50).count() >= 1"),
        ("guests who have not booked this year",
         "event('Reservation Made').where(context('timestamp') >= '2026-01-01'"
         " AND context('timestamp') < '2027-01-01').count() = 0"),
        ("guests whose transfer was delayed more than 2 hours",
         "event('Transfer Delayed').where(property('minutes_late') > 120).count() >= 1"),
    ],
)  # fmt: skip
def test_amounts_and_verbs_go_to_the_one_thing_that_they_are_of(prompt: str, query: str) -> None:
    assert drafted("hall", prompt) == query


def test_a_name_with_a_number_of_stars_is_no_address() -> None:
    reading = read_prompt(request("hall", "guests who gave the Gran Via Palace 5 stars"))
    assert reading.problem is None or reading.problem.code != "personal_data"
    there = read_prompt(request("hall", "guests who live in Calle Mayor 5 in Madrid"))
    assert there.problem is not None
    assert there.problem.code == "personal_data"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("High spenders (loyalty points > 2000) in Spain",
         "trait('loyalty_points') > 2000 AND trait('country') = 'ES'"),
        ("Keen readers (5+ email opens) in Spain", "event('Email Opened').count() >= 5 AND trait('country') = 'ES'"),
        ("regulars (over 900) in Spain",
         "event('Order Completed').sum(property('total')) > 900 AND trait('country') = 'ES'"),
        ("regulars (over 900 in the last 30 days) in Spain",
         "event('Order Completed').within(30 days).sum(property('total')) > 900 AND trait('country') = 'ES'"),
        ("regulars (at least 4 orders) in Spain",
         "event('Order Completed').count() >= 4 AND trait('country') = 'ES'"),
        ("regulars (gold members) in Spain",
         "event('Order Completed').sum(property('total')) > 500 AND trait('loyalty_tier') = 'gold' AND trait('country') = 'ES'"),
    ],
)  # fmt: skip
def test_a_name_explained_in_parentheses(prompt: str, query: str) -> None:
    assert drafted("store", prompt) == query


def test_a_term_with_another_meaning_in_parentheses_is_asked() -> None:
    assert read_prompt(request("store", "regulars (3+ email clicks) in Spain")).status == "clarify"
