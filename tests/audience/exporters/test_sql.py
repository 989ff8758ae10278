"""SQL in the dialect asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlglot

from audience.catalog import TraitField
from audience.exporters import sql
from audience.problems import NotSupported
from audience.validator import bind
from tests.audience.small_catalog import CATALOG

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "postgresql", "spark"])
def test_sql_holds_names_and_values_in_quotes(dialect: str) -> None:
    value = "x'; DROP TABLE users; --"
    bound = bind(
        f"""trait('address_city') = "{value}" AND event('Order Completed').within(7 days).count() = 0""",
        CATALOG,
    )
    text = sql.export(bound, as_of=AS_OF, dialect=dialect)
    escaped = value.replace("'", "\\'") if dialect == "spark" else value.replace("'", "''")
    assert f"'{escaped}'" in text
    assert "order_completed" in text
    assert "2026" in text


def test_sql_runs_on_duckdb() -> None:
    import duckdb

    bound = bind("trait('age') > 30 AND NOT trait('plan') = 'pro'", CATALOG)
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE users (id VARCHAR, plan VARCHAR, country VARCHAR, age DOUBLE, average_order_value DOUBLE,"
        " vip BOOLEAN, birthday DATE, last_seen_at TIMESTAMP, address_city VARCHAR, interests VARCHAR)"
    )
    rows = [
        ("a", "pro", 40),
        ("b", None, 40),
        ("c", "free", 20),
        ("d", "free", None),
        ("e", "free", 31),
    ]
    connection.executemany("INSERT INTO users (id, plan, age) VALUES (?, ?, ?)", rows)
    found = connection.execute(sql.export(bound, as_of=AS_OF)).fetchall()
    assert sorted(found) == [("b",), ("e",)]


UTC_CATALOG = replace(CATALOG, timezone="UTC")


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("snowflake", """"T1"."TIMESTAMP" >= TIMESTAMP_FROM_PARTS(2026, 8, 24, 12, 0, 0, 0)"""),
        ("bigquery", "`t1`.`timestamp` >= TIMESTAMP('2026-08-24T12:00:00+00:00')"),
        ("trino", """CAST(FROM_ISO8601_TIMESTAMP('2026-08-24T12:00:00"""),
        ("databricks", "`t1`.`timestamp` >= "),
    ],
)
def test_sql_for_engines_that_are_like_duckdb(dialect: str, written: str) -> None:
    bound = bind(
        "event('Order Completed').where(property('gift') = 'true').within(90 days).count() >= 1"
        " AND trait('plan') = 'it\\'s'",
        UTC_CATALOG,
    )
    text = sql.export(bound, as_of=AS_OF, dialect=dialect)
    assert written in text
    assert sqlglot.parse_one(text, read=dialect).find(sqlglot.exp.Literal)
    assert (dialect == "databricks") == ("tests" not in " ".join(sql.notes(bound, dialect)))


def test_names_for_snowflake_are_capitals_unless_they_need_quotes() -> None:
    trait = TraitField("Odd name", "Odd name", "text")
    catalog = replace(UTC_CATALOG, user_traits=(trait,))
    text = sql.export(bind("trait('Odd name') = 'ID'", catalog), as_of=AS_OF, dialect="snowflake")
    assert '"USERS"' in text
    assert "\"Odd name\" = 'ID'" in text


@pytest.mark.parametrize(
    ("query", "dialect", "what"),
    [
        ("event('Order Completed').first(property('category')) = 'Boots'", "snowflake", "first"),
        ("trait('big_spenders') = 'true'", "bigquery", None),
        ("trait('lastSeenAt').anniversary_month(5)", "trino", "time zone"),
    ],
)
def test_sql_that_would_not_be_the_same_is_refused_or_noted(
    query: str, dialect: str, what: str | None
) -> None:
    bound = bind(query, CATALOG)
    if what is None:
        assert "sixth decimal" in " ".join(sql.notes(bound, dialect))
        return
    with pytest.raises(NotSupported, match=what):
        sql.export(bound, as_of=AS_OF, dialect=dialect)


def test_sql_of_other_dialects_is_refused() -> None:
    with pytest.raises(NotSupported, match="oracle"):
        sql.export(bind("trait('plan') = 'pro'", CATALOG), as_of=AS_OF, dialect="oracle")


@pytest.mark.parametrize("dialect", ["duckdb", "snowflake"])
def test_sql_says_nothing_of_how_many_events_there_are_today(dialect: str) -> None:
    events = tuple(replace(each, most=3) for each in CATALOG.events)
    orders = "event('Order Completed').where(property('total') > {}).count() = 4"
    query = " AND ".join(orders.format(each) for each in (10, 20, 30))
    written = [
        sql.export(bind(query, catalog), as_of=AS_OF, dialect=dialect)
        for catalog in (CATALOG, replace(CATALOG, events=events))
    ]
    assert written[0] == written[1]
