"""The members of an audience as SQL, written by the compiler that runs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args

from audience.bound import Bound
from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField
from audience.problems import NotSupported

if TYPE_CHECKING:
    from audience.compiler.dialect import Dialect
    from audience.compiler.job import Tables

_SPOKEN = {"postgresql": "postgres", "spark": "pyspark"}
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
    """One SELECT of the ids, in `dialect`: duckdb, postgres or spark.

    With `tables`, whose dialect it must be, columns have the types they have there; without, those
    that the catalog gives them.
    """
    import ibis
    from ibis.common.exceptions import IbisError

    from audience.compiler import compile_members
    from audience.compiler.dialect import spark_compiler

    target = _dialect(dialect)
    members = compile_members(bound, tables or _Planned(bound.catalog, target), as_of)
    if target == "pyspark":
        spark_compiler()  # sets what Ibis reads for Spark
    try:
        return str(ibis.to_sql(members, dialect=target))
    except IbisError as error:
        raise NotSupported(f"This cannot be written as SQL for {dialect}: {error}") from error


def _dialect(name: str) -> Dialect:
    from audience.compiler.dialect import Dialect

    known: tuple[Dialect, ...] = get_args(Dialect)
    wanted = _SPOKEN.get(name.lower(), name.lower())
    for each in known:
        if each == wanted:
            return each
    raise NotSupported(f"Muster writes SQL for duckdb, postgres and spark, not for {name}.")


@dataclass(frozen=True)
class _Planned:
    """Tables as the catalog says they are, without an engine behind them."""

    catalog: Catalog
    dialect: Dialect
    finite: bool = False

    def users(self) -> Any:
        return self._table("users", {"id": "string"}, self.catalog.user_traits)

    def accounts(self) -> Any:
        return self._table("accounts", {"id": "string"}, self.catalog.account_traits)

    def groups(self) -> Any:
        return self._table("groups", {"user_id": "string", "group_id": "string"}, ())

    def event(self, event: EventField) -> Any:
        own = {"id": "string", "user_id": "string", "timestamp": "timestamp"}
        if event.has_sources:
            own["event_source_id"] = "string"
        return self._table(event.table, own, event.properties)

    def _table(
        self, name: str, own: dict[str, str], fields: Iterable[TraitField | PropertyField]
    ) -> Any:
        import ibis

        columns = {each.column: _COLUMNS[each.type] for each in fields}
        return ibis.table({**columns, **own}, name=name)
