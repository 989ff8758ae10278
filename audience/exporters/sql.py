"""The members of an audience as SQL, written by the compiler that runs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

from audience.bound import Bound
from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField
from audience.exporters.exported import refuse
from audience.problems import NotSupported
from audience.query import Reducer, walk

if TYPE_CHECKING:
    from audience.compiler.dialect import Dialect
    from audience.compiler.job import Tables

_SPOKEN = {"postgresql": "postgres", "spark": "pyspark", "databricks": "pyspark"}
# Written with what these engines share with DuckDB, and not run on them by any test.
_UNPROVEN = {"snowflake": "Snowflake", "bigquery": "BigQuery", "trino": "Trino"}
_SHARED_FUNCTIONS = frozenset({"count_if"})
_COLUMNS: dict[FieldType, str] = {
    "text": "string",
    "number": "float64",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "list": "string",
}


def export(
    bound: Bound, *, as_of: datetime, dialect: str = "duckdb", tables: Tables | None = None
) -> str:
    """One SELECT of the ids: for duckdb, postgres, spark (databricks), snowflake, bigquery or trino.

    Where `tables` are of that dialect, columns have the types they have there; else those that the
    catalog gives them.
    """
    import ibis
    from ibis.common.exceptions import IbisError

    from audience.compiler import compile_members
    from audience.compiler.dialect import spark_compiler

    unproven = _UNPROVEN.get(dialect.lower())
    like = "duckdb" if unproven else _dialect(dialect)
    if tables is None or unproven or tables.dialect != like:
        tables = _Planned(bound.catalog, like, zoned=unproven == "BigQuery")
    members = compile_members(_for_any_rows(bound), tables, as_of)
    if unproven:
        _check(bound, members, unproven)
    if like == "pyspark":
        spark_compiler()  # sets what Ibis reads for Spark
    try:
        text = str(ibis.to_sql(members, dialect=dialect.lower() if unproven else like))
    except IbisError as error:
        raise NotSupported(f"This cannot be written as SQL for {dialect}: {error}") from error
    return _in_capitals(text) if unproven == "Snowflake" else text


def _for_any_rows(bound: Bound) -> Bound:
    """`bound` without what is known of today's rows only: SQL that is written is run again later."""
    events = tuple(replace(each, most=None) for each in bound.catalog.events)
    return replace(bound, catalog=replace(bound.catalog, events=events))


def notes(bound: Bound, dialect: str) -> tuple[str, ...]:
    """What a person has to know of SQL in `dialect` before running it."""
    name = dialect.lower()
    said = []
    if name == "bigquery" and _reducers(bound) & {"sum", "avg"}:
        said.append(
            "BigQuery adds up and divides with other numbers of digits: a sum or an average can differ "
            "in the sixth decimal place."
        )
    if name in _UNPROVEN:
        said.append(
            f"Muster's own tests do not run SQL on {_UNPROVEN[name]}. Compare a count before you use it."
        )
    if name not in ("duckdb", "bigquery"):
        said.append("Times are meant in UTC: set the time zone of the session to UTC.")
    return tuple(said)


def _check(bound: Bound, members: Any, target: str) -> None:
    """Raises NotSupported for what is not the same on an engine as on DuckDB."""
    import ibis.expr.operations as ops

    picked = sorted(_reducers(bound) & {"first", "last", "mode"})
    if picked and target == "Snowflake":
        raise refuse(target, f"{picked[0]}(…) with a value of its own type")
    for function in members.op().find((ops.ScalarUDF, ops.AggUDF)):
        if function.__func_name__ not in _SHARED_FUNCTIONS:
            raise refuse(target, "a date in a time zone other than UTC")


def _reducers(bound: Bound) -> set[str]:
    """The methods of all reducers, those of saved audiences that it refers to included."""
    found = {node.method for node in walk(bound.root) if isinstance(node, Reducer)}
    return found.union(*(_reducers(each) for each in bound.members.values()))


def _in_capitals(sql: str) -> str:
    """Names as a Segment warehouse in Snowflake has them: those that need no quotes are capitals."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(sql, read="snowflake")
    for each in tree.find_all(exp.Identifier):
        if re.fullmatch("[a-z_][a-z0-9_]*", each.this):
            each.set("this", each.this.upper())
    return tree.sql("snowflake", pretty=True)


def _dialect(name: str) -> Dialect:
    from audience.compiler.dialect import Dialect

    known: tuple[Dialect, ...] = get_args(Dialect)
    wanted = _SPOKEN.get(name.lower(), name.lower())
    for each in known:
        if each == wanted:
            return each
    written = ("duckdb", "postgres", "spark", "databricks", *_UNPROVEN)
    raise NotSupported(f"Muster writes SQL for {', '.join(written)}, not for {name}.")


@dataclass(frozen=True)
class _Planned:
    """Tables as the catalog says they are, without an engine behind them."""

    catalog: Catalog
    dialect: Dialect
    finite: bool = False
    as_imported: bool = False
    zoned: bool = False  # timestamps are instants, not times without a zone

    def users(self) -> Any:
        return self._table("users", {"id": "string"}, self.catalog.user_traits)

    def accounts(self) -> Any:
        return self._table("accounts", {"id": "string"}, self.catalog.account_traits)

    def groups(self) -> Any:
        return self._table("groups", {"user_id": "string", "group_id": "string"}, ())

    def event(self, event: EventField) -> Any:
        own = {"id": "string", "user_id": "string", "timestamp": self._stored("timestamp")}
        if event.has_sources:
            own["event_source_id"] = "string"
        return self._table(event.table, own, event.properties)

    def _table(
        self, name: str, own: dict[str, str], fields: Iterable[TraitField | PropertyField]
    ) -> Any:
        import ibis

        columns = {each.column: self._stored(each.type) for each in fields}
        return ibis.table({**columns, **own}, name=name)

    def _stored(self, type: FieldType) -> str:
        return "timestamp('UTC')" if self.zoned and type == "timestamp" else _COLUMNS[type]
