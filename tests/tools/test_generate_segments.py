"""Segments from data: distinct, counted, described by facts, never of a handful of people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from audience.query import Property, Trait, walk
from audience.reader import read
from tests.conftest import copied
from tools.context import ToolContext
from tools.generate_segments import generate_segments
from tools.preview_audience import preview_audience
from tools.segmenting.base import SMALLEST, ContextNotUnderstood, NobodyMatches, SensitiveContext
from tools.segmenting.fields import main_event, usable_traits
from tools.segments import Segmentation
from workspace.settings import load_settings

STRATEGIES = ("everyday_outdoor", "winter_launch", "trail_club", "outfitters", "spring_clearance")


@pytest.fixture(scope="module")
def shop(shop_made: Path, tmp_path_factory: pytest.TempPathFactory) -> ToolContext:
    home = tmp_path_factory.mktemp("segments") / "home"
    copied(shop_made, home)
    return ToolContext.open(load_settings(home=home, workspace="shop"))


@pytest.fixture(scope="module")
def make(shop: ToolContext) -> Callable[..., Segmentation]:
    """Segments of a strategy, made once for all tests."""
    return cache(partial(generate_segments, shop))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_segments_are_distinct_counted_and_whole(
    shop: ToolContext, make: Callable[..., Segmentation], strategy: str
) -> None:
    made = make(strategy)
    assert 3 <= len(made.segments) <= 6
    assert len({each.key for each in made.segments}) == len(made.segments)
    for each in made.segments:
        assert each.query is not None
        counted = preview_audience(shop, each.query)
        assert (each.reach, each.universe) == (counted.reach, counted.universe)
        assert each.reach is not None
        assert each.reach >= SMALLEST
        assert len(each.english) <= 4
        assert each.faithful is not None
        assert each.faithful >= 0.75
        assert each.grounded
        assert each.confidence
        assert each.demographics
        assert each.geography
        assert each.behaviours or each.interests
        assert len(each.name) <= 60
    pairs = [overlap.share for each in made.segments for overlap in each.overlaps]
    assert sum(pairs) / len(pairs) <= 0.15
    assert made.covered is not None
    assert made.covered >= 0.7


def test_pain_points_are_the_strategys_own_words(
    shop: ToolContext, make: Callable[..., Segmentation]
) -> None:
    strategy = next(each for each in shop.workspace.strategies if each.key == "winter_launch")
    said = {*strategy.pain_points, *(p for each in strategy.personas for p in each.pain_points)}
    for segment in make("winter_launch").segments:
        assert segment.pain_points
        for each in segment.pain_points:
            assert each.of
            if each.source == "data":
                assert shop.workspace.catalog.event(each.of)
            else:
                assert each.text in said


def test_the_context_restricts_through_the_engine(shop: ToolContext) -> None:
    made = generate_segments(shop, "spring_clearance", about="customers in the United States")
    assert made.base == "trait('country') = 'US'"
    for each in made.segments:
        assert each.query is not None
        assert "trait('country') = 'US'" in each.query
    assert made.base_reach == preview_audience(shop, "trait('country') = 'US'").reach


def test_a_context_leans_and_tells_without_leaving_anybody_out(shop: ToolContext) -> None:
    about = "we launch a winter jacket; mostly repeat buyers in the north"
    made = generate_segments(shop, "spring_clearance", about=about)
    assert made.base is None
    assert made.base_reach == 5_000
    assert "repeat buyers" in made.how
    assert any("“north”" in note for note in made.notes)
    assert any("event('Order Completed').count() >= 2" in (s.query or "") for s in made.segments)


def test_the_strategys_own_audience_restricts_where_fields_can_say_it(
    make: Callable[..., Segmentation],
) -> None:
    made = make("winter_launch")
    assert made.base == "trait('age') >= 25 AND trait('age') <= 60"
    assert any("25 to 60" in note for note in made.notes)
    assert any("Northern states" in note for note in made.notes)


def test_a_context_that_holds_for_nobody_is_said(shop: ToolContext) -> None:
    with pytest.raises(NobodyMatches, match="nobody"):
        generate_segments(shop, "spring_clearance", about="customers older than 120")


NOISE = ("xq zv " * 50).strip()


@pytest.mark.parametrize("about", [NOISE[:300], f"we {NOISE}"[:300], "?! ... ; ;;", "mostly blorb"])
def test_noise_makes_nothing(shop: ToolContext, about: str) -> None:
    with pytest.raises(ContextNotUnderstood, match="as they were"):
        generate_segments(shop, "spring_clearance", about=about)


@pytest.mark.parametrize("about", ["we write to ana@example.com", "mostly +34 600 123 456"])
def test_personal_data_in_a_context_is_refused_and_not_repeated(
    shop: ToolContext, about: str
) -> None:
    with pytest.raises(ContextNotUnderstood, match="personal data") as caught:
        generate_segments(shop, "spring_clearance", about=about)
    assert about[-11:] not in caught.value.message


@pytest.mark.parametrize("about", ["mostly catholics", "only people with HIV"])
def test_sensitive_attributes_in_a_context_are_refused(shop: ToolContext, about: str) -> None:
    with pytest.raises(SensitiveContext):
        generate_segments(shop, "spring_clearance", about=about)


def test_a_context_that_is_not_understood_makes_nothing(shop: ToolContext) -> None:
    with pytest.raises(ContextNotUnderstood):
        generate_segments(shop, "everyday_outdoor", about="flibbertigibbets of the moon")


def test_identifiers_and_personal_data_are_never_used(
    shop: ToolContext, make: Callable[..., Segmentation]
) -> None:
    usable = {each.name for each in usable_traits(shop.workspace.catalog)}
    assert not usable & {"email", "phone", "first_name", "last_name", "postal_code", "is_employee"}
    assert "country" in usable
    for strategy in STRATEGIES:
        for segment in make(strategy).segments:
            assert segment.query is not None
            names = {n.name for n in walk(read(segment.query)) if isinstance(n, Trait | Property)}
            assert not names & {"email", "phone", "first_name", "last_name", "order_id"}


def test_the_main_event_is_what_people_buy(shop: ToolContext) -> None:
    main = main_event(shop.workspace.catalog)
    assert main is not None
    assert (main.event.name, main.money and main.money.name) == ("Order Completed", "total")
    assert main.is_purchase
