"""thymebox: meal kits by subscription. Shop events in Title Case beside the company's own in snake_case, flags in four forms, half described."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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
    first_moment,
    last_moment,
    money,
    pick,
    some_of,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 8, 20, 22, 15, tzinfo=UTC)  # already Friday morning in Melbourne
TODAY = date(2026, 8, 21)  # there
STATES = {"NSW": ("2", 6), "VIC": ("3", 6), "QLD": ("4", 4), "SA": ("5", 2), "WA": ("6", 2.5), "TAS": ("7", 1), "ACT": ("26", 1)}  # fmt: skip
RECIPES = {
    "Miso Salmon Bowl": "Japanese", "Teriyaki Chicken": "Japanese", "Lamb Kofta": "Middle Eastern",
    "Halloumi Fattoush": "Middle Eastern", "Thai Green Curry": "Thai", "Pad See Ew": "Thai",
    "Mushroom Risotto": "Italian", "Nonna's Meatballs": "Italian", "Beef Tacos": "Mexican",
    "Black Bean Chilli": "Mexican", "Butter Chicken": "Indian", "Chana Masala": "Indian",
}  # fmt: skip
ADD_ONS = {
    "Sourdough Loaf": "breakfast", "Granola": "breakfast", "Overnight Oats": "breakfast",
    "Sticky Date Pudding": "dessert", "Lemon Tart": "dessert", "Barossa Shiraz": "wine",
    "Yarra Pinot": "wine", "Garlic Bread": "side", "Green Salad": "side", "Chef's Knife": "kitchenware",
}  # fmt: skip
PLANS = {"CLS": 6, "VEG": 3, "FAM": 4, "LIT": 2.5, "PRO": 1.5}
_PLAN_CODES = "CLS Classic, VEG Veggie, FAM Family, LIT Calorie Smart, PRO Protein Plus"
_COUPONS = {"WELCOME60": 5, "COMEBACK25": 3, "FREEDESSERT": 2, "MATES40": 3, "WINTER15": 3}
_CAMPAIGNS = {"weekly_menu": 7, "cutoff_reminder": 5, "winback": 2, "add_on_offer": 3, "refer_a_mate": 2}  # fmt: skip


def _postcode(rng: Random, known: Known) -> Value:
    if known["state"] is None:
        return None
    start = STATES[str(known["state"])][0]
    return start + str(rng.randint(0, 10 ** (4 - len(start)) - 1)).zfill(4 - len(start))


def _status(rng: Random, known: Known) -> Value:
    if known["end"] < AS_OF:
        return rng.choices(("canceled", "paused", "unpaid"), (8, 1.5, 1))[0]
    return rng.choices(("active", "paused", "past_due", "canceled"), (7, 1.8, 1, 0.5))[0]


def _portions(rng: Random, known: Known) -> Value:
    return rng.choice((4, 4, 6)) if known["plan_code"] == "FAM" else rng.choice((2, 2, 2, 4))


def _household(rng: Random, known: Known) -> Value:
    return rng.randint(3, 6) if known["plan_code"] == "FAM" else rng.choice((1, 1, 2, 2, 2, 3, 4))


def _has_kids(rng: Random, known: Known) -> Value:
    return rng.random() < (0.75 if known["plan_code"] == "FAM" else 0.2)


def _price(_: Random, known: Known) -> Value:
    meals = int(known["meals_per_week"]) * int(known["portions"])
    return meals * (1_090 if known["plan_code"] in ("PRO", "VEG") else 990) + 999


def _next_delivery(rng: Random, known: Known) -> Value:
    if known["subscription_status"] != "active":
        return None
    return TODAY + timedelta(days=rng.choice((2, 3, 4, 5, 9, 10, 11, 17, 24)))


def _paused_until(rng: Random, known: Known) -> Value:
    if known["subscription_status"] != "paused" or rng.random() < 0.15:
        return None
    return TODAY + timedelta(days=rng.randint(1, 75))


def _cancel_reason(rng: Random, known: Known) -> Value:
    if known["subscription_status"] != "canceled" or rng.random() < 0.2:
        return None
    return rng.choices(("too_expensive", "no_time", "moving", "taste", "too_much_waste"), (5, 3, 2, 2, 1.5))[0]  # fmt: skip


def _card_expires(rng: Random, known: Known) -> Value:
    if known["default_payment_method"] != "card":
        return None
    return TODAY + timedelta(days=rng.randint(-40, 1_100))


def _boxes(rng: Random, known: Known) -> Value:
    weeks = (known["end"] - known["start"]).days / 7
    return int(weeks * (0.25 + 0.75 * rng.random())) + rng.choice((0, 0, 0, 20, 60))


def _value(rng: Random, known: Known) -> Value:
    return round(int(known["boxes_received"]) * (55 + 75 * rng.random()), 2)


TRAITS = (
    Column("first_name", "text", pick("Mia", "Jack", "Charlotte", "Noah", "Priya", "Liam", "Thuy", "Ruby")),
    Column("email", "text", lambda rng, _: f"t{rng.randint(1, 99999)}@example.com", missing=0.02),
    enumerated("state", {name: share for name, (_, share) in STATES.items()}, "State of the delivery address", missing=0.02),
    Column("postcode", "text", _postcode),
    Column("birthday", "date", birth_date(AS_OF, 19, 74), missing=0.42),
    Column("created_at", "timestamp", first_moment, "When the account was created"),
    Column("subscription_status", "text", _status, "Status in billing", ("active", "paused", "past_due", "unpaid", "canceled")),
    enumerated("plan_code", PLANS, f"Current or last plan: {_PLAN_CODES}"),
    Column("meals_per_week", "integer", whole(2, 6), "Meals in a weekly box"),
    Column("portions", "integer", _portions, "Portions of each meal"),
    Column("box_price_cents", "integer", _price, "Price of a weekly box with delivery, in cents"),
    Column("household_size", "integer", _household, "People in the household", missing=0.18),
    Column("has_kids", "boolean", _has_kids, "Children live in the household", missing=0.3),
    Column("dietary_preferences", "list", some_of("vegetarian", "vegan", "gluten_free", "dairy_free", "low_carb", "pescatarian", most=2), missing=0.45),
    Column("disliked_ingredients", "list", some_of("mushrooms", "coriander", "olives", "seafood", "eggplant", "chilli"), "Left out of suggestions", missing=0.5),
    enumerated("delivery_day", {"SUN": 4, "MON": 5, "TUE": 3, "WED": 1.5}, "Weekday of the delivery"),
    Column("next_delivery_on", "date", _next_delivery),
    Column("paused_until", "date", _paused_until, "Day on which the pause ends by itself"),
    Column("cancel_reason", "text", _cancel_reason),
    enumerated("default_payment_method", {"card": 7, "paypal": 3, "apple_pay": 2}),
    Column("card_expires_on", "date", _card_expires, "Last day on which the stored card is valid"),
    Column("credit_balance", "number", lambda rng, _: 0.0 if rng.random() < 0.66 else round(5 + 70 * rng.random() ** 2, 2), "Credit on the account, AUD"),
    Column("boxes_received", "integer", _boxes, "Boxes delivered in all time"),
    Column("lifetime_value", "number", _value, "Money spent in all time, AUD"),
    enumerated("acquisition_channel", {"referral": 4, "facebook": 4, "google": 3, "podcast": 2, "tv": 1.5, "letterbox": 1}, "Where they first heard of us", missing=0.1),
    Column("email_opt_in", "boolean", chance(0.68), "May be sent marketing e-mail", missing=0.09),
    yes_no("sms_ok", 0.41, "May be sent marketing texts: Y or N", missing=0.12),
    enumerated("push_permission", {"granted": 5, "denied": 3, "not_asked": 3}),
    Column("last_seen_at", "timestamp", last_moment(90_000, 2.5), "Last visit to the site or the app", missing=0.06),
    enumerated("k_band", {"1": 3, "2": 4, "3": 3}, "Predicted risk of cancelling: 1 low, 2 medium, 3 high", missing=0.07),
)  # fmt: skip


def _cuisine(_: Random, known: Known) -> Value:
    return RECIPES[str(known["recipe"])]


def _category(_: Random, known: Known) -> Value:
    return ADD_ONS.get(str(known["name"]), "meal")


def _other_plan(rng: Random, known: Known) -> Value:
    return rng.choice([each for each in PLANS if each != known["from_plan"]])


def _add_ons(rng: Random, _: Known) -> Value:
    return 0.0 if rng.random() < 0.6 else round(6 + 60 * rng.random() ** 2, 2)


def _stars(rng: Random, _: Known) -> Value:
    return rng.choices((1, 2, 3, 4, 5), (1, 1.5, 3, 5, 5))[0]


_CAMPAIGN = enumerated("campaign_name", _CAMPAIGNS)
_COUPON = enumerated("coupon", _COUPONS, "Voucher code that was used", missing=0.7)
_CATEGORIES = tuple(dict.fromkeys(("meal", *ADD_ONS.values())))
_REASONS = {"too_expensive": 5, "no_time": 3, "moving": 2, "taste": 2, "too_much_waste": 1.5}

EVENTS = (
    Happening("Order Completed", 0.93, 14, (Column("total", "number", money(48, 260), "Amount charged, AUD"), Column("discount", "number", lambda rng, _: 0.0 if rng.random() < 0.7 else round(5 + 60 * rng.random() ** 2, 2), "Money off, AUD"), _COUPON, Column("add_on_total", "number", _add_ons, "Part of the amount that went on add-ons, AUD"), Column("meals", "integer", whole(2, 6), "Meals in the box")), "The box of a week was charged"),
    Happening("Box Delivered", 0.0, 0, (Column("on_time", "boolean", chance(0.87), "Arrived within the promised hours"), enumerated("carrier", {"CoolRun": 6, "Sendle": 3, "Bonds": 2}, "Delivery company"), Column("temperature_c", "number", lambda rng, _: round(1 + 9 * rng.random() ** 2, 1), "Degrees in the box on arrival", missing=0.15)), "A box was left at the door", after=("Order Completed", 0.96, 110)),
    Happening("box_skipped", 0.66, 5, (enumerated("reason", {"away": 5, "menu": 3, "budget": 3, "too_much_food": 2}, "Why the week was skipped", missing=0.2), Column("days_notice", "integer", whole(0, 20), "Days between the skip and the delivery")), "One week was skipped"),
    Happening("subscription_paused", 0.36, 1.3, (Column("weeks", "integer", whole(2, 12), "Length of the pause in weeks"), enumerated("via", {"app": 5, "website": 4, "phone": 1}))),
    Happening("subscription_reactivated", 0.1, 0.6, (Column("with_offer", "boolean", chance(0.45), "An offer brought them back"),), "A paused or cancelled subscription was started again", after=("subscription_paused", 0.4, 1_000)),
    Happening("subscription_cancelled", 0.34, 0.8, (enumerated("reason", _REASONS, missing=0.15), Column("boxes_so_far", "integer", whole(1, 60)))),
    Happening("plan_changed", 0.4, 1.1, (enumerated("from_plan", PLANS, f"Old plan: {_PLAN_CODES}"), Column("to_plan", "text", _other_plan, f"New plan: {_PLAN_CODES}", tuple(PLANS)), Column("meals_delta", "integer", whole(-2, 2), "Meals more or, below 0, fewer a week")), "Another plan was chosen"),
    Happening("recipe_rated", 0.58, 8, (Column("recipe", "text", pick(*RECIPES), "", tuple(RECIPES)), Column("cuisine", "text", _cuisine, "", tuple(dict.fromkeys(RECIPES.values()))), Column("stars", "integer", _stars, "1 to 5"), Column("would_cook_again", "boolean", chance(0.7))), "A recipe was given stars"),
    Happening("Product Viewed", 0.8, 9, (Column("name", "text", pick(*RECIPES, *ADD_ONS), "", (*RECIPES, *ADD_ONS)), Column("category", "text", _category, "Meal or kind of add-on", _CATEGORIES), Column("price", "number", money(4, 45))), "A meal or an add-on was looked at on the menu"),
    Happening("Product Added", 0.52, 5, (Column("name", "text", pick(*ADD_ONS), "", tuple(ADD_ONS)), Column("category", "text", _category, "Kind of add-on", tuple(dict.fromkeys(ADD_ONS.values()))), Column("price", "number", money(4, 45)), Column("quantity", "integer", whole(1, 4))), "An add-on was put in the box"),
    Happening("Coupon Applied", 0.55, 1.6, (enumerated("coupon_name", _COUPONS, "Voucher code"), Column("discount", "number", money(5, 80), "Money off, AUD"))),
    Happening("referral_sent", 0.35, 2.4, (enumerated("via", {"whatsapp": 5, "email": 3, "sms": 2, "link": 3}), Column("friend_joined", "boolean", chance(0.24), "The friend has had a first box since")), "A mate was invited"),
    Happening("complaint_raised", 0.4, 1.5, (enumerated("topic", {"missing_item": 5, "late_delivery": 4, "quality": 3, "damaged_box": 2, "wrong_box": 1}, "What it was about"), enumerated("channel", {"chat": 5, "email": 3, "phone": 2}), Column("hours_to_resolve", "number", lambda rng, _: round(0.2 + rng.expovariate(0.06), 1), "Hours until it was settled", missing=0.12)), "A customer complained"),
    Happening("Order Refunded", 0.02, 0.4, (Column("total", "number", money(5, 140), "Amount given back, AUD"), enumerated("paid_as", {"credit": 6, "original_payment": 4}, "How the money was given back")), "Money was given back", after=("complaint_raised", 0.55, 120)),
    Happening("Email Opened", 0.82, 12, (_CAMPAIGN,)),
    Happening("Email Link Clicked", 0.02, 0.5, (_CAMPAIGN, enumerated("link", {"menu": 6, "account": 2, "offer": 3, "recipe": 3})), after=("Email Opened", 0.24, 6)),
    Happening("Application Opened", 0.6, 16, (enumerated("os", {"ios": 6, "android": 5}), Column("from_push", "boolean", chance(0.22), "Opened by tapping a push message"))),
    Happening("invoice_payment_failed", 0.26, 1.4, (Column("amount_due", "integer", whole(4_800, 24_000), "In cents"), Column("attempt_count", "integer", whole(1, 4), "Which attempt it was"), enumerated("decline_code", {"insufficient_funds": 5, "expired_card": 3, "do_not_honor": 2, "lost_card": 1}))),
)  # fmt: skip

WORLD = World(
    name="thymebox",
    seed=20260821,
    as_of=AS_OF,
    people=1_200,
    traits=TRAITS,
    events=EVENTS,
    prefix="cus_",
    history_days=480,
    inactive_plan=(
        Happening("gift_card_bought", 0, 0, (), "A gift card was bought"),
    ),
    settings={
        "timezone": "Australia/Melbourne",
        "currency": "AUD",
        "lookback_days": 455,
        "dynamic_plus_limit": 20,
        "glossary": {
            "loyal cook": "trait('boxes_received') >= 25",
            "serial skipper": "event('box_skipped').within(90 days).count() >= 3",
            "big box": "trait('meals_per_week') >= 5 AND trait('portions') >= 4",
        },
    },
)  # fmt: skip
