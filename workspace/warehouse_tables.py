"""A warehouse's tables as an import would have stored them, so that both give the same people.

Nothing is copied: each table is an expression over the one that is there. An event id counts once, a
pair of `groups` too; arrays are texts such as `[a, b]`, what is no number, truth or time is text, a
real number is what it is written as, and NaN is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audience.catalog import Catalog, FieldType, PropertyField, TraitField

_LARGEST = 1e38  # no decimal with more digits can be added up; NaN is greater than any


@dataclass(frozen=True)
class Planned:
    """What of a table only the plan has: columns with their types; or all of the table."""

    columns: Mapping[str, FieldType]
    table: bool = False


NOT_PLANNED = Planned({})
_STORED: Mapping[FieldType, str] = {"text": "string", "list": "string", "number": "float64"}
_IDS: Mapping[str, Mapping[str, str]] = {
    "accounts": {"id": "string"},
    "groups": {"user_id": "string", "group_id": "string"},
}
_EVENT_IDS = {"id": "string", "user_id": "string", "timestamp": "timestamp"}


def planned_only(catalog: Catalog) -> Mapping[str, Planned]:
    """By table, what never occurred when the catalog was read."""
    found = {
        "users": Planned(_never_seen(catalog.user_traits)),
        "accounts": Planned(_never_seen(catalog.account_traits), _all_new(catalog.account_traits)),
        "groups": Planned({}, _all_new(catalog.account_traits)),
    }
    for event in catalog.events:
        found[event.table] = Planned(_never_seen(event.properties), event.seen.count == 0)
    return found


def _never_seen(fields: Sequence[PropertyField | TraitField]) -> Mapping[str, FieldType]:
    return {each.column: each.type for each in fields if each.seen.count == 0}


def _all_new(fields: Sequence[TraitField]) -> bool:
    return all(each.seen.count == 0 for each in fields)


def with_planned(table: Any, planned: Planned) -> Any:
    """`table` with a column without values for each that it lacks."""
    there = set(table.columns)
    nothing = {
        column: _nothing(_STORED.get(type, type))
        for column, type in planned.columns.items()
        if column not in there
    }
    return table.mutate(**nothing) if nothing else table


def without_rows(users: Any, name: str, planned: Planned) -> Any:
    """A table that is not there, made of no rows of `users`."""
    ids = {each: _nothing(type) for each, type in _IDS.get(name, _EVENT_IDS).items()}
    return with_planned(users.limit(0).select(**ids), planned)


def _nothing(type: str) -> Any:
    import ibis

    return ibis.null(type)


def needed(name: str) -> tuple[str, ...]:
    """The columns without which a table is not what its name says."""
    known = {"users": ("id",), "accounts": ("id",), "groups": ("user_id", "group_id")}
    return known.get(name, ("id", "user_id", "timestamp"))


def as_imported(name: str, table: Any, *, unique: bool) -> Any:
    """`table`, an Ibis table called `name`. `unique` says that the engine sees to it that ids are."""
    if name == "groups":
        return table.select("user_id", "group_id").distinct()
    event = name not in ("users", "accounts")
    columns = _columns(table, event)
    if columns:
        table = table.mutate(**columns)
    return table if unique or not event else _once(table)


def _once(table: Any) -> Any:
    """Of rows with one id the earliest. Rows without an id cannot be told apart, and stay."""
    import ibis

    row = "/row"  # no column of a warehouse is called so
    rows = ibis.window(group_by=table["id"], order_by=[table["timestamp"], table["user_id"]])
    numbered = table.mutate(**{row: ibis.row_number().over(rows)})
    return numbered.filter((numbered[row] == 0) | numbered["id"].isnull()).drop(row)


def _columns(table: Any, event: bool) -> Mapping[str, Any]:
    """The columns that are read otherwise than they are stored."""
    found = {}
    for name in table.columns:
        change = _change(table[name].type())
        if event and name == "timestamp" and table[name].type().is_date():
            found[name] = table[name].cast("timestamp")
        elif change is not None:
            found[name] = change(table[name])
    return found


def _change(type: Any) -> Callable[[Any], Any] | None:
    if type.is_array():
        return _list
    if type.is_float32() or type.is_float16():
        return lambda column: column.cast("string").cast("float64")
    if type.is_decimal():
        return _number
    if type.is_string() or type.is_numeric() or type.is_boolean():
        return None
    if type.is_date() or type.is_timestamp():
        return None
    return lambda column: column.cast("string")


def _list(column: Any) -> Any:
    import ibis

    items = column.cast("array<string>").join(", ").fill_null("")
    return column.notnull().ifelse(ibis.literal("[") + items + "]", ibis.null("string"))


def _number(column: Any) -> Any:
    import ibis

    return column.between(-_LARGEST, _LARGEST).ifelse(column, ibis.null(column.type()))
