"""A workspace as flat attributes with filters on them: all that metadata filters know.

Translated as kindly as they allow: an event is an attribute that counts it and one that says how many
days ago it last happened; a property is one of the event's rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.text import plain, quoted
from tools.modelling.vocabulary import Vocabulary

Kind = Literal["string", "integer", "float", "boolean", "date"]
_SYMBOLS = {"eq": "=", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True)
class Attribute:
    name: str
    description: str
    kind: Kind
    field: EventField | PropertyField | TraitField
    days_ago: bool = False


def attributes(catalog: Catalog, accounts: bool) -> tuple[Attribute, ...]:
    return tuple(_attributes(catalog, accounts))


def about(field: TraitField | PropertyField) -> str:
    """What the plan says of a field, and its values where they may be shown."""
    values = Vocabulary("users").values_shown(field)
    shown = f" One of {', '.join(values)}." if values and field.type == "text" else ""
    return " ".join((field.description or field.name).split())[:80] + shown


def condition(attribute: Attribute, comparison: str, value: Any) -> str:
    """The comparison (`eq`, …, `in`, `nin`, `contain`) as text of our language.

    Raises `ValueError` for what this attribute cannot be asked.
    """
    field = attribute.field
    if isinstance(field, EventField):
        return _of_event(attribute, field, comparison, value)
    if isinstance(field, PropertyField):
        inner = _compared(f"property({quoted(field.name)})", comparison, value)
        return f"event({quoted(field.event)}).where({inner}).count() >= 1"
    return _compared(f"trait({quoted(field.name)})", comparison, value)


def _of_event(attribute: Attribute, field: EventField, comparison: str, value: Any) -> str:
    start = f"event({quoted(field.name)})"
    number = int(Decimal(str(value)))
    if not attribute.days_ago:
        return f"{start}.count() {_SYMBOLS[comparison]} {number}"
    if comparison in ("lt", "lte", "eq"):
        return f"{start}.within({number} days).count() >= 1"
    if comparison in ("gt", "gte"):
        return f"{start}.within({number} days).count() = 0"
    raise ValueError(comparison)


def _compared(start: str, comparison: str, value: Any) -> str:
    if comparison in ("in", "nin"):
        values = value if isinstance(value, list | tuple) else [value]
        method = "one_of" if comparison == "in" else "none_of"
        return f"{start}.{method}({', '.join(map(_value, values))})"
    if comparison in ("contain", "like"):
        return f"{start}.contains({quoted(str(value))})"
    return f"{start} {_SYMBOLS[comparison]} {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):  # a date, as LangChain parses it
        value = value.get("date", value)
    if isinstance(value, bool):
        return quoted(str(value).lower())
    if isinstance(value, int | float | Decimal):
        return plain(Decimal(str(value)))
    return quoted(str(value))


def _attributes(catalog: Catalog, accounts: bool) -> Iterator[Attribute]:
    traits: Sequence[TraitField] = catalog.account_traits if accounts else catalog.user_traits
    for trait in traits:
        yield Attribute(trait.name, about(trait), _kind(trait), trait)
    for event in catalog.events:
        told = event.description or event.name
        yield Attribute(f"{event.name} count", f"How often: {told}", "integer", event)
        last = f"How many days ago this last happened: {told}"
        yield Attribute(f"{event.name} days ago", last, "integer", event, days_ago=True)
        for each in event.properties:
            name = f"{event.name} {each.name}"
            yield Attribute(name, about(each), _kind(each), each)


def _kind(field: TraitField | PropertyField) -> Kind:
    match field.type:
        case "number":
            return "float"
        case "boolean":
            return "boolean"
        case "date" | "timestamp":
            return "date"
        case _:
            return "string"
