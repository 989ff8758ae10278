"""muster on a warehouse: importing its catalog, counting and exporting there, and losing it on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.audience.small_data import TABLES, load
from tests.ui.cli import muster
from tests.workspace import postgres_server, sparks, warehouses

NAMES = (("order_completed", "Order Completed"), ("order_refunded", "Order Refunded"))
ORDERS = "event('Order Completed').within(30 days).count() >= 1"
AT = ("--as-of", "2026-11-22T12:00:00Z")
AS_OF = (*AT, "--json")


def with_names(connection: psycopg.Connection[Any]) -> None:
    load(connection)
    for table, name in NAMES:
        connection.execute(f"ALTER TABLE {table} ADD event_text TEXT DEFAULT '{name}'".encode())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not postgres_server.installed():
        pytest.skip("PostgreSQL is not installed here")
    with postgres_server.running() as url:
        yield url


@pytest.fixture(scope="module")
def postgres(server: str) -> Iterator[str]:
    with warehouses.database(server, with_names) as url:
        yield url


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> str:
    if not sparks.installed():
        pytest.skip("Spark is not installed here")
    sparks.prepare()
    named = [f"ALTER TABLE {each} ADD event_text TEXT DEFAULT '{name}'" for each, name in NAMES]
    folder = sparks.write(TABLES + ";".join(named), tmp_path_factory.mktemp("spark") / "there")
    return sparks.address(folder)


@pytest.fixture(
    params=[
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("spark", marks=pytest.mark.spark),
    ]
)
def url(request: pytest.FixtureRequest) -> str:
    """The address of the same tables, on each engine."""
    found: str = request.getfixturevalue(request.param)
    return found


def test_a_workspace_is_made_of_a_warehouse_and_everything_runs_there(url: str) -> None:
    report = muster("import", "--engine", url, "--name", "there", "--json").json
    assert (report["name"], report["users"], report["has_data"]) == ("there", 4, True)
    (listed,) = muster("workspaces", "--json").json["workspaces"]
    assert listed["users"] == 4
    found = muster("preview", ORDERS, "--members", *AS_OF).json
    assert (found["members"], found["universe"]) == (["ann", "bob", "cid"], 4)
    assert muster("why", "dee", ORDERS, *AS_OF).json["in"] is False
    assert muster("export", ORDERS, "--to", "csv", *AT).out.split() == ["id", "ann", "bob", "cid"]
    fields = {each["name"]: each for each in muster("fields", "orders", "--json").json["fields"]}
    assert fields["Order Completed"]["active"]
    values = muster("fields", "category", "--json").json["fields"][0]["values"]
    assert values == ["boots", "maps", "tents", "a", "b"]


def test_without_a_workspace_the_warehouse_is_looked_at_once(postgres: str) -> None:
    found = muster("preview", ORDERS, "--engine", postgres, *AS_OF).json
    assert (found["reach"], found["universe"]) == (3, 4)
    exported = muster("export", ORDERS, "--engine", postgres, "--to", "csv", *AT)
    assert exported.out.split() == ["id", "ann", "bob", "cid"]
    assert muster("workspaces", "--json").json == {"workspaces": []}


def test_sql_is_in_the_dialect_of_the_engine_and_runs_there(postgres: str) -> None:
    query = f"{ORDERS} AND event('Order Completed').sum(property('price')) > 50.00"
    sql = muster("export", query, "--engine", postgres, "--to", "sql", *AT).out
    with psycopg.connect(postgres) as connection:
        assert sorted(connection.execute(sql.encode()).fetchall()) == [("ann",), ("cid",)]
    for dialect in ("spark", "duckdb"):  # of another dialect, with the types of the catalog
        other = muster("export", query, "--engine", postgres, "--to", f"sql:{dialect}", *AS_OF)
        assert "order_completed" in other.json["sql"]


def test_a_server_that_goes_away_is_an_error_with_a_code_and_no_password(server: str) -> None:
    with warehouses.database(server, with_names) as url:
        assert muster("import", "--engine", url, "--name", "there").status == 0
    for arguments in (("preview", ORDERS), ("why", "ann", ORDERS), ("export", ORDERS, "--to=csv")):
        lost = muster(*arguments, *AS_OF)
        assert (lost.status, lost.json["error"]["code"]) == (1, "database_error")
    refused = muster("import", "--engine", "postgresql://ana:secret@127.0.0.1:1/x", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (1, "database_error")
    assert "secret" not in refused.out + refused.err


def test_nothing_to_import_is_wrong_usage_and_an_unknown_engine_is_said() -> None:
    assert muster("import", "--json").status == 2
    assert muster("import", "--engine", "mysql://x", "--json").json["error"]["code"] == (
        "unknown_engine"
    )
