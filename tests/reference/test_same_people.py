"""The compiler and the reference find the same people, in generated workspaces, for generated queries.

The same pairs every time; `make prove` looks at others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings

from audience.operators import OPERATORS
from audience.query import (
    Between,
    Comparison,
    Events,
    Method,
    Node,
    Property,
    Reducer,
    Trait,
    Where,
    Within,
    children,
    walk,
)
from tests.reference.evaluator import World
from tests.reference.same_people import (
    Opening,
    Queries,
    cases,
    installed,
    opened,
    pairs,
    the_same_people,
)
from tests.reference.worlds import ZONES

PAIRS = 2000


@pytest.fixture(scope="module", params=[each for each in installed() if each != "spark"])
def opening(request: pytest.FixtureRequest) -> Iterator[Opening]:
    with opened(request.param) as found:
        yield found


@pairs(PAIRS)
@given(case=cases())
def test_compiler_and_reference_find_the_same_people(
    opening: Opening, case: tuple[World, Queries]
) -> None:
    the_same_people(opening, *case)


@pytest.fixture(scope="module")
def spark() -> Iterator[Opening]:
    if "spark" not in installed():
        pytest.skip("Spark is not installed here")
    with opened("spark") as found:
        yield found


@pytest.mark.spark
@pairs(PAIRS // 10)
@given(case=cases())
def test_spark_and_reference_find_the_same_people(
    spark: Opening, case: tuple[World, Queries]
) -> None:
    the_same_people(spark, *case)


def test_every_construct_is_among_what_is_generated() -> None:
    seen: set[str] = set()

    @settings(pairs(700), derandomize=True)
    @given(case=cases())
    def look(case: tuple[World, Queries]) -> None:
        world, queries = case
        seen.add(world.catalog.timezone)
        seen.update(f"{len(rows)} rows" for rows in world.events.values())
        seen.add("imported" if world.imported else "as it comes")
        for type_, tree in queries:
            seen.add(type_)
            seen.update(what for node in walk(tree) for what in _constructs(node, world))

    look()
    wanted = {*OPERATORS, *get_args(Method), "users", "accounts", "0 rows"}
    wanted |= {"AnyUser", "AllUsers", "Where", "Within", "Between", "Sources", "Context"}
    wanted |= {"within parent", "property of parent", "three events deep", "member"}
    wanted |= {"as number", "as string", "mode as string"}
    wanted |= {"two windows", "two wheres", "imported", "as it comes"}
    assert wanted - seen == set()
    assert len(seen & {*ZONES}) > len(ZONES) / 2


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
                yield from (f"as {as_type}", f"{method} as {as_type}")
        case Within(of_parent=True):
            yield "within parent"
        case Property(of_parent=True):
            yield "property of parent"
        case Events(filters=filters):
            wheres = sum(isinstance(each, Where) for each in filters)
            windows = sum(isinstance(each, Within | Between) for each in filters)
            if _depth(node) > 2:
                yield "three events deep"
            if wheres > 1:
                yield "two wheres"
            if windows > 1:
                yield "two windows"


def _depth(node: Node) -> int:
    """How many events stand inside one another."""
    inner = max((_depth(each) for each in children(node)), default=0)
    return inner + isinstance(node, Events)
