"""Whether an engine and the reference find the same people: what is asked, where, and how it is compared."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Literal

import psycopg
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st

from audience.catalog import AudienceType, SavedAudience
from audience.printer import show
from audience.query import Boolean, Comparison, Trait, conditions, top_level
from audience.validator import bind
from tests.reference.evaluator import World, members
from tests.reference.queries import audiences
from tests.reference.worlds import (
    ACCOUNT_TRAITS,
    USER_TRAITS,
    store,
    store_as_parquet,
    store_in_postgres,
    worlds,
)
from tests.workspace import postgres_server, sparks, warehouses
from workspace.database import Database, DuckDatabase
from workspace.runner import Runner
from workspace.tally import KeptFlags
from workspace.warehouse import open_warehouse

Engine = Literal["duckdb", "postgres", "spark"]
QUERIES = 20  # of each workspace

Opening = Callable[[World], AbstractContextManager[Database]]
Queries = list[tuple[AudienceType, Boolean]]


@st.composite
def cases(draw: st.DrawFn) -> tuple[World, Queries]:
    """A workspace with up to two saved audiences, and what to ask of it; making it is what costs."""
    world = draw(worlds())
    for number in range(draw(st.integers(0, 2))):
        world.audiences[f"saved_{number}"] = draw(audiences(world))
    saved = tuple(
        SavedAudience(key, key, show(tree), type_) for key, (type_, tree) in world.audiences.items()
    )
    world.catalog = replace(world.catalog, audiences=saved)
    return world, [draw(audiences(world)) for _ in range(QUERIES)]


def installed() -> tuple[Engine, ...]:
    """The engines that this machine has."""
    there: dict[Engine, bool] = {
        "duckdb": True,
        "postgres": postgres_server.installed() is not None,
        "spark": sparks.installed(),
    }
    return tuple(each for each, found in there.items() if found)


@contextmanager
def opened(engine: Engine) -> Iterator[Opening]:
    """What stores a workspace in an engine and opens it there."""
    if engine == "duckdb":
        yield _in_duckdb
    elif engine == "spark":
        sparks.prepare()
        yield _in_spark
    else:
        with (
            postgres_server.running() as server,
            warehouses.database(server, lambda _connection: None) as url,
            psycopg.connect(url, autocommit=True) as connection,
        ):
            yield partial(_in_postgres, url, connection, count())


@contextmanager
def _in_duckdb(world: World) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        store(world, Path(folder) / "data.duckdb")
        database = DuckDatabase(Path(folder) / "data.duckdb", as_imported=world.imported)
        yield database
        database.close()


@contextmanager
def _in_postgres(
    url: str, connection: psycopg.Connection, numbers: Iterator[int], world: World
) -> Iterator[Database]:
    schema = f"world_{next(numbers)}"
    store_in_postgres(world, connection, schema)
    database = open_warehouse(f"{url}?schema={schema}")
    yield database
    database.close()
    connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


@contextmanager
def _in_spark(world: World) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        store_as_parquet(world, Path(folder))
        database = open_warehouse(f"spark://{folder}")
        yield database
        database.close()


def pairs(number: int) -> settings:
    """So many pairs of a workspace and a query."""
    return settings(
        max_examples=max(1, number // QUERIES),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        deadline=None,
        database=None,
    )


def the_same_people(opening: Opening, world: World, queries: Queries) -> None:
    with opening(world) as database:
        runner = Runner(database)
        first, *others = queries
        note(f"{first[0]}: {show(first[1])}")
        counts_and_reasons_are_those_of_the_members(database, runner, world, first)
        for type_, tree in others:
            note(f"{type_}: {show(tree)}")
            bound = bind(show(tree), world.catalog, audience_type=type_)
            assert set(runner.members(bound, as_of=world.as_of)) == members(tree, type_, world)


def edits_count_what_they_change(
    database: DuckDatabase, world: World, type_: AudienceType, single: Mapping[Boolean, set[str]]
) -> None:
    """Each condition alone, where everybody is known from before."""
    kept = KeptFlags(database)
    (trait, *_) = ACCOUNT_TRAITS if type_ == "accounts" else USER_TRAITS
    before = bind(Comparison(Trait(trait), "exists"), world.catalog, audience_type=type_)
    kept.tally(before, world.as_of)
    for node, ids in single.items():
        bound = bind(node, world.catalog, audience_type=type_)
        assert kept.tally(bound, world.as_of).reach == len(ids)


def counts_and_reasons_are_those_of_the_members(
    database: Database, runner: Runner, world: World, query: tuple[AudienceType, Boolean]
) -> None:
    type_, tree = query
    bound = bind(show(tree), world.catalog, audience_type=type_)
    everybody = {row["id"] for row in (world.users if type_ == "users" else world.accounts)}
    inside = members(bound.root, type_, world)
    preview = runner.preview(bound, members=True, as_of=world.as_of)
    assert (preview.reach, preview.universe) == (len(inside), len(everybody))
    assert preview.members == tuple(sorted(inside))
    if isinstance(database, DuckDatabase):
        for _ in range(2):  # what is counted and kept, and what was kept
            again = runner.preview(bound, as_of=world.as_of)
            assert (again.reach, again.universe) == (preview.reach, preview.universe)
            assert again.conditions == preview.conditions
    single = {node: members(node, type_, world) for node in conditions(bound.root)}
    if isinstance(database, DuckDatabase):
        edits_count_what_they_change(database, world, type_, single)
    counted = zip(conditions(bound.root), preview.conditions, strict=True)
    assert all(each.reach == len(single[node]) for node, each in counted)
    left, running = everybody, iter(preview.conditions)
    for part in top_level(bound.root):
        before, left = left, left & members(part, type_, world)
        for node in conditions(part):
            each = next(running)
            kept, dropped = len(left), len(before) - len(left)
            expected = (kept, dropped) if node == part else (None, None)
            assert (each.kept, each.dropped) == expected
    for id in sorted(everybody)[:2]:
        why = runner.why(id, bound, world.as_of)
        assert why.inside == (id in inside)
        assert [each.inside for each in why.conditions] == [
            id in single[node] for node in conditions(bound.root)
        ]
        assert all(each.because for each in why.conditions)
