"""riverside: a theatre. Names of its own, no tracking plan: only the data says what there is."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    chance,
    day_near,
    moment_before,
    pick,
    whole,
)

AS_OF = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday
GENRES = {
    "Hamlet": "Drama",
    "Swan Lake": "Ballet",
    "The Magic Flute": "Opera",
    "Oliver": "Musical",
    "Stand-up Friday": "Comedy",
    "Peter and the Wolf": "Family",
}
VENUES = ("Grand Hall", "Studio", "Riverside Stage")
FIRST = ("Amir", "Beth", "Callum", "Dora", "Ewan", "Freya", "Gita", "Harold", "Isla", "Jack")


def _genre(rng: Random, known: Known) -> Value:
    return GENRES[str(known["production"])]


def _paid(rng: Random, known: Known) -> Value:
    return round(int(known["seats"]) * rng.choice((12.5, 18.0, 27.5, 40.0, 65.0)), 2)


def _gift(rng: Random, known: Known) -> Value:
    return float(rng.choice((5, 10, 10, 20, 20, 50, 100, 250)))


def _donations(rng: Random, known: Known) -> Value:
    return round(rng.expovariate(1 / 90), 2)


def _bar(rng: Random, known: Known) -> Value:
    return round(rng.uniform(4, 60), 2)


_PRODUCTION = Column("production", "text", pick(*GENRES))
_VENUE = Column("venue", "text", pick(*VENUES, weights=(5, 3, 2)))
_GENRE = Column("genre", "text", _genre)
_LEVELS = ("Friend", "Patron", "Student", "Corporate")
_CITIES = ("Leeds", "York", "Hull", "Bradford", "Sheffield", "Harrogate")

TRAITS = (
    Column("first_name", "text", pick(*FIRST)),
    Column("home_city", "text", pick(*_CITIES, weights=(6, 4, 3, 3, 3, 1)), missing=0.05),
    Column("membership_level", "text", pick(*_LEVELS, weights=(5, 2, 3, 1)), missing=0.3),
    Column("sms_consent", "boolean", chance(0.4), missing=0.2),
    Column("year_of_birth", "integer", whole(1938, 2008), missing=0.2),
    Column("favourite_genre", "text", pick(*GENRES.values()), missing=0.25),
    Column("lifetime_donations", "number", _donations, missing=0.6),
    Column("joined_at", "timestamp", moment_before(AS_OF, 2_400)),
    Column("household_children", "integer", whole(0, 4), missing=0.3),
    Column("membership_expires_on", "date", day_near(AS_OF, -200, 380), missing=0.45),
)
EVENTS = (
    Happening(
        "Tickets Booked", 0.8, 5,
        (
            _PRODUCTION, _GENRE, _VENUE, Column("seats", "integer", whole(1, 6)),
            Column("amount_paid", "number", _paid),
            Column("sales_channel", "text", pick("web", "box_office", "phone", weights=(6, 3, 2))),
        ),
    ),
    Happening(
        "Show Attended", 0.1, 0.5, (_PRODUCTION, _GENRE, _VENUE),
        after=("Tickets Booked", 0.75, 900),
    ),
    Happening(
        "Donation Given", 0.25, 1.4,
        (
            Column("amount", "number", _gift),
            Column("campaign", "text", pick("Roof Appeal", "Young Artists", "General")),
            Column("gift_aid", "boolean", chance(0.6)),
        ),
    ),
    Happening(
        "Newsletter Clicked", 0.5, 4,
        (
            Column("issue", "text", pick("Spring", "Summer", "Autumn", "Winter")),
            Column("link_topic", "text", pick("offers", "casting", "backstage")),
        ),
    ),
    Happening(
        "Booking Cancelled", 0, 0,
        (_PRODUCTION, Column("reason", "text", pick("travel", "work", "other"), missing=0.1)),
        after=("Tickets Booked", 0.1, 400),
    ),
    Happening(
        "Bar Preorder", 0.2, 1, (Column("total", "number", _bar), Column("items", "integer", whole(1, 8))),
        after=("Tickets Booked", 0.12, 30),
    ),
)  # fmt: skip

WORLD = World(
    name="riverside",
    seed=20261120,
    as_of=AS_OF,
    people=2_500,
    traits=TRAITS,
    events=EVENTS,
    settings={"timezone": "Europe/London", "currency": "GBP"},
    history_days=900,
    prefix="p",
    plan=False,
)
