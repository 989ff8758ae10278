"""So many of a thing, and when the last of them was; one thing that holds several; who was seen by us."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

GOODS = ValueStats(("Oak Lamp", "Wool Rug", "Tin Mug"), complete=True, distinct=3)
CATALOG = Catalog(
    events=(
        EventField(
            "Order Completed",
            "order_completed",
            properties=(
                PropertyField("Order Completed", "products", "products", "list", stats=GOODS),
            ),
            seen=SEEN,
        ),
        EventField("Product Viewed", "product_viewed", seen=SEEN),
        EventField("candidate_messaged", "candidate_messaged", seen=SEEN),
    ),
    user_traits=(
        TraitField("last_seen_at", "last_seen_at", "timestamp", "user", seen=SEEN),
        TraitField("last_call", "last_call", "date", "user", "Day of the last phone call with us", seen=SEEN),
        TraitField("user_type", "user_type", "text", "user", seen=SEEN, stats=ValueStats(("candidate", "recruiter"), complete=True, distinct=2)),
        TraitField("supporter_type", "supporter_type", "text", "user", seen=SEEN, stats=ValueStats(("member", "one_off"), complete=True, distinct=2)),
        TraitField("membership_tier", "membership_tier", "text", "user", seen=SEEN, stats=ValueStats(("family", "life"), complete=True, distinct=2)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers with 5+ orders, last order more than 45 days ago", "event('Order Completed').count() >= 5 AND event('Order Completed').count() >= 1 AND event('Order Completed').within(45 days).count() = 0"),
        ("customers who placed an order with both an oak lamp and a wool rug", "event('Order Completed').where(property('products').contains('Oak Lamp') AND property('products').contains('Wool Rug')).count() >= 1"),
        ("customers who ordered an oak lamp and a wool rug in the same order", "event('Order Completed').where(property('products').contains('Oak Lamp') AND property('products').contains('Wool Rug')).count() >= 1"),
        ("customers who placed an order with an oak lamp or a wool rug", "event('Order Completed').where(property('products').contains('Oak Lamp', 'Wool Rug')).count() >= 1"),
        ("customers who placed orders with an oak lamp and a wool rug", "event('Order Completed').where(property('products').contains('Oak Lamp')).count() >= 1 AND event('Order Completed').where(property('products').contains('Wool Rug')).count() >= 1"),
        ("customers seen within the past seven days", "trait('last_seen_at').within_last(7 days)"),
        ("customers we saw in the last 7 days", "trait('last_seen_at').within_last(7 days)"),
        ("candidates we haven't called in 60 days", "trait('user_type') = 'candidate' AND NOT trait('last_call').within_last(60 days)"),
        ("candidates we called in the last 60 days", "trait('user_type') = 'candidate' AND trait('last_call').within_last(60 days)"),
        ("members who never ordered anything", "trait('supporter_type') = 'member' AND event('Order Completed').count() = 0"),
        ("family members who never ordered anything", "trait('membership_tier') = 'family' AND event('Order Completed').count() = 0"),
    ],
)  # fmt: skip
def test_it_is_read(prompt: str, query: str) -> None:
    reading = read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query
