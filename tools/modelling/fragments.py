"""What words of a prompt surely mean, as pieces of the query language that a model puts together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from audience.catalog import PropertyField, TraitField
from audience.english.amounts import bounds
from audience.english.context import cue
from audience.english.events import EventMatch
from audience.english.links import Link
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
from audience.english.sentence import frame_words
from audience.operators import OPERATORS
from audience.printer import show
from audience.text import plain, quoted
from tools.modelling.linking import Linked

MOST = 12
FOLDS = {"average": "avg", "highest": "max", "lowest": "min", "total": "sum"}
_BEFORE = 3  # words between a denial and what it denies
_ENOUGH = 0.8  # how well words must fit an event
_NAMED = 0.9  # how well they must name a field


def fragments(words: Linked) -> tuple[str, ...]:
    """One line each: words as they were said, and what they are in a query."""
    events = sorted(_events(words), key=lambda each: min(each.claimed))
    taken = {place for each in events for place in each.claimed} | set(words.sentence.covered())
    used: set[int] = set()
    lines = [
        *(_event(each, events, words, used) for each in events),
        *_values(words, taken, {each.name for each in events}),
        *_names(words, taken, {each.name for each in events}),
        *_literals(words, used),
        *_folds(words),
        *_denials(words, used),
    ]
    return tuple(dict.fromkeys(lines))[:MOST]


def _events(words: Linked) -> Iterator[EventMatch]:
    """The best of those that share words."""
    taken: set[int] = set()
    empty = frame_words()["empty"]
    for match in words.events:
        said = any(words.sentence.words[place].low not in empty for place in match.claimed)
        if match.score >= _ENOUGH and said and not match.claimed & taken:
            taken |= match.claimed
            yield match


def _event(match: EventMatch, events: Sequence[EventMatch], words: Linked, used: set[int]) -> str:
    """The event with the denial, the window and the count that stand beside it; puts them into `used`."""
    first, last = min(match.claimed), max(match.claimed)
    query = f"event({quoted(match.name)})"
    counts: list[str] = []
    others = [each for each in events if each is not match]
    end = min((min(each.claimed) for each in others if min(each.claimed) > last), default=10_000)
    start = last if others else -1
    wheres = [_one_of(name, values) for name, values in _property_values(match, words).items()]
    windows = {
        place: (_window(item), _piece(item))
        for place, (_, item) in words.sentence.items.items()
        if start < place < end and item.ask is None and (_window(item) or _is_days(item))
    }
    window = ""
    if len(windows) == 1:
        used |= set(windows)
        ((window, days),) = windows.values()
        wheres += [] if window else [days]
    if wheres:
        query += f".where({' AND '.join(wheres)})"
    query += window
    for place, (after, item) in words.sentence.items.items():
        if not isinstance(item, Range) or place in used or item.ask is not None:
            continue
        if _is_parted(words, last, place):
            continue
        beside = after == first or first <= place <= last
        if beside if item.unit is None else item.unit == "times" and start < place < end:
            figure = _sum(match, after, words) or ".count()"
            counts = [
                f"{figure} {OPERATORS[key].symbol} {plain(value)}" for key, value in bounds(item)
            ]
            used.add(place)
    for place in words.denials:
        if first - _BEFORE <= place <= last and not counts:
            counts = [".count() = 0"]
            first = min(first, place)
            used.add(place)
    said = words.sentence.said(first, last + 1)
    return f"“{said}”: {' AND '.join(query + each for each in counts or [''])}"


def _is_parted(words: Linked, last: int, place: int) -> bool:
    """Whether another part of the sentence begins between an event and what comes after it."""
    kinds = frame_words()
    parting = kinds["and"] | kinds["or"] | kinds["but"] | {",", ";"}
    return any(each.low in parting for each in words.sentence.words[last + 1 : place])


def _sum(match: EventMatch, place: int, words: Linked) -> str:
    """Where the word at `place` is a number that the event has: "redeemed more than 100 points"."""
    for link in words.links:
        for name in link.names:
            field = name.entry.field
            if not isinstance(field, PropertyField) or field.event != match.name:
                continue
            if link.first == place and name.score >= _NAMED and field.type == "number":
                return f".sum(property({quoted(field.name)}))"
    return ""


def _window(item: Item) -> str:
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


def _is_days(item: Item) -> bool:
    return isinstance(item, Calendar | OpenFrom | OpenTo)


def _property_values(match: EventMatch, words: Linked) -> Mapping[str, list[str]]:
    """Property of the event → values of it that words surely name."""
    found: dict[str, list[str]] = {}
    for link in words.links:
        if set(range(link.first, link.end)) <= match.claimed or _is_part(link, words):
            continue
        said = words.sentence.said(link.first, link.end)
        for each, field, value in words.values:
            if each == said and isinstance(field, PropertyField) and field.event == match.name:
                found.setdefault(field.name, []).append(value)
    return found


def _one_of(name: str, values: Sequence[str]) -> str:
    start, said = f"property({quoted(name)})", [quoted(each) for each in dict.fromkeys(values)]
    return f"{start} = {said[0]}" if len(said) == 1 else f"{start}.one_of({', '.join(said)})"


def _values(words: Linked, taken: Collection[int], events: Collection[str]) -> Iterator[str]:
    for link in words.links:
        said = words.sentence.said(link.first, link.end)
        if _is_subject(link, words) or _is_part(link, words):
            continue
        for _, field, value in (each for each in words.values if each[0] == said):
            if isinstance(field, PropertyField) and field.event in events:
                continue  # it stands with its event
            if not set(range(link.first, link.end)) <= set(taken):
                yield f"“{said}”: {_field(field)} = {quoted(value)}"


def _is_subject(link: Link, words: Linked) -> bool:
    """Whether the words only say that it is people."""
    subjects = frame_words()["subjects.users"] | frame_words()["subjects.accounts"]
    return all(each.low in subjects for each in words.sentence.words[link.first : link.end])


def _is_part(link: Link, words: Linked) -> bool:
    """Whether more words around it surely name a field."""
    return any(
        other.first <= link.first
        and link.end <= other.end
        and other.length > link.length
        and any(each.score >= _NAMED for each in other.names)
        for other in words.links
    )


def _names(words: Linked, taken: Collection[int], events: Collection[str]) -> Iterator[str]:
    valued = {said for said, _, _ in words.values}
    for link in words.links:
        said = words.sentence.said(link.first, link.end)
        if said in valued or set(range(link.first, link.end)) <= set(taken):
            continue
        for name in link.names[:1]:
            field = name.entry.field
            mine = isinstance(field, TraitField) or getattr(field, "event", None) in events
            if name.score >= _NAMED and mine and field.kind != "event":
                yield f"“{said}”: {_field(field)}"


def _field(field: object) -> str:
    if isinstance(field, PropertyField):
        return f"property({quoted(field.name)}) in .where of event({quoted(field.event)})"
    assert isinstance(field, TraitField)
    return f"trait({quoted(field.name)})"


def _literals(words: Linked, used: Collection[int]) -> Iterator[str]:
    for place, (_, item) in words.sentence.items.items():
        said = _window(item) or _piece(item)
        if said and item.ask is None and place not in used:
            yield f"“{item.text}”: {said}"


def _piece(item: Item) -> str:
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


def _from(day: object) -> str:
    return f"context('timestamp') >= '{day}'"


def _before(day: object) -> str:
    return f"context('timestamp') < '{day}'"


def _folds(words: Linked) -> Iterator[str]:
    for word in words.sentence.words:
        for name, fold in FOLDS.items():
            if word.low in cue(name):
                yield f"“{word.text}”: .{fold}(property(…)) in place of .count()"


def _denials(words: Linked, used: Collection[int]) -> Iterator[str]:
    for place in words.denials:
        if place not in used:
            said = words.sentence.words[place].text
            yield f"“{said}”: .count() = 0 of what they did, NOT or .absent() of who they are"
