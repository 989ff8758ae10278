"""A workspace whose data stay in a PostgreSQL, against the same data imported from files."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from audience.problems import NotSupported
from audience.validator import bind
from tests.workspace import postgres_server, warehouses
from workspace import warehouse_sample
from workspace.connecting import connect_warehouse, name_in
from workspace.database import DatabaseError
from workspace.health import findings
from workspace.importer import import_folder
from workspace.opening import Workspace, list_workspaces, open_workspace
from workspace.runner import open_runner
from workspace.settings import load_settings
from workspace.warehouse import TookTooLong, open_warehouse
from workspace.warehouse_catalog import InvalidWarehouse

if not postgres_server.installed():
    pytest.skip("PostgreSQL is not installed here", allow_module_level=True)

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAN: dict[str, Any] = {
    "rules": [
        {
            "type": "TRACK",
            "key": "Order Completed",
            "version": 1,
            "jsonSchema": {
                "description": "A paid order.",
                "properties": {
                    "properties": {
                        "properties": {
                            "total": {"type": "number", "description": "With tax."},
                            "couponCode": {"type": "string"},
                        }
                    }
                },
            },
        },
        {"type": "TRACK", "key": "Order Refunded", "version": 1, "jsonSchema": {}},
        {
            "type": "IDENTIFY",
            "version": 1,
            "jsonSchema": {
                "properties": {
                    "traits": {
                        "properties": {
                            "plan": {"type": "string", "enum": ["free", "pro"]},
                            "shoeSize": {"type": "number"},
                        }
                    }
                }
            },
        },
    ]
}
# What both engines read; {TZ} is a time with a zone, which a warehouse of Segment's has.
TABLES = """
CREATE TABLE users (id BIGINT, plan TEXT, age REAL, vip BOOLEAN, birthday DATE,
    signed_up_at {TZ}, tags TEXT[], score NUMERIC(12, 2), received_at {TZ}, "odd ""name" TEXT);
INSERT INTO users VALUES
    (1, 'free', 30.1, true, '1990-11-25', '2026-11-20 10:00+00', ['a b', 'c'], 1.50, '2026-11-20 10:00+00', 'x'),
    (2, 'pro', NULL, false, '1992-02-29', '2026-11-14 23:30-02', ['c'], NULL, NULL, NULL),
    (3, 'pro', 50.5, NULL, NULL, NULL, NULL, 7, NULL, NULL),
    (10, NULL, NULL, true, '2000-01-01', '2026-12-01 00:00+00', [], 9.5, NULL, NULL);

CREATE TABLE order_completed (id TEXT, user_id BIGINT, timestamp {TZ}, event TEXT, event_text TEXT,
    received_at {TZ}, context_ip TEXT, total DOUBLE PRECISION, category TEXT, products TEXT);
INSERT INTO order_completed VALUES
    ('o1', 1, '2026-11-21 12:00+00', 'order_completed', 'Order Completed', NULL, 'x', 0.1, 'boots', '[1, 2]'),
    ('o2', 1, '2026-11-20 12:00+00', 'order_completed', 'Order Completed', NULL, 'x', 0.2, 'tents', '[2]'),
    ('o2', 1, '2026-11-20 12:00+00', 'order_completed', 'Order Completed', NULL, 'x', 0.2, 'tents', '[2]'),
    ('o3', 2, '2026-07-01 00:30+02', 'order_completed', 'Order Completed', NULL, 'x', 70, 'maps', NULL),
    ('o4', 3, '2026-11-22 12:00:00.000001+00', 'order_completed', 'Order Completed', NULL, 'x', 9, 'maps', NULL),
    ('o5', 99, '2026-11-01 12:00+00', 'order_completed', 'Order Completed', NULL, 'x', 50, 'kites', NULL);

CREATE TABLE pages (id TEXT, user_id BIGINT, timestamp {TZ}, title TEXT);
INSERT INTO pages VALUES ('p1', 3, '2026-11-22 12:00+00', 'Home'), ('p2', NULL, '2026-11-22 11:00+00', 'Home');

CREATE TABLE accounts (id TEXT, industry TEXT);
INSERT INTO accounts VALUES ('acme', 'retail'), ('duo', NULL);
CREATE TABLE groups (id TEXT, user_id BIGINT, group_id TEXT);
INSERT INTO groups VALUES ('g1', 1, 'acme'), ('g2', 1, 'acme'), ('g3', 2, 'acme'), ('g4', 3, 'duo'), ('g5', 99, 'duo');

CREATE TABLE tracks (id TEXT, user_id BIGINT, timestamp {TZ}, event TEXT, event_text TEXT);
CREATE TABLE notes (id TEXT, body TEXT)
"""
QUERIES = (
    "trait('age') = 30.1",
    "trait('tags').contains('a b, c')",
    "trait('tags') = '[]'",
    "trait('score') >= 7",
    "trait('signed_up_at').before_date('2026-11-15T01:30:00Z')",
    "trait('signed_up_at').within_last(8 days)",
    "trait('shoeSize').absent()",
    "trait('odd \"name').exists()",
    "event('Order Completed').count() = 2",
    "event('Order Completed').count() >= 1",
    "event('Order Completed').sum(property('total')) = 0.3",
    "event('Order Completed').where(property('products').contains('2')).count() = 2",
    "event('Order Completed').where(property('couponCode').exists()).count() >= 1",
    "event('Order Completed').where(context('timestamp') < '2026-07-01').count() >= 1",
    "event('Order Refunded').count() = 0",
    "event('Page Viewed').within(1 day).count() = 1",
    "ANY event('Order Completed').count() >= 2",
    "ALL trait('plan') = 'pro'",
)


def load(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET TimeZone = 'America/New_York'")
    for each in TABLES.replace("{TZ}", "TIMESTAMPTZ").split(";\n"):
        connection.execute(each.replace("['", "ARRAY['").replace(" [],", " '{}',").encode())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server.running() as url:
        yield url


@pytest.fixture(scope="module")
def url(server: str) -> Iterator[str]:
    with warehouses.database(server, load) as url:
        yield url


@pytest.fixture(scope="module")
def home(url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the data twice: imported as `files`, and left in the warehouse as `there`."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("folder")
    describing = tmp_path_factory.mktemp("describing")
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for each in TABLES.replace("{TZ}", "TIMESTAMPTZ").split(";\n"):
            connection.execute(each)
        for (table,) in connection.execute("SHOW TABLES").fetchall():
            if table != "notes":
                connection.execute(f"COPY {table} TO '{folder}/{table}.parquet'")
    for place in (folder, describing):
        (place / "tracking_plan.json").write_text(json.dumps(PLAN))
        (place / "workspace.yaml").write_text(
            "as_of: 2026-11-22T12:00:00Z\ntimezone: Europe/Madrid\n"
        )
    import_folder(folder, home, "files")
    connect_warehouse(url, home, "there", folder=describing)
    return home


def opened(home: Path, name: str) -> Workspace:
    return open_workspace(load_settings(home=home), name)


def test_the_catalog_is_that_of_an_import(home: Path) -> None:
    files, there = (opened(home, each) for each in ("files", "there"))
    assert any(each.most is not None for each in files.catalog.events)
    # What changes in a warehouse while nobody imports is not kept: how many rows a user has at most.
    events = tuple(replace(each, most=None) for each in files.catalog.events)
    assert there.catalog == replace(files.catalog, events=events)
    assert (there.config, there.data) == (files.config, None)


@pytest.mark.parametrize("query", QUERIES)
def test_the_people_are_those_of_an_import(home: Path, query: str) -> None:
    found = []
    for name in ("files", "there"):
        workspace = opened(home, name)
        bound = bind(query, workspace.catalog)
        preview = open_runner(workspace).preview(bound, members=True, as_of=workspace.as_of())
        counts = [(each.reach, each.kept) for each in preview.conditions]
        found.append((preview.members, preview.universe, counts))
    assert found[0] == found[1]


def test_profiles_are_those_of_an_import(home: Path) -> None:
    found = []
    for name in ("files", "there"):
        workspace = opened(home, name)
        runner = open_runner(workspace)
        events = runner.recent_events("1", workspace.catalog, as_of=workspace.as_of())
        found.append(
            (runner.browse(workspace.catalog), runner.profile("1", workspace.catalog), events)
        )
    assert found[0] == found[1]


def test_what_is_left_out_is_said_and_the_address_is_kept_from_others(home: Path, url: str) -> None:
    folder = (home / "workspaces" / "there").resolve()
    assert stat.S_IMODE((folder / "engine").stat().st_mode) == 0o600
    report = json.loads((folder / "report.json").read_text())
    assert report["users"] == 4
    assert "notes is not used: it has no column user_id, timestamp, event_text" in report["notes"]
    assert any("order_completed has no unique index on id" in each for each in report["notes"])
    assert {each.name: each.users for each in list_workspaces(load_settings(home=home))} == {
        "files": 4,
        "there": 4,
    }
    told = [each for each in findings(load_settings(home=home, workspace="there")) if not each.ok]
    assert not told


def test_a_warehouse_can_be_looked_at_without_a_workspace(url: str, tmp_path: Path) -> None:
    workspace = open_workspace(load_settings(home=tmp_path), engine=url)
    bound = bind("event('Order Completed').count() = 2", workspace.catalog)
    assert open_runner(workspace).members(bound, as_of=AS_OF) == ("1",)
    assert not (tmp_path / "workspaces").exists()


def test_large_tables_are_read_by_a_sample(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse_sample, "MOST_ROWS", 1_000)
    monkeypatch.setattr(warehouse_sample, "SAMPLE", 2_000)

    def many(connection: psycopg.Connection[Any]) -> None:
        connection.execute(
            "CREATE TABLE users AS SELECT i AS id, 'p' || i % 3 AS plan FROM generate_series(1, 900) i"
        )
        connection.execute(
            """CREATE TABLE order_completed AS SELECT 'o' || i AS id, i % 900 AS user_id,
            TIMESTAMPTZ '2026-11-20 00:00+00' - i * INTERVAL '30 minutes' AS timestamp,
            'order_completed' AS event, 'Order Completed' AS event_text, i % 40000 AS sku,
            'c' || i % 7 AS category FROM generate_series(1, 40000) i"""
        )
        connection.execute(
            "CREATE VIEW order_seen AS SELECT * FROM order_completed ORDER BY timestamp"
        )
        connection.execute("ANALYZE")
        connection.execute(
            "CREATE TABLE pages AS SELECT id, user_id, timestamp FROM order_completed"
        )

    with warehouses.database(server, many) as url:
        report = connect_warehouse(url, tmp_path, "large", now=AS_OF)
    catalog = opened(tmp_path, "large").catalog
    event = catalog.event("Order Completed")
    assert event is not None
    assert event.seen.active
    assert 36_000 < event.seen.count < 44_000
    category, sku = (event.property(each) for each in ("category", "sku"))
    assert category is not None
    assert sku is not None
    assert set(category.stats.values) == {f"c{each}" for each in range(7)}
    assert not category.stats.complete
    assert sku.stats.distinct > 30_000
    assert any("order_completed holds about 40,000 rows" in each for each in report.notes)
    for name in ("order_seen", "Page Viewed"):  # a view, and a table without statistics
        other = catalog.event(name)
        assert other is not None
        assert other.seen.active
    assert (
        "Two tables hold Order Completed; the events of order_seen are called order_seen"
        in report.notes
    )


def test_a_query_that_takes_too_long_is_stopped_and_said(server: str) -> None:
    def slow(connection: psycopg.Connection[Any]) -> None:
        connection.execute("CREATE VIEW slow AS SELECT pg_sleep(60)::TEXT AS id")

    with warehouses.database(server, slow) as url:
        warehouse = open_warehouse(url, seconds=1)
        with pytest.raises(TookTooLong, match="took longer"):
            warehouse.rows(warehouse.stored("slow"))
        warehouse.close()


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ("CREATE TABLE orders (id TEXT)", "no table users.*Tables found: orders"),
        ("CREATE TABLE users (name TEXT)", "users has no column id"),
        ("CREATE TABLE users (id TEXT); INSERT INTO users VALUES ('a'), ('a')", "'a'.*unique"),
        (
            "CREATE TABLE users (id TEXT); CREATE TABLE accounts (id TEXT); CREATE TABLE groups (id TEXT)",
            "groups has no column user_id",
        ),
    ],
)
def test_what_is_no_workspace_is_refused_by_name(
    server: str, tmp_path: Path, tables: str, reason: str
) -> None:
    def make(connection: psycopg.Connection[Any]) -> None:
        connection.execute(tables.encode())

    with (
        warehouses.database(server, make) as url,
        pytest.raises((InvalidWarehouse, DatabaseError), match=reason),
    ):
        connect_warehouse(url, tmp_path, "none")
    assert not (tmp_path / "workspaces").exists()


def test_a_column_or_table_that_vanishes_is_said(server: str, tmp_path: Path) -> None:
    with warehouses.database(server, load) as url:
        connect_warehouse(url, tmp_path, "there", now=AS_OF)
        workspace = opened(tmp_path, "there")
        used = open_runner(workspace)
        query = "trait('plan') = 'pro' AND event('Page Viewed').count() = 0"
        bound = bind(query, workspace.catalog)
        assert used.members(bound, as_of=AS_OF) == ("2",)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER TABLE users DROP COLUMN plan")
            connection.execute("DROP TABLE pages")
        with pytest.raises(DatabaseError, match="changed while it was in use"):
            used.members(bound, as_of=AS_OF)
        fresh = open_runner(workspace)
        with pytest.raises(NotSupported, match="no column 'plan'"):
            fresh.members(bind("trait('plan') = 'pro'", workspace.catalog), as_of=AS_OF)
        with pytest.raises(DatabaseError, match="no table 'pages'"):
            fresh.members(bind("event('Page Viewed').count() = 0", workspace.catalog), as_of=AS_OF)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://h/shop?schema=web", "web"),
        ("postgresql://h/my%20shop", "my shop"),
        ("postgresql://h", "warehouse"),
    ],
)
def test_it_is_called_as_its_schema_or_database(url: str, name: str) -> None:
    assert name_in(url) == name
