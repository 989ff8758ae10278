"""Chat history: Chainlit's data layer on Muster's own database file.

Chainlit's SQLAlchemy layer loses things in silence on SQLite; each cure below is for one such loss.
Personal data that a person types by mistake is masked before it is written.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from chainlit.data.sql_alchemy import SQLAlchemyDataLayer
from chainlit.data.storage_clients.base import BaseStorageClient
from chainlit.element import Element
from chainlit.types import ThreadDict
from chainlit.user import PersistedUser, User
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    make_url,
    text,
)
from sqlalchemy.exc import IntegrityError

from audience.english.guards.personal import mask
from audience.problems import MusterError
from ui.charts import NAME as CHART
from workspace.connection import one_writer
from workspace.locks import locked

ACTIONS = ("act", "review", "ask")
CLICKED = "A campaign"
"""The name of a chat that begins with a click, where Chainlit takes the name of the action, and that
has no strategy yet."""
SCHEMA = "muster_chat"
"""In PostgreSQL: Chainlit calls its tables `users`, `steps` and the like, as others may too."""
BUSY = 30  # seconds for which a writer of the SQLite file waits for others
LONGEST = 5_000  # characters of one message that are kept

_THREAD = re.compile(r"[0-9a-fA-F-]{36}")

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

    async def upload_file(
        self, object_key: str, data: bytes | str, *_: Any, **__: Any
    ) -> dict[str, Any]:
        if not object_key.endswith(f"/{CHART}"):
            return {"object_key": object_key, "url": None}
        # Small, and only drawn from an address; with a key the layer would ask for another one.
        content = data.encode() if isinstance(data, str) else data
        address = f"data:application/json;base64,{b64encode(content).decode()}"
        return {"object_key": None, "url": address}

    async def delete_file(self, object_key: str) -> bool:
        return True

    async def get_read_url(self, object_key: str) -> str:
        return ""

    async def close(self) -> None:
        return None


class InvalidThread(MusterError):
    """An id that no chat has."""

    code = "invalid_thread"


class ChatHistory(SQLAlchemyDataLayer):
    """What was said, kept across reloads and restarts."""

    def __init__(self, url: str, forget: Callable[[str], Awaitable[None]] | None = None) -> None:
        """`url`: a synchronous SQLAlchemy address, SQLite or PostgreSQL; tables are made in it.

        `forget` is called with the id of a thread that is deleted.
        """
        address = make_url(url)
        on_sqlite = address.get_backend_name() == "sqlite"
        arguments: dict[str, Any] = (
            {"timeout": BUSY} if on_sqlite else {"options": f"-c search_path={SCHEMA}"}
        )
        _make_tables(create_engine(address, connect_args=arguments))
        driver = "sqlite+aiosqlite" if on_sqlite else "postgresql+psycopg"
        super().__init__(
            address.set(drivername=driver).render_as_string(hide_password=False),
            connect_args=arguments,
            storage_provider=_NoFiles(),
        )
        self._forget = forget
        self._naming = asyncio.Lock()
        self._writing: set[asyncio.Future[None]] = set()

    async def execute_sql(
        self, query: str, parameters: dict[str, Any]
    ) -> list[dict[str, Any]] | int | None:
        """As in Chainlit, but an error is an error: there it becomes a warning in a log."""
        async with self.engine.begin() as connection:
            result = await connection.execute(text(query), _plain(parameters))
            if not result.returns_rows:
                return int(result.rowcount)
            return [dict(row) for row in result.mappings()]

    async def create_user(self, user: User) -> PersistedUser | None:
        try:
            created: PersistedUser | None = await super().create_user(user)
        except IntegrityError:  # another page of the same person was quicker
            created = await self.get_user(user.identifier)
        return created

    async def create_step(self, step_dict: dict[str, Any]) -> None:
        if step_dict.get("type") == "user_message":
            step_dict = step_dict | {"output": _said(step_dict.get("output") or "")}
        async with self._written():
            await super().create_step(step_dict)

    async def create_element(self, element: Element) -> None:
        async with self._written():
            await super().create_element(element)

    @asynccontextmanager
    async def _written(self) -> AsyncIterator[None]:
        """Chainlit writes behind what it shows: who opens a chat waits for what is being written."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._writing.add(done)
        try:
            yield
        finally:
            self._writing.discard(done)
            done.set_result(None)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        if not is_thread(thread_id):
            raise InvalidThread("That is not the id of a chat.")
        # Tags are a list, which no text column takes: with them the thread would not be written.
        async with self._naming if name in ACTIONS else nullcontext():
            if name in ACTIONS:
                name = await self._name(thread_id) or CLICKED
            await super().update_thread(thread_id, name and _said(name), user_id, metadata, None)

    async def name_campaign(
        self, thread_id: str, strategy: str, strategies: Collection[str], person: str
    ) -> str:
        """Name a chat that began with a click after its strategy, one of `strategies`; the name it has.

        Not one that its person has named. Two chats of one strategy are told apart by a number.
        """
        async with self._naming:
            had = await self._name(thread_id) or CLICKED
            ours = had == CLICKED or _unnumbered(had) in strategies
            if not ours or _unnumbered(had) == strategy:
                return had
            query = 'SELECT "name" FROM threads WHERE "userIdentifier" = :person'
            others = await self._rows(query, person=person)
            name = _numbered(strategy, {str(each["name"]) for each in others})
            await super().update_thread(thread_id, name)
            return name

    async def rename(self, thread_id: str, old: str, new: str) -> str:
        """Name a chat `new` that is still named `old`; the name it has."""
        async with self._naming:
            had = await self._name(thread_id) or ""
            if had != _said(old):
                return had
            await super().update_thread(thread_id, _said(new))
            return _said(new)

    async def _name(self, thread_id: str) -> str | None:
        found = await self._rows('SELECT "name" FROM threads WHERE "id" = :id', id=thread_id)
        return found[0]["name"] if found else None

    async def _rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        found = await self.execute_sql(query, parameters)
        assert isinstance(found, list)
        return found

    async def get_thread_author(self, thread_id: str) -> str:
        """Empty for a thread that there is not, which Chainlit then says; its own layer raises."""
        query = 'SELECT "userIdentifier" FROM threads WHERE "id" = :id'
        found = await self._rows(query, id=thread_id)
        return str(found[0]["userIdentifier"] or "") if found else ""

    async def delete_thread(self, thread_id: str) -> None:
        await super().delete_thread(thread_id)
        if self._forget is not None:
            await self._forget(thread_id)

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        if self._writing:
            await asyncio.wait(self._writing.copy())
        thread: ThreadDict | None = await super().get_thread(thread_id)
        if thread is None:
            return None
        thread["metadata"] = _decoded(thread.get("metadata"))
        for element in thread.get("elements") or []:
            element["props"] = _decoded(element.get("props"))
        for step in thread.get("steps") or []:
            step["metadata"] = _decoded(step.get("metadata"))
        return thread


def _make_tables(engine: Engine) -> None:
    """Makes what is not there yet, in one process at a time."""
    on_sqlite = engine.dialect.name == "sqlite"
    alone = locked(Path(f"{engine.url.database}.lock")) if on_sqlite else nullcontext()
    with alone, engine.begin() as connection:
        if on_sqlite:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        else:
            one_writer(connection, SCHEMA)
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        metadata.create_all(connection)
    engine.dispose()


def is_thread(id: str) -> bool:
    """An id that a chat can have. A browser may choose it, and Chainlit's SQL has it as it is."""
    return _THREAD.fullmatch(id) is not None


def _numbered(name: str, taken: Collection[str]) -> str:
    """`name`, with the first number from 2 on that is free where it is taken."""
    numbers = itertools.chain([name], (f"{name} ({number})" for number in itertools.count(2)))
    return next(each for each in numbers if each not in taken)


def _unnumbered(name: str) -> str:
    return re.sub(r" \(\d+\)$", "", name)


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
