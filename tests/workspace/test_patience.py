"""Long queries tell how far they are, and stop when the person stops."""

from __future__ import annotations

import duckdb
import pytest

from workspace.patience import run_watched
from workspace.sql import Sql

LONG = Sql("SELECT sum(sqrt(a.range * b.range)) FROM range(60000) a, range(60000) b")


def watched() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    return connection


def test_a_quick_query_leaves_its_result() -> None:
    connection = watched()
    run_watched(connection, Sql("SELECT ? + 1"), [41], lambda _share: None)
    assert connection.fetchall() == [(42,)]


def test_a_long_query_is_told_of_and_can_be_stopped() -> None:
    connection = watched()
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if len(shares) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_watched(connection, LONG, [], stop)
    assert shares == sorted(shares)
    assert all(0 <= each <= 1 for each in shares)
    assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_an_error_of_the_query_is_the_callers() -> None:
    with pytest.raises(duckdb.Error):
        run_watched(watched(), Sql("SELECT * FROM nowhere"), [], lambda _share: None)
