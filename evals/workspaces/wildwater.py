"""wildwater: a charity for rivers with members, gifts and shifts. Title Case events, snake_case traits, half described."""

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
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 11, 18, 11, 30, tzinfo=UTC)  # a Wednesday
REGIONS = {
    "London": 5, "South East": 4, "South West": 3, "North West": 3, "Yorkshire": 2,
    "Scotland": 2, "Wales": 2, "Northern Ireland": 1,
}  # fmt: skip


def _first_gift(rng: Random, known: Known) -> Value:
    start: datetime = known["start"]
    end: datetime = known["end"]
    return start.date() + (end.date() - start.date()) * rng.random() ** 2


def _last_gift(rng: Random, known: Known) -> Value:
    """Not before the first one."""
    first: date | None = known["first_gift_on"]
    end: datetime = known["end"]
    return None if first is None else end.date() - (end.date() - first) * rng.random() ** 2


def _largest_gift(rng: Random, known: Known) -> Value:
    """Not more than all gifts together."""
    total: float | None = known["lifetime_giving"]
    return None if total is None else round(total * (0.1 + 0.6 * rng.random()), 2)


def _renewal(rng: Random, known: Known) -> Value:
    """Members only."""
    tier = known["membership_tier"]
    return AS_OF.date() + timedelta(days=rng.randint(-25, 340)) if tier else None


TRAITS = (
    Column("first_name", "text", pick("Aisha", "Tom", "Megan", "Rhys", "Fiona", "Dev", "Ewan")),
    Column("email", "text", lambda rng, _: f"w{rng.randint(1, 99999)}@example.org", missing=0.08),
    enumerated("supporter_type", {"one_off": 5, "regular_giver": 4, "member": 4, "corporate": 1}, "one_off, regular_giver, member or corporate"),
    enumerated("membership_tier", {"individual": 4, "family": 3, "life": 1}, missing=0.62),
    Column("membership_renews_on", "date", _renewal, "Day on which the membership has to be renewed"),
    enumerated("region", REGIONS, missing=0.05),
    Column("joined_on", "date", first_day, "Day on which we first heard of the supporter"),
    Column("first_gift_on", "date", _first_gift, missing=0.22),
    Column("last_gift_on", "date", _last_gift),
    Column("lifetime_giving", "number", money(5, 4_500), "All gifts together, in pounds", missing=0.22),
    Column("largest_gift", "number", _largest_gift),
    Column("recurring_amount", "number", lambda rng, _: rng.choice((3, 5, 5, 8, 10, 10, 15, 20, 25, 50)), "Monthly direct debit in pounds, not set without one", missing=0.64),
    Column("giftaid", "boolean", chance(0.55), missing=0.2),
    enumerated("preferred_channel", {"email": 6, "post": 3, "phone": 1, "sms": 2}, missing=0.1),
    Column("do_not_mail", "boolean", chance(0.18), "Has asked us to send no post"),
    Column("email_opt_in", "boolean", chance(0.65), missing=0.12),
    Column("dob", "date", birth_date(AS_OF, 18, 88), missing=0.4),
    Column("interests", "list", some_of("rivers", "otters", "birds", "wetlands", "schools"), missing=0.25),
    enumerated("acquisition_source", {"street": 3, "web": 5, "friend": 2, "tv": 1, "mailing": 3}, "How they came to us"),
    Column("engagement_score", "integer", whole(0, 100), "0 (cold) to 100 (very active)"),
    enumerated("legacy_status", {"none": 12, "considering": 3, "pledged": 1}, "Whether we stand in their will"),
    Column("is_staff", "boolean", chance(0.05)),
)  # fmt: skip

_FUND = enumerated("fund", {"Rivers Appeal": 5, "Otter Fund": 4, "Wetland Centre": 2, "General": 4})
_GATHERING = enumerated(
    "event_type",
    {"sponsored_walk": 4, "gala_dinner": 1, "talk": 3, "river_cleanup": 4},
    "Kind of event",
)
_CAMPAIGN = enumerated(
    "campaign", {"Spring Newsletter": 4, "Christmas Appeal": 3, "Member Update": 3}
)
_SITE = enumerated("site", {"Avon Marsh": 3, "Thames Lock": 4, "Loch Tarn": 2, "Severn Hide": 2})

EVENTS = (
    Happening(
        "Donation Made", 0.75, 6,
        (
            Column("amount", "number", lambda rng, _: round(3 + 250 * rng.random() ** 3, 2)),
            _FUND,
            enumerated("method", {"card": 5, "direct_debit": 5, "paypal": 2, "cheque": 1, "cash": 1}, "How it was paid"),
            Column("is_recurring", "boolean", chance(0.45), "One of a regular gift's payments"),
            Column("in_memory", "boolean", chance(0.08), "Given in memory of somebody"),
        ),
        "Money was given",
    ),
    Happening("Recurring Gift Started", 0.35, 0.8, (Column("amount", "number", lambda rng, _: rng.choice((3, 5, 8, 10, 15, 20, 25, 50))), enumerated("frequency", {"monthly": 7, "quarterly": 2, "annually": 1})), "A direct debit was set up"),
    Happening("Recurring Gift Cancelled", 0.02, 0.3, (enumerated("reason", {"financial": 5, "other_charity": 2, "unhappy": 1}, missing=0.2),), after=("Recurring Gift Started", 0.3, 4_000)),
    Happening("Pledge Made", 0.25, 0.9, (Column("amount", "number", lambda rng, _: rng.choice((20, 25, 50, 50, 100, 250, 500))), Column("due_on", "date", day_near(AS_OF, -250, 120), "Day by which it should be paid"), _FUND), "Promised to give"),
    Happening("Pledge Paid", 0.0, 0.0, (Column("amount", "number", lambda rng, _: rng.choice((20, 25, 50, 100, 250))), _FUND), after=("Pledge Made", 0.6, 1_400)),
    Happening("Petition Signed", 0.5, 1.8, (enumerated("petition", {"Stop Sewage Dumping": 5, "Save Our Otters": 3, "Ban Peat": 2}), Column("shared", "boolean", chance(0.3), "Shared it with friends")), "A petition was signed online"),
    Happening("Event Booked", 0.4, 1.5, (_GATHERING, Column("fee", "number", money(0, 120), "Price paid in pounds"), Column("guests", "integer", whole(0, 6)))),
    Happening("Event Attended", 0.03, 0.3, (_GATHERING,), "Was there", after=("Event Booked", 0.7, 700)),
    Happening("Volunteer Shift Completed", 0.25, 7, (enumerated("role", {"warden": 3, "fundraiser": 3, "shop": 2, "river_cleaner": 4}), Column("hours", "number", lambda rng, _: rng.choice((1.5, 2, 3, 4, 4, 6, 8))), _SITE)),
    Happening("Email Sent", 0.85, 12, (_CAMPAIGN,)),
    Happening("Email Opened", 0.02, 0.3, (_CAMPAIGN,), after=("Email Sent", 0.38, 50)),
    Happening("Email Clicked", 0.01, 0.2, (_CAMPAIGN,), after=("Email Opened", 0.3, 5)),
    Happening("Appeal Mailed", 0.6, 2.2, (enumerated("appeal", {"Winter Flood": 4, "Otter Cubs": 3, "Legacy Pack": 1}),), "A letter asking for a gift was posted"),
    Happening("Membership Renewed", 0.33, 0.9, (enumerated("tier", {"individual": 4, "family": 3, "life": 1}), Column("amount", "number", lambda rng, _: rng.choice((36, 60, 60, 450))), Column("automatic", "boolean", chance(0.6)))),
)  # fmt: skip

WORLD = World(
    name="wildwater",
    seed=20261118,
    as_of=AS_OF,
    people=800,
    traits=TRAITS,
    events=EVENTS,
    prefix="w",
    history_days=720,
    inactive_plan=(
        Happening("Raffle Ticket Bought", 0, 0, (Column("tickets", "integer", whole(1, 20)),)),
    ),
    settings={
        "timezone": "Europe/London",
        "currency": "GBP",
        "lookback_days": 730,
        "glossary": {
            "major donor": "trait('lifetime_giving') >= 2000",
            "lapsed donor": "event('Donation Made').count() >= 1 AND event('Donation Made').within(365 days).count() = 0",
            "mailable": "NOT trait('do_not_mail') = 'true'",
        },
    },
)  # fmt: skip
