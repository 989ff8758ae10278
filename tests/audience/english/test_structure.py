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
     "event('Order Completed').where(context('timestamp') >= '2026-08-31' AND context('timestamp') < '2026-09-14').count() = 0"),
    ("leave out gold members: everyone in Spain who ordered this year",
     "NOT trait('loyalty_tier') = 'gold' AND trait('country') = 'ES'"
     " AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1"),
    ("Second purchase push: customers with exactly one order, placed in the last 30 days",
     "event('Order Completed').count() = 1 AND event('Order Completed').within(30 days).count() >= 1"),
    ("Hi team, could you please put together a list of customers in Spain who ordered this year",
     "trait('country') = 'ES' AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1"),
    ("silver members aside, customers in Spain and Italy, gold members excluded, who ordered twice",
     "NOT trait('loyalty_tier') = 'silver' AND trait('country').one_of('ES', 'IT') AND NOT trait('loyalty_tier') = 'gold' AND event('Order Completed').count() = 2"),
    ("exclude anyone who got a refund: all women who ordered in the last 90 days",
     "event('Order Refunded').count() = 0 AND trait('gender') = 'female' AND event('Order Completed').within(90 days).count() >= 1"),
    ("Audience:\n- women\nExclude:\n- gold members\n- anyone who got a refund",
     "trait('gender') = 'female' AND NOT trait('loyalty_tier') = 'gold' AND event('Order Refunded').count() = 0"),
    ("who first viewed shoes and later bought some",
     "event('Product Viewed').where(property('category') = 'Shoes' AND event('Order Completed').count() >= 1).count() >= 1"),
    ("customers with three orders or more, at least one in the last 30 days",
     "event('Order Completed').count() >= 3 AND event('Order Completed').within(30 days).count() >= 1"),
    ("customers who ordered at least 5 times this year, one of them in May",
     "event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 5"
     " AND event('Order Completed').where(context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01').count() >= 1"),
    ("customers who got a refund and never ordered again",
     "event('Order Refunded').where(event('Order Completed').count() = 0).count() >= 1"),
    ("customers who ordered again within 30 days of a refund",
     "event('Order Refunded').where(event('Order Completed').within(parent: 30 days).count() >= 1).count() >= 1"),
    ("bought shoes for over $50 last year and nothing this year",
     "event('Order Completed').where(property('category') = 'Shoes' AND property('total') > 50 AND context('timestamp') >= '2025-01-01' AND context('timestamp') < '2026-01-01').count() >= 1"
     " AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() = 0"),
    ("ordered at least 3 times in both 2024 and 2025",
     "event('Order Completed').where(context('timestamp') >= '2024-01-01' AND context('timestamp') < '2025-01-01').count() >= 3"
     " AND event('Order Completed').where(context('timestamp') >= '2025-01-01' AND context('timestamp') < '2026-01-01').count() >= 3"),
    ("customers who ordered in 2024 or 2025",
     "event('Order Completed').where(context('timestamp') >= '2024-01-01' AND context('timestamp') < '2026-01-01').count() >= 1"),
    ("country = ES AND phone IS NOT NULL", "trait('country') = 'ES' AND trait('phone').exists()"),
    ("viewed bags no later than 14 days after an order",
     "event('Order Completed').where(event('Product Viewed').where(property('category') = 'Bags').within(parent: 14 days).count() >= 1).count() >= 1"),
    ("opened an email without ordering in the week after",
     "event('Email Opened').where(event('Order Completed').within(parent: 7 days).count() = 0).count() >= 1"),
    ("women in Spain with not one order this year",
     "trait('gender') = 'female' AND trait('country') = 'ES'"
     " AND event('Order Completed').where(context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() = 0"),
    ("bought Nike more than 2 times or Adidas more than 3 times",
     "event('Order Completed').where(property('brand') = 'Nike').count() > 2 OR event('Order Completed').where(property('brand') = 'Adidas').count() > 3"),
    ("signed up last month, two orders at a minimum",
     "event('Signed Up').where(context('timestamp') >= '2026-08-01' AND context('timestamp') < '2026-09-01').count() >= 1"
     " AND event('Order Completed').count() >= 2"),
    ("women, 30-45, Spain, two orders",
     "trait('gender') = 'female' AND trait('age') >= 30 AND trait('age') <= 45 AND trait('country') = 'ES' AND event('Order Completed').count() = 2"),
    ("women in Spain, two orders at least since January",
     "trait('gender') = 'female' AND trait('country') = 'ES' AND event('Order Completed').where(context('timestamp') >= '2026-01-01').count() >= 2"),
    ("not one order since March, though at least two before",
     "event('Order Completed').where(context('timestamp') >= '2026-03-01').count() = 0"
     " AND event('Order Completed').where(context('timestamp') < '2026-03-01').count() >= 2"),
    ("customers who have, on no fewer than two occasions, placed an order of over $100",
     "event('Order Completed').where(property('total') > 100).count() >= 2"),
    ("first viewed bags in May, then ordered within two weeks",
     "event('Product Viewed').where(property('category') = 'Bags' AND context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01'"
     " AND event('Order Completed').within(parent: 14 days).count() >= 1).count() >= 1"
     " AND event('Product Viewed').where(property('category') = 'Bags' AND context('timestamp') < '2026-05-01').count() = 0"),
    ("gold members only, Spain or France only",
     "trait('loyalty_tier') = 'gold' AND trait('country').one_of('ES', 'FR')"),
    ("customers turning 30 next month", "trait('birthday') >= '1996-10-01' AND trait('birthday') <= '1996-10-31'"),
    ("people who turn 18 in the next 10 days and ordered twice",
     "trait('birthday') >= '2008-09-10' AND trait('birthday') <= '2008-09-20' AND event('Order Completed').count() = 2"),
    ("country = ES && !email_opt_in", "trait('country') = 'ES' AND NOT trait('email_opt_in') = 'true'"),
]  # fmt: skip

ASKED = [
    "at least two of the following: gold tier, lives in Spain, ordered 3+ times",
    "gold / Spain / ordered 3+ times this year",
    "customers who ordered in both of the last two months",
    "people who didn't open an email and haven't ordered since",
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
