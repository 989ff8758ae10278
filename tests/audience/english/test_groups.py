"""Conditions joined freely: groups put beside others, a beginning that says something, shared windows."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

GOLD = "trait('loyalty_tier') = 'gold'"
SHOES = "event('Order Completed').where(property('category') = 'Shoes').count() >= 1"
BAGS = "event('Order Completed').where(property('category') = 'Bags').count() >= 1"
NO_SHOES = SHOES.replace(">= 1", "= 0")
SPAIN = "trait('country') = 'ES'"
MAY = "where(context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01')"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("gold members, plus anyone with more than 5 orders", f"{GOLD} OR event('Order Completed').count() > 5"),
        ("customers in Spain plus those who bought shoes", f"{SPAIN} OR {SHOES}"),
        ("customers in Spain, as well as people who bought shoes", f"{SPAIN} OR {SHOES}"),
        ("customers in Spain and everyone who bought shoes", f"{SPAIN} OR {SHOES}"),
        ("bought shoes in the last 30 days plus anyone in Spain", f"event('Order Completed').where(property('category') = 'Shoes').within(30 days).count() >= 1 OR {SPAIN}"),
        ("people who bought shoes, people who bought bags and people in Spain", f"{SHOES} OR {BAGS} OR {SPAIN}"),
        ("people aged over 60 and people in Spain", f"trait('age') > 60 OR {SPAIN}"),
        ("customers in Spain plus people who bought shoes, excluding gold", f"({SPAIN} OR {SHOES}) AND NOT {GOLD}"),
        ("everyone except people in Spain and those who bought shoes", f"NOT {SPAIN} AND event('Order Completed').where(property('category') = 'Shoes').count() = 0"),
        # One group, of which more is said.
        ("people in Spain who bought shoes plus bags", f"{SPAIN} AND {SHOES} AND {BAGS}"),
        ("gold members in Spain, plus they bought shoes", f"{GOLD} AND {SPAIN} AND {SHOES}"),
        # What stands between the wish and the people is said of them.
        ("I need Spanish customers", SPAIN),
        ("I want the ones in Spain and those who bought shoes", f"{SPAIN} OR {SHOES}"),
        ("For Spain I need customers who bought shoes", f"{SPAIN} AND {SHOES}"),
        ("For the summer catalogue I would like to talk to everybody who bought shoes", SHOES),
        # A sentence of its own that leaves out, and one that only says who is meant.
        ("customers in Spain. Skip anyone who bought shoes.", f"{SPAIN} AND {NO_SHOES}"),
        ("customers in Spain. Nobody who bought shoes.", f"{SPAIN} AND {NO_SHOES}"),
        ("customers in Spain. Drop gold members", f"{SPAIN} AND NOT {GOLD}"),
        ("customers in Spain. We don't want anyone who bought shoes", f"{SPAIN} AND {NO_SHOES}"),
        ("customers in Spain. Anyone who bought shoes should be excluded.", f"{SPAIN} AND {NO_SHOES}"),
        ("customers in Spain. Those who bought shoes must not be included.", f"{SPAIN} AND {NO_SHOES}"),
        ("customers in Spain, provided that they bought shoes", f"{SPAIN} AND {SHOES}"),
        ("customers in Spain, only if they bought shoes", f"{SPAIN} AND {SHOES}"),
        ("customers in Spain. Only those who bought shoes.", f"{SPAIN} AND {SHOES}"),
        ("customers in Spain, excluding people who bought shoes and have gold", f"{SPAIN} AND NOT ({SHOES} AND {GOLD})"),
        ("customers in Spain. Include only those who bought shoes", f"{SPAIN} AND {SHOES}"),
        # A verb behind "did not and" that is no base form was done.
        ("opened an email but did not click and bought", "event('Email Opened').count() >= 1 AND event('Email Link Clicked').count() = 0 AND event('Order Completed').count() >= 1"),
        ("customers who didn't buy shoes but bought bags", f"{NO_SHOES} AND {BAGS}"),
        ("people who did not open an email in May but did in June", f"event('Email Opened').{MAY}.count() = 0 AND event('Email Opened').where(context('timestamp') >= '2026-06-01' AND context('timestamp') < '2026-07-01').count() >= 1"),
        # A window holds for what was not done, without a verb of its own, too.
        ("viewed shoes in the last 14 days without ordering", "event('Product Viewed').where(property('category') = 'Shoes').within(14 days).count() >= 1 AND event('Order Completed').within(14 days).count() = 0"),
        # A time told once holds for all that was not done.
        ("ordered in May and neither opened nor clicked an email", f"event('Order Completed').{MAY}.count() >= 1 AND event('Email Opened').{MAY}.count() = 0 AND event('Email Link Clicked').{MAY}.count() = 0"),
    ],
)  # fmt: skip
def test_conditions_joined_freely(prompt: str, query: str) -> None:
    assert drafted("store", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("watched a film or a series on a tablet in the last 30 days", "event('Film Watched').where(property('kind').one_of('film', 'series') AND property('device') = 'tablet').within(30 days).count() >= 1"),
        ("gold or black customers in Spain", f"trait('card').one_of('gold', 'black') AND {SPAIN}"),
        ("customers in Spain, ABV > 60", f"{SPAIN} AND trait('average_basket_value') > 60"),
    ],
)  # fmt: skip
def test_values_of_two_fields_and_initials(prompt: str, query: str) -> None:
    assert drafted("cinema", prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "customers in Spain with refunds that should be excluded",
        "customers in Spain, but not both",
        "customers who did not order in the last 30 days but did before",
    ],
)
def test_what_no_condition_says_is_asked_about(prompt: str) -> None:
    assert read_prompt(request("store", prompt)).status != "draft"
