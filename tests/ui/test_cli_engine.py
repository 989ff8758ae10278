"""muster on a warehouse: importing its catalog, counting there, and losing it on the way."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.audience.small_data import load
from tests.ui.cli import muster
from tests.workspace import postgres_server, warehouses

if not postgres_server.installed():
    pytest.skip("PostgreSQL is not installed here", allow_module_level=True)


def with_names(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    load(connection)
    for table, name in (
        ("order_completed", "Order Completed"),
        ("order_refunded", "Order Refunded"),
    ):
        connection.execute(f"ALTER TABLE {table} ADD event_text TEXT DEFAULT '{name}'".encode())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server.running() as url:
        yield url


@pytest.fixture
def url(server: str) -> Iterator[str]:
    with warehouses.database(server, with_names) as url:
        yield url


ORDERS = "event('Order Completed').within(30 days).count() >= 1"
AS_OF = ("--as-of", "2026-11-22T12:00:00Z", "--json")


def test_a_workspace_is_made_of_a_warehouse_and_everything_runs_there(url: str) -> None:
    report = muster("import", "--engine", url, "--name", "there", "--json").json
    assert (report["name"], report["users"], report["has_data"]) == ("there", 4, True)
    (listed,) = muster("workspaces", "--json").json["workspaces"]
    assert listed["users"] == 4
    found = muster("preview", ORDERS, "--members", *AS_OF).json
    assert (found["members"], found["universe"]) == (["ann", "bob", "cid"], 4)
    assert muster("why", "dee", ORDERS, *AS_OF).json["in"] is False
    ids = muster("export", ORDERS, "--to", "csv", "--as-of", "2026-11-22T12:00:00Z").out
    assert ids.split() == ["id", "ann", "bob", "cid"]
    fields = muster("fields", "orders", "--json").json["fields"]
    assert any(each["name"] == "Order Completed" for each in fields)


def test_without_a_workspace_the_warehouse_is_looked_at_once(url: str) -> None:
    found = muster("preview", ORDERS, "--engine", url, *AS_OF).json
    assert (found["reach"], found["universe"]) == (3, 4)
    assert muster("workspaces", "--json").json == {"workspaces": []}


def test_a_server_that_goes_away_is_an_error_with_a_code_and_no_password(server: str) -> None:
    with warehouses.database(server, with_names) as url:
        assert muster("import", "--engine", url, "--name", "there").status == 0
    for arguments in (("preview", ORDERS), ("why", "ann", ORDERS)):
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
