"""A small simulator: people, what is known of them, what they do, written as a workspace folder.

A workspace is a value (`World`); `write` is deterministic for a seed, so that every run of the
evaluation counts the same people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from workspace.snake_case import snake_case

Value = str | int | float | bool | date | datetime | None
Known = dict[str, Any]  # what is already known of a person, by the plan's key
Maker = Callable[[Random, Known], Value]

_JSON_TYPES: Mapping[str, dict[str, str]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "timestamp": {"type": "string", "format": "date-time"},
    "list": {"type": "array"},
}


@dataclass(frozen=True)
class Column:
    """One trait or property: the plan's key, its type, how a value is made, what the plan says."""

    key: str
    type: str
    make: Maker
    description: str = ""
    enum: tuple[str, ...] = ()
    pattern: bool = False  # the plan lists the values as `a|b|c`
    missing: float = 0.0  # share without a value


@dataclass(frozen=True)
class Happening:
    """One event: who does it at all, how often in a year, with which properties."""

    name: str
    share: float
    yearly: float
    properties: tuple[Column, ...] = ()
    description: str = ""
    after: tuple[str, float, float] | None = None  # follows another event: its name, chance, hours
    once: bool = False
    who: Callable[[Known], bool] | None = None  # only people of whom this holds do it


@dataclass(frozen=True)
class World:
    """All that a workspace folder is made from."""

    name: str
    seed: int
    as_of: datetime
    people: int
    traits: tuple[Column, ...]
    events: tuple[Happening, ...]
    settings: Mapping[str, Any]
    prefix: str = "u"
    accounts: int = 0
    members: float = 1.0  # share of the people who belong to an account
    account_traits: tuple[Column, ...] = ()
    history_days: int = 420
    inactive_plan: tuple[Happening, ...] = ()  # in the plan, never seen
    plan: bool = True  # with a tracking plan


@dataclass
class Person:
    id: str
    start: datetime
    end: datetime
    known: Known = field(default_factory=dict)
    account: str | None = None


def pick(*options: str | int, weights: Sequence[float] | None = None) -> Maker:
    return lambda rng, _: rng.choices(options, weights)[0]


def enumerated(
    key: str,
    values: Mapping[str, float],
    description: str = "",
    *,
    pattern: bool = False,
    missing: float = 0.0,
) -> Column:
    """A text of which the plan lists every value; `values` says how often each occurs."""
    make = pick(*values, weights=list(values.values()))
    return Column(key, "text", make, description, tuple(values), pattern, missing)


def yes_no(key: str, share: float, description: str, *, missing: float = 0.0) -> Column:
    """A flag kept as the letters Y and N; `share` says how often it is Y."""
    return enumerated(key, {"Y": share, "N": 1 - share}, description, missing=missing)


def whole(low: int, high: int) -> Maker:
    return lambda rng, _: rng.randint(low, high)


def money(low: float, high: float) -> Maker:
    """Amounts with two decimals, small ones more often."""
    return lambda rng, _: round(low + (high - low) * rng.random() ** 2.2, 2)


def chance(share: float) -> Maker:
    return lambda rng, _: rng.random() < share


def some_of(*options: str, most: int = 3) -> Maker:
    """A list as a Segment warehouse keeps it: the text `[a, b]`."""

    def make(rng: Random, _: Known) -> Value:
        return "[" + ", ".join(sorted(rng.sample(options, rng.randint(1, most)))) + "]"

    return make


def day_near(as_of: datetime, earliest: int, latest: int) -> Maker:
    """A date between `earliest` and `latest` days from as_of (negative: before)."""
    return lambda rng, _: as_of.date() + timedelta(days=rng.randint(earliest, latest))


def moment_before(as_of: datetime, days: int) -> Maker:
    return lambda rng, _: as_of - timedelta(seconds=int(days * 86_400 * rng.random() ** 1.6))


def birth_date(as_of: datetime, youngest: int, oldest: int) -> Maker:
    return lambda rng, _: (
        as_of.date() - timedelta(days=rng.randint(youngest * 365, oldest * 365 + 300))
    )


def first_day(_: Random, known: Known) -> Value:
    """The day of somebody's first moment here."""
    start: datetime = known["start"]
    return start.date()


def first_moment(_: Random, known: Known) -> Value:
    start: datetime = known["start"]
    return start


def last_moment(minutes: int, power: float) -> Maker:
    """When somebody was last here: up to `minutes` before their end, mostly nearer the higher `power` is."""

    def make(rng: Random, known: Known) -> Value:
        end: datetime = known["end"]
        return end - timedelta(minutes=int(minutes * rng.random() ** power))

    return make


def write(world: World, folder: Path) -> None:
    """Writes the whole workspace folder; about two seconds for 60,000 events."""
    rng = Random(world.seed)
    folder.mkdir(parents=True, exist_ok=True)
    accounts = _write_accounts(world, rng, folder) if world.accounts else {}
    people = [_person(world, rng, number, list(accounts)) for number in range(world.people)]
    for person in people:
        person.known["account"] = accounts.get(person.account or "", {})
        _fill(rng, world.traits, person.known)
    _write_table(
        folder / "users.parquet",
        [_column("id", "text"), *world.traits],
        [{"id": person.id, **person.known} for person in people],
    )
    if world.accounts:
        _write_table(
            folder / "groups.parquet",
            [_column("user_id", "text"), _column("group_id", "text")],
            [{"user_id": p.id, "group_id": p.account} for p in people if p.account],
        )
    _write_events(world, rng, folder, people)
    if world.plan:
        (folder / "tracking_plan.json").write_text(json.dumps(_plan(world), indent=1), "utf-8")
    _write_settings(world, folder)


def _column(key: str, type: str) -> Column:
    return Column(key, type, lambda rng, known: None)


def _fill(rng: Random, columns: Sequence[Column], known: Known) -> None:
    for column in columns:
        known[column.key] = None if rng.random() < column.missing else column.make(rng, known)


def _write_accounts(world: World, rng: Random, folder: Path) -> dict[str, Known]:
    accounts: dict[str, Known] = {}
    for number in range(world.accounts):
        known: Known = {"number": number}
        _fill(rng, world.account_traits, known)
        accounts[f"a{number:04d}"] = known
    rows = [{"id": key, **known} for key, known in accounts.items()]
    columns = [_column("id", "text"), *world.account_traits]
    _write_table(folder / "accounts.parquet", columns, rows)
    return accounts


def _person(world: World, rng: Random, number: int, accounts: Sequence[str]) -> Person:
    """Somebody with a first and a last day; a third of all are no longer active."""
    span = timedelta(days=world.history_days)
    start = world.as_of - span * rng.random() ** 0.7
    alive = rng.random() < 0.66
    end = world.as_of if alive else start + (world.as_of - start) * rng.random()
    # The last tenth of the accounts has nobody in it.
    belongs = bool(accounts) and (world.members >= 1 or rng.random() < world.members)
    account = rng.choice(accounts[: -max(1, len(accounts) // 10)]) if belongs else None
    return Person(f"{world.prefix}{number:05d}", start, end, {"start": start, "end": end}, account)


def _write_events(world: World, rng: Random, folder: Path, people: Sequence[Person]) -> None:
    happened: dict[str, list[tuple[Person, datetime, Known]]] = {}
    for event in world.events:
        rows = happened[event.name] = []
        if event.after is not None:
            parent, likely, hours = event.after
            for person, when, known in happened[parent]:
                if rng.random() < likely:
                    at = when + timedelta(seconds=int(hours * 3_600 * rng.random() ** 2) + 60)
                    rows.append((person, at, dict(known)))
        for person in people:
            if event.who is None or event.who(person.known):
                rows.extend((person, at, {}) for at in _moments(event, rng, person))
        rows[:] = [row for row in rows if row[1] <= world.as_of]
        for person, at, known in rows:
            context = {**person.known, **known, "at": at}
            for column in event.properties:
                if column.key in known and rng.random() < 0.8:
                    continue  # what follows is mostly about the same thing
                known[column.key] = (
                    None if rng.random() < column.missing else column.make(rng, context)
                )
                if column.key not in person.known:
                    context[column.key] = known[column.key]
        rows.sort(key=lambda row: (row[0].id, row[1]))
        _write_event(folder, event, rows)


def _moments(event: Happening, rng: Random, person: Person) -> list[datetime]:
    if rng.random() >= event.share:
        return []
    length = person.end - person.start
    if event.once:
        return [person.start + timedelta(minutes=rng.randint(0, 90))]
    expected = event.yearly * (length.days + 1) / 365 * rng.gammavariate(1.3, 1 / 1.3)
    count = int(expected) + (rng.random() < expected % 1)
    return sorted(
        person.start + timedelta(seconds=int(length.total_seconds() * rng.random()))
        for _ in range(count)
    )


def _write_event(
    folder: Path, event: Happening, rows: Sequence[tuple[Person, datetime, Known]]
) -> None:
    table = snake_case(event.name)
    columns = [
        _column("id", "text"),
        _column("user_id", "text"),
        _column("timestamp", "timestamp"),
        _column("event", "text"),
        _column("event_text", "text"),
        *event.properties,
    ]
    records = [
        {
            **known,
            "id": f"{table}-{number}",
            "user_id": person.id,
            "timestamp": at,
            "event": table,
            "event_text": event.name,
        }
        for number, (person, at, known) in enumerate(rows)
    ]
    _write_table(folder / f"{table}.parquet", columns, records)


def _write_table(path: Path, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "list": pa.string(),
    }
    table = pa.table(
        {
            snake_case(column.key): pa.array(
                [row.get(column.key) for row in rows], types[column.type]
            )
            for column in columns
        }
    )
    pq.write_table(table, path)


def _plan(world: World) -> dict[str, Any]:
    rules = [
        _rule("TRACK", event.name, event.description, "properties", event.properties)
        for event in (*world.events, *world.inactive_plan)
    ]
    rules.append(_rule("IDENTIFY", "", "", "traits", world.traits))
    if world.account_traits:
        rules.append(_rule("GROUP", "", "", "traits", world.account_traits))
    return {"rules": rules}


def _rule(
    type: str, key: str, description: str, part: str, columns: Sequence[Column]
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for column in columns:
        schema: dict[str, Any] = dict(_JSON_TYPES[column.type])
        if column.description:
            schema["description"] = column.description
        if column.enum:
            if column.pattern:
                schema["pattern"] = "|".join(column.enum)
            else:
                schema["enum"] = list(column.enum)
        fields[column.key] = schema
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {part: {"type": "object", "properties": fields}},
    }
    if description:
        schema["description"] = description
    return {"type": type, "key": key, "jsonSchema": schema, "version": 1}


def _write_settings(world: World, folder: Path) -> None:
    import yaml

    settings = {
        "name": world.name,
        "as_of": world.as_of.isoformat().replace("+00:00", "Z"),
        **world.settings,
    }
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (folder / "workspace.yaml").write_text(text, "utf-8")
