"""What people have now, where only events keep it: a balance after each change, the levels reached.

It is read as if it were known of people, and written as the last, or the highest, that the event told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.english.tokens import name_words, stem
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Events,
    Method,
    Node,
    Property,
    Reducer,
    Trait,
    transformed,
)

States = Mapping[str, Aggregate]


def with_states(catalog: Catalog) -> tuple[Catalog, States]:
    """The catalog with such states as traits of people, and what each of these stands for."""
    known = [frozenset(map(stem, name_words(each.name))) for each in catalog.user_traits]
    found: dict[str, Aggregate] = {}
    traits: list[TraitField] = []
    for event in catalog.events:
        for each in event.properties:
            told = _told(event, each)
            if told is None:
                continue
            name, method = told
            words = frozenset(map(stem, name_words(name)))
            if name in found or any(words <= others or others <= words for others in known):
                continue
            found[name] = Aggregate(Events(event.name, ()), Reducer(method, Property(each.name)))
            traits.append(TraitField(name, name, each.type, seen=each.seen, stats=each.stats))
    if not traits:
        return catalog, {}
    return replace(catalog, user_traits=(*catalog.user_traits, *traits)), found


def _told(event: EventField, each: PropertyField) -> tuple[str, Method] | None:
    """What the state is called, and which of those that were told it is."""
    words = [word for word in name_words(each.name) if word not in _AFTER]
    of = name_words(event.name)
    held = words[-1:] and words[-1] in _HELD and {*words} == {*of[-1 - len(words) : -1]}
    if each.type == "text" and held and _CHANGED & set(of):
        changed = [word for word in of if word not in _CHANGING]
        return "_".join(changed), "last"  # the new tier of a loyalty tier that was updated
    if each.type != "number":
        return None
    if words[-1:] == ["balance"]:
        return "_".join(dict.fromkeys([*(w for w in of if w not in _CHANGING), *words])), "last"
    if words == ["level"] and set(of) & _RISING:
        return "_".join(dict.fromkeys([*(w for w in of if w not in _RISING), "level"])), "max"
    return None


def state_of(event: str, states: States) -> frozenset[str]:
    """The stems by which what the event tells of a moment is said; none where it tells no such thing."""
    names = [name for name, each in states.items() if each.events.name == event]
    return frozenset(stem(word) for name in names for word in (*name_words(name), *_RISING))


def as_told(tree: Boolean | None, states: States) -> Boolean | None:
    """The tree with each state as its event tells it."""
    if tree is None or not states:
        return tree

    def written(node: Node) -> Node:
        if isinstance(node, Comparison) and isinstance(node.left, Trait):
            state = states.get(node.left.name)
            return node if state is None else replace(node, left=state)
        return node

    return transformed(tree, written)


_AFTER = frozenset(
    ["new", "after", "current", "now", "remaining", "updated", "chosen", "selected", "to"]
)
_CHANGING = frozenset(
    ["updated", "update", "changed", "change", "switched", "daily", "weekly", "monthly", "snapshot", "adjusted", "refreshed",
     "recorded", "synced", "event", "new"]
)  # fmt: skip
_CHANGED = frozenset(["updated", "changed", "set", "switched"])
_HELD = frozenset(
    ["tier", "plan", "tariff", "level", "rank", "grade", "segment"]
)  # of which people have one
_RISING = frozenset(["reached", "up", "achieved", "attained", "gained", "advanced"])
