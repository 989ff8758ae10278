"""The same people from Spark: a folder of Parquet files, and a Spark Connect server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, TABLES
from tests.audience.test_compiler import CASES
from tests.workspace import sparks
from tests.workspace.small_answers import counts_why_and_people
from workspace.database import DatabaseError
from workspace.runner import Runner
from workspace.spark import EngineNotInstalled, open_spark
from workspace.warehouse import TookTooLong, Warehouse, open_warehouse

pytestmark = pytest.mark.spark

if not sparks.installed():
    pytest.skip("Spark is not installed here", allow_module_level=True)

BUYERS = "trait('plan') = 'free' AND event('Order Completed').count() >= 1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sparks.write(TABLES, tmp_path_factory.mktemp("a folder") / "of 100% Parquet")


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[Warehouse]:
    sparks.prepare()
    opened = open_warehouse(sparks.address(folder))
    yield opened
    opened.close()


@pytest.mark.parametrize(("query", "expected"), CASES[::4], ids=[query for query, _ in CASES[::4]])
def test_who_is_in(spark: Warehouse, query: str, expected: str) -> None:
    assert Runner(spark).members(bind(query, CATALOG), as_of=AS_OF) == tuple(expected.split())


def test_counts_why_and_people(spark: Warehouse) -> None:
    counts_why_and_people(spark)
    bound = bind("trait('vip') = 'true' OR trait('plan') = 'pro'", CATALOG)
    assert tuple(Runner(spark).stream(bound, as_of=AS_OF)) == ("ann", "bob", "dee")


def long(warehouse: Warehouse) -> Any:
    """What takes Spark far longer than a second to count, but ends: a task that is stopped goes on to the
    end of such a join, and would take a core away from all tests that follow."""
    users = warehouse.stored("users")
    rows = users.select(c0="id")
    for number in range(1, 10):  # five rows: ten million
        rows = rows.cross_join(users.select(**{f"c{number}": "id"}))
    return rows.count().as_table()


def test_a_query_is_stopped_when_its_time_is_over(folder: Path) -> None:
    opened = open_warehouse(sparks.address(folder), seconds=1)
    with pytest.raises(TookTooLong, match="longer"):
        opened.rows(long(opened))
    tracker = opened._session.sparkContext.statusTracker()  # type: ignore[attr-defined]
    while tracker.getActiveJobsIds():
        sleep(0.1)


def test_tables_are_files_or_folders_of_files(folder: Path, tmp_path: Path) -> None:
    for each in ("users", "order_completed"):
        (tmp_path / each).mkdir()
        shutil.copy(folder / f"{each}.parquet", tmp_path / each / "part-0.parquet")
    (tmp_path / "notes.txt").write_text("no table")
    opened = open_warehouse(sparks.address(tmp_path))
    assert opened.tables() == ("order_completed", "users")
    assert Runner(opened).members(bind(BUYERS, CATALOG), as_of=AS_OF) == ("ann",)
    with pytest.raises(DatabaseError, match="pages"):
        Runner(opened).members(bind("event('Page Viewed').count() = 0", CATALOG), as_of=AS_OF)


def test_a_table_that_vanishes_is_said(folder: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(folder, tmp_path / "copied"))
    runner, bound = Runner(open_warehouse(sparks.address(copied))), bind(BUYERS, CATALOG)
    assert runner.preview(bound, as_of=AS_OF).reach == 1
    (copied / "order_completed.parquet").unlink()
    with pytest.raises(DatabaseError, match="has changed"):
        runner.preview(bound, as_of=AS_OF)


def test_a_server_gives_the_same_people_and_one_that_is_gone_is_said(folder: Path) -> None:
    bound = bind(BUYERS, CATALOG)
    with sparks.server(folder, "shop") as address:
        opened = open_warehouse(f"{address}?schema=shop")
        assert "order_completed" in opened.tables()
        runner = Runner(opened)
        assert runner.members(bound, as_of=AS_OF) == ("ann",)
        assert runner.preview(bound, as_of=AS_OF).reach == 1
        assert runner.why("ann", bound, AS_OF).inside
        limited = open_warehouse(f"{address}?schema=shop", seconds=1)
        with pytest.raises(TookTooLong, match="longer"):
            limited.rows(long(limited))
        with pytest.raises(DatabaseError, match="nowhere"):
            open_warehouse(f"{address}?schema=nowhere")
    with pytest.raises(DatabaseError, match="cannot be reached"):
        runner.preview(bound, as_of=AS_OF)


@pytest.mark.parametrize(
    ("url", "says"),
    [("spark:///nowhere/at/all", "no folder"), ("spark://host:7077", "sc://host:15002")],
)
def test_an_address_of_nothing_is_said(url: str, says: str) -> None:
    with pytest.raises(DatabaseError, match=says):
        open_spark(url)


def test_a_server_that_is_not_there_is_said_without_the_token() -> None:
    with pytest.raises(DatabaseError, match="cannot be reached") as caught:
        open_spark("sc://127.0.0.1:1/;token=secret")
    assert "secret" not in caught.value.message


def test_what_is_not_installed_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from workspace import spark as module

    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(EngineNotInstalled, match="Java 17"):
        module._local.__wrapped__()
    monkeypatch.setitem(sys.modules, "pyspark.logger", None)
    with pytest.raises(EngineNotInstalled, match="PySpark"):
        open_spark(sparks.address(folder))
