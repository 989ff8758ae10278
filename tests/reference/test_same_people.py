"""The compiler and the reference find the same people, in generated workspaces, for generated queries.

MUSTER_PROVE=20000 asks for so many pairs of a workspace and a query on DuckDB and PostgreSQL each, and
for a tenth of them on Spark.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import get_args

import psycopg
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from audience.catalog import AudienceType, SavedAudience
from audience.operators import OPERATORS
from audience.printer import show
from audience.query import (
    Boolean,
    Comparison,
    Events,
    Method,
    Node,
    Property,
    Reducer,
    Trait,
    Within,
    children,
    conditions,
    top_level,
    walk,
)
from audience.validator import bind
from tests.reference.evaluator import World, members
from tests.reference.queries import audiences
from tests.reference.worlds import (
    ACCOUNT_TRAITS,
    USER_TRAITS,
    ZONES,
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

PAIRS = int(os.environ.get("MUSTER_PROVE", "2000"))
QUERIES = 20  # of each workspace
ENGINES = ["duckdb", *(["postgres"] if postgres_server.installed() else [])]

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


@pytest.fixture(scope="module", params=ENGINES)
def opening(request: pytest.FixtureRequest) -> Iterator[Opening]:
    """Stores a workspace in an engine and opens it."""
    if request.param == "duckdb":
        yield _in_duckdb
        return
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
        database = DuckDatabase(Path(folder) / "data.duckdb")
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


def _pairs(number: int) -> settings:
    return settings(
        max_examples=max(1, number // QUERIES),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        database=None,
    )


@_pairs(PAIRS)
@given(case=cases())
def test_compiler_and_reference_find_the_same_people(
    opening: Opening, case: tuple[World, Queries]
) -> None:
    the_same_people(opening, *case)


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.skipif(not sparks.installed(), reason="Spark is not installed here")
@_pairs(PAIRS // 10)
@given(case=cases())
def test_spark_and_reference_find_the_same_people(case: tuple[World, Queries]) -> None:
    sparks.prepare()
    the_same_people(_in_spark, *case)


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


def test_every_construct_is_among_what_is_generated() -> None:
    seen: set[str] = set()

    @_pairs(600)
    @given(case=cases())
    def look(case: tuple[World, Queries]) -> None:
        world, queries = case
        seen.add(world.catalog.timezone)
        seen.update(f"{len(rows)} rows" for rows in world.events.values())
        for type_, tree in queries:
            seen.add(type_)
            seen.update(what for node in walk(tree) for what in _constructs(node, world))

    look()
    wanted = {*OPERATORS, *get_args(Method), *ZONES, "users", "accounts", "0 rows"}
    wanted |= {"AnyUser", "AllUsers", "Where", "Within", "Between", "Sources", "Context"}
    wanted |= {"within parent", "property of parent", "three events deep", "as string", "member"}
    assert wanted - seen == set()


def _constructs(node: Node, world: World) -> Iterator[str]:
    yield type(node).__name__
    match node:
        case Comparison(operator=operator, left=left):
            yield operator
            if isinstance(left, Trait) and left.name in world.audiences:
                yield "member"
        case Reducer(method=method, as_type=as_type):
            yield method
            if as_type is not None:
                yield f"as {as_type}"
        case Within(of_parent=True):
            yield "within parent"
        case Property(of_parent=True):
            yield "property of parent"
        case Events() if _depth(node) > 2:
            yield "three events deep"


def _depth(node: Node) -> int:
    """How many events stand inside one another."""
    inner = max((_depth(each) for each in children(node)), default=0)
    return inner + isinstance(node, Events)


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
