"""A workspace's tables as Ibis tables, and the one way in which an expression reaches an engine.

Opening is cheap: the schema is read from the engine's own catalog, and of Ibis only the compiler is
used. Texts of a query are bound when it runs; SQL holds only what was made here, and quoted names.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audience.catalog import EventField
from audience.problems import MusterError

if TYPE_CHECKING:
    from ibis.backends.sql.compilers.base import SQLGlotCompiler
    from sqlglot.expressions import Expression

    from audience.compiler.dialect import Dialect

Row = tuple[Any, ...]
MEMORY = "1500MB"  # of DuckDB; what does not fit is spilled beside its file
AT_ONCE = 10_000  # rows of a stream that are held at a time


class DatabaseError(MusterError):
    """The data cannot be read: the file, a table or the connection is gone, or a number is too large."""

    code = "database_error"


GONE = "The data cannot be reached: the connection is closed or the server does not answer."
CHANGED = "The data has changed while it was in use: a table or a column is gone. Try again."
TOO_LARGE = "A number in the data is too large to be added up exactly (26 digits is the most)."
NO_MEMORY = "There is not enough memory to count this audience. Narrow its time windows down."
FAILED = "The engine could not count this audience."


class Database(ABC):
    """Tables of one engine. Several threads may use it at once."""

    dialect: Dialect
    finite = False  # see `audience.compiler.job.Tables`
    as_imported = False

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}
        self._lock = threading.Lock()

    def users(self) -> Any:
        return self._table("users")

    def accounts(self) -> Any:
        return self._table("accounts")

    def groups(self) -> Any:
        return self._table("groups")

    def event(self, event: EventField) -> Any:
        return self._table(event.table)

    @abstractmethod
    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        """The rows of an Ibis table. `constants` are the texts to bind. Raises DatabaseError."""

    def stream(self, table: Any, constants: Collection[str] = ()) -> Iterator[Row]:
        """The same rows a few at a time, where the engine can. Raises DatabaseError on the way."""
        yield from self.rows(table, constants)

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _types(self, table: str) -> Mapping[str, Any]:
        """The Ibis type of each column, in order; empty where there is no such table."""

    def stored(self, name: str) -> Any:
        """A table as the engine has it. Raises DatabaseError where there is none."""
        import ibis

        types = self._types(name)
        if not types:
            raise DatabaseError(f"The data has no table {name!r}.")
        return ibis.table(types, name=name)

    def _table(self, name: str) -> Any:
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self._as_read(name)
            return self._tables[name]

    def _as_read(self, name: str) -> Any:
        """A table as the language reads it."""
        return self.stored(name)


class DuckDatabase(Database):
    """The DuckDB file of a workspace, opened read-only."""

    dialect: Dialect = "duckdb"

    def __init__(self, path: Path, *, as_imported: bool = False) -> None:
        """Opens `path`. `as_imported`: an import made it. Raises DatabaseError where nothing opens."""
        import duckdb

        super().__init__()
        self.finite = self.as_imported = as_imported
        with _duckdb_in_words():
            self._connection = duckdb.connect(str(path), read_only=True)
            self._connection.execute(f"SET memory_limit = '{MEMORY}'")

    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        sql, values = statement(table, constants)
        with _duckdb_in_words():
            found: list[Row] = self._executed(sql, values).fetchall()
        return found

    def stream(self, table: Any, constants: Collection[str] = ()) -> Iterator[Row]:
        sql, values = statement(table, constants)
        with _duckdb_in_words():
            cursor = self._executed(sql, values)
            while rows := cursor.fetchmany(AT_ONCE):
                yield from rows

    def columns(self, table: Any, constants: Collection[str] = ()) -> dict[str, Any]:
        """The columns of an Ibis table as numpy arrays. Raises DatabaseError."""
        sql, values = statement(table, constants)
        with _duckdb_in_words():
            found: dict[str, Any] = self._executed(sql, values).fetchnumpy()
        return found

    def _executed(self, sql: str, values: list[str]) -> Any:
        return self._connection.cursor().execute(sql, values)

    def close(self) -> None:
        self._connection.close()

    def _types(self, table: str) -> Mapping[str, Any]:
        import duckdb
        from ibis.backends.sql.datatypes import DuckDBType

        quoted = '"' + table.replace('"', '""') + '"'
        query = "select name, type from pragma_table_info(?)"  # duckdb_columns() reads all there is
        with _duckdb_in_words():
            try:
                columns = self._connection.cursor().execute(query, [quoted]).fetchall()
            except duckdb.CatalogException:
                return {}
        return {column: DuckDBType.from_string(type_) for column, type_ in columns}


def statement(table: Any, constants: Collection[str]) -> tuple[str, list[str]]:
    """DuckDB's SQL for an Ibis table, and the texts of `constants` that are bound to its `$1`, `$2` …"""
    from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

    return bound_statement(table, constants, DuckDBCompiler(), "duckdb")


def bound_statement(
    table: Any, constants: Collection[str], compiler: SQLGlotCompiler, dialect: str
) -> tuple[str, list[str]]:
    """SQL for an Ibis table in which each text of `constants` is a place, and those texts in order.

    A place is `$1`, `$2` …; in Spark's SQL `:p1`, `:p2` …
    """
    from sqlglot import exp

    bound: dict[str, int] = {}
    tree = compiler.to_sqlglot(table)
    # By parent: Ibis puts one node into a tree as often as its expression is used.
    for parent in tree.walk() if constants else ():
        if isinstance(parent, exp.Interval | exp.TimeToStr):
            continue
        for key, value in list(parent.args.items()):
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, exp.Literal) and node.is_string and node.this in constants:
                    number = bound.setdefault(node.this, len(bound) + 1)
                    at = index if isinstance(value, list) else None
                    parent.set(key, _place(number, dialect), at)
    return tree.sql(dialect), list(bound)


def _place(number: int, dialect: str) -> Expression:
    """What stands in SQL for the text that is bound as the `number`th."""
    from sqlglot import exp

    if dialect == "spark":
        return exp.Placeholder(this=f"p{number}")
    place = exp.Parameter(this=exp.Literal.number(number))
    return exp.cast(place, "text") if dialect == "postgres" else place


@contextmanager
def _duckdb_in_words() -> Iterator[None]:
    """DuckDB's errors, told to people."""
    import duckdb

    try:
        yield
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise DatabaseError(TOO_LARGE) from error
    except duckdb.OutOfMemoryException as error:
        raise DatabaseError(NO_MEMORY) from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise DatabaseError(CHANGED) from error
    except (duckdb.IOException, duckdb.ConnectionException) as error:
        raise DatabaseError(
            "The workspace's data cannot be read. Import it again with --replace."
        ) from error
    except duckdb.Error as error:
        raise DatabaseError(FAILED) from error
