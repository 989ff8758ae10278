"""The compiler and the reference find the same people, in generated workspaces, for generated queries."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from audience.catalog import SavedAudience
from audience.printer import show
from audience.query import Boolean
from audience.validator import bind
from tests.reference.evaluator import World, members
from tests.reference.queries import audiences
from tests.reference.worlds import store, worlds
from workspace.database import DuckDatabase
from workspace.runner import Runner

PAIRS = int(os.environ.get("MUSTER_PROVE", "300"))
QUERIES = 10  # per workspace


@st.composite
def cases(draw: st.DrawFn) -> tuple[World, list[tuple[str, Boolean]]]:
    """A workspace with a saved audience or two, and queries to ask of it."""
    world = draw(worlds())
    for number in range(draw(st.integers(0, 2))):
        world.audiences[f"saved_{number}"] = draw(audiences(world))
    saved = tuple(
        SavedAudience(key, key, show(tree), "users" if type_ == "users" else "accounts")
        for key, (type_, tree) in world.audiences.items()
    )
    world.catalog = replace(world.catalog, audiences=saved)
    return world, [draw(audiences(world)) for _ in range(QUERIES)]


@settings(
    max_examples=max(1, PAIRS // QUERIES),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(cases())
def test_compiler_and_reference_find_the_same_people(
    case: tuple[World, list[tuple[str, Boolean]]],
) -> None:
    world, queries = case
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.duckdb"
        store(world, path)
        database = DuckDatabase(path)
        runner = Runner(database)
        for type_, tree in queries:
            note(f"{type_}: {show(tree)}")
            bound = bind(show(tree), world.catalog, audience_type="users" if type_ == "users" else "accounts")  # fmt: skip
            assert set(runner.members(bound, as_of=world.as_of)) == members(tree, type_, world)
        database.close()
