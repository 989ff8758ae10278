"""The catalog of a workspace, read from its stored tables: types, values, ranges, activity.

What the plan enumerates wins over what the data holds. A field is active when an event that carries
it happened in the days before `as_of` that count; a trait, which has no date of its own, when it is
set for anybody at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from audience.catalog import (
    Catalog,
    EventField,
    FieldType,
    Owner,
    PropertyField,
    Seen,
    TraitField,
    ValueStats,
)
from workspace.config import WorkspaceConfig
from workspace.loading import StoredField, StoredTable
from workspace.personal import Holder, is_personal, looks_personal
from workspace.source import batches
from workspace.spec import event_origin, property_origin, trait_origin
from workspace.sql import Sql, joined, name, sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_VALUES = 500  # kept per field
MOST_NUMBERS = 50  # of a field of numbers with more values than these, only examples are kept
LONGEST_VALUE = 200  # characters; longer ones are prose, not values that anybody picks
EXAMPLES = 5  # kept of a field in which nearly every value is another
_SMALL = 5000  # rows
_RANGED: frozenset[FieldType] = frozenset({"number", "date", "timestamp"})


@dataclass(frozen=True)
class Layout:
    """The stored tables of a workspace."""

    users: StoredTable
    accounts: StoredTable | None
    events: tuple[StoredTable, ...]
    has_data: bool


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
    return Catalog(
        events=tuple(sorted(events, key=lambda each: each.name)),
        user_traits=traits,
        account_traits=account_traits,
        has_data=layout.has_data,
        has_accounts=layout.accounts is not None,
        timezone=config.timezone,
        currency=config.currency,
        lookback_days=config.lookback_days,
        glossary=dict(config.glossary),
    )


@dataclass(frozen=True)
class _Column:
    """What one pass over a table tells of a column."""

    count: int = 0
    last: datetime | None = None
    minimum: Any = None
    maximum: Any = None


@dataclass(frozen=True)
class _Frequent:
    """The most frequent values of a field (of a list: its items), and how many there are in all."""

    values: list[Any]
    distinct: int


class _Reader:
    def __init__(self, connection: DuckDBPyConnection, as_of: datetime, active_days: int) -> None:
        self._connection = connection
        self._as_of = as_of  # naive UTC, as the tables have it
        self._since = as_of - timedelta(days=active_days)

    def event(self, table: StoredTable) -> EventField:
        rows = self._rows_of(table)
        found = self._columns(table, rows.count, dated=True)
        frequent = self._frequent(table, rows.count)
        properties = tuple(
            PropertyField(
                event=table.name,
                name=each.name,
                column=each.column,
                type=each.type,
                description=each.description,
                origin=property_origin(table.name, each.column),
                seen=self._seen(found[each.column]),
                stats=_stats(each, found[each.column], frequent.get(each.column), "event"),
            )
            for each in table.fields
        )
        return EventField(
            name=table.name,
            table=table.table,
            properties=properties,
            description=table.description,
            origin=event_origin(table.name),
            seen=self._seen(rows),
            has_sources=table.has_sources,
        )

    def traits(self, table: StoredTable, owner: Owner) -> tuple[TraitField, ...]:
        ((rows,),) = self._select("SELECT count(*) FROM {table}", [], table=name(table.table))
        found = self._columns(table, rows, dated=False)
        frequent = self._frequent(table, rows)
        return tuple(
            TraitField(
                name=each.name,
                column=each.column,
                type=each.type,
                owner=owner,
                description=each.description,
                origin=trait_origin(each.column, owner),
                seen=Seen(found[each.column].count, None, found[each.column].count > 0),
                stats=_stats(each, found[each.column], frequent.get(each.column), owner),
            )
            for each in table.fields
        )

    def _seen(self, column: _Column) -> Seen:
        active = column.last is not None and column.last >= self._since
        last = column.last.replace(tzinfo=UTC) if column.last else None
        return Seen(column.count, last, active)

    def _rows_of(self, table: StoredTable) -> _Column:
        ((count, last),) = self._select(
            "SELECT count(*), max(timestamp) FILTER (WHERE timestamp <= ?) FROM {table}",
            [self._as_of],
            table=name(table.table),
        )
        return _Column(count, last)

    def _columns(self, table: StoredTable, rows: int, *, dated: bool) -> dict[str, _Column]:
        """Count, newest event and range of each column, in one pass over the table."""
        types = {each.column: each.type for each in table.fields}
        found = dict.fromkeys(types, _Column())
        if not rows:
            return found
        for batch in batches(tuple(types)):
            parts: list[Sql] = []
            for column in batch:
                ranged = "min({c}), max({c})" if types[column] in _RANGED else "NULL, NULL"
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
                found[column] = _Column(*figures[index * 4 : index * 4 + 4])
        return found

    def _frequent(self, table: StoredTable, rows: int) -> dict[str, _Frequent]:
        """The most frequent values of every field that has any."""
        if not rows:
            return {}
        found: dict[str, _Frequent] = {}
        texts = [each.column for each in table.fields if each.type == "text"]
        if rows <= _SMALL:
            for batch in batches(tuple(texts), 50):
                found |= self._of_small(table, batch)
        for each in table.fields:
            if each.column not in found:
                found[each.column] = self._of_column(table, each)
        return found

    def _of_small(self, table: StoredTable, columns: tuple[str, ...]) -> dict[str, _Frequent]:
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
        return {each: _Frequent(values[each], distinct[each]) for each in columns}

    def _of_column(self, table: StoredTable, field: StoredField) -> _Frequent:
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
            return _Frequent([], distinct)
        rows = self._select(
            "SELECT v, count(*) OVER () FROM (SELECT v, count(*) AS n FROM"
            " (SELECT {value} AS v FROM {table}) WHERE v IS NOT NULL GROUP BY v)"
            " ORDER BY n DESC, v LIMIT ?",
            [MOST_VALUES + 1],
            value=value,
            table=name(table.table),
        )
        return _Frequent([each for each, _ in rows], rows[0][1] if rows else 0)

    def _select(self, template: str, bound: list[Any], **parts: Sql) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql(template, **parts), bound).fetchall()


def _stats(
    field: StoredField, column: _Column, frequent: _Frequent | None, holder: Holder
) -> ValueStats:
    planned = tuple(_as_planned(each, field.type) for each in field.values)
    texts = [_as_text(each) for each in frequent.values] if frequent else []
    distinct = frequent.distinct if frequent else 0
    if is_personal(field.name, field.column, field.type, holder, texts):
        return ValueStats(distinct=distinct, personal=True)
    values, complete = _kept(texts, distinct, column.count, field.type)
    if planned:
        values, complete = planned, complete and set(values) <= set(planned)
    return ValueStats(
        values=values,
        complete=complete and bool(values),
        distinct=distinct,
        minimum=_as_text(column.minimum) if column.minimum is not None else None,
        maximum=_as_text(column.maximum) if column.maximum is not None else None,
    )


def _as_planned(value: str, kind: FieldType) -> str:
    """A value of the plan, written as one of the data would be."""
    try:
        return _as_text(Decimal(value)) if kind == "number" else value
    except InvalidOperation:
        return value


def _kept(
    texts: list[str], distinct: int, count: int, kind: FieldType
) -> tuple[tuple[str, ...], bool]:
    """The values worth keeping, and whether they are all there are."""
    kept = tuple(each for each in texts[:MOST_VALUES] if _worth_keeping(each))
    measured = kind == "number" and distinct > MOST_NUMBERS
    if measured or (distinct > MOST_VALUES and distinct > 0.9 * count):
        return kept[:EXAMPLES], False
    return kept, len(kept) == distinct


def _worth_keeping(value: str) -> bool:
    return len(value) <= LONGEST_VALUE and not looks_personal(value)


def _as_text(value: Any) -> str:
    """A value as a query has it: numbers without needless zeros, times in UTC."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        plain = format(Decimal(str(value)), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
