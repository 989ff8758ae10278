"""What nobody can be: seven stars of five, minus three orders, 300 years old, here and there at once, on 31 June."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audience.catalog import Catalog, EventField, Field
from audience.english.literals.items import Range
from audience.english.read import Read
from audience.query import (
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Property,
    Trait,
    children,
    joined,
    transformed,
)


def never_so(read: Read, root: Boolean | None, prompt: str, catalog: Catalog) -> str | None:
    """Why nobody can be meant, or None."""
    day = _no_such_day(prompt)
    if day is not None:
        return f"There is no {day} in the calendar."
    if root is not None and not read.unmatched:
        for field, row in _rows(root, None, catalog):
            scale = _scale(field)
            if scale is not None and _is_beyond(row, *scale):
                return f"{field.name} runs from {scale[0]} to {scale[1]}, so this matches nobody."
    return _no_such_number(read)


# Scales ---------------------------------------------------------------------------------------

_FROM_TO = re.compile(
    r"(?<![\d.])(\d{1,3})(?:\s*\([^)]*\))?\s*(?:to|[–-])\s*(\d{1,3})(?![\d.]|\s*%)"
)
_PERCENT = re.compile(r"\bper ?cent\b|%", re.IGNORECASE)
_GRADED = re.compile(
    r"star|score|complete|result|recommend|rating|grade|scale|points? out of|\bnps\b", re.IGNORECASE
)


def _scale(field: Field) -> tuple[Decimal, Decimal] | None:
    """The ends of the scale on which a field is described: "Stars, 1 to 5"."""
    if isinstance(field, EventField) or field.type != "number":
        return None
    match = _FROM_TO.search(field.description)
    said = f"{field.name} {field.description}"
    if match is None and _PERCENT.search(field.description) and _GRADED.search(said):
        return Decimal(0), Decimal(100)
    if match is None or not (_GRADED.search(said) or field.description.startswith(match.group())):
        return None
    low, high = Decimal(match.group(1)), Decimal(match.group(2))
    return (low, high) if low < high else None


def _is_beyond(row: Comparison, low: Decimal, high: Decimal) -> bool:
    """Whether no step of the scale meets the comparison."""
    number = next((e.value for e in row.values if isinstance(e, Literal)), None)
    if not isinstance(number, Decimal | int) or len(row.values) != 1:
        return False
    match row.operator:
        case "equals":
            return not low <= number <= high
        case "greater_than":
            return number >= high
        case "at_least":
            return number > high
        case "less_than":
            return number <= low
        case "at_most":
            return number < low
    return False


def _rows(node: Node, event: str | None, catalog: Catalog) -> Iterator[tuple[Field, Comparison]]:
    """Every comparison of a field with a value."""
    if isinstance(node, Comparison):
        field: Field | None = None
        if isinstance(node.left, Trait):
            field = catalog.trait(node.left.name) or catalog.trait(node.left.name, "account")
        if isinstance(node.left, Property) and event is not None:
            held = catalog.event(event)
            field = held.property(node.left.name) if held is not None else None
        if field is not None:
            yield field, node
    events = node if isinstance(node, Events) else getattr(node, "events", None)
    below = events.name if isinstance(events, Events) else event
    for child in children(node):
        yield from _rows(child, below, catalog)


# Numbers and days -----------------------------------------------------------------------------

_OLDEST = 130


def _no_such_number(read: Read) -> str | None:
    """An age or a count that nothing took, because there is none such."""
    for _, item in read.sentence.items.values():
        left = any(each.start <= item.start < each.end for each in read.unmatched)
        if not left or not isinstance(item, Range) or item.negated:
            continue
        most, least = item.high, item.low
        none = most is not None and (most < 0 or (most == 0 and not item.high_inclusive))
        aged = item.unit == "years_old" and least is not None and _OLDEST < least < 1000
        if (none and item.unit in (None, "times", "years_old")) or aged:
            return f"Nobody can be meant by “{item.text}”."
    return None


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_LEAD = r"\b(?:on|since|before|after|until|till|by|from|between|to|and)\s+(?:the\s+)?"
_DAY_FIRST = re.compile(
    rf"{_LEAD}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_NAMED})\b(?:,?\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_LEAD}(?P<month>{_NAMED})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:or|times|orders))(?:,?\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")


def _no_such_day(prompt: str) -> str | None:
    """A day that no calendar has: "30 February", "2026-06-31"."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO):
        for match in pattern.finditer(prompt):
            said = match.group("month").lower()
            month = _MONTHS.get(said) or int(said)
            year = int(match.group("year") or 2024)  # a leap year: 29 February may be meant
            if year < 1 or not 1 <= month <= 12:
                return match.group().strip()
            if not 1 <= int(match.group("day")) <= calendar.monthrange(year, month)[1]:
                return re.sub(_LEAD, "", match.group(), flags=re.IGNORECASE).strip()
    return None


# Two at once ----------------------------------------------------------------------------------

_AT_ONCE = re.compile(r"\b(?:at the same time|at once|simultaneously)\b", re.IGNORECASE)


_IS_BOTH = re.compile(r"\b(?:is|are|was|were|be) (?:at once )?both\b", re.IGNORECASE)


def all_at_once(read: Read, root: Boolean, prompt: str) -> Boolean | None:
    """ "is both gold and bronze", "gold and bronze at the same time": every one of the values, which one field cannot have."""
    is_both = [match.end() for match in _IS_BOTH.finditer(prompt)]
    if not is_both and not (read.unmatched and _AT_ONCE.search(prompt)):
        return None
    if not {each.text.lower() for each in read.unmatched} <= {"both", "same", "once", "time"}:
        return None

    def is_meant(node: Comparison) -> bool:
        return not is_both or any(
            span.start <= end + 1 < span.end for span in node.origin.spans for end in is_both
        )

    def each_of(node: Node) -> Node:
        if (
            isinstance(node, Comparison)
            and isinstance(node.left, Trait)
            and node.operator == "one_of"
            and is_meant(node)
        ):
            rows = (replace(node, operator="equals", values=(each,)) for each in node.values)
            return joined(And, tuple(rows))
        return node

    every = transformed(root, each_of)
    return every if every != root else None
