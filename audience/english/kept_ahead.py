"""What is to come, or to end, kept in a field known of people: "no stay coming up", "whose membership ran out".

Kept as the date of it, as the days until then, or as a flag. Only a part of a sentence that says
nothing else is read so: each of its words tells of that one thing, or that it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from audience.english.compounding import compounded
from audience.english.context import World, type_of
from audience.english.data import load
from audience.english.kept_deeds import Said
from audience.english.literals.items import (
    Calendar,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    OpenFrom,
    OpenTo,
    Rolling,
    Within,
)
from audience.english.named_dates import is_yearless
from audience.english.schema import Entry, likeness
from audience.english.times import date_conditions, is_time, next_such
from audience.english.tokens import stem, stem_set
from audience.query import And, Boolean, Comparison, Literal, Not, Trait, joined


@dataclass(frozen=True)
class _Thing:
    called: frozenset[str]
    of: frozenset[str]
    ends: bool


def kept_ahead(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The one condition on a field that keeps when something is to come or to end, and the field."""
    people = world.lexicon.accounts if accounts else world.lexicon.users
    found = [
        (tree, entry)
        for entry in people
        for thing in _told_by(entry, said)
        if _is_said(world, thing, said)
        and _keeps(thing, entry, world.today)
        and (tree := _condition(entry, thing, said, world.today))
    ]
    entries = {id(entry) for _, entry in found}
    return found[0] if len(entries) == 1 else None


def _told_by(entry: Entry, said: Said) -> tuple[_Thing, ...]:
    """The things that come or end, with what the name of a field tells by itself: "Days To Tariff End"."""
    words = set(entry.words)
    ends = bool(words & (_words("ending") - {stem("up"), stem("over"), stem("out")}))
    if not ends and not words & _words("coming") and not _is_until(entry):
        return _things()
    plain = _WRAPPING | _words("coming") | _words("ending")
    own = [each for each in entry.words if each not in plain]
    if not own or not any(likeness(own[-1], word) for word in said.every):
        return _things()
    alike = frozenset(each for each in said.every if any(likeness(each, word) for word in own))
    called = frozenset(own) | alike
    made = (_Thing(called, frozenset(), ends),)
    if not ends and _OVER & set(said.lows):
        made = (
            _Thing(called, frozenset(), True),
        )  # "inspection overdue" of the day of the next one
    return (*_things(), *made)


def _is_said(world: World, thing: _Thing, said: Said) -> bool:
    """Whether the words tell of this thing, that it comes or ends, and of nothing else."""
    told, every = said.told, set(said.every)
    ways = _words("ending" if thing.ends else "coming") | _words(
        "lasting" if thing.ends else "beginning"
    )
    if not every & thing.called or not told <= thing.called | thing.of | ways | _HELPING:
        return False
    future = any(isinstance(item, Future) for item in said.items)
    if thing.ends:
        over = _OVER & set(said.lows)
        if any(world.lexicon.has_value(stem(each)) for each in over) or _is_told(world, thing):
            return False  # "expired" of a status, or of an event
        return bool(every & _words("ending")) or bool(every & _words("lasting"))
    return future or bool(every & (_words("coming") - {stem("book")}))


def _is_told(world: World, thing: _Thing) -> bool:
    """Whether an event tells that the thing ended."""
    return any(
        thing.called & set(each.words) and _words("ending") & set(each.words)
        for each in world.lexicon.events
    )


def _keeps(thing: _Thing, entry: Entry, today: date) -> bool:
    """Whether the field says when, or whether, this thing comes or ends."""
    words = set(entry.words)
    kind = type_of(entry)
    if kind == "number" and not _is_until(entry):
        return False
    if kind not in ("number", "date", "timestamp", "boolean") or words & _GONE:
        return False
    own = words - _WRAPPING - _words("coming")
    if thing.ends:
        ends = words & (_words("ending") | _words("lasting") | _words("coming")) or _is_until(entry)
        return (
            bool(ends)
            and kind != "boolean"
            and own - _words("ending") - _words("lasting") <= thing.called | thing.of
        )
    if not own & thing.called or not own <= thing.called | thing.of | {stem("start")}:
        return False
    return bool(words & _words("coming")) or kind == "number" or _is_ahead(entry, today)


def _is_ahead(entry: Entry, today: date) -> bool:
    stats = getattr(entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    return latest is not None and latest[:10] > today.isoformat()


def _is_until(entry: Entry) -> bool:
    """Whether a number counts the days until then: `days_to_renewal`, "Days Until Arrival"."""
    return stem("days") in entry.words and bool(_UNTIL & set(entry.words))


def _condition(entry: Entry, thing: _Thing, said: Said, today: date) -> Boolean | None:
    times = [each for each in said.items if is_time(each) and not isinstance(each, Ever)]
    if len(times) > 1 or any(not is_time(each) for each in said.items):
        return None
    left, kind = Trait(entry.field.name), type_of(entry)
    if kind == "boolean":
        yes = Comparison(left, "equals", (Literal("true"),))
        return None if times else Not(yes) if said.denied else yes
    if not times:
        own = set(entry.words) & _words("ending")
        renews = bool(own) and own <= _RENEWING and not _RENEWING & set(said.every)
        over = bool(_OVER & set(said.lows)) and not said.denied
        if kind == "number" and over and _is_gone(entry):
            return Comparison(left, "less_than", (Literal(Decimal(0)),))
        return _untimed(left, kind, thing, said, today, renews=renews)
    if said.denied:
        return None  # "not arriving for another 90 days": how long, or never?
    past = (_OVER - {"over"}) & set(said.lows) if not _IS & set(said.lows) else frozenset[str]()
    if past and thing.ends:
        return None  # "trials that ran out in October": of a day gone by
    when = _coming(times[0], today)
    if kind == "number":
        return _days(left, when, today, gone=_is_gone(entry))
    lasting = thing.ends and not set(said.every) & (_words("ending") - _words("lasting"))
    if lasting and not isinstance(when, OpenFrom):
        return None
    rows = date_conditions(
        left, "date" if kind == "date" else "timestamp", when, yearly=False, ahead=True, today=today
    )
    if isinstance(when, OpenTo) and not thing.ends and when.last >= today:
        rows = [Comparison(left, "at_least", (Literal(today.isoformat()),)), *rows]  # it comes
    return joined(And, tuple(rows)) if rows else None


def _untimed(
    left: Trait, kind: str, thing: _Thing, said: Said, today: date, *, renews: bool
) -> Boolean | None:
    """ "no stay coming up", "whose membership has expired": not by the day of the last renewal."""
    if thing.ends:
        if not set(said.lows) & _OVER or said.denied or kind == "number" or renews:
            return None
        return Comparison(left, "less_than", (Literal(today.isoformat()),))
    if said.denied:
        return Comparison(left, "absent")
    if kind == "number":
        return Comparison(left, "exists")
    return Comparison(left, "at_least", (Literal(today.isoformat()),))


def _coming(item: Item, today: date) -> Item:
    if isinstance(item, Calendar | OpenFrom | OpenTo) and is_yearless(item):
        return next_such(item, today)
    return item


def _is_gone(entry: Entry) -> bool:
    """Whether a number of days until then may be below zero: what was to come is over for some."""
    least = getattr(getattr(entry.field, "stats", None), "minimum", None)
    return least is not None and str(least).startswith("-")


def _days(left: Trait, when: Item, today: date, *, gone: bool) -> Boolean | None:
    """A time to come, as a number of days from now."""
    low = high = None
    match when:
        case Future(soonest=soonest, latest=latest):
            low, high = soonest, latest
        case Within(duration=duration) | Length(duration=duration):
            high = duration
        case LengthRange(low=least, high=most):
            low, high = least, most
        case Rolling() | Calendar() | OpenFrom() | OpenTo():
            return None
        case _:
            return None
    rows: list[Boolean] = []
    if low is not None or (gone and high is not None):
        days = 0 if low is None else low.hours // 24
        rows.append(Comparison(left, "at_least", (Literal(Decimal(days)),)))
    if high is not None:
        rows.append(Comparison(left, "at_most", (Literal(Decimal(high.hours // 24)),)))
    return joined(And, tuple(rows)) if rows else None


@cache
def _things() -> tuple[_Thing, ...]:
    data = load("ahead.yaml")
    return tuple(
        _Thing(_stems(row["called"]), _stems(row["of"]), key == "ends")
        for key in ("begins", "ends")
        for row in data[key]
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return _stems(load("ahead.yaml")[kind])


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        part for word in words for part in compounded([stem(each) for each in word.split()])
    )


_HELPING = stem_set(
    "have", "has", "got", "be", "is", "do", "away", "now", "day", "days", "date", "already", "them", "on",
    "books", "book", "whose", "still", "go", "more", "another", "coming", "with", "get", "will",
)  # fmt: skip
_WRAPPING = stem_set(
    "date", "day", "days", "time", "at", "on", "to", "until", "till", "before", "left", "remaining", "is", "has",
    "have", "flag", "planned", "scheduled", "in", "of",
)  # fmt: skip
_RENEWING = stem_set("renew", "renewal")
_UNTIL = stem_set("until", "to", "till", "before", "left", "remaining", "in")
_GONE = stem_set("last", "latest", "since", "previous", "first", "past")
_OVER = frozenset(["over", "expired", "lapsed", "ended", "run out", "ran out", "overdue"])
_IS = frozenset(["is", "are", "will"])
