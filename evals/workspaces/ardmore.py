"""ardmore: an energy supplier. Traits of three systems in three styles, tariff codes, marketing events in snake_case, a few things hardly described."""

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
    last_moment,
    money,
    some_of,
    whole,
)

AS_OF = datetime(2026, 5, 14, 13, 20, tzinfo=UTC)  # a Thursday, early afternoon in Dublin
COUNTIES = {"Dublin": 7, "Cork": 5, "Galway": 3, "Limerick": 3, "Kildare": 2, "Wicklow": 2, "Waterford": 1.5, "Kerry": 1.5}  # fmt: skip
TARIFFS = {"STD": 5, "GRN": 4, "NSV": 2.5, "EVD": 1.5, "PPM": 2}
_TARIFF_CODES = (
    "STD standard variable, GRN green fixed, NSV night saver, EVD electric car, PPM pay as you go"
)


def _since(rng: Random, known: Known) -> Value:
    """Events are kept for a little over a year; many a contract is older."""
    start: datetime = known["start"]
    return start.date() - timedelta(days=0 if rng.random() < 0.4 else rng.randint(1, 2_900))


def _contract_end(rng: Random, known: Known) -> Value:
    if known["tariff_cd"] in ("STD", "PPM"):
        return None
    return AS_OF.date() + timedelta(days=rng.randint(-20, 340))


def _electric_car(rng: Random, known: Known) -> Value:
    return rng.random() < (0.95 if known["tariff_cd"] == "EVD" else 0.12)


TRAITS = (
    Column("email", "text", lambda rng, _: f"c{rng.randint(1, 99999)}@example.com", missing=0.05),
    enumerated("county", COUNTIES, "County of the home that we supply", missing=0.03),
    Column("birth_date", "date", birth_date(AS_OF, 20, 84), "Date of birth", missing=0.35),
    Column("customer_since", "date", _since, "Day on which the first contract began"),
    enumerated("tariff_cd", TARIFFS, f"Tariff: {_TARIFF_CODES}"),
    enumerated("fuelType", {"electricity": 5, "gas": 2, "dual": 4}, "What we supply; dual is both electricity and gas"),
    Column("contractEndDate", "date", _contract_end, "Last day of the fixed price"),
    enumerated("payment_method", {"direct_debit": 7, "card": 3, "bank_transfer": 1.5, "cash": 1}, "How the bills are paid"),
    Column("amount_owed", "number", lambda rng, _: 0.0 if rng.random() < 0.72 else round(5 + 900 * rng.random() ** 3, 2), "Open debt in euros, 0 if nothing is owed"),
    Column("avgMonthlyBill", "number", money(35, 420), "Average monthly bill of the last year, in euros", missing=0.06),
    Column("annual_kwh", "integer", lambda rng, _: int(1_200 + 14_000 * rng.random() ** 1.8), "Estimated use in a year, in kilowatt hours", missing=0.04),
    Column("hasSmartMeter", "boolean", chance(0.62), "A smart meter is installed"),
    Column("solarPanels", "boolean", chance(0.17), "There are solar panels on the roof", missing=0.2),
    Column("ev_owner", "boolean", _electric_car, "Drives an electric car", missing=0.15),
    enumerated("home_type", {"apartment": 4, "terraced": 3, "semi_detached": 4, "detached": 3, "bungalow": 1.5}, missing=0.12),
    enumerated("tenure", {"O": 6, "R": 3}, "O owns the home, R rents it", missing=0.1),
    Column("paperless", "boolean", chance(0.66), "Gets bills by email instead of on paper"),
    Column("marketing_opt_in", "boolean", chance(0.54), "Agreed to be sent offers", missing=0.1),
    enumerated("PREF_CHAN", {"email": 5, "sms": 3, "post": 1.5, "phone": 1}, missing=0.08),
    Column("interestedIn", "list", some_of("solar", "heat_pump", "insulation", "ev_charging", "boiler_care"), "Topics ticked in the online account", missing=0.4),
    Column("lastWebLogin", "timestamp", last_moment(120_000, 2), "When the online account was last used", missing=0.3),
    Column("nps", "integer", whole(0, 10), "Would recommend us, 0 to 10", missing=0.5),
    enumerated("sg4", {"1": 6, "2": 3, "3": 2}, "Predicted chance of switching to another supplier: 1 low, 2 medium, 3 high", missing=0.08),
)  # fmt: skip


def _other_tariff(rng: Random, known: Known) -> Value:
    return rng.choice([each for each in TARIFFS if each != known["from_tariff"]])


_CAMPAIGN = enumerated("campaign", {"winter_tips": 5, "price_notice": 4, "solar_offer": 3, "boiler_care": 3, "refer_a_friend": 2}, "Name of the mailing")  # fmt: skip

EVENTS = (
    Happening("Bill Issued", 0.93, 5.5, (Column("amount", "number", money(28, 690), "Amount in euros"), Column("kwh", "integer", whole(80, 2400), "Kilowatt hours billed"), enumerated("fuel", {"electricity": 6, "gas": 3}, "Fuel"), Column("estimated", "boolean", chance(0.28), "Based on an estimate, not on a reading")), "A bill was issued"),
    Happening("Bill Paid", 0.0, 0, (Column("amount", "number", money(28, 690), "Amount in euros"), Column("daysLate", "integer", lambda rng, _: 0 if rng.random() < 0.7 else 1 + int(rng.expovariate(0.09)), "Days after the due date, 0 if in time")), "A bill was paid", after=("Bill Issued", 0.86, 700)),
    Happening("Payment Failed", 0.0, 0, (enumerated("reason", {"insufficient_funds": 5, "card_expired": 3, "mandate_cancelled": 1.5}, "Why it failed"),), "A payment was turned down", after=("Bill Issued", 0.09, 500)),
    Happening("Meter Reading Submitted", 0.62, 4, (enumerated("via", {"app": 5, "website": 3, "phone": 2, "sms": 1}, "How it reached us"), enumerated("meter", {"electricity": 6, "gas": 3}, "Which meter was read")), "A customer sent in a meter reading"),
    Happening("Tariff Switched", 0.42, 0.9, (enumerated("from_tariff", TARIFFS, f"Old tariff: {_TARIFF_CODES}"), Column("to_tariff", "text", _other_tariff, f"New tariff: {_TARIFF_CODES}", tuple(TARIFFS)), enumerated("prompted_by", {"renewal": 4, "offer": 3, "advice": 2, "house_move": 1}, "What led to it", missing=0.1)), "A customer moved to another tariff"),
    Happening("Power Cut Reported", 0.34, 1.3, (Column("hoursOut", "number", lambda rng, _: round(0.2 + 26 * rng.random() ** 3, 1), "Hours without power"), enumerated("cause", {"storm": 5, "fault": 4, "planned_work": 2}, "Cause", missing=0.08)), "A customer told us that there was no power"),
    Happening("Support Contacted", 0.66, 2.4, (enumerated("channel", {"phone": 5, "chat": 4, "email": 3, "social": 1}, "Channel"), enumerated("topic", {"billing": 6, "meter": 3, "moving": 2, "tariff": 3, "outage": 2}, "What it was about"), Column("wait_min", "integer", lambda rng, _: int(rng.expovariate(0.09)), "Minutes until somebody answered"), Column("solved", "boolean", chance(0.71), "Solved at the first contact")), "A customer contacted the service team"),
    Happening("Boiler Service Booked", 0.36, 1.0, (enumerated("brand", {"Vaillant": 4, "Worcester": 3, "Ideal": 2, "Baxi": 2}, "Make of the boiler"), Column("price", "number", money(79, 260), "Price in euros"), enumerated("slot", {"morning": 5, "afternoon": 4, "evening": 3}, "Time of day")), "A service of the boiler was booked"),
    Happening("charge_completed", 0.24, 14, (Column("kwh", "number", money(4, 70), "Kilowatt hours charged"), Column("cost", "number", money(1.5, 38), "Cost in euros"), enumerated("place", {"home": 6, "street": 2, "motorway": 2, "work": 1}, "Where it was charged")), "An electric car was charged with our card"),
    Happening("email_delivered", 0.86, 7, (_CAMPAIGN,), "A mailing reached the inbox"),
    Happening("email_opened", 0.0, 0, (_CAMPAIGN,), "A mailing was opened", after=("email_delivered", 0.4, 60)),
    Happening("App Opened", 0.58, 16, (enumerated("os", {"ios": 5, "android": 6}),)),
    Happening("home_move_started", 0.2, 0.6, (enumerated("new_county", COUNTIES, "County of the new home"), Column("stays", "boolean", chance(0.7), "Stays with us at the new home")), "A customer told us that they are moving"),
    Happening("EVT_207", 0.24, 1.1, (Column("reward", "number", lambda rng, _: rng.choice((25.0, 50.0, 50.0, 75.0)), "Reward in euros"),), "A friend became a customer on somebody's recommendation"),
)  # fmt: skip

WORLD = World(
    name="ardmore",
    seed=20260514,
    as_of=AS_OF,
    people=750,
    traits=TRAITS,
    events=EVENTS,
    prefix="c",
    history_days=450,
    inactive_plan=(
        Happening("Heat Pump Quoted", 0, 0, (), "A quote for a heat pump was asked for"),
    ),
    settings={
        "timezone": "Europe/Dublin",
        "currency": "EUR",
        "lookback_days": 730,
        "dynamic_plus_limit": 20,
        "glossary": {
            "heavy user": "trait('annual_kwh') > 8000",
            "in arrears": "trait('amount_owed') > 0",
            "late payer": "event('Bill Paid').where(property('daysLate') > 0).within(365 days).count() >= 2",
        },
    },
)  # fmt: skip
