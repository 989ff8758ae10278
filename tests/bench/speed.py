"""How fast compiled audiences run: ratios on DuckDB, measured in one run. `make bench`.

    python -m tests.bench.speed [--events N] [--large N] [--runs N] [--folder DIR]

Writes tables to standard output, the last with every figure beside its aim: once by the clock, and once
of processor time, which says more where other programs take turns on the same cores. Nothing here is a
test: ratios depend on the machine's mood.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.compiler import compile_counts, compile_members, texts_of
from audience.validator import bind
from evals.timing import Took
from tests.bench.questions import AUDIENCES, EIGHT, FUNNEL, ONE, SEVERAL
from tests.bench.tables import say
from tests.bench.tables import table as show_table
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
    parser.add_argument("--large", type=int, default=10_000_000, help="for how time grows; 0: not")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--folder", type=Path, help="keep the data here, and use what is there")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        bench = Bench(_made(folder, options.events), options.runs)
        rows = [*bench.rows()]
        if options.large:
            large = Bench(_made(folder, options.large), max(3, options.runs // 2))
            rows += large.against_hand_written_sql()
            rows += [large.eight_conditions(), *large.counts(), large.an_edit(), large.overhead()]
            rows += bench.growth(large)
        head = ("measured", "median", "worst", "processors: median", "worst", "aim")
        show_table(head, [each.cells() for each in rows])
        say(f"memory of this process at its most: {_peak():.0f} MB")


@dataclass(frozen=True)
class Row:
    """One figure, of one audience or of several: ratios, or seconds, which are shown in milliseconds."""

    measured: str
    figures: Sequence[Took]
    aim: str
    seconds: bool = False

    def cells(self) -> tuple[str, ...]:
        clock = [each.clock for each in self.figures]
        processors = [each.processors for each in self.figures]
        return (self.measured, *self._of(clock), *self._of(processors), self.aim)

    def _of(self, figures: Sequence[float]) -> tuple[str, str]:
        shown = [
            _ms(each) if self.seconds else f"{each:.2f}"
            for each in (statistics.median(figures), max(figures))
        ]
        return (shown[0], shown[1] if len(figures) > 1 else "")


def _made(folder: Path, events: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{events}.duckdb"
    if not path.exists():  # in a process of its own: making data is no part of what is measured
        maker = get_context("spawn").Process(target=generate, args=(path, events))
        maker.start()
        maker.join()
        if maker.exitcode:
            raise SystemExit(f"The data of {events:,} events could not be made.")
    return path


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
        FROM range({rows}) t(i) ORDER BY user_id, timestamp, id
    """
    with duckdb.connect(str(path), config={"memory_limit": "1500MB"}) as connection:
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
        self.events = int(path.stem)
        self.database = _Watched(path, as_imported=True)
        self.connection = duckdb.connect(str(path), read_only=True)
        self.catalog = replace(CATALOG, events=tuple(map(self._as_imported, CATALOG.events)))
        self.runs = runs

    def rows(self) -> Iterator[Row]:
        yield from self.against_hand_written_sql()
        yield self.eight_conditions()
        yield self.a_funnel_beside_a_count()
        yield from self.counts()
        yield self.an_edit()
        yield self.overhead()

    def against_hand_written_sql(self) -> list[Row]:
        cells, ratios = [], list[Took]()
        for audience in AUDIENCES:
            compiled = self._compiled(audience.query)
            by_hand = self._sql(audience.sql.format(as_of=AS_OF_SQL), [])
            if compiled() != by_hand():
                raise SystemExit(f"{audience.name}: {compiled()} is not {by_hand()}")
            mine, its = self._medians(compiled, by_hand)
            ratios.append(mine / its)
            cells.append((audience.name, _ms(mine.clock), _ms(its.clock), *_both(ratios[-1])))
        head = (f"{self.events:,} events", "compiled", "by hand", "ratio", "processors: ratio")
        show_table(head, cells)
        name = f"compiled against hand-written SQL, {self.events:,} events"
        return [Row(name, ratios, "1.15, worst 1.5")]

    def eight_conditions(self) -> Row:
        one, eight = self._medians(self._compiled(ONE), self._compiled(EIGHT))
        name = f"eight conditions on one event against one, {self.events:,} events"
        return Row(name, [eight / one], "1.5")

    def a_funnel_beside_a_count(self) -> Row:
        """A count and a funnel over one event, against the two counted one after the other."""
        count, funnel, both = self._medians(
            *map(self._compiled, (ONE, FUNNEL, f"{ONE} AND {FUNNEL}"))
        )
        return Row(
            "a funnel and a count of its event against each alone", [both / (count + funnel)], "1"
        )

    def counts(self) -> Iterator[Row]:
        for name, query in (("three", SEVERAL), ("eight", EIGHT)):
            bound = bind(query, self.catalog)
            table = compile_counts(bound, self.database, AS_OF).table
            plain, all_counts = self._medians(
                self._compiled(query), self._sql(*statement(table, texts_of(bound)))
            )
            name = f"counts of each of {name} conditions against the reach"
            yield Row(f"{name}, {self.events:,} events", [all_counts / plain], "1.6")

    def an_edit(self) -> Row:
        """One of eight conditions changes; whole counts, from text to numbers."""
        runner = Runner(self.database)
        runner.preview(bind(EIGHT, self.catalog), as_of=AS_OF)
        totals = count(1000)

        def edited() -> None:
            query = EIGHT.replace("> 10)", f"> {next(totals) / 100})")
            runner.preview(bind(query, self.catalog), as_of=AS_OF)

        def full() -> None:
            Runner(self.database).preview(bind(EIGHT, self.catalog), as_of=AS_OF)

        edit, whole = self._medians(edited, full)
        name = f"a count after an edit of one of eight against a full one, {self.events:,} events"
        return Row(name, [edit / whole], "0.5")

    def overhead(self) -> Row:
        """A first count, from text to numbers, less what the engine takes of the very same count."""
        added = []
        for audience in AUDIENCES:
            times = []
            for _ in range(self.runs + 1):
                self.database.engine = Took(0, 0)
                start = Took.now()
                Runner(self.database).preview(bind(audience.query, self.catalog), as_of=AS_OF)
                times.append(start.since() - self.database.engine)
            added.append(_median(times[1:]))
        name = f"reading, checking, compiling and fetching add, {self.events:,} events"
        return Row(name, added, "60 ms", seconds=True)

    def growth(self, large: Bench) -> Iterator[Row]:
        """How many times as long it takes on the larger file, compiled and by hand."""
        times = large.events / self.events
        cells, mine, its = [], [], []
        for audience in AUDIENCES:
            tasks = [
                (
                    each._compiled(audience.query),
                    each._sql(audience.sql.format(as_of=AS_OF_SQL), []),
                )
                for each in (self, large)
            ]
            (small, by_hand), (big, big_by_hand) = (large._medians(*each) for each in tasks)
            mine.append(big / small)
            its.append(big_by_hand / by_hand)
            cells.append((audience.name, *_both(mine[-1]), *_both(its[-1])))
        head = ("compiled", "processors", "by hand", "processors")
        show_table((f"{times:.0f} times the events take", *head), cells)
        yield Row(
            f"{times:.0f} times the events take so many times as long", mine, f"{times * 1.1:.0f}"
        )
        yield Row("  the same of SQL written by hand", its, "")

    def _compiled(self, query: str) -> Callable[[], object]:
        """Runs the reach of a query, compiled beforehand."""
        bound = bind(query, self.catalog)
        table = compile_members(bound, self.database, AS_OF)
        return self._sql(*statement(table.count().as_table(), texts_of(bound)))

    def _sql(self, sql: str, values: list[str]) -> Callable[[], object]:
        return lambda: self.connection.execute(sql, values).fetchall()

    def _as_imported(self, event: EventField) -> EventField:
        """What an import finds out about an event."""
        query = f"SELECT max(n) FROM (SELECT count(*) AS n FROM {event.table} GROUP BY user_id)"  # noqa: S608
        ((most,),) = self.connection.execute(query).fetchall()
        query = f"SELECT category FROM {event.table} GROUP BY 1 ORDER BY count(*) DESC, 1"  # noqa: S608
        values = tuple(each for (each,) in self.connection.execute(query).fetchall())
        stats = ValueStats(values, complete=True, distinct=len(values))
        properties = [
            replace(each, stats=stats) if each.name == "category" else each
            for each in event.properties
        ]
        return replace(event, most=most, properties=tuple(properties))

    def _medians(self, *tasks: Callable[[], object]) -> list[Took]:
        """What each task takes; they take turns, so that a busy moment hits them alike."""
        times: list[list[Took]] = [[] for _ in tasks]
        for task in tasks:
            task()
        for _ in range(self.runs):
            for task, seconds in zip(tasks, times, strict=True):
                start = Took.now()
                task()
                seconds.append(start.since())
        return [_median(each) for each in times]


class _Watched(DuckDatabase):
    """A database that adds up what its engine takes."""

    engine = Took(0, 0)

    def _executed(self, sql: str, values: list[str]) -> Any:
        start = Took.now()
        cursor = super()._executed(sql, values)
        self.engine += start.since()
        return cursor


def _median(times: Sequence[Took]) -> Took:
    return Took(
        statistics.median(each.clock for each in times),
        statistics.median(each.processors for each in times),
    )


def _both(took: Took) -> tuple[str, str]:
    return f"{took.clock:.2f}", f"{took.processors:.2f}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
