"""What people did, kept in a field known of them where no event tells of it.

"haven't logged in for 30 days" of `days_since_last_login`, "cancelled in May" of `cancellation_date`,
"upgraded twice" of `upgrades`, "10 logins in the last 30 days" of `logins_last_30_days`. Only a part of
a sentence that says nothing else is read so: each of its words tells of that one deed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

from audience.english.amounts import bounds, compared
from audience.english.compounding import compounded
from audience.english.context import World, type_of
from audience.english.data import load
from audience.english.events import is_action
from audience.english.literals.items import (
    Calendar,
    Ever,
    Item,
    LengthRange,
    Number,
    OpenFrom,
    Range,
    Rolling,
    Within,
)
from audience.english.paraphrase import HAPPENED
from audience.english.schema import Entry, likeness, roles
from audience.english.sentence import frame_words
from audience.english.times import date_conditions, is_time
from audience.english.tokens import stem, stem_set
from audience.query import And, Boolean, Comparison, Literal, Not, Trait, joined


@dataclass(frozen=True)
class Said:
    """A part of a sentence: stems that tell something, its words and their stems, its literals, whether
    it is denied."""

    told: frozenset[str]
    lows: tuple[str, ...]
    every: tuple[str, ...]
    items: tuple[Item, ...]
    denied: bool


@dataclass(frozen=True)
class _Deed:
    kept: frozenset[str]
    said: tuple[frozenset[str], ...]
    of: frozenset[str]
    done_to: frozenset[str]


def kept_deed(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The one condition on a field that keeps what was said to be done, and the field."""
    told = (said.told - _PLAIN) | (_PARTICLES & set(said.every))
    if not told or "open" in said.lows:  # "an open ticket": how it is, and not what was done
        return None
    people = world.lexicon.accounts if accounts else world.lexicon.users
    found: list[tuple[int, Boolean, Entry]] = []
    for entry in people:
        core = _core(entry)
        if not core or not _is_told(core, told, said.every):
            continue
        if entry.refuses or entry.role == "spend" or not _is_past(entry, world.today):
            continue
        made = _condition(entry, said, world.today)
        if made is not None:
            rank = made[0]
            if _is_state(said, core):
                if rank == _COUNT or _LAST & set(entry.words):
                    continue  # how often, or when, says nothing of now
                rank = _COUNT + 1 if type_of(entry) == "boolean" else rank
            found.append((rank, made[1], entry))
    if not found or _has_event(world, told, said.every):
        return None
    best = max(rank for rank, _, _ in found)
    first = [(tree, entry) for rank, tree, entry in found if rank == best]
    if len(first) > 1 and best == _COUNT:
        first = [each for each in first if _COUNTING & set(each[1].words)]
    return first[0] if len(first) == 1 else None


# Which deed -------------------------------------------------------------------------------------


def _is_told(core: frozenset[str], told: frozenset[str], every: Sequence[str]) -> bool:
    """Whether the words tell of what the field of these words keeps, and of nothing else."""
    for deed in _deeds():
        if core & deed.kept and core <= deed.kept | deed.of and _is_said(deed, told, every):
            return not _is_done_to(deed, every)
    if not any(map(is_action, core)) or _passive(core, every):
        return False
    left = told - _HELPING
    return (
        bool(core & left)
        and all(any(likeness(each, word) for each in left) for word in core)
        and all(any(likeness(each, word) for word in core) for each in left)
    )


def _is_state(said: Said, core: frozenset[str]) -> bool:
    """ "is paused", "paused right now", "paused subscribers": how it stands with them now."""
    if _NOW & set(said.lows):
        return True
    people = frame_words()["subjects.users"]
    return any(
        (one in _IS and (said.every[place + 1] in core or other == "on"))
        or (one.endswith("ed") and said.every[place] in core and other in people)
        for place, (one, other) in enumerate(pairwise(said.lows))
    )


def _is_said(deed: _Deed, told: frozenset[str], every: Sequence[str]) -> bool:
    return any(
        phrase <= set(every) and told <= phrase | deed.of | _HELPING | deed.kept
        for phrase in deed.said
    )


def _is_done_to(deed: _Deed, every: Sequence[str]) -> bool:
    """ "were invited": it was done to them, unless a thing of theirs was said before it."""
    verbs = frozenset(word for phrase in deed.said for word in phrase) - deed.of - deed.done_to
    place = _passive(verbs, every)
    return bool(place) and not (deed.of | deed.kept) & set(every[: place - 1])


def _passive(verbs: Collection[str], every: Sequence[str]) -> int:
    """The place of a verb that a form of "be" stands before; 0 where there is none."""
    for place in range(1, len(every)):
        if every[place] in verbs and every[place - 1] == "be":
            return place
    return 0


def _has_event(world: World, told: frozenset[str], every: Sequence[str]) -> bool:
    """Whether an event tells of it: every word of its name, but that it took place, was said."""
    deeds = [each for each in _deeds() if _is_said(each, told, every)]
    lexicon = world.lexicon
    for role in roles("events"):
        if lexicon.roles.get(role.name) and any(set(each) <= set(every) for each in role.says):
            return True
    for event in lexicon.events:
        words = set(event.words) - HAPPENED - _HELPING or set(event.words)
        if any(words & each.kept and words <= each.kept | each.of for each in deeds):
            return True
        if all(any(likeness(word, each) for each in told) for word in words):
            return True
    return False


def _core(entry: Entry) -> frozenset[str]:
    """The words of a field's name that say which deed it keeps; none where it keeps none."""
    words = [each for each in entry.words if not _DIGITS.match(each)]
    kind = type_of(entry)
    if kind not in ("date", "timestamp", "number", "boolean"):
        return frozenset()
    if kind == "number" and _DAY in words and not (_since(entry) or _window(entry)):
        return frozenset()
    return frozenset(words) - _WRAPPING


def _is_past(entry: Entry, today: date) -> bool:
    """Whether a date has only days of the past, as what was done has."""
    if type_of(entry) not in ("date", "timestamp"):
        return True
    latest = getattr(getattr(entry.field, "stats", None), "maximum", None)
    return latest is not None and str(latest)[:10] <= today.isoformat()


def _since(entry: Entry) -> bool:
    """Whether a number counts the days since it was last done."""
    return type_of(entry) == "number" and {_DAY, stem("since")} <= set(entry.words)


def _window(entry: Entry) -> int | None:
    """The days of a window that a number's name tells: 30 of `logins_last_30_days`, `logins_30d`."""
    found = _IN_NAME.search(entry.field.name)
    if found is None:
        return None
    return int(found.group(1)) * _LENGTHS[found.group(2)[0].lower()]


def year_named(entry: Entry) -> int | None:
    """The year that a number's name tells: `orders_2026`."""
    found = _YEAR_IN_NAME.search(entry.field.name) if type_of(entry) == "number" else None
    return int(found.group()) if found else None


def _is_year(when: Item | None, year: int, today: date) -> bool:
    """Whether the time is that year, or what there is of it so far."""
    match when:
        case Calendar(first=first, last=last):
            whole = last == date(year, 12, 31) or (year == today.year and last >= today)
            return first == date(year, 1, 1) and whole
        case OpenFrom(first=first):
            return year == today.year and first == date(year, 1, 1)
        case _:
            return False


# What it says -----------------------------------------------------------------------------------


def _condition(entry: Entry, said: Said, today: date) -> tuple[int, Boolean] | None:
    """How well the field suits what was said of when and how often, and the condition."""
    times = [each for each in said.items if is_time(each) and not isinstance(each, Ever)]
    counts = [each for each in said.items if isinstance(each, Range | Number)]
    if (
        len(times) > 1
        or len(counts) > 1
        or len(said.items)
        > len(times) + len(counts) + sum(isinstance(each, Ever) for each in said.items)
    ):
        return None
    when, denied = times[0] if times else None, said.denied != _is_undone(said)
    count: Item | None = counts[0] if counts else None
    if isinstance(count, Range) and count.unit not in (None, "times"):
        return None
    if count is not None and bounds(count) == [("equals", Decimal(0))]:
        count, denied = None, not denied
    elif count is not None and denied and count.text.lower() in _ONE:
        count = None  # "without a single login"
    kind = type_of(entry)
    if kind == "boolean":
        once = when or count or any(isinstance(each, Ever | Range) for each in said.items)
        return None if once else (1, _flag(entry, denied))
    if kind == "number" and not _since(entry):
        return _counted(entry, when, count, denied, today)
    if count is not None and bounds(count) != [("at_least", Decimal(1))]:
        return None
    if when is None:
        left = Trait(entry.field.name)
        return (3 if kind != "number" else 2), Comparison(left, "absent" if denied else "exists")
    if kind == "number":
        return _days_since(entry, when, denied, today)
    return _dated(entry, when, denied, today)


def _is_undone(said: Said) -> bool:
    """ "people we couldn't charge", who "still have to finish": a "no" of the deed itself, or none said."""
    if _UNABLE & set(said.lows) and {stem("charge")} & set(said.every):
        return True
    return any(pair in _OWED for pair in pairwise(said.lows))


def _flag(entry: Entry, denied: bool) -> Boolean:
    tree = Comparison(Trait(entry.field.name), "equals", (Literal("true"),))
    return Not(tree) if denied else tree


def _counted(
    entry: Entry, when: Item | None, count: Item | None, denied: bool, today: date
) -> tuple[int, Boolean] | None:
    window = _window(entry)
    year = year_named(entry)
    if year is not None:
        if not _is_year(when, year, today):
            return None
    elif (when is None) != (window is None) or (when is not None and window != _days(when)):
        return None
    left = Trait(entry.field.name)
    if count is not None:
        tree = compared(left, count)
        return _COUNT, Not(tree) if denied else tree
    operator, number = ("equals", 0) if denied else ("at_least", 1)
    return _COUNT, Comparison(left, operator, (Literal(Decimal(number)),))


def _dated(entry: Entry, when: Item, denied: bool, today: date) -> tuple[int, Boolean] | None:
    if _FIRST & set(entry.words):
        return None  # when they did it first says nothing of when they did it
    if _LAST & set(entry.words) and not _reaches_now(when, today):
        return None  # whoever did it in May may have done it since
    field_type = type_of(entry)
    rows = date_conditions(
        Trait(entry.field.name),
        "date" if field_type == "date" else "timestamp",
        when,
        yearly=False,
        ahead=False,
        today=today,
    )
    if not rows:
        return None
    tree = joined(And, tuple(rows))
    return 3, Not(tree) if denied else tree


def _reaches_now(when: Item, today: date) -> bool:
    match when:
        case Rolling(oldest=None) | Within() | LengthRange() | OpenFrom():
            return True
        case Rolling(newest=newest):
            return newest is None
        case Calendar(last=last):
            return last >= today
        case _:
            return False


def _days_since(entry: Entry, when: Item, denied: bool, today: date) -> tuple[int, Boolean] | None:
    left = Trait(entry.field.name)
    if isinstance(when, Rolling) and when.newest is not None and when.oldest is None:
        days, more = when.newest.hours // 24, True  # "more than 30 days ago"
    elif isinstance(when, OpenFrom) or (isinstance(when, Calendar) and when.last >= today):
        days, more = (today - when.first).days, False
    else:
        length = _days(when)
        if length is None:
            return None
        days, more = length, False
    operator = "greater_than" if more != denied else "at_most"
    return 2, Comparison(left, operator, (Literal(Decimal(days)),))


def _days(when: Item) -> int | None:
    """The days of a window that ends now."""
    match when:
        case Rolling(newest=None, oldest=oldest) if oldest is not None:
            return oldest.hours // 24
        case Within(duration=duration):
            return duration.hours // 24
        case LengthRange(low=low, high=None) if low is not None:
            return low.hours // 24
        case _:
            return None


# Words ------------------------------------------------------------------------------------------


@cache
def _deeds() -> tuple[_Deed, ...]:
    def stems(words: Iterable[str]) -> frozenset[str]:
        return frozenset(part for word in words for part in _stems(word))

    return tuple(
        _Deed(
            stems(row["kept"]),
            tuple(frozenset(_stems(phrase)) for phrase in row["said"]),
            stems(row["of"]),
            stems(row.get("done_to", ())),
        )
        for row in load("deeds.yaml")
    )


def _stems(phrase: str) -> tuple[str, ...]:
    return compounded([stem(word) for word in phrase.split()])


_DAY = stem("day")
_COUNT = 4  # how well a number suits that counts how often it was done
_COUNTING = stem_set("count", "number", "times")
_LAST = stem_set("last", "latest", "recent")
_FIRST = stem_set("first", "initial", "earliest")
# Words of a name that say how a deed is kept, and not which it is.
_WRAPPING = stem_set(
    "last", "latest", "recent", "most", "date", "day", "days", "at", "on", "time", "times", "timestamp",
    "since", "is", "has", "be", "have", "been", "flag", "count", "number", "total", "lifetime", "ever",
    "first", "d", "week", "weeks", "month", "months", "past", "all", "of",
)  # fmt: skip
# Words beside a deed that say no more than that it was done.
_HELPING = stem_set(
    "make", "do", "have", "get", "take", "place", "put", "give", "send", "complete", "finish", "perform",
    "single", "right", "ever", "already", "yet", "far", "date", "point", "moment", "current", "new", "time",
)  # fmt: skip
_PLAIN = stem_set(
    "last", "latest", "recent", "recently", "anything", "something", "thing", "just", "only"
)
_PARTICLES = frozenset(["off", "out", "up", "down", "over", "back", "away"])
_NOW = frozenset(["currently", "now", "moment", "presently"])
_IS = frozenset(["is", "are", "isn't", "aren't"])
_UNABLE = frozenset(["couldn't", "couldnt", "can't", "cant", "cannot", "not", "unable"])
_OWED = {("have", "to"), ("has", "to"), ("need", "to"), ("needs", "to")}
_ONE = ("a single", "one", "single", "1", "even one")
_DIGITS = re.compile(r"\d")
_IN_NAME = re.compile(r"(\d+)[ _-]?(d|days?|w|weeks?|m|months?)(?![a-z])", re.IGNORECASE)
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LENGTHS = {"d": 1, "w": 7, "m": 30}
