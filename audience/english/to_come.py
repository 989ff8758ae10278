"""What people are going to do is known to nobody: conditions look back, but for a trait's own dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from audience.english.accounting.leaves import leaves
from audience.english.literals.items import Future
from audience.english.read import Read
from audience.english.sentence import Word
from audience.query import Boolean, Comparison, Context, Events, Literal, Within, walk


def is_to_come(read: Read, root: Boolean, as_of: datetime) -> bool:
    """Whether a condition asks for an event that has not happened yet."""
    return _starts_later(root, as_of) or _is_foretold(read)


def _starts_later(root: Boolean, as_of: datetime) -> bool:
    """Whether a window of an event begins after now."""
    return any(
        isinstance(node, Comparison)
        and isinstance(node.left, Context)
        and node.operator in ("at_least", "greater_than")
        and any(_is_after(each.value, as_of) for each in node.values if isinstance(each, Literal))
        for node in walk(root)
    )


def _is_after(value: object, as_of: datetime) -> bool:
    if not isinstance(value, str):
        return False
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=as_of.tzinfo)
    return known > as_of


def _is_foretold(read: Read) -> bool:
    """ "will buy", "bought in the next 30 days": said of an event that is held to no step before it."""
    if read.tree is None:
        return False
    words = read.sentence.words
    for leaf in leaves(read.tree, read.sentence):
        events = [node for node in leaf.nodes() if isinstance(node, Events)]
        if not leaf.places:
            continue
        if not events:
            if any(_is_done(words, place) for place in leaf.places):
                return True
            continue
        first = min(leaf.places)
        lately = [words[place].low for place in range(max(0, first - 2), first)]
        if "will" in lately or "gonna" in lately:
            return True
        if any(
            isinstance(node, Comparison) and node.operator == "within_next" for node in leaf.nodes()
        ):
            continue  # a day that the event itself tells of
        steps = any(
            isinstance(each, Within) and each.of_parent for node in events for each in node.filters
        )
        if not steps and any(
            place in leaf.places and isinstance(item, Future) and "next" in item.text.lower()
            for place, (_, item) in read.sentence.items.items()
        ):
            return True
    return False


def _is_done(words: Sequence[Word], place: int) -> bool:
    """ "will cancel", read as what ends by itself: a word that stands for another says what people do."""
    word = words[place]
    stands_in = word.mended is not None and word.mended != word.text.lower()
    return stands_in and place > 0 and words[place - 1].low == "will"
