"""A number told by the one that is there: "extend it by a month", "10 more", "double it", "fewer than that"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import mul

from audience.english.reading import Draft, Request
from audience.english.refining.fragment import Span
from audience.english.refining.swapping import length_of, with_length
from audience.english.tree_edits import swapped
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Node,
    Property,
    Trait,
    conditions,
    walk,
)

_IT = r"(?: it| that| this| the \w+)?(?: up| down| out)?"
_MORE = re.compile(
    rf"^\W*(?:extend|lengthen|stretch|widen|increase|raise|bump|push){_IT} by (?:another )?(?P<by>.+?)\W*$"
    r"|^\W*(?:add )?(?:another |an extra |a further )(?P<by2>.+?)\W*$|^\W*(?:add )?(?P<by3>\d+|a|one|two|three) more (?P<unit>hours?|days?|weeks?|months?)\W*$",
    re.IGNORECASE,
)
_LESS = re.compile(
    rf"^\W*(?:shorten|reduce|lower|cut|decrease|narrow|bring){_IT} by (?P<by>.+?)\W*$",
    re.IGNORECASE,
)
_TIMES = (
    (re.compile(rf"^\W*(?:double{_IT}|twice (?:that|as (?:much|many|long|often)))\W*$", re.I), Decimal(2)),
    (re.compile(rf"^\W*(?:triple{_IT}|three times (?:that|as (?:much|many|long|often)))\W*$", re.I), Decimal(3)),
    (re.compile(rf"^\W*(?:halve{_IT}|cut{_IT} in half|half (?:of )?(?:that|as (?:much|many|long|often)))\W*$", re.I), Decimal("0.5")),
)  # fmt: skip
_THAN_THAT = re.compile(
    r"^\W*(?:but |only |just |those with |anything )*(?P<side>fewer|less|under|below|more|over|above) than (?:that|those|it)\W*$",
    re.IGNORECASE,
)


def is_relative(text: str) -> bool:
    """Whether a change is told by what is there."""
    patterns = (_MORE, _LESS, _THAN_THAT, *(each for each, _ in _TIMES))
    return any(each.match(text) for each in patterns)


def shifted(request: Request, draft: Draft) -> Boolean | None:
    """The draft with the one number, or the one length of time, that can be meant; else None."""
    root, text = draft.root, request.prompt
    if root is None:
        return None
    than = _THAN_THAT.match(text)
    if than is not None:
        return _other_side(root, than.group("side").lower() in ("fewer", "less", "under", "below"))
    for pattern, times in _TIMES:
        if pattern.match(text):
            return _turned(root, partial(mul, times), None)
    match, sign = _MORE.match(text), 1
    if match is None:
        match, sign = _LESS.match(text), -1
    if match is None:
        return None
    span = next(match.span(each) for each in match.groupdict() if match.group(each) is not None)
    if match.groupdict().get("by3") is not None:
        span = (match.start("by3"), match.end("unit"))
        text = text.replace(" more ", "      ", 1)
    return _by(replace(request, prompt=text), root, span, sign)


def _by(request: Request, root: Boolean, span: Span, sign: int) -> Boolean | None:
    more = length_of(request, *span)
    if more is None:
        return None
    amount, unit = more
    hours = _HOURS.get(unit) if unit is not None else None
    if unit is not None and hours is None:
        return None
    return _turned(root, lambda old: old + sign * amount * (hours or 1), hours)


def _turned(
    root: Boolean, change: Callable[[Decimal], Decimal], unit: int | None
) -> Boolean | None:
    """The one length of time (where there is a unit, in hours) or the one number, changed."""
    lengths = {node for node in walk(root) if isinstance(node, Duration)}
    numbers = [node for leaf in conditions(root) for node in walk(leaf) if _is_number(node)]
    if unit is not None:
        if len(lengths) != 1:
            return None
        return _longer(root, lengths.pop(), change)
    if len(numbers) == 1 and not lengths:
        held = numbers[0]
        assert isinstance(held, Comparison)
        assert isinstance(held.values[0], Literal)
        return swapped(
            root, held, replace(held, values=(Literal(change(Decimal(held.values[0].value))),))
        )
    return _longer(root, lengths.pop(), change) if len(lengths) == 1 and not numbers else None


def _longer(root: Boolean, old: Duration, change: Callable[[Decimal], Decimal]) -> Boolean | None:
    hours = change(Decimal(old.hours))
    per = 24 if old.unit == "day" else 1
    if hours <= 0 or hours % per:
        return None
    return with_length(root, old, replace(old, amount=int(hours / per)))


def _other_side(root: Boolean, fewer: bool) -> Boolean | None:
    """ "fewer than that": what lies on the other side of the one number."""
    numbers = [node for leaf in conditions(root) for node in walk(leaf) if _is_number(node)]
    if len(numbers) != 1:
        return None
    held = numbers[0]
    assert isinstance(held, Comparison)
    return swapped(root, held, replace(held, operator="less_than" if fewer else "greater_than"))


def _is_number(node: Node) -> bool:
    """A number that is compared; not that something happened at all, or never."""
    if not isinstance(node, Comparison) or node.operator not in _NUMERIC or len(node.values) != 1:
        return False
    value = getattr(node.values[0], "value", None)
    if not isinstance(value, Decimal):
        return False
    if isinstance(node.left, Aggregate) and node.left.reducer.method == "count":
        return value > 1
    return isinstance(node.left, Trait | Property | Aggregate)


_NUMERIC = ("equals", "at_least", "at_most", "less_than", "greater_than")
_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
