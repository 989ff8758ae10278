"""The catalog of a workspace, read from its stored tables: types, values, ranges, activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from audience.catalog import Catalog, EventField, Owner, TraitField
from workspace.catalog_values import (
    MOST_VALUES,
    RANGED,
    ColumnFigures,
    Frequent,
    Layout,
    catalog_of,
    event_field,
    trait_fields,
)
from workspace.config import WorkspaceConfig
from workspace.loading import StoredField, StoredTable
from workspace.source import batches
from workspace.sql import Sql, joined, name, sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SMALL = 5000  # rows


def read_catalog(
    connection: DuckDBPyConnection,
    layout: Layout,
    config: WorkspaceConfig,
    *,
    as_of: datetime,
    active_days: int,
    progress: Callable[[float], None],
) -> Catalog:
    """Reads every field; `progress` is told the share that is done."""
    reader = _Reader(connection, as_of.astimezone(UTC).replace(tzinfo=None), active_days)
    tables = len(layout.events) + 2
    traits = reader.traits(layout.users, "user")
    progress(1 / tables)
    account_traits = reader.traits(layout.accounts, "account") if layout.accounts else ()
    events = []
    for index, table in enumerate(layout.events):
        progress((index + 2) / tables)
        events.append(reader.event(table))
    return catalog_of(layout, config, events, traits, account_traits)


class _Reader:
    def __init__(self, connection: DuckDBPyConnection, as_of: datetime, active_days: int) -> None:
        self._connection = connection
        self._as_of = as_of  # naive UTC, as the tables have it
        self._since = as_of - timedelta(days=active_days)

    def event(self, table: StoredTable) -> EventField:
        rows = self._rows_of(table)
        found = self._columns(table, rows.count, dated=True)
        frequent = self._frequent(table, rows.count)
        return event_field(table, rows, found, frequent, self._since, self._most(table))

    def traits(self, table: StoredTable, owner: Owner) -> tuple[TraitField, ...]:
        ((rows,),) = self._select("SELECT count(*) FROM {table}", [], table=name(table.table))
        found = self._columns(table, rows, dated=False)
        return trait_fields(table, owner, found, self._frequent(table, rows))

    def _rows_of(self, table: StoredTable) -> ColumnFigures:
        ((count, last),) = self._select(
            "SELECT count(*), max(timestamp) FILTER (WHERE timestamp <= ?) FROM {table}",
            [self._as_of],
            table=name(table.table),
        )
        return ColumnFigures(count, last)

    def _most(self, table: StoredTable) -> int | None:
        """The rows of the user who has most of them; None where there are none."""
        ((most,),) = self._select(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM {table} GROUP BY user_id)",
            [],
            table=name(table.table),
        )
        return None if most is None else int(most)

    def _columns(self, table: StoredTable, rows: int, *, dated: bool) -> dict[str, ColumnFigures]:
        """Count, newest event and range of each column, in one pass over the table."""
        types = {each.column: each.type for each in table.fields}
        found = dict.fromkeys(types, ColumnFigures())
        if not rows:
            return found
        for batch in batches(tuple(types)):
            parts: list[Sql] = []
            for column in batch:
                ranged = "min({c}), max({c})" if types[column] in RANGED else "NULL, NULL"
                last = (
                    "max(timestamp) FILTER (WHERE timestamp <= ? AND {c} IS NOT NULL)"
                    if dated
                    else "NULL"
                )
                parts.append(sql(f"count({{c}}), {last}, {ranged}", c=name(column)))
            (figures,) = self._select(
                "SELECT {parts} FROM {table}",
                [self._as_of] * (len(batch) if dated else 0),
                parts=joined(parts),
                table=name(table.table),
            )
            for index, column in enumerate(batch):
                found[column] = ColumnFigures(*figures[index * 4 : index * 4 + 4])
        return found

    def _frequent(self, table: StoredTable, rows: int) -> dict[str, Frequent]:
        """The most frequent values of every field that has any."""
        if not rows:
            return {}
        found: dict[str, Frequent] = {}
        texts = [each.column for each in table.fields if each.type == "text"]
        if rows <= _SMALL:
            for batch in batches(tuple(texts), 50):
                found |= self._of_small(table, batch)
        for each in table.fields:
            if each.column not in found:
                found[each.column] = self._of_column(table, each)
        return found

    def _of_small(self, table: StoredTable, columns: tuple[str, ...]) -> dict[str, Frequent]:
        """The same for columns of texts in one query, which for a small table is much faster."""
        rows = self._select(
            "SELECT i, v, d FROM (SELECT i, v, count(*) OVER (PARTITION BY i) AS d,"
            " row_number() OVER (PARTITION BY i ORDER BY n DESC, v) AS r FROM"
            " (SELECT i, v, count(*) AS n FROM (SELECT unnest([{columns}]) AS v,"
            " unnest(range(?)) AS i FROM {table}) WHERE v IS NOT NULL GROUP BY i, v))"
            " WHERE r <= ? ORDER BY i, r",
            [len(columns), MOST_VALUES + 1],
            columns=joined(map(name, columns)),
            table=name(table.table),
        )
        values: dict[str, list[str]] = {each: [] for each in columns}
        distinct = dict.fromkeys(columns, 0)
        for index, value, count in rows:
            values[columns[index]].append(value)
            distinct[columns[index]] = count
        return {each: Frequent(values[each], distinct[each]) for each in columns}

    def _of_column(self, table: StoredTable, field: StoredField) -> Frequent:
        value = sql("{c}", c=name(field.column))
        if field.type == "list":
            value = sql(
                "unnest(list_transform(string_split(trim({c}, '[] '), ','),"
                " lambda item: nullif(trim(item, ' \"'''), '')))",
                c=value,
            )
        elif field.type in ("date", "timestamp"):  # of which nobody picks one from a list
            ((distinct,),) = self._select(
                "SELECT count(DISTINCT {c}) FROM {table}", [], c=value, table=name(table.table)
            )
            return Frequent([], distinct)
        rows = self._select(
            "SELECT v, count(*) OVER () FROM (SELECT v, count(*) AS n FROM"
            " (SELECT {value} AS v FROM {table}) WHERE v IS NOT NULL GROUP BY v)"
            " ORDER BY n DESC, v LIMIT ?",
            [MOST_VALUES + 1],
            value=value,
            table=name(table.table),
        )
        return Frequent([each for each, _ in rows], rows[0][1] if rows else 0)

    def _select(self, template: str, bound: list[Any], **parts: Sql) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql(template, **parts), bound).fetchall()
