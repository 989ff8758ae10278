"""Counting, explaining and looking at people, on real DuckDB."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.compiler.moments import Clock
from audience.query import Duration
from audience.text import quoted as constant
from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, write
from workspace.database import DatabaseError, DuckDatabase
from workspace.profiles import EventSeen, Profile, UnknownId
from workspace.runner import NoData, Runner


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    database = DuckDatabase(write(tmp_path_factory.mktemp("data") / "data.duckdb"))
    yield Runner(database)
    database.close()


def counts(runner: Runner, query: str) -> list[tuple[str, int | None, int | None, int | None]]:
    preview = runner.preview(bind(query, CATALOG), as_of=AS_OF)
    return [(each.query, each.reach, each.kept, each.dropped) for each in preview.conditions]


# Counts ---------------------------------------------------------------------------------------


def test_counts_run_down_the_top_level_and(runner: Runner) -> None:
    query = "event('Order Completed').count() >= 1 AND NOT trait('plan') = 'free' AND trait('visits') > 6"
    preview = runner.preview(bind(query, CATALOG), as_of=AS_OF, members=True)
    assert (preview.reach, preview.universe, preview.members) == (1, 4, ("cid",))
    assert [(each.query, each.reach, each.kept, each.dropped) for each in preview.conditions] == [
        ("event('Order Completed').count() >= 1", 3, 3, 1),
        ("NOT trait('plan') = 'free'", 3, 2, 1),
        ("trait('visits') > 6", 1, 1, 1),
    ]
    assert [each.english for each in preview.conditions] == [
        "Order Completed at least once at any time",
        "plan is not free (or not set)",
        "visits is more than 6",
    ]


def test_one_condition_is_an_and_of_one(runner: Runner) -> None:
    assert counts(runner, "trait('plan') = 'free'") == [("trait('plan') = 'free'", 1, 1, 3)]
    assert counts(runner, "NOT trait('plan') = 'free'") == [("NOT trait('plan') = 'free'", 3, 3, 1)]


def test_outside_the_top_level_and_nothing_is_kept_or_dropped(runner: Runner) -> None:
    assert counts(runner, "trait('plan') = 'free' OR trait('vip') = 'true'") == [
        ("trait('plan') = 'free'", 1, None, None),
        ("trait('vip') = 'true'", 2, None, None),
    ]
    query = "(trait('plan') = 'free' OR trait('vip') = 'true') AND trait('visits') < 5 AND NOT (trait('age').exists() AND trait('vip') = 'true')"
    assert counts(runner, query) == [
        ("trait('plan') = 'free'", 1, None, None),
        ("trait('vip') = 'true'", 2, None, None),
        ("trait('visits') < 5", 1, 1, 1),
        ("trait('age').exists()", 2, None, None),
        ("trait('vip') = 'true'", 2, None, None),
    ]


def test_a_condition_that_stands_there_twice_is_counted_twice(runner: Runner) -> None:
    query = "trait('plan') = 'free' AND trait('plan') = 'free'"
    assert counts(runner, query) == [
        ("trait('plan') = 'free'", 1, 1, 3),
        ("trait('plan') = 'free'", 1, 1, 0),
    ]


def test_accounts_are_counted_as_accounts(runner: Runner) -> None:
    query = "ANY trait('plan') = 'free' AND trait('industry') = 'retail'"
    preview = runner.preview(bind(query, CATALOG), as_of=AS_OF, members=True)
    assert (preview.reach, preview.universe, preview.members) == (1, 3, ("acme",))
    assert [(each.reach, each.kept, each.dropped) for each in preview.conditions] == [
        (2, 2, 1),
        (2, 1, 1),
    ]


def test_nobody_and_no_tables_with_rows(runner: Runner) -> None:
    preview = runner.preview(bind("event('Page Viewed').count() >= 1", CATALOG), as_of=AS_OF)
    assert (preview.reach, preview.universe, preview.members) == (0, 4, None)


def test_a_plan_alone_has_no_reach() -> None:
    plan = Runner(None)
    bound = bind("trait('plan') = 'free'", replace(CATALOG, has_data=False))
    preview = plan.preview(bound, as_of=AS_OF, members=True)
    assert (preview.reach, preview.universe, preview.members) == (None, None, None)
    (condition,) = preview.conditions
    assert (condition.query, condition.english) == ("trait('plan') = 'free'", "plan is free")
    assert (condition.reach, condition.kept, condition.dropped) == (None, None, None)
    with pytest.raises(NoData):
        plan.why("ann", bound, AS_OF)


def test_ids_are_sorted_by_code_point(tmp_path: Path) -> None:
    ids = ["b", "B", "é", "10", "9", "😀", "\uffff"]
    path = tmp_path / "data.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE users (id VARCHAR)")
        connection.executemany("INSERT INTO users VALUES (?)", [[each] for each in ids])
        connection.execute("CREATE TABLE e (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP)")
    catalog = Catalog(events=(EventField("E", "e"),))
    runner = Runner(DuckDatabase(path))
    preview = runner.preview(bind("event('E').count() = 0", catalog), as_of=AS_OF, members=True)
    assert preview.members == tuple(sorted(ids))


def test_counting_needs_no_pandas(runner: Runner) -> None:
    before = "pandas" in sys.modules
    runner.preview(bind("trait('plan') = 'free'", CATALOG), as_of=AS_OF, members=True)
    assert ("pandas" in sys.modules) == before


def test_several_threads_count_at_once(runner: Runner) -> None:
    found: list[int | None] = []
    bound = bind("event('Order Completed').count() >= 1", CATALOG)

    def count() -> None:
        found.append(runner.preview(bound, as_of=AS_OF).reach)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8


# Why ------------------------------------------------------------------------------------------

BECAUSE = [
    ("ann", "trait('plan') = 'free'", True, "plan is “free”"),
    ("dee", "trait('plan') = 'free'", False, "plan is not set"),
    ("dee", "NOT trait('plan') = 'free'", True, "plan is not set"),
    ("ann", "trait('vip') = 'true'", True, "vip is true"),
    ("cid", "trait('age') > trait('visits')", True, "age is 50.5; visits is 7"),
    ("ann", "trait('birthday').anniversary_month(11)", True, "birthday is November 25, 1990"),
    (
        "ann",
        "event('Order Completed').within(30 days).count() >= 2",
        True,
        "3 Order Completed events in the last 30 days",
    ),
    (
        "bob",
        "event('Order Completed').where(property('total') > 5).count() >= 2",
        False,
        "1 Order Completed event at any time, where total is more than $5.00",
    ),
    (
        "dee",
        "event('Order Completed').count() = 0",
        True,
        "no Order Completed events at any time",
    ),
    (
        "ann",
        "event('Order Completed').sum(property('total')) > 100",
        True,
        "the sum of total over Order Completed at any time is $100.30",
    ),
    (
        "dee",
        "event('Order Completed').sum(property('total')) > 100",
        False,
        "there is no sum of total over Order Completed at any time",
    ),
    ("ann", "trait('buyers') = 'true'", True, "is in the audience “Buyers”"),
    ("dee", "NOT trait('buyers') = 'true'", True, "is not in the audience “Buyers”"),
    ("acme", "ANY trait('plan') = 'free'", True, "1 of its 2 users meets this"),
    ("acme", "ALL event('Order Completed').count() > 0", True, "2 of its 2 users meet this"),
    ("acme", "NOT ANY trait('plan') = 'none'", True, "none of its 2 users meet this"),
    ("void", "ALL trait('plan') = 'none'", False, "the account has no users"),
    ("duo", "trait('industry').absent() AND ANY trait('vip') = 'true'", True, "industry is not set"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "query", "inside", "because"), BECAUSE)
def test_why(runner: Runner, id: str, query: str, inside: bool, because: str) -> None:
    why = runner.why(id, bind(query, CATALOG), AS_OF)
    assert (why.id, why.inside) == (id, inside)
    assert why.conditions[0].because == because


def test_why_goes_condition_by_condition(runner: Runner) -> None:
    query = "trait('plan') = 'free' AND NOT (event('Order Completed').count() >= 1 OR trait('visits') > 6)"
    why = runner.why("ann", bind(query, CATALOG), AS_OF)
    assert why.inside is False
    assert [(each.query, each.inside) for each in why.conditions] == [
        ("trait('plan') = 'free'", True),
        ("event('Order Completed').count() >= 1", True),
        ("trait('visits') > 6", False),
    ]


@pytest.mark.parametrize("id", ["nobody", "'; DROP TABLE users; --", "", "\x00", "é" * 10_000])
def test_why_of_an_unknown_id(runner: Runner, id: str) -> None:
    for query in ("trait('plan') = 'free'", "ANY trait('plan') = 'free'"):
        with pytest.raises(UnknownId) as caught:
            runner.why(id, bind(query, CATALOG), AS_OF)
        assert caught.value.code == "unknown_id"


# People ---------------------------------------------------------------------------------------


def test_a_sample_shows_the_traits_that_the_audience_compares(runner: Runner) -> None:
    bound = bind("trait('visits') >= 0 AND NOT trait('plan') = 'pro'", CATALOG)
    assert runner.sample(bound, limit=2, as_of=AS_OF) == (
        Profile("ann", {"visits": 5, "plan": "free"}),
        Profile("cid", {"visits": 7, "plan": "Free"}),
    )


def test_profiles_page_by_page(runner: Runner) -> None:
    first = runner.browse(CATALOG, limit=3)
    assert [each.id for each in first] == ["ann", "bob", "cid"]
    assert [each.id for each in runner.browse(CATALOG, after="cid", limit=3)] == ["dee"]
    assert [each.id for each in runner.browse(CATALOG, type="accounts")] == ["acme", "duo", "void"]


def test_people_are_found_by_their_id_and_their_traits(runner: Runner) -> None:
    def found(text: str) -> list[str]:
        return [each.id for each in runner.search(text, CATALOG)]

    assert found("FREE") == ["ann", "cid"]
    assert next(iter(runner.search("free", CATALOG)[0].traits)) == "plan"
    assert found("free cid") == ["cid"]
    assert found("an") == ["ann"]  # two letters: an id begins with them, or a value is them
    assert found("nn") == []
    assert found("free pro") == []
    assert found("' OR 1=1 --") == []
    assert found("%") == []
    assert [each.id for each in runner.search("duo", CATALOG, type="accounts")] == ["duo"]


def test_one_profile_and_what_it_did_last(runner: Runner) -> None:
    profile = runner.profile("bob", CATALOG)
    assert profile.traits["birthday"] == "1992-02-29"
    assert profile.traits["signed_up_at"] == "2026-11-15T00:00:00Z"
    assert profile.traits["age"] is None
    assert runner.recent_events("bob", CATALOG, limit=1, as_of=AS_OF) == (
        EventSeen("Order Completed", "2026-11-15T12:00:00Z", {"category": "boots"}),
    )
    assert [each.event for each in runner.recent_events("ann", CATALOG, as_of=AS_OF)] == [
        "Order Refunded",
        "Order Completed",
        "Order Refunded",
        "Order Completed",
        "Order Completed",
    ]
    with pytest.raises(UnknownId):
        runner.profile("nobody", CATALOG)


# What can go wrong ----------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_an_error_with_a_code(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as caught:
        DuckDatabase(tmp_path / "data.duckdb")
    assert caught.value.code == "database_error"
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"this is no database" * 1000)
    with pytest.raises(DatabaseError):
        DuckDatabase(broken)


def test_a_table_that_vanishes_is_an_error_with_a_code(tmp_path: Path) -> None:
    path = write(tmp_path / "data.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE order_completed")
    runner = Runner(DuckDatabase(path))
    with pytest.raises(DatabaseError, match="order_completed"):
        runner.preview(bind("event('Order Completed').count() = 0", CATALOG), as_of=AS_OF)


def test_a_connection_that_drops_is_an_error_with_a_code(tmp_path: Path) -> None:
    database = DuckDatabase(write(tmp_path / "data.duckdb"))
    runner = Runner(database)
    bound = bind("trait('plan') = 'free'", CATALOG)
    runner.preview(bound, as_of=AS_OF)
    database.close()
    with pytest.raises(DatabaseError):
        runner.preview(bound, as_of=AS_OF)


def test_a_number_that_is_too_large_to_add_up_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "data.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE order_completed SET total = 1e30 WHERE id = 'o3'")
    runner = Runner(DuckDatabase(path))
    query = "event('Order Completed').sum(property('total')) > 5"
    with pytest.raises(DatabaseError, match="too large"):
        runner.preview(bind(query, CATALOG), as_of=AS_OF)


def test_nasty_names_stay_names(tmp_path: Path) -> None:
    event, column = '"; DROP TABLE users; --', "__proto__'\""
    path = tmp_path / "data.duckdb"
    with duckdb.connect(str(path)) as connection:
        table, quoted = event.replace('"', '""'), column.replace('"', '""')
        connection.execute(f'CREATE TABLE users (id VARCHAR, "{quoted}" VARCHAR)')
        connection.execute("INSERT INTO users VALUES ('a', '<b>'), ('b', '$1')")
        connection.execute(
            f'CREATE TABLE "{table}" (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP, "{quoted}" DOUBLE)'
        )
        connection.execute(f"""INSERT INTO "{table}" VALUES ('1', 'a', '2026-11-01', 5)""")  # noqa: S608
    catalog = Catalog(
        events=(EventField(event, event, (PropertyField(event, column, column, "number"),)),),
        user_traits=(TraitField(column, column, "text"),),
    )
    query = (
        f"event({constant(event)}).where(property({constant(column)}) > 4).count() = 1"
        f" AND trait({constant(column)}).one_of('<b>', '$1', ?)".replace("?", constant(event))
    )
    preview = Runner(DuckDatabase(path)).preview(bind(query, catalog), as_of=AS_OF, members=True)
    assert preview.members == ("a",)


def test_windows_longer_than_time_itself() -> None:
    clock = Clock(datetime(2026, 11, 22, tzinfo=UTC), "Pacific/Apia")
    for unit in ("hour", "day"):
        far = Duration(10**12, unit)  # type: ignore[arg-type]
        assert clock.ago(far) < clock.as_of < clock.ahead(far)
    assert clock.start_of(clock.day(-(10**12))) < clock.start_of(clock.day(10**12))
