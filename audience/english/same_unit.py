"""A window with its number alone: "90 to 180 days ago but none in the past 90" has the unit of the window before."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.literals.items import Item, Length, LengthRange, Number, Rolling, Within
from audience.english.literals.values import lapse

if TYPE_CHECKING:
    from audience.english.sentence import Word


def with_same_unit(words: list[Word], items: dict[int, tuple[int, Item]], text: str) -> None:
    """Makes windows of the bare numbers behind "the last" with which a clause ends."""
    unit: str | None = None
    for first, (end, item) in sorted(items.items()):
        if isinstance(item, Rolling | Length | Within | LengthRange):
            said = _UNIT.search(item.text.lower())
            unit = said.group(1) if said is not None else unit
            continue
        ends = end >= len(words) or not words[end].is_word or words[end].low in _NEXT
        if unit is None or not ends or not isinstance(item, Number) or not first:
            continue
        length = lapse(Decimal(item.value), unit)
        if words[first - 1].low not in _LAST or length is None:
            continue
        begins = first - 1
        while begins and words[begins - 1].low in _LEADS:
            begins -= 1
        for place in range(begins, first + 1):
            items.pop(place, None)  # "in the past" by itself is at any time
        start = words[begins].start
        items[begins] = (
            end,
            Rolling(
                start=start, end=item.end, text=text[start : item.end], oldest=length.duration,
                assumption=f"“{text[start : item.end]}” is of {unit}s.",
            ),
        )  # fmt: skip


_UNIT = re.compile(r"\b(hour|day|week|month|quarter|year)s?\b")
_LAST = frozenset(["last", "past", "previous"])
_LEADS = frozenset(["in", "within", "over", "during", "for", "the"])
_NEXT = frozenset(["and", "but", "or"])
