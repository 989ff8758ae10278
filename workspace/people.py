"""People as columns of numbers: what segments are found in.

One row for each person of a base, or of a sample of it where there are many. Everything is added up
by the engine; only the columns asked for are fetched, never an event. Times are whole days before
`as_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from audience.bound import Bound
from audience.catalog import EventField, PropertyField, TraitField

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from workspace.database import Database

    Numbers = NDArray[numpy.float64]
    Flags = NDArray[numpy.bool_]

WINDOWS = (30, 90, 180, 365)
YEAR = 365
_GRAIN = 16**6  # as many parts a sample can be told apart by


@dataclass(frozen=True)
class Wanted:
    """What to fetch: traits; events; sums and values of their properties; conditions that may hold."""

    traits: tuple[TraitField, ...] = ()
    events: tuple[EventField, ...] = ()
    sums: tuple[PropertyField, ...] = ()
    values: Mapping[PropertyField, tuple[str, ...]] = field(default_factory=dict)
    conditions: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Done:
    """How often each person did something in the last days of each window, and in all.

    `last` is the number of days since; NaN where it never happened. `sums` are of a property over a
    year, by its name; NaN where there is nothing to add up. `values` count a year's events by the value
    of a property.
    """

    within: Mapping[int, Numbers]
    ever: Numbers
    last: Numbers
    sums: Mapping[str, Numbers] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Numbers] = field(default_factory=dict)


@dataclass(frozen=True)
class People:
    """Columns of one length. `share` of the base is in the sample: 1 where it holds everybody.

    Traits hold text, numbers (days before as_of for dates), or None; a list keeps its text.
    """

    size: int
    share: float
    traits: Mapping[str, Sequence[Any]]
    events: Mapping[str, Done]
    holds: tuple[Flags, ...]


def people_of(
    database: Database,
    base: Bound | None,
    as_of: datetime,
    wanted: Wanted,
    *,
    everybody: int,
    most: int,
    seed: int,
) -> People:
    """Columns for the people of `base` (everybody without one), who are `everybody` in number.

    Of more than `most`, about as many are sampled, by a digest of their ids and the seed: the same
    for the same seed, on every engine. Raises `workspace.database.DatabaseError`.
    """
    reader = _Reader(
        database, base, as_of.astimezone(UTC), min(1.0, most / max(everybody, 1)), seed
    )
    return reader.read(wanted)


class _Reader:
    def __init__(
        self, database: Database, base: Bound | None, as_of: datetime, share: float, seed: int
    ) -> None:
        self._database = database
        self._base = base
        self._as_of = as_of
        self._share = share
        self._seed = seed

    def read(self, wanted: Wanted) -> People:
        from audience.compiler import compile_members

        users = self._people()
        columns = {f"trait{n}": self._trait(users, each) for n, each in enumerate(wanted.traits)}
        rows = self._rows(users.select("id", **columns))
        rows.sort(key=lambda row: str(row[0]))
        place = {row[0]: number for number, row in enumerate(rows)}
        traits = {
            each.name: [row[number + 1] for row in rows]
            for number, each in enumerate(wanted.traits)
        }
        events = {event.name: self._event(event, wanted, place) for event in wanted.events}
        holds = []
        for bound in wanted.conditions:
            members = compile_members(bound, self._database, self._as_of)
            inside = self._database.rows(members.semi_join(users, "id"), self._texts(bound))
            flags = _zeros(len(rows)) > 0
            for (id,) in inside:
                if id in place:
                    flags[place[id]] = True
            holds.append(flags)
        return People(len(rows), self._share, traits, events, tuple(holds))

    def _event(self, event: EventField, asked: Wanted, place: Mapping[str, int]) -> Done:
        import ibis

        table = self._database.event(event)
        table = table.filter(table["timestamp"] <= self._ago(0))
        if self._base is not None or self._share < 1:
            table = table.semi_join(self._people(), [("user_id", "id")])
        year = table["timestamp"] >= self._ago(YEAR)
        wanted: dict[str, Any] = {
            f"within{days}": (table["timestamp"] >= self._ago(days)).sum() for days in WINDOWS
        } | {"ever": table.count(), "last": table["timestamp"].max()}
        sums = [each for each in asked.sums if each.event == event.name]
        for number, each in enumerate(sums):
            amount = table[each.column].cast("float64")
            wanted[f"sum{number}"] = ibis.cases((year, amount), else_=None).sum()
        names: list[tuple[str, str]] = []
        texts: list[str] = []
        for property, listed in asked.values.items():
            if property.event != event.name:
                continue
            for value in listed:
                same = table[property.column].cast("string") == _text(value)
                wanted[f"value{len(names)}"] = (year & same).sum()
                names.append((property.name, value))
                texts.append(value)
        found = self._rows(table.group_by("user_id").aggregate(**wanted), texts)
        columns = {name: _zeros(len(place)) for name in wanted}
        for name in ("last", *(f"sum{number}" for number in range(len(sums)))):
            columns[name] += float("nan")
        now = self._as_of.replace(tzinfo=None)
        for id, *numbers in found:
            if id not in place:
                continue
            for (name, column), number in zip(columns.items(), numbers, strict=True):
                if number is not None:
                    column[place[id]] = _days(now, number) if name == "last" else float(number)
        return Done(
            within={days: columns[f"within{days}"] for days in WINDOWS},
            ever=columns["ever"],
            last=columns["last"],
            sums={each.name: columns[f"sum{number}"] for number, each in enumerate(sums)},
            values={name: columns[f"value{number}"] for number, name in enumerate(names)},
        )

    def _trait(self, users: Any, trait: TraitField) -> Any:
        column = users[trait.column]
        if trait.type == "number":
            return column.cast("float64")
        if trait.type in ("date", "timestamp"):
            moment = column.cast("timestamp")
            seconds = self._ago(0).epoch_seconds() - moment.epoch_seconds()
            return seconds.cast("float64") / 86_400
        return column.cast("string")

    def _people(self) -> Any:
        from audience.compiler import compile_members

        users = self._database.users()
        users = users.filter(users["id"].notnull())
        if self._base is not None:
            users = users.semi_join(compile_members(self._base, self._database, self._as_of), "id")
        if self._share >= 1:
            return users
        marked = _md5()(users["id"].cast("string") + f"#{self._seed}")
        return users.filter(marked.substr(0, 6) < f"{int(self._share * _GRAIN):06x}")

    def _ago(self, days: int) -> Any:
        import ibis

        moment = self._as_of - timedelta(days=days)
        return ibis.literal(moment.replace(tzinfo=None), type="timestamp")

    def _rows(self, table: Any, texts: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        return self._database.rows(table, frozenset((*self._texts(), *texts)))

    def _texts(self, *bounds: Bound) -> frozenset[str]:
        from audience.compiler import texts_of

        all_bounds = [*bounds, *([self._base] if self._base is not None else [])]
        return frozenset[str]().union(*(texts_of(each) for each in all_bounds))


def _md5() -> Callable[[Any], Any]:
    """The function that DuckDB, PostgreSQL and Spark all call so: hexadecimal digits of a text."""
    import ibis

    def md5(text: str) -> str: ...  # type: ignore[empty-body]

    function: Callable[[Any], Any] = ibis.udf.scalar.builtin(md5, signature=(("string",), "string"))
    return function


def _days(now: datetime, then: datetime) -> float:
    return (now - then.replace(tzinfo=None)).total_seconds() / 86_400


def _zeros(length: int) -> Any:
    import numpy

    return numpy.zeros(length)


def _text(text: str) -> Any:
    import ibis

    return ibis.literal(text, type="string")
