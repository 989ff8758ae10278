"""casamar: a hotel group with a loyalty programme. The hotels' system in snake_case, the app in camelCase, a CRM's traits of mixed habits, hotel and room codes, dates of stays to come."""

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
    yes_no,
)

AS_OF = datetime(2026, 9, 23, 8, 45, tzinfo=UTC)  # a Wednesday, a quarter to ten in Lisbon
HOTELS = {"LIS": 5, "OPO": 4, "FNC": 3, "SVQ": 3, "PMI": 3, "RAK": 2, "FAO": 4}
_HOTEL_CODES = (
    "LIS Lisbon, OPO Porto, FNC Funchal, SVQ Seville, PMI Palma, RAK Marrakesh, FAO Algarve"
)
TIERS = {"CORAL": 6, "PEARL": 3, "AMBER": 1.8, "ONYX": 0.7}
ROOMS = {"STD": 6, "SUP": 4, "FAM": 2, "JSU": 1.5, "STE": 0.9}
_ROOM_CODES = "STD standard, SUP superior, FAM family room, JSU junior suite, STE suite"


def _of_members(make: Maker) -> Maker:
    """Nothing for guests who are not in the loyalty programme."""
    return lambda rng, known: make(rng, known) if _is_member(known) else None


def _is_member(known: Known) -> bool:
    return known["member_no"] is not None


def _member_since(rng: Random, known: Known) -> Value:
    start: datetime = known["start"]
    return start.date() - timedelta(days=0 if rng.random() < 0.5 else rng.randint(1, 2_600))


def _points(rng: Random, _: Known) -> Value:
    return int(rng.expovariate(1 / 8_500))


def _next_arrival(rng: Random, known: Known) -> Value:
    if known["end"] < AS_OF or rng.random() < 0.5:
        return None
    return AS_OF.date() + timedelta(days=int(1 + 170 * rng.random() ** 1.4))


def _arrival(rng: Random, known: Known) -> Value:
    booked: datetime = known["at"]
    return booked.date() + timedelta(days=int(1 + 200 * rng.random() ** 1.9))


def _children(rng: Random, known: Known) -> Value:
    return rng.choice((0, 1, 1, 2, 2, 3)) if rng.random() < 0.35 else 0


def _score(rng: Random, _: Known) -> Value:
    return rng.choices(range(11), (1, 1, 1, 1, 2, 3, 4, 6, 8, 8, 7))[0]


TRAITS = (
    Column("email", "text", lambda rng, _: f"g{rng.randint(1, 99999)}@example.com", missing=0.05),
    Column("FirstName", "text", pick("Inês", "Rui", "Carmen", "Pablo", "Emily", "Jonas", "Chloé", "Liam")),
    enumerated("country", {"PT": 7, "ES": 5, "GB": 5, "DE": 4, "FR": 3, "US": 2, "BR": 1.5, "NL": 1.5, "IE": 1}, "Country of residence, ISO 3166-1 alpha-2", missing=0.04),
    Column("Guest_DOB", "date", birth_date(AS_OF, 19, 83), "Date of birth", missing=0.3),
    enumerated("Preferred_Language", {"pt": 6, "en": 7, "es": 4, "de": 3, "fr": 2}, "Language of letters and newsletters", missing=0.06),
    Column("member_no", "text", lambda rng, _: f"CM{rng.randint(100000, 999999)}", "Number in the loyalty programme, empty for guests who have not joined", missing=0.3),
    Column("loyalty_tier", "text", _of_members(pick(*TIERS, weights=list(TIERS.values()))), "Level in the loyalty programme", tuple(TIERS)),
    Column("memberSince", "date", _of_members(_member_since), "Day of joining the loyalty programme"),
    Column("points_balance", "integer", _of_members(_points), "Points that can be spent"),
    Column("points_expire_on", "date", _of_members(day_near(AS_OF, 0, 720)), "Day on which the points lapse", missing=0.2),
    Column("tier_valid_until", "date", _of_members(day_near(AS_OF, -10, 500)), "Last day of the present level"),
    Column("LifetimeNights", "integer", lambda rng, _: int(rng.expovariate(1 / 14)), "Nights slept in our hotels so far"),
    Column("lifetime_spend_eur", "number", money(60, 24_000), "All bills so far, in euros", missing=0.03),
    Column("next_arrival", "date", _next_arrival, "Arrival day of the next booked stay"),
    enumerated("favourite_hotel", HOTELS, missing=0.35),
    Column("room_prefs", "list", some_of("sea_view", "high_floor", "quiet_side", "twin_beds", "cot", "bathtub"), "Wishes for the room", missing=0.35),
    Column("Interests", "list", some_of("golf", "surfing", "wine", "wellness", "history", "hiking", "family_fun"), missing=0.4),
    Column("children_u12", "integer", _children, "Children under twelve who travel along", missing=0.12),
    enumerated("travels_with", {"couple": 6, "family": 4, "solo": 3, "friends": 2}, "Who usually comes along", missing=0.25),
    enumerated("corp_rate_cd", {"NVS12": 3, "BXT07": 2, "HLD33": 2, "ORB19": 1}, "Corporate rate of the guest's company: NVS12 Novasol, BXT07 Baxter Tull, HLD33 Haldane, ORB19 Orbita", missing=0.78),
    yes_no("OptIn_Email", 0.6, "Agreed to be sent newsletters", missing=0.1),
    Column("sms_consent", "boolean", chance(0.42), "May be sent text messages", missing=0.15),
    enumerated("no_calls", {"0": 8, "1": 2}, "1 asked not to be called"),
    enumerated("vip_lvl", {"V1": 5, "V2": 3, "V3": 1}, "Set by the hotels: V1 known guest, V2 important guest, V3 guest of the owners", missing=0.82),
    enumerated("x_seg", {"A": 2, "B": 4, "C": 5}, "Predicted value in the coming year: A high, B medium, C low", missing=0.1),
    Column("Wedding_Anniv", "date", day_near(AS_OF, -14_000, -200), "Wedding day", missing=0.72),
    enumerated("lead_source", {"website": 5, "booking_site": 5, "travel_agent": 2, "walk_in": 2, "fair": 0.8}, missing=0.08),
    Column("created_at", "timestamp", first_moment, "When the profile was made"),
)  # fmt: skip

_HOTEL = enumerated("hotel", HOTELS, f"Hotel: {_HOTEL_CODES}")
_ROOM = enumerated("room_type", ROOMS, f"Room: {_ROOM_CODES}")
_NIGHTS = Column("nights", "integer", lambda rng, _: rng.choices((1, 2, 3, 4, 5, 7, 10, 14), (5, 7, 6, 3, 3, 4, 1.5, 1))[0], "Number of nights")  # fmt: skip
_CHANNEL = enumerated("booking_channel", {"website": 5, "app": 3, "phone": 2, "booking_site": 5, "corporate": 1.5}, "Where it was booked; booking_site is any outside portal")  # fmt: skip
_RATE = enumerated("rate_plan", {"BAR": 6, "NRF": 4, "MBR": 3, "COR": 1.5, "SPA": 1.2}, "Rate: BAR flexible, NRF non-refundable, MBR members' rate, COR corporate rate, SPA package with spa")  # fmt: skip
_CAMPAIGN = enumerated("campaign", {"autumn_escapes": 4, "spa_days": 3, "double_points": 3, "new_year_gala": 2, "algarve_golf": 2}, "Name of the newsletter")  # fmt: skip

EVENTS = (
    Happening("booking_created", 0.92, 3.4, (_HOTEL, _ROOM, _NIGHTS, _CHANNEL, _RATE, Column("arrival_date", "date", _arrival, "First day of the booked stay"), Column("children", "integer", lambda rng, _: rng.choices((0, 1, 2, 3), (7, 2, 2, 0.7))[0], "Children on the booking"), Column("total_eur", "number", money(70, 3_900), "Price of the booking in euros")), "A stay was booked"),
    Happening("booking_cancelled", 0.0, 0, (_HOTEL, _CHANNEL, enumerated("reason", {"change_of_plans": 5, "price": 3, "illness": 2, "flight_cancelled": 1.5}, "Reason given", missing=0.15), Column("fee_eur", "number", lambda rng, _: 0.0 if rng.random() < 0.6 else round(20 + 400 * rng.random() ** 2, 2), "Cancellation fee in euros, 0 if free of charge")), "A booking was cancelled", after=("booking_created", 0.19, 700)),
    Happening("no_show", 0.0, 0, (_HOTEL, _RATE), "The guest never arrived", after=("booking_created", 0.04, 1_500)),
    Happening("stay_checked_out", 0.0, 0, (_HOTEL, _ROOM, _NIGHTS, Column("total_eur", "number", money(80, 5_200), "Whole bill in euros"), enumerated("folio_currency", {"EUR": 8, "GBP": 2.5, "USD": 1.5, "MAD": 0.8}, "Currency in which the bill was paid"), enumerated("purpose", {"L": 7, "B": 3}, "L leisure, B business", missing=0.08), Column("late_checkout", "boolean", chance(0.16), "The room was kept after noon")), "A stay ended and its bill was settled", after=("booking_created", 0.7, 2_200)),
    Happening("fnb_charge", 0.66, 5, (_HOTEL, enumerated("outlet", {"restaurant": 6, "bar": 4, "pool_bar": 2, "room_service": 2, "rooftop": 1.5}, "Where it was eaten or drunk"), Column("amount", "number", money(6, 340), "Bill in euros"), Column("covers", "integer", whole(1, 8), "People at the table", missing=0.1)), "Food or drink was put on the bill"),
    Happening("spa_visit", 0.36, 2.2, (_HOTEL, enumerated("treatment", {"massage": 5, "facial": 3, "hammam": 2, "manicure": 2, "pool_day": 2}, "Treatment"), Column("minutes", "integer", lambda rng, _: rng.choice((25, 50, 50, 80, 110)), "Length in minutes"), Column("price_eur", "number", money(25, 310), "Price in euros")), "A treatment in the spa"),
    Happening("pts_posted", 0.66, 5.5, (Column("points", "integer", lambda rng, _: 50 * rng.randint(1, 90), "Points credited"), enumerated("source", {"stay": 6, "restaurant": 3, "spa": 2, "partner": 2, "bonus": 1.5}, "What they were earned with")), "Points were earned", who=_is_member),
    Happening("pts_redeemed", 0.34, 1.3, (Column("points", "integer", lambda rng, _: 500 * rng.randint(2, 40), "Points spent"), enumerated("reward", {"free_night": 5, "room_upgrade": 3, "spa_voucher": 2, "airline_miles": 2, "wine_box": 1}, "What they were spent on")), "Points were spent", who=_is_member),
    Happening("tier_changed", 0.4, 0.9, (enumerated("direction", {"up": 6, "down": 3}, "Whether the level rose or fell"), enumerated("new_tier", TIERS, "Level from then on")), "The level in the loyalty programme changed", who=_is_member),
    Happening("appSessionStarted", 0.52, 12, (enumerated("platform", {"ios": 6, "android": 5}), Column("duringStay", "boolean", chance(0.3), "While the guest was in one of the hotels")), "The app was opened"),
    Happening("mobileKeyUsed", 0.24, 2.5, (Column("hotel", "text", pick(*HOTELS, weights=list(HOTELS.values())), "", tuple(HOTELS)),), "A room was opened with the phone"),
    Happening("wishlistAdded", 0.33, 2.6, (Column("hotel", "text", pick(*HOTELS, weights=list(HOTELS.values())), "", tuple(HOTELS)),), "A hotel was put on the wish list in the app"),
    Happening("web_visit", 0.74, 9, (enumerated("page_group", {"home": 5, "offers": 4, "hotel": 5, "spa": 2, "golf": 1.2, "checkout": 2, "loyalty": 2}, "Part of the website where most time was spent"), enumerated("utm_source", {"google": 5, "newsletter": 3, "instagram": 2, "tripadvisor": 2, "direct": 4}, missing=0.1), Column("seconds", "integer", lambda rng, _: int(8 + rng.expovariate(1 / 190)), "Length of the visit in seconds"), enumerated("device", {"mobile": 6, "desktop": 4, "tablet": 1}, "Device")), "A visit to the website, from the analytics tool"),
    Happening("nl_sent", 0.8, 7, (_CAMPAIGN,), "A newsletter was sent"),
    Happening("nl_opened", 0.0, 0, (_CAMPAIGN,), "A newsletter was opened", after=("nl_sent", 0.42, 70)),
    Happening("nl_clicked", 0.0, 0, (_CAMPAIGN,), "A link in a newsletter was clicked", after=("nl_opened", 0.3, 4)),
    Happening("surveySubmitted", 0.0, 0, (_HOTEL, Column("npsScore", "integer", _score, "Would recommend us, 0 to 10"), Column("cleanliness", "integer", whole(1, 5), "Cleanliness of the room, 1 to 5 stars"), Column("staff", "integer", whole(2, 5), "Friendliness of the staff, 1 to 5 stars"), Column("wants_callback", "boolean", chance(0.12), "Asked to be called back")), "The survey after a stay was filled in", after=("stay_checked_out", 0.46, 200)),
    Happening("EV_88", 0.22, 1.0, (Column("face_value", "number", lambda rng, _: float(rng.choice((50, 100, 100, 150, 200, 300, 500))), "Value in pounds"), enumerated("delivery", {"email": 5, "post": 2}, "How it was sent"), enumerated("occasion", {"birthday": 4, "wedding": 2, "christmas": 3, "thanks": 1.5}, missing=0.2)), "A gift voucher was bought for somebody else"),
)  # fmt: skip

WORLD = World(
    name="casamar",
    seed=20260923,
    as_of=AS_OF,
    people=1_400,
    traits=TRAITS,
    events=EVENTS,
    prefix="g",
    history_days=520,
    inactive_plan=(
        Happening("wedding_enquired", 0, 0, (), "An offer for a wedding party was asked for"),
    ),
    settings={
        "timezone": "Europe/Lisbon",
        "currency": "EUR",
        "lookback_days": 540,
        "dynamic_plus_limit": 20,
        "glossary": {
            "regular": "event('stay_checked_out').within(365 days).count() >= 3",
            "detractor": "event('surveySubmitted').last(property('npsScore')) <= 6",
            "foodie": "event('fnb_charge').where(property('outlet') = 'restaurant').within(365 days).count() >= 3",
        },
    },
)  # fmt: skip
