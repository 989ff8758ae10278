""" "one hour, not two", "18 minutes rather than 10": the number that the draft has, put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from audience.english.accounting.fields import entries_of
from audience.english.amounts import factor, unit_of
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.literals.items import (
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    Range,
    Rolling,
    Within,
)
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import Span, blanked, counted_out, fragment
from audience.english.refining.numbers import scale_of
from audience.english.schema import Entry
from audience.english.sentence import frame_words
from audience.english.tree_edits import swapped
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Duration,
    Events,
    Literal,
    Node,
    Property,
    Trait,
    conditions,
    transformed,
    walk,
)

# What a number that was said may be multiplied by to be in a field's own unit.
_SCALES = (Decimal(1), Decimal(60), Decimal(3600), Decimal(24), Decimal(1440), Decimal(100))
_UNITS = re.compile(r"^(second|minute|hour|day|week|month|year)s?$", re.IGNORECASE)


def put_right(request: Request, draft: Draft, old: Span, new: Span) -> Boolean | None:
    """The draft with the new number where it has the old one; None where that is nowhere, or in
    several places, or where something else than two numbers was said."""
    root = draft.root
    if root is None:
        return None
    lexicon = lexicon_of(request.catalog, request.roles)
    before, after = (_number(request, *each, entries_of(root, lexicon)) for each in (old, new))
    if before is None or after is None:
        return None
    unit = after[1] or before[1]
    lengths = [
        node for node in walk(root) if isinstance(node, Duration) and node.amount == before[0]
    ]
    lengths = [each for each in lengths if unit is None or each.unit == unit]
    held = (
        [] if lengths and unit is not None else list(_held(root, before[0], timed=unit is not None))
    )
    if len(set(lengths)) + len(held) != 1:
        return None
    if lengths:
        return with_length(root, lengths[0], replace(lengths[0], amount=int(after[0])))
    node, scale = held[0]
    return swapped(root, node, replace(node, values=(Literal(after[0] * scale),)))


def remeasured(request: Request, draft: Draft, start: int, end: int) -> Boolean | None:
    """ "45 minutes": another length for the one number of the draft that counts time."""
    root, said = draft.root, _number(request, start, end, ())
    if root is None or said is None or said[1] is None:
        return None
    lexicon = lexicon_of(request.catalog, request.roles)
    found = [
        (node, unit)
        for leaf in conditions(root)
        for node in walk(leaf)
        if isinstance(node, Comparison)
        and len(node.values) == 1
        and isinstance(getattr(node.values[0], "value", None), Decimal)
        and (unit := _unit(node, leaf, lexicon)) is not None
    ]
    if len(found) != 1:
        return None
    node, unit = found[0]
    value = Literal(said[0] * factor(said[1], unit))
    return swapped(root, node, replace(node, values=(value,)))


def _unit(node: Comparison, leaf: Boolean, lexicon: Lexicon) -> str | None:
    """The unit of time that the field which is compared counts."""
    left = node.left.reducer.property if isinstance(node.left, Aggregate) else node.left
    name = getattr(left, "name", None)
    own = [each for each in entries_of(leaf, lexicon) if each.field.name == name]
    unit = unit_of(own[0]) if own else None
    return unit if unit in ("second", "minute", "hour") else None


def without_number(request: Request, draft: Draft, said: Span) -> Request | None:
    """ "500 gems" where the draft has 500 already: the prompt with that number blank."""
    root = draft.root
    text = blanked(request.prompt, *said)
    words, _ = heard(replace(request, prompt=text), lexicon_of(request.catalog, request.roles))
    items = [item for _, item in words.items.values()]
    found = _amount(items[0]) if len(items) == 1 else None
    if root is None or found is None or found[1] is not None:
        return None
    if not any(True for _ in _held(root, found[0], timed=False)):
        return None
    start, end = items[0].start, items[0].end
    blank = request.prompt[:start] + " " * (end - start) + request.prompt[end:]
    return replace(request, prompt=blank)


def other_deed(request: Request, draft: Draft, old: Span | None, new: Span) -> Boolean | None:
    """ "clicked, not opened": the same of another thing that was done, which knows all that is held.

    Without an `old` it is the only thing done of the draft.
    """
    root = draft.root
    done = {node.name for node in walk(root) if isinstance(node, Events)} if root else set()
    only = next(iter(done)) if len(done) == 1 else None
    before = only if old is None else _deed(request, draft, old)
    after = _deed(request, draft, new) if before is not None else None
    if root is None or before is None or after is None or before == after:
        return None
    event = request.catalog.event(after)
    held = [node for node in walk(root) if isinstance(node, Events) and node.name == before]
    names = {node.name for events in held for node in walk(events) if isinstance(node, Property)}
    if event is None or not held or any(event.property(name) is None for name in names):
        return None

    def changed(node: Node) -> Node:
        is_it = isinstance(node, Events) and node.name == before
        return replace(node, name=after) if is_it and isinstance(node, Events) else node

    return transformed(root, changed)


def _deed(request: Request, draft: Draft, said: Span) -> str | None:
    """The one event that the words say happened, and nothing else of it."""
    read, _ = fragment(request, draft, *said, seeded=False)
    match read.tree:
        case Comparison(left=Aggregate(events=Events(name=name, filters=()))) if not (
            read.unmatched or read.ties
        ):
            return name
        case _:
            return None


def length_of(request: Request, start: int, end: int) -> tuple[Decimal, str | None] | None:
    """The one number among the words with its unit of time, "a month" too."""
    own = replace(request, prompt=counted_out(request.prompt, start))
    return _number(own, start, end, ())


def _held(root: Boolean, number: Decimal, *, timed: bool) -> Iterator[tuple[Comparison, Decimal]]:
    """The comparisons with the number, each with the scale at which it is kept."""
    for leaf in conditions(root):
        for node in walk(leaf):
            if not isinstance(node, Comparison) or len(node.values) != 1:
                continue
            value = getattr(node.values[0], "value", None)
            if not isinstance(value, Decimal):
                continue
            for scale in _SCALES if timed else (Decimal(1), Decimal(100)):
                if number * scale == value and number:
                    yield node, scale
                    break


def with_length(root: Boolean, old: Duration, new: Duration) -> Boolean:
    """The conditions with one length of time in place of another."""

    def other(node: Node) -> Node:
        return new if node == old else node

    return transformed(root, other)


def _number(
    request: Request, start: int, end: int, known: Sequence[Entry]
) -> tuple[Decimal, str | None] | None:
    """The one number among the words with its unit of time, where nothing else is said than what it
    is of: one of the `known` fields, by its name."""
    text = blanked(request.prompt, start, end)
    words, _ = heard(replace(request, prompt=text), lexicon_of(request.catalog, request.roles))
    items = list(words.items.values())
    if len(items) != 1:
        return None
    covered = words.covered()
    unit: str | None = None
    for place, word in enumerate(words.words):
        if not word.is_word or place in covered or word.low in frame_words()["empty"]:
            continue
        match = _UNITS.match(word.low)
        if match is None and any(word.stem in entry.words for entry in known):
            continue
        if match is None:
            return None
        unit = match.group(1).lower()
    found = _amount(items[0][1])
    return None if found is None else (found[0], found[1] or unit)


def _amount(item: Item) -> tuple[Decimal, str | None] | None:
    match item:
        case Number(value=value) | Money(value=value):
            return value, None
        case Range(comparisons=((_, value),)):
            return value, None
        case Within(duration=length) | Length(duration=length):
            return Decimal(length.amount), length.unit
        case Rolling(oldest=length, newest=None) if length is not None:
            return Decimal(length.amount), length.unit
        case LengthRange(low=low, high=high):
            length = low if high is None else high if low is None else None
            return None if length is None else (Decimal(length.amount), length.unit)
        case _:
            return None


def bounded_too(request: Request, draft: Draft, start: int) -> tuple[Comparison, Comparison] | None:
    """ "and at most 1000": the one bound that the draft has on the other side, and this one."""
    root = draft.root
    text = blanked(request.prompt, start, len(request.prompt))
    words, _ = heard(replace(request, prompt=text), lexicon_of(request.catalog, request.roles))
    items = [item for _, item in words.items.values()]
    if root is None or len(items) != 1 or not isinstance(items[0], Range):
        return None
    item = items[0]
    if len(item.comparisons) != 1 or item.unit == "percent":
        return None
    operator, number = item.comparisons[0]
    facing = [
        (leaf, number * scale_of(request, leaf, leaf, item))
        for leaf in conditions(root)
        if isinstance(leaf, Comparison)
        and isinstance(leaf.left, Trait | Aggregate)
        and leaf.operator in _FACING.get(operator, ())
        and (item.unit != "times" or _is_count(leaf))
    ]
    facing = [each for each in facing if _is_wide(operator, each[1], each[0])]
    if len(facing) != 1:
        return None
    held, bound = facing[0]
    return held, replace(held, operator=operator, values=(Literal(bound),))


def _is_count(held: Comparison) -> bool:
    return isinstance(held.left, Aggregate) and held.left.reducer.method == "count"


def _is_wide(operator: str, number: Decimal, held: Comparison) -> bool:
    """Whether something lies between the two bounds."""
    other = getattr(held.values[0], "value", None)
    if not isinstance(other, Decimal) or (_is_count(held) and other <= 1):
        return False
    return number > other if operator in ("at_most", "less_than") else number < other


_FACING = {
    "at_most": ("at_least", "greater_than"),
    "less_than": ("at_least", "greater_than"),
    "at_least": ("at_most", "less_than"),
    "greater_than": ("at_most", "less_than"),
}
