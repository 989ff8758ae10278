"""Whatever a query, an id or a name says, an engine gets it as a bound value or as a quoted name.

On every engine there is, with texts that try to be more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from audience.bound import Bound
from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.compiler import compile_counts, compile_members, texts_of
from audience.compiler.dialect import Dialect, spark_compiler
from audience.query import Comparison, Literal, Trait
from audience.text import quoted
from audience.validator import bind
from tests.audience.small_data import AS_OF
from tests.workspace import postgres_server, sparks, warehouses
from workspace.database import Database, DatabaseError, DuckDatabase, bound_statement
from workspace.profiles import UnknownId
from workspace.runner import Runner
from workspace.warehouse import open_warehouse

TEXTS = [
    "x'; DROP TABLE users; --",
    'x"; DROP TABLE users; --',
    "x`; DROP TABLE users; --",
    "x\\'; DROP TABLE users; --",
    "x') OR 1=1 --",
    "' UNION SELECT id FROM users --",
    "/* x */",
    "a\nb -- c",
    "$1",
    ":p1",
    "?",
    "%s %(x)s {x}",
    "%Y-%m-%d",
    "${spark.app.name}",
    "UTC",
    "\u2019; DROP TABLE users; \u2018 \uff07",  # quotes of other scripts
    "\u202e;sresu ELBAT PORD\u202c \U0001f600 e\u0301 \ufeff",
    "\uffff\U0010ffff\ufdd0",
]
# What Spark's SQL reads as something: there each takes seconds. That none of the others stands in its
# SQL either, `test_no_text_of_a_query_stands_in_sql` says.
ON_SPARK = [*TEXTS[:5], "a\nb -- c", ":p1", "?", "${spark.app.name}"]
COLUMN = 'it\'s "odd" `here` -- $1 :p1 ?'
TABLE = 'do`ne "it\'s"'
CATALOG = Catalog(
    events=(
        EventField(
            "Done",
            TABLE,
            (
                PropertyField("Done", COLUMN, COLUMN, "text"),
                PropertyField("Done", "on", "on", "date"),
            ),
            has_sources=True,
        ),
    ),
    user_traits=(TraitField(COLUMN, COLUMN, "text"),),
)


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _tables() -> list[str]:
    """SQL that DuckDB and PostgreSQL both read: each text is somebody's id, trait, property and source."""
    texts = ["'" + each.replace("'", "''") + "'" for each in TEXTS]
    users = ", ".join(f"({text}, {text})" for text in texts)
    done = ", ".join(
        f"('e{number}', {text}, TIMESTAMP '2026-11-01 12:00', {text}, {text}, DATE '2026-11-01')"
        for number, text in enumerate(texts)
    )
    return [
        f"CREATE TABLE users (id VARCHAR, {_named(COLUMN)} VARCHAR)",
        f"INSERT INTO users VALUES {users}",  # noqa: S608
        f"CREATE TABLE {_named(TABLE)} (id VARCHAR, user_id VARCHAR, timestamp TIMESTAMP,"
        f' event_source_id VARCHAR, {_named(COLUMN)} VARCHAR, "on" DATE)',
        f"INSERT INTO {_named(TABLE)} VALUES {done}",  # noqa: S608
    ]


def _in_duckdb(folder: Path) -> Iterator[Database]:
    with duckdb.connect(str(folder / "data.duckdb")) as connection:
        for each in _tables():
            connection.execute(each)
    yield DuckDatabase(folder / "data.duckdb")


def _in_postgres(_folder: Path) -> Iterator[Database]:
    def load(connection: psycopg.Connection[Any]) -> None:
        for each in _tables():
            connection.execute(each.encode())

    with postgres_server.running() as server, warehouses.database(server, load) as url:
        yield open_warehouse(url)


def _in_spark(folder: Path) -> Iterator[Database]:
    sparks.prepare()
    sparks.write(";".join(_tables()), folder)
    yield open_warehouse(sparks.address(folder))


_OPENINGS: dict[str, tuple[Callable[[], object], Callable[[Path], Iterator[Database]]]] = {
    "duckdb": (lambda: True, _in_duckdb),
    "postgres": (postgres_server.installed, _in_postgres),
    "spark": (sparks.installed, _in_spark),
}


@pytest.fixture(
    scope="module",
    params=[
        "duckdb",
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")]),
    ],
)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    installed, opening = _OPENINGS[request.param]
    if not installed():
        pytest.skip(f"{request.param} is not installed here")
    yield from opening(tmp_path_factory.mktemp(request.param))


def _asking(text: str) -> Bound:
    """An audience that compares with `text` in every way that there is; only its owner is in it."""
    value, field = quoted(text), quoted(COLUMN)
    others = ", ".join(quoted(each) for each in TEXTS if each != text)
    done = "event('Done')"
    return bind(
        f"trait({field}) = {value} AND trait({field}).one_of({value}, 'no')"
        f" AND trait({field}).contains({value}) AND trait({field}).starts_with({value})"
        f" AND trait({field}).ends_with({value}) AND trait({field}).none_of({others})"
        f" AND {done}.where(property({field}) = {value}).count() = 1"
        f" AND {done}.sources({{exclude: [{others}]}}).count() = 1"
        f" AND {done}.where({done}.where(property({field}) = {value}).count() = 0).count() = 1"
        f" AND {done}.last(property({field})) = {value} AND {done}.mode(property({field}), 1) = {value}"
        f" AND {done}.min(property({field}) as string) = {value}"
        f" AND {done}.max(property('on') as string) != {value}",
        CATALOG,
    )


def test_a_text_is_compared_and_nothing_else(database: Database) -> None:
    runner = Runner(database)
    for text in ON_SPARK if database.dialect == "pyspark" else TEXTS:
        bound = _asking(text)
        assert runner.members(bound, as_of=AS_OF) == (text,)
        why = runner.why(text, bound, AS_OF)
        assert (why.id, why.inside) == (text, True)
        with pytest.raises(UnknownId):
            runner.why(f"{text} ", bound, AS_OF)


def test_a_null_character_is_nobodys_or_is_said(database: Database) -> None:
    runner, trait = Runner(database), Trait(COLUMN)
    for operator in ("equals", "contains"):
        bound = bind(Comparison(trait, operator, (Literal("a\x00b"),)), CATALOG)
        if database.dialect == "postgres":  # whose texts cannot hold one
            with pytest.raises(DatabaseError, match="null character"):
                runner.members(bound, as_of=AS_OF)
        else:
            assert runner.members(bound, as_of=AS_OF) == ()


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_text_of_a_query_stands_in_sql(dialect: Dialect, text: str) -> None:
    from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
    from ibis.backends.sql.compilers.postgres import PostgresCompiler

    compiler, spoken = {
        "duckdb": (DuckDBCompiler(), "duckdb"),
        "postgres": (PostgresCompiler(), "postgres"),
        "pyspark": (spark_compiler(), "spark"),
    }[dialect]
    bound = _asking(text)
    for table in (
        compile_members(bound, _Tables(dialect), AS_OF),
        compile_counts(bound, _Tables(dialect), AS_OF).table,
    ):
        sql, values = bound_statement(table, texts_of(bound), compiler, spoken)
        assert text in values
        assert "DROP" not in sql
        assert "UNION" not in sql
        assert "1=1" not in sql
        places = [{"duckdb": "$", "postgres": "$", "pyspark": ":p"}[dialect] + str(n) for n in range(1, len(values) + 1)]  # fmt: skip
        assert all(each in sql for each in places)


class _Tables:
    """The tables of CATALOG without an engine behind them."""

    finite = as_imported = False

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def users(self) -> Any:
        return _table("users", {"id": "string", COLUMN: "string"})

    def event(self, _event: EventField) -> Any:
        own = {"id": "string", "user_id": "string", "timestamp": "timestamp"}
        return _table(TABLE, own | {"event_source_id": "string", COLUMN: "string", "on": "date"})

    def accounts(self) -> Any:
        raise AssertionError

    def groups(self) -> Any:
        raise AssertionError


def _table(name: str, columns: dict[str, str]) -> Any:
    import ibis

    return ibis.table(columns, name=name)
