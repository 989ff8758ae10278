"""northbank: a bank's app and its business customers. Opaque event codes described in the plan, accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    birth_date,
    chance,
    day_near,
    enumerated,
    first_moment,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 9, 2, 8, 0, tzinfo=UTC)  # a Wednesday


def _balance(rng: Random, known: Known) -> Value:
    return round(rng.gauss(2_400, 2_600), 2)


TRAITS = (
    Column("dob", "date", birth_date(AS_OF, 18, 84), "Date of birth", missing=0.08),
    enumerated(
        "countryCode",
        {"IE": 4, "GB": 3, "FR": 2, "ES": 2, "PL": 1, "PT": 1},
        "Country of residence",
        missing=0.03,
    ),
    Column(
        "town",
        "text",
        pick(
            "Dublin",
            "Cork",
            "Galway",
            "London",
            "Leeds",
            "Paris",
            "Lyon",
            "Madrid",
            "Sevilla",
            "Lisboa",
        ),
        missing=0.15,
    ),
    enumerated(
        "tier",
        {"basic": 6, "silver": 3, "gold": 1.5, "black": 0.4},
        "Which package of accounts and cards the person has",
    ),
    Column("acctBal", "number", _balance, "Current account balance in euros"),
    Column("hasMortgage", "boolean", chance(0.18), "The person has a mortgage with us"),
    enumerated(
        "empStatus",
        {"employed": 6, "self_employed": 2, "student": 2, "retired": 1.5},
        "Employment status",
        missing=0.12,
    ),
    Column("onboardedAt", "timestamp", first_moment, "When the account was opened"),
    Column("mktConsent", "boolean", chance(0.55), "May be contacted for marketing", missing=0.1),
    Column("cardExpiry", "date", day_near(AS_OF, -60, 1100), "Last day on which the card is valid"),
    Column("devicesLinked", "integer", whole(0, 4), "Phones and tablets linked to the account"),
    enumerated(
        "role",
        {"owner": 1, "accountant": 1, "employee": 4},
        "Role in the business customer",
        missing=0.5,
    ),
)
_MERCHANT = enumerated(
    "mcc",
    {"groceries": 6, "travel": 2, "restaurants": 4, "fuel": 2, "entertainment": 2},
    "Kind of shop",
)
EVENTS = (
    Happening("EV_101", 0.9, 40, (Column("amt", "number", money(1, 400), "Amount in euros"), _MERCHANT, Column("contactless", "boolean", chance(0.7), "Paid by tapping")), "Paid with the card"),
    Happening("EV_102", 0.7, 8, (Column("amt", "number", money(5, 1500), "Amount in euros"), enumerated("direction", {"in": 4, "out": 6}, "Whether money came in or went out")), "Transferred money"),
    Happening("EV_110", 0.95, 60, (enumerated("platform", {"ios": 4, "android": 5, "web": 2}, "Where the person signed in"),), "Logged in to the app or the website"),
    Happening("EV_120", 0.22, 1.1, (enumerated("product", {"loan": 3, "credit_card": 3, "savings": 4}, "What was applied for"), enumerated("outcome", {"approved": 6, "rejected": 3, "pending": 1}, "What came of it")), "Applied for a product"),
    Happening("EV_130", 0.3, 1.6, (enumerated("topic", {"fees": 3, "fraud": 1, "card": 4, "login": 2}, "What it was about"), Column("waitMins", "integer", whole(0, 45), "Minutes until somebody answered")), "Contacted customer service"),
    Happening("EV_140", 0.4, 3, (Column("amt", "number", money(20, 300), "Amount in euros"),), "Took cash out of a machine"),
    Happening("EV_150", 0.06, 0.7, (enumerated("reason", {"fees": 3, "moved": 2, "service": 2}, "Why"),), "Closed a savings account"),
    Happening("EV_160", 0.7, 9, (enumerated("campaign", {"summer_travel": 3, "home_loans": 2, "refer_a_friend": 2}, "Which campaign"),), "Opened a marketing e-mail"),
)  # fmt: skip
ACCOUNT_TRAITS = (
    Column(
        "businessName", "text", lambda rng, known: f"Firm {known['number']}", "Name of the business"
    ),
    enumerated(
        "sector", {"retail": 3, "construction": 2, "hospitality": 3, "it": 2}, "Line of business"
    ),
    Column("headcount", "integer", whole(1, 300), "People who work there"),
    Column("yearlyTurnover", "number", money(20_000, 5_000_000), "Turnover in a year, in euros"),
)

WORLD = World(
    name="northbank",
    seed=20260902,
    as_of=AS_OF,
    people=2_200,
    traits=TRAITS,
    events=EVENTS,
    accounts=240,
    account_traits=ACCOUNT_TRAITS,
    settings={"timezone": "Europe/Dublin", "currency": "EUR", "lookback_days": 730},
    history_days=900,
    prefix="c",
)
