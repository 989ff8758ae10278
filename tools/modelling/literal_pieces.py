"""Numbers, windows and folds that are said, as pieces of the query language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from audience.english.amounts import bounds
from audience.english.context import cue
from audience.english.literals.items import (
    Calendar,
    Future,
    Item,
    Length,
    OpenFrom,
    OpenTo,
    Range,
    Rolling,
    Within,
)
from audience.operators import OPERATORS
from audience.printer import show
from audience.text import plain
from tools.modelling.linking import Linked

FOLDS = {"average": "avg", "highest": "max", "lowest": "min", "total": "sum"}


def window(item: Item) -> str:
    """The filter of an event that a rolling time is; empty for anything else."""
    if item.ask is not None:
        return ""
    match item:
        case Rolling(newest=None, oldest=oldest) if oldest is not None:
            return f".within({show(oldest)})"
        case Rolling(newest=newest, oldest=oldest) if newest is not None and oldest is not None:
            return f".between({show(newest)}, {show(oldest)})"
        case Within(duration=duration) | Length(duration=duration):
            return f".within({show(duration)})"
    return ""


def is_days(item: Item) -> bool:
    """Whether it is days of the calendar, which stand inside `.where`."""
    return isinstance(item, Calendar | OpenFrom | OpenTo)


def piece(item: Item) -> str:
    """What any other literal phrase is; empty where it is no piece by itself."""
    match item:
        case Rolling(newest=newest) if newest is not None:
            return f"before the last {show(newest)}"
        case Future(soonest=None, latest=latest) if latest is not None:
            return f".within_next({show(latest)})"
        case Calendar(first=first, last=last):
            return f"{_from(first)} AND {_before(last + timedelta(days=1))}"
        case OpenFrom(first=first):
            return _from(first)
        case OpenTo(last=last):
            return _before(last + timedelta(days=1))
        case Range():
            symbols = [f"{OPERATORS[key].symbol} {plain(value)}" for key, value in bounds(item)]
            start = ".count() " if item.unit == "times" else ""
            return " and ".join(f"{start}{each}" for each in symbols)
    return ""


def folds(words: Linked) -> Iterator[tuple[str, str]]:
    """Words such as "average", and the method that they ask for."""
    for word in words.sentence.words:
        for name, fold in FOLDS.items():
            if word.low in cue(name):
                yield word.text, fold


def _from(day: object) -> str:
    return f"context('timestamp') >= '{day}'"


def _before(day: object) -> str:
    return f"context('timestamp') < '{day}'"
