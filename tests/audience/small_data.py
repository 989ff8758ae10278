"""A handful of people with edges: NaN, missing values, ties, a window's end, an id that is NULL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from psycopg import Connection

from audience.catalog import (
    Catalog,
    EventField,
    FieldType,
    PropertyField,
    SavedAudience,
    TraitField,
)

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)

TABLES = """
CREATE TABLE users (id VARCHAR, plan VARCHAR, age DOUBLE PRECISION, visits BIGINT, vip BOOLEAN, birthday DATE,
    signed_up_at TIMESTAMP, tags VARCHAR, "it's ""odd"" one" VARCHAR);
INSERT INTO users VALUES
    ('ann', 'free', 30, 5, true, '1990-11-25', '2026-11-20 10:00', '[a, b]', 'x'),
    ('bob', 'pro', 'nan', NULL, false, '1992-02-29', '2026-11-15 00:00', '[b]', 'y''; --'),
    ('cid', 'Free', 50.5, 7, NULL, NULL, '2026-11-14 23:59:59', NULL, NULL),
    ('dee', NULL, NULL, 0, true, '2000-01-01', '2026-12-01 00:00', '[]', NULL),
    (NULL, 'free', 99, 9, true, NULL, NULL, NULL, NULL);

CREATE TABLE order_completed (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP, event_source_id VARCHAR,
    total DOUBLE PRECISION, price DECIMAL(18,2), category VARCHAR, gift BOOLEAN);
INSERT INTO order_completed VALUES
    ('o1', 'ann', '2026-11-21 12:00', 'web', 0.1, 0.10, 'boots', true),
    ('o2', 'ann', '2026-11-20 12:00', NULL, 0.2, 0.20, 'tents', false),
    ('o3', 'ann', '2026-10-23 12:00', 'ios', 100, 100, 'tents', NULL),
    ('o4', 'bob', '2026-11-15 12:00', 'ios', 'nan', NULL, 'boots', NULL),
    ('o5', 'bob', '2026-11-15 11:59:59.999999', 'ios', 7, 7, 'maps', NULL),
    ('o6', 'bob', '2026-11-22 12:00:00.000001', 'ios', 1000, 1000, 'maps', NULL),
    ('o8', 'cid', '2026-11-01 12:00', 'web', 50, 50, 'b', NULL),
    ('o7', 'cid', '2026-11-01 12:00', 'web', 50, 50, 'a', NULL),
    ('o9', 'gone', '2026-11-01 12:00', 'web', 50, 50, 'a', NULL);

CREATE TABLE order_refunded (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP, total DOUBLE PRECISION, category VARCHAR);
INSERT INTO order_refunded VALUES
    ('r1', 'ann', '2026-11-21 12:00', 0.2, 'tents'),
    ('r2', 'ann', '2026-11-21 12:00:01', 0.1, 'boots'),
    ('r3', 'cid', '2026-11-01 11:00', 50, 'a');

CREATE TABLE pages (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP, title VARCHAR);

CREATE TABLE accounts (id VARCHAR, industry VARCHAR, renewal DATE);
INSERT INTO accounts VALUES ('acme', 'retail', '2026-11-30'), ('duo', NULL, NULL), ('void', 'retail', NULL);
CREATE TABLE groups (user_id VARCHAR, group_id VARCHAR);
INSERT INTO groups VALUES ('ann', 'acme'), ('bob', 'acme'), ('ann', 'duo'), ('cid', 'duo'), ('gone', 'void');
"""


def _event(name: str, table: str, **types: FieldType) -> EventField:
    properties = tuple(PropertyField(name, each, each, type_) for each, type_ in types.items())
    return EventField(name, table, properties, has_sources=table == "order_completed")


TRAITS: dict[str, FieldType] = {
    "plan": "text", "age": "number", "visits": "number", "vip": "boolean", "birthday": "date",
    "signed_up_at": "timestamp", "tags": "list", 'it\'s "odd" one': "text",
}  # fmt: skip

CATALOG = Catalog(
    events=(
        _event(
            "Order Completed",
            "order_completed",
            total="number",
            price="number",
            category="text",
            gift="boolean",
        ),
        _event("Order Refunded", "order_refunded", total="number", category="text"),
        _event("Page Viewed", "pages", title="text"),
    ),
    user_traits=tuple(TraitField(name, name, type_) for name, type_ in TRAITS.items()),
    account_traits=(
        TraitField("industry", "industry", "text", owner="account"),
        TraitField("renewal", "renewal", "date", owner="account"),
    ),
    has_accounts=True,
    audiences=(
        SavedAudience("buyers", "Buyers", "event('Order Completed').count() >= 2"),
        SavedAudience("free_buyers", "Free", "trait('buyers') = 'true' AND trait('plan') = 'free'"),
        SavedAudience("retail", "Retail", "trait('industry') = 'retail'", "accounts"),
    ),
)


def write(path: Path) -> Path:
    """The DuckDB file of this workspace."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
    return path


def load(connection: Connection[Any]) -> None:
    """The same tables in a PostgreSQL, as a Segment warehouse types them."""
    connection.execute("SET TimeZone = 'UTC'")
    for each in TABLES.replace("TIMESTAMP", "TIMESTAMPTZ").replace("VARCHAR", "TEXT").split(";\n"):
        connection.execute(each.encode())
