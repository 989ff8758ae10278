"""Reducers: rows of events → one value per user, or per parent event.

Aggregates over the same rows are one GROUP BY, each picking its rows by a condition of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from audience.catalog import FieldType
from audience.compiler import dialect
from audience.compiler.comparators import Condition, Value, present
from audience.compiler.job import Frame, Held, Job, Table, all_values
from audience.problems import NotSupported
from audience.query import Aggregate, Context, Events, Node, Reducer

AT = Context("timestamp")
ID = Context("id")
ROW = Context("row")
"""The keys under which a frame of events holds their time, their id, and the numbers of their rows."""
COUNTS = {"count", "unique"}
"""The reducers that are 0 where there is no event."""


@dataclass(frozen=True)
class Grouped:
    """A table with at most one row for each value of its column `key`."""

    table: Table
    key: str
    columns: Mapping[Node, Held]


def grouped(
    job: Job,
    rows: Frame,
    key: Node,
    aggregates: Sequence[Aggregate],
    picks: Mapping[Events, Condition | None],
    most: int | None = None,
) -> Iterator[Grouped]:
    """One table for all `aggregates`, and one more for each `mode`, by the values of what `rows` holds for `key`.

    `picks` says which rows an aggregate looks at: None for all. `most` is what no group has more rows
    than, where that is known.
    """
    columns: dict[Node, Held] = {}
    values: dict[str, Any] = {}
    picked: dict[str, Condition] = {}
    for aggregate in aggregates:
        pick = picks[events_of(aggregate)]
        if aggregate.reducer.method == "mode":
            yield _most_frequent(job, rows, key, aggregate, pick)
            continue
        counts = aggregate.reducer.method in COUNTS
        held = job.hold(_type(job, rows, aggregate), counts=counts)
        columns[aggregate] = held
        if aggregate.reducer.method == "count" and pick is not None:
            picked[held.name] = pick
        else:
            values[held.name] = _value(job, rows, aggregate, pick)
    if columns:
        name = job.name()
        by = rows.table.group_by(**{name: rows.value(key).column})
        yield Grouped(_counted(job, by, name, values, picked, most), name, columns)


def events_of(aggregate: Aggregate) -> Events:
    if isinstance(aggregate.events, Events):
        return aggregate.events
    raise NotSupported("entity(…) belongs to Linked audiences, which Muster does not make.")


def _counted(
    job: Job,
    by: Any,
    key: str,
    values: Mapping[str, Any],
    picked: Mapping[str, Condition],
    most: int | None,
) -> Table:
    """The groups of `by` with `values`, and how many rows of each every condition of `picked` holds for."""
    bits = (most or 0).bit_length()
    at_once = dialect.PACKED // bits if bits and job.dialect == "duckdb" else 1
    if at_once < 2 or len(picked) < 2:
        counts = {name: dialect.count_where(each, job.dialect) for name, each in picked.items()}
        return by.aggregate(**values, **counts)
    names = list(picked)
    together = [names[start : start + at_once] for start in range(0, len(names), at_once)]
    sums = {job.name(): each for each in together}
    table = by.aggregate(
        **values,
        **{
            number: dialect.counts_in_one([picked[name] for name in its], bits)
            for number, its in sums.items()
        },
    )
    counts = {
        name: dialect.count_in(table[number], place, bits)
        for number, its in sums.items()
        for place, name in enumerate(its)
    }
    return table.select(key, *values, **counts)


def _type(job: Job, rows: Frame, aggregate: Aggregate) -> FieldType:
    reducer = aggregate.reducer
    if reducer.method in {"count", "unique", "sum", "avg"}:
        return "number"
    return _property(job, rows, reducer).type


def _property(job: Job, rows: Frame, reducer: Reducer) -> Value:
    """The property that a reducer reckons with, read as the type it asks for."""
    if reducer.property is None:
        raise NotSupported(f"{reducer.method} needs a property.")
    value = rows.value(reducer.property)
    wanted = reducer.as_type
    if wanted is None or (wanted == "number" and value.type == "number"):
        return value
    if wanted == "string":
        return Value(_as_text(job, value), "text")
    raise NotSupported(f"A {value.type} cannot be read as a {wanted}.")


def _as_text(job: Job, value: Value) -> Any:
    """As people write it: 9.5, true, 2026-01-31, 2026-01-31T14:00:00Z."""
    match value.type:
        case "text" | "list":
            return value.column
        case "number":
            return dialect.text_of_number(value.column)
        case "boolean":
            return ibis.cases((value.column, "true"), (~value.column, "false"))
        case "date":
            return value.column.strftime("%Y-%m-%d")
        case "timestamp":
            utc = dialect.local_time(value.column, "UTC", job.dialect)
            return utc.strftime("%Y-%m-%d") + "T" + utc.strftime("%H:%M:%S") + "Z"


def _value(job: Job, rows: Frame, aggregate: Aggregate, pick: Condition | None) -> Any:
    reducer = aggregate.reducer
    if reducer.method == "count":
        return rows.table.count()
    value = _property(job, rows, reducer)
    column = value.column
    usable = present(value) if value.may_be_nan else None
    picked = pick if usable is None else usable if pick is None else pick & usable
    match reducer.method:
        case "unique":
            values = all_values(job.catalog, aggregate) if job.tables.as_imported else ()
            if values:
                return dialect.different(_only(picked, column), values)
            return _only(picked, column).nunique()
        case "sum":
            return dialect.rounded(_only(pick, dialect.exact(column)).sum())
        case "avg":
            numbers = _only(pick, dialect.exact(column))
            return dialect.rounded(numbers.sum() / numbers.count())
        case "max":
            return dialect.extreme(_only(picked, column), job.dialect, last=True)
        case "min":
            return dialect.extreme(_only(picked, column), job.dialect, last=False)
        case "first" | "last" if ROW in rows.columns and job.tables.as_imported:
            only, row = _only(picked, column), rows.value(ROW).column
            return dialect.at_extreme(only, row, last=reducer.method == "last")
        case "first" | "last":
            keys = [
                rows.value(AT).column,
                dialect.by_code_point(rows.value(ID).column, job.dialect),
            ]
            last = reducer.method == "last"
            return dialect.picked(column, keys, job.dialect, last=last, where=picked)
    raise NotSupported(f"The reducer {reducer.method} cannot be run.")


def _only(pick: Condition | None, column: Any) -> Any:
    """`column` where `pick` holds. DuckDB does this in half the time that FILTER takes."""
    return column if pick is None else pick.ifelse(column, ibis.null(column.type()))


def _most_frequent(
    job: Job, rows: Frame, key: Node, aggregate: Aggregate, pick: Condition | None
) -> Grouped:
    """The most frequent value with at least the frequency asked for; ties: the smallest."""
    value = _property(job, rows, aggregate.reducer)
    by, what, often = job.name(), job.name(), job.name()
    result = job.hold(value.type)
    wanted = present(value) if pick is None else pick & present(value)
    frequencies = (
        rows.table.filter(wanted)
        .group_by(**{by: rows.value(key).column, what: value.column})
        .aggregate(**{often: lambda table: table.count()})
    )
    frequent = frequencies.filter(frequencies[often] >= (aggregate.reducer.min_frequency or 1))
    smallest = frequent[what]
    if smallest.type().is_string():
        smallest = dialect.by_code_point(smallest, job.dialect)
    order = [-frequent[often], smallest]
    winner = dialect.picked(frequent[what], order, job.dialect, last=False, where=None)
    table = frequent.group_by(by).aggregate(**{result.name: winner})
    return Grouped(table, by, {aggregate: result})
