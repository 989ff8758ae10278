"""A warehouse that already holds a workspace's tables: nothing is copied out, nothing is written.

    postgresql://user:password@host/database?schema=NAME
    sc://host:15002?schema=NAME, spark:///folder    see `workspace.spark`

The tables are those of a workspace's own file: users, accounts, groups, and one per event by its slug,
as Segment's warehouses have them. Without `schema` they are found as the connection finds any table.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from audience.catalog import Catalog
from audience.problems import MusterError
from workspace.database import (
    AT_ONCE,
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
from workspace.warehouse_tables import (
    NOT_PLANNED,
    as_imported,
    needed,
    planned_only,
    with_planned,
    without_rows,
)

if TYPE_CHECKING:
    import psycopg

    from audience.compiler.dialect import Dialect

TOO_LONG = "The engine stopped the query: it took longer than it is given there."
FORBIDDEN = "The engine does not let this user read a table. Grant SELECT on it."
_CONNECT_SECONDS = "10"
_BYTES_OF_A_ROW = "128"  # about, in a table of which PostgreSQL has no figures yet


class UnknownEngine(MusterError):
    """An address of no engine that Muster can count on."""

    code = "unknown_engine"


class TookTooLong(DatabaseError):
    """A query that the engine stopped, because of a time limit of the engine's or of the address's."""


class Warehouse(Database):
    """An engine with tables that others write. They are read as an import would have stored them.

    What only the plan of `catalog` has, a column or a table, is there without values.
    """

    def __init__(self, catalog: Catalog | None = None) -> None:
        super().__init__()
        self._planned = planned_only(catalog) if catalog else {}

    @abstractmethod
    def tables(self) -> tuple[str, ...]:
        """The names of the tables (and views) that can be read, sorted."""

    def size_of(self, table: str) -> TableSize:
        """How large the engine thinks that a table is; cheap, and rough."""
        return TableSize()

    def has_unique_ids(self, table: str) -> bool:
        """Whether the engine itself sees to it that no two rows of a table have one `id`."""
        return False

    def columns_of(self, table: str) -> tuple[str, ...]:
        return tuple(self._types(table))

    def _as_read(self, name: str) -> Any:
        planned = self._planned.get(name, NOT_PLANNED)
        if planned.table and not self._types(name):
            return without_rows(self.stored("users"), name, planned)
        table = self.stored(name)
        for column in needed(name):
            if column not in table.columns:
                raise DatabaseError(f"The table {name!r} of the data has no column {column!r}.")
        unique = self.has_unique_ids(name)
        if name in ("users", "accounts") and not unique:
            self._check_ids(name, table)
        return with_planned(as_imported(name, table, unique=unique), planned)

    def _check_ids(self, name: str, table: Any) -> None:
        """Raises DatabaseError where somebody is there twice."""
        import ibis

        known = table.filter(table["id"].notnull())
        each = known.group_by("id").aggregate(rows=known.count())
        for (double,) in self.rows(
            each.filter(each["rows"] > ibis.literal(1)).select("id").limit(1)
        ):
            raise DatabaseError(
                f"The table {name!r} has two rows with the id {str(double)[:60]!r}. "
                "Ids must be unique."
            )


@dataclass(frozen=True)
class TableSize:
    """Rows, and distinct values by column where the engine keeps such figures."""

    rows: int | None = None  # None where it does not know
    # Negative: the share of rows that have a value of their own.
    distinct: Mapping[str, float] = field(default_factory=dict)
    sampled: bool = False  # whether a sample of its pages can be asked for


def open_warehouse(
    url: str, *, catalog: Catalog | None = None, seconds: int | None = None
) -> Warehouse:
    """The warehouse at `url`, whose fields `catalog` has; `seconds` is the most that a query may take.

    Raises UnknownEngine and DatabaseError.
    """
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme in {"postgresql", "postgres"}:
        return PostgresDatabase(url, catalog, seconds=seconds)
    if scheme in {"sc", "spark"}:
        from workspace.spark import open_spark

        return open_spark(url, catalog, seconds=seconds)
    raise UnknownEngine(
        "An engine's address begins with postgresql://, sc:// or spark://, as in "
        "postgresql://user@host/database, sc://host:15002 or spark:///folder/of/parquet."
    )


class PostgresDatabase(Warehouse):
    """A PostgreSQL in which every transaction is read-only. A lost connection is opened again."""

    dialect: Dialect = "postgres"

    def __init__(
        self, url: str, catalog: Catalog | None = None, *, seconds: int | None = None
    ) -> None:
        super().__init__(catalog)
        self._address = _address(url, seconds)
        self._connection: psycopg.Connection[Row] | None = None
        with _postgres_in_words():
            self._connected()

    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        return self._run(*self._statement(table, constants))

    def stream(self, table: Any, constants: Collection[str] = ()) -> Iterator[Row]:
        import psycopg

        sql, values = self._statement(table, constants)
        # A connection of its own: what is read here may take as long as its reader does.
        with (
            _postgres_in_words(),
            psycopg.connect(self._address) as connection,
            psycopg.RawServerCursor(connection, "muster") as cursor,
        ):
            cursor.itersize = AT_ONCE
            cursor.execute(sql, values)
            yield from cursor

    def _statement(self, table: Any, constants: Collection[str]) -> tuple[str, list[str]]:
        from ibis.backends.sql.compilers.postgres import PostgresCompiler

        if any("\x00" in each for each in constants):
            raise DatabaseError("PostgreSQL cannot hold a text with a null character in it.")
        return bound_statement(table, constants, PostgresCompiler(), "postgres")

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()

    def tables(self) -> tuple[str, ...]:
        query = """
            select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where nspname = any (current_schemas(false)) and pg_table_is_visible(pg_class.oid)
                and relkind in ('r', 'p', 'v', 'm', 'f')
                and has_table_privilege(pg_class.oid, 'SELECT')
            order by relname collate "C"
        """
        return tuple(name for (name,) in self._run(query, []))

    def size_of(self, table: str) -> TableSize:
        rows = self._run(
            """
            select relkind::text, case when relkind = 'p' then (
                select case when min(reltuples) >= 0 then sum(reltuples) end
                from pg_partition_tree(pg_class.oid) tree join pg_class leaf on leaf.oid = tree.relid
                where isleaf) when reltuples >= 0 then reltuples
                else pg_relation_size(pg_class.oid) / $2::text::int end
            from pg_class where oid = to_regclass(quote_ident($1))
            """,
            [table, _BYTES_OF_A_ROW],
        )
        distinct = self._run(
            """
            select attname, n_distinct from pg_stats join pg_namespace on nspname = schemaname
            join pg_class on relnamespace = pg_namespace.oid and relname = tablename
            where pg_class.oid = to_regclass(quote_ident($1)) and not inherited
            """,
            [table],
        )
        kind, count = rows[0] if rows else ("v", None)
        estimated = kind in ("r", "p", "m") and count is not None
        return TableSize(int(count) if estimated else None, dict(distinct), kind in ("r", "p", "m"))

    def has_unique_ids(self, table: str) -> bool:
        query = """
            select 1 from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
            where indrelid = to_regclass(quote_ident($1)) and attname = 'id' and indisunique
                and indisvalid and indnkeyatts = 1 and indpred is null and indexprs is null
        """
        return bool(self._run(query, [table]))

    def _types(self, table: str) -> Mapping[str, Any]:
        import ibis.expr.datatypes as dt
        from ibis.backends.sql.datatypes import PostgresType

        query = """
            select attname, case when typtype = 'd' then format_type(typbasetype, typtypmod)
                else format_type(atttypid, atttypmod) end
            from pg_attribute join pg_type on pg_type.oid = atttypid
            where attrelid = to_regclass(quote_ident($1)) and attnum > 0 and not attisdropped
            order by attnum
        """
        return {
            # Money is written with a sign, and compares with no number.
            name: dt.unknown if type_ == "money" else PostgresType.from_string(type_)
            for name, type_ in self._run(query, [table])
        }

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


def _address(url: str, seconds: int | None) -> str:
    """`url` as libpq reads it, with its schema, its time zone and what makes it read-only as options."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    options = [
        query.pop("options", ""),
        "-c default_transaction_read_only=on",
        "-c timezone=UTC",
        "-c jit=off",
    ]
    if seconds is not None:
        options.append(f"-c statement_timeout={seconds * 1000}")
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
    except errors.QueryCanceled as error:
        raise TookTooLong(TOO_LONG) from error
    except errors.InsufficientPrivilege as error:
        raise DatabaseError(FORBIDDEN) from error
    except (errors.OutOfMemory, errors.DiskFull) as error:
        raise DatabaseError(NO_MEMORY) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise DatabaseError(GONE) from error
    except psycopg.Error as error:
        raise DatabaseError(FAILED) from error
