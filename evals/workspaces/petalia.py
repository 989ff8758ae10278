"""petalia: a cosmetics shop. Events as GA4 names them, customers as Shopify has them, e-mail as Klaviyo counts it; half is described."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Maker,
    Value,
    World,
    birth_date,
    chance,
    day_near,
    enumerated,
    first_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)  # a Wednesday, before noon in New York
PROVINCES = {
    "California": ("US", 5), "New York": ("US", 4), "Texas": ("US", 4), "Florida": ("US", 3), "Illinois": ("US", 2),
    "Ontario": ("CA", 3), "Quebec": ("CA", 2), "British Columbia": ("CA", 1.5), "England": ("GB", 2),
}  # fmt: skip
ITEMS = {
    "Velvet Lip Tint": "Lips", "Gloss Drop": "Lips", "Cloud Blush": "Face", "Skin Veil Foundation": "Face",
    "Lash Lift Mascara": "Eyes", "Dusk Palette": "Eyes", "Retinol Night Serum": "Skincare",
    "Daily SPF 50": "Skincare", "Rose Toner": "Skincare", "Neroli Eau de Parfum": "Fragrance",
    "Gel Polish": "Nails", "Silk Hair Oil": "Hair",
}  # fmt: skip


def _country(_: Random, known: Known) -> Value:
    return PROVINCES[str(known["province"])][0] if known["province"] else None


def _orders(rng: Random, _: Known) -> Value:
    return rng.choices((0, 1, 2, 3, 4, 6, 9, 15), (3, 5, 4, 3, 2, 2, 1, 0.6))[0]


def _spent(rng: Random, known: Known) -> Value:
    return round(int(known["orders_count"]) * (25 + 90 * rng.random() ** 2), 2)


def _first_order(rng: Random, known: Known) -> Value:
    start: datetime = known["start"]
    when = start + timedelta(minutes=int(90_000 * rng.random() ** 2))
    return min(when, AS_OF) if known["orders_count"] else None


def _last_order(rng: Random, known: Known) -> Value:
    first: datetime | None = known["first_order_at"]
    end: datetime = known["end"]
    if first is None or known["orders_count"] == 1:
        return first
    return max(first, end - timedelta(minutes=int(200_000 * rng.random() ** 2)))


def _aov(_: Random, known: Known) -> Value:
    orders = int(known["orders_count"])
    return round(float(known["total_spent"]) / orders, 2) if orders else None


def _category(rng: Random, known: Known) -> Value:
    return ITEMS[str(known["item_name"])]


def _basket() -> Maker:
    return some_of(*ITEMS, most=4)


TRAITS = (
    Column("first_name", "text", pick("Ava", "Maya", "Chloé", "Priya", "Sofia", "Grace", "Leila", "Jo")),
    Column("email", "text", lambda rng, _: f"c{rng.randint(1, 99999)}@example.com", missing=0.02),
    Column("phone", "text", lambda rng, _: f"+1212555{rng.randint(1000, 9999)}", missing=0.4),
    Column("birthday", "date", birth_date(AS_OF, 16, 70), missing=0.45),
    enumerated("province", {name: share for name, (_, share) in PROVINCES.items()}, "State or province of the default address", missing=0.04),
    Column("country_code", "text", _country, "", ("US", "CA", "GB")),
    Column("created_at", "timestamp", first_moment, "When the customer record was created"),
    Column("orders_count", "integer", _orders, "Orders placed in all time"),
    Column("total_spent", "number", _spent, "Money spent in all time, USD"),
    Column("average_order_value", "number", _aov),
    Column("first_order_at", "timestamp", _first_order),
    Column("last_order_at", "timestamp", _last_order),
    Column("customer_tags", "list", some_of("vip", "wholesale", "influencer", "staff", "sample-club", "gift-buyer", most=2), "Tags set in the back office", missing=0.55),
    Column("accepts_marketing", "boolean", chance(0.58), "May get marketing e-mail", missing=0.08),
    enumerated("sms_consent", {"SUBSCRIBED": 4, "UNSUBSCRIBED": 2, "NEVER_SUBSCRIBED": 4}, "Consent to text messages"),
    enumerated("skin_type", {"dry": 3, "oily": 3, "combination": 4, "normal": 3, "sensitive": 2}, "Answer in the skin quiz", missing=0.35),
    Column("skin_goals", "list", some_of("hydration", "glow", "fine lines", "even tone", "sun protection", most=3), missing=0.5),
    enumerated("foundation_shade", {"fair": 2, "light": 4, "medium": 4, "tan": 3, "deep": 3}, missing=0.5),
    enumerated("loyalty_tier", {"Petal": 6, "Bloom": 3, "Bouquet": 1}, "Tier in the rewards programme, lowest to highest: Petal, Bloom, Bouquet", missing=0.3),
    Column("points_balance", "integer", lambda rng, _: int(1_500 * rng.random() ** 2), "Reward points that can be spent", missing=0.3),
    Column("points_redeemed", "integer", lambda rng, _: int(1_200 * rng.random() ** 3), missing=0.3),
    Column("points_expire_on", "date", day_near(AS_OF, 2, 300), missing=0.4),
    enumerated("replenish_status", {"active": 5, "paused": 2, "cancelled": 3}, "Subscription to regular refills", missing=0.7),
    enumerated("first_touch", {"tiktok": 4, "instagram": 4, "google": 3, "friend": 2, "podcast": 1}, "Where they first heard of us", missing=0.15),
    Column("predicted_clv", "number", money(5, 900), "What they will probably spend in the next year", missing=0.1),
)  # fmt: skip

_ITEM = Column("item_name", "text", pick(*ITEMS), "", tuple(ITEMS))
_CATEGORY = Column("item_category", "text", _category, "", tuple(dict.fromkeys(ITEMS.values())))
_BOUGHT = enumerated(
    "item_category",
    {"Lips": 4, "Face": 4, "Eyes": 3, "Skincare": 6, "Fragrance": 2, "Nails": 1, "Hair": 2},
    "Category of most of what was bought",
)
_BRAND = enumerated("item_brand", {"Petalia": 6, "Rosée": 3, "Noor": 2, "Halcyon": 2})
_DEVICE = enumerated("device_category", {"mobile": 7, "desktop": 3, "tablet": 1})
_VALUE = Column("value", "number", money(8, 240), "Value in USD")
_CURRENCY = enumerated("currency", {"USD": 7, "CAD": 3, "GBP": 1})
_COUPON = Column(
    "coupon", "text", pick("GLOW15", "WELCOME10", "BDAYGIFT", "FREESHIP"), "", missing=0.72
)
_CAMPAIGN = enumerated(
    "Campaign Name", {"Fall Edit": 4, "SPF Season": 3, "Points Reminder": 2, "New In": 4}
)

EVENTS = (
    Happening("session_start", 0.97, 7, (enumerated("source", {"google": 4, "instagram": 4, "tiktok": 3, "email": 3, "direct": 3}), enumerated("medium", {"organic": 4, "cpc": 3, "social": 4, "email": 3}), _DEVICE)),
    Happening("view_item", 0.9, 9, (_ITEM, _CATEGORY, _BRAND, Column("price", "number", money(8, 120)))),
    Happening("search", 0.45, 3, (Column("search_term", "text", pick("lipstick", "spf", "retinol", "vegan mascara", "gift set", "perfume")),), "Searched in the shop"),
    Happening("add_to_wishlist", 0.35, 2.2, (_ITEM, _CATEGORY, _VALUE)),
    Happening("add_to_cart", 0.78, 8, (_ITEM, _CATEGORY, _BRAND, Column("quantity", "integer", whole(1, 4)), _VALUE)),
    Happening("begin_checkout", 0.02, 0.4, (_VALUE, _CURRENCY, _COUPON, _DEVICE), "Started to check out", after=("add_to_cart", 0.62, 20)),
    Happening(
        "purchase", 0.05, 0.8,
        (
            _VALUE, _CURRENCY, _COUPON, Column("shipping", "number", lambda rng, _: rng.choice((0, 0, 4.9, 4.9, 9.9)), "Shipping paid, USD"),
            enumerated("payment_type", {"credit_card": 5, "paypal": 3, "shop_pay": 3, "klarna": 2, "gift_card": 1}),
            Column("items", "list", _basket(), "Names of the items"), _BOUGHT,
            Column("item_count", "integer", whole(1, 7)), Column("is_gift", "boolean", chance(0.13), "Wrapped as a gift"), _DEVICE,
        ),
        "An order was paid",
        after=("begin_checkout", 0.7, 12),
    ),
    Happening("refund", 0.01, 0.1, (_VALUE, enumerated("refund_reason", {"wrong_shade": 4, "reaction": 2, "damaged": 3, "changed_mind": 3}, missing=0.1)), after=("purchase", 0.09, 400)),
    Happening("review_submitted", 0.01, 0.1, (Column("rating", "integer", lambda rng, _: rng.choices((1, 2, 3, 4, 5), (1, 1, 2, 4, 7))[0], "Stars, 1 to 5"), _BOUGHT, Column("with_photo", "boolean", chance(0.3))), "Wrote a product review", after=("purchase", 0.2, 500)),
    Happening("generate_lead", 0.4, 0.9, (enumerated("lead_source", {"quiz": 4, "popup": 5, "giveaway": 2}, "Form where the address was left"),)),
    Happening("sign_up", 0.7, 1, (enumerated("method", {"email": 6, "google": 3, "apple": 2}),), "Created an account", once=True),
    Happening("skin_quiz_completed", 0.5, 0.8, (enumerated("routine", {"basic": 5, "full": 3, "night only": 2}, "Routine that was recommended"),), "Finished the skin quiz"),
    Happening("Received Email", 0.85, 7, (_CAMPAIGN,)),
    Happening("Opened Email", 0.02, 0.4, (_CAMPAIGN,), after=("Received Email", 0.42, 50)),
    Happening("Clicked Email", 0.01, 0.3, (_CAMPAIGN,), after=("Opened Email", 0.3, 5)),
)  # fmt: skip

WORLD = World(
    name="petalia",
    seed=20261014,
    as_of=AS_OF,
    people=1_300,
    traits=TRAITS,
    events=EVENTS,
    prefix="gid",
    history_days=460,
    inactive_plan=(
        Happening("store_visit", 0, 0, (), "Came into the shop in SoHo"),
    ),
    settings={
        "timezone": "America/New_York",
        "currency": "USD",
        "lookback_days": 425,
        "dynamic_plus_limit": 25,
        "glossary": {
            "insider": "trait('loyalty_tier').one_of('Bloom', 'Bouquet')",
            "one-timer": "trait('orders_count') = 1",
            "window shopper": "event('view_item').within(60 days).count() >= 2 AND event('purchase').count() = 0",
        },
    },
)  # fmt: skip
