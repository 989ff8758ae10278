"""Literal phrases on the words that they stand on, with what only their neighbours tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from audience.english.literals.items import (
    Ask,
    Calendar,
    Comparator,
    Item,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Range,
)
from audience.english.tokens import stem

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
    """The "one" of "one-way" counts nothing, nor the "two" of "two-factor"."""
    last = words[inside[-1]]
    if " " in last.low and item.end < last.end:
        return True  # of an idea in two words
    after = inside[-1] + 1
    glued = (
        after + 1 < len(words)
        and words[after].text == "-"
        and words[after].start == words[inside[-1]].end
    )
    if glued:  # not the one of "a one-star review"
        short = isinstance(item, Number | Range) and len(inside) <= 2
        return short and item.text.lower().endswith("one") and words[after + 1].low in _ONE_THINGS
    if item.text.lower() != "one":
        return False
    denied = inside[0] > 0 and words[inside[0] - 1].low == "never"  # "but never one with a voucher"
    follows = _AFTER_ONE | _OF_ONE if denied else _AFTER_ONE
    return after >= len(words) or not words[after].is_word or words[after].low in follows


def years(words: list[Word], items: dict[int, tuple[int, Item]], zone: str) -> None:
    """ "born before 1970": a year that only its preposition tells."""
    for first, (end, item) in sorted(items.items()):
        if isinstance(item, Range) and first and words[first - 1].low in _IN_YEARS:
            span = _two_years(item, zone)
            items[first] = (end, item if span is None else span)
        if not isinstance(item, Number) or first == 0 or not 1900 <= item.value <= 2100:
            continue
        low = words[first - 1].low
        year = int(item.value)
        if item.value == year and _is_one_of_years(words, first, items):
            items[first] = (end, _whole(year, item, zone))
            continue
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


def _is_one_of_years(words: list[Word], place: int, items: dict[int, tuple[int, Item]]) -> bool:
    """ "in both 2024 and 2025", "in 2024 or 2025"."""
    before = words[place - 1].low
    if before in ("both", "either") and place > 1:
        return words[place - 2].low in _IN_YEARS
    listed = items.get(place - 2) or items.get(place - 3)
    return (
        before in ("and", "or", "&", ",")
        and listed is not None
        and listed[0] == place - 1
        and isinstance(listed[1], Calendar)
        and listed[1].grain == "year"
        and words[place - 2].low.isdigit()
    )


def _two_years(item: Range, zone: str) -> Calendar | None:
    """ "in 2024 or 2025": one window, where one year follows the other."""
    low, high = item.low, item.high
    if low is None or high is None or high != low + 1 or not 1900 <= low < 2100:
        return None
    return _whole(int(low), item, zone, until=int(high))


def _whole(year: int, item: Item, zone: str, until: int | None = None) -> Calendar:
    last = until or year
    since, end = (
        datetime(each, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in (year, last + 1)
    )
    return Calendar(
        start=item.start,
        end=item.end,
        text=item.text,
        since=since,
        until=end,
        first=date(year, 1, 1),
        last=date(last, 12, 31),
        grain="year" if last == year else "span",
    )


_ONE_THINGS = frozenset(["way", "off", "time", "stop", "click", "and", "to", "on", "size", "sided"])
_OF_ONE = frozenset(["with", "from", "in", "for", "about"])
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
_IN_YEARS = frozenset(["in", "during", "throughout", "over"])
_AT_LEAST = (["at", "a", "minimum"], ["at", "the", "least"], ["at", "the", "minimum"])
_TAIL = 4  # words behind the number where its comparator may begin
_YEAR_TAILS = {
    "newer": "more",
    "later": "more",
    "younger": "more",
    "older": "less",
    "earlier": "less",
}
_MORE = frozenset(
    ["more", "higher", "above", "over", "up", "longer", "older", "better", "greater", "bigger",
     "further", "farther", "heavier", "warmer", "hotter", "upwards"]
)  # fmt: skip
_LESS = frozenset(
    ["less", "fewer", "lower", "below", "under", "shorter", "younger", "worse", "smaller",
     "closer", "nearer", "lighter", "colder", "cooler", "cheaper"]
)  # fmt: skip


def with_tails(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """ "2 stars or less": the comparator stands after the noun. The places that it takes."""
    swallowed: set[int] = set()
    for first, (end, item) in list(items.items()):
        value = item.value if isinstance(item, Number) else None
        if isinstance(item, Range) and item.low is not None and item.low == item.high:
            value = item.low
        if value is None:
            continue
        for place in range(end, min(end + _TAIL, len(words) - 1)):
            said = [each.low for each in words[place : place + 3]]
            if said in _AT_LEAST and place not in items:  # "three purchases at a minimum"
                known = {"start": item.start, "end": item.end, "text": item.text}
                unit = item.unit if isinstance(item, Range) else None
                items[first] = (end, Range(**known, low=value, unit=unit))  # type: ignore[arg-type]
                swallowed |= {place, place + 1, place + 2}
                break
            if said[:2] in (["at", "least"], ["at", "most"]) and _ends_there(words, place, items):
                known = {"start": item.start, "end": item.end, "text": item.text}
                unit = item.unit if isinstance(item, Range) else None
                side = {"low": value} if said[1] == "least" else {"high": value}
                items[first] = (end, Range(**known, **side, unit=unit))  # type: ignore[arg-type]
                swallowed |= {place, place + 1}
                break
            if words[place].low not in ("or", "and"):
                if place == end + 2 and words[place - 1].low not in ("a", "per"):
                    break  # only a period may come between: "8,000 kWh a year or more"
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
                if place - 2 > first:
                    items.pop(place - 2, None)  # the "a year or more" of "8,000 kWh a year or more"
                swallowed |= {place, place + 1}
            break
    for place, word in enumerate(words):
        starts = place == 0 or words[place - 1].line != word.line
        last = place + 1 == len(words)
        if starts and not last and word.text.isdigit() and words[place + 1].text in ".):":
            swallowed |= {place, place + 1}
            items.pop(place, None)
        if word.low in ("due", "owing") and not last and words[place + 1].low == "to":
            swallowed.add(place)  # "due to an injury": because of it
        if word.low == "over" and place not in items and _is_why(words, place):
            swallowed.add(place)  # "cancelled over the price": because of it
        if word.low in ("file", "record") and place and words[place - 1].low == "on":
            swallowed.add(place)
    swallowed |= _emphasis(words, items)
    swallowed |= _parted(words, items) | _between_named(words, items)
    swallowed |= _not_one(words, items) | _one_of_two(words, items)
    return swallowed


def _is_why(words: list[Word], place: int) -> bool:
    """Whether the "over" after a verb of leaving leads to a noun."""
    after = words[place + 1].low if place + 1 < len(words) else ""
    return place > 0 and words[place - 1].stem in _LEAVING and after in ("the", "a", "our", "their")


_LEAVING = frozenset(
    map(stem, ("cancelled", "left", "quit", "churned", "complained", "unsubscribed"))
)


def _ends_there(words: list[Word], place: int, items: dict[int, tuple[int, Item]]) -> bool:
    """Whether "at least" belongs to the number before it: "two orders at least since May".

    It is then no comparator of its own any more.
    """
    after = place + 2
    alone = items.get(place)
    if alone is not None and not (isinstance(alone[1], Comparator) and alone[0] == after):
        return False
    ends = after >= len(words) or not words[after].is_word
    number = after in items and isinstance(items[after][1], Number | Range)
    if number or not (ends or after in items):
        return False
    items.pop(place, None)
    return True


def _not_one(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """ "not one order", "not a single order": none, so that the "not" says it all."""
    swallowed: set[int] = set()
    for place, word in enumerate(words):
        following = [each.low for each in words[place + 1 : place + 3]]
        size = 2 if following == ["a", "single"] else int(following[:1] == ["one"])
        end = place + 1 + size
        if word.low != "not" or not size or end >= len(words) or not words[end].is_word:
            continue
        if words[end].low in ("but", "of", "or", "time", "times", "who", "that", "more"):
            continue
        held = {first: each for first, each in items.items() if place <= first < end}
        if any(last > end for last, _ in held.values()):
            continue
        for first in held:
            del items[first]
        words[place] = replace(word, low="no", stem="no")
        swallowed |= set(range(place + 1, end))
    return swallowed


def _one_of_two(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """ "cancelled one policy and bought another one": some one and some other, and no number of them."""
    swallowed: set[int] = set()
    others = [place for place, word in enumerate(words) if word.low == "another"]
    for first, (end, item) in list(items.items()):
        if not isinstance(item, Number) or words[first].low != "one" or end != first + 1:
            continue
        if first - 1 in others:
            swallowed.add(first)
            del items[first]
        elif any(first + 1 < place <= first + _NEAR for place in others):
            words[first] = replace(words[first], low="a", stem="a")
            del items[first]
    return swallowed


_NEAR = 8  # words from the one to the other


def _parted(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """Reads "spent more on extras than £40" as "more than £40 on extras": the places of "than £40"."""
    swallowed: set[int] = set()
    for first, (end, item) in list(items.items()):
        if not isinstance(item, Number | Money) or first < 3 or words[first - 1].low != "than":
            continue
        near = range(max(0, first - 7), first - 2)
        more = [place for place in near if words[place].low in _PARTED and place not in items]
        if not more or words[more[-1] + 1].low not in ("on", "for", "in", "of"):
            continue
        known = {"start": item.start, "end": item.end, "text": item.text}
        side = "low" if words[more[-1]].low in _MORE else "high"
        unit = {"unit": "money", "currency": item.currency} if isinstance(item, Money) else {}
        bound = {side: item.value, f"{side}_inclusive": False}
        del items[first]
        items[more[-1]] = (more[-1] + 1, Range(**known, **unit, **bound))  # type: ignore[arg-type]
        swallowed |= {*range(first - 1, end)}
    return swallowed


def _between_named(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """Reads "between level 10 and level 20" as "level 10 to 20": the places of the rest."""
    swallowed: set[int] = set()
    for place in range(len(words) - 5):
        between, noun, _, joint, again, _ = words[place : place + 6]
        low, high = items.get(place + 2), items.get(place + 5)
        if between.low != "between" or joint.low not in ("and", "to") or noun.stem != again.stem:
            continue
        if low is None or high is None or (low[0], high[0]) != (place + 3, place + 6):
            continue
        one, other = low[1], high[1]
        if isinstance(one, Number) and isinstance(other, Number) and one.value < other.value:
            text = f"{one.text} to {other.text}"
            known = {"start": one.start, "end": other.end, "text": text}
            del items[place + 5]
            items[place + 2] = (place + 3, Range(**known, low=one.value, high=other.value))  # type: ignore[arg-type]
            swallowed |= {place, *range(place + 3, place + 6)}
    return swallowed


_PARTED = frozenset(["more", "less", "fewer", "higher", "lower"])


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
