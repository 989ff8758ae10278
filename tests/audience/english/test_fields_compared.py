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
        TraitField("bedsUsed", "bedsUsed", "number", "user", "Beds that somebody has", seen=SEEN),
        TraitField("bedsPurchased", "bedsPurchased", "number", "user", "Beds in the contract", seen=SEEN),
        TraitField("currentSalary", "currentSalary", "number", "user", "Salary now", seen=SEEN),
        TraitField("desiredSalary", "desiredSalary", "number", "user", "Salary wanted", seen=SEEN),
        TraitField("yearly_fee", "yearly_fee", "number", "user", "Fee for a year", seen=SEEN),
        TraitField("prev_yearly_fee", "prev_yearly_fee", "number", "user", "The same a year ago", seen=SEEN),
        TraitField("leaseEnds", "leaseEnds", "date", seen=SEEN),
        TraitField("last_visit_at", "last_visit_at", "timestamp", seen=SEEN),
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


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people using more beds than they bought", "trait('bedsUsed') > trait('bedsPurchased')"),
        ("people with fewer beds used than purchased", "trait('bedsUsed') < trait('bedsPurchased')"),
        ("people who want to earn less than they do now", "trait('desiredSalary') < trait('currentSalary')"),
        ("people who want a higher salary than they have now", "trait('desiredSalary') > trait('currentSalary')"),
        ("people paying a higher fee than a year ago", "trait('yearly_fee') > trait('prev_yearly_fee')"),
        ("people paying less than they did last year", "trait('yearly_fee') < trait('prev_yearly_fee')"),
    ],
)  # fmt: skip
def test_two_numbers_of_a_person(prompt: str, query: str) -> None:
    test_what_was_done_is_held_to_what_is_known(prompt, query)


@pytest.mark.parametrize(
    "prompt",
    ["people who bought more beds than last year", "people who want more beds than they have now"],
)
def test_what_no_two_fields_tell_is_asked(prompt: str) -> None:
    assert _read(prompt).status != "draft"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people whose lease ends before their last visit at", "trait('leaseEnds') < trait('last_visit_at')"),
        ("people whose last visit at is later than the lease ends", "trait('last_visit_at') > trait('leaseEnds')"),
        ("people whose yearly fee is at least as high as their average fare", "trait('yearly_fee') >= trait('average_fare')"),
        ("people whose yearly fee equals their average fare", "trait('yearly_fee') = trait('average_fare')"),
        ("people whose yearly fee is not higher than their average fare", "trait('yearly_fee') <= trait('average_fare')"),
        ("people with a yearly fee greater than their average fare", "trait('yearly_fee') > trait('average_fare')"),
        (
            "people who booked a trip where the seats were more than the fare",
            "event('Trip Booked').where(property('seats') > property('fare')).count() >= 1",
        ),
    ],
)  # fmt: skip
def test_two_fields_that_are_named_in_full(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


def test_a_day_is_not_held_against_a_number() -> None:
    assert _read("people whose lease ends before their average fare").status != "draft"
