"""A time and, in parentheses right behind it, the same time said otherwise: "four months ago (120 days)"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from audience.english.literals.items import (
    Calendar,
    Future,
    Item,
    Length,
    LengthRange,
    OpenFrom,
    OpenTo,
    Rolling,
    Vague,
    Within,
)
from audience.query import Duration

if TYPE_CHECKING:
    from audience.english.sentence import Word

Items = dict[int, tuple[int, Item]]
_TIMES = (Rolling, Calendar, OpenFrom, OpenTo, Within, Future, Length, LengthRange, Vague)


def restated(words: list[Word], items: Items, text: str) -> None:
    """Puts both into one phrase that means what stands in the parentheses."""
    for first, (end, item) in sorted(items.items()):
        inner = _inside(words, items, end)
        if inner is None or not isinstance(item, _TIMES) or items.get(first) != (end, item):
            continue
        told, close = inner
        meant = _meant(item, items[told][1])
        if meant is None:
            continue
        del items[told]
        last = words[close].end
        items[first] = (
            close + 1,
            replace(meant, start=item.start, end=last, text=text[item.start : last]),
        )


def _inside(words: list[Word], items: Items, place: int) -> tuple[int, int] | None:
    """The place of the one phrase between the parentheses that open at `place`, and where they close."""
    if place >= len(words) or words[place].text != "(":
        return None
    told = place + 1
    while told < len(words) and told not in items and words[told].low in _THAT_IS:
        told += 1
    close = items[told][0] if told in items else len(words)
    return (told, close) if close < len(words) and words[close].text == ")" else None


def _meant(item: Item, told: Item) -> Item | None:
    """What both come to; None where one does not say what the other means."""
    if isinstance(told, Calendar):
        return _in_days(item, told)
    length = told.duration if isinstance(told, Length | Within) else None
    if isinstance(told, Rolling) and told.newest is None:
        length = told.oldest
    if length is None:
        return None
    return _of_length(item, length)


def _of_length(item: Item, length: Duration) -> Item | None:
    match item:
        case Rolling(newest=None) if item.oldest is not None:
            return replace(item, oldest=length, assumption=None)
        case Rolling(oldest=None):
            return replace(item, newest=length, assumption=None)
        case Within() | Length():
            return replace(item, duration=length, assumption=None)
        case Future(soonest=None):
            return replace(item, latest=length, assumption=None)
        case Future(latest=None):
            return replace(item, soonest=length, assumption=None)
        case LengthRange(high=None):
            return replace(item, low=length, assumption=None)
        case LengthRange(low=None):
            return replace(item, high=length, assumption=None)
        case _:
            return None


def _in_days(item: Item, told: Calendar) -> Item | None:
    """ "since Easter (5 April)", "in the spring (March to May)", "last month (August)"."""
    if isinstance(item, Calendar):
        days = [(each.day, each.month) for each in (item.first, item.last)]
        return (
            item if days == [(each.day, each.month) for each in (told.first, told.last)] else None
        )
    if not (isinstance(item, Vague) and item.subject in ("season", "holiday")):
        return None
    known = {"start": item.start, "end": item.end, "text": item.text, "assumption": told.assumption}
    match item.text.lower().split()[0]:
        case "since" | "from":
            return OpenFrom(**known, since=told.since, first=told.first)  # type: ignore[arg-type]
        case "after":
            return OpenFrom(**known, since=told.until, first=told.last + _ONE_DAY)  # type: ignore[arg-type]
        case "before":
            return OpenTo(**known, until=told.since, last=told.first - _ONE_DAY)  # type: ignore[arg-type]
        case "by" | "until" | "till":
            return OpenTo(**known, until=told.until, last=told.last)  # type: ignore[arg-type]
        case _:
            return told


_ONE_DAY = timedelta(days=1)
_THAT_IS = frozenset(["i.e", "ie", "i", "e", ".", "that", "is", "so", "meaning", "=", "namely"])
