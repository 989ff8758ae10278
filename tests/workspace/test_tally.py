"""Counting from what was kept: the same counts, and nothing asked twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

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
