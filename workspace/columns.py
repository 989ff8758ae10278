"""Which type a column of a file has, and how its values are read.

A Parquet column has a type of its own. A CSV column has the plan's, or else the narrowest that every
one of its cells fits: the whole file decides, so that the same file always reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audience.catalog import FieldType
from workspace.sql import Sql, joined, name, sql

STORED: Mapping[FieldType, Sql] = {
    "text": Sql("VARCHAR"),
    "number": Sql("DOUBLE"),
    "boolean": Sql("BOOLEAN"),
    "date": Sql("DATE"),
    "timestamp": Sql("TIMESTAMP"),
    "list": Sql("VARCHAR"),
}
"""How a field that no file has is stored. Lists are text, `[a, b]`, as in a Segment warehouse."""

_WANTED: Mapping[FieldType, str] = {
    "text": "a text",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date such as 2026-05-01",
    "timestamp": "a date and time such as 2026-05-01T09:00:00Z",
    "list": "a list such as [a, b]",
}
_SMALL_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER"}
_LARGE_INTEGERS = {"UBIGINT", "HUGEINT", "UHUGEINT"}
_INTEGERS = {"BIGINT"} | _SMALL_INTEGERS | _LARGE_INTEGERS
_FLOATS = {"FLOAT", "DOUBLE"}

# What a cell of a CSV file must look like. 007 and +34600000000 are no numbers, nor is anything so
# long that a number would lose digits of it.
_SHAPES: Mapping[str, Sql] = {
    "boolean": Sql("lower({c}) IN ('true', 'false')"),
    "integer": Sql("regexp_full_match({c}, '-?(0|[1-9][0-9]{0,17})')"),
    "number": Sql(
        "regexp_full_match({c}, '-?(0|[1-9][0-9]{0,17})?([.][0-9]+)?([eE][+-]?[0-9]{1,3})?')"
        " AND TRY_CAST({c} AS DOUBLE) IS NOT NULL AND isfinite(TRY_CAST({c} AS DOUBLE))"
    ),
    "date": Sql(
        "regexp_full_match({c}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST({c} AS DATE) IS NOT NULL"
    ),
    "timestamp": Sql(
        "regexp_full_match({c}, '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}.*)?')"
        " AND TRY_CAST({c} AS TIMESTAMPTZ) IS NOT NULL"
    ),
    "list": Sql("starts_with({c}, '[') AND ends_with({c}, ']')"),
}
_LENIENT_BOOLEAN = Sql("lower({c}) IN ('true', 'false', 't', 'f', '1', '0')")
_LENIENT_NUMBER = Sql("isfinite(TRY_CAST({c} AS DOUBLE)) IS TRUE")
_SNIFFED: tuple[tuple[str, FieldType], ...] = (
    ("boolean", "boolean"),
    ("integer", "number"),
    ("number", "number"),
    ("date", "date"),
    ("timestamp", "timestamp"),
    ("list", "list"),
)


@dataclass(frozen=True)
class Column:
    """A column as it is read: `value` is SQL over the file's table.

    `misfit` is true for a row whose cell is set and cannot be read as `wanted`.
    """

    name: str
    type: FieldType
    value: Sql
    misfit: Sql | None = None
    wanted: str = ""
    infinite: Sql | None = None  # true for a number without end, which is read as not set


def shape_counts(columns: tuple[str, ...], *, typed: bool) -> Sql:
    """An aggregate over a table of texts: per column how many cells are set, and fit each shape.

    Of columns that have a type of their own (`typed`) only whether they hold lists is asked.
    """
    shapes = ("list",) if typed else tuple(_SHAPES)
    counts = (
        [sql("count({c})", c=name(column))]
        + [sql("count_if({fits})", fits=sql(_SHAPES[shape], c=name(column))) for shape in shapes]
        for column in columns
    )
    return joined(each for column in counts for each in column)


def shapes_of(columns: tuple[str, ...], counts: tuple[int, ...], *, typed: bool) -> dict[str, str]:
    """The narrowest shape of each column, from a row of `shape_counts`; none where nothing fits."""
    shapes = ("list",) if typed else tuple(_SHAPES)
    width = len(shapes) + 1
    found: dict[str, str] = {}
    for index, column in enumerate(columns):
        filled, *fitting = counts[index * width : (index + 1) * width]
        for shape, fits in zip(shapes, fitting, strict=True):
            if filled and fits == filled:
                found[column] = shape
                break
    return found


def id_column(column: str, stored: str) -> Column:
    """An id: text whatever its type, and 42.0 (an integer that was NULL somewhere) is 42."""
    c = name(column)
    if stored in _FLOATS or stored.startswith("DECIMAL"):
        whole = sql("CASE WHEN {c} = floor({c}) THEN CAST({c} AS HUGEINT)::VARCHAR", c=c)
        return Column(column, "text", sql("{whole} ELSE {c}::VARCHAR END", whole=whole, c=c))
    return Column(column, "text", sql("CAST({c} AS VARCHAR)", c=c))


def timestamp_column(column: str, stored: str) -> Column:
    """The time of an event. Naive times are UTC, others are converted.

    Raises `ValueError` for a type that is no time.
    """
    if stored == "VARCHAR":
        return _from_text(column, "timestamp")
    if stored != "DATE" and not stored.startswith("TIMESTAMP"):
        raise ValueError(stored)
    return Column(column, "timestamp", sql("CAST({c} AS TIMESTAMP)", c=name(column)))


def typed_column(column: str, stored: str, *, planned: FieldType | None, is_list: bool) -> Column:
    """A column of a file that says of what type it is, as DuckDB names it.

    What is kept as text is a list where the plan says so, or where every value looks like one.
    """
    c = name(column)
    if stored in _INTEGERS:
        wide = Sql("DECIMAL(38, 0)") if stored in _LARGE_INTEGERS else Sql("BIGINT")
        value = sql("TRY_CAST({c} AS {wide})", c=c, wide=wide)
        misfit = sql("{c} IS NOT NULL AND {value} IS NULL", c=c, value=value)
        return Column(column, "number", value, misfit, "a number of at most 38 digits")
    if stored in _FLOATS:
        # By way of its text a FLOAT 0.1 is 0.1, not 0.10000000149.
        exact = sql("CAST({c}::VARCHAR AS DOUBLE)", c=c) if stored == "FLOAT" else c
        value = sql("CASE WHEN isfinite({c}) THEN {exact} END", c=c, exact=exact)
        return Column(column, "number", value, infinite=sql("isinf({c})", c=c))
    if stored.startswith("DECIMAL"):
        return Column(column, "number", c)
    if stored == "BOOLEAN":
        return Column(column, "boolean", c)
    if stored == "DATE":
        return Column(column, "date", c)
    if stored.startswith("TIMESTAMP"):
        return timestamp_column(column, stored)
    if stored.endswith("]"):
        items = sql("array_to_string(CAST({c} AS VARCHAR[]), ', ')", c=c)
        return Column(column, "list", sql("'[' || {items} || ']'", items=items))
    as_text = sql("CAST({c} AS VARCHAR)", c=c)
    return Column(column, "list" if is_list or planned == "list" else "text", as_text)


def text_column(column: str, *, planned: FieldType | None, shape: str | None) -> Column:
    """A column of a CSV file: of the plan's type, else of the type that its cells have."""
    if planned is not None:
        return _from_text(column, planned, whole=shape == "integer")
    kind = dict(_SNIFFED).get(shape or "", "text")
    return _from_text(column, kind, whole=shape == "integer")


def _from_text(column: str, kind: FieldType, *, whole: bool = False) -> Column:
    c = name(column)
    if kind in ("text", "list"):
        return Column(column, kind, c)
    if kind == "timestamp":
        value = sql("TRY_CAST(TRY_CAST({c} AS TIMESTAMPTZ) AS TIMESTAMP)", c=c)
    else:
        stored = Sql("BIGINT") if kind == "number" and whole else STORED[kind]
        value = sql("TRY_CAST({c} AS {stored})", c=c, stored=stored)
    lenient = {"boolean": _LENIENT_BOOLEAN, "number": _LENIENT_NUMBER}
    fits = sql(lenient.get(kind, _SHAPES[kind]), c=c)
    misfit = sql("{c} IS NOT NULL AND NOT coalesce({fits}, false)", c=c, fits=fits)
    return Column(column, kind, value, misfit, _WANTED[kind])
