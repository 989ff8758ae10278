"""Items → plain English, for the choices of a question and for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from audience.english.literals.items import (
    Calendar,
    Comparator,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Ordinal,
    Percent,
    Range,
    Rolling,
    Vague,
    Within,
)
from audience.english.literals.values import words_of

_UNITS = {"percent": "%", "times": " times", "years_old": " years old"}
_COMPARATORS = {"at_least": "at least", "greater_than": "more than", "at_most": "at most", "less_than": "less than",
                "equals": "exactly", "differs": "anything but", "between": "between"}  # fmt: skip


def worded(item: Item) -> str:
    """What an item means, in a few words: "1 March 2025", "14 days ago or longer", "9 to 11 times"."""
    match item:
        case Number(value=value):
            return _number(value)
        case Ordinal(value=value):
            return f"number {value}"
        case Percent(value=value):
            return f"{_number(value)}%"
        case Money(value=value, currency=currency):
            return f"{_number(value)} {currency}"
        case Comparator(operator=operator):
            return _COMPARATORS[operator]
        case Range():
            return _range(item)
        case Length(duration=duration):
            return words_of(duration)
        case LengthRange():
            return _length_range(item)
        case Within(duration=duration):
            return f"within {words_of(duration)}"
        case Rolling() | Future():
            return _window(item)
        case Calendar(first=first, last=last):
            return day(first) if first == last else f"{day(first)} to {day(last)}"
        case OpenFrom(first=first):
            return f"from {day(first)} on"
        case OpenTo(last=last):
            return f"up to {day(last)}"
        case Ever():
            return "at any time"
        case Vague():
            return item.text
        case _:
            raise TypeError(f"There are no words for {item!r}.")


def day(when: date) -> str:
    """ "1 March 2025"."""
    return f"{when.day} {when:%B %Y}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _range(item: Range) -> str:
    unit = f" {item.currency}" if item.unit == "money" else _UNITS.get(item.unit or "", "")
    inclusive = item.low_inclusive and item.high_inclusive
    if inclusive and item.low is not None and item.high is not None and item.low != item.high:
        return f"{_number(item.low)} to {_number(item.high)}{unit}"
    found = [
        f"{_COMPARATORS[operator]} {_number(value)}{unit}" for operator, value in item.comparisons
    ]
    return " and ".join(found)


def _length_range(item: LengthRange) -> str:
    if item.low and item.high:
        return f"{words_of(item.low)} to {words_of(item.high)}"
    if item.low:
        return f"{'at least' if item.low_inclusive else 'more than'} {words_of(item.low)}"
    assert item.high is not None
    return f"{'at most' if item.high_inclusive else 'less than'} {words_of(item.high)}"


def _window(item: Rolling | Future) -> str:
    if isinstance(item, Rolling):
        near, far, last, beyond, both = (
            item.newest,
            item.oldest,
            "in the last",
            "ago or longer",
            "ago",
        )
    else:
        near, far, last, beyond, both = (
            item.soonest,
            item.latest,
            "in the next",
            "from now or later",
            "from now",
        )
    if near and far:
        return f"{words_of(near)} to {words_of(far)} {both}"
    if far:
        return f"{last} {words_of(far)}"
    assert near is not None
    return f"{words_of(near)} {beyond}"
