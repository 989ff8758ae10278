"""From the files of a folder to the tables of a workspace's DuckDB file.

Tables: `users` and `accounts` (id and traits), `groups` (user_id, group_id), and one per event, named
by its slug: id, user_id, timestamp, event, event_text, event_source_id where there is one, and a column
per property, sorted by user_id and timestamp. Ids are text, timestamps are UTC without a zone.
A field of the plan that no file has is a column without values, an event of the plan an empty table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audience.catalog import FieldType
from workspace.columns import (
    STORED,
    Column,
    id_column,
    shape_counts,
    shapes_of,
    text_column,
    timestamp_column,
    typed_column,
)
from workspace.patience import run_watched
from workspace.plan import Plan, PlanEvent, PlanField, PlannedFields
from workspace.source import PAGES, OpenSource, Source, batches
from workspace.sql import Sql, joined, name, sql
from workspace.yaml_file import InvalidFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SOURCE_COLUMN = "event_source_id"
NOT_FIELDS = frozenset(
    {"id", "received_at", "sent_at", "original_timestamp", "uuid", "uuid_ts", "loaded_at"}
    | {"anonymous_id"}
)
NOT_PROPERTIES = NOT_FIELDS | {"user_id", "timestamp", "event", "event_text", SOURCE_COLUMN}
_STORE_EVENT = (
    "CREATE OR REPLACE TABLE {stored} AS SELECT *, ?::VARCHAR AS event, ?::VARCHAR AS event_text"
    " FROM (SELECT {values} FROM {relation}) WHERE user_id IN (SELECT id FROM users)"
    " ORDER BY user_id, timestamp, id"
)
# Of events with one id the first in the file stays.
_STORE_ONCE = (
    'CREATE OR REPLACE TABLE {stored} AS SELECT * EXCLUDE ("/row"), ?::VARCHAR AS event,'
    ' ?::VARCHAR AS event_text FROM (SELECT {values}, row_number() OVER () AS "/row" FROM {relation})'
    " WHERE user_id IN (SELECT id FROM users)"
    ' QUALIFY row_number() OVER (PARTITION BY id ORDER BY "/row") = 1'
    " ORDER BY user_id, timestamp, id"
)


@dataclass(frozen=True)
class StoredField:
    """A column of a stored table. `name` is the plan's key where it has one."""

    column: str
    name: str
    type: FieldType
    description: str = ""
    values: tuple[str, ...] = ()  # as the plan enumerates them


@dataclass(frozen=True)
class StoredTable:
    table: str
    name: str  # of an event: its event_text
    fields: tuple[StoredField, ...] = ()
    description: str = ""
    has_sources: bool = False


@dataclass
class Counts:
    """What an import saw of one file; rows of unknown users and doubles are left out."""

    rows: int = 0
    unknown: int = 0
    doubles: int = 0
    notes: list[str] = field(default_factory=list)


class Loader:
    """Fills a new DuckDB file. Users come first: events of others are left out."""

    def __init__(
        self, connection: DuckDBPyConnection, plan: Plan, progress: Callable[[float], None]
    ) -> None:
        """`progress` is told the share of the present file that is done."""
        self._connection = connection
        self._plan = plan
        self._progress = progress

    def profiles(
        self, source: Source, planned: tuple[PlanField, ...]
    ) -> tuple[StoredTable, Counts]:
        """Users or accounts. Raises `InvalidFile`, for an id that is there twice as well."""
        opened = OpenSource(self._connection, source)
        opened.need("id")
        opened.check_set("id")
        key = id_column("id", opened.columns["id"])
        known = PlannedFields(planned)
        columns, notes = self._columns(opened, known, NOT_FIELDS)
        counts = Counts(notes=notes)
        opened.check(columns)
        fields = stored_fields(columns, known, NOT_FIELDS, source.path.name, notes)
        self._create(source.table, key, columns, fields, opened.relation)
        ((counts.rows, distinct),) = self._rows(
            "SELECT count(*), count(DISTINCT id) FROM {table}", table=name(source.table)
        )
        if distinct < counts.rows:
            raise self._double(opened, key)
        opened.close()
        return StoredTable(source.table, source.table, fields), counts

    def groups(self, source: Source) -> Counts:
        """Who belongs to which account: pairs of a known user and a known account, each once."""
        opened = OpenSource(self._connection, source)
        opened.need("user_id", "group_id")
        user, group = (id_column(each, opened.columns[each]) for each in ("user_id", "group_id"))
        self._run(
            "CREATE TABLE groups AS SELECT DISTINCT user_id, group_id"
            " FROM (SELECT {user} AS user_id, {group} AS group_id FROM {relation})"
            " WHERE user_id IN (SELECT id FROM users) AND group_id IN (SELECT id FROM accounts)"
            " ORDER BY group_id, user_id",
            user=user.value,
            group=group.value,
            relation=opened.relation,
        )
        ((pairs,),) = opened.select(
            "SELECT count(*) FROM (SELECT DISTINCT {user}, {group} FROM {relation})",
            user=user.value,
            group=group.value,
        )
        ((known,),) = self._rows("SELECT count(*) FROM groups")
        opened.close()
        return Counts(rows=known, unknown=pairs - known)

    def event(self, source: Source) -> tuple[StoredTable, Counts]:
        """One event's rows. Raises `InvalidFile`."""
        opened = OpenSource(self._connection, source, self._first_half)
        page = PAGES.get(source.table)
        opened.need("id", "user_id", "timestamp", *(() if page else ("event_text",)))
        for column in ("id", "timestamp"):
            opened.check_set(column)
        try:
            time = timestamp_column("timestamp", opened.columns["timestamp"])
        except ValueError as error:
            raise InvalidFile(
                f"{source.path.name}, column timestamp: holds {error} values, not dates and times."
            ) from None
        texts = (page,) if page else _texts(opened)
        rule = self._plan.event(source.table, texts)
        if rule and (rule.name in texts or not texts):
            called = rule.name
        else:
            called = texts[0] if texts else source.table
        planned = PlannedFields(rule.fields if rule else ())
        columns, notes = self._columns(opened, planned, NOT_PROPERTIES)
        opened.check((time, *columns))
        if len(texts) > 1:
            notes.append(
                f"{source.path.name}: holds events of {len(texts)} names; all are read as {called}"
            )
        fields = stored_fields(columns, planned, NOT_PROPERTIES, source.path.name, notes)
        table = StoredTable(
            source.table,
            called,
            fields,
            rule.description if rule else "",
            has_sources=SOURCE_COLUMN in opened.columns,
        )
        counts = self._store_event(opened, table, (time, *columns))
        counts.notes = notes
        opened.close()
        return table, counts

    def empty(self, table: str, planned: tuple[PlanField, ...]) -> StoredTable:
        """Users or accounts of whom no file tells."""
        fields = stored_fields((), PlannedFields(planned), NOT_FIELDS, "", [])
        ids = ("user_id", "group_id") if table == "groups" else ("id",)
        stored = joined(sql("{c} VARCHAR", c=name(each)) for each in ids)
        self._create_empty(table, stored, fields)
        return StoredTable(table, table, fields)

    def empty_event(self, rule: PlanEvent) -> StoredTable:
        """An event of the plan that no file has."""
        fields = stored_fields((), PlannedFields(rule.fields), NOT_PROPERTIES, "", [])
        ids = Sql(
            "id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP, event VARCHAR, event_text VARCHAR"
        )
        self._create_empty(rule.table, ids, fields)
        return StoredTable(rule.table, rule.name, fields, rule.description)

    def _columns(
        self, opened: OpenSource, planned: PlannedFields, reserved: frozenset[str]
    ) -> tuple[tuple[Column, ...], list[str]]:
        """How each field of a file is read, and what the import report should say of it."""
        kept = tuple(each for each in opened.columns if is_field(each, reserved))
        if opened.source.is_csv:
            shapes = self._shapes(opened, kept, typed=False)
        else:
            texts = tuple(each for each in kept if opened.columns[each] == "VARCHAR")
            shapes = self._shapes(opened, texts, typed=True)
        columns = []
        notes = []
        for column in kept:
            rule = planned.of(column)
            kind = rule.type if rule else None
            if opened.source.is_csv:
                made = text_column(column, planned=kind, shape=shapes.get(column))
            else:
                stored = opened.columns[column]
                made = typed_column(column, stored, planned=kind, is_list=column in shapes)
            if kind not in (None, made.type):
                notes.append(
                    f"{opened.source.path.name}, column {column}: holds {made.type} values where the "
                    f"plan says {kind}; the column counts"
                )
            columns.append(made)
        notes += _infinite(opened, [each for each in columns if each.infinite is not None])
        return tuple(columns), notes

    def _shapes(
        self, opened: OpenSource, columns: tuple[str, ...], *, typed: bool
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        for batch in batches(columns):
            (counts,) = opened.select(
                "SELECT {counts} FROM {relation}", counts=shape_counts(batch, typed=typed)
            )
            found |= shapes_of(batch, counts, typed=typed)
        return found

    def _create(
        self,
        table: str,
        key: Column,
        columns: tuple[Column, ...],
        fields: tuple[StoredField, ...],
        relation: Sql,
    ) -> None:
        self._run(
            "CREATE TABLE {table} AS SELECT {values} FROM {relation} ORDER BY 1",
            table=name(table),
            values=joined((_as(key), *_values(columns, fields))),
            relation=relation,
        )

    def _create_empty(self, table: str, ids: Sql, fields: tuple[StoredField, ...]) -> None:
        columns = [ids]
        columns += [sql("{c} {t}", c=name(each.column), t=STORED[each.type]) for each in fields]
        self._run("CREATE TABLE {table} ({columns})", table=name(table), columns=joined(columns))

    def _store_event(
        self, opened: OpenSource, table: StoredTable, columns: tuple[Column, ...]
    ) -> Counts:
        ids = [id_column(each, opened.columns[each]) for each in ("id", "user_id")]
        if table.has_sources:
            ids.append(id_column(SOURCE_COLUMN, opened.columns[SOURCE_COLUMN]))
        ((rows,),) = opened.select("SELECT count(*) FROM {relation}")
        values = joined((*map(_as, ids), *_values(columns, table.fields)))
        parts = {"stored": name(table.table), "values": values, "relation": opened.relation}
        named = [table.table, table.name]
        progress = self._second_half if opened.source.is_csv else self._progress
        run_watched(self._connection, sql(_STORE_EVENT, **parts), named, progress)
        ((known, distinct),) = self._rows(
            "SELECT sum(n)::BIGINT, count(*) FROM (SELECT count(*) AS n FROM {stored} GROUP BY id)",
            stored=parts["stored"],
        )
        known = known or 0
        if distinct < known:
            self._run(_STORE_ONCE, named, **parts)
        return Counts(rows=distinct, unknown=rows - known, doubles=known - distinct)

    def _first_half(self, share: float) -> None:
        """Reading a CSV file is about half of the work."""
        self._progress(share / 2)

    def _second_half(self, share: float) -> None:
        self._progress((1 + share) / 2)

    def _double(self, opened: OpenSource, key: Column) -> InvalidFile:
        ((double, first, second),) = opened.select(
            "SELECT key, rows[1], rows[2] FROM (SELECT key, list(row ORDER BY row) AS rows"
            " FROM (SELECT {key} AS key, row_number() OVER () AS row FROM {relation})"
            " GROUP BY key HAVING count(*) > 1) ORDER BY rows[2] LIMIT 1",
            key=key.value,
        )
        return opened.error(
            "id", second, f"{double[:60]!r} is there already, in row {first}. Ids must be unique."
        )

    def _run(self, template: str, bound: list[Any] | None = None, **parts: Sql) -> None:
        self._connection.execute(sql(template, **parts), bound or [])

    def _rows(self, template: str, **parts: Sql) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql(template, **parts)).fetchall()


def _infinite(opened: OpenSource, columns: list[Column]) -> Iterable[str]:
    if not columns:
        return
    counts = joined(sql("count_if({i})", i=each.infinite or Sql("false")) for each in columns)
    (found,) = opened.select("SELECT {counts} FROM {relation}", counts=counts)
    for column, count in zip(columns, found, strict=True):
        if count:
            yield (
                f"{opened.source.path.name}, column {column.name}: infinite numbers are read as not "
                f"set ({count})"
            )


def is_field(column: str, reserved: frozenset[str]) -> bool:
    return column.lower() not in reserved and not column.lower().startswith("context_")


def _texts(opened: OpenSource) -> tuple[str, ...]:
    """The event's names, the most frequent first."""
    found = opened.select(
        "SELECT {c}::VARCHAR FROM {relation} WHERE {c} IS NOT NULL AND {c}::VARCHAR <> ''"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 100",
        c=name("event_text"),
    )
    return tuple(each for (each,) in found)


def stored_fields(
    columns: tuple[Column, ...],
    planned: PlannedFields,
    reserved: frozenset[str],
    file: str,
    notes: list[str],
) -> tuple[StoredField, ...]:
    """The fields of a table: its columns by the plan's keys, then what only the plan has."""
    fields = []
    matched = set()
    for column in columns:
        rule = planned.of(column.name)
        if rule is None or rule.name in matched:
            fields.append(StoredField(column.name, column.name, column.type))
        else:
            matched.add(rule.name)
            fields.append(
                StoredField(column.name, rule.name, column.type, rule.description, rule.values)
            )
    taken = {each.column.casefold() for each in fields}
    for rule in planned:
        if rule.name in matched or not is_field(rule.column, reserved):
            continue
        if rule.column.casefold() in taken:
            notes.append(f"{file}: the plan's {rule.name} and another field are both {rule.column}")
            continue
        taken.add(rule.column.casefold())
        kind = rule.type or "text"
        fields.append(StoredField(rule.column, rule.name, kind, rule.description, rule.values))
    return tuple(fields)


def _values(columns: tuple[Column, ...], fields: tuple[StoredField, ...]) -> Iterable[Sql]:
    yield from map(_as, columns)
    there = {each.name for each in columns}
    for each in fields:
        if each.column not in there:
            stored = STORED[each.type]
            yield sql("CAST(NULL AS {stored}) AS {c}", stored=stored, c=name(each.column))


def _as(column: Column) -> Sql:
    return sql("{value} AS {c}", value=column.value, c=name(column.name))
