"""A workspace's tables as Ibis tables, and the one way in which an expression reaches the engine.

Opening is cheap: the schema is read from the engine's own catalog, and of Ibis only the compiler is
used. Texts of a query are bound when it runs; SQL holds only what was made here, and quoted names.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audience.catalog import EventField
from audience.problems import MusterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    from sqlglot import exp

    from audience.compiler.dialect import Dialect

Row = tuple[Any, ...]


class DatabaseError(MusterError):
    """The data cannot be read: the file, a table or the connection is gone, or a number is too large."""

    code = "database_error"


class DuckDatabase:
    """The DuckDB file of a workspace, opened read-only. Several threads may use it at once."""

    dialect: Dialect = "duckdb"

    def __init__(self, path: Path) -> None:
        """Opens `path`. Raises DatabaseError where there is nothing that can be opened."""
        import duckdb

        with _in_words():
            self._connection = duckdb.connect(str(path), read_only=True)
        self._lock = threading.Lock()
        self._tables: dict[str, Any] = {}

    def users(self) -> Any:
        return self._table("users")

    def accounts(self) -> Any:
        return self._table("accounts")

    def groups(self) -> Any:
        return self._table("groups")

    def event(self, event: EventField) -> Any:
        return self._table(event.table)

    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        """The rows of an Ibis table. `constants` are the texts to bind. Raises DatabaseError."""
        sql, values = statement(table, constants)
        with _in_words():
            return self._cursor().execute(sql, values).fetchall()

    def close(self) -> None:
        self._connection.close()

    def _table(self, name: str) -> Any:
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self._described(name)
            return self._tables[name]

    def _described(self, name: str) -> Any:
        """A table as Ibis sees it, by what DuckDB says of its columns."""
        import ibis
        from ibis.backends.sql.datatypes import DuckDBType

        query = """
            select column_name, data_type from duckdb_columns()
            where table_name = ? and not internal order by column_index
        """
        with _in_words():
            columns = self._cursor().execute(query, [name]).fetchall()
        if not columns:
            raise DatabaseError(
                f"The workspace's data has no table {name!r} any more. Import it again."
            )
        types = {column: DuckDBType.from_string(type_) for column, type_ in columns}
        return ibis.table(types, name=name)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor()


def statement(table: Any, constants: Collection[str]) -> tuple[str, list[str]]:
    """DuckDB's SQL for an Ibis table, and the texts of `constants` that are bound to its `$1`, `$2` …"""
    from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
    from sqlglot import exp

    bound: dict[str, int] = {}

    def outside(node: exp.Expr) -> exp.Expr:
        if (
            isinstance(node, exp.Literal)
            and node.is_string
            and node.this in constants
            and not isinstance(node.parent, exp.Interval)
        ):
            place = bound.setdefault(node.this, len(bound) + 1)
            return exp.Parameter(this=exp.Literal.number(place))
        return node

    tree = DuckDBCompiler().to_sqlglot(table)
    return tree.transform(outside, copy=False).sql("duckdb"), list(bound)


@contextmanager
def _in_words() -> Iterator[None]:
    """DuckDB's errors, told to people."""
    import duckdb

    try:
        yield
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        raise DatabaseError(
            "A number in the data is too large to be added up exactly (26 digits is the most)."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise DatabaseError(
            "There is not enough memory to count this audience. Narrow its time windows down."
        ) from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise DatabaseError(
            "The workspace's data has changed while it was in use. Try again."
        ) from error
    except (duckdb.IOException, duckdb.ConnectionException) as error:
        raise DatabaseError(
            "The workspace's data cannot be read. Import it again with --replace."
        ) from error
    except duckdb.Error as error:
        raise DatabaseError("The engine could not count this audience.") from error
