"""What one field tells already is no condition of its own: "pays by direct debit" is no bill that was paid.

A field that holds the way of paying says that they pay; a flag of paper bills says that they get bills.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.fields import tells
from audience.english.accounting.words import neutral
from audience.english.context import type_of
from audience.english.events import is_past
from audience.english.frames import EventFrame, Frame, TraitFrame
from audience.english.sentence import Word
from audience.query import Comparison


def without_told(frames: Sequence[Frame], words: Sequence[Word]) -> list[Frame]:
    """The frames of one piece without bare events whose words all belong to a trait beside them."""
    kept = list(frames)
    for frame in frames:
        said = _said(frame, words) if isinstance(frame, EventFrame) and _is_bare(frame) else []
        noun = not any(is_past(words[place]) for place in frame.places)
        holder = _holder(kept, said, noun) if said else None
        if holder is None:
            continue
        holder.places |= frame.places
        holder.negated = holder.negated != frame.negated
        kept.remove(frame)
    return kept


def _is_bare(frame: EventFrame) -> bool:
    """Whether nothing but that it happened was said, or that it did not."""
    return not (
        frame.where
        or frame.times
        or frame.counts
        or frame.method is not None
        or frame.child is not None
        or frame.first_time
        or frame.last_time
        or frame.never
        or frame.again
    )


def _said(frame: Frame, words: Sequence[Word]) -> list[str]:
    """The stems that brought the event in, but for small words."""
    return [
        word.stem
        for place in sorted(frame.places)
        if (word := words[place]).is_word and not {word.low, word.stem} & neutral()
    ]


def _holder(frames: Sequence[Frame], said: Sequence[str], noun: bool) -> TraitFrame | None:
    """The trait that is held to a value, and that all of the words tell of; a number only by a noun."""
    for each in frames:
        if not isinstance(each, TraitFrame) or each.entry is None:
            continue
        kind = type_of(each.entry)
        counted = noun and kind == "number"
        valued = each.value_like or kind == "boolean" or counted
        if not valued or not isinstance(each.tree, Comparison):
            continue
        entry = each.entry
        if all(tells(stem, entry) for stem in said):
            return each
    return None
