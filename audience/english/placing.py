"""Literal phrases on the words that they stand on, with what only their neighbours tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from audience.english.literals.items import Ask, Item, Number, OpenFrom, OpenTo, Range

if TYPE_CHECKING:
    from audience.english.sentence import Word


def placed(words: list[Word], items: tuple[Item, ...]) -> dict[int, tuple[int, Item]]:
    """The items by the place of their first word, each with the place after its last."""
    found: dict[int, tuple[int, Item]] = {}
    for item in items:
        inside = [place for place, word in enumerate(words) if item.start <= word.start < item.end]
        if inside and words[inside[-1]].text == ",":
            inside.pop()  # "since May 1, staff excluded": what the comma parts is another matter
        if not inside or _is_part_of_word(words, inside, item):
            continue
        before = found.get(inside[0])
        if before is not None and (before[1].start, before[1].end) == (item.start, item.end):
            item = _either_of(before[1], item)
        found[inside[0]] = (inside[-1] + 1, item)
    return found


def _either_of(one: Item, other: Item) -> Item:
    """Two real readings of one phrase: only the person can say which."""
    read = one.ask.options if one.ask is not None and one.ask.options else (one,)
    return replace(
        one, ask=Ask(f"“{one.text}” can be read in two ways. Which one?", (*read, other))
    )


def _is_part_of_word(words: list[Word], inside: list[int], item: Item) -> bool:
    """The "one" of "one-way" counts nothing."""
    after = inside[-1] + 1
    if item.text.lower() == "one" and (
        after >= len(words) or not words[after].is_word or words[after].low in _AFTER_ONE
    ):
        return True  # "clicked one": a pronoun
    glued = (
        after + 1 < len(words)
        and words[after].text == "-"
        and words[after].start == words[inside[-1]].end
    )
    return (
        glued
        and isinstance(item, Number | Range)
        and len(inside) <= 2
        and item.text.lower().endswith("one")
    )


def years(words: list[Word], items: dict[int, tuple[int, Item]], zone: str) -> None:
    """ "born before 1970": a year that only its preposition tells."""
    for first, (end, item) in list(items.items()):
        if not isinstance(item, Number) or first == 0 or not 1900 <= item.value <= 2100:
            continue
        low = words[first - 1].low
        year = int(item.value)
        if item.value != year or low not in ("before", "after", "since"):
            continue
        known = {"start": words[first - 1].start, "end": item.end, "text": f"{low} {item.text}"}
        start = datetime(year + (low == "after"), 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        made: Item
        if low == "before":
            made = OpenTo(**known, until=start, last=date(year - 1, 12, 31))  # type: ignore[arg-type]
        else:
            made = OpenFrom(**known, since=start, first=date(year + (low == "after"), 1, 1))  # type: ignore[arg-type]
        del items[first]
        items[first - 1] = (end, made)


_AFTER_ONE = frozenset(
    [
        "in",
        "or",
        "and",
        "but",
        "of",
        "from",
        "at",
        "on",
        "within",
        "during",
        "since",
        "to",
        "for",
        "too",
        "also",
        "as",
    ]
)
_YEAR_TAILS = {
    "newer": "more",
    "later": "more",
    "younger": "more",
    "older": "less",
    "earlier": "less",
}
_MORE = frozenset(
    {"more", "higher", "above", "over", "up", "longer", "older", "better", "greater", "bigger"}
)
_LESS = frozenset(
    {"less", "fewer", "lower", "below", "under", "shorter", "younger", "worse", "smaller"}
)


def with_tails(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """ "2 stars or less": the comparator stands after the noun. The places that it takes."""
    swallowed: set[int] = set()
    for first, (end, item) in list(items.items()):
        value = item.value if isinstance(item, Number) else None
        if isinstance(item, Range) and item.low is not None and item.low == item.high:
            value = item.low
        if value is None:
            continue
        for place in range(end, min(end + 3, len(words) - 1)):
            if words[place].low not in ("or", "and"):
                continue
            tail = words[place + 1].low
            if 1900 <= value <= 2100 and tail in _YEAR_TAILS:
                tail = _YEAR_TAILS[tail]  # a year: "2022 or newer"
            if tail in _MORE | _LESS and place + 1 not in items:
                known = {"start": item.start, "end": item.end, "text": item.text}
                unit = item.unit if isinstance(item, Range) else None
                ranged = (
                    Range(**known, low=value, unit=unit)  # type: ignore[arg-type]
                    if tail in _MORE
                    else Range(**known, high=value, unit=unit)  # type: ignore[arg-type]
                )
                items[first] = (end, ranged)
                swallowed |= {place, place + 1}
            break
    for place, word in enumerate(words):
        starts = place == 0 or words[place - 1].line != word.line
        last = place + 1 == len(words)
        if starts and not last and word.text.isdigit() and words[place + 1].text in ".):":
            swallowed |= {place, place + 1}
            items.pop(place, None)
        if word.low == "due" and not last and words[place + 1].low == "to":
            swallowed.add(place)  # "due to an injury": because of it
        if word.low in ("file", "record") and place and words[place - 1].low == "on":
            swallowed.add(place)
    swallowed |= _emphasis(words, items)
    return swallowed


def _emphasis(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """The places of "not even once" after a "never", which it only says again."""
    for place, word in enumerate(words):
        if word.low != "not" or not any(each.low in _NEVER for each in words[:place]):
            continue
        step = place + 2 if words[place + 1 : place + 2] and words[place + 1].low == "even" else 0
        if place in items and items[place][1].text.lower().startswith("not even"):
            end = items.pop(place)[0]
            return set(range(place, end))
        if step and step < len(words) and words[step].low in ("once", "one", "a"):
            end = items[step][0] if step in items else step + 1
            items.pop(step, None)
            return set(range(place, end))
    return set()


_NEVER = frozenset({"never", "no", "not", "none", "nothing"})
