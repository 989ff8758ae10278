"""Long queries: told how far they are, and stopped when the person stops."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from workspace.sql import Sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVERY = 0.2  # seconds


def run_watched(
    connection: DuckDBPyConnection,
    query: Sql,
    bound: list[Any],
    progress: Callable[[float], None],
) -> None:
    """Runs `query`; `progress` is told, in the calling thread, the share that is done.

    The connection must have its progress bar on (and not printed), else there is nothing to tell.
    """
    with ThreadPoolExecutor(1) as worker:
        running = worker.submit(connection.execute, query, bound)
        try:
            while not wait([running], timeout=_EVERY).done:
                progress(min(max(connection.query_progress(), 0.0), 100.0) / 100)
        except BaseException:
            connection.interrupt()
            raise
        running.result()
