"""Segments of made-up crowds: what must never be used, and what stands in the way of any segment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from audience.query import Aggregate, Comparison, Property, Trait, walk
from audience.reader import read
from tests.tools.crowds import STRATEGY, USERS, make_crowd, make_plan, opened
from tools.context import ToolContext
from tools.errors import NotFound
from tools.generate_segments import NothingSaid, TooFewPeople, generate_segments, segments_for
from tools.preview_audience import preview_audience
from tools.segmenting.base import SMALLEST, SensitiveContext
from tools.segments import Segmentation
from workspace.people import Wanted

NEVER = {"constant", "missing", "customer_code", "member", "remarks", "religion", "pregnant"}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> ToolContext:
    folder = tmp_path_factory.mktemp("crowd")
    return opened(make_crowd(folder / "crowd"), folder / "home")


@pytest.fixture(scope="module")
def make(crowd: ToolContext) -> Callable[..., Segmentation]:
    """Segments of a strategy, made once for all tests."""
    return cache(partial(generate_segments, crowd))


def _names(made: Segmentation) -> set[str]:
    queries = [each.query for each in made.segments if each.query]
    return {
        node.name
        for query in queries
        for node in walk(read(query))
        if isinstance(node, Trait | Property)
    }


@pytest.mark.parametrize("cut", range(4))
def test_neither_sensitive_nor_constant_nor_identifying_fields_are_used(
    make: Callable[..., Segmentation], cut: int
) -> None:
    made = make("tea", cut=cut)
    assert all(each.grounded for each in made.segments)
    assert not _names(made) & NEVER
    for each in made.segments:
        said = " ".join((each.demographics, *each.interests, *each.behaviours, *each.english))
        assert not any(word in said for word in ("catholic", "muslim", "religion", "pregnan"))


def test_a_sensitive_attribute_restricts_after_an_explicit_yes_only(crowd: ToolContext) -> None:
    about = "customers whose religion is catholic"
    with pytest.raises(SensitiveContext):
        generate_segments(crowd, "tea", about=about)
    made = generate_segments(crowd, "tea", about=about, allow_sensitive=True)
    assert made.base == "trait('religion') = 'catholic'"
    assert made.base_reach == 300


def test_the_same_call_gives_the_same_segments(
    crowd: ToolContext, make: Callable[..., Segmentation]
) -> None:
    assert generate_segments(crowd, "tea") == make("tea", cut=0)


def test_another_cut_is_another_one_and_says_so(make: Callable[..., Segmentation]) -> None:
    cuts = [make("tea", cut=number) for number in range(3)]
    assert len({tuple(each.query for each in made.segments) for made in cuts}) == 3
    assert "another way" in cuts[1].how


def test_the_kinds_of_people_that_there_are_are_found(
    crowd: ToolContext, make: Callable[..., Segmentation]
) -> None:
    made = make("tea", cut=0)
    assert any("Order Completed" in (each.query or "") for each in made.segments)
    assert made.covered is not None
    assert made.covered > 0.95
    assert made.stability is not None
    assert made.stability > 0.9
    for each in made.segments:
        assert each.query
        assert preview_audience(crowd, each.query).reach == each.reach
        assert each.measures or "Order Completed" not in (each.query or "")


def test_when_all_cuts_have_been_shown_they_begin_anew_and_that_is_said(crowd: ToolContext) -> None:
    made = generate_segments(crowd, "tea", cut=10_000)
    assert made.notes[-1].endswith("they begin anew.")
    assert made.segments


def test_at_least_and_less_than_the_next_number_is_said_as_one(
    make: Callable[..., Segmentation],
) -> None:
    for cut in range(3):
        for segment in make("tea", cut=cut).segments:
            tree = read(segment.query or "")
            counts = [
                (node.left, node.operator)
                for node in walk(tree)
                if isinstance(node, Comparison) and isinstance(node.left, Aggregate)
            ]
            assert len(counts) == len(set(counts))


def test_another_seed_gives_much_the_same(crowd: ToolContext) -> None:
    strategy = next(each for each in crowd.workspace.strategies if each.key == "tea")
    one, two = (segments_for(crowd, strategy, seed=seed) for seed in (1, 2))
    assert {each.query for each in one.segments} == {each.query for each in two.segments}


def test_a_sample_is_the_same_for_the_same_seed_and_says_its_share(crowd: ToolContext) -> None:
    trait = crowd.workspace.catalog.trait("age")
    assert trait is not None

    def ages(seed: int) -> tuple[float, list[float]]:
        people = crowd.runner.people(
            None, Wanted((trait,)), as_of=crowd.moment(), everybody=900, most=300, seed=seed
        )
        return people.share, list(people.traits["age"])

    assert ages(1) == ages(1)
    assert ages(1)[1] != ages(2)[1]
    assert ages(1)[0] == pytest.approx(1 / 3)
    assert 200 < len(ages(1)[1]) < 400


def test_a_contradiction_in_a_strategy_is_said_and_restricts_nobody(crowd: ToolContext) -> None:
    made = generate_segments(crowd, "torn")
    assert made.base is None
    assert any("older than 60" in note for note in made.notes)


def test_an_unknown_strategy_is_said(crowd: ToolContext) -> None:
    with pytest.raises(NotFound):
        generate_segments(crowd, "coffee")


def test_too_few_people_are_told_of_in_the_strategys_words(tmp_path: Path) -> None:
    few = opened(make_crowd(tmp_path / "few", people=2 * SMALLEST), tmp_path / "home")
    made = generate_segments(few, "tea")
    assert [each.grounded for each in made.segments] == [False] * len(made.segments)
    assert all(each.query is None and each.reach is None for each in made.segments)
    assert "too few" in made.how
    with pytest.raises(TooFewPeople):
        generate_segments(few, "tea", about="customers in France")
    with pytest.raises(NothingSaid, match="Silent"):
        generate_segments(few, "silent")


@pytest.mark.parametrize("people", [1, 3])
def test_a_table_of_one_row(tmp_path: Path, people: int) -> None:
    one = opened(make_crowd(tmp_path / "one", people=people), tmp_path / "home")
    assert not any(each.grounded for each in generate_segments(one, "tea").segments)


def test_people_of_whom_nothing_is_known_are_not_parted(tmp_path: Path) -> None:
    users = "SELECT 'x' || i AS id, 'same' AS constant, CAST(NULL AS INTEGER) AS age FROM range({people}) AS n(i)"
    blank = opened(make_crowd(tmp_path / "blank", users=users), tmp_path / "home")
    made = generate_segments(blank, "tea")
    assert not any(each.grounded for each in made.segments)
    assert "nothing that is known" in made.how


def test_two_thousand_traits(tmp_path: Path) -> None:
    more = ", ".join(f"(i * {3 + n % 17}) % {2 + n % 9} AS extra_{n}" for n in range(2_000))
    users = USERS.replace("SELECT 'u' || i AS id,", f"SELECT 'u' || i AS id, {more},")
    wide = opened(make_crowd(tmp_path / "wide", people=600, users=users), tmp_path / "home")
    made = generate_segments(wide, "tea")
    assert 3 <= len(made.segments) <= 6
    assert all(each.grounded for each in made.segments)


def test_a_plan_without_data_makes_segments_of_words(tmp_path: Path) -> None:
    plan = opened(make_plan(tmp_path / "plan", STRATEGY), tmp_path / "home")
    made = generate_segments(plan, "tea")
    assert [each.name for each in made.segments] == ["Green tea", "Ordered at least twice"]
    assert not any(each.grounded for each in made.segments)
    assert all(each.pain_points and each.query is None for each in made.segments)
    with pytest.raises(NothingSaid):
        generate_segments(plan, "silent")
