"""Where dialogues are kept, so that a killed process goes on at the same review."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from audience.problems import MusterError
from workspace.connection import driver_address, without_password
from workspace.locks import locked
from workspace.settings import Settings

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg.rows import DictRow

SCHEMA = "muster_checkpoints"
"""In PostgreSQL: the package calls its tables `checkpoints` and the like, as others may too."""
_SETUP_LOCK = 0x6D75_7375  # any number of our own, for pg_try_advisory_lock
_MOST_CONNECTIONS = 8
_PATIENCE = 15  # seconds for a database that does not answer


AWAY = (
    "What Muster keeps cannot be reached at the moment, so nothing was done. Try again in a moment."
)


def is_away(error: BaseException) -> bool:
    """Whether the database of dialogues and saved audiences does not answer."""
    import psycopg
    from sqlalchemy.exc import OperationalError

    return isinstance(error, (psycopg.OperationalError, OperationalError))


class CheckpointsUnavailable(MusterError):
    """The database for checkpoints cannot be used."""

    code = "checkpoints_unavailable"


@asynccontextmanager
async def open_checkpoints(settings: Settings) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """One saver for the process. Only messages and plain JSON come back from a checkpoint."""
    # An empty list of own types: messages are known to be safe, everything else is plain data.
    serde = JsonPlusSerializer(allowed_msgpack_modules=[])
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        async with _in_postgresql(url, serde) as saver:
            yield saver
        return
    import aiosqlite
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    settings.home.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(settings.home / "checkpoints.db", timeout=30) as connection:
        saver = AsyncSqliteSaver(connection, serde=serde)
        with ExitStack() as alone:  # whoever makes the file locks others out without any patience
            lock = locked(settings.home / "locks" / "checkpoints.lock")
            await asyncio.to_thread(alone.enter_context, lock)
            await saver.setup()
        yield saver


@asynccontextmanager
async def _in_postgresql(
    url: str, serde: JsonPlusSerializer
) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    import psycopg
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from psycopg.rows import dict_row
    from psycopg_pool import AsyncConnectionPool

    given: dict[str, Any] = {
        "autocommit": True,
        "prepare_threshold": 0,
        "row_factory": dict_row,
        "options": f"-c search_path={SCHEMA}",
        "connect_timeout": _PATIENCE,
    }
    address = driver_address(url)
    try:
        async with await psycopg.AsyncConnection[Any].connect(address, **given) as connection:
            await _set_up(connection, AsyncPostgresSaver(connection, serde=serde))
    except psycopg.Error as error:
        raise CheckpointsUnavailable(
            f"Dialogues cannot be kept at {without_password(url)}: {_first_line(error)} "
            "Check MUSTER_DATABASE_URL."
        ) from error
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        address,
        min_size=1,
        max_size=_MOST_CONNECTIONS,
        timeout=_PATIENCE,
        kwargs=given,
        # A database that was restarted meanwhile is connected to anew.
        check=AsyncConnectionPool.check_connection,
        open=False,
    )
    async with pool:
        yield AsyncPostgresSaver(pool, serde=serde)


async def _set_up(connection: AsyncConnection[Any], saver: Any) -> None:
    """Brings the tables up to date, in one process at a time.

    Who waits asks again and again instead of inside the database: the package makes indexes
    concurrently, which wait for every statement that is under way, so for a waiting one too.
    """
    while True:
        asked = await connection.execute("SELECT pg_try_advisory_lock(%s) AS mine", (_SETUP_LOCK,))
        row = await asked.fetchone()
        if row is not None and row["mine"]:
            break
        await asyncio.sleep(0.1)
    try:
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        await saver.setup()
    finally:
        await connection.execute("SELECT pg_advisory_unlock(%s)", (_SETUP_LOCK,))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
