"""The fields that a condition is about, and the words that may stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from audience.catalog import EventField
from audience.english.lexicon import Lexicon
from audience.english.schema import Entry, likeness, roles
from audience.query import Comparison, Events, Literal, Node, Property, Trait, children


def entries_of(tree: Node, lexicon: Lexicon) -> list[Entry]:
    """The events, properties and traits that a tree names."""
    return list(_entries(tree, lexicon, None))


def _entries(node: Node, lexicon: Lexicon, event: Entry | None) -> Iterator[Entry]:
    if isinstance(node, Events):
        event = lexicon.by_event.get(node.name)
        if event is not None:
            yield event
    elif isinstance(node, Trait):
        yield from (
            each for each in (*lexicon.users, *lexicon.accounts) if each.field.name == node.name
        )
    elif isinstance(node, Property) and event is not None:
        held = event.properties.get(node.name)
        if held is not None:
            yield held
    events = getattr(node, "events", None)
    below = lexicon.by_event.get(events.name) if isinstance(events, Events) else None
    for child in children(node):
        yield from _entries(child, lexicon, below or event)


def values_of(nodes: Iterable[Node]) -> set[str]:
    """The values that conditions compare with, as text."""
    return {
        str(each.value)
        for node in nodes
        if isinstance(node, Comparison)
        for each in node.values
        if isinstance(each, Literal)
    }


def asks_for_none(node: Comparison) -> bool:
    """Whether it is held against 0: nothing of the kind happened."""
    return any(isinstance(each, Literal) and each.value == 0 for each in node.values)


def means(stem: str, entry: Entry) -> bool:
    """Whether a word may stand for the field: of its name, its description, or what it is for."""
    is_event = isinstance(entry.field, EventField)
    asked = (word for role in (entry.role, *entry.also) for word in _said_of(role, is_event))
    return any(likeness(stem, each) for each in (*entry.words, *entry.about, *asked))


def says_role(stem: str, entry: Entry) -> bool:
    """Whether the word asks for what the field is for: "bought" of an order."""
    is_event = isinstance(entry.field, EventField)
    return any(stem in _said_of(role, is_event) for role in (entry.role, *entry.also))


def tells(stem: str, entry: Entry) -> bool:
    """Whether the field is called so, or described in that very word."""
    return stem in entry.about or any(likeness(stem, each) for each in entry.words)


@cache
def _said_of(role: str | None, event: bool) -> frozenset[str]:
    """The words that ask for a role."""
    kinds = ("events",) if event else ("properties", "traits")
    return frozenset(
        word
        for kind in kinds
        for each in roles(kind)
        if each.name == role
        for phrase in (*each.says, each.nouns)
        for word in phrase
    )
