"""Conditions joined freely: groups put beside others, a beginning that says something, shared windows."""

from __future__ import annotations

import pytest

from tests.audience.english.worlds import drafted

GOLD = "trait('loyalty_tier') = 'gold'"
SHOES = "event('Order Completed').where(property('category') = 'Shoes').count() >= 1"
BAGS = "event('Order Completed').where(property('category') = 'Bags').count() >= 1"
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
        # A time told once holds for all that was not done.
        ("ordered in May and neither opened nor clicked an email", f"event('Order Completed').{MAY}.count() >= 1 AND event('Email Opened').{MAY}.count() = 0 AND event('Email Link Clicked').{MAY}.count() = 0"),
    ],
)  # fmt: skip
def test_conditions_joined_freely(prompt: str, query: str) -> None:
    assert drafted("store", prompt) == query
