"""How fast compiled audiences run: ratios on DuckDB, measured in one run. `make bench`.

    python -m tests.bench.speed [--events N] [--large N] [--runs N]

Writes a table to standard output. Nothing here is a test: ratios depend on the machine's mood.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter

import duckdb

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.compiler import compile_counts, compile_members, texts_of
from audience.validator import bind
from tests.bench.questions import AUDIENCES, EIGHT, ONE, SEVERAL
from workspace.database import DuckDatabase, statement
from workspace.runner import Runner

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
AS_OF_SQL = "TIMESTAMP '2026-11-01 00:00:00'"


def _event(name: str, table: str) -> EventField:
    return EventField(
        name,
        table,
        (
            PropertyField(name, "total", "total", "number"),
            PropertyField(name, "category", "category", "text"),
        ),
    )


CATALOG = Catalog(
    events=(
        _event("Order Completed", "order_completed"),
        _event("Order Refunded", "order_refunded"),
    ),
    user_traits=(
        TraitField("plan", "plan", "text"),
        TraitField("age", "age", "number"),
        TraitField("country", "country", "text"),
        TraitField("signed_up_at", "signed_up_at", "timestamp"),
    ),
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=0, help="a second size, for how time grows")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.duckdb"
        generate(path, options.events)
        bench = Bench(path, options.runs)
        bench.against_hand_written_sql()
        bench.eight_conditions()
        bench.counts()
        bench.an_edit()
        bench.overhead()
        if options.large:
            large = Path(folder) / "large.duckdb"
            generate(large, options.large)
            bench.growth(Bench(large, options.runs), options.large / options.events)


def generate(path: Path, events: int) -> None:
    """Users, twenty events each, and a third as many refunds; sorted as an import sorts them."""
    users = max(1, events // 20)
    event = """
        CREATE TABLE {table} AS SELECT '{prefix}' || i AS id,
            'u' || lpad((hash(i + {seed}) % {users})::VARCHAR, 9, '0') AS user_id,
            TIMESTAMP '2026-11-01' - to_seconds((hash(i + {seed} * 3) % (2 * 365 * 86400))::BIGINT) AS timestamp,
            '{table}' AS event, '{table}' AS event_text,
            round((hash(i * 3 + {seed}) % 20000) / 100.0, 2)::DOUBLE AS total,
            'c' || (hash(i + {seed} * 7) % 20) AS category
        FROM range({rows}) t(i) ORDER BY user_id, timestamp
    """
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"""
            CREATE TABLE users AS SELECT 'u' || lpad(i::VARCHAR, 9, '0') AS id,
                ['free', 'pro', 'team', NULL][1 + i % 4] AS plan, (hash(i) % 90)::DOUBLE AS age,
                ['ES', 'FR', 'DE', NULL][1 + (hash(i + 1) % 4)::BIGINT] AS country,
                TIMESTAMP '2026-11-01' - to_days((hash(i + 2) % 900)::INTEGER) AS signed_up_at
            FROM range({users}) t(i)
        """)  # noqa: S608
        connection.execute(event.format(table="order_completed", prefix="o", seed=11, users=users, rows=events))  # fmt: skip
        connection.execute(event.format(table="order_refunded", prefix="r", seed=23, users=users, rows=events // 3))  # fmt: skip


class Bench:
    """Measures on one file; every figure is a median over runs that take turns."""

    def __init__(self, path: Path, runs: int) -> None:
        self.database = DuckDatabase(path, finite=True)
        self.connection = duckdb.connect(str(path), read_only=True)
        self.runs = runs

    def against_hand_written_sql(self) -> None:
        _say(f"{'audience':34} {'compiled':>10} {'by hand':>10} {'ratio':>6}")
        ratios = []
        for audience in AUDIENCES:
            compiled = self._compiled(audience.query)
            by_hand = self._sql(audience.sql.format(as_of=AS_OF_SQL), [])
            if compiled() != by_hand():
                raise SystemExit(f"{audience.name}: {compiled()} is not {by_hand()}")
            mine, its = self._medians(compiled, by_hand)
            ratios.append(mine / its)
            _say(f"{audience.name:34} {_ms(mine)} {_ms(its)} {ratios[-1]:6.2f}")
        _say(
            f"median {statistics.median(ratios):.2f} (aim 1.15), worst {max(ratios):.2f} (aim 1.5)"
        )

    def eight_conditions(self) -> None:
        one, eight = self._medians(self._compiled(ONE), self._compiled(EIGHT))
        _say(f"eight conditions on one event against one: {eight / one:.2f} (aim 1.5)")

    def counts(self) -> None:
        for name, query in (("three", SEVERAL), ("eight", EIGHT)):
            bound = bind(query, CATALOG)
            table = compile_counts(bound, self.database, AS_OF).table
            plain, all_counts = self._medians(
                self._compiled(query), self._sql(*statement(table, texts_of(bound)))
            )
            _say(f"counts of each of {name} against the reach: {all_counts / plain:.2f} (aim 1.6)")

    def an_edit(self) -> None:
        """One of eight conditions changes; whole counts, from text to numbers."""
        runner = Runner(self.database)
        runner.preview(bind(EIGHT, CATALOG), as_of=AS_OF)
        totals = count(1000)

        def edited() -> None:
            query = EIGHT.replace("> 10)", f"> {next(totals) / 100})")
            runner.preview(bind(query, CATALOG), as_of=AS_OF)

        def full() -> None:
            Runner(self.database).preview(bind(EIGHT, CATALOG), as_of=AS_OF)

        edit, whole = self._medians(edited, full)
        _say(
            f"a count after an edit of one of eight against a full one: {edit / whole:.2f} (aim 0.5)"
        )

    def overhead(self) -> None:
        added = []
        for audience in AUDIENCES:
            bound = bind(audience.query, CATALOG)
            table = compile_counts(bound, self.database, AS_OF).table
            execute = self._sql(*statement(table, texts_of(bound)))
            whole, engine = self._medians(
                lambda query=audience.query: Runner(self.database).preview(
                    bind(query, CATALOG), as_of=AS_OF
                ),
                execute,
            )
            added.append(whole - engine)
        _say(
            f"reading, checking, compiling, fetching add {_ms(statistics.median(added))} (worst {_ms(max(added))}, aim 60 ms)"
        )

    def growth(self, large: Bench, factor: float) -> None:
        grown = []
        for audience in AUDIENCES:
            small, big = (
                each._medians(each._compiled(audience.query))[0] for each in (self, large)
            )
            grown.append(big / small)
        _say(
            f"{factor:.0f} times the events take {statistics.median(grown):.1f} times as long (worst {max(grown):.1f})"
        )

    def _compiled(self, query: str) -> Callable[[], object]:
        """Runs the reach of a query, compiled beforehand."""
        bound = bind(query, CATALOG)
        table = compile_members(bound, self.database, AS_OF)
        return self._sql(*statement(table.count().as_table(), texts_of(bound)))

    def _sql(self, sql: str, values: list[str]) -> Callable[[], object]:
        return lambda: self.connection.execute(sql, values).fetchall()

    def _medians(self, *tasks: Callable[[], object]) -> list[float]:
        """Seconds that each task takes; they take turns, so that a busy moment hits them alike."""
        times: list[list[float]] = [[] for _ in tasks]
        for task in tasks:
            task()
        for _ in range(self.runs):
            for task, seconds in zip(tasks, times, strict=True):
                start = perf_counter()
                task()
                seconds.append(perf_counter() - start)
        return [statistics.median(each) for each in times]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:7.1f} ms"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
