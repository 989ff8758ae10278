"""Which fields segments may be made of, and what each says of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.english.lexicon import lexicon_of
from audience.english.tokens import name_words, stem

Kind = Literal["geography", "demographics", "interests", "behaviours"]
MOST_VALUES = 60
MOST_EVENTS = 12
_KINDS: tuple[Kind, ...] = ("geography", "demographics", "interests")
_NO_LIFECYCLE = frozenset(
    [
        "receive",
        "open",
        "click",
        "bounce",
        "unsubscribe",
        "view",
        "search",
        "sign_in",
        "sign_up",
        "visit",
        "support",
        "install",
        "app_open",
        "refund",
        "cancel",
        "cancel_order",
        "remove_from_cart",
        "add_to_cart",
        "start_checkout",
        "review",
    ]
)


@dataclass(frozen=True)
class MainEvent:
    """What people come for: buying, where there is such an event, and the money in it."""

    event: EventField
    money: PropertyField | None
    is_purchase: bool


def usable_traits(catalog: Catalog) -> tuple[TraitField, ...]:
    """Traits that part people into groups: no identifiers, nothing personal or sensitive."""
    return tuple(each for each in catalog.user_traits if _is_usable(each))


def usable_properties(event: EventField) -> tuple[PropertyField, ...]:
    """Properties with a few values, of which segments are told apart in words."""
    return tuple(each for each in event.properties if each.type == "text" and _is_usable(each))


def kind_of(field: TraitField | PropertyField) -> Kind:
    words = _words(field.name)
    return next((kind for kind in _KINDS if words & _kinds()[kind]), "behaviours")


def main_event(catalog: Catalog) -> MainEvent | None:
    """The event that says most about what a person is to the company; None where none occurs."""
    roles = lexicon_of(catalog, {}).roles
    active = [each for each in catalog.events if each.seen.active]
    bought = [
        (each.certainty, each.field)
        for each in roles.get("purchase", ())
        if isinstance(each.field, EventField) and each.field.seen.active
    ]
    if bought:
        _, event = max(
            bought,
            key=lambda each: (each[0], _money(each[1], catalog) is not None, each[1].seen.count),
        )
        return MainEvent(event, _money(event, catalog), True)
    passed = {
        each.field.name
        for role in _NO_LIFECYCLE
        for each in roles.get(role, ())
        if isinstance(each.field, EventField)
    }
    others = [each for each in active if each.name not in passed] or active
    if not others:
        return None
    event = max(others, key=lambda each: (each.seen.count, each.name))
    return MainEvent(event, _money(event, catalog), False)


def told_events(catalog: Catalog) -> tuple[EventField, ...]:
    """The active events that are seen most: those that segments are told apart by."""
    active = [each for each in catalog.events if each.seen.active]
    return tuple(sorted(active, key=lambda each: (-each.seen.count, each.name))[:MOST_EVENTS])


def age_trait(catalog: Catalog) -> TraitField | None:
    """The trait that holds the age in years."""
    found = [
        each.field
        for each in lexicon_of(catalog, {}).roles.get("age", ())
        if isinstance(each.field, TraitField)
        and each.field.owner == "user"
        and each.field.type == "number"
        and each.field.seen.count
    ]
    return found[0] if found else None


def _money(event: EventField, catalog: Catalog) -> PropertyField | None:
    found = [
        each.field
        for each in lexicon_of(catalog, {}).roles.get("money", ())
        if isinstance(each.field, PropertyField)
        and each.field.event == event.name
        and each.field.type == "number"
        and each.field.seen.count
    ]
    return found[0] if found else None


def _is_usable(field: TraitField | PropertyField) -> bool:
    from audience.english.guards.sensitive import sensitive_field

    stats = field.stats
    if stats.personal or not field.seen.count or _words(field.name) & _kinds()["never"]:
        return False
    if sensitive_field(field) is not None:
        return False
    if field.type == "boolean":
        return True
    if field.type == "number":
        return stats.distinct > 2
    return field.type in ("text", "list") and 2 <= stats.distinct <= MOST_VALUES


def _words(name: str) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for word in name_words(name))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("kinds.yaml").read_text("utf-8")
    return {name: frozenset(map(stem, words)) for name, words in yaml.safe_load(text).items()}
