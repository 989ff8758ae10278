"""The demo: what it holds, that it is always the same, and that it is like a shop."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audience.reader import read
from tests.workspace.folders import catalog, imported, rows
from workspace.config import load_config
from workspace.importer import ImportReport
from workspace.shop import make_shop
from workspace.strategies import load_strategies

AS_OF = "TIMESTAMP '2026-09-15 12:00:00'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "shop"
    make_shop(folder)
    return folder


@pytest.fixture(scope="module")
def home(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    imported(folder, home, "shop")
    return home


@pytest.fixture(scope="module")
def report(folder: Path, home: Path) -> ImportReport:
    return imported(folder, home, "shop")


def share(home: Path, condition: str) -> float:
    """Of all users."""
    ((found,),) = rows(home, f"SELECT avg(({condition})::INT) FROM users", "shop")  # noqa: S608
    return float(found)


def test_its_size(report: ImportReport) -> None:
    assert report.users == 5000
    assert 190_000 <= report.events <= 225_000
    assert (report.unknown_users, report.duplicates, report.notes) == (0, 0, ())
    assert report.accounts == 240
    assert report.groups > 500


def test_the_same_seed_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    make_shop(tmp_path / "again")
    make_shop(tmp_path / "other", seed=1)
    names = sorted(each.name for each in folder.iterdir())
    assert names == sorted(each.name for each in (tmp_path / "again").iterdir())
    for each in names:
        assert (folder / each).read_bytes() == (tmp_path / "again" / each).read_bytes(), each
    assert (folder / "users.parquet").read_bytes() != (
        tmp_path / "other" / "users.parquet"
    ).read_bytes()


def test_every_kind_of_field_is_there(home: Path) -> None:
    found = catalog(home, "shop")
    types = {"text", "number", "boolean", "date", "timestamp", "list"}
    assert {each.type for each in found.user_traits} == types
    assert {each.type for event in found.events for each in event.properties} == types
    assert {each.origin for each in found.fields()} == {"system", "custom"}
    inactive = {each.name for each in found.events if not each.seen.active}
    assert inactive >= {"Catalog Requested", "Rental Booked", "Order Cancelled", "Friend Invited"}
    assert len(found.events) - len(inactive) >= 30
    assert found.has_accounts
    personal = {each.name for each in found.user_traits if each.stats.personal}
    assert personal == {"email", "phone", "first_name", "last_name"}


def test_every_field_is_described(home: Path) -> None:
    assert [each.name for each in catalog(home, "shop").fields() if not each.description] == []


def test_every_value_is_one_that_the_plan_knows(home: Path) -> None:
    for each in catalog(home, "shop").fields():
        if (
            each.kind != "event"
            and each.stats.distinct
            and each.stats.values
            and each.type == "text"
        ):
            assert each.stats.complete or each.stats.distinct > 500, each.name


def test_audiences_are_neither_empty_nor_everybody(home: Path) -> None:
    bought = "id IN (SELECT user_id FROM order_completed WHERE {})"
    conditions = [
        bought.format("true"),
        bought.format("timestamp >= '2026-08-16'"),
        bought.format("total > 200"),
        bought.format("coupon IS NOT NULL"),
        "id IN (SELECT user_id FROM email_opened WHERE timestamp >= '2026-08-16')",
        "id NOT IN (SELECT user_id FROM email_delivered WHERE timestamp >= '2026-03-15')",
        "id IN (SELECT user_id FROM product_added) AND id NOT IN (SELECT user_id FROM order_completed)",
        "phone IS NULL",
        "country = 'ES'",
        "coalesce(vip, false)",
        "age BETWEEN 25 AND 34",
        "interests LIKE '%hiking%'",
        "loyalty_tier IN ('gold', 'platinum')",
        "month(birthday) = 5",
    ]
    for condition in conditions:
        assert 0.01 < share(home, f"coalesce({condition}, false)") < 0.9, condition


def test_traits_agree_with_events(home: Path) -> None:
    wrong = rows(
        home,
        "SELECT count(*) FROM users LEFT JOIN (SELECT user_id, count(*) AS n, round(sum(total), 2) AS s,"
        " max(timestamp) AS last FROM order_completed GROUP BY user_id) ON user_id = id"
        " WHERE orders_count <> coalesce(n, 0) OR abs(lifetime_value - coalesce(s, 0)) > 0.01"
        " OR last_order_at IS DISTINCT FROM last",
        "shop",
    )
    assert wrong == [(0,)]


def test_nothing_happens_after_as_of(home: Path) -> None:
    for each in catalog(home, "shop").events:
        table = f'"{each.table}"'
        ((late,),) = rows(home, f"SELECT count(*) FROM {table} WHERE timestamp > {AS_OF}", "shop")  # noqa: S608
        assert late == 0, each.name


def test_its_strategies(folder: Path) -> None:
    strategies = load_strategies(folder / "strategies.yaml")
    sizes = [len(each.personas) for each in strategies]
    assert sum(2 <= size <= 6 for size in sizes) >= 3
    assert 0 in sizes
    assert max(sizes) >= 6


def test_its_settings(folder: Path) -> None:
    config = load_config(folder / "workspace.yaml")
    assert config.name == "shop"
    assert config.as_of == datetime(2026, 9, 15, 12, tzinfo=UTC)
    assert config.lookback_days == 730
    for query in config.glossary.values():
        read(query)
