"""What an audience means, case by case: who of a handful of people is in it. Data is real DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pytest

from audience.bound import Bound
from audience.catalog import Catalog
from audience.compiler import compile_counts, compile_members, texts_of
from audience.operators import OPERATORS
from audience.problems import NotSupported
from audience.query import Comparison, Duration, Literal, Node, Trait
from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG, TRAITS, write
from workspace.database import DuckDatabase, statement
from workspace.tally import counted

Find = Callable[..., list[str]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDatabase]:
    opened = DuckDatabase(write(tmp_path_factory.mktemp("data") / "data.duckdb"))
    yield opened
    opened.close()


@pytest.fixture
def find(database: DuckDatabase) -> Find:
    """The ids that a query finds, sorted."""

    def found(query: str, catalog: Catalog = CATALOG, as_of: datetime = AS_OF) -> list[str]:
        bound = bind(query, catalog)
        table = compile_members(bound, database, as_of)
        return sorted(id for (id,) in database.rows(table, texts_of(bound)))

    return found


EVERYBODY = "ann bob cid dee"

CASES = [
    # Two-valued logic: a missing value makes every comparator false except absent(); NOT is the complement.
    ("trait('plan') = 'free'", "ann"),
    ("trait('plan') != 'free'", "bob cid"),
    ("NOT trait('plan') = 'free'", "bob cid dee"),
    ("NOT NOT trait('plan') = 'free'", "ann"),
    ("trait('plan').absent()", "dee"),
    ("NOT trait('plan').absent()", "ann bob cid"),
    ("trait('plan').none_of('free', 'pro')", "cid"),
    ("NOT (trait('plan') = 'free' OR trait('visits') > 6)", "bob dee"),
    ("NOT (trait('plan') = 'free' AND trait('visits') > 6)", EVERYBODY),
    # NaN is missing.
    ("trait('age') > 10", "ann cid"),
    ("trait('age') < 10", ""),
    ("trait('age') != 30", "cid"),
    ("trait('age').exists()", "ann cid"),
    ("trait('age').absent()", "bob dee"),
    ("trait('age').none_of('1', '30')", "cid"),
    # Numbers: whole and broken against whole columns.
    ("trait('visits') > 4.5", "ann cid"),
    ("trait('visits') <= 4.5", "dee"),
    ("trait('visits') = 5.0", "ann"),
    ("trait('visits') = 5.5", ""),
    ("trait('visits') != 5.5", "ann cid dee"),
    ("trait('visits') < 99999999999999999999", "ann cid dee"),
    ("trait('visits') > -99999999999999999999", "ann cid dee"),
    ("trait('age') = 50.5", "cid"),
    ("trait('visits') > trait('age')", ""),
    ("trait('age') > trait('visits')", "ann cid"),
    # Text: exact, case-sensitive; lists are text.
    ("trait('plan').contains('ree')", "ann cid"),
    ("trait('plan').contains('REE', 'r')", "ann bob cid"),
    ("trait('plan').omits('r')", ""),
    ("trait('plan').omits('F')", "ann bob"),
    ("trait('plan').starts_with('f', 'p')", "ann bob"),
    ("trait('plan').ends_with('ee')", "ann cid"),
    ("trait('plan').contains('%')", ""),
    ("trait('tags').contains('b')", "ann bob"),
    ("trait('tags') = '[]'", "dee"),
    ("trait('vip') = 'true'", "ann dee"),
    ("trait('vip') != 'true'", "bob"),
    # Dates: whole days, both ends; the day seven days ago is in both.
    ("trait('signed_up_at').within_last(7 days)", "ann bob"),
    ("trait('signed_up_at').before_last(7 days)", "bob cid"),
    ("trait('signed_up_at').within_next(9 days)", "dee"),
    ("trait('signed_up_at').within_next(8 days)", ""),
    ("trait('signed_up_at').after_next(9 days)", "dee"),
    ("trait('signed_up_at').within_last(50 hours)", "ann"),
    ("trait('signed_up_at').within_last(49 hours)", ""),
    ("trait('signed_up_at') >= '2026-11-15'", "ann bob dee"),
    ("trait('signed_up_at').before_date('2026-11-15')", "cid"),
    ("trait('signed_up_at').after_date('2026-11-15T00:00:00+01:00')", "ann bob cid dee"),
    ("trait('birthday') < '1992-02-29'", "ann"),
    ("trait('birthday') = '1992-02-29'", "bob"),
    ("trait('birthday').anniversary_within_next(3 days)", "ann"),
    ("trait('birthday').anniversary_within_next(2 days)", ""),
    ("trait('birthday').anniversary_within_next(40 days)", "ann dee"),
    ("trait('birthday').anniversary_within_next(99 days)", "ann bob dee"),
    ("trait('birthday').anniversary_within_next(98 days)", "ann dee"),
    ("trait('birthday').anniversary_within_last(365 days)", "ann bob dee"),
    ("trait('birthday').anniversary_month(2)", "bob"),
    # Events: windows are inclusive at both ends, nothing after as_of counts.
    ("event('Order Completed').count() >= 1", "ann bob cid"),
    ("event('Order Completed').count() = 3", "ann"),
    ("event('Order Completed').count() = 2", "bob cid"),
    ("event('Order Completed').count() = 0", "dee"),
    ("event('Order Completed').count() < 3", "bob cid dee"),
    ("event('Order Completed').within(7 days).count() = 1", "bob"),
    ("event('Order Completed').within(168 hours).count() = 1", "bob"),
    ("event('Order Completed').within(30 days).count() = 3", "ann"),
    ("event('Order Completed').between(7 days, 30 days).count() = 2", "bob cid"),
    ("event('Order Completed').between(7 days, 30 days).count() = 1", "ann"),
    ("event('Page Viewed').count() >= 1", ""),
    ("event('Page Viewed').within(7 days).count() = 0", EVERYBODY),
    ("event('Order Completed').sources({exclude: ['ios', 'app']}).count() >= 1", "ann cid"),
    ("event('Order Completed').sources({exclude: ['web']}).count() >= 1", "ann bob"),
    ("event('Order Completed').where(context('timestamp').before_date('2026-11-01')).count() >= 1", "ann"),
    ("event('Order Completed').where(context('timestamp') >= '2026-11-20T12:00:00Z').count() >= 2", "ann"),
    # Reducers: exact sums, NaN left out, nothing is missing.
    ("event('Order Completed').within(7 days).sum(property('total')) = 0.3", "ann"),
    ("event('Order Completed').within(7 days).sum(property('price')) = 0.3", "ann"),
    ("event('Order Completed').avg(property('total')) = 33.433333", "ann"),
    ("event('Order Completed').avg(property('price')) = 33.433333", "ann"),
    ("event('Order Completed').avg(property('total')) = 7", "bob"),
    ("event('Order Completed').sum(property('total')) < 50", "bob"),
    ("event('Page Viewed').max(property('title') as string).absent()", EVERYBODY),
    ("NOT event('Order Completed').sum(property('total')) > 50", "bob dee"),
    ("event('Order Completed').max(property('total')) = 7", "bob"),
    ("event('Order Completed').min(property('price')) = 0.1", "ann"),
    ("event('Order Completed').max(property('category') as string) = 'tents'", "ann"),
    ("event('Order Completed').max(property('total') as string) = '7'", "bob"),
    ("event('Order Completed').min(property('total') as string) = '0.1'", "ann"),
    ("event('Order Completed').min(property('gift') as string) = 'false'", "ann"),
    ("event('Order Completed').min(property('gift') as string).absent()", "bob cid dee"),
    ("event('Order Completed').unique(property('category')).count() = 2", "ann bob cid"),
    ("event('Order Completed').unique(property('total')).count() = 1", "bob cid"),
    ("event('Order Completed').unique(property('gift')).count() = 0", "bob cid dee"),
    ("event('Order Completed').first(property('category')) = 'a'", "cid"),
    ("event('Order Completed').last(property('category')) = 'b'", "cid"),
    ("event('Order Completed').first(property('gift')) = 'false'", "ann"),
    ("event('Order Completed').last(property('total')) = 7", "bob"),
    ("event('Order Completed').mode(property('category'), 1) = 'a'", "cid"),
    ("event('Order Completed').mode(property('category'), 2) = 'tents'", "ann"),
    ("event('Order Completed').mode(property('category'), 3).absent()", EVERYBODY),
    # Events against traits and their own properties.
    ("event('Order Completed').where(property('total') > trait('age')).count() >= 1", "ann"),
    ("event('Order Completed').where(NOT property('total') > trait('age')).count() >= 1", "ann bob cid"),
    ("event('Order Completed').where(property('category') = 'tents' AND property('total') > 50).count() = 1", "ann"),
    ("event('Order Completed').sum(property('total')) > trait('age')", "ann cid"),
    # Funnels: strictly after the parent, no later than the window, every parent instance looked at.
    ("event('Order Completed').where(event('Order Refunded').within(parent: 1 day).count() >= 1).count() = 2", "ann"),
    ("event('Order Completed').where(event('Order Refunded').within(parent: 24 hours).count() = 1).count() = 2", "ann"),
    ("event('Order Completed').where(event('Order Refunded').within(parent: 2 days).count() = 2).count() = 1", "ann"),
    ("event('Order Completed').where(event('Order Refunded').count() = 2).count() = 2", "ann"),
    ("event('Order Completed').where(event('Order Refunded').count() = 0).count() >= 1", "bob cid"),
    ("event('Order Completed').where(event('Order Refunded').where(property('category') = property(parent: 'category')).count() >= 1).count() = 3", "ann"),
    ("event('Order Completed').where(event('Order Refunded').where(property('total') < property(parent: 'total')).count() >= 1).count() = 2", "ann"),
    ("event('Order Completed').where(event('Order Refunded').sum(property('total')) > property('total')).count() = 1", "ann"),
    ("event('Order Refunded').where(event('Order Completed').count() = 2).count() >= 1", "cid"),
    ("event('Order Completed').where(event('Order Completed').where(event('Order Refunded').within(parent: 1 hour).count() >= 1).count() >= 1).count() = 2", "ann"),
    ("event('Order Completed').where(event('Order Refunded').within(1 day).count() >= 1).count() = 3", "ann"),
    ("event('Order Completed').where(trait('buyers') = 'true' AND event('Order Refunded').count() >= 1).count() >= 1", "ann"),
    # Saved audiences.
    ("trait('buyers') = 'true'", "ann bob cid"),
    ("NOT trait('buyers') = 'true'", "dee"),
    ("trait('free_buyers') = 'true'", "ann"),
    ("event('Order Completed').where(trait('free_buyers') = 'true').count() >= 1", "ann"),
    # Accounts.
    ("ANY trait('plan') = 'free'", "acme duo"),
    ("ALL event('Order Completed').count() >= 1", "acme duo"),
    ("ALL trait('plan').contains('ree')", "duo"),
    ("NOT ANY trait('plan') = 'free'", "void"),
    ("NOT ALL trait('plan').contains('ree')", "acme void"),
    ("ALL NOT event('Page Viewed').count() >= 1", "acme duo"),
    ("trait('industry') = 'retail' AND NOT ANY event('Order Completed').count() >= 1", "void"),
    ("ANY trait('buyers') = 'true' AND trait('retail') = 'true'", "acme"),
    ("ANY (trait('plan') = 'pro') OR trait('industry').absent()", "acme duo"),
    ("trait('renewal').within_next(8 days) AND ANY (trait('vip') = 'true')", "acme"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[query for query, _ in CASES])
def test_who_is_in(find: Find, query: str, expected: str) -> None:
    assert find(query) == expected.split()


def test_whole_days_are_those_of_the_workspace(find: Find) -> None:
    kolkata = replace(CATALOG, timezone="Asia/Kolkata")
    assert find("trait('signed_up_at').within_last(7 days)", kolkata) == ["ann", "bob", "cid"]
    assert find("trait('signed_up_at') < '2026-11-15'", kolkata) == []
    assert find("trait('signed_up_at').anniversary_month(12)", kolkata) == ["dee"]
    new_york = replace(CATALOG, timezone="America/New_York")
    assert find("trait('signed_up_at').anniversary_month(12)", new_york) == []


def test_leap_day_returns_on_the_first_of_march(find: Find) -> None:
    query = "trait('birthday').anniversary_within_next(0 days)"
    assert find(query, as_of=datetime(2027, 3, 1, tzinfo=UTC)) == ["bob"]
    assert find(query, as_of=datetime(2027, 2, 28, tzinfo=UTC)) == []
    assert find(query, as_of=datetime(2028, 2, 29, tzinfo=UTC)) == ["bob"]
    assert find(query, as_of=datetime(2028, 3, 1, tzinfo=UTC)) == []


def test_every_comparator_compiles_for_every_type_it_takes(database: DuckDatabase) -> None:
    values = {"text": "a", "list": "a", "number": "5", "boolean": "true", "date": "2026-01-01", "timestamp": "2026-01-01"}  # fmt: skip
    for operator in OPERATORS.values():
        for name, type_ in TRAITS.items():
            if type_ not in operator.types:
                continue
            operand = {
                "duration": Duration(7, "day"),
                "month": Literal("5"),
                "text": Literal("a"),
            }.get(operator.value, Literal(values[type_]))
            operands = (operand,) * operator.arity[0]
            tree = Comparison(Trait(name), operator.key, operands)
            bound = Bound(tree, "users", "dynamic", CATALOG)
            database.rows(compile_members(bound, database, AS_OF), texts_of(bound))


def test_what_the_compiler_does_not_know_is_refused(database: DuckDatabase) -> None:
    for tree in (
        Comparison(Trait("plan"), "sounds_like", (Literal("a"),)),
        Comparison(Trait("nowhere"), "exists"),
        Node(),
    ):
        with pytest.raises(NotSupported):
            compile_members(Bound(tree, "users", "dynamic", CATALOG), database, AS_OF)  # type: ignore[arg-type]


def test_texts_reach_the_engine_as_bound_values_only(database: DuckDatabase, find: Find) -> None:
    nasty = "y'; --"
    odd = "trait('it\\'s \"odd\" one')"
    query = f"{odd} = 'y\\'; --' OR {odd}.contains('\"; DROP TABLE users; --', '$1', '14', '?')"
    bound = bind(query, CATALOG)
    for table in (
        compile_members(bound, database, AS_OF),
        compile_counts(bound, database, AS_OF).table,
    ):
        sql, values = statement(table, texts_of(bound))
        assert nasty not in sql
        assert "DROP" not in sql
        assert "'" not in sql.replace('"it\'s ""odd"" one"', "")
        assert set(values) == {nasty, '"; DROP TABLE users; --', "$1", "14", "?"}
    assert find(query) == ["bob"]


def test_events_of_one_name_are_read_once(database: DuckDatabase) -> None:
    conditions = " AND ".join(
        f"event('Order Completed').where(property('total') > {each}).within({each} days).count() >= 1"
        for each in range(1, 9)
    )
    counts = compile_counts(bind(conditions, CATALOG), database, AS_OF)
    sql, _ = statement(counts.table, ())
    assert sql.count('"order_completed"') == 1
    assert sql.count('"users"') == 1


@pytest.mark.parametrize(
    ("query", "joined"),
    [
        ("event('Order Completed').count() >= 1", "SEMI"),
        ("NOT event('Order Completed').count() > 0 AND trait('age') > 1", "ANTI"),
        # Read once where something else looks at the event too; under OR there is nobody to leave out.
        (
            "event('Order Completed').count() >= 1"
            " AND event('Order Completed').sum(property('total')) > 9",
            "",
        ),
        ("event('Order Completed').count() >= 1 OR trait('age') > 1", ""),
        ("event('Order Completed').count() >= 2", ""),
    ],
)
def test_whether_there_is_an_event_at_all_needs_no_count(
    database: DuckDatabase, query: str, joined: str
) -> None:
    sql, _ = statement(compile_members(bind(query, CATALOG), database, AS_OF), ())
    assert sql.count('"order_completed"') == 1
    assert ("GROUP BY" not in sql) == bool(joined)
    assert f"{joined} JOIN" in sql


ORDERS = "event('Order Completed').count()"
REFUNDS = "event('Order Refunded').count()"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDatabase]:
    """As an import leaves it where conditions look: no event of somebody who is no user."""
    path = write(tmp_path_factory.mktemp("data") / "data.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM order_completed WHERE user_id = 'gone'")
    opened = DuckDatabase(path)
    opened.as_imported = True
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "in_stages"),
    [
        ("trait('plan') = 'free'", True),
        (f"trait('visits') >= 5 AND {ORDERS} >= 2 AND NOT {REFUNDS} >= 2", True),
        (f"{ORDERS} >= 2 AND {REFUNDS} = 0 AND {ORDERS} < 3", True),
        (f"{ORDERS} = 0 AND trait('visits') = 0", True),
        (f"{ORDERS} < 3 AND trait('age').absent() AND {REFUNDS} < 2 AND NOT {ORDERS} = 0", True),
        (f"({ORDERS} = 0 OR NOT {ORDERS} < 3) AND NOT ({REFUNDS} >= 1 AND {REFUNDS} < 3)", True),
        (f"{ORDERS} >= 9 AND {REFUNDS} >= 1 AND trait('visits') < 99", True),
        # One part asks two tables, or the other side of a comparison is somewhere else.
        (
            f"trait('vip') = 'true' AND ({ORDERS} >= 3 OR {REFUNDS} >= 1 OR trait('age') > 50)",
            False,
        ),
        (f"{ORDERS} >= 2 AND {ORDERS} < trait('visits')", False),
        ("trait('buyers') = 'true' AND trait('plan').exists()", False),
    ],
)
def test_counts_in_stages_are_those_of_everybody_at_once(
    database: DuckDatabase, imported: DuckDatabase, query: str, in_stages: bool
) -> None:
    bound = bind(query, CATALOG)
    apart, together = counted(imported, bound, AS_OF), counted(database, bound, AS_OF)
    assert apart == together
    sql, _ = statement(compile_counts(bound, imported, AS_OF).table, texts_of(bound))
    assert ("CROSS JOIN" in sql or "JOIN" not in sql) == in_stages


@pytest.mark.parametrize(("most", "sums"), [(None, 0), (3, 1), (2**16, 7), (2**27, 0)])
def test_counts_of_one_event_share_their_sums(
    database: DuckDatabase, find: Find, most: int | None, sums: int
) -> None:
    """Nobody has more than 3 orders: 2 bits a count, 26 counts a sum; 17 bits: 3; 28 bits: 1."""
    (orders, *others) = CATALOG.events
    catalog = replace(CATALOG, events=(replace(orders, most=most), *others))
    limits = [*range(-14, 0), 0.1, 0.2, 7, 50, 60, 99, 100]
    asked = [f"event('Order Completed').where(property('total') > {each}).count()" for each in limits]  # fmt: skip
    first, last = asked[0], asked[-1]
    for query, expected in (
        (" AND ".join(f"{each} = 3" for each in asked[:14]), "ann"),
        (f"{first} = 3 AND {asked[14]} = 2 AND {asked[15]} = 1 AND {asked[19]} = 1", "ann"),
        (f"{first} >= 1 AND {last} = 0 AND NOT {asked[16]} = 0", "ann cid"),
        (f"{last} = 0 AND {first} <= 2", "bob cid dee"),
    ):
        assert find(query, catalog) == expected.split()
    bound = bind(" OR ".join(f"{each} = 1" for each in asked), catalog)
    sql, _ = statement(compile_members(bound, database, AS_OF), ())
    assert sql.count("SUM(") == sums
