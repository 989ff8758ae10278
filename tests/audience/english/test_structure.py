"""How a sentence is cut in pieces and put together: one test for each class of sentence."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from tests.audience.english.worlds import request

DRAFTS = [
    ("customers with any of: gold tier, lives in Spain, ordered 3+ times",
     "trait('loyalty_tier') = 'gold' OR trait('country') = 'ES' OR event('Order Completed').count() >= 3"),
    ("all of the following: gold tier, lives in Spain",
     "trait('loyalty_tier') = 'gold' AND trait('country') = 'ES'"),
    ("ordered at least twice last year but nothing since",
     "event('Order Completed').where(context('timestamp') >= '2025-01-01' AND context('timestamp') < '2026-01-01').count() >= 2"
     " AND event('Order Completed').where(context('timestamp') >= '2026-01-01').count() = 0"),
    ("shoes bought by women in Spain",
     "event('Order Completed').where(property('category') = 'Shoes').count() >= 1 AND trait('gender') = 'female' AND trait('country') = 'ES'"),
    ("women aged 20 to 30 or 50 to 60",
     "trait('gender') = 'female' AND (trait('age') >= 20 AND trait('age') <= 30 OR trait('age') >= 50 AND trait('age') <= 60)"),
    ("customers who didn't order this week or last week",
     "event('Order Completed').where(context('timestamp') >= '2026-09-07' AND context('timestamp') < '2026-09-14').count() = 0"
     " AND event('Order Completed').where(context('timestamp') >= '2026-08-31' AND context('timestamp') < '2026-09-07').count() = 0"),
    ("leave out gold members: everyone in Spain who ordered this year",
     "NOT trait('loyalty_tier') = 'gold' AND trait('country') = 'ES'"
     " AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1"),
    ("Second purchase push: customers with exactly one order, placed in the last 30 days",
     "event('Order Completed').count() = 1 AND event('Order Completed').within(30 days).count() >= 1"),
    ("Hi team, could you please put together a list of customers in Spain who ordered this year",
     "trait('country') = 'ES' AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1"),
    ("country = ES && !email_opt_in", "trait('country') = 'ES' AND NOT trait('email_opt_in') = 'true'"),
]  # fmt: skip

ASKED = [
    "at least two of the following: gold tier, lives in Spain, ordered 3+ times",
    "gold / Spain / ordered 3+ times this year",
]


@pytest.mark.parametrize(("prompt", "query"), DRAFTS)
def test_structure(prompt: str, query: str) -> None:
    reading = read_prompt(request("store", prompt))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query


@pytest.mark.parametrize("prompt", ASKED)
def test_what_only_the_person_can_say(prompt: str) -> None:
    assert read_prompt(request("store", prompt)).status == "clarify"
