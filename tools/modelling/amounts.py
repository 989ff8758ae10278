"""The numbers, lengths of time, dates and texts that a prompt says: an answer may hold no others.

A small model that may write any number writes any number. What the literal phrases, the draft and
the engine's guess hold is nearly always all that can be meant, so the grammar lists it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from audience.english.amounts import bounds
from audience.english.literals.items import (
    Calendar,
    Future,
    Item,
    Length,
    LengthRange,
    OpenFrom,
    OpenTo,
    Ordinal,
    Percent,
    Range,
    Rolling,
    Within,
)
from audience.english.sentence import Sentence
from audience.english.tokens import tokens
from audience.query import Boolean, Duration, Literal, walk

_T = TypeVar("_T")
LONGEST_TEXT = 4  # words
_NUMERAL = re.compile(r"\d[\d,.]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS_OF = (1, 7, 30, 90, 365)
_FINER = {"minute": (60,), "hour": (60, 3600), "thousand": (1000,), "gb": (1000, 1024)}


@dataclass(frozen=True)
class Amounts:
    """None where anything may stand; nothing where nothing was said."""

    numbers: tuple[Decimal, ...] | None = None
    lengths: tuple[Duration, ...] | None = None
    dates: tuple[date, ...] | None = None
    texts: tuple[str, ...] | None = None


ANYTHING = Amounts()


def amounts_in(
    prompt: str, words: Sentence, trees: Iterable[Boolean | None], *, foreign: bool
) -> Amounts:
    """What `words` say, which may be a gloss of the prompt, and what `trees` hold already.

    In another language more is let through: its phrases are read by their words only.
    """
    items = list(_all(item for _, item in words.items.values()))
    held = [node for tree in trees if tree is not None for node in walk(tree)]
    numbers = list(_numbers(items, f"{prompt} {words.text}"))
    lengths = [length for item in items for length in _lengths(item)]
    dates = [day for item in items for day in _dates(item)]
    for node in held:
        match node:
            case Duration():
                lengths.append(node)
            case Literal(value=Decimal() as value):
                numbers.append(value)
            case Literal(value=str() as value) if _DATE.match(value):
                dates.append(date.fromisoformat(value[:10]))
    if foreign:
        if not lengths and numbers:
            lengths = [
                Duration(int(number) * days, "day")
                for number in (*numbers, Decimal(1))
                for days in _DAYS_OF
                if number == int(number) and 0 < number * days <= 3650
            ]
        numbers += map(Decimal, range(2, 11))
    said_dates = None if foreign and re.search(r"\d{4}|\d[./]\d", prompt) else _once(dates)
    return Amounts(_once(numbers), _once(lengths), said_dates, _once(_texts(prompt)))


def _all(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.parts)
        if item.ask is not None:
            yield from _all(item.ask.options)


def _numbers(items: Iterable[Item], text: str) -> Iterator[Decimal]:
    scales = [scale for word, every in _FINER.items() if word in text.casefold() for scale in every]
    for item in items:
        for _, number in bounds(item):
            yield number
            if isinstance(item, Percent) or (isinstance(item, Range) and item.unit == "percent"):
                yield number / 100
            yield from (number * scale for scale in scales)
        if isinstance(item, Ordinal):
            yield Decimal(item.value)
        for length in _lengths(item):
            yield Decimal(length.amount)
            yield Decimal(length.amount * 24 if length.unit == "day" else length.amount * 60)
    for match in _NUMERAL.finditer(text):
        try:
            number = Decimal(match.group().rstrip(".,").replace(",", ""))
        except InvalidOperation:
            continue
        yield number
        yield from (number * scale for scale in scales)


def _lengths(item: Item) -> Iterator[Duration]:
    match item:
        case Rolling() | Within() | Length() | LengthRange() | Future():
            for each in fields(item):
                value = getattr(item, each.name)
                if isinstance(value, Duration):
                    yield value


def _dates(item: Item) -> Iterator[date]:
    match item:
        case Calendar(first=first, last=last):
            yield from (first, last, last + timedelta(days=1))
        case OpenFrom(first=first):
            yield first
        case OpenTo(last=last):
            yield from (last, last + timedelta(days=1))


def _texts(prompt: str) -> Iterator[str]:
    """Every few words that stand together, as they are written, in small letters and in capitals."""
    found = [each for each in tokens(prompt) if each.is_word or each.text.isalnum()]
    for first, start in enumerate(found):
        for last in found[first : first + LONGEST_TEXT]:
            said = prompt[start.start : last.end]
            if len(said) > 2 and not re.search(r"['\"\\\x00-\x1f\x7f-\x9f]", said):
                yield from (said, said.lower(), said.title())


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
