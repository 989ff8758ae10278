"""Which fields a query speaks of, as ids that a found field has too."""

from __future__ import annotations

from audience.catalog import EventField, Field, PropertyField
from audience.query import Aggregate, Boolean, Events, Node, Property, Trait, children


def id_of(field: Field) -> str:
    """`event:Order Completed`, `property:Order Completed/total`, `trait:plan`."""
    match field:
        case EventField():
            return f"event:{field.name}"
        case PropertyField():
            return f"property:{field.event}/{field.name}"
        case _:
            return f"trait:{field.name}"


def fields_of(root: Boolean) -> tuple[str, ...]:
    """The ids of all fields of a tree with the catalog's names, each once, from left to right."""
    found: list[str] = []
    _collect(root, (), found)
    return tuple(dict.fromkeys(found))


def _collect(node: Node, events: tuple[str, ...], found: list[str]) -> None:
    match node:
        case Trait(name=name):
            found.append(f"trait:{name}")
        case Property(name=name, of_parent=of_parent):
            owner = events[-2] if of_parent and len(events) > 1 else events[-1] if events else ""
            found.append(f"property:{owner}/{name}")
        case Events(name=name):
            found.append(f"event:{name}")
            for child in children(node):
                _collect(child, (*events, name), found)
        case Aggregate(events=Events(name=name) as source, reducer=reducer):
            _collect(source, events, found)
            _collect(reducer, (*events, name), found)
        case _:
            for child in children(node):
                _collect(child, events, found)
