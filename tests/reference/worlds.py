"""Small made-up workspaces, full of edges: ties, missing values, ends of windows, leap days, zones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import psycopg
from hypothesis import strategies as st

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from tests.reference.evaluator import Row, World

ZONES = [
    "UTC",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
]
MOMENTS = [
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # clocks go back in New York
    datetime(2027, 3, 14, 7, 0, 0, 1, tzinfo=UTC),  # and forward
    datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2025, 3, 1, 0, 0, tzinfo=UTC),
    datetime(2025, 2, 28, 13, 0, tzinfo=UTC),
    datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),  # midnight is skipped in São Paulo
    datetime(2011, 12, 30, 10, 0, tzinfo=UTC),  # a whole day is skipped in Apia
]
TEXTS = [
    "free",
    "Free",
    "pro",
    "",
    " ",
    "é",
    "e\u0301",
    "ß",
    "😀",
    "\uffff",
    "it's",
    'a"b',
    "100%",
    "_",
    "\\",
    "a\nb",
    "'; DROP TABLE users; --",
    "$1",
    "14",
    "nan",
    "true",
]
LISTS = ["[a, b]", "[]", "[free]", "[é, 😀]"]
NUMBERS = [0, 1, 2, 3, -1, 10, 49, 50, 51, 100]
FLOATS = [
    *(float(each) for each in NUMBERS),
    -0.0,
    0.1,
    0.2,
    0.3,
    0.7,
    33.33,
    49.99,
    50.000001,
    50.0000001,
    1 / 3,
    1e-7,
    123456789.12,
    float("nan"),
]
CENTS = [Decimal(each) for each in ("0.00", "0.10", "0.20", "0.30", "49.99", "50.00", "-1.00")]
AMOUNTS = [("hour", 1), ("hour", 24), ("hour", 25), ("day", 1), ("day", 2), ("day", 7), ("day", 30), ("day", 365)]  # fmt: skip

USER_TRAITS: dict[str, FieldType] = {
    "plan": "text",
    "address.city": "text",
    "score": "number",
    "orders_count": "number",
    "balance": "number",
    "vip": "boolean",
    "birthday": "date",
    "signed_up_at": "timestamp",
    "tags": "list",
}
ACCOUNT_TRAITS: dict[str, FieldType] = {"industry": "text", "seats": "number", "renewal": "date"}
PROPERTIES: dict[str, FieldType] = {
    "total": "number",
    "quantity": "number",
    "price": "number",
    "category": "text",
    'it\'s a "gift"': "boolean",
    "due": "date",
    "paid_at": "timestamp",
    "products": "list",
}
EVENTS = {
    "Order Completed": "order_completed",
    "Order Refunded": "order_refunded",
    "Page 'Viewed' \\ 50%": "pages",
}
_STORED = {
    "orders_count": "BIGINT",
    "quantity": "INTEGER",
    "seats": "BIGINT",
    "balance": "DECIMAL(18,2)",
    "price": "DECIMAL(9,4)",
}
_STORED_TYPE = {
    "text": "VARCHAR",
    "list": "VARCHAR",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def column_of(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


def _event(name: str, table: str) -> EventField:
    properties = tuple(
        PropertyField(name, each, column_of(each), type_) for each, type_ in PROPERTIES.items()
    )
    return EventField(name, table, properties, has_sources=True)


CATALOG = Catalog(
    events=tuple(_event(name, table) for name, table in EVENTS.items()),
    user_traits=tuple(
        TraitField(name, column_of(name), type_) for name, type_ in USER_TRAITS.items()
    ),
    account_traits=tuple(
        TraitField(name, name, type_, owner="account") for name, type_ in ACCOUNT_TRAITS.items()
    ),
    has_accounts=True,
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A workspace of at most 12 users, 4 accounts and 30 events of each name, some tables empty.

    A third is as an import leaves it. The others are as a warehouse can be: events and groups of users
    that nobody knows, doubled groups, rows in any order, or in that of the users only.
    """
    made = draw(st.sampled_from(["imported", "by user", "as it comes"]))
    imported = made == "imported"
    zone = draw(st.sampled_from(ZONES))
    as_of = draw(st.sampled_from(MOMENTS))
    user_ids = [f"u{each}" for each in range(draw(st.sampled_from([12, 12, 5, 1, 0])))]
    account_ids = [f"a{each}" for each in range(draw(st.sampled_from([4, 4, 1, 0])))]
    sizes = {table: draw(st.sampled_from([30, 30, 12, 3, 0])) for table in EVENTS.values()}
    random = Random(draw(st.integers(0, 2**32)))
    make = _Maker(random, as_of, moments(as_of, zone), imported)
    pairs = [(user, account) for user in user_ids for account in account_ids]
    events: dict[str, list[Row]] = {
        table: [make.event(f"{table}-{each}", user_ids) for each in range(size if user_ids else 0)]
        for table, size in sizes.items()
    }
    for rows in events.values():
        if imported:
            rows.sort(key=lambda row: (row["user_id"], row["timestamp"], row["id"]))
        elif made == "by user":
            rows.sort(key=lambda row: str(row["user_id"]))
    groups = [pair for pair in pairs if random.random() < 0.3]
    if not imported:
        groups += [*groups[:2], *((None, each) for each in account_ids[:1])]
        groups += [("ghost", each) for each in account_ids] + [(each, "none") for each in user_ids]
    return World(
        catalog=replace(
            CATALOG,
            timezone=zone,
            events=tuple(_known(each, events[each.table], imported) for each in CATALOG.events),
        ),
        as_of=as_of,
        users=[{"id": id} | make.values(USER_TRAITS) for id in user_ids],
        events=events,
        accounts=[{"id": id} | make.values(ACCOUNT_TRAITS) for id in account_ids],
        groups=groups,
        imported=imported,
    )


def _known(event: EventField, rows: Sequence[Row], imported: bool) -> EventField:
    """What is found out about an event; all of its texts, if by an import."""
    most = max(Counter(row["user_id"] for row in rows).values(), default=None)
    if not imported:
        return replace(event, most=most)
    properties = []
    for each in event.properties:
        values = sorted({row[each.column] for row in rows if row[each.column] is not None}, key=str)
        if each.type == "text" and values:
            stats = ValueStats(tuple(values), complete=True, distinct=len(values))
            each = replace(each, stats=stats)
        properties.append(each)
    return replace(event, most=most, properties=tuple(properties))


@dataclass(frozen=True)
class _Maker:
    """Makes rows out of values that lie at edges, a fifth of them missing."""

    random: Random
    as_of: datetime
    edges: list[datetime]
    imported: bool  # no NaN, no strangers

    def event(self, id: str, users: list[str]) -> Row:
        parts = {
            "id": id,
            "user_id": self.random.choice(users if self.imported else [*users, "ghost", None]),
            "timestamp": self.random.choice(self.edges),
            "event_source_id": self.random.choice([None, "web", "ios"]),
        }
        return parts | self.values(PROPERTIES)

    def values(self, fields: dict[str, FieldType]) -> Row:
        return {
            column_of(name): None
            if self.random.random() < 0.2
            else self.random.choice(self._pool(name, type_))
            for name, type_ in fields.items()
        }

    def _pool(self, name: str, type_: FieldType) -> Sequence[Any]:
        if name in _STORED:
            return CENTS if _STORED[name].startswith("DECIMAL") else NUMBERS
        pools: dict[FieldType, Sequence[Any]] = {
            "text": TEXTS,
            "list": LISTS,
            "number": [each for each in FLOATS if each == each] if self.imported else FLOATS,
            "boolean": [True, False],
            "date": days(self.as_of),
            "timestamp": self.edges,
        }
        return pools[type_]


def moments(as_of: datetime, zone: str) -> list[datetime]:
    """Instants at and around the ends of windows, local midnights and changes of the clock."""
    found = []
    for unit, amount in AMOUNTS:
        length = timedelta(hours=amount * (24 if unit == "day" else 1))
        found += [as_of - length, as_of + length, *_midnights(as_of, zone, amount)]
    found += [as_of, *MOMENTS]
    tick = timedelta(microseconds=1)
    return sorted({each + step for each in found for step in (-tick, timedelta(0), tick)})


def days(as_of: datetime) -> list[date]:
    """Dates at and around the ends of windows, leap days and yearly returns."""
    today = as_of.date()
    near = [today + timedelta(days=each) for each in (-31, -30, -8, -7, -2, -1, 0, 1, 2, 7, 8, 30)]
    far = [date(1992, 2, 29), date(1990, 2, 28), date(1990, 3, 1), date(2000, 12, 31)]
    return near + far + [date(1985, each.month, min(each.day, 28)) for each in near]


def _midnights(as_of: datetime, zone: str, amount: int) -> list[datetime]:
    local = as_of.astimezone(ZoneInfo(zone)).date()
    return [
        datetime.combine(local + timedelta(days=each), time(), ZoneInfo(zone)).astimezone(UTC)
        for each in (-amount, 1 - amount, amount, amount + 1)
    ]


_POSTGRES = {"DOUBLE": "DOUBLE PRECISION", "VARCHAR": "TEXT", "TIMESTAMP": "TIMESTAMPTZ"}
_PARTS: dict[str, FieldType] = {"id": "text", "user_id": "text", "timestamp": "timestamp", "event_source_id": "text"}  # fmt: skip


def store(world: World, path: Path) -> None:
    """Writes the world as the DuckDB file of a workspace."""
    with duckdb.connect(str(path)) as connection:
        _fill(world, connection)


def store_as_parquet(world: World, folder: Path) -> None:
    """Writes the world as a folder with a Parquet file for each table."""
    with duckdb.connect() as connection:
        _fill(world, connection)
        for table, _, _ in _tables(world):
            connection.execute(f"COPY {table} TO '{folder}/{table}.parquet' (FORMAT parquet)")


def _fill(world: World, connection: duckdb.DuckDBPyConnection) -> None:
    for table, fields, rows in _tables(world):
        columns = ", ".join(f"{name} {_stored(name, type_)}" for name, type_ in fields.items())
        connection.execute(f"CREATE TABLE {table} ({columns})")
        if rows:
            place = f"({', '.join('?' for _ in fields)})"
            values = [_naive(row[name]) for row in rows for name in fields]
            places = ", ".join(place for _ in rows)
            connection.execute(f"INSERT INTO {table} VALUES {places}", values)  # noqa: S608


def store_in_postgres(world: World, connection: psycopg.Connection[Any], schema: str) -> None:
    """Writes the world as a schema of a warehouse, times with a zone as Segment has them."""
    connection.execute(f"CREATE SCHEMA {schema}".encode())
    for table, fields, rows in _tables(world):
        stored = {name: _stored(name, type_) for name, type_ in fields.items()}
        columns = ", ".join(f"{name} {_POSTGRES.get(each, each)}" for name, each in stored.items())
        connection.execute(f"CREATE TABLE {schema}.{table} ({columns})".encode())
        with connection.cursor().copy(f"COPY {schema}.{table} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row([row[name] for name in fields])


def _tables(world: World) -> Iterator[tuple[str, dict[str, FieldType], list[Row]]]:
    yield "users", {"id": "text"} | _columns(USER_TRAITS), world.users
    yield "accounts", {"id": "text"} | _columns(ACCOUNT_TRAITS), world.accounts
    pairs = [{"user_id": user, "group_id": account} for user, account in world.groups]
    yield "groups", {"user_id": "text", "group_id": "text"}, pairs
    for table, rows in world.events.items():
        yield table, _PARTS | _columns(PROPERTIES), rows


def _columns(fields: dict[str, FieldType]) -> dict[str, FieldType]:
    return {column_of(name): type_ for name, type_ in fields.items()}


def _stored(name: str, type_: FieldType) -> str:
    return _STORED.get(name, _STORED_TYPE[type_])


def _naive(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
