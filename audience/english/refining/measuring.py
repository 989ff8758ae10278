"""Another measure of what was done: how much in place of how often, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audience.english.accounting.fields import means
from audience.english.amounts import bounds, unit_scale
from audience.english.context import cue, type_of
from audience.english.lexicon import lexicon_of
from audience.english.literals.items import Money, Number, Range
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import Span, blanked
from audience.english.schema import Entry
from audience.english.sentence import frame_words
from audience.english.tree_edits import aggregate_of, swapped
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Property,
    Reducer,
    conditions,
    joined,
)

_SAME_TIME = re.compile(
    r"\b(?:in|during|over|within) (?:that|the same|this) (?:time|period|window|timeframe|span)\b|\bof them\b",
    re.IGNORECASE,
)
_AMOUNT = frozenset(["amount", "amounts", "value", "money", "spend", "sum", "revenue"])
_SMALL = frozenset(["i", "mean", "meant", "rather", "have", "it", "by", "instead", "times", "often", "how", "much"])  # fmt: skip


def other_measure(request: Request, draft: Draft, span: Span) -> Boolean | None:
    """The draft with the number that was said for another measure of the one thing that is measured:
    "more than 100 pounds" of what was done more than 3 times. None where no other measure is meant."""
    root = draft.root
    text = _SAME_TIME.sub(lambda each: " " * len(each.group()), blanked(request.prompt, *span))
    lexicon = lexicon_of(request.catalog, request.roles)
    words, _ = heard(replace(request, prompt=text), lexicon)
    items = [item for _, item in words.items.values()]
    if root is None or len(items) != 1 or not isinstance(items[0], Range | Money | Number):
        return None
    leaves = [each for each in conditions(root) if aggregate_of(each) is not None]
    held = aggregate_of(leaves[0]) if len(leaves) == 1 else None
    if held is None or not isinstance(held.left, Aggregate):
        return None
    events, method = held.left.events, held.left.reducer.method
    entry = lexicon.by_event.get(events.name) if isinstance(events, Events) else None
    if entry is None:
        return None
    covered = words.covered()
    small = frame_words()["empty"] | frame_words()["relatives"] | _SMALL
    rest = {
        word.stem: word.low
        for place, word in enumerate(words.words)
        if word.is_word and place not in covered and word.low not in small
    }
    item = items[0]
    if method == "count":
        return _as_sum(request, root, leaves[0], held, entry, item, rest)
    often = cue("count") | {"time"}
    is_often = getattr(item, "unit", None) == "times" or bool(rest)
    if isinstance(item, Money) or getattr(item, "unit", None) == "money" or not is_often:
        return None
    if all(low in often or means(stem, entry) or stem in entry.words for stem, low in rest.items()):
        return _with(root, leaves[0], held, Reducer("count"), bounds(item))
    return None


def _as_sum(
    request: Request,
    root: Boolean,
    leaf: Boolean,
    held: Comparison,
    entry: Entry,
    item: Range | Money | Number,
    rest: dict[str, str],
) -> Boolean | None:
    numbers = [each for each in entry.properties.values() if type_of(each) == "number"]
    money = isinstance(item, Money) or getattr(item, "unit", None) == "money"
    named = [each for each in numbers if any(stem in each.words for stem in rest)]
    sums = sorted(
        (each for each in numbers if each.role == "money"), key=lambda each: -each.certainty
    )
    known = named or (sums[:1] if money else [])
    if len(known) != 1 or getattr(item, "unit", None) == "times":
        return None
    said = all(
        low in _AMOUNT | cue("total") or stem in known[0].words or stem in entry.words
        for stem, low in rest.items()
    )
    once = [getattr(each, "value", None) for each in held.values] in ([0], [1])
    if not said or (once and not set(rest.values()) & (_AMOUNT | cue("total"))):
        return None  # "more than 100 pounds" of one thing done: of each, or of all?
    scale = unit_scale(known[0], item, request.prompt)
    rows = [(operator, number * scale) for operator, number in bounds(item)]
    return _with(root, leaf, held, Reducer("sum", Property(known[0].field.name)), rows)


def _with(
    root: Boolean,
    leaf: Boolean,
    held: Comparison,
    reducer: Reducer,
    rows: Sequence[tuple[str, Decimal]],
) -> Boolean | None:
    """The condition with another reducer, and these bounds; a bare number keeps the comparison."""
    assert isinstance(held.left, Aggregate)
    left = replace(held.left, reducer=reducer)
    told = [
        (held.operator if operator == "equals" else operator, number) for operator, number in rows
    ]
    if not told:
        return None
    parts = tuple(
        replace(held, left=left, operator=operator, values=(Literal(number),))
        for operator, number in told
    )
    return swapped(root, leaf, joined(And, parts))
