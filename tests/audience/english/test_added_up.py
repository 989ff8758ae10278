"""Things done that are added up: one test for each way of saying it."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from tests.audience.english.worlds import request

THIS_YEAR = "where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01')"
ADDED = [
    ("store", "customers whose orders total more than $500 this year",
     f"event('Order Completed').{THIS_YEAR}.sum(property('total')) > 500"),
    ("store", "customers with order revenue of at least $500 this year",
     f"event('Order Completed').{THIS_YEAR}.sum(property('total')) >= 500"),
    ("store", "customers who bought more than 10 items in total this year",
     f"event('Order Completed').{THIS_YEAR}.sum(property('quantity')) > 10"),
    ("store", "on average more than 3 items per order", "event('Order Completed').avg(property('quantity')) > 3"),
    ("store", "orders in the last 90 days averaging more than $80",
     "event('Order Completed').within(90 days).avg(property('total')) > 80"),
    ("store", "customers whose cheapest order was at or above $30", "event('Order Completed').min(property('total')) >= 30"),
    ("clinic", "walks adding up to more than 200 km this year", f"event('walk_logged').{THIS_YEAR}.sum(property('distance_km')) > 200"),
    ("store", "customers whose first order was under $30 and whose last was over $100",
     "event('Order Completed').first(property('total')) < 30 AND event('Order Completed').last(property('total')) > 100"),
    ("store", "customers whose last order was over $300", "event('Order Completed').last(property('total')) > 300"),
    ("store", "total order value over 500 dollars this year", f"event('Order Completed').{THIS_YEAR}.sum(property('total')) > 500"),
    ("store", "bought more often than three times this year", f"event('Order Completed').{THIS_YEAR}.count() > 3"),
    ("store", "bought more than $200 worth of shoes this year",
     f"event('Order Completed').where(property('category') = 'Shoes' AND {THIS_YEAR[6:-1]}).sum(property('total')) > 200"),
    ("store", "people whose highest quantity of any order is over 8", "event('Order Completed').max(property('quantity')) > 8"),
    ("store", "whose first order was in Shoes and the latest one in Bags",
     "event('Order Completed').first(property('category')) = 'Shoes' AND event('Order Completed').last(property('category')) = 'Bags'"),
]  # fmt: skip


@pytest.mark.parametrize(("workspace", "prompt", "query"), ADDED)
def test_added_up(workspace: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query


def test_items_are_no_money() -> None:
    reading = read_prompt(request("museum", "people who bought more than 10 pieces in total"))
    assert reading.status != "draft"
