"""A small made-up catalog with every kind of field."""

from __future__ import annotations

from audience.catalog import (
    Catalog,
    EventField,
    PropertyField,
    SavedAudience,
    TraitField,
    ValueStats,
)

CATEGORIES = ValueStats(values=("Tents", "Boots", "Jackets"), complete=True, distinct=3)
COUNTRIES = ValueStats(values=("Spain", "France", "Germany"), complete=True, distinct=3)


def _order() -> EventField:
    name = "Order Completed"
    return EventField(
        name,
        "order_completed",
        (
            PropertyField(
                name, "total", "total", "number", stats=ValueStats(minimum="5", maximum="900")
            ),
            PropertyField(name, "orderId", "order_id", "text"),
            PropertyField(name, "category", "category", "text", stats=CATEGORIES),
            PropertyField(name, "gift", "gift", "boolean"),
            PropertyField(name, "due", "due", "date"),
            PropertyField(name, "products", "products", "list"),
        ),
        has_sources=True,
    )


def _other(name: str, table: str, *properties: PropertyField) -> EventField:
    return EventField(name, table, properties)


CATALOG = Catalog(
    events=(
        _order(),
        _other("Order Refunded", "order_refunded"),
        _other(
            "Email Opened",
            "email_opened",
            PropertyField("Email Opened", "subject", "subject", "text"),
        ),
        _other(
            "Product Added", "product_added", PropertyField("Product Added", "sku", "sku", "text")
        ),
        _other(
            "Product Bought",
            "product_bought",
            PropertyField("Product Bought", "sku", "sku", "text"),
        ),
        _other("Page Viewed", "pages"),
    ),
    user_traits=(
        TraitField("plan", "plan", "text", stats=ValueStats(("free", "pro"), complete=True)),
        TraitField("country", "country", "text", stats=COUNTRIES),
        TraitField("age", "age", "number"),
        TraitField("average_order_value", "average_order_value", "number"),
        TraitField("vip", "vip", "boolean"),
        TraitField("birthday", "birthday", "date"),
        TraitField("lastSeenAt", "last_seen_at", "timestamp"),
        TraitField("address_city", "address_city", "text"),
        TraitField("interests", "interests", "list"),
    ),
    account_traits=(
        TraitField("industry", "industry", "text", "account"),
        TraitField("seats", "seats", "number", "account"),
    ),
    has_accounts=True,
    timezone="Europe/Madrid",
    currency="USD",
    lookback_days=365,
    audiences=(
        SavedAudience(
            "big_spenders", "Big spenders", "event('Order Completed').sum(property('total')) > 500"
        ),
        SavedAudience(
            "paying", "Paying", "trait('plan') = 'pro' AND trait('big_spenders') = 'true'"
        ),
        SavedAudience("round_one", "Round one", "trait('round_two') = 'true'"),
        SavedAudience("round_two", "Round two", "trait('round_one') = 'true'"),
        SavedAudience("broken", "Broken", "trait('gone') = 'true'"),
        SavedAudience("big_teams", "Big teams", "trait('seats') > 100", type="accounts"),
    ),
)
