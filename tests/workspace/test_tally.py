"""Counting from what was kept: the same counts, and nothing asked twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from audience.catalog import SavedAudience
from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, write
from workspace.database import DuckDatabase
from workspace.tally import KeptFlags, counted

QUERIES = [
    "trait('plan') = 'free'",
    "NOT trait('plan') = 'free'",
    "trait('plan') = 'free' OR trait('vip') = 'true'",
    "NOT (trait('plan') = 'free' OR trait('visits') > 6) AND NOT NOT trait('vip') = 'true'",
    "event('Order Completed').count() >= 1 AND (trait('plan') = 'free' OR trait('visits') > 6) AND trait('visits') > 1",
    "trait('plan') = 'free' AND trait('plan') = 'free'",
    "trait('buyers') = 'true' AND NOT trait('free_buyers') = 'true'",
    "ANY trait('plan') = 'free' AND NOT ALL event('Order Completed').count() >= 1",
    "event('Page Viewed').count() >= 1",
    "event('Order Completed').first(property('category')) = 'tents'",
]


class Watched(DuckDatabase):
    """Remembers the SQL that asks for flags."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked: list[Collection[str]] = []

    def columns(self, table: Any, constants: Collection[str] = ()) -> dict[str, Any]:
        self.asked.append(table.columns)
        return super().columns(table, constants)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Watched]:
    opened = Watched(write(tmp_path / "data.duckdb"))
    yield opened
    opened.close()


@pytest.mark.parametrize("query", QUERIES)
def test_kept_flags_count_as_one_query_does(database: Watched, query: str) -> None:
    bound = bind(query, CATALOG)
    kept = KeptFlags(database)
    assert kept.tally(bound, AS_OF) == counted(database, bound, AS_OF)
    assert kept.tally(bound, AS_OF) == counted(database, bound, AS_OF)


def test_an_edit_asks_for_what_it_changes_only(database: Watched) -> None:
    kept = KeptFlags(database)
    common = "trait('plan') = 'free' AND event('Order Completed').count() >= 1"
    for query, columns in (
        (f"{common} AND trait('visits') > 1", [4]),  # rows, and a flag for each condition
        (f"{common} AND trait('visits') > 4", [1]),  # rows for which the new one holds
        (f"trait('visits') > 4 AND {common}", []),
        (f"NOT ({common})", []),
        (f"NOT {common}", [1]),
    ):
        database.asked.clear()
        bound = bind(query, CATALOG)
        assert kept.tally(bound, AS_OF) == counted(database, bound, AS_OF)
        assert [len(each) for each in database.asked] == columns


COUNTS = [
    ("event('Order Completed').count() >= 1", 1),
    ("NOT event('Order Completed').count() = 0", 1),
    ("NOT NOT event('Order Completed').count() = 0", 1),
    ("event('Order Completed').within(30 days).count() <= 2", 1),
    ("event('Order Completed').where(property('total') > 10).between(1 day, 90 days).count() = 0", 1),
    ("event('Order Completed').where(trait('plan') = 'free' OR trait('buyers') = 'true').count() != 2", 1),
    ("event('Order Completed').where(event('Order Refunded').within(parent: 2 days).count() = 0).count() > 0", 1),
    ("event('Order Completed').where(event('Order Refunded').count() = 1).count() > 0", 1),
    ("event('Page Viewed').count() = 0", 1),
    ("event('Page Viewed').count() < 0", 1),
    ("event('Order Completed').count() > trait('visits')", None),
    ("event('Order Completed').unique(property('category')).count() >= 1", None),
    ("event('Order Completed').sum(property('total')) > 60", None),
    ("ANY event('Order Completed').count() >= 1", None),
]  # fmt: skip


@pytest.mark.parametrize("sorted_by_user", [True, False])
@pytest.mark.parametrize(("query", "scans"), COUNTS)
def test_an_edit_of_a_count_groups_nothing(
    tmp_path: Path, query: str, scans: int | None, sorted_by_user: bool
) -> None:
    """Where an import has sorted events by user; the same people where nobody has."""
    path = write(tmp_path / "data.duckdb")
    if not sorted_by_user:
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE TABLE mixed AS FROM order_completed ORDER BY id DESC")
            connection.execute("DROP TABLE order_completed")
            connection.execute("ALTER TABLE mixed RENAME TO order_completed")
            connection.execute("INSERT INTO order_completed (id, user_id, timestamp) VALUES ('x', 'ann', '2026-11-01')")  # fmt: skip
    database = Watched(path)
    bound = bind(query, CATALOG)
    subject = "industry" if bound.type == "accounts" else "plan"
    kept = KeptFlags(database)
    kept.tally(bind(f"trait('{subject}').exists()", CATALOG, audience_type=bound.type), AS_OF)
    database.asked.clear()
    assert kept.tally(bound, AS_OF) == counted(database, bound, AS_OF)
    if scans and (sorted_by_user or "Page" in query):
        assert [len(each) for each in database.asked] == [4, 1]  # where events lie; rows
        kept.tally(bind(f"NOT ({query} AND {query})", CATALOG), AS_OF)
        assert len(database.asked) == 2
    database.close()


def test_what_is_kept_is_of_one_instant_zone_and_wording(database: Watched) -> None:
    kept = KeptFlags(database)
    query = "trait('signed_up_at').within_last(7 days) AND trait('buyers') = 'true'"
    other = SavedAudience("buyers", "Buyers", "event('Order Completed').count() >= 3")
    for catalog, as_of in (
        (CATALOG, AS_OF),
        (CATALOG, AS_OF + timedelta(days=9)),
        (replace(CATALOG, timezone="Asia/Kolkata"), AS_OF),
        (CATALOG.with_audiences((other,)), AS_OF),
    ):
        bound = bind(query, catalog)
        assert kept.tally(bound, as_of) == counted(database, bound, as_of)


def test_no_more_is_kept_than_may_be(database: Watched) -> None:
    kept = KeptFlags(database, most_bytes=8)
    for query in QUERIES * 2:
        bound = bind(query, CATALOG)
        assert kept.tally(bound, AS_OF) == counted(database, bound, AS_OF)
    assert sum(each.nbytes for each in kept._kept.values()) <= 8
