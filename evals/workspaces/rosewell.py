"""rosewell: cosmetics and skin care online. Events as Segment's e-commerce and e-mail specifications name them, customers as a CRM keeps them, about half of it described."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    birth_date,
    chance,
    enumerated,
    first_day,
    last_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 11, 11, 15, 40, tzinfo=UTC)  # a Wednesday morning in New York
COUNTRIES = {"US": 9, "CA": 3, "GB": 3, "AU": 2, "DE": 1.5, "FR": 1.5, "MX": 1.2}
STATES = {"CA": 5, "NY": 4, "TX": 4, "FL": 3, "IL": 2, "WA": 2, "GA": 1.5, "NJ": 1.5}
CITIES = {
    "CA": ("Los Angeles", "San Diego", "San Francisco"), "NY": ("New York", "Buffalo"), "TX": ("Austin", "Houston", "Dallas"),
    "FL": ("Miami", "Tampa"), "IL": ("Chicago",), "WA": ("Seattle",), "GA": ("Atlanta",), "NJ": ("Newark",),
}  # fmt: skip
CITIES_ABROAD = {
    "CA": ("Toronto", "Montreal", "Vancouver"), "GB": ("London", "Manchester"), "AU": ("Sydney", "Melbourne"),
    "DE": ("Berlin", "Munich"), "FR": ("Paris", "Lyon"), "MX": ("Mexico City", "Guadalajara"),
}  # fmt: skip
LANGUAGES = {"CA": ("en", "en", "fr"), "DE": ("de",), "FR": ("fr",), "MX": ("es",), "US": ("en", "en", "en", "en", "es")}  # fmt: skip
PRODUCTS = {
    "Skincare": ("Vitamin C Serum", "Retinol Night Cream", "Hydrating Cleanser", "Daily Sunscreen SPF 50", "Clay Mask"),
    "Makeup": ("Velvet Lipstick", "Skin Tint Foundation", "Volume Mascara", "Brow Gel"),
    "Fragrance": ("Rose Absolue", "White Fig"),
    "Hair Care": ("Repair Shampoo", "Argan Hair Oil"),
    "Bath & Body": ("Shea Body Lotion", "Bath Salts"),
}  # fmt: skip
CATEGORIES = {"Skincare": 6, "Makeup": 5, "Fragrance": 2, "Hair Care": 2, "Bath & Body": 1.5}


def _state(rng: Random, known: Known) -> Value:
    if known["country_code"] != "US":
        return None
    return rng.choices(list(STATES), list(STATES.values()))[0]


def _city(rng: Random, known: Known) -> Value:
    if known["state"] is not None:
        return rng.choice(CITIES[known["state"]])
    return rng.choice(CITIES_ABROAD.get(known["country_code"], ("Chicago",)))


def _language(rng: Random, known: Known) -> Value:
    return rng.choice(LANGUAGES.get(known["country_code"], ("en",)))


def _points(rng: Random, known: Known) -> Value:
    return None if known["loyalty_tier"] is None else int(40 * 10 ** (rng.random() * 2.2))


def _redeemed(rng: Random, known: Known) -> Value:
    if known["loyalty_tier"] is None:
        return None
    return 0 if rng.random() < 0.3 else 100 * rng.randint(1, 60)


def _expire(rng: Random, known: Known) -> Value:
    if known["loyalty_tier"] is None:
        return None
    return AS_OF.date() + timedelta(days=rng.randint(-15, 200))


def _replenish(rng: Random, known: Known) -> Value:
    if known["subscription_status"] != "active":
        return None
    return AS_OF.date() + timedelta(days=rng.randint(0, 60))


def _shipping(rng: Random, _: Known) -> Value:
    return rng.choice((0.0, 0.0, 4.95, 4.95, 12.5))


def _product(rng: Random, known: Known) -> Value:
    return rng.choice(PRODUCTS[known["category"]])


TRAITS = (
    Column("first_name", "text", pick("Maya", "Chloe", "Priya", "Emma", "Sofia", "Jordan", "Leila", "Hannah")),
    Column("email", "text", lambda rng, _: f"r{rng.randint(1, 99999)}@example.com", missing=0.03),
    Column("phone", "text", lambda rng, _: f"+1555{rng.randint(1000000, 9999999)}", "Mobile number for text messages", missing=0.4),
    enumerated("country_code", COUNTRIES, "ISO code of the shipping country", missing=0.03),
    Column("state", "text", _state, "State of the shipping address, in the United States only", tuple(STATES)),
    Column("city", "text", _city, missing=0.05),
    Column("preferred_language", "text", _language, missing=0.08),
    Column("birthday", "date", birth_date(AS_OF, 17, 72), missing=0.3),
    enumerated("gender", {"F": 8, "M": 2, "X": 0.5}, "F = female, M = male, X = non-binary", missing=0.25),
    enumerated("skin_type", {"dry": 4, "oily": 3, "combination": 4, "normal": 3, "sensitive": 2}, missing=0.2),
    Column("skin_concerns", "list", some_of("fine_lines", "dark_spots", "dullness", "blemishes", "dryness", "large_pores"), "What the skin quiz found", missing=0.35),
    enumerated("loyalty_tier", {"Bud": 6, "Bloom": 4, "Rose": 3, "Rose Gold": 1}, "Tier in the Rosewell Circle, lowest Bud, highest Rose Gold; empty for those who have not joined", missing=0.28),
    Column("loyalty_points", "integer", _points, "Points that can be redeemed today"),
    Column("points_redeemed", "integer", _redeemed, "Points redeemed so far"),
    Column("points_expire_on", "date", _expire),
    Column("lifetime_value", "number", money(0, 2_600)),
    Column("average_order_value", "number", money(18, 190), "Average value of an order, in US dollars", missing=0.1),
    Column("store_credit", "number", lambda rng, _: 0.0 if rng.random() < 0.75 else float(rng.choice((5, 10, 15, 20, 25, 40, 60))), "Credit from returns and gift cards, in US dollars"),
    Column("signup_date", "date", first_day),
    enumerated("acquisition_source", {"instagram": 5, "google_ads": 4, "tiktok": 4, "friend_referral": 3, "influencer": 2, "organic": 3}, missing=0.1),
    Column("email_consent", "boolean", chance(0.68), "Agreed to marketing e-mail", missing=0.08),
    Column("sms_consent", "boolean", chance(0.42), "Agreed to marketing text messages", missing=0.25),
    enumerated("subscription_status", {"active": 4, "paused": 1.5, "cancelled": 2}, "State of the auto-refill subscription; empty for those who never had one", missing=0.55),
    Column("next_refill_date", "date", _replenish, "Day on which the next auto-refill ships"),
    enumerated("rfm_cd", {"CH": 2, "LO": 3, "NW": 3, "AR": 3, "HB": 3}, "CH = champion, LO = loyal, NW = new, AR = at risk, HB = hibernating", missing=0.06),
    Column("referral_count", "integer", lambda rng, _: int(rng.expovariate(0.9)), "Friends who became customers through this person's link"),
    Column("nps_score", "integer", whole(0, 10), missing=0.5),
    Column("is_employee", "boolean", chance(0.05)),
    Column("app_installed", "boolean", chance(0.45), missing=0.05),
    Column("last_seen_at", "timestamp", last_moment(50_000, 3), missing=0.05),
)  # fmt: skip

_CATEGORY = enumerated("category", CATEGORIES)
_NAME = Column("name", "text", _product, "Name of the product")
_BRAND = enumerated("brand", {"Rosewell": 5, "Verdane": 3, "Oraia": 3, "Petit Soin": 2})
_PRICE = Column("price", "number", money(8, 140), "Price of one piece, in US dollars")
_QUANTITY = Column("quantity", "integer", lambda rng, _: rng.choice((1, 1, 1, 1, 2, 2, 3, 4)))
_COUPON = enumerated("coupon", {"WELCOME10": 4, "GLOW20": 3, "FREESHIP": 3, "BDAY15": 1}, missing=0.62)  # fmt: skip
_TOTAL = Column("total", "number", money(15, 320), "Total of the order with shipping and tax, in US dollars")  # fmt: skip
_CAMPAIGN = enumerated("campaign_name", {"Weekly Newsletter": 6, "Black Friday Preview": 2, "Birthday Treat": 1, "Cart Reminder": 3, "Summer Sale": 3})  # fmt: skip
_ALL_PRODUCTS = tuple(name for names in PRODUCTS.values() for name in names)

EVENTS = (
    Happening("Products Searched", 0.72, 6, (Column("query", "text", pick("retinol", "vitamin c", "lipstick", "sunscreen", "gift set", "vegan", "hair oil", "perfume")),), "A visitor searched the shop"),
    Happening("Product List Viewed", 0.8, 7, (_CATEGORY,)),
    Happening("Product Viewed", 0.92, 12, (_CATEGORY, _NAME, _BRAND, _PRICE), "A product page was looked at"),
    Happening("Product Added", 0.02, 0.2, (_CATEGORY, _NAME, _BRAND, _PRICE, _QUANTITY), "A product was put into the cart", after=("Product Viewed", 0.4, 20)),
    Happening("Product Removed", 0.02, 0.2, (_CATEGORY, _NAME, _BRAND, _PRICE), "A product was taken out of the cart", after=("Product Added", 0.14, 30)),
    Happening("Cart Viewed", 0.65, 7),
    Happening("Checkout Started", 0.02, 0.2, (Column("value", "number", money(15, 320), "Value of the cart, in US dollars"), _COUPON), after=("Product Added", 0.5, 26)),
    Happening("Order Completed", 0.35, 1.4, (_TOTAL, Column("shipping", "number", _shipping, "Cost of shipping, in US dollars, 0 if free"), Column("discount", "number", lambda rng, _: 0.0 if rng.random() < 0.55 else round(2 + 45 * rng.random() ** 2, 2)), _COUPON, enumerated("affiliation", {"Online Store": 6, "Mobile App": 4, "Instagram Shop": 1.5}, "Where the order was placed"), enumerated("payment_method", {"card": 6, "paypal": 4, "klarna": 2, "apple_pay": 3, "gift_card": 1}), Column("products", "list", some_of(*_ALL_PRODUCTS, most=4), "Names of the products in the order")), "An order was placed and paid", after=("Checkout Started", 0.6, 3)),
    Happening("Order Cancelled", 0.0, 0, (_TOTAL,), after=("Order Completed", 0.05, 30)),
    Happening("Order Refunded", 0.0, 0, (_TOTAL, enumerated("reason", {"wrong_shade": 4, "damaged": 3, "late_delivery": 2, "changed_mind": 4}, "Why it was sent back", missing=0.08)), "The money of an order was given back", after=("Order Completed", 0.11, 480)),
    Happening("Coupon Applied", 0.45, 2.4, (enumerated("coupon_name", {"WELCOME10": 4, "GLOW20": 3, "FREESHIP": 3, "BDAY15": 1}, "WELCOME10 = 10 % for newcomers, GLOW20 = 20 % off, FREESHIP = free shipping, BDAY15 = 15 % for the birthday"), Column("discount", "number", money(2, 50), "What it saved, in US dollars"))),
    Happening("Product Reviewed", 0.4, 2.2, (_CATEGORY, _NAME, _BRAND, Column("rating", "integer", lambda rng, _: rng.choice((1, 2, 3, 3, 4, 4, 5, 5, 5)), "Stars, 1 to 5"), Column("review_body", "text", pick("Lovely", "Too heavy for me", "Would buy again", "Smells great"), missing=0.4)), "A product was rated"),
    Happening("Product Added to Wishlist", 0.5, 3, (_CATEGORY, _NAME, _BRAND, _PRICE)),
    Happening("Product Shared", 0.25, 1.6, (Column("name", "text", pick(*_ALL_PRODUCTS)), enumerated("share_via", {"whatsapp": 4, "instagram": 3, "email": 2, "pinterest": 2}))),
    Happening("Email Delivered", 0.85, 9, (_CAMPAIGN,), "An e-mail reached the inbox"),
    Happening("Email Opened", 0.0, 0, (_CAMPAIGN,), after=("Email Delivered", 0.45, 70)),
    Happening("Email Link Clicked", 0.0, 0, (_CAMPAIGN, enumerated("link_url", {"/sale": 4, "/new-in": 3, "/loyalty": 2, "/skin-quiz": 2})), after=("Email Opened", 0.36, 6)),
    Happening("Unsubscribed", 0.14, 0.8, (enumerated("list_name", {"Newsletter": 4, "Promotions": 4, "Loyalty News": 1}, "List that was left"),), "Somebody left a mailing list"),
)  # fmt: skip

WORLD = World(
    name="rosewell",
    seed=20261111,
    as_of=AS_OF,
    people=1_800,
    traits=TRAITS,
    events=EVENTS,
    prefix="rw",
    history_days=600,
    inactive_plan=(
        Happening("Coupon Denied", 0, 0, (enumerated("reason", {"expired": 1, "minimum_not_met": 1}),), "A coupon was not accepted"),
    ),
    settings={
        "timezone": "America/New_York",
        "currency": "USD",
        "lookback_days": 730,
        "dynamic_plus_limit": 25,
        "glossary": {
            "VIP": "trait('loyalty_tier') = 'Rose Gold' OR trait('lifetime_value') >= 1500",
            "coupon hunter": "event('Coupon Applied').within(365 days).count() >= 3",
            "lapsed": "event('Order Completed').count() >= 1 AND event('Order Completed').within(180 days).count() = 0",
        },
    },
)  # fmt: skip
