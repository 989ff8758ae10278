"""The catalog of a warehouse, read with bounded queries: small tables whole, large ones by a sample.

How many rows and how many different values a large table has is what the engine's statistics say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from audience.catalog import Catalog, EventField, FieldType, Owner, TraitField
from audience.problems import MusterError
from workspace.catalog_values import (
    MOST_VALUES,
    ColumnFigures,
    Frequent,
    Layout,
    catalog_of,
    event_field,
    trait_fields,
)
from workspace.columns import Column
from workspace.config import WorkspaceConfig
from workspace.loading import (
    NOT_FIELDS,
    NOT_PROPERTIES,
    SOURCE_COLUMN,
    StoredTable,
    is_field,
    stored_fields,
)
from workspace.plan import Plan, PlanField, PlannedFields
from workspace.source import NOT_EVENTS, PAGES, batches
from workspace.sql import name as quoted
from workspace.warehouse import TookTooLong, Warehouse
from workspace.warehouse_sample import FEW, Rows, Sampler
from workspace.warehouse_tables import needed

SECONDS = 30  # that one query may take
_COLUMNS = 40  # of which figures are asked for at once

Progress = Callable[[str, float], None]
T = TypeVar("T")


class InvalidWarehouse(MusterError):
    """A warehouse that holds no workspace."""

    code = "invalid_warehouse"


@dataclass
class WarehouseReport:
    """What was seen: rows by table, and what a person may want to look at."""

    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_warehouse(
    warehouse: Warehouse,
    plan: Plan,
    config: WorkspaceConfig,
    *,
    as_of: datetime,
    active_days: int,
    progress: Progress,
) -> tuple[Catalog, WarehouseReport]:
    """Reads every field. `progress` is told the stage and the share that is done.

    Raises InvalidWarehouse and `workspace.database.DatabaseError`.
    """
    progress("Looking at the tables", 0.0)
    there = warehouse.tables()
    if "users" not in there:
        shown = ", ".join(there[:10]) or "none"
        raise InvalidWarehouse(
            "The warehouse has no table users. Name the schema that holds it at the address's end: "
            f"?schema=NAME. Tables found: {shown}."
        )
    reader = _Reader(warehouse, plan, as_of.astimezone(UTC).replace(tzinfo=None), active_days)
    tables = [each for each in there if each not in ("users", "accounts", "groups")]
    events: list[EventField] = []
    stored: list[StoredTable] = []
    progress("Reading users", 0.0)
    users, user_traits = reader.traits("users", plan.user_traits)
    accounts = None
    account_traits: tuple[TraitField, ...] = ()
    if "accounts" in there:
        accounts, account_traits = reader.traits("accounts", plan.account_traits)
    if "groups" in there:
        reader.check("groups")
    for number, table in enumerate(tables):
        progress(f"Reading {table}", (number + 1) / (len(tables) + 1))
        found = reader.event(table, {each.name for each in events})
        if found is not None:
            stored.append(found[0])
            events.append(found[1])
    reader.plan_only(events)
    layout = Layout(users, accounts, tuple(stored), has_data=True)
    progress("Done", 1.0)
    return catalog_of(layout, config, events, user_traits, account_traits), reader.report


class _Reader:
    def __init__(self, warehouse: Warehouse, plan: Plan, as_of: datetime, active_days: int) -> None:
        self._warehouse = warehouse
        self._plan = plan
        self._since = as_of - timedelta(days=active_days)  # naive UTC, as `as_of` is
        self._sampler = Sampler(warehouse, as_of, self._since)
        self.report = WarehouseReport()

    def traits(
        self, table: str, planned: tuple[PlanField, ...]
    ) -> tuple[StoredTable, tuple[TraitField, ...]]:
        """Users or accounts."""
        self.check(table)
        owner: Owner = "user" if table == "users" else "account"

        def read(rows: Rows) -> tuple[StoredTable, tuple[TraitField, ...]]:
            columns, figures = self._figures(rows, NOT_FIELDS, dated=False)
            fields = stored_fields(
                columns, PlannedFields(planned), NOT_FIELDS, table, self.report.notes
            )
            stored = StoredTable(table, table, fields)
            frequent = self._frequent(rows, stored, figures)
            return stored, trait_fields(stored, owner, _every(stored, figures), frequent)

        return self._looked(table, read)

    def event(self, table: str, taken: set[str]) -> tuple[StoredTable, EventField] | None:
        """An event, or None where the table holds none; which is noted."""
        there = self._warehouse.columns_of(table)
        reason = self._no_event(table, there)
        if reason is not None:
            self.report.notes.append(f"{table} is not used{reason}")
            return None

        def read(rows: Rows) -> tuple[StoredTable, EventField]:
            texts = (PAGES[table],) if table in PAGES else self._texts(rows)
            rule = self._plan.event(table, texts)
            called = texts[0] if texts else table
            if rule and (rule.name in texts or not texts):
                called = rule.name
            if called in taken:
                self.report.notes.append(
                    f"Two tables hold {called}; the events of {table} are called {table}"
                )
                called = table
            columns, figures = self._figures(rows, NOT_PROPERTIES, dated=True)
            planned = PlannedFields(rule.fields if rule else ())
            fields = stored_fields(columns, planned, NOT_PROPERTIES, table, self.report.notes)
            described = rule.description if rule else ""
            stored = StoredTable(table, called, fields, described, SOURCE_COLUMN in there)
            frequent = self._frequent(rows, stored, figures)
            every = _every(stored, figures)
            return stored, event_field(stored, self._times(rows), every, frequent, self._since)

        return self._looked(table, read)

    def plan_only(self, events: list[EventField]) -> None:
        """Adds the events of the plan that no table has."""
        tables = {"users", "accounts", "groups"} | {each.table.casefold() for each in events}
        names = {each.name for each in events}
        for rule in self._plan.events:
            if rule.name in names or rule.table.casefold() in tables:
                continue
            tables.add(rule.table.casefold())
            fields = stored_fields((), PlannedFields(rule.fields), NOT_PROPERTIES, "", [])
            stored = StoredTable(rule.table, rule.name, fields, rule.description)
            nothing = ColumnFigures()
            events.append(event_field(stored, nothing, _every(stored, {}), {}, self._since))

    def check(self, table: str) -> None:
        """Raises InvalidWarehouse unless a table has the columns that it must have."""
        there = self._warehouse.columns_of(table)
        for column in needed(table):
            if column not in there:
                raise InvalidWarehouse(
                    f"The warehouse's table {table} has no column {column}. "
                    f"It has: {', '.join(there) or 'none'}."
                )

    def _no_event(self, table: str, there: tuple[str, ...]) -> str | None:
        """Why a table holds no event."""
        if table in NOT_EVENTS:
            return ""
        wanted = (*needed(table), *(() if table in PAGES else ("event_text",)))
        missing = [each for each in wanted if each not in there]
        if missing:
            return f": it has no column {', '.join(missing)}"
        kind = self._warehouse.stored(table)["timestamp"].type()
        if not (kind.is_timestamp() or kind.is_date()):
            return ": its column timestamp holds no times"
        return None

    # Rows ---------------------------------------------------------------------------------------

    def _looked(self, table: str, read: Callable[[Rows], T]) -> T:
        """What `read` makes of a table; of fewer of its rows where more would take too long."""
        size = self._warehouse.size_of(table)
        for way in (self._sampler.whole, self._sampler.sampled):
            try:
                rows = way(table, size)
                if rows is not None:
                    return self._kept(table, rows, read)
            except TookTooLong:
                continue
        return self._kept(table, self._sampler.first(table, size, FEW), read)

    def _kept(self, table: str, rows: Rows, read: Callable[[Rows], T]) -> T:
        found = read(rows)
        self.report.rows[table] = rows.rows
        if not rows.whole:
            self.report.notes.append(
                f"{table} holds about {rows.rows:,} rows; its fields are read from {rows.seen:,}"
            )
        if not self._warehouse.has_unique_ids(table):
            self.report.notes.append(
                f"{table} has no unique index on id, so that each count looks for ids that are "
                "there twice; with one it is faster"
            )
        return found

    # Columns ------------------------------------------------------------------------------------

    def _times(self, rows: Rows) -> ColumnFigures:
        at = rows.table["timestamp"]
        newest = at.max(where=at <= self._sampler.moment(at))
        ((last,),) = self._warehouse.rows(rows.table.aggregate(last=newest))
        return ColumnFigures(rows.rows, _naive(last))

    def _texts(self, rows: Rows) -> tuple[str, ...]:
        """The event's names, the most frequent first."""
        text = rows.table["event_text"].cast("string")
        named = rows.table.filter(text.notnull(), text.length() > 0)
        return tuple(str(each) for each, _ in self._most(named, named["event_text"], 100))

    def _figures(
        self, rows: Rows, reserved: frozenset[str], *, dated: bool
    ) -> tuple[tuple[Column, ...], dict[str, Figures]]:
        """The fields of a table by their types, and what one pass over its rows tells of them."""
        names = tuple(each for each in rows.table.columns if is_field(each, reserved))
        columns: list[Column] = []
        figures: dict[str, Figures] = {}
        for batch in batches(names, _COLUMNS):
            wanted: dict[str, Any] = {}
            for number, column in enumerate(batch):
                asked = self._asked(rows.table, column, dated=dated)
                wanted |= {f"{key}_{number}": value for key, value in asked.items()}
            (row,) = self._warehouse.rows(rows.table.aggregate(**wanted))
            told = dict(zip(wanted, row, strict=True))
            for number, column in enumerate(batch):
                found = {key: told.get(f"{key}_{number}") for key in _FIGURES}
                kind = _type(rows.table[column].type(), found)
                columns.append(Column(column, kind, quoted(column)))
                figures[column] = self._of_column(rows, column, found)
        return tuple(columns), figures

    def _asked(self, table: Any, column: str, *, dated: bool) -> dict[str, Any]:
        import ibis

        value = table[column]
        asked = {"count": value.count(), "distinct": value.nunique()}
        if dated:
            at = table["timestamp"]
            asked["last"] = at.max(where=value.notnull() & (at <= self._sampler.moment(at)))
        if value.type().is_string():
            asked["lists"] = (value.startswith("[") & value.endswith("]")).sum()
        elif value.type().is_numeric():
            finite = value.notnull()
            if value.type().is_floating():
                finite = finite & ~value.isnan() & ~value.isinf()
            asked |= {"minimum": value.min(where=finite), "maximum": value.max(where=finite)}
        elif value.type().is_date() or value.type().is_timestamp():
            # Beyond lie the days that stand for ever, which Python cannot hold.
            kind = value.type()
            first, end = (ibis.literal(each).cast(kind) for each in ("0001-01-01", "9999-12-31"))
            sane = value.between(first, end)
            asked |= {"minimum": value.min(where=sane), "maximum": value.max(where=sane)}
        return asked

    def _of_column(self, rows: Rows, column: str, found: Mapping[str, Any]) -> Figures:
        count, distinct = int(found["count"]), int(found["distinct"])
        if not rows.whole:
            known = rows.distinct.get(column)
            if known is not None:
                distinct = max(distinct, round(known if known >= 0 else -known * rows.rows))
            count = round(count * rows.rows / max(rows.seen, 1))
        ends = (_naive(found["minimum"]), _naive(found["maximum"]))
        return Figures(ColumnFigures(count, _naive(found["last"]), *ends), distinct)

    def _frequent(
        self, rows: Rows, table: StoredTable, figures: Mapping[str, Figures]
    ) -> dict[str, Frequent]:
        """The most frequent values of every field that has any."""
        found: dict[str, Frequent] = {}
        for each in table.fields:
            known = figures.get(each.column)
            if known is None or not known.column.count:
                continue
            if each.type in ("date", "timestamp"):  # of which nobody picks one from a list
                found[each.column] = Frequent([], known.distinct, rows.whole)
                continue
            values = self._most(rows.table, rows.table[each.column], MOST_VALUES + 1)
            if each.type == "list":
                items = _items(values)
                whole = rows.whole and len(values) <= MOST_VALUES
                found[each.column] = Frequent([item for item, _ in items], len(items), whole)
            else:
                kept = [value for value, _ in values]
                found[each.column] = Frequent(kept, known.distinct, rows.whole)
        return found

    def _most(self, table: Any, value: Any, most: int) -> list[tuple[Any, int]]:
        """The most frequent values and how often each is there; those as frequent by code point."""
        import ibis

        set_ = table.select(value=value)
        set_ = set_.filter(set_["value"].notnull())
        counted = set_.group_by("value").aggregate(times=set_.count())
        found = self._warehouse.rows(counted.order_by(ibis.desc("times"), "value").limit(most))
        return sorted(found, key=lambda each: (-each[1], each[0]))


@dataclass(frozen=True)
class Figures:
    column: ColumnFigures
    distinct: int


_FIGURES = ("count", "distinct", "last", "lists", "minimum", "maximum")


def _every(table: StoredTable, figures: Mapping[str, Figures]) -> dict[str, ColumnFigures]:
    """The figures of each field; none of what only the plan has."""
    nothing = Figures(ColumnFigures(), 0)
    return {each.column: figures.get(each.column, nothing).column for each in table.fields}


def _type(stored: Any, found: Mapping[str, Any]) -> FieldType:
    if stored.is_boolean():
        return "boolean"
    if stored.is_numeric():
        return "number"
    if stored.is_date():
        return "date"
    if stored.is_timestamp():
        return "timestamp"
    return "list" if found["count"] and found["lists"] == found["count"] else "text"


def _items(lists: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The items of texts such as `[a, b]`, the most frequent first."""
    times: dict[str, int] = {}
    for text, count in lists:
        for part in text.strip("[] ").split(","):
            item = part.strip(" \"'")
            if item:
                times[item] = times.get(item, 0) + count
    return sorted(times.items(), key=lambda each: (-each[1], each[0]))


def _naive(value: Any) -> Any:
    """A time of the engine as naive UTC; anything else as it is."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
