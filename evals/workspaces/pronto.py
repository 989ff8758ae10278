"""pronto: rides and food brought home. Dotted event names with versions, mixed spelling, amounts in cents, accounts."""

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
    day_near,
    enumerated,
    first_moment,
    last_moment,
    money,
    pick,
    some_of,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 12, 3, 22, 15, tzinfo=UTC)  # a Thursday, afternoon in Toronto


def cents(low: int, high: int) -> Maker:
    """An amount in cents, small ones more often."""
    return lambda rng, _: int(low + (high - low) * rng.random() ** 2.2)


def _pass_day(rng: Random, known: Known) -> Value:
    return AS_OF.date() + timedelta(days=rng.randint(0, 360)) if known["passTier"] else None


def _first_order(rng: Random, known: Known) -> Value:
    start: datetime = known["start"]
    return min(start.date() + timedelta(days=rng.randint(0, 60)), AS_OF.date())


def _role(rng: Random, known: Known) -> Value:
    return (
        rng.choices(("admin", "approver", "traveller"), (1, 2, 7))[0] if known["account"] else None
    )


TRAITS = (
    Column("given_name", "text", pick("Amélie", "Jordan", "Wei", "Fatima", "Luc", "Sasha", "Omar"), "First name"),
    Column("contactEmail", "text", lambda rng, _: f"r{rng.randint(1, 99999)}@example.com", "E-mail address", missing=0.03),
    Column("phone_e164", "text", lambda rng, _: f"+1416555{rng.randint(1000, 9999)}", "Phone number"),
    Column("birthDate", "date", birth_date(AS_OF, 18, 74), "Date of birth", missing=0.3),
    enumerated("home_city", {"Toronto": 5, "Montréal": 4, "Vancouver": 3, "Calgary": 2, "Ottawa": 1.5}, "City where they live"),
    enumerated("appLocale", {"en_CA": 7, "fr_CA": 3}, "Language of the app: en_CA = English, fr_CA = French"),
    Column("signup_ts", "timestamp", first_moment, "When the person signed up"),
    Column("firstOrderDate", "date", _first_order, "Day of the first food order", missing=0.3),
    Column("lastRideAt", "timestamp", last_moment(60_000, 3), "When the last ride ended", missing=0.25),
    enumerated("passTier", {"plus": 6, "max": 3}, "Subscription with free delivery: plus or max, not set without one", missing=0.6),
    Column("pass_renews_on", "date", _pass_day, "Day on which the subscription renews"),
    Column("card_expires_on", "date", day_near(AS_OF, -40, 1_200), "Last day of the payment card", missing=0.1),
    yes_no("push_marketing_ok", 0.6, "Agreed to marketing by push: Y = yes, N = no"),
    yes_no("email_marketing_ok", 0.55, "Agreed to marketing by e-mail: Y = yes, N = no", missing=0.12),
    yes_no("isCourier", 0.06, "Delivers for us as well: Y = yes, N = no"),
    Column("walletBalanceMinor", "integer", cents(0, 9_000), "Balance of the wallet, in cents", missing=0.2),
    Column("lifetimeSpendMinor", "integer", cents(0, 450_000), "All that was spent so far, in cents"),
    Column("riderRating", "number", lambda rng, _: round(5 - 2.5 * rng.random() ** 2, 1), "Rating by the drivers, 1 to 5", missing=0.25),
    enumerated("fav_cuisine", {"sushi": 3, "pizza": 4, "indian": 3, "thai": 2, "burgers": 4, "vegan": 1}, "Cuisine ordered most", missing=0.25),
    Column("savedPlaces", "list", some_of("home", "work", "gym", "airport", "school"), "Saved places", missing=0.3),
    enumerated("acquisition__channel", {"tiktok": 3, "google_ads": 4, "referral": 3, "billboard": 1}, "How the person came to us", missing=0.1),
    enumerated("deviceOs", {"ios": 6, "android": 5}, "System of the phone"),
    Column("bizRole", "text", _role, "Role in the company account", ("admin", "approver", "traveller")),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("companyName", "text", lambda rng, known: f"{rng.choice(('Maple', 'Laurier', 'Harbour', 'Prairie'))} {rng.choice(('Consulting', 'Builders', 'Media'))} {known['number']}", "Name of the company"),
    enumerated("sector", {"consulting": 4, "construction": 3, "media": 2, "tech": 4}, "Industry", missing=0.05),
    enumerated("planCode", {"TRIAL": 2, "CORE": 5, "PREMIER": 2}, "Plan of the company"),
    Column("monthlyBudgetMinor", "integer", cents(20_000, 2_500_000), "Budget a month, in cents"),
    Column("staff_count", "integer", lambda rng, _: int(4 * 10 ** (rng.random() * 3)), "Number of employees"),
    Column("contractSignedOn", "date", day_near(AS_OF, -900, -5), "Day on which the contract was signed"),
    Column("contract_ends_on", "date", day_near(AS_OF, -15, 420), "Day on which the contract ends", missing=0.15),
    enumerated("billingCity", {"Toronto": 5, "Montréal": 3, "Vancouver": 3, "Calgary": 2}, "City of the invoice"),
    yes_no("invoiceOverdue", 0.15, "Has an unpaid invoice past its date: Y = yes, N = no"),
)  # fmt: skip

_CUISINE = enumerated(
    "restaurant__cuisine",
    {"sushi": 3, "pizza": 4, "indian": 3, "thai": 2, "burgers": 4, "vegan": 1},
    "Cuisine of the restaurant",
)
_BASKET = Column(
    "basketTotalMinor", "integer", cents(900, 14_000), "Food and fees together, in cents"
)
_PRODUCT = enumerated("rideProduct", {"economy": 6, "comfort": 3, "xl": 1}, "Kind of car")
_CODES = {"SNOW10": 4, "FREERIDE": 3, "BDAY": 2}
_CAMPAIGN = enumerated(
    "campaign__name", {"Rainy Day": 4, "Late Night": 3, "Commute Week": 3}, "Campaign of the push"
)

EVENTS = (
    Happening("app.session.started", 0.97, 14, (enumerated("os", {"ios": 6, "android": 5}, "System of the phone"), yes_no("fromPush", 0.2, "Opened from a push: Y = yes, N = no")), "The app was opened"),
    Happening(
        "order.placed.v2", 0.8, 14,
        (
            _CUISINE, _BASKET, Column("tip_minor", "integer", cents(0, 1_500), "Tip in cents"),
            Column("promoCode", "text", pick(*_CODES), "Promotion code used", tuple(_CODES), missing=0.75),
            yes_no("isScheduled", 0.15, "Ordered ahead: Y = yes, N = no"),
            Column("item_count", "integer", whole(1, 9), "Number of dishes"),
            enumerated("payment__method", {"card": 6, "apple_pay": 4, "wallet": 2, "cash": 1}, "How it was paid"),
        ),
        "A food order was placed",
    ),
    Happening("order.delivered.v1", 0.01, 0.1, (_CUISINE, Column("minutesLate", "integer", lambda rng, _: max(0, int(rng.gauss(2, 15))), "Minutes after the promised time"), enumerated("courier__vehicle", {"bike": 4, "car": 4, "scooter": 2}, "Vehicle of the courier")), "A food order was handed over", after=("order.placed.v2", 0.92, 1.5)),
    Happening("order.cancelled.v1", 0.01, 0.1, (enumerated("cancelledBy", {"customer": 5, "restaurant": 3, "courier": 1}, "Who cancelled"), enumerated("reason_code", {"too_slow": 4, "wrong_address": 2, "closed": 2}, "Why", missing=0.1)), "A food order was cancelled", after=("order.placed.v2", 0.07, 0.5)),
    Happening("order.rated.v1", 0.01, 0.1, (Column("stars", "integer", lambda rng, _: rng.choices((1, 2, 3, 4, 5), (1, 1, 2, 4, 5))[0], "Stars, 1 to 5"), yes_no("commentLeft", 0.3, "With a comment: Y = yes, N = no")), "A food order was rated", after=("order.placed.v2", 0.25, 20)),
    Happening("cart.abandoned.v1", 0.4, 4, (_CUISINE, _BASKET), "Dishes were left in the cart"),
    Happening(
        "ride.completed.v3", 0.7, 16,
        (
            _PRODUCT, Column("fareMinor", "integer", cents(600, 9_500), "Price of the ride, in cents"),
            Column("distance_km", "number", money(0.8, 60), "Length in kilometres"),
            Column("durationSec", "integer", whole(180, 4_500), "Length in seconds"),
            enumerated("pickup__zone", {"downtown": 5, "suburb": 4, "airport": 2}, "Where it began"),
            yes_no("wasShared", 0.2, "Shared with strangers: Y = yes, N = no"),
        ),
        "A ride came to its end",
    ),
    Happening("ride.cancelled.v1", 0.35, 2, (enumerated("cancelledBy", {"rider": 5, "driver": 3}, "Who cancelled"), Column("waitSec", "integer", whole(10, 1_500), "Seconds waited before")), "A ride was cancelled before it began"),
    Happening("pass.subscribed.v1", 0.35, 0.9, (enumerated("tier", {"plus": 6, "max": 3}, "Which subscription"), enumerated("billing", {"monthly": 7, "yearly": 3}, "How it is billed"), Column("priceMinor", "integer", cents(499, 14_900), "Price in cents")), "A subscription was started"),
    Happening("pass.cancelled.v1", 0.02, 0.3, (enumerated("cancelReason", {"price": 4, "not_used": 4, "moved": 1}, "Why"),), "A subscription was stopped", after=("pass.subscribed.v1", 0.3, 3_000)),
    Happening("promo.applied.v1", 0.3, 2, (enumerated("code", _CODES, "Promotion code"), Column("discountMinor", "integer", cents(200, 2_500), "Taken off, in cents")), "A promotion was applied"),
    Happening("push.sent.v1", 0.85, 18, (_CAMPAIGN,), "A push message was sent"),
    Happening("push.opened.v1", 0.02, 0.4, (_CAMPAIGN,), "A push message was opened", after=("push.sent.v1", 0.25, 20)),
    Happening("support.ticket.opened.v1", 0.25, 1.4, (enumerated("topic", {"missing_item": 4, "late": 3, "lost_property": 2, "driver": 2}, "What it is about"), enumerated("contact__channel", {"chat": 6, "phone": 2}, "How they got in touch")), "Help was asked for", after=("order.delivered.v1", 0.05, 30)),
    Happening("refund.issued.v1", 0.01, 0.2, (Column("amountMinor", "integer", cents(150, 8_000), "Amount in cents"), enumerated("kind", {"full": 4, "partial": 6}, "How much of it")), "Money was given back", after=("support.ticket.opened.v1", 0.45, 60)),
    Happening("wallet.topped_up.v1", 0.25, 3, (Column("amountMinor", "integer", lambda rng, _: rng.choice((1_000, 2_000, 2_500, 5_000, 10_000)), "Amount in cents"),), "Money was put into the wallet"),
    Happening("referral.sent.v1", 0.2, 1.5, (enumerated("medium", {"sms": 3, "link": 4, "whatsapp": 4}, "How it was sent"),), "A friend was invited"),
)  # fmt: skip

WORLD = World(
    name="pronto",
    seed=20261203,
    as_of=AS_OF,
    people=2_600,
    traits=TRAITS,
    events=EVENTS,
    prefix="p",
    accounts=240,
    account_traits=ACCOUNT_TRAITS,
    history_days=500,
    inactive_plan=(
        Happening("gift.sent.v1", 0, 0, (Column("valueMinor", "integer", cents(1_000, 10_000), "Value in cents"),), "A voucher was given to somebody"),
    ),
    settings={
        "timezone": "America/Toronto",
        "currency": "CAD",
        "lookback_days": 540,
        "dynamic_plus_limit": 25,
        "glossary": {
            "foodie": "event('order.placed.v2').within(30 days).count() >= 3",
            "commuter": "event('ride.completed.v3').within(30 days).count() >= 4",
            "couriers": "trait('isCourier') = 'Y'",
        },
    },
)  # fmt: skip
