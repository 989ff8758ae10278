"""Chat history: Chainlit's data layer on Muster's own database file.

Chainlit's SQLAlchemy layer loses things in silence on SQLite; each cure below is for one such loss.
Personal data that a person types by mistake is masked before it is written.
"""

from __future__ import annotations

import json
from typing import Any

from chainlit.data.sql_alchemy import SQLAlchemyDataLayer
from chainlit.data.storage_clients.base import BaseStorageClient
from chainlit.types import ThreadDict
from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, Table, Text, create_engine, text

from audience.english.guards.personal import mask

ACTIONS = ("act", "review", "ask")
CLICKED = "A campaign"
"""The name of a chat that begins with a click, where Chainlit takes the name of the action."""
LONGEST = 5_000  # characters of one message that are kept

metadata = MetaData()


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text) for name in names]


# Chainlit's documented schema, with the columns that it writes and does not document
# (autoCollapse, defaultOpen, command, modes, icon, props, autoPlay, playerConfig).
Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("identifier", Text, nullable=False, unique=True),
    Column("metadata", Text, nullable=False),
    Column("createdAt", Text),
)
Table(
    "threads",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("createdAt", "name", "userId", "userIdentifier", "tags", "metadata"),
)
Table(
    "steps",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("name", "type", "threadId", "parentId", "command", "metadata", "tags", "input"),
    *_texts("output", "createdAt", "start", "end", "generation", "showInput", "language", "icon"),
    *[Column(name, Boolean) for name in ("streaming", "waitForAnswer", "isError")],
    *[Column(name, Boolean) for name in ("defaultOpen", "autoCollapse", "disableFeedback")],
    Column("indent", Integer),
    Column("modes", JSON),
)
Table(
    "elements",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("threadId", "type", "url", "chainlitKey", "name", "display", "objectKey", "size"),
    *_texts("language", "forId", "mime", "props", "playerConfig"),
    Column("page", Integer),
    Column("autoPlay", Boolean),
)
Table(
    "feedbacks",
    metadata,
    Column("id", Text, primary_key=True),
    *_texts("forId", "threadId", "comment"),
    Column("value", Integer, nullable=False),
)


class _NoFiles(BaseStorageClient):
    """Cards carry props, not files; without any storage client Chainlit drops them."""

    async def upload_file(self, object_key: str, *_: Any, **__: Any) -> dict[str, Any]:
        return {"object_key": object_key, "url": None}

    async def delete_file(self, object_key: str) -> bool:
        return True

    async def get_read_url(self, object_key: str) -> str:
        return ""

    async def close(self) -> None:
        return None


class ChatHistory(SQLAlchemyDataLayer):
    """What was said, kept across reloads and restarts."""

    def __init__(self, url: str) -> None:
        """`url`: a synchronous SQLAlchemy address, SQLite or PostgreSQL; tables are made in it."""
        engine = create_engine(url)
        metadata.create_all(engine)
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.execute(text("PRAGMA journal_mode=WAL"))
        engine.dispose()
        driver = "sqlite+aiosqlite" if engine.dialect.name == "sqlite" else "postgresql+psycopg"
        super().__init__(
            engine.url.set(drivername=driver).render_as_string(hide_password=False),
            storage_provider=_NoFiles(),
        )

    async def execute_sql(
        self, query: str, parameters: dict[str, Any]
    ) -> list[dict[str, Any]] | int | None:
        """As in Chainlit, but an error is an error: there it becomes a warning in a log."""
        async with self.engine.begin() as connection:
            result = await connection.execute(text(query), _plain(parameters))
            if not result.returns_rows:
                return int(result.rowcount)
            return [dict(row) for row in result.mappings()]

    async def create_step(self, step_dict: dict[str, Any]) -> None:
        if step_dict.get("type") == "user_message":
            step_dict = step_dict | {"output": _said(step_dict.get("output") or "")}
        await super().create_step(step_dict)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        # Tags are a list, which no text column takes: with them the thread would not be written.
        if name in ACTIONS:
            name = CLICKED
        await super().update_thread(thread_id, name and _said(name), user_id, metadata, None)

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        thread: ThreadDict | None = await super().get_thread(thread_id)
        if thread is None:
            return None
        thread["metadata"] = _decoded(thread.get("metadata"))
        for element in thread.get("elements") or []:
            element["props"] = _decoded(element.get("props"))
        for step in thread.get("steps") or []:
            step["metadata"] = _decoded(step.get("metadata"))
        return thread


def _said(words: str) -> str:
    """A person's words as they are kept: without personal data, and no longer than anybody reads."""
    kept = mask(words[:LONGEST])
    return kept if len(words) <= LONGEST else f"{kept}…"


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """Lists and objects as JSON text: no column of a plain database takes them as they are.

    Nor does PostgreSQL take null bytes in a text.
    """
    plain = {
        key: json.dumps(value) if isinstance(value, (dict, list)) else value
        for key, value in parameters.items()
    }
    return {
        key: value.replace("\x00", "\ufffd") if isinstance(value, str) else value
        for key, value in plain.items()
    }


def _decoded(value: Any) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, dict) else {}
