"""brightwheel: a car insurance broker. Past tense with underscores, described by the plan, US states."""

from __future__ import annotations

from datetime import UTC, datetime

from evals.workspaces.making import (
    Column,
    Happening,
    World,
    chance,
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)  # a Wednesday
LEVELS = {"liability": 4, "collision": 3, "full_cover": 3}
MAKES = {"Toyota": 5, "Ford": 4, "Honda": 3, "BMW": 2, "Tesla": 1}


TRAITS = (
    Column("full_name", "text", pick("Ada Poe", "Ben Roy", "Cleo Fox")),
    Column("email", "text", lambda rng, _: f"d{rng.randint(1, 99999)}@example.com", missing=0.04),
    Column("mobile", "text", lambda rng, _: f"+1555{rng.randint(1000000, 9999999)}", missing=0.3),
    Column("birth_date", "date", day_near(AS_OF, -29_000, -6_300), "Date of birth", missing=0.06),
    enumerated("sex", {"female": 5, "male": 5, "unspecified": 0.5}, missing=0.05),
    enumerated("state", {"CA": 5, "TX": 4, "NY": 3, "FL": 3, "IL": 2, "WA": 1}, "Home state"),
    enumerated(
        "marital_status",
        {"single": 4, "married": 5, "divorced": 2, "widowed": 1},
        "Marital status",
        missing=0.1,
    ),
    enumerated(
        "children", {"0": 5, "1": 3, "2": 3, "3+": 1}, "Children in the household", missing=0.15
    ),
    Column("is_homeowner", "boolean", chance(0.5), "Owns the home they live in", missing=0.1),
    enumerated("vehicle_make", MAKES, "Make of the main vehicle"),
    enumerated(
        "vehicle_type",
        {"sedan": 5, "suv": 4, "pickup": 3, "motorcycle": 1},
        "Body type of the main vehicle",
    ),
    Column("vehicle_year", "integer", whole(2004, 2026), "Model year of the main vehicle"),
    Column("annual_miles", "integer", whole(1000, 30000), "Miles driven in a year", missing=0.1),
    Column("years_without_claim", "integer", whole(0, 15), "Years since the last claim"),
    enumerated("cover", LEVELS, "Level of cover of the policy"),
    Column("annual_premium", "number", money(300, 4200), "Premium for a year in dollars"),
    Column("deductible", "integer", lambda rng, _: rng.choice([250, 500, 1000]), "Deductible in dollars"),
    Column("policy_start", "date", first_day, "Day on which the policy began"),
    Column("renewal_due", "date", day_near(AS_OF, -40, 360), "Day on which the policy is due for renewal", missing=0.1),
    Column("licence_since", "date", day_near(AS_OF, -18_000, -100), "Day of the driving licence"),
    enumerated("pays", {"monthly": 5, "quarterly": 2, "yearly": 3}, "How often the premium is paid"),
    Column("paperless", "boolean", chance(0.6), "Gets documents by e-mail only"),
    Column("promo_consent", "boolean", chance(0.55), "Agreed to promotions", missing=0.1),
    enumerated("reward_tier", {"Drive 1": 5, "Drive 2": 3, "Drive 3": 1}, "Tier of the safe driver rewards"),
    Column("reward_points", "integer", lambda rng, _: int(rng.expovariate(1 / 900)), "Reward points"),
    enumerated("sold_by", {"agent": 4, "website": 5, "partner": 2}, "Who sold the policy"),
)  # fmt: skip

_COVER = enumerated("cover", LEVELS, "Level of cover")
_VEHICLE = enumerated(
    "vehicle_type", {"sedan": 5, "suv": 4, "pickup": 3, "motorcycle": 1}, "Body type of the vehicle"
)
_TOPIC = enumerated(
    "subject", {"renewal": 4, "safe_driving": 3, "bundle_offer": 2}, "What the mail is about"
)

EVENTS = (
    Happening("quote_requested", 0.7, 2.2, (_COVER, _VEHICLE, Column("quoted_price", "number", money(250, 4500), "Yearly price that was quoted, in dollars"), enumerated("via", {"website": 6, "phone": 3, "agent": 2}, "Where it was asked for")), "Somebody asked for the price of a policy"),
    Happening("policy_bound", 0.05, 0.6, (_COVER, _VEHICLE, Column("premium", "number", money(250, 4500), "Yearly premium in dollars")), "A policy was taken out", after=("quote_requested", 0.35, 300)),
    Happening("policy_renewed", 0.45, 1.1, (_COVER, Column("premium", "number", money(250, 4500), "New yearly premium in dollars"), Column("term_months", "integer", lambda rng, _: rng.choice([6, 12]), "Length of the new term in months")), "The policy was renewed"),
    Happening("policy_cancelled", 0.14, 0.8, (enumerated("reason", {"price": 4, "sold_vehicle": 3, "moved_away": 1, "bad_service": 1}, "Why the policy was cancelled", missing=0.1),), "The policy was cancelled by the customer"),
    Happening("premium_paid", 0.85, 7, (Column("amount", "number", money(20, 900), "Amount in dollars"), enumerated("method", {"card": 5, "bank_transfer": 3, "check": 1}, "How it was paid")), "A premium was paid"),
    Happening("payment_missed", 0.2, 1.4, (Column("amount", "number", money(20, 900), "Amount in dollars"), Column("days_late", "integer", whole(1, 45), "Days past the due date")), "A premium was not paid in time"),
    Happening("claim_filed", 0.35, 0.9, (enumerated("kind", {"collision": 5, "theft": 1, "glass": 3, "weather": 2}, "Kind of damage"), Column("damage", "number", money(100, 18000), "Estimated damage in dollars"), Column("at_fault", "boolean", chance(0.4), "The customer caused it")), "A claim was reported"),
    Happening("claim_decided", 0.02, 0.3, (enumerated("decision", {"approved": 7, "denied": 3}, "What was decided"), Column("payout", "number", money(50, 15000), "Amount paid out in dollars", missing=0.2), Column("days_taken", "integer", whole(1, 60), "Days until the decision")), "A claim was decided", after=("claim_filed", 0.75, 900)),
    Happening("vehicle_added", 0.2, 0.6, (_VEHICLE, enumerated("make", MAKES, "Make")), "A further vehicle was put on the policy"),
    Happening("roadside_help_called", 0.22, 0.9, (enumerated("problem", {"flat_tire": 4, "battery": 4, "towing": 2, "lockout": 1}, "What was wrong"), Column("wait_minutes", "integer", whole(8, 150), "Minutes until help came")), "Roadside assistance was called"),
    Happening("callback_requested", 0.25, 1.2, (enumerated("about", {"quote": 4, "claim": 3, "billing": 2}, "What the call is about"),), "Somebody asked to be called back"),
    Happening("review_written", 0.2, 0.7, (Column("stars", "integer", lambda rng, _: rng.choice([1, 2, 3, 4, 4, 5, 5]), "Stars given, 1 to 5"),), "A review was written"),
    Happening("friend_referred", 0.15, 0.9, (Column("bonus", "number", money(10, 80), "Bonus in dollars"),), "A friend was referred"),
    Happening("portal_login", 0.75, 12, (enumerated("device", {"phone": 5, "desktop": 4, "tablet": 1}, "Kind of device"),), "Signed in to the customer portal"),
    Happening("mail_received", 0.9, 9, (_TOPIC,), "A marketing mail was received"),
    Happening("mail_opened", 0.05, 0.4, (_TOPIC,), "A marketing mail was opened", after=("mail_received", 0.4, 60)),
    Happening("mail_link_clicked", 0.02, 0.3, (_TOPIC,), "A link in a marketing mail was clicked", after=("mail_opened", 0.35, 8)),
    Happening("coverage_changed", 0.15, 0.6, (enumerated("old_cover", LEVELS, "Cover before"), enumerated("new_cover", LEVELS, "Cover after")), "The level of cover was changed"),
)  # fmt: skip

WORLD = World(
    name="brightwheel",
    seed=20261014,
    as_of=AS_OF,
    people=1_200,
    traits=TRAITS,
    events=EVENTS,
    prefix="d",
    history_days=500,
    settings={"timezone": "America/Chicago", "currency": "USD", "lookback_days": 730},
)
