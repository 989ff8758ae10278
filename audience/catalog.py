"""What fields there are: the events, properties and traits that a workspace really has.

A catalog is a value: made by `workspace/` from data and tracking plan, read by everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

FieldType = Literal["text", "number", "boolean", "date", "timestamp", "list"]
Owner = Literal["user", "account"]
FieldOrigin = Literal["system", "custom"]
AudienceType = Literal["users", "accounts"]


@dataclass(frozen=True)
class Seen:
    """How a field occurs in the data. All None or 0 in a workspace that has only a plan."""

    count: int = 0  # rows in which it is set
    last: datetime | None = None  # newest event that carries it; None for traits without dates
    active: bool = False


@dataclass(frozen=True)
class ValueStats:
    """What is known of a field's values."""

    values: tuple[str, ...] = ()  # most frequent first, or as the plan enumerates them
    complete: bool = False  # `values` are all there are
    distinct: int = 0
    minimum: str | None = None  # numbers, dates and timestamps, as text
    maximum: str | None = None
    personal: bool = False  # e-mail, phone, name, address: sample values never leave the machine


@dataclass(frozen=True)
class PropertyField:
    event: str  # the event's name
    name: str
    column: str
    type: FieldType
    description: str = ""
    origin: FieldOrigin = "custom"
    seen: Seen = Seen()
    stats: ValueStats = ValueStats()

    kind = "property"


@dataclass(frozen=True)
class TraitField:
    name: str
    column: str
    type: FieldType
    owner: Owner = "user"
    description: str = ""
    origin: FieldOrigin = "custom"
    seen: Seen = Seen()
    stats: ValueStats = ValueStats()

    kind = "trait"


@dataclass(frozen=True)
class EventField:
    name: str  # event_text: "Order Completed"
    table: str  # the slug: "order_completed"
    properties: tuple[PropertyField, ...] = ()
    description: str = ""
    origin: FieldOrigin = "custom"
    seen: Seen = Seen()
    has_sources: bool = False  # the table has event_source_id
    most: int | None = None  # rows that any one user has at the most, where that is known

    kind = "event"

    @cached_property
    def _by_name(self) -> Mapping[str, PropertyField]:
        by_column = {each.column: each for each in self.properties}
        return by_column | {each.name: each for each in self.properties}

    def property(self, name: str) -> PropertyField | None:
        """The property called `name`, by the plan's key or by its column."""
        return self._by_name.get(name)


Field = EventField | PropertyField | TraitField


@dataclass(frozen=True)
class SavedAudience:
    """A saved audience as the language sees it: `trait('<key>') = 'true'` is membership."""

    key: str
    name: str
    query: str
    type: AudienceType = "users"
    kind: Literal["dynamic", "dynamic_plus"] = "dynamic_plus"
    description: str = ""


@dataclass(frozen=True)
class Catalog:
    """All fields of a workspace, its saved audiences, and the settings that the language needs."""

    events: tuple[EventField, ...] = ()
    user_traits: tuple[TraitField, ...] = ()
    account_traits: tuple[TraitField, ...] = ()
    has_data: bool = True  # False: a plan only; reach is None
    has_accounts: bool = False
    timezone: str = "UTC"
    currency: str = "USD"
    lookback_days: int | None = None
    glossary: Mapping[str, str] = field(default_factory=dict)  # term → query text
    audiences: tuple[SavedAudience, ...] = ()

    @cached_property
    def _events(self) -> Mapping[str, EventField]:
        return {each.table: each for each in self.events} | {
            each.name: each for each in self.events
        }

    @cached_property
    def _traits(self) -> Mapping[Owner, Mapping[str, TraitField]]:
        def by_name(traits: tuple[TraitField, ...]) -> Mapping[str, TraitField]:
            return {each.column: each for each in traits} | {each.name: each for each in traits}

        return {"user": by_name(self.user_traits), "account": by_name(self.account_traits)}

    @cached_property
    def _audiences(self) -> Mapping[str, SavedAudience]:
        return {each.key: each for each in self.audiences}

    def event(self, name: str) -> EventField | None:
        return self._events.get(name)

    def trait(self, name: str, owner: Owner = "user") -> TraitField | None:
        return self._traits[owner].get(name)

    def audience(self, key: str) -> SavedAudience | None:
        """The saved audience with this key. A trait of the same name wins over it."""
        return self._audiences.get(key)

    def fields(self) -> Iterator[Field]:
        """Every event with its properties, then every trait of users, then of accounts."""
        for event in self.events:
            yield event
            yield from event.properties
        yield from self.user_traits
        yield from self.account_traits

    def with_audiences(self, audiences: tuple[SavedAudience, ...]) -> Catalog:
        return replace(self, audiences=audiences)
