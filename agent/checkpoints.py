"""Where dialogues are kept, so that a killed process goes on at the same review."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from audience.problems import MusterError
from workspace.settings import Settings


class CheckpointsUnavailable(MusterError):
    """The database for checkpoints cannot be used."""

    code = "checkpoints_unavailable"


@asynccontextmanager
async def open_checkpoints(settings: Settings) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """One saver for the process. Only messages and plain JSON come back from a checkpoint."""
    # An empty list of own types: messages are known to be safe, everything else is plain data.
    serde = JsonPlusSerializer(allowed_msgpack_modules=[])
    if settings.database_url is not None:
        raise CheckpointsUnavailable(
            "Checkpoints in PostgreSQL need the package langgraph-checkpoint-postgres."
        )
    import aiosqlite
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    settings.home.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(settings.home / "checkpoints.db", timeout=30) as connection:
        saver = AsyncSqliteSaver(connection, serde=serde)
        await saver.setup()
        yield saver
