"""Example prompts, made from the fields that a workspace has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from tools.context import ToolContext

F = TypeVar("F", TraitField, PropertyField)


@dataclass(frozen=True)
class Example:
    kind: Literal["did", "did not", "how often", "who they are", "what exactly", "together"]
    prompt: str


def examples(context: ToolContext) -> tuple[Example, ...]:
    """Show example prompts that work in this workspace, one of each kind."""
    return tuple(_examples(context.workspace.catalog))


def _examples(catalog: Catalog) -> Iterator[Example]:
    event = _most_seen(catalog)
    trait = _enumerated(catalog.user_traits)
    if event is not None:
        yield Example("did", f"Customers with {event.name} in the last 30 days")
        yield Example("did not", f"Customers without {event.name} in the last 90 days")
        yield Example(
            "how often", f"Customers with {event.name} at least 3 times in the last 90 days"
        )
        one = _enumerated(event.properties)
        if one is not None:
            value = one.stats.values[0]
            yield Example(
                "what exactly", f"Customers with {event.name} where {_words(one.name)} is {value}"
            )
    if trait is not None:
        value = trait.stats.values[0]
        yield Example("who they are", f"Customers whose {_words(trait.name)} is {value}")
        if event is not None:
            yield Example(
                "together",
                f"Customers whose {_words(trait.name)} is {value} with {event.name} in the last 30 days",
            )


def _most_seen(catalog: Catalog) -> EventField | None:
    """The event that most campaigns ask about: a system event before a custom one."""
    active = [each for each in catalog.events if each.seen.active] or list(catalog.events)
    if not active:
        return None
    return max(active, key=lambda each: (bool(_enumerated(each.properties)), each.seen.count))


def _enumerated(fields: tuple[F, ...]) -> F | None:
    """A field with a few known values that say something about people, not about one person."""
    few = [
        each
        for each in fields
        if each.type == "text"
        and each.stats.values
        and not each.stats.personal
        and each.stats.distinct <= 30
    ]
    return max(few, key=lambda each: (each.seen.active, each.seen.count), default=None)


def _words(name: str) -> str:
    return name.replace("_", " ")
