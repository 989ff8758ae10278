"""Journeys that are searched for, booked, cancelled and made: which of them the words speak of."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, ValueStats
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
    ways = (_text(name, "kind", "ferry", "cruise"), _text(name, "harbour", "Oslo", "Kiel", "Riga"))
    return EventField(name, name, (*ways, *properties), about, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event("crossing_searched", "", _number("crossing_searched", "persons")),
        _event("passage_booked", "", _number("passage_booked", "total")),
        _event("booking_cancelled", "", _number("booking_cancelled", "refund")),
        _event("trip_taken", "A trip was travelled", _number("trip_taken", "miles")),
    ),
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
