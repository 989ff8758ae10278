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
from audience.wording import is_duration

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


_TROUBLES = ("refund", "cancel", "cancel_order", "bounce", "support", "unsubscribe")


@dataclass(frozen=True)
class MainEvent:
    """What people come for: buying, where there is such an event, and the money in it."""

    event: EventField
    money: PropertyField | None
    is_purchase: bool


def usable_traits(catalog: Catalog) -> tuple[TraitField, ...]:
    """Traits that part people into groups: no identifiers, nothing personal or sensitive."""
    return tuple(each for each in catalog.user_traits if usable(each))


def usable_properties(event: EventField) -> tuple[PropertyField, ...]:
    """Properties with a few values, of which segments are told apart in words."""
    return tuple(each for each in event.properties if each.type == "text" and usable(each))


def usable(field: TraitField | PropertyField) -> bool:
    """Whether a field parts people into groups that may be spoken of.

    Not one that tells one person from another, is free text, is the same for all, or is sensitive.
    """
    from audience.english.guards.sensitive import sensitive_field, sensitive_topic

    stats = field.stats
    if stats.personal or not field.seen.count or _words(field.name) & _kinds()["never"]:
        return False
    if sensitive_field(field) is not None:
        return False
    if field.type == "boolean":
        return stats.distinct != 1
    if field.type == "number":
        return stats.distinct > 2 and not _counts_up(field)
    if field.type not in ("text", "list") or not 2 <= stats.distinct <= MOST_VALUES:
        return False
    return not any(sensitive_topic(value) for value in stats.values)


def adds_up(property: PropertyField) -> bool:
    """Whether a sum over many events says something of a person."""
    summable = property.type == "number" and not _words(property.name) & _kinds()["no_sum"]
    return summable and usable(property)


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


def usable_dates(catalog: Catalog) -> tuple[TraitField, ...]:
    """Dates of what a person did: a date of birth, or one that lies ahead, is not among them."""
    from audience.english.guards.sensitive import sensitive_field

    return tuple(
        each
        for each in catalog.user_traits
        if each.type in ("date", "timestamp")
        and each.seen.count
        and not each.stats.personal
        and not _words(each.name) & _kinds()["never"]
        and sensitive_field(each) is None
    )


def told_events(catalog: Catalog) -> tuple[EventField, ...]:
    """The active events that are seen most: those that segments are told apart by. None is sensitive."""
    from audience.english.guards.sensitive import sensitive_field

    active = [each for each in catalog.events if each.seen.active and not sensitive_field(each)]
    return tuple(sorted(active, key=lambda each: (-each.seen.count, each.name))[:MOST_EVENTS])


def troubles(catalog: Catalog) -> tuple[EventField, ...]:
    """Events that are a nuisance to those whom they happen to."""
    roles = lexicon_of(catalog, {}).roles
    found = [
        each.field
        for role in _TROUBLES
        for each in roles.get(role, ())
        if isinstance(each.field, EventField) and each.field.seen.active
    ]
    return tuple(dict.fromkeys(found))


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
        and not is_duration(each.field)
    ]
    return found[0] if found else None


def _counts_up(field: TraitField | PropertyField) -> bool:
    """Whole numbers of which no two people have the same: an identifier, whatever it is called."""
    stats = field.stats
    whole = "." not in f"{stats.minimum}{stats.maximum}"
    return whole and stats.distinct > 100 and stats.distinct >= 0.98 * field.seen.count


def _words(name: str) -> frozenset[str]:
    return frozenset(stem(word.casefold()) for word in name_words(name))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("kinds.yaml").read_text("utf-8")
    return {name: frozenset(map(stem, words)) for name, words in yaml.safe_load(text).items()}
