"""A small catalog and a query that has every kind of part."""

from __future__ import annotations

from audience.catalog import (
    Catalog,
    EventField,
    PropertyField,
    SavedAudience,
    TraitField,
    ValueStats,
)

CATALOG = Catalog(
    events=(
        EventField(
            "Order Completed",
            "order_completed",
            (
                PropertyField(
                    "Order Completed",
                    "total",
                    "total",
                    "number",
                    stats=ValueStats(minimum="5", maximum="900"),
                ),
                PropertyField(
                    "Order Completed", "store", "store", "text", stats=ValueStats(("Web", "Madrid"))
                ),
                PropertyField("Order Completed", "gift", "gift", "boolean"),
            ),
        ),
    ),
    user_traits=(
        TraitField("state", "state", "text", stats=ValueStats(("CA", "NY"))),
        TraitField("phone", "phone", "text", stats=ValueStats(("555",), personal=True)),
        TraitField("vip", "vip", "boolean"),
        TraitField("birthday", "birthday", "date"),
        TraitField("__proto__", "__proto__", "text"),
    ),
    account_traits=(TraitField("size", "size", "number", owner="account"),),
    audiences=(SavedAudience("vips", "VIPs", "trait('vip') = 'true'"),),
)
QUERY = (
    "trait('state') = 'CA' AND event('Order Completed').within(90 days)"
    ".where(property('total') > 50 AND property('store') = 'Web').count() >= 2"
    " AND NOT (trait('vip') = 'true' OR NOT trait('birthday').within_next(7 days))"
)
