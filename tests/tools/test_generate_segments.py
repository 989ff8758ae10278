"""Segments from data: distinct, counted, described by facts, never of a handful of people."""

from __future__ import annotations

import pytest

from audience.query import Property, Trait, walk
from audience.reader import read
from tools.context import ToolContext
from tools.generate_segments import TooFewPeople, generate_segments
from tools.preview_audience import preview_audience
from tools.segmenting.base import ContextNotUnderstood
from tools.segmenting.cutting import SMALLEST
from tools.segmenting.dimensions import Label
from tools.segmenting.fields import main_event, usable_traits
from tools.segmenting.portraits import name_of

STRATEGIES = ("everyday_outdoor", "winter_launch", "trail_club", "outfitters", "spring_clearance")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_segments_are_distinct_counted_and_whole(shop: ToolContext, strategy: str) -> None:
    made = generate_segments(shop, strategy)
    assert 3 <= len(made.segments) <= 6
    assert len({each.key for each in made.segments}) == len(made.segments)
    for each in made.segments:
        assert each.query is not None
        counted = preview_audience(shop, each.query)
        assert (each.reach, each.universe) == (counted.reach, counted.universe)
        assert each.reach is not None
        assert each.reach >= SMALLEST
        assert len(each.english) <= 4
        assert max(overlap.share for overlap in each.overlaps) <= 0.15
        assert each.demographics
        assert each.geography
        assert each.behaviours or each.interests
        assert len(each.name) <= 60
    assert made.covered is not None
    assert made.covered >= 0.7


def test_pain_points_are_the_strategys_own_words(shop: ToolContext) -> None:
    strategy = next(each for each in shop.workspace.strategies if each.key == "winter_launch")
    said = {*strategy.pain_points, *(p for each in strategy.personas for p in each.pain_points)}
    for segment in generate_segments(shop, "winter_launch").segments:
        assert segment.pain_points
        assert {each.text for each in segment.pain_points} <= said
        assert all(each.of for each in segment.pain_points)


def test_the_same_call_gives_the_same_segments(shop: ToolContext) -> None:
    one, two = (generate_segments(shop, "winter_launch") for _ in range(2))
    assert one == two


def test_another_cut_is_another_one_and_says_so(shop: ToolContext) -> None:
    cuts = [generate_segments(shop, "winter_launch", cut=number) for number in range(3)]
    assert len({tuple(each.query for each in made.segments) for made in cuts}) == 3
    assert "another way" in cuts[1].how


def test_the_context_restricts_through_the_engine(shop: ToolContext) -> None:
    made = generate_segments(shop, "everyday_outdoor", about="customers in the United States")
    assert made.base == "trait('country') = 'US'"
    for each in made.segments:
        assert each.query is not None
        assert "trait('country') = 'US'" in each.query
    assert made.base_reach == preview_audience(shop, "trait('country') = 'US'").reach


def test_a_context_that_is_not_understood_makes_nothing(shop: ToolContext) -> None:
    with pytest.raises(ContextNotUnderstood):
        generate_segments(shop, "everyday_outdoor", about="flibbertigibbets of the moon")


def test_too_few_people_are_not_parted(acme: ToolContext) -> None:
    with pytest.raises(TooFewPeople):
        generate_segments(acme, "walks")


def test_identifiers_and_personal_data_are_never_used(shop: ToolContext) -> None:
    usable = {each.name for each in usable_traits(shop.workspace.catalog)}
    assert not usable & {"email", "phone", "first_name", "last_name", "postal_code", "is_employee"}
    assert "country" in usable
    for strategy in STRATEGIES:
        for segment in generate_segments(shop, strategy, cut=1).segments:
            assert segment.query is not None
            names = {n.name for n in walk(read(segment.query)) if isinstance(n, Trait | Property)}
            assert not names & {"email", "phone", "first_name", "last_name", "order_id"}


def test_the_main_event_is_what_people_buy(shop: ToolContext) -> None:
    main = main_event(shop.workspace.catalog)
    assert main is not None
    assert (main.event.name, main.money and main.money.name) == ("Order Completed", "total")
    assert main.is_purchase


def test_names_are_read_as_words() -> None:
    lapsed = Label(before="Lapsed", noun="customers")
    spain = Label(after="in Spain")
    assert name_of((lapsed, spain)) == "Lapsed customers in Spain"
    assert name_of((Label(before="Lapsed"), Label(before="Other"))) == "Other lapsed people"
    assert len(name_of((Label(after="with " + "x" * 100),))) == 60


def test_without_data_segments_come_from_the_strategys_words(shop: ToolContext) -> None:
    from tools.segmenting.assembling import from_words

    strategy = next(each for each in shop.workspace.strategies if each.key == "winter_launch")
    made = from_words(strategy, "")
    assert [each.name for each in made.segments] == [each.name for each in strategy.personas]
    assert not any(each.grounded for each in made.segments)
    assert all(each.query is None and each.reach is None for each in made.segments)
