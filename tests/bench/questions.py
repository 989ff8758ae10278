# ruff: noqa: S608 (constants only)
"""A dozen audiences from simple to nested, each with the SQL that an expert writes for it by hand.

The SQL answers the same question: the number of users, with the language's windows (both ends
included), exact decimals and two-valued logic. `{as_of}` stands for the instant of evaluation.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    name: str
    query: str
    sql: str


_AGO = "timestamp >= {{as_of}} - INTERVAL {} DAY AND timestamp <= {{as_of}}"


def _since(days: int) -> str:
    return _AGO.format(days)


AUDIENCES = (
    Audience(
        "a trait",
        "trait('plan') = 'free'",
        "SELECT count(*) FROM users WHERE plan = 'free'",
    ),
    Audience(
        "four traits",
        "trait('plan').one_of('free', 'pro') AND trait('age') >= 30 AND NOT trait('country') = 'ES'"
        " AND trait('signed_up_at').within_last(365 days)",
        "SELECT count(*) FROM users WHERE plan IN ('free', 'pro') AND age >= 30"
        " AND coalesce(country <> 'ES', true) AND signed_up_at >= (({as_of})::DATE - 365)"
        " AND signed_up_at < (({as_of})::DATE + 1)",
    ),
    Audience(
        "bought in 30 days",
        "event('Order Completed').within(30 days).count() >= 1",
        "SELECT count(*) FROM users WHERE id IN"
        f" (SELECT user_id FROM order_completed WHERE {_since(30)})",
    ),
    Audience(
        "bought three times in 90 days",
        "event('Order Completed').within(90 days).count() >= 3",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed"
        f" WHERE {_since(90)} GROUP BY user_id HAVING count(*) >= 3)",
    ),
    Audience(
        "did not buy in 90 days",
        "event('Order Completed').within(90 days).count() = 0",
        "SELECT count(*) FROM users WHERE id NOT IN (SELECT user_id FROM order_completed"
        f" WHERE user_id IS NOT NULL AND {_since(90)})",
    ),
    Audience(
        "bought boots for 100",
        "event('Order Completed').where(property('total') >= 100 AND property('category') = 'c3')"
        ".within(90 days).count() >= 1",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed"
        f" WHERE total >= 100 AND NOT isnan(total) AND category = 'c3' AND {_since(90)})",
    ),
    Audience(
        "spent 500 in a year",
        "event('Order Completed').within(365 days).sum(property('total')) > 500",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed"
        f" WHERE {_since(365)} GROUP BY user_id HAVING round(sum(total::DECIMAL(38,12)), 6) > 500)",
    ),
    Audience(
        "average order over 120",
        "event('Order Completed').avg(property('total')) > 120",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed WHERE"
        " timestamp <= {as_of} GROUP BY user_id HAVING"
        " round(sum(total::DECIMAL(38,12)) / count(total), 6) > 120)",
    ),
    Audience(
        "three categories",
        "event('Order Completed').within(365 days).unique(property('category')).count() >= 10",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed"
        f" WHERE {_since(365)} GROUP BY user_id HAVING count(DISTINCT category) >= 10)",
    ),
    Audience(
        "first bought",
        "event('Order Completed').first(property('category')) = 'c3'",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM order_completed WHERE"
        " timestamp <= {as_of} GROUP BY user_id HAVING"
        " first(category ORDER BY timestamp, id) FILTER (WHERE category IS NOT NULL) = 'c3')",
    ),
    Audience(
        "bought but did not return",
        "trait('plan') = 'pro' AND event('Order Completed').within(60 days).count() >= 2"
        " AND NOT event('Order Refunded').within(90 days).count() >= 1",
        "SELECT count(*) FROM users WHERE plan = 'pro' AND id IN (SELECT user_id FROM order_completed"
        f" WHERE {_since(60)} GROUP BY user_id HAVING count(*) >= 2) AND NOT EXISTS"
        f" (SELECT 1 FROM order_refunded WHERE user_id = users.id AND {_since(90)})",
    ),
    Audience(
        "returned within two weeks",
        "event('Order Completed').where(property('total') > 50 AND event('Order Refunded')"
        ".within(parent: 14 days).count() >= 1).within(60 days).count() >= 1",
        "SELECT count(*) FROM users WHERE id IN (SELECT p.user_id FROM (SELECT * FROM order_completed"
        f" WHERE total > 50 AND NOT isnan(total) AND {_since(60)}) p JOIN (SELECT * FROM order_refunded"
        f" WHERE {_since(60)}) c ON c.user_id = p.user_id AND c.timestamp > p.timestamp"
        " AND c.timestamp <= p.timestamp + INTERVAL 14 DAY)",
    ),
    Audience(
        "returned the same category twice",
        "event('Order Completed').where(event('Order Refunded').where(property('category') ="
        " property(parent: 'category')).count() >= 1).within(180 days).count() >= 2",
        "SELECT count(*) FROM users WHERE id IN (SELECT user_id FROM (SELECT p.id, p.user_id"
        f" FROM (SELECT * FROM order_completed WHERE {_since(180)}) p JOIN (SELECT * FROM order_refunded"
        f" WHERE {_since(180)}) c ON c.user_id = p.user_id AND c.category = p.category"
        " AND c.timestamp > p.timestamp GROUP BY p.id, p.user_id) GROUP BY user_id HAVING count(*) >= 2)",
    ),
)

ONE = "event('Order Completed').where(property('total') > 10).within(90 days).count() >= 3"
EIGHT = " AND ".join(
    f"event('Order Completed').where(property('total') > {total}).within(90 days).count() >= 3"
    for total in (10, 20, 30, 40, 50, 60, 70, 80)
)
"""Eight conditions on one event, which cost one scan of it."""

SEVERAL = AUDIENCES[-3].query
"""An audience of three conditions, for what counting each of them adds."""

FUNNEL = AUDIENCES[-2].query
"""A funnel over the event of `ONE`."""
