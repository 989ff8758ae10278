"""The store's connection: one engine a process and address, its tables brought up to date on opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from audience.problems import MusterError
from workspace.locks import locked

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "muster_version"
_MIGRATION_LOCK = 0x6D75_7374  # any number of our own, for pg_advisory_lock
_BUSY_SECONDS = 15


class StoreUnavailable(MusterError):
    """The database cannot be reached, or refused what was asked of it."""

    code = "store_unavailable"


@contextmanager
def transaction(url: str, *, writes: bool = False) -> Iterator[Connection]:
    """One transaction on the store at `url`; `writes` keeps other writers out from its start.

    Raises `StoreUnavailable` for what the database itself reports, except broken constraints.
    """
    try:
        with _engine(url).connect() as connection:
            connection = connection.execution_options(muster_writes=writes)
            with connection.begin():
                yield connection
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise _unavailable(url, error) from error


def one_writer(connection: Connection, what: str) -> None:
    """Until the transaction ends nobody else writes to `what`. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"muster {what}"}
        )


@cache
def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS})
            _set_up_sqlite(engine)
        else:
            engine = create_engine(address, pool_pre_ping=True)
        _migrate(engine)
    except (SQLAlchemyError, ArgumentError, ImportError, OSError) as error:
        raise _unavailable(url, error) from error
    return engine


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours to say, below
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("muster_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def head() -> str:
    """The newest revision: migrations are called `<revision>_<subject>.py` and sort by it."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("*_*.py")).split("_")[0]


def _migrate(engine: Engine) -> None:
    """Brings the tables up to date; Alembic is imported only when they are not."""
    with engine.connect() as connection:
        if _revision(connection) == head():
            return
    if engine.dialect.name == "sqlite":
        with locked(Path(f"{engine.url.database}.lock")):
            raw = engine.raw_connection()  # outside any transaction, as this pragma must be
            raw.cursor().execute("PRAGMA journal_mode = WAL")
            raw.close()
            with engine.connect() as connection:
                _upgrade(connection)
    else:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            connection.commit()  # the lock is the session's: it outlives this transaction
            try:
                _upgrade(connection)
            finally:
                connection.rollback()
                connection.execute(
                    text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK}
                )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if _revision(connection) == head():  # another process did it while this one waited
        return
    connection.rollback()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    command.upgrade(config, "head")
    connection.commit()


def _unavailable(url: str, error: Exception) -> StoreUnavailable:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    first = (str(cause).strip().splitlines() or [type(error).__name__])[0]
    return StoreUnavailable(
        f"The store at {without_password(url)} cannot be used: {first[:200]}. "
        "Check MUSTER_HOME and MUSTER_DATABASE_URL."
    )


def without_password(url: str) -> str:
    """An address as it may be shown."""
    return re.sub(r"//([^:/@]*):[^@]*@", r"//\1:***@", url)


def driver_address(url: str) -> str:
    """A PostgreSQL address as its own driver takes it: without SQLAlchemy's name for the driver."""
    return re.sub(r"^postgres(?:ql)?(?:\+\w+)?://", "postgresql://", url)
