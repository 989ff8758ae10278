"""Counting where the data lies: a real PostgreSQL with the tables of a Segment warehouse."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, load
from tests.audience.test_compiler import CASES
from tests.workspace import postgres_server, warehouses
from tests.workspace.small_answers import counts_why_and_people
from workspace.database import Database, DatabaseError
from workspace.runner import Runner
from workspace.warehouse import UnknownEngine, open_warehouse

if not postgres_server.installed():
    pytest.skip("PostgreSQL is not installed here", allow_module_level=True)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server.running() as url:
        yield url


@pytest.fixture(scope="module")
def url(server: str) -> Iterator[str]:
    with warehouses.database(server, load) as url:
        yield url


@pytest.fixture(scope="module")
def warehouse(url: str) -> Iterator[Database]:
    opened = open_warehouse(url)
    yield opened
    opened.close()


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[query for query, _ in CASES])
def test_who_is_in(warehouse: Database, query: str, expected: str) -> None:
    assert Runner(warehouse).members(bind(query, CATALOG), as_of=AS_OF) == tuple(expected.split())


def test_counts_why_and_people(warehouse: Database) -> None:
    counts_why_and_people(warehouse)


def test_texts_are_ordered_by_code_point_whatever_the_collation(server: str) -> None:
    def ordered(connection: psycopg.Connection[tuple[str, ...]]) -> None:
        load(connection)
        connection.execute("DELETE FROM order_completed")
        connection.execute(
            """INSERT INTO order_completed SELECT each, 'ann', '2026-11-01', NULL, 1, 1, each, NULL
            FROM unnest(ARRAY['a', 'B', 'é', '_']) each"""
        )

    with warehouses.database(server, ordered) as url:
        warehouse = open_warehouse(url)
        runner = Runner(warehouse)
        for reducer, expected in (
            ("min(property('category') as string)", "B"),
            ("max(property('category') as string)", "é"),
            ("first(property('category'))", "B"),
            ("last(property('category'))", "é"),
            ("mode(property('category'), 1)", "B"),
        ):
            bound = bind(f"event('Order Completed').{reducer} = '{expected}'", CATALOG)
            assert runner.members(bound, as_of=AS_OF) == ("ann",), reducer
        warehouse.close()


def test_texts_reach_the_engine_as_bound_values_only(warehouse: Database) -> None:
    odd = "trait('it\\'s \"odd\" one')"
    query = f"{odd} = 'y\\'; --' OR {odd}.contains('\"; DROP TABLE users; --', '%s', '$1', '14')"
    assert Runner(warehouse).members(bind(query, CATALOG), as_of=AS_OF) == ("bob",)
    with pytest.raises(DatabaseError, match="null character"):
        Runner(warehouse).why("\x00", bind("trait('plan') = 'free'", CATALOG), AS_OF)


def test_a_schema_is_chosen_by_the_address(url: str) -> None:
    name = 'it\'s "mine"'
    quoted = '"' + name.replace('"', '""') + '"'
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {quoted}".encode())
        connection.execute(f"CREATE TABLE {quoted}.users (id BIGINT, plan TEXT)".encode())
        connection.execute(f"INSERT INTO {quoted}.users VALUES (10, 'free'), (9, 'free')".encode())  # noqa: S608
    warehouse = open_warehouse(f"{url}?schema=it%27s%20%22mine%22")
    found = Runner(warehouse).members(bind("trait('plan') = 'free'", CATALOG), as_of=AS_OF)
    assert found == ("10", "9")  # ids are texts, whatever their type
    with pytest.raises(DatabaseError, match="order_completed"):
        Runner(warehouse).members(
            bind("event('Order Completed').count() = 0", CATALOG), as_of=AS_OF
        )
    warehouse.close()


def test_nothing_can_be_written(warehouse: Database) -> None:
    import ibis

    leak = ibis.table({"id": "string"}, name="users")
    warehouse.rows(leak.limit(1))
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        warehouse._connected().execute("DELETE FROM users")  # type: ignore[attr-defined]


def test_a_lost_connection_is_said_and_opened_again(server: str) -> None:
    bound = bind("trait('plan') = 'free'", CATALOG)
    with warehouses.database(server, load) as url:
        runner = Runner(open_warehouse(url))
        assert runner.preview(bound, as_of=AS_OF).reach == 1
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [url.rpartition("/")[2]],
            )
        with pytest.raises(DatabaseError):
            runner.preview(bound, as_of=AS_OF)
        assert runner.preview(bound, as_of=AS_OF).reach == 1


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "nonsense", "", "file:///etc/passwd", "sqlite:///x"]
)
def test_an_engine_that_is_not_known_is_refused(url: str) -> None:
    with pytest.raises(UnknownEngine, match="postgresql://"):
        open_warehouse(url)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(DatabaseError) as caught:
        open_warehouse("postgresql://ana:secret@127.0.0.1:1/shop?connect_timeout=2")
    assert "secret" not in caught.value.message


def test_ids_come_in_a_stream_in_the_order_of_code_points(server: str) -> None:
    def many(connection: psycopg.Connection[tuple[str, ...]]) -> None:
        load(connection)
        connection.execute(
            "INSERT INTO users SELECT 'x' || i, 'team' FROM generate_series(1, 25000) i"
        )
        connection.execute("INSERT INTO users VALUES ('X', 'team'), ('é', 'team')")

    with warehouses.database(server, many) as url:
        runner = Runner(open_warehouse(url))
        bound = bind("trait('plan') = 'team'", CATALOG)
        ids = tuple(runner.stream(bound, as_of=AS_OF))
        assert ids == runner.members(bound, as_of=AS_OF)
        assert (ids[0], ids[-1], len(ids)) == ("X", "é", 25_002)
        some = runner.stream(bound, as_of=AS_OF)
        assert next(some) == "X"
        some.close()  # type: ignore[attr-defined]
        assert runner.preview(bound, as_of=AS_OF).reach == 25_002
