"""torque: car dealers with workshops. Columns of a sales system (`Lease_End__c`), events in capitals, nothing described."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    chance,
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 7, 3, 15, 0, tzinfo=UTC)  # a Friday
MODELS = {"Corvo": 4, "Corvo Estate": 2, "Lumo EV": 4, "Titan SUV": 3, "Pico": 3}
BRANCHES = {"Dublin North": 4, "Dublin South": 3, "Cork": 3, "Galway": 2, "Limerick": 2}


def _lease_end(rng: Random, known: Known) -> Value:
    """Only of those who lease."""
    leased = known["Ownership_Type__c"] == "Lease"
    return AS_OF.date() + timedelta(days=rng.randint(-30, 800)) if leased else None


def _last_service(rng: Random, known: Known) -> Value:
    end: datetime = known["end"]
    return end.date() - timedelta(days=int(400 * rng.random() ** 2))


def _next_test(rng: Random, known: Known) -> Value:
    """Cars are tested from their fourth year on."""
    year: int | None = known["Vehicle_Year__c"]
    return day_near(AS_OF, -20, 380)(rng, known) if year and year <= 2022 else None


TRAITS = (
    Column("First_Name", "text", pick("Aoife", "Sean", "Niamh", "Declan", "Marta", "Piotr")),
    Column("Email", "text", lambda rng, _: f"t{rng.randint(1, 99999)}@example.ie", missing=0.1),
    Column("Mobile_Phone", "text", lambda rng, _: f"+35385{rng.randint(1000000, 9999999)}", missing=0.15),
    enumerated("Lead_Status__c", {"New": 3, "Working": 3, "Qualified": 2, "Customer": 7, "Lost": 2}),
    enumerated("Home_Branch__c", BRANCHES),
    enumerated("Ownership_Type__c", {"Cash": 3, "Finance": 4, "Lease": 3}, missing=0.35),
    enumerated("Current_Model__c", MODELS, missing=0.35),
    Column("Vehicle_Year__c", "integer", lambda rng, _: 2026 - int(12 * rng.random() ** 1.5), missing=0.35),
    Column("Mileage_Km__c", "integer", lambda rng, _: int(190_000 * rng.random() ** 1.5), missing=0.4),
    Column("Lease_End__c", "date", _lease_end),
    Column("Warranty_End__c", "date", day_near(AS_OF, -700, 900), missing=0.4),
    Column("Next_Road_Test__c", "date", _next_test),
    Column("Last_Service__c", "date", _last_service, missing=0.3),
    Column("Created_Date", "date", first_day),
    Column("Has_Service_Plan__c", "boolean", chance(0.3)),
    Column("Opt_In_Email__c", "boolean", chance(0.6), missing=0.1),
    Column("Opt_In_SMS__c", "boolean", chance(0.45), missing=0.1),
    Column("Is_Fleet__c", "boolean", chance(0.12)),
    enumerated("Lead_Source__c", {"Walk-in": 4, "Website": 5, "Referral": 2, "Radio": 1, "Marketplace": 3}),
    Column("Satisfaction__c", "integer", whole(1, 10), missing=0.5),
)  # fmt: skip

_MODEL = enumerated("Model", MODELS)
_BRANCH = enumerated("Branch", BRANCHES)
_MAIL = enumerated("Campaign", {"Summer Tyres": 4, "EV Open Day": 3, "Service Reminder": 5})

EVENTS = (
    Happening("WEB_VISIT", 0.8, 16, (enumerated("Section", {"new_cars": 5, "used_cars": 6, "finance": 2, "service": 3}), _MODEL, Column("Seconds", "integer", whole(5, 1_200)))),
    Happening("BROCHURE_REQUESTED", 0.3, 1, (_MODEL, enumerated("Format", {"pdf": 7, "print": 2}))),
    Happening("TEST_DRIVE_BOOKED", 0.35, 1.2, (_MODEL, _BRANCH)),
    Happening("TEST_DRIVE_DONE", 0.02, 0.3, (_MODEL, _BRANCH), after=("TEST_DRIVE_BOOKED", 0.75, 240)),
    Happening("QUOTE_SENT", 0.35, 1.3, (_MODEL, Column("Price_Eur", "number", money(14_000, 72_000)), Column("Trade_In", "boolean", chance(0.4))), after=("TEST_DRIVE_DONE", 0.4, 300)),
    Happening("CAR_SOLD", 0.25, 0.5, (_MODEL, _BRANCH, Column("Price_Eur", "number", money(14_000, 72_000)), enumerated("Payment", {"cash": 3, "finance": 5, "lease": 3})), after=("QUOTE_SENT", 0.3, 700)),
    Happening("SERVICE_BOOKED", 0.5, 2, (_BRANCH, enumerated("Job", {"annual_service": 5, "tyres": 3, "brakes": 2, "recall": 1}))),
    Happening("SERVICE_DONE", 0.02, 0.2, (_BRANCH, enumerated("Job", {"annual_service": 5, "tyres": 3, "brakes": 2, "recall": 1}), Column("Invoice_Eur", "number", money(60, 1_900))), after=("SERVICE_BOOKED", 0.8, 400)),
    Happening("SERVICE_NO_SHOW", 0.01, 0.2, (_BRANCH,), after=("SERVICE_BOOKED", 0.1, 400)),
    Happening("MAIL_SENT", 0.8, 9, (_MAIL,)),
    Happening("MAIL_OPENED", 0.02, 0.3, (_MAIL,), after=("MAIL_SENT", 0.4, 60)),
    Happening("MAIL_CLICKED", 0.01, 0.2, (_MAIL,), after=("MAIL_OPENED", 0.3, 5)),
    Happening("SURVEY_ANSWERED", 0.2, 0.9, (Column("Stars", "integer", whole(1, 5)),)),
)  # fmt: skip

WORLD = World(
    name="torque",
    seed=20260703,
    as_of=AS_OF,
    people=650,
    traits=TRAITS,
    events=EVENTS,
    prefix="t",
    history_days=700,
    settings={
        "timezone": "Europe/Dublin",
        "currency": "EUR",
        "lookback_days": 730,
        "glossary": {
            "EV driver": "trait('Current_Model__c') = 'Lumo EV'",
            "hot lead": "event('TEST_DRIVE_DONE').within(60 days).count() >= 1 AND event('CAR_SOLD').count() = 0",
        },
    },
)  # fmt: skip
