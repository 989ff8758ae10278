"""What was done held to what is known of the same person."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

CATALOG = Catalog(
    events=(
        EventField(
            "Trip Booked",
            "trip_booked",
            (
                PropertyField("Trip Booked", "fare", "fare", "number", "Fare paid, in dollars", seen=SEEN),
                PropertyField("Trip Booked", "seats", "seats", "number", seen=SEEN),
            ),
            seen=SEEN,
        ),
    ),
    user_traits=(
        TraitField("average_fare", "average_fare", "number", seen=SEEN),
        TraitField("family_seats", "family_seats", "number", seen=SEEN),
        TraitField("home_distance", "home_distance", "number", seen=SEEN),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        (
            "people who booked a trip above their average fare",
            "event('Trip Booked').where(property('fare') > trait('average_fare')).count() >= 1",
        ),
        (
            "booked a trip in the last 30 days that exceeded their average fare",
            "event('Trip Booked').where(property('fare') > trait('average_fare')).within(30 days).count() >= 1",
        ),
    ],
)
def test_what_was_done_is_held_to_what_is_known(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


def test_a_field_that_nothing_done_can_be_held_to_is_asked() -> None:
    assert _read("people who booked a trip above their home distance").status != "draft"
