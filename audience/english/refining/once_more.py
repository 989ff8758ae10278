"""A change that points back at what was done: "but did not click it", "also in February"."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.english.frames import EventFrame
from audience.english.lexicon import lexicon_of
from audience.english.read import Read
from audience.english.reading import Request
from audience.english.shared import fits, has_value
from audience.english.times import event_filters
from audience.english.tree_edits import (
    aggregate_of,
    all_events,
    filtered,
    has_window,
    swapped,
    window_of,
    windowed,
)
from audience.query import (
    And,
    Boolean,
    Comparison,
    Events,
    Or,
    Property,
    Where,
    conditions,
    joined,
)

_POINTS = re.compile(r"\b(it|them|those|this one|that one)\W*$", re.IGNORECASE)
_IN_BOTH = re.compile(r"\balso\b", re.IGNORECASE)
_ALSO = re.compile(r"\b(also|too|as well)\b", re.IGNORECASE)


def of_that_one(request: Request, root: Boolean, read: Read) -> Read:
    """ "opened the spring mail", then "but did not click it": that mail, which both tell of."""
    done = all_events(root)
    if read.tree is None or not done or not _POINTS.search(request.prompt):
        return read
    said = [
        each
        for filter_ in done[-1].filters
        if isinstance(filter_, Where)
        for each in _parts(filter_.condition)
        if isinstance(each, Comparison) and isinstance(each.left, Property)
    ]
    tree, lexicon = read.tree, lexicon_of(request.catalog, request.roles)
    for leaf in conditions(tree):
        held = aggregate_of(leaf)
        events = getattr(held.left, "events", None) if held is not None else None
        if not isinstance(events, Events) or events.name == done[-1].name or not said:
            continue
        known = lexicon.by_event[events.name].properties
        bare = not any(isinstance(each, Where) for each in events.filters)
        if bare and all(fits(each, known) and has_value(each, known) for each in said):
            tree = swapped(tree, leaf, filtered(leaf, list(said)))
    return replace(read, tree=tree)


def _parts(condition: Boolean) -> tuple[Boolean, ...]:
    return condition.items if isinstance(condition, And) else (condition,)


def also_then(request: Request, root: Boolean, seed: EventFrame | None) -> Boolean | None:
    """ "joined in March", then "also in February": in both; "February too": in the one or the other."""
    if seed is None or not seed.times or seed.counts or seed.where:
        return None
    held = [each for each in conditions(root) if aggregate_of(each) is not None]
    if not _ALSO.search(request.prompt) or len(held) != 1 or not has_window(held[0]):
        return None
    filters = event_filters(seed.times)
    if _IN_BOTH.search(request.prompt):
        return joined(And, (root, windowed(held[0], filters)))
    old = [each for each in window_of(held[0]) if isinstance(each, Comparison)]
    new = [
        part
        for each in filters
        if isinstance(each, Where)
        for part in _parts(each.condition)
        if isinstance(part, Comparison)
    ]
    if not _is_period(old) or not _is_period(new):
        return None
    if str(new[0].values[0]) < str(old[0].values[0]):
        old, new = new, old
    either = joined(Or, (joined(And, tuple(old)), joined(And, tuple(new))))
    if old[1].values == new[0].values:
        either = joined(And, (old[0], new[1]))  # July and August
    return swapped(root, held[0], windowed(held[0], (Where(either),)))


def _is_period(moments: list[Comparison]) -> bool:
    return [each.operator for each in moments] == ["at_least", "less_than"]
