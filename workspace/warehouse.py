"""A warehouse that already holds a workspace's tables: nothing is copied out, nothing is written.

    postgresql://user:password@host/database?schema=NAME

The tables are those of a workspace's own file: users, accounts, groups, and one per event by its slug,
as Segment's warehouses have them. Without `schema` they are found as the connection finds any table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from audience.problems import MusterError
from workspace.database import (
    CHANGED,
    FAILED,
    GONE,
    NO_MEMORY,
    TOO_LARGE,
    Database,
    DatabaseError,
    Row,
    bound_statement,
)

if TYPE_CHECKING:
    import psycopg

    from audience.compiler.dialect import Dialect

_CONNECT_SECONDS = "10"


class UnknownEngine(MusterError):
    """An address of no engine that Muster can count on."""

    code = "unknown_engine"


def open_warehouse(url: str) -> Database:
    """The warehouse at `url`. Raises UnknownEngine and DatabaseError."""
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme in {"postgresql", "postgres"}:
        return PostgresDatabase(url)
    raise UnknownEngine(
        "An engine's address begins with postgresql://, as in postgresql://user@host/database."
    )


class PostgresDatabase(Database):
    """A PostgreSQL in which every transaction is read-only. A lost connection is opened again."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._address = _address(url)
        self._connection: psycopg.Connection[Row] | None = None
        with _postgres_in_words():
            self._connected()

    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        from ibis.backends.sql.compilers.postgres import PostgresCompiler

        if any("\x00" in each for each in constants):
            raise DatabaseError("PostgreSQL cannot hold a text with a null character in it.")
        return self._run(*bound_statement(table, constants, PostgresCompiler(), "postgres"))

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()

    def _types(self, table: str) -> Mapping[str, Any]:
        from ibis.backends.sql.datatypes import PostgresType

        query = """
            select attname, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass(quote_ident($1)) and attnum > 0 and not attisdropped
            order by attnum
        """
        return {name: PostgresType.from_string(type_) for name, type_ in self._run(query, [table])}

    def _run(self, sql: str, values: list[str]) -> list[Row]:
        with _postgres_in_words():
            return self._connected().execute(sql, values).fetchall()

    def _connected(self) -> psycopg.Connection[Row]:
        import psycopg

        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._address, autocommit=True, cursor_factory=psycopg.RawCursor
            )
        return self._connection


def _address(url: str) -> str:
    """`url` as libpq reads it, with its schema, its time zone and what makes it read-only as options."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options = [
        query.pop("options", ""),
        "-c default_transaction_read_only=on",
        "-c timezone=UTC",
        "-c jit=off",
    ]
    schema = query.pop("schema", None)
    if schema is not None:
        escaped = '"' + schema.replace('"', '""') + '"'
        options.append("-c search_path=" + escaped.replace("\\", "\\\\").replace(" ", "\\ "))
    query["options"] = " ".join(filter(None, options))
    query.setdefault("connect_timeout", _CONNECT_SECONDS)
    query.setdefault("client_encoding", "utf8")
    address = urlencode(query, quote_via=quote)
    return urlunsplit(("postgresql", parts.netloc, parts.path, address, ""))


@contextmanager
def _postgres_in_words() -> Iterator[None]:
    """PostgreSQL's errors, told to people; never with what the address holds."""
    import psycopg
    from psycopg import errors

    try:
        yield
    except (errors.UndefinedTable, errors.UndefinedColumn) as error:
        raise DatabaseError(CHANGED) from error
    except errors.NumericValueOutOfRange as error:
        raise DatabaseError(TOO_LARGE) from error
    except (errors.OutOfMemory, errors.DiskFull) as error:
        raise DatabaseError(NO_MEMORY) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise DatabaseError(GONE) from error
    except psycopg.Error as error:
        raise DatabaseError(FAILED) from error
