"""What people hold and spend by the unit: "spent 500 gems", where the event tells how many."""

from __future__ import annotations

from audience.english.context import cue, type_of
from audience.english.fees import CURRENCY
from audience.english.schema import Entry
from audience.english.sentence import Word
from audience.english.tokens import stem


def how_many(event: Entry, noun: Word) -> Entry | None:
    """The number of the event that tells how many of the noun were spent, bought or redeemed at once."""
    if noun.low not in cue("stocks"):
        return None
    found = [
        each
        for each in event.properties.values()
        if type_of(each) == "number"
        and _QUANTITY & {*each.words}
        and not (CURRENCY | _CODES) & {*each.words, *each.about}
        and {*each.words} <= _QUANTITY | {noun.stem} | {*event.words}
        and _is_whole(each)
    ]
    return found[0] if len(found) == 1 else None


def _is_whole(entry: Entry) -> bool:
    """Whether the values known are whole: cents are of money."""
    stats = getattr(entry.field, "stats", None)
    known = (getattr(stats, "minimum", None), getattr(stats, "maximum", None))
    return all(each is None or float(each).is_integer() for each in known)


_QUANTITY = frozenset(
    stem(each) for each in ("amount", "amt", "quantity", "qty", "number", "count", "total", "units")
)
_CODES = frozenset(
    ["eur", "usd", "gbp", "chf", "cad", "aud", "sek", "nok", "dkk", "jpy", "cent", "minor"]
)
