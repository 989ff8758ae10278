"""Journeys that are searched for, booked, cancelled and made: which of them the words speak of."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _of(*values: str) -> ValueStats:
    return ValueStats(values=values, complete=True, distinct=len(values))


def _text(event: str, name: str, *values: str) -> PropertyField:
    return PropertyField(event, name, name, "text", seen=SEEN, stats=_of(*values))


def _number(event: str, name: str, about: str = "") -> PropertyField:
    return PropertyField(event, name, name, "number", about, seen=SEEN)


def _event(name: str, about: str, *properties: PropertyField) -> EventField:
    ports = (_text(name, f"{end}_port", "Oslo", "Kiel", "Riga") for end in ("from", "to"))
    ways = (_text(name, "kind", "ferry", "cruise"), *ports)
    return EventField(name, name, (*ways, *properties), about, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event("crossing_searched", "", _number("crossing_searched", "persons")),
        _event(
            "passage_booked",
            "",
            _number("passage_booked", "price"),
            _text("passage_booked", "cabin_class", "1", "2"),
            _text("passage_booked", "room", "double cabin", "single room"),
        ),
        EventField(
            "discount_card_bought",
            "discount_card_bought",
            (_number("discount_card_bought", "price"),),
            "",
            seen=SEEN,
        ),
        EventField("review_left", "review_left", (_number("review_left", "stars"),), "", seen=SEEN),
        EventField(
            "stay_ended",
            "stay_ended",
            (_text("stay_ended", "room", "double cabin", "single room"),),
            "",
            seen=SEEN,
        ),
        _event("booking_cancelled", "", _number("booking_cancelled", "refund")),
        _event("trip_taken", "A trip was travelled", _number("trip_taken", "miles")),
    ),
    user_traits=(TraitField("last_trip_on", "last_trip_on", "date", seen=SEEN),),
    timezone="Europe/Madrid",
    has_data=True,
)


def read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("people who travelled at least twice", "event('trip_taken').count() >= 2"),
        ("people who haven't travelled for 90 days", "event('trip_taken').within(90 days).count() = 0"),
        ("people who booked a ferry", "event('passage_booked').where(property('kind') = 'ferry').count() >= 1"),
        ("made a ferry booking in the last 30 days", "event('passage_booked').where(property('kind') = 'ferry').within(30 days).count() >= 1"),
        ("people who cancelled a ferry booking", "event('booking_cancelled').where(property('kind') = 'ferry').count() >= 1"),
        ("people with a cancelled booking", "event('booking_cancelled').count() >= 1"),
    ],
)  # fmt: skip
def test_what_was_made_is_nothing_that_was_cancelled(prompt: str, wanted: str) -> None:
    reading = read(prompt)
    assert reading.status == "draft", reading.unmatched
    assert reading.root is not None
    assert show(reading.root) == wanted


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("people who booked at least 3 different destinations", "event('passage_booked').unique(property('to_port')).count() >= 3"),
        ("people who booked a ferry this year but never a cruise", "event('passage_booked').where(property('kind') = 'ferry' AND context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1 AND event('passage_booked').where(property('kind') = 'cruise').count() = 0"),
        ("people who booked a ferry at least twice in the last 30 days and never a cruise", "event('passage_booked').where(property('kind') = 'ferry').within(30 days).count() >= 2 AND event('passage_booked').where(property('kind') = 'cruise').count() = 0"),
        ("people who only booked ferries, never cruises", "event('passage_booked').where(property('kind') = 'ferry').count() >= 1 AND event('passage_booked').where(NOT property('kind') = 'ferry').count() = 0 AND event('passage_booked').where(property('kind') = 'cruise').count() = 0"),
        ("people who searched for a crossing to Kiel last week", "event('crossing_searched').where(property('to_port') = 'Kiel' AND context('timestamp') >= '2026-08-31' AND context('timestamp') < '2026-09-07').count() >= 1"),
        ("people who searched for a journey from Oslo to Kiel", "event('crossing_searched').where(property('from_port') = 'Oslo' AND property('to_port') = 'Kiel').count() >= 1"),
        ("people who bought first class passages", "event('passage_booked').where(property('cabin_class') = '1').count() >= 1"),
        ("people who bought passages at least twice", "event('passage_booked').count() >= 2"),
        ("people who bought a discount card", "event('discount_card_bought').count() >= 1"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_journey(prompt: str, wanted: str) -> None:
    reading = read(prompt)
    assert reading.status == "draft", reading.unmatched
    assert reading.root is not None
    assert show(reading.root) == wanted


def test_a_hotel_is_no_journey() -> None:
    reading = read("people who searched for a hotel to Kiel")
    assert reading.status != "draft"


@pytest.mark.parametrize(
    "prompt",
    [
        "people who left 5 stars for a trip",
        "people who booked a ferry and did not come at least twice this month",
    ],
)
def test_what_a_thing_was_done_for_is_asked_about(prompt: str) -> None:
    assert read(prompt).status == "clarify"


def test_what_was_not_done_with_another_value_is_the_same_deed() -> None:
    reading = read("people who booked a double cabin this year but never a single room")
    assert reading.root is not None
    assert show(reading.root).endswith(
        " AND event('passage_booked').where(property('room') = 'single room').count() = 0"
    )
