"""swiftrail: train and coach tickets across Europe in an app. Events are verbs in snake_case, people and properties in camelCase, operators, railcards and fares by code, half described."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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
    last_moment,
    money,
    pick,
    some_of,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 10, 14, 8, 30, tzinfo=UTC)  # a Wednesday, mid-morning in Paris
CITIES = {
    "Paris": 6, "Lyon": 3, "Madrid": 4, "Barcelona": 4, "Berlin": 4, "Munich": 3, "Milan": 3,
    "Rome": 3, "London": 4, "Brussels": 2, "Amsterdam": 3, "Vienna": 2, "Zurich": 1, "Lisbon": 1,
}  # fmt: skip
TRAIN_OPERATORS = {"SNC": 5, "DBA": 5, "RNF": 4, "TRI": 3, "EUS": 3, "OBB": 2}
COACH_OPERATORS = {"FLX": 5, "BBC": 3, "ALS": 2}
OPERATOR_TEXT = "SNC = SNCF, DBA = Deutsche Bahn, RNF = Renfe, TRI = Trenitalia, EUS = Eurostar, OBB = ÖBB, FLX = FlixBus, BBC = BlaBlaCar Bus, ALS = Alsa"
RAILCARDS = {"YTH": 4, "SNR": 3, "BC25": 3, "BC50": 2, "ADV": 3, "FAM": 2}
RAILCARD_TEXT = "YTH = Youth, SNR = Senior, BC25 = BahnCard 25, BC50 = BahnCard 50, ADV = Carte Avantage, FAM = Family"
STATIONS = (
    "Paris Gare de Lyon", "Paris Nord", "Lyon Part-Dieu", "Madrid Atocha", "Barcelona Sants",
    "Berlin Hbf", "München Hbf", "Milano Centrale", "Roma Termini", "London St Pancras",
    "Bruxelles-Midi", "Amsterdam Centraal", "Wien Hbf",
)  # fmt: skip
ROUTES = (
    "Paris-Lyon", "Madrid-Barcelona", "Berlin-Munich", "Milan-Rome", "London-Paris",
    "Brussels-Amsterdam", "Vienna-Munich", "Barcelona-Paris",
)  # fmt: skip


def _city(other: str) -> Maker:
    """A city that is not the one at the journey's other end."""

    def make(rng: Random, known: Known) -> Value:
        left = {city: share for city, share in CITIES.items() if city != known.get(other)}
        return rng.choices(list(left), list(left.values()))[0]

    return make


def _operator(rng: Random, known: Known) -> Value:
    codes = COACH_OPERATORS if known["mode"] == "coach" else TRAIN_OPERATORS
    return rng.choices(list(codes), list(codes.values()))[0]


def _fare(rng: Random, known: Known) -> Value:
    low, high = (6, 60) if known["mode"] == "coach" else (12, 240)
    return round(low + (high - low) * rng.random() ** 2, 2)


def _railcard_ends(rng: Random, known: Known) -> Value:
    if known["railcardType"] is None:
        return None
    return AS_OF.date() + timedelta(days=rng.randint(-120, 364))


def _renews(rng: Random, known: Known) -> Value:
    if known["railcardType"] is None:
        return None
    return "Y" if rng.random() < 0.55 else "N"


def _bought_railcard(rng: Random, known: Known) -> Value:
    """Mostly the one that is held today."""
    if rng.random() < 0.65:
        return str(known["railcardType"])
    return rng.choices(list(RAILCARDS), list(RAILCARDS.values()))[0]


def _has_railcard(known: Known) -> bool:
    return known["railcardType"] is not None


def _delay(rng: Random, _: Known) -> Value:
    return 0 if rng.random() < 0.45 else int(rng.expovariate(1 / 22))


def _claimed_delay(rng: Random, _: Known) -> Value:
    return 30 + int(rng.expovariate(1 / 45))


TRAITS = (
    Column("firstName", "text", pick("Élodie", "Jonas", "Carmen", "Giulia", "Tom", "Sanne", "Miguel", "Anke")),
    Column("email", "text", lambda rng, _: f"s{rng.randint(1, 99999)}@example.com", missing=0.03),
    Column("mobileNumber", "text", lambda rng, _: f"+0000{rng.randint(100000, 999999)}", missing=0.35),
    Column("signedUpAt", "timestamp", first_moment, "When the account was opened"),
    Column("lastSeenAt", "timestamp", last_moment(50_000, 3), missing=0.03),
    Column("lastTripAt", "timestamp", last_moment(250_000, 2), "Departure of the latest trip travelled", missing=0.15),
    Column("nextTripAt", "date", day_near(AS_OF, 0, 75), "Departure day of the next trip that is booked", missing=0.6),
    Column("homeStation", "text", pick(*STATIONS, weights=(5, 4, 3, 4, 4, 4, 3, 3, 3, 4, 2, 3, 2)), missing=0.12),
    enumerated("countryCode", {"FR": 7, "DE": 6, "ES": 5, "IT": 4, "GB": 4, "NL": 2, "BE": 2, "AT": 2, "CH": 1, "PT": 1}, missing=0.04),
    enumerated("language", {"fr": 7, "de": 7, "es": 5, "it": 4, "en": 6, "nl": 2, "pt": 1}, "Language of the app", missing=0.02),
    Column("birthDate", "date", birth_date(AS_OF, 16, 82), missing=0.25),
    enumerated("railcardType", RAILCARDS, f"Railcard held: {RAILCARD_TEXT}", missing=0.55),
    Column("railcardExpiresAt", "date", _railcard_ends, "Last day on which the railcard is valid"),
    Column("railcardAutoRenew", "text", _renews, enum=("Y", "N")),
    Column("tripsTaken", "integer", lambda rng, _: int(rng.expovariate(0.14)), "Trips since the account was opened"),
    Column("totalSpent", "number", lambda rng, _: round(2_600 * rng.random() ** 3, 2), "Euros ever paid for tickets"),
    Column("loyaltyPoints", "integer", lambda rng, _: int(9_000 * rng.random() ** 2.5)),
    enumerated("loyaltyTier", {"BRZ": 7, "SLV": 4, "GLD": 2, "PLT": 1}, "BRZ = Bronze, SLV = Silver, GLD = Gold, PLT = Platinum", missing=0.25),
    enumerated("travelPurpose", {"L": 7, "B": 4, "C": 4, "S": 2}, "L = leisure, B = business, C = commuting, S = study", missing=0.2),
    enumerated("preferredClass", {"1": 2, "2": 6}, missing=0.3),
    enumerated("seatPreference", {"window": 5, "aisle": 3, "quiet_zone": 2, "table": 1}, missing=0.4),
    Column("favouriteRoutes", "list", some_of(*ROUTES), "Routes that were starred in the app", missing=0.35),
    Column("savedPaymentMethods", "list", some_of("card", "paypal", "apple_pay", "google_pay", most=2), missing=0.3),
    yes_no("marketingOptIn", 0.6, "Agreed to marketing e-mail", missing=0.1),
    Column("pushEnabled", "boolean", chance(0.58), missing=0.05),
    enumerated("acquisitionChannel", {"app_store": 5, "google_ads": 4, "referral": 3, "instagram": 2, "affiliate": 2, "organic": 5}, missing=0.08),
    Column("churnScore", "number", lambda rng, _: round(rng.random() ** 1.4, 2), "Predicted chance of leaving within three months, 0 to 1", missing=0.1),
    Column("isStaff", "integer", lambda rng, _: int(rng.random() < 0.04), "1 = works for us, 0 = customer"),
)  # fmt: skip

_FROM = Column("fromCity", "text", _city("toCity"), "City of departure", tuple(CITIES))
_TO = Column("toCity", "text", _city("fromCity"), "City of arrival", tuple(CITIES))
_MODE = enumerated("mode", {"train": 7, "coach": 3})
_OPERATOR = Column("operator", "text", _operator, OPERATOR_TEXT, (*TRAIN_OPERATORS, *COACH_OPERATORS))  # fmt: skip
_PASSENGERS = Column("passengers", "integer", lambda rng, _: rng.choice((1, 1, 1, 1, 2, 2, 3, 4, 5, 7)))  # fmt: skip
_CAMPAIGNS = {"price_drop": 4, "trip_reminder": 4, "weekend_deals": 3, "railcard_renewal": 2}

EVENTS = (
    Happening("app_opened", 0.93, 30, (enumerated("platform", {"ios": 5, "android": 6}), Column("appVersion", "text", pick("7.2", "7.3", "8.0", "8.1", weights=(1, 2, 4, 3))))),
    Happening("search_done", 0.88, 16, (_FROM, _TO, _MODE, _PASSENGERS, Column("daysAhead", "integer", lambda rng, _: int(rng.expovariate(1 / 18)), "Days between the search and the departure searched for")), "A connection was searched for"),
    Happening("checkout_abandoned", 0.0, 0, (_FROM, _TO, _MODE, Column("basketEur", "number", money(9, 320)), enumerated("step", {"passengers": 3, "seats": 2, "payment": 5})), "The checkout was left without paying", after=("search_done", 0.16, 3)),
    Happening("price_alert_set", 0.3, 4, (_FROM, _TO, Column("targetEur", "number", money(9, 90), "Price from which on to be told"))),
    Happening("ticket_booked", 0.8, 8, (_FROM, _TO, _MODE, _OPERATOR, _PASSENGERS, enumerated("travelClass", {"1": 2, "2": 7}), enumerated("fareType", {"SAV": 6, "SFX": 3, "FLE": 2}, "SAV = saver, not refundable, SFX = semi-flexible, FLE = fully flexible"), Column("amountEur", "number", _fare, "Price of the whole booking"), enumerated("paymentMethod", {"card": 6, "paypal": 3, "apple_pay": 3, "google_pay": 2, "voucher": 1}), Column("promoCode", "text", pick("SUMMER26", "WELCOME10", "RAILDAY", "COACH5"), missing=0.78), enumerated("bookedVia", {"app": 7, "web": 4})), "Tickets were paid for"),
    Happening("seat_upgraded", 0.0, 0, (_OPERATOR, Column("upgradeEur", "number", money(4, 70)), enumerated("upgradedAt", {"checkout": 4, "before_departure": 4, "on_board": 1})), "A seat in second class was changed into one in first", after=("ticket_booked", 0.13, 300)),
    Happening("booking_cancelled", 0.0, 0, (_FROM, _TO, _MODE, _OPERATOR, enumerated("reason", {"CHG": 5, "ILL": 2, "STR": 2, "PRC": 2}, "CHG = plans changed, ILL = illness, STR = strike, PRC = found cheaper elsewhere", missing=0.1), Column("refundEur", "number", money(0, 180))), after=("ticket_booked", 0.14, 400)),
    Happening("ticket_exchanged", 0.0, 0, (_OPERATOR, Column("feeEur", "number", lambda rng, _: rng.choice((0.0, 0.0, 5.0, 10.0, 15.0, 25.0)))), "A booking was moved to another departure", after=("ticket_booked", 0.1, 300)),
    Happening("trip_taken", 0.0, 0, (_FROM, _TO, _MODE, _OPERATOR, Column("delayMinutes", "integer", _delay, "Minutes late on arrival"), Column("distanceKm", "integer", whole(90, 1_400)), Column("co2SavedKg", "number", money(3, 160), "Carbon dioxide saved against flying")), "A trip was travelled", after=("ticket_booked", 0.74, 900)),
    Happening("delay_claimed", 0.0, 0, (_OPERATOR, Column("delayMinutes", "integer", _claimed_delay), Column("compensationEur", "number", money(4, 120)), enumerated("claimStatus", {"PAID": 5, "REJ": 2, "OPEN": 2}, "PAID = paid out, REJ = rejected, OPEN = still being looked at")), "Compensation for a late arrival was asked for", after=("trip_taken", 0.18, 200)),
    Happening("review_left", 0.0, 0, (_OPERATOR, Column("stars", "integer", lambda rng, _: rng.choice((1, 2, 3, 3, 4, 4, 4, 5, 5)))), after=("trip_taken", 0.15, 120)),
    Happening("railcard_bought", 0.9, 1.1, (Column("railcardType", "text", _bought_railcard, RAILCARD_TEXT, tuple(RAILCARDS)), Column("priceEur", "number", lambda rng, _: rng.choice((25.0, 39.0, 49.0, 59.9, 79.0, 244.0)))), "A railcard was bought or renewed", who=_has_railcard),
    Happening("push_clicked", 0.5, 7, (enumerated("campaign", _CAMPAIGNS),), "A push notification was tapped"),
    Happening("newsletter_sent", 0.75, 14, (enumerated("edition", {"weekly": 6, "deals": 4, "city_breaks": 2}),)),
    Happening("newsletter_opened", 0.0, 0, (enumerated("edition", {"weekly": 6, "deals": 4, "city_breaks": 2}), Column("clicked", "boolean", chance(0.3), "A link in it was clicked")), after=("newsletter_sent", 0.4, 60)),
    Happening("friend_invited", 0.22, 2.5, (enumerated("inviteChannel", {"whatsapp": 5, "email": 2, "link": 3}), Column("accepted", "boolean", chance(0.35)))),
    Happening("support_contacted", 0.32, 2.4, (enumerated("topic", {"refund": 5, "delay": 4, "login": 2, "railcard": 2, "luggage": 1}), enumerated("contactChannel", {"chat": 5, "email": 3, "phone": 2}))),
    Happening("voucher_redeemed", 0.25, 2, (Column("voucherEur", "number", lambda rng, _: rng.choice((5.0, 10.0, 10.0, 20.0, 50.0))), enumerated("voucherKind", {"gift": 3, "goodwill": 2, "loyalty": 3}, "Gift card, sorry-voucher after a problem, or bought with points"))),
)  # fmt: skip

WORLD = World(
    name="swiftrail",
    seed=20261014,
    as_of=AS_OF,
    people=1_500,
    traits=TRAITS,
    events=EVENTS,
    prefix="s",
    history_days=560,
    inactive_plan=(
        Happening("hotel_booked", 0, 0, (Column("nights", "integer", whole(1, 9)),), "A hotel was booked with a partner"),
    ),
    settings={
        "timezone": "Europe/Paris",
        "currency": "EUR",
        "lookback_days": 540,
        "dynamic_plus_limit": 20,
        "glossary": {
            "commuter": "trait('travelPurpose') = 'C'",
            "frequent traveller": "event('trip_taken').within(90 days).count() >= 3",
            "new joiner": f"trait('signedUpAt') >= '{date(2026, 9, 14)}'",
        },
    },
)  # fmt: skip
