"""Fields of a catalog from what was read of their columns, by whichever engine read it.

What the plan enumerates wins over what the data holds. A field is active when an event that carries
it happened in the days before `as_of` that count; a trait, which has no date of its own, when it is
set for anybody at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

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
from workspace.spec import event_origin, property_origin, trait_origin

MOST_VALUES = 500  # kept per field
MOST_NUMBERS = 50  # of a field of numbers with more values than these, only examples are kept
LONGEST_VALUE = 200  # characters; longer ones are prose, not values that anybody picks
EXAMPLES = 5  # kept of a field in which nearly every value is another
RANGED: frozenset[FieldType] = frozenset({"number", "date", "timestamp"})


@dataclass(frozen=True)
class Layout:
    """The stored tables of a workspace."""

    users: StoredTable
    accounts: StoredTable | None
    events: tuple[StoredTable, ...]
    has_data: bool


@dataclass(frozen=True)
class ColumnFigures:
    """What one pass over a table tells of a column."""

    count: int = 0
    last: datetime | None = None
    minimum: Any = None
    maximum: Any = None


@dataclass(frozen=True)
class Frequent:
    """The most frequent values of a field (of a list: its items), and how many there are in all."""

    values: list[Any]
    distinct: int
    all_seen: bool = True  # False where only a sample was looked at


def catalog_of(
    layout: Layout,
    config: WorkspaceConfig,
    events: list[EventField],
    user_traits: tuple[TraitField, ...],
    account_traits: tuple[TraitField, ...],
) -> Catalog:
    return Catalog(
        events=tuple(sorted(events, key=lambda each: each.name)),
        user_traits=user_traits,
        account_traits=account_traits,
        has_data=layout.has_data,
        has_accounts=layout.accounts is not None,
        timezone=config.timezone,
        currency=config.currency,
        lookback_days=config.lookback_days,
        glossary=dict(config.glossary),
    )


def event_field(
    table: StoredTable,
    rows: ColumnFigures,
    columns: Mapping[str, ColumnFigures],
    frequent: Mapping[str, Frequent],
    since: datetime,
    most: int | None = None,
) -> EventField:
    """An event; active when it was seen from `since` (naive UTC) on. `most`: rows of any one user."""
    properties = tuple(
        PropertyField(
            event=table.name,
            name=each.name,
            column=each.column,
            type=each.type,
            description=each.description,
            origin=property_origin(table.name, each.column),
            seen=_seen(columns[each.column], since),
            stats=_stats(each, columns[each.column], frequent.get(each.column), "event"),
        )
        for each in table.fields
    )
    return EventField(
        name=table.name,
        table=table.table,
        properties=properties,
        description=table.description,
        origin=event_origin(table.name),
        seen=_seen(rows, since),
        has_sources=table.has_sources,
        most=most,
    )


def trait_fields(
    table: StoredTable,
    owner: Owner,
    columns: Mapping[str, ColumnFigures],
    frequent: Mapping[str, Frequent],
) -> tuple[TraitField, ...]:
    return tuple(
        TraitField(
            name=each.name,
            column=each.column,
            type=each.type,
            owner=owner,
            description=each.description,
            origin=trait_origin(each.column, owner),
            seen=Seen(columns[each.column].count, None, columns[each.column].count > 0),
            stats=_stats(each, columns[each.column], frequent.get(each.column), owner),
        )
        for each in table.fields
    )


def _seen(column: ColumnFigures, since: datetime) -> Seen:
    active = column.last is not None and column.last >= since
    last = column.last.replace(tzinfo=UTC) if column.last else None
    return Seen(column.count, last, active)


def _stats(
    field: StoredField, column: ColumnFigures, frequent: Frequent | None, holder: Holder
) -> ValueStats:
    planned = tuple(_as_planned(each, field.type) for each in field.values)
    texts = [_as_text(each) for each in frequent.values] if frequent else []
    distinct = frequent.distinct if frequent else 0
    if is_personal(field.name, field.column, field.type, holder, texts):
        return ValueStats(distinct=distinct, personal=True)
    values, complete = _kept(texts, distinct, column.count, field.type)
    complete = complete and (frequent is None or frequent.all_seen)
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
