"""The made-up workspaces: the same every time, large enough, with every kind of field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evals.workspaces import MADE_UP, NAMES
from evals.workspaces.making import write
from evals.worlds import UnknownWorld, eval_settings, open_world, prepare


@pytest.mark.parametrize("name", NAMES)
def test_made_twice_it_is_the_same(tmp_path: Path, name: str) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    few = replace(MADE_UP[name], people=60)
    write(few, first)
    write(few, second)
    files = sorted(path.name for path in first.iterdir())
    assert files == sorted(path.name for path in second.iterdir())
    for file in files:
        if file.endswith(".parquet"):
            assert pq.read_table(first / file).equals(pq.read_table(second / file)), file
        else:
            assert (first / file).read_bytes() == (second / file).read_bytes(), file


@pytest.mark.parametrize("name", ["planboard", "lumen", "viento"])
def test_it_is_imported_with_people_events_and_every_kind_of_field(
    eval_home: Path, name: str
) -> None:
    settings = eval_settings()
    prepare([name], settings)
    context = open_world(name, settings)
    catalog = context.catalog
    types = {trait.type for trait in catalog.user_traits}
    assert {"text", "number", "boolean", "date", "timestamp", "list"} <= types
    assert sum(event.seen.count for event in catalog.events) > 20_000
    assert all(field.description for field in catalog.fields())
    assert len(catalog.audiences) == 2
    users = max(trait.seen.count for trait in catalog.user_traits)
    assert 1_500 <= users <= 3_000
    assert any(trait.seen.count < 0.9 * users for trait in catalog.user_traits)


def test_preparing_again_makes_nothing_anew(eval_home: Path) -> None:
    settings = eval_settings()
    prepare(["planboard"], settings)
    before = (settings.home / "workspaces" / "planboard").resolve()
    prepare(["planboard"], settings)
    assert (settings.home / "workspaces" / "planboard").resolve() == before


def test_an_unknown_workspace_is_named(eval_home: Path) -> None:
    with pytest.raises(UnknownWorld, match="nowhere"):
        prepare(["nowhere"], eval_settings())
