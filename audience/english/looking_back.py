"""How far a plan looks back: a window that is longer than the history that it keeps is refused."""

from __future__ import annotations

from datetime import timedelta

from audience.english.literals.items import Rolling
from audience.english.read import Read
from audience.english.reading import Reading, Request, refused
from audience.english.times import FOREVER
from audience.english.tree_edits import is_moment, parts_of
from audience.query import Between, Boolean, Comparison, Events, Literal, Where, Within, walk


def lookback(request: Request, root: Boolean) -> Reading | None:
    """A refusal where an explicit window reaches back further than the plan's history."""
    limit = request.catalog.lookback_days
    if limit is None:
        return None
    for node in walk(root):
        if not isinstance(node, Events):
            continue
        for each in node.filters:
            length = None
            if isinstance(each, Within) and not each.of_parent:
                length = each.duration
            elif isinstance(each, Between):
                length = each.newest if each.oldest == FOREVER else each.oldest
            if length is not None and length.hours > limit * 24:
                return _too_long(limit)
    return None


def too_long_ago(request: Request, read: Read) -> Reading | None:
    """A refusal where something was done so long ago ("500 days ago") that no history tells of it."""
    limit = request.catalog.lookback_days
    said = any("ago" in item.text.lower().split() for _, item in read.sentence.items.values())
    if limit is None or not said or read.tree is None:
        return None
    over = any(
        isinstance(each, Where) and _is_before(each, request, limit)
        for node in walk(read.tree)
        if isinstance(node, Events)
        for each in node.filters
    )
    return _too_long(limit) if over else None


def _is_before(moments: Where, request: Request, limit: int) -> bool:
    """Whether a time that has two ends is over before the history begins."""
    first = request.as_of - timedelta(days=limit)
    ends = {
        each.operator: str(each.values[0].value)
        for each in parts_of(moments.condition)
        if is_moment(each) and isinstance(each, Comparison) and isinstance(each.values[0], Literal)
    }
    last = ends.get("less_than")
    return last is not None and "at_least" in ends and last <= first.date().isoformat()


def left_too_long(request: Request, read: Read) -> Reading | None:
    """The same for a window that was left over, where nothing but what was done could have it."""
    limit = request.catalog.lookback_days
    left = [
        item.oldest
        for _, item in read.sentence.items.values()
        if isinstance(item, Rolling)
        and item.oldest is not None
        and any(each.start <= item.start < each.end for each in read.unmatched)
    ]
    if limit is not None and any(oldest.hours > limit * 24 for oldest in left):
        return _too_long(limit)
    return None


def _too_long(limit: int) -> Reading:
    return refused(
        "lookback_exceeded",
        f"Your plan keeps {limit} days of history, so a window of more than {limit} days"
        " cannot be looked at. Ask for a shorter one.",
    )
