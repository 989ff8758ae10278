"""Fields with no description, known by their names and values alone."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, *values: str) -> TraitField:
    numbers = kind == "number"
    stats = ValueStats(minimum="0", maximum="9") if numbers else ValueStats(values=values, complete=bool(values))  # fmt: skip
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


def _event(name: str, key: str, *values: str) -> EventField:
    stats = ValueStats(values=values, complete=True)
    held = PropertyField(name, key, key, "text", "", seen=SEEN, stats=stats)
    return EventField(name, name, (held,), seen=SEEN)


CATALOG = Catalog(
    events=(_event("Outing Booked", "cancel_reason", "storm", "sickness"),),
    user_traits=(
        _trait("club_tier_cd", "text", "GLD", "SLV", "BRZ"),
        _trait("diet_cd", "text", "STD", "VGN", "VEG", "GF"),
        _trait("Travel Class", "text", "ECO", "BUS", "FST"),
        _trait("numberOfKids", "number"),
        _trait("reviews", "number"),
        _trait("missed_visits", "number"),
        _trait("town", "text", "Girona", "Lleida"),
        _trait("usual_party", "text", "SOLO", "COUPLE", "FAMILY"),
        _trait("last_cancel_reason", "text", "storm", "sickness"),
    ),
)
PARENTS = Catalog(events=(), user_traits=(_trait("parent", "boolean"), _trait("reviews", "number")))


def _read(prompt: str, catalog: Catalog = CATALOG) -> Reading:
    return read_prompt(Request(prompt, catalog, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("everybody with gold status", "trait('club_tier_cd') = 'GLD'"),
        ("customers who are gold or silver", "trait('club_tier_cd').one_of('GLD', 'SLV')"),
        ("guests who are vegan", "trait('diet_cd') = 'VGN'"),
        ("vegetarian or gluten free guests", "trait('diet_cd').one_of('VEG', 'GF')"),
        ("people in business class", "trait('Travel Class') = 'BUS'"),
        ("people in the economy cabin", "trait('Travel Class') = 'ECO'"),
        ("people whose diet we don't know", "trait('diet_cd').absent()"),
        ("customers with diet preference missing", "trait('diet_cd').absent()"),
        ("people with no info on their diet", "trait('diet_cd').absent()"),
        ("guests with nothing recorded about their town", "trait('town').absent()"),
        ("no diet details on file", "trait('diet_cd').absent()"),
        ("people we don't know the diet choice of", "trait('diet_cd').absent()"),
        ("guests whose town is missing", "trait('town').absent()"),
        ("guests who have never reviewed us", "trait('reviews') = 0"),
        ("customers who are parents", "trait('numberOfKids') > 0"),
        ("parents of three or more", "trait('numberOfKids') >= 3"),
        ("childless customers of ours", "NOT trait('numberOfKids') > 0"),
        ("whose last cancellation was because of sickness", "trait('last_cancel_reason') = 'sickness'"),
    ],
)  # fmt: skip
def test_what_is_said_is_found_in_names_and_codes(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers with children", "trait('parent') = 'true'"),
        ("customers who have no kids", "NOT trait('parent') = 'true'"),
        ("people we don't know the children of", "trait('parent').absent()"),
    ],
)
def test_children_are_those_of_parents(prompt: str, query: str) -> None:
    reading = _read(prompt, PARENTS)
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt", ["people who sent a gift to their mum", "customers missing our newsletter"]
)
def test_what_only_sounds_so_is_not_read_so(prompt: str) -> None:
    assert _read(prompt).status != "draft"
