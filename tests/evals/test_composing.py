"""Composed prompts: the same for a seed, of every shape, with gold queries that are valid."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audience.validator import check
from evals.composing import World, compose
from evals.worlds import eval_settings, open_world, prepare

WORLD = World("planboard", datetime(2026, 3, 18, 9, tzinfo=UTC), "UTC")


def test_the_same_seed_makes_the_same_prompts() -> None:
    first = list(compose(WORLD, 60, seed=3))
    assert first == list(compose(WORLD, 60, seed=3))
    assert first != list(compose(WORLD, 60, seed=4))
    assert len({case.prompt for case in first}) == 60
    assert len({case.tags[0] for case in first}) == 12


def test_calendar_windows_start_where_the_words_say() -> None:
    said = {
        "last week": "'2026-03-09' AND context('timestamp') < '2026-03-16'",
        "last month": "'2026-02-01' AND context('timestamp') < '2026-03-01'",
        "last quarter": "'2025-10-01' AND context('timestamp') < '2026-01-01'",
        "yesterday": "'2026-03-17' AND context('timestamp') < '2026-03-18'",
    }
    found = {
        words
        for case in compose(WORLD, 600)
        for words, days in said.items()
        if f"window: {words}" in case.tags and days in str(case.query)
    }
    assert found == set(said)


@pytest.mark.parametrize("name", ["planboard", "lumen", "viento"])
def test_every_gold_query_is_valid(eval_home: Path, name: str) -> None:
    settings = eval_settings()
    prepare([name], settings)
    context = open_world(name, settings)
    world = World(name, context.moment(), context.catalog.timezone)
    for case in compose(world, 300):
        assert case.query is not None
        assert check(case.query, context.catalog).valid, case
        assert 20 <= len(case.prompt) <= 300
