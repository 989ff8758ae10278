"""Rules as analysts write them: one test for each sign of the notation."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.english.notation.rules import rule_of
from audience.kinds import simplified
from audience.printer import show
from audience.query import conditions
from tests.audience.english.worlds import request

RULES = [
    ("store", "order_completed >= 3 AND country IN (ES, FR)",
     "event('Order Completed').count() >= 3 AND trait('country').one_of('ES', 'FR')"),
    ("store", "count(Product Viewed, brand=Nike, 14d) >= 3 && count(Order Completed, 14d) == 0",
     "event('Product Viewed').where(property('brand') = 'Nike').within(14 days).count() >= 3"
     " AND event('Order Completed').within(14 days).count() = 0"),
    ("store", "sum(Order Completed.total, 90d) > $300; !email_opt_in",
     "event('Order Completed').within(90 days).sum(property('total')) > 300 AND NOT trait('email_opt_in') = 'true'"),
    ("store", "Order Completed.total > 100 (last 30 days) OR loyalty_tier = gold or silver",
     "event('Order Completed').where(property('total') > 100).within(30 days).count() >= 1 OR trait('loyalty_tier').one_of('gold', 'silver')"),
    ("store", "last(Order Completed.category) = 'Health & Beauty', age BETWEEN 20 AND 30",
     "event('Order Completed').last(property('category')) = 'Health & Beauty' AND trait('age') >= 20 AND trait('age') <= 30"),
    ("store", "NOT (country = ES OR country = FR) and phone is not null and created_at >= 2026-01-01",
     "NOT trait('country').one_of('ES', 'FR') AND trait('phone').exists() AND trait('created_at') >= '2026-01-01'"),
    ("store", "customers where loyalty_points > age AND birthday is null",
     "trait('loyalty_points') > trait('age') AND trait('birthday').absent()"),
    ("telecom", "topup_done = 0 in last 60 days AND tariff_code != PP AND contractEndsOn in the next 30 days",
     "event('topup_done').within(60 days).count() = 0 AND NOT trait('tariffCode') = 'PP' AND trait('contractEndsOn').within_next(30 days)"),
    ("saas", "accounts where plan = business AND seats < 50",
     "trait('plan') = 'business' AND trait('seats') < 50"),
]  # fmt: skip

NO_RULES = [
    ("store", "country = Atlantis AND order_completed >= 3"),
    ("store", "age > 30 and loves hiking"),
    ("store", "customers with more than 3 orders"),
    ("store", "order_completed >= $300 AND country = ES"),
    ("store", "total > 100 AND country = ES"),
]


@pytest.mark.parametrize(("workspace", "prompt", "query"), RULES)
def test_rules(workspace: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query
    assert all(each.origin.spans for each in conditions(reading.root))


@pytest.mark.parametrize(("workspace", "prompt"), NO_RULES)
def test_what_is_no_rule_to_its_last_sign(workspace: str, prompt: str) -> None:
    assert rule_of(request(workspace, prompt), "users") is None
