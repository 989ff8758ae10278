"""What the command line says when the data are lost while a query runs: a real table and a real connection."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep
from typing import Any

import psycopg
import pytest

from tests.audience.small_data import load
from tests.ui.cli import Ran, muster
from tests.workspace import postgres_server, warehouses
from workspace.database import CHANGED, GONE, DatabaseError
from workspace.runner import Runner

ORDERS = "event('Order Completed').within(30 days).count() >= 1"
AT = ("--as-of", "2026-11-22T12:00:00Z")
COMMANDS = (
    ("preview", ORDERS, *AT, "--json"),
    ("why", "ann", ORDERS, *AT, "--json"),
    ("export", ORDERS, "--to=csv", *AT),
)
pytestmark = pytest.mark.postgres


def named(connection: psycopg.Connection[Any]) -> None:
    load(connection)
    connection.execute("ALTER TABLE order_completed ADD event_text TEXT DEFAULT 'Order Completed'")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if not postgres_server.installed():
        pytest.skip("PostgreSQL is not installed here")
    with postgres_server.running() as server, warehouses.database(server, named) as found:
        yield found


@pytest.fixture
def imported(url: str) -> None:
    assert muster("import", "--engine", url, "--name", "there").status == 0


def waiting(connection: psycopg.Connection, running: Future[Ran]) -> int:
    """The process whose query waits for a lock that `connection` holds."""
    query = """
        select pid from pg_stat_activity where datname = current_database()
            and state = 'active' and wait_event_type = 'Lock'
    """
    while not running.done():
        connection.execute("SELECT pg_stat_clear_snapshot()")
        for (pid,) in connection.execute(query):
            return int(pid)
        sleep(0.01)
    raise AssertionError(running.result())


def lost(ran: Ran, words: str) -> bool:
    """An error with its code and its words, and nothing of an answer."""
    assert "Traceback" not in ran.out + ran.err
    assert ran.status == 1
    if not ran.out:
        return words.split(":")[0] in " ".join(ran.err.split())
    assert set(ran.json) == {"error"}
    return bool(ran.json["error"] == {"code": "database_error", "message": words})


@pytest.mark.usefixtures("imported")
def test_a_table_that_is_gone_before_the_query_gets_to_it(url: str) -> None:
    for command in COMMANDS:
        with psycopg.connect(url) as holder, ThreadPoolExecutor(1) as other:
            holder.execute("ALTER TABLE order_completed RENAME TO elsewhere")
            running = other.submit(muster, *command)
            waiting(holder, running)
            holder.commit()
            assert lost(running.result(), CHANGED)
            holder.execute("ALTER TABLE elsewhere RENAME TO order_completed")


@pytest.mark.usefixtures("imported")
def test_a_connection_that_drops_while_a_query_runs(url: str) -> None:
    for command in COMMANDS:
        with psycopg.connect(url) as holder, ThreadPoolExecutor(1) as other:
            holder.execute("LOCK TABLE order_completed IN ACCESS EXCLUSIVE MODE")
            running = other.submit(muster, *command)
            holder.execute("SELECT pg_terminate_backend(%s)", [waiting(holder, running)])
            assert lost(running.result(), GONE)


@pytest.mark.usefixtures("imported")
def test_ids_are_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Iterator[str]:
        yield from ("ann", "bob")
        raise DatabaseError(GONE)  # which no server does between two rows when it is asked to

    monkeypatch.setattr(Runner, "stream", broken)
    ran = muster("export", ORDERS, "--to=csv", *AT)
    assert (ran.status, ran.out) == (1, "")
    assert lost(ran, GONE)
