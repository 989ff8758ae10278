"""People (or accounts) one at a time: who there is, their traits, and what a user did last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from audience.bound import Bound
from audience.catalog import AudienceType, Catalog, EventField
from audience.problems import MusterError

if TYPE_CHECKING:
    from workspace.database import Database


MOST_WORDS = 6
SHORTEST_PART = 3  # letters of a word that is looked for inside of values


class UnknownId(MusterError):
    """There is no user, or no account, with this id."""

    code = "unknown_id"

    def __init__(self, id: str, type: AudienceType) -> None:
        kind = "user" if type == "users" else "account"
        super().__init__(f"There is no {kind} with the id “{id[:80]}” in this workspace.")


@dataclass(frozen=True)
class Profile:
    """A user or an account; trait values are texts, numbers, booleans, ISO dates, or None."""

    id: str
    traits: Mapping[str, Any]


@dataclass(frozen=True)
class EventSeen:
    """One event of a user with the properties that are set; `timestamp` is ISO, in UTC."""

    event: str
    timestamp: str
    properties: Mapping[str, Any]


def sample(database: Database, bound: Bound, *, limit: int, as_of: datetime) -> tuple[Profile, ...]:
    """The first `limit` members by id, with the traits that the audience compares."""
    from audience.compiler import compile_sample, texts_of

    table, traits = compile_sample(bound, database, as_of, limit)
    columns = ["id", *traits.values()]
    names = [node.name for node in traits]
    rows = database.rows(table.select(*columns), texts_of(bound))
    return tuple(_profile(row, names) for row in sorted(rows))


def browse(
    database: Database, catalog: Catalog, type: AudienceType, *, after: str = "", limit: int = 20
) -> tuple[Profile, ...]:
    """The first `limit` users (or accounts) whose id is greater than `after`, with all their traits."""
    import ibis

    table, names = _subjects(database, catalog, type)
    page = table.filter(table["id"] > ibis.literal(after, type="string"))
    rows = database.rows(page.order_by("id").limit(limit), {after})
    return tuple(_profile(row, names) for row in rows)


def search(
    database: Database, catalog: Catalog, type: AudienceType, text: str, *, limit: int = 20
) -> tuple[Profile, ...]:
    """Users (or accounts) by id, of whom each word of `text` stands in the id or in a text trait.

    Of a word of one or two letters, which stands in too many, an id begins with it or a value is it.
    The traits that have one of the words come first.
    """
    import ibis

    from audience.compiler.comparators import all_of, any_of

    words = text.lower().split()[:MOST_WORDS]
    table, names = _subjects(database, catalog, type)
    traits = catalog.user_traits if type == "users" else catalog.account_traits
    texts = [f"trait_{number}" for number, each in enumerate(traits) if each.type == "text"]

    def has(word: str) -> Any:
        sought = ibis.literal(word, type="string")
        values = [table[name].lower() for name in texts]
        id = table["id"].lower()
        if len(word) < SHORTEST_PART:
            return any_of([id.startswith(sought), *(value == sought for value in values)])
        return any_of([each.contains(sought) for each in (id, *values)])

    page = table.filter(all_of([has(word) for word in words])).order_by("id").limit(limit)
    found = (_profile(row, names) for row in database.rows(page, set(words)))
    return tuple(_told(each, words) for each in found)


def profile(database: Database, catalog: Catalog, type: AudienceType, id: str) -> Profile:
    """One user or account with all its traits. Raises UnknownId."""
    import ibis

    table, names = _subjects(database, catalog, type)
    rows = database.rows(table.filter(table["id"] == ibis.literal(id, type="string")), {id})
    if not rows:
        raise UnknownId(id, type)
    return _profile(rows[0], names)


def recent_events(
    database: Database, catalog: Catalog, id: str, *, limit: int = 20, as_of: datetime
) -> tuple[EventSeen, ...]:
    """What a user did last, newest first: at most `limit` events of all names together."""
    times: list[tuple[datetime, EventField, tuple[Any, ...]]] = []
    for event in catalog.events:
        times += [(row[0], event, row[1:]) for row in _last(database, event, id, limit, as_of)]
    newest = sorted(times, key=lambda each: each[0], reverse=True)[:limit]
    return tuple(
        EventSeen(event.name, shown(at), _set(event, values)) for at, event, values in newest
    )


def shown(value: Any) -> Any:
    """A value of the engine as JSON has it."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case float():
            return value if isfinite(value) else None
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
    return str(value)


def _set(event: EventField, values: Iterable[Any]) -> dict[str, Any]:
    named = zip((each.name for each in event.properties), map(shown, values), strict=True)
    return {name: value for name, value in named if value is not None}


def _profile(row: Iterable[Any], names: Iterable[str]) -> Profile:
    id, *values = row
    return Profile(id, {name: shown(value) for name, value in zip(names, values, strict=True)})


def _told(profile: Profile, words: Iterable[str]) -> Profile:
    """With the traits first in which a word stands."""
    traits = profile.traits
    first = [
        name
        for name, value in traits.items()
        if isinstance(value, str) and any(word in value.lower() for word in words)
    ]
    return Profile(profile.id, {name: traits[name] for name in (*first, *traits)})


def _subjects(database: Database, catalog: Catalog, type: AudienceType) -> tuple[Any, list[str]]:
    """All users or accounts, `id` first, then a column per trait; and the traits' names."""
    from audience.compiler.job import as_text, column

    source = database.users() if type == "users" else database.accounts()
    traits = catalog.user_traits if type == "users" else catalog.account_traits
    columns = {
        f"trait_{number}": column(source, each.column, each.type)
        for number, each in enumerate(traits)
    }
    table = source.filter(source["id"].notnull()).select(id=as_text(source["id"]), **columns)
    return table, [each.name for each in traits]


def _last(
    database: Database, event: EventField, id: str, limit: int, as_of: datetime
) -> list[tuple[Any, ...]]:
    """The time and the properties of a user's newest events of one name."""
    import ibis

    from audience.compiler.comparators import instant
    from audience.compiler.job import as_text, column

    table = database.event(event)
    at = table["timestamp"]
    mine = table.filter(
        as_text(table["user_id"]) == ibis.literal(id, type="string"), at <= instant(at, as_of)
    )
    columns = {
        f"property_{n}": column(table, each.column, each.type)
        for n, each in enumerate(event.properties)
    }
    newest = mine.select(at=at, event_id=as_text(table["id"]), **columns).order_by(
        ibis.desc("at"), ibis.desc("event_id")
    )
    return database.rows(newest.drop("event_id").limit(limit), {id})
