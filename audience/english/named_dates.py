"""When a date that a field holds lies: past or to come, every year or once."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from audience.english.atoms import places_of
from audience.english.context import World, cue, type_of
from audience.english.events import is_action
from audience.english.frames import TraitFrame
from audience.english.links import NameLink
from audience.english.literals.items import (
    Calendar,
    Future,
    Item,
    LengthRange,
    OpenFrom,
    OpenTo,
    Range,
    Rolling,
)
from audience.english.schema import Entry, likeness, stemmed
from audience.english.sentence import Word
from audience.english.times import date_conditions, is_time, next_such
from audience.english.tokens import stem
from audience.query import And, Boolean, Duration, Not, joined

if TYPE_CHECKING:
    from audience.english.fields import Fields


def date_tree(fields: Fields, named: NameLink, item: Item) -> Boolean | None:
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    words = fields.reader.piece_words()
    today = fields.reader.world.today
    if isinstance(item, Calendar | OpenFrom | OpenTo) and is_yearless(item):
        item = _coming(fields, named, item)
    if isinstance(item, Range):
        old = _as_old(item)
        if old is None:
            return None
        item = old
    words = [*words, *_anniversary_before(fields, named)]
    if any(map(_is_anniversary, words)) and isinstance(item, OpenFrom | OpenTo):
        return None  # "an anniversary after 1 May": up to when?
    yearly = is_yearly(named, words, item)
    if yearly and item.assumption in fields.reader.context.assumptions:
        fields.reader.context.assumptions.remove(item.assumption)  # it names a year
    rows = date_conditions(
        left,
        kind,  # type: ignore[arg-type]
        item,
        yearly=yearly,
        ahead=looks_ahead(words, named, today),
        today=today,
    )
    if not rows:
        return None
    tree = joined(And, tuple(rows))
    idle = (
        any(word.low in cue("idle") for word in words)
        and not _holds_ends(named, today)
        and not _is_long_ago(item)
    )
    return Not(tree) if idle else tree


def _coming(
    fields: Fields, named: NameLink, item: Calendar | OpenFrom | OpenTo
) -> Calendar | OpenFrom | OpenTo:
    """ "ends in May", "expires before May": of a date to come, the next one."""
    context, today = fields.reader.context, fields.reader.world.today
    if not lies_ahead(named.entry, fields.reader.piece_words(), today):
        return item
    coming = next_such(item, today)
    if coming == item:
        return item
    if item.assumption in context.assumptions:
        context.assumptions.remove(item.assumption)
        day = coming.last if isinstance(coming, OpenTo) else coming.first
        context.assume(f"“{item.text}” is the next one, in {day.year}.")
    return coming


def is_yearless(item: Calendar | OpenFrom | OpenTo) -> bool:
    """Whether a month, a quarter or a day is named without its year, and not from today."""
    if re.search(r"\d{4}", item.text) or _POINTING & set(item.text.lower().split()):
        return False
    if isinstance(item, Calendar) and (item.month is not None or item.grain in ("span", "quarter")):
        return True
    return any(rule.startswith(_MONTHS) for rule in item.rules)


def _as_old(item: Range) -> LengthRange | None:
    """ "less than 2 years old", of something that began on a date."""
    if item.unit != "years_old" or item.negated:
        return None
    ends = [
        None if end is None or end != end.to_integral_value() else Duration(int(end) * 365, "day")
        for end in (item.low, item.high)
    ]
    known = {"start": item.start, "end": item.end, "text": item.text}
    return LengthRange(**known, low=ends[0], high=ends[1])  # type: ignore[arg-type]


def later_date(fields: Fields, named: NameLink, step: int, places: set[int]) -> Boolean | None:
    """ "signed up via a friend in May": the time of a date stands after what else is said of it."""
    atoms = fields.reader.atoms
    for at in range(step + 1, min(step + 3, len(atoms))):
        item = atoms[at].item
        if item is not None and is_time(item):
            tree = date_tree(fields, named, item)
            if tree is not None:
                places |= places_of(atoms[at])
                atoms.remove(atoms[at])
            return tree
        if item is not None:
            return None
    return None


def is_dated_thing(fields: Fields, named: NameLink, step: int) -> bool:
    """ "opened an account in May": what the date is of, as its description says."""
    atoms = fields.reader.atoms
    following = atoms[step + 1].item if step + 1 < len(atoms) else None
    if atoms[step].kind not in ("word", "link") or following is None or not is_time(following):
        return False
    words = fields.reader.world.sentence.words[atoms[step].first : atoms[step].end]
    known = {*named.entry.words, *named.entry.about}
    return all(any(likeness(word.stem, each) for each in known) for word in words if word.is_word)


def is_other_date(fields: Fields, named: NameLink) -> bool:
    """ "did not use their card last month": not when it expires, which nobody said."""
    said = [word.stem for word in fields.reader.piece_words()]
    told = named.entry.role in ("sign_up_date", "date_last_active", "date_of_birth")
    described = pairwise(stemmed(named.entry.field.description))
    told = told or bool(
        set(described) & set(pairwise(said))
    )  # "the next charge", as it is described
    return (
        named.score < 0.85
        and not told
        and any(
            (is_action(each) or each in _ending()) and not any(likeness(each, w) for w in said)
            for each in named.entry.words
        )
    )


@cache
def _ending() -> frozenset[str]:
    """Stems of what happens at a date: it ends, expires, renews."""
    return frozenset(stem(each) for each in cue("seem")) - {
        "date",
        "on",
        "about",
        "go",
        "come",
        "period",
        "term",
        "take",
        "took",
        "place",
    }


def _holds_ends(named: NameLink, today: date) -> bool:
    """Whether the field says when something ends: "lapsed" is then what it tells, not its denial."""
    stats = getattr(named.entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    ends = any(likeness(word, stem("end")) for word in named.entry.words)
    return ends or (latest is not None and latest[:10] > today.isoformat())


def _is_long_ago(item: Item) -> bool:
    """ "for more than 6 months": the length itself says that it lies back."""
    if isinstance(item, LengthRange):
        return True
    return isinstance(item, OpenTo) or (isinstance(item, Rolling) and item.newest is not None)


def coming_date(world: World, words: Collection[Word], accounts: bool) -> Entry | None:
    """ "whose policy is due in the next two weeks": the one date to come that all of `words` speak of."""
    telling = [word for word in words if word.low not in cue("seem")]
    return _coming_date(world, words, accounts) or _coming_date(world, telling, accounts)


def _coming_date(world: World, words: Collection[Word], accounts: bool) -> Entry | None:
    people = world.lexicon.accounts if accounts else world.lexicon.users
    rows = []
    for entry in people:
        if type_of(entry) not in ("date", "timestamp") or not lies_ahead(entry, [], world.today):
            continue
        known = (*entry.words, *entry.about)
        if not all(any(likeness(word.stem, each) for each in known) for word in words):
            continue
        own = sum(word.stem in entry.words for word in words)
        if own or len(words) > 1:
            rows.append((own, entry))
    rows.sort(key=lambda row: -row[0])
    return rows[0][1] if rows and (len(rows) == 1 or rows[0][0] > rows[1][0]) else None


def is_to_come(item: Item, words: Collection[Word], today: date, *, held: bool = False) -> bool:
    """ "in the next 30 days", or some days of which the verb says that they come: "falls in May",
    "with a renewal in May" where it is `held`."""
    if isinstance(item, Future):
        return True
    present = held or any(word.low in _PRESENT or _is_doing(word) for word in words)
    if not present or any(map(_is_gone, words)):
        return False
    if isinstance(item, Calendar | OpenTo):
        return is_yearless(item) or item.last >= today
    return isinstance(item, OpenFrom) and item.first >= today


def is_held(said: Collection[Word], content: Collection[Word], *, led: bool) -> bool:
    """ "has a renewal in May", "with a renewal in May" where "with" `led`: a thing that happens, and no contract."""
    has = led or any(word.low in ("has", "have") for word in said)
    return has and any(is_action(word.stem) for word in content)


def _is_doing(word: Word) -> bool:
    """ "renews", "expires": what it does, and no noun."""
    return word.low.endswith("s") and word.low in cue("seem")


def lies_ahead(entry: Entry, words: list[Word], today: date) -> bool:
    """Whether the field holds dates to come and nothing says that they are past."""
    stats = getattr(entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    ahead = latest[:10] > today.isoformat() if latest is not None else _NEXT & set(entry.words)
    return (
        entry.role != "date_of_birth"
        and not cue("last") & set(entry.words)
        and bool(ahead)
        and not any(map(_is_gone, words))
    )


def _is_gone(word: Word) -> bool:
    """ "ended", "ran out", "fell due", "overdue": said of a date that is over."""
    return word.low.split()[0] in _PAST


def is_yearly(named: NameLink, words: list[Word], item: Item) -> bool:
    """A birthday or an anniversary returns every year; a date of birth with a year does not."""
    own = named.entry.role == "date_of_birth" or any("anniv" in e for e in named.entry.words)
    if not own and not any(map(_is_anniversary, words)):
        return False
    from audience.english.literals.items import OpenTo

    if isinstance(item, OpenFrom | OpenTo):
        return False
    born = any(word.low == "born" for word in words)
    if isinstance(item, Calendar):
        birthday = any(word.low.startswith(("birthday", "bday", "turn")) for word in words)
        birthday = birthday or any(map(_is_anniversary, words))
        if item.grain == "year" or (item.grain == "span" and item.month is None and not birthday):
            return False
        if birthday or item.month is not None or bool(item.months):
            return True
        return not born and _YEAR.search(item.text) is None  # "whose date of birth is next week"
    return not born or isinstance(item, Future)  # "born in the last 6 months": no older than that


_YEAR = re.compile(r"\d{4}")


def _anniversary_before(fields: Fields, named: NameLink) -> list[Word]:
    """ "an anniversary in June or July": the word that the list goes on with."""
    last, reader = fields.reader.context.last, fields.reader
    if not isinstance(last, TraitFrame) or last.entry is not named.entry:
        return []
    before = [each for each in last.places if each < reader.piece.first]
    said = (reader.world.sentence.words[each] for each in before)
    return [word for word in said if _is_anniversary(word)]


def _is_anniversary(word: Word) -> bool:
    return word.low.startswith("anniversar")


def looks_ahead(words: list[Word], named: NameLink, today: date) -> bool:
    """Whether a bare length of time ("in 30 days") lies ahead of now."""
    stats = getattr(named.entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    if named.entry.role in ("date_last_active", "sign_up_date"):
        return False
    if cue("last") & set(named.entry.words) and latest is None:
        return False
    if latest is not None and latest[:10] <= today.isoformat():
        return False
    following = [*words[1:], None]
    return not any(
        _is_gone(word) or (_is_ended(word) and not _is_of_field(after, named.entry))
        for word, after in zip(words, following, strict=True)
    )


def _is_ended(word: Word) -> bool:
    return word.low.endswith("ed") and len(word.low) > 4


def _is_of_field(word: Word | None, entry: Entry) -> bool:
    """ "fixed price ends": the word before a noun of the field only tells which one it is."""
    return word is not None and any(
        likeness(word.stem, each) for each in (*entry.words, *entry.about)
    )


_PRESENT = frozenset(["is", "are", "falls", "fall", "comes", "come", "due", "date", "dates"])
_NEXT = frozenset(["next", "upcom", "upcoming"])  # stems of the day of something to come
_PAST = frozenset(
    {
        "was",
        "were",
        "had",
        "ended",
        "expired",
        "lapsed",
        "signed",
        "joined",
        "created",
        "born",
        "did",
        "renewed",
        "ran",
        "finished",
        "closed",
        "started",
        "began",
        "stopped",
        "fell",
        "overdue",
        "arrived",
        "departed",
        "happened",
        "took",
        "matured",
    }
)


_POINTING = frozenset(["this", "last", "next", "past", "previous", "current", "coming", "since"])
_MONTHS = ("month:", "sure_month:", "feast:")  # rules of the literal grammar
