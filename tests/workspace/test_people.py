"""People as columns of numbers: the same on DuckDB and on PostgreSQL, and a sample by a digest of ids."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

import pytest

from audience.catalog import EventField, PropertyField
from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, load, write
from tests.workspace import postgres_server, warehouses
from workspace.database import Database, DuckDatabase
from workspace.people import Done, People, Wanted, people_of
from workspace.warehouse import open_warehouse

ENGINES = ("duckdb", *(("postgres",) if postgres_server.installed() else ()))


@pytest.fixture(scope="module", params=ENGINES)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    if request.param == "duckdb":
        opened: Database = DuckDatabase(write(tmp_path_factory.mktemp("data") / "data.duckdb"))
        yield opened
        opened.close()
        return
    with warehouses.database(request.getfixturevalue("postgres"), load) as url:
        opened = open_warehouse(url)
        yield opened
        opened.close()


def _orders() -> EventField:
    event = CATALOG.event("Order Completed")
    assert event is not None
    return event


def _property(name: str) -> PropertyField:
    found = _orders().property(name)
    assert found is not None
    return found


WANTED = Wanted(
    traits=CATALOG.user_traits,
    events=(_orders(),),
    sums=(_property("price"),),
    values={_property("category"): ("tents",)},
    conditions=(bind("trait('vip') = 'true'", CATALOG),),
)


def _people(database: Database, most: int = 100, seed: int = 0, query: str = "") -> People:
    base = bind(query, CATALOG) if query else None
    return people_of(database, base, AS_OF, WANTED, everybody=4, most=most, seed=seed)


def _count(database: Database, query: str) -> int:
    from workspace.runner import Runner

    return Runner(database).preview(bind(query, CATALOG), as_of=AS_OF).reach or 0


def test_everybody_has_a_row_in_the_order_of_ids(database: Database) -> None:
    people = _people(database)
    assert (people.size, people.share) == (4, 1.0)
    assert people.traits["plan"] == ["free", "pro", "Free", None]
    assert people.traits["tags"] == ["[a, b]", "[b]", None, "[]"]
    ages = people.traits["age"]
    assert (ages[0], ages[2], ages[3]) == (30, 50.5, None)
    assert math.isnan(ages[1])
    assert people.holds[0].tolist() == [True, False, False, True]


def test_dates_are_days_before_as_of(database: Database) -> None:
    signed_up = _people(database).traits["signed_up_at"]
    assert signed_up[0] == pytest.approx(timedelta(days=2, hours=2) / timedelta(days=1))
    assert signed_up[3] < 0  # it lies ahead


@pytest.mark.parametrize("days", [30, 90, 180, 365])
def test_counts_are_those_of_the_language(database: Database, days: int) -> None:
    done = _people(database).events["Order Completed"]
    for least in (1, 2):
        query = f"event('Order Completed').within({days} days).count() >= {least}"
        assert (done.within[days] >= least).sum() == _count(database, query)
    assert (done.ever >= 1).sum() == _count(database, "event('Order Completed').count() >= 1")


def test_sums_and_values_are_those_of_the_language(database: Database) -> None:
    done: Done = _people(database).events["Order Completed"]
    sums = done.sums["price"]
    for least in (0, 20, 1_000):
        query = f"event('Order Completed').within(365 days).sum(property('price')) >= {least}"
        assert sum(each >= least for each in sums.tolist()) == _count(database, query)
    tents = "event('Order Completed').where(property('category') = 'tents').within(365 days).count() >= 1"
    assert (done.values["category", "tents"] >= 1).sum() == _count(database, tents)
    assert [math.isnan(each) for each in done.last.tolist()] == (done.ever == 0).tolist()


def test_a_base_leaves_the_others_out(database: Database) -> None:
    people = _people(database, query="trait('vip') = 'true'")
    assert people.size == 2
    assert people.traits["plan"] == ["free", None]


def test_a_sample_is_one_by_the_digest_of_ids_and_the_seed(database: Database) -> None:
    from hashlib import md5

    names, everybody = ("ann", "bob", "cid", "dee"), _people(database)
    for seed in range(6):
        limit = f"{int(0.5 * 16**6):06x}"
        chosen = [
            place
            for place, name in enumerate(names)
            if md5(f"{name}#{seed}".encode(), usedforsecurity=False).hexdigest()[:6] < limit
        ]
        people = _people(database, most=2, seed=seed)
        assert people.share == 0.5
        assert people.traits["plan"] == [everybody.traits["plan"][each] for each in chosen]
