"""Words that one field would take though another may be meant: such readings are asked about."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _of(*values: str) -> ValueStats:
    return ValueStats(values=values, complete=True, distinct=len(values))


def _event(name: str, about: str, *properties: PropertyField) -> EventField:
    return EventField(name, name.lower().replace(" ", "_"), properties, about, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event(
            "Film Rented", "A film was rented",
            PropertyField("Film Rented", "price", "price", "number", "Price in euros", seen=SEEN),
        ),
        _event(
            "Order Completed", "",
            PropertyField("Order Completed", "quantity", "quantity", "number", seen=SEEN),
        ),
        _event(
            "seatInvited", "Somebody was invited to take a seat",
            PropertyField("seatInvited", "invitedRole", "invited_role", "text", seen=SEEN, stats=_of("admin", "agent")),
        ),
        _event(
            "apiCallMade", "A call of our API",
            PropertyField("apiCallMade", "endpoint", "endpoint", "text", seen=SEEN, stats=_of("/tickets", "/users")),
        ),
        _event(
            "ticketCreated", "A ticket was opened by the user",
            PropertyField("ticketCreated", "channel", "channel", "text", seen=SEEN, stats=_of("email", "chat")),
        ),
        _event("roamingUsed", ""),
        _event(
            "Video Started", "Somebody began to watch a video",
            PropertyField("Video Started", "genre", "genre", "text", seen=SEEN, stats=_of("sport", "drama")),
        ),
        _event(
            "Live Match Watched", "",
            PropertyField("Live Match Watched", "sport", "sport", "text", seen=SEEN, stats=_of("football", "tennis")),
        ),
        _event(
            "ticketSolved", "The user solved a ticket",
            PropertyField("ticketSolved", "channel", "channel", "text", seen=SEEN, stats=_of("email", "chat")),
        ),
    ),
    user_traits=(
        TraitField("isRoamingEnabled", "is_roaming_enabled", "boolean", seen=SEEN),
        TraitField("animals_cnt", "animals_cnt", "number", "user", "Animals that they have", seen=SEEN),
        TraitField("total_paid", "total_paid", "number", "user", "All that was ever paid, in euros", seen=SEEN),
        TraitField("role", "role", "text", "user", "Role", seen=SEEN, stats=_of("admin", "agent")),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    "prompt",
    [
        "people who spent more than 100 euros in total",
        "people with nothing in their basket",
        "people without roaming",
        "people who watched sport",
        "people with animals under one year old",
        "people where an admin invited an agent",
        "people who were invited by an admin",
        "users with three chat tickets",
    ],
)
def test_asked(prompt: str) -> None:
    reading = _read(prompt)
    assert reading.status != "draft", reading.root and show(reading.root)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        (
            "people who spent more than 100 euros on films in total",
            "event('Film Rented').sum(property('price')) > 100",
        ),
        (
            "people who watched drama",
            "event('Video Started').where(property('genre') = 'drama').count() >= 1",
        ),
        ("people who never used roaming", "event('roamingUsed').count() = 0"),
        ("people with under 3 animals", "trait('animals_cnt') < 3"),
        (
            "who invited an agent",
            "event('seatInvited').where(property('invitedRole') = 'agent').count() >= 1",
        ),
        (
            "users who opened three chat tickets",
            "event('ticketCreated').where(property('channel') = 'chat').count() = 3",
        ),
    ],
)
def test_taken(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query
