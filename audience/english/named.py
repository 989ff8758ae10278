"""A field called by its name, and what stands beside it: a value, an amount, a date, or nothing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from audience.english.amounts import (
    bounds,
    compared,
    factor,
    is_amount,
    is_percent,
    is_share,
    scaled,
    unit_of,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.events import is_action
from audience.english.frames import TraitFrame, negation
from audience.english.links import NameLink
from audience.english.literals.items import (
    Calendar,
    Comparator,
    Item,
    LengthRange,
    OpenTo,
    Rolling,
)
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word
from audience.english.times import date_conditions, is_time, next_such
from audience.english.tokens import stem
from audience.query import And, Boolean, Comparison, Literal, Not, Property, Trait, joined

if TYPE_CHECKING:
    from audience.english.fields import Fields


def take_named(fields: Fields, place: int, atom: Atom, named: NameLink) -> int:
    """Read the name at `place` with its neighbours; the place of the atom after all that was read."""
    reader = fields.reader
    atoms = reader.atoms
    places = set(range(atom.first, atom.end))
    kind = type_of(named.entry)
    if place and atoms[place - 1].kind == "cue" and atoms[place - 1].text in cue("missing"):
        return _finish(
            fields, place + 1, named, _absent(fields, named), places | _of(atoms[place - 1]), atom
        )
    signed = _signed(fields, place, named)
    if signed is not None:
        at, held = signed
        return _finish(fields, max(place, at) + 1, named, held, places | _of(atoms[at]), atom)
    step = place + 1
    sign = ""
    while step < len(atoms) and (
        atoms[step].kind == "sign"
        or _fills(atoms[step], kind)
        or (kind in ("date", "timestamp") and _is_dated_thing(fields, named, step))
    ):
        sign = atoms[step].text if atoms[step].kind == "sign" else sign
        if not _fills_missing(atoms[step]):
            places |= _of(atoms[step])
            step += 1
        else:
            break
    following = atoms[step] if step < len(atoms) else None
    if following is not None:
        if following.kind == "cue" and following.text in cue("missing"):
            places |= _of(following)
            return _finish(fields, step + 1, named, _absent(fields, named), places, atom)
        if _is_aggregated(fields, named, following):
            return step + 1
        tree = _beside(fields, named, following, sign, step)
        if tree is not None:
            return _finish(fields, step + 1, named, tree, places | _of(following), atom)
        if kind in ("date", "timestamp") and reader.head is None and _stands_apart(named):
            tree = _later(fields, named, step, places)
            if tree is not None:
                return _finish(fields, step, named, tree, places, atom)
    return _alone(fields, place, step, atom, named, places)


def _signed(fields: Fields, place: int, named: NameLink) -> tuple[int, Boolean] | None:
    """ "a positive balance", "whose balance is negative": the place of the word, and the condition."""
    atoms = fields.reader.atoms
    for at in (place - 1, place + 1):
        if not 0 <= at < len(atoms) or type_of(named.entry) != "number":
            continue
        operator = _SIGNS.get(atoms[at].text.lower())
        if operator is not None:
            left = fields._left(named.entry, named.event)
            return at, Comparison(left, operator, (Literal(Decimal(0)),))
    return None


_SIGNS = {"positive": "greater_than", "negative": "less_than"}


def _of(atom: Atom) -> set[int]:
    return set(range(atom.first, atom.end))


def _fills(atom: Atom, kind: str) -> bool:
    """Words between a field and its value that say nothing more."""
    if atom.kind != "word":
        return False
    return (
        atom.text in cue("seem")
        if kind in ("date", "timestamp")
        else atom.text
        in ("set", "equal", "equals", "include", "includes", "including", "contain", "contains")
    )


def _stands_apart(named: NameLink) -> bool:
    return named.score >= 0.85 or named.entry.role in ("sign_up_date", "date_last_active")


def _later(fields: Fields, named: NameLink, step: int, places: set[int]) -> Boolean | None:
    """ "signed up via a friend in May": the time of a date stands after what else is said of it."""
    atoms = fields.reader.atoms
    for at in range(step + 1, min(step + 3, len(atoms))):
        item = atoms[at].item
        if item is not None and is_time(item):
            tree = date_tree(fields, named, item)
            if tree is not None:
                places |= _of(atoms[at])
                atoms.remove(atoms[at])
            return tree
        if item is not None:
            return None
    return None


def _is_dated_thing(fields: Fields, named: NameLink, step: int) -> bool:
    """ "opened an account in May": what the date is of, as its description says."""
    atoms = fields.reader.atoms
    following = atoms[step + 1].item if step + 1 < len(atoms) else None
    if atoms[step].kind not in ("word", "link") or following is None or not is_time(following):
        return False
    words = fields.reader.world.sentence.words[atoms[step].first : atoms[step].end]
    known = {*named.entry.words, *named.entry.about}
    return all(any(likeness(word.stem, each) for each in known) for word in words if word.is_word)


def _fills_missing(atom: Atom) -> bool:
    return atom.kind == "cue" and atom.text in cue("missing")


def _finish(
    fields: Fields, step: int, named: NameLink, tree: Boolean, places: set[int], atom: Atom
) -> int:
    at = fields.reader.atoms.index(atom)
    fields._soft(at, places)
    _own_words(fields, at, named, places)
    valued = isinstance(tree, Comparison) and tree.operator in ("equals", "contains")
    fields.place_condition(named, tree, places, atom, valued=valued)
    return step


def _own_words(fields: Fields, at: int, named: NameLink, places: set[int]) -> None:
    """Words beside a field that its name or description says too: "club contract"."""
    atoms = fields.reader.atoms
    known = {*named.entry.words, *named.entry.about}
    for near in (at - 2, at - 1, at + 1, at + 2):
        if 0 <= near < len(atoms) and atoms[near].kind == "word":
            word = fields.reader.world.sentence.words[atoms[near].first]
            if any(likeness(word.stem, each) for each in known):
                places |= _of(atoms[near])
                fields.reader.context.used |= _of(atoms[near])


def _absent(fields: Fields, named: NameLink) -> Boolean:
    return Comparison(fields._left(named.entry, named.event), "absent")


def _is_aggregated(fields: Fields, named: NameLink, following: Atom) -> bool:
    """ "an average invoice amount below $50": all of them together, not each."""
    frame = fields.reader.event()
    method = fields.reader.modifiers.method()
    item = following.item
    if named.event is None or frame is None or method is None or item is None:
        return False
    if type_of(named.entry) != "number" or not is_amount(item) or frame.method is not None:
        return False
    fields.reader.modifiers.aggregate(frame, method, named.entry, bounds(item), following)
    frame.places |= _of(following)
    at = next(
        each for each in fields.reader.atoms if each.link is not None and named in each.link.names
    )
    fields.reader.claim(at, frame)
    return True


def _beside(
    fields: Fields, named: NameLink, following: Atom, sign: str, step: int
) -> Boolean | None:
    """The comparison with the atom that follows, or None where that is another matter."""
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    if following.kind == "link" and following.link is not None:
        for each in following.link.values:
            if each.entry is named.entry:
                tree = fields._equals(each)
                return Not(tree) if sign == "!=" else tree
        return None
    item = following.item
    if item is None:
        return _literal(fields, named, following, sign)
    if isinstance(item, Comparator):
        return _two_fields(fields, named, item, step)
    if kind == "number" and is_amount(item):
        measured = _measured(fields, named, item, step)
        if measured is not None:
            return measured
        return None if is_percent(item) and not is_share(named.entry) else compared(left, item)
    if kind == "text" and named.event is None and is_amount(item):
        return fields.reader.modifiers.ranged(named.entry, item, following)
    if kind in ("date", "timestamp") and is_time(item):
        if _is_other_date(fields, named):
            return None
        return date_tree(fields, named, item)
    unit = unit_of(named.entry)
    if kind == "number" and isinstance(item, LengthRange) and unit is not None:
        rows = scaled(item, unit)  # "a term longer than 5 years"
        return joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in rows))
    return None


def _measured(fields: Fields, named: NameLink, item: Item, step: int) -> Boolean | None:
    """ "waited longer than 5 minutes": in the unit that the field counts."""
    atoms = fields.reader.atoms
    said = atoms[step + 1] if step + 1 < len(atoms) else None
    unit = unit_of(named.entry)
    if said is None or unit is None or said.text not in cue("measures"):
        return None
    fields.reader.context.used |= _of(said)
    event = fields.reader.event()
    if named.event is not None and event is not None:
        event.places |= _of(said)
    left = fields._left(named.entry, named.event)
    return compared(left, item, factor(said.text, unit))


def _literal(fields: Fields, named: NameLink, following: Atom, sign: str) -> Boolean | None:
    """A value that was not seen in the data counts only where it is plainly given as one."""
    word = fields.reader.world.sentence.words[following.first]
    if following.kind != "word" or type_of(named.entry) not in ("text", "list"):
        return None
    if not (sign or word.quoted):
        return None
    if named.entry.field.stats.complete and named.entry.field.stats.values:  # type: ignore[union-attr]
        fields.reader.context.unknown_values.append((named.entry, word.text))
    tree = fields.compare_value(named, word.text)
    fields.reader.context.assume(
        f"“{word.text}” is not among the values seen of {named.entry.field.name}."
    )
    return Not(tree) if sign == "!=" else tree


def _two_fields(fields: Fields, named: NameLink, item: Comparator, step: int) -> Boolean | None:
    """ "more than their average": the other side is a field too."""
    atoms = fields.reader.atoms
    if step + 1 >= len(atoms) or item.operator == "between":
        return None
    other = atoms[step + 1]
    if other.kind != "link" or other.link is None:
        return None
    for each in other.link.names:
        if type_of(each.entry) == type_of(named.entry) and each.entry is not named.entry:
            right = fields._left(each.entry, each.event)
            fields.reader.context.used |= _of(other)
            fields.reader.context.used |= _of(atoms[step])
            return Comparison(fields._left(named.entry, named.event), item.operator, (right,))
    return None


def _is_other_date(fields: Fields, named: NameLink) -> bool:
    """ "did not use their card last month": not when it expires, which nobody said."""
    said = [word.stem for word in fields.reader.piece_words()]
    told = named.entry.role in ("sign_up_date", "date_last_active", "date_of_birth")
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
    return frozenset(stem(each) for each in cue("seem")) - {"date", "on", "about", "go", "come"}


def date_tree(fields: Fields, named: NameLink, item: Item) -> Boolean | None:
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    words = fields.reader.piece_words()
    today = fields.reader.world.today
    yearless = isinstance(item, Calendar) and not re.search(r"\d{4}", item.text)
    spanned = isinstance(item, Calendar) and (item.month is not None or item.grain == "span")
    if isinstance(item, Calendar) and yearless and spanned and _lies_ahead(named, words, today):
        item = next_such(item, today)
    rows = date_conditions(
        left,
        kind,  # type: ignore[arg-type]
        item,
        yearly=is_yearly(named, fields.reader.piece_words(), item),
        ahead=looks_ahead(words, named, today),
        today=fields.reader.world.today,
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


def _lies_ahead(named: NameLink, words: list[Word], today: date) -> bool:
    """Whether the field holds dates to come and nothing says that they are past."""
    stats = getattr(named.entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    return (
        named.entry.role != "date_of_birth"
        and latest is not None
        and latest[:10] > today.isoformat()
        and not any(word.low in _PAST for word in words)
    )


def is_yearly(named: NameLink, words: list[Word], item: Item) -> bool:
    """A birthday returns every year; a date of birth with a year does not."""
    if named.entry.role != "date_of_birth":
        return False
    from audience.english.literals.items import OpenFrom, OpenTo

    if isinstance(item, OpenFrom | OpenTo):
        return False
    if isinstance(item, Calendar):
        birthday = any(word.low.startswith(("birthday", "bday", "turn")) for word in words)
        if item.grain == "year" or (item.grain == "span" and item.month is None and not birthday):
            return False
        return birthday or item.month is not None
    return True


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
    }
)


def looks_ahead(words: list[Word], named: NameLink, today: date) -> bool:
    """Whether a bare length of time ("in 30 days") lies ahead of now."""
    stats = getattr(named.entry.field, "stats", None)
    latest = stats.maximum if stats is not None else None
    if named.entry.role in ("date_last_active", "sign_up_date"):
        return False
    if latest is not None and latest[:10] <= today.isoformat():
        return False
    return not any(
        word.low in _PAST or (word.low.endswith("ed") and len(word.low) > 4) for word in words
    )


def _alone(
    fields: Fields, place: int, step: int, atom: Atom, named: NameLink, places: set[int]
) -> int:
    """Nothing beside the name: a boolean holds, a date is past, anything else is there."""
    reader = fields.reader
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    words = reader.world.sentence.words[atom.first : atom.end]
    if kind == "boolean":
        holds = not any(is_negative(word) or is_undone(word, named.entry) for word in words)
        said = _switch(reader.atoms, step)
        if said is not None:
            holds = False
            places |= {each for at in reader.atoms[step : said + 1] for each in _of(at)}
            step = said + 1
        near = reader.atoms[place - 1] if place else None
        if (
            near is not None
            and near.kind in ("word", "cue")
            and (near.text in cue("off") or is_negative(reader.world.sentence.words[near.first]))
        ):
            holds = False
            places |= _of(near)
        tree: Boolean = Comparison(left, "equals", (Literal("true" if holds else "false"),))
        beside = [reader.atoms[at] for at in (place - 1, step) if 0 <= at < len(reader.atoms)]
        for each in beside:
            if each.kind == "word" and each.text in cue("on_") | cue("soft"):
                places |= _of(each)
        return _finish(fields, step, named, tree, places, atom)
    if kind in ("date", "timestamp") and any(
        word.low in ("expired", "ended", "lapsed", "past", "passed")
        for word in reader.piece_words()
    ):
        today = Literal(reader.world.today.isoformat())
        return _finish(fields, step, named, Comparison(left, "less_than", (today,)), places, atom)
    if (
        named.event is not None
        and reader.head is not None
        and kind != "boolean"
        and named.score < 0.97
    ):
        reader.head.places |= places
        reader.context.used |= places
        return step
    other = kind in ("date", "timestamp") and _is_other_date(fields, named)
    if other or not _is_had(fields, place, named):
        return step
    tree = Comparison(left, "exists")
    several = words[-1].low.endswith("s") or words[-1].low in ("children", "people")
    if kind == "number" and several and named.entry.role is None:
        tree = Comparison(left, "greater_than", (Literal(Decimal(0)),))
        if any(each < atom.first for each in reader.pending):
            reader.context.assume(f"No {atom.text}: those without a value are in.")
    return _finish(fields, step, named, tree, places, atom)


def _switch(atoms: list[Atom], step: int) -> int | None:
    """ "alerts turned off": where an "off" stands after the flag, with at most a verb between."""
    for at in range(step, min(step + 2, len(atoms))):
        if atoms[at].text in cue("off"):
            return at
        if atoms[at].kind != "word" or atoms[at].text not in cue("on_") | cue("soft"):
            return None
    return None


def _is_had(fields: Fields, place: int, named: NameLink) -> bool:
    """Whether the field itself is said to be there or not: "have a phone number", "no e-mail"."""
    reader = fields.reader
    connector = reader.piece.connector
    words = {word.low for word in reader.piece_words()}
    if named.event is not None:
        words -= {"own", "owns"}  # "own brand products"
    if named.event is not None and named.score >= 0.95 and words & _APPLYING:
        return True  # "used a promo code"
    had = bool(words & _HAVING) or connector.with_ or bool(reader.pending)
    own = range(reader.atoms[place].first, reader.atoms[place].end)
    doing = any(
        is_action(word.stem) and word.low not in _HAVING
        for at, word in reader.words.items()
        if at not in own
    )
    if doing and not words & _HAVING and not connector.with_:
        return False  # "did not use their card": what they did, not what they have
    if had and named.event is None and reader.head is None:
        return named.score >= (0.6 if reader.pending else 0.7)
    before = reader.context.last
    listed = isinstance(before, TraitFrame) and "exists" in str(
        getattr(before.tree, "operator", "")
    )
    absent = isinstance(before, TraitFrame) and getattr(before.tree, "operator", "") == "absent"
    return (had or listed or absent) and named.score >= 0.7


_APPLYING = frozenset(["used", "use", "using", "uses", "applied", "entered"])
_HAVING = frozenset(
    [
        "have",
        "has",
        "having",
        "had",
        "with",
        "own",
        "owns",
        "gave",
        "given",
        "provided",
        "share",
        "shared",
        "added",
        "set",
        "filled",
        "known",
        "recorded",
        "told",
        "tell",
        "said",
        "missing",
        "unknown",
        "haven't",
        "hasn't",
        "don't",
        "doesn't",
        "dont",
        "doesnt",
        "connected",
        "registered",
        "left",
    ]
)


def is_undone(word: Word, entry: Entry) -> bool:
    """ "unresolved" of what is resolved or not."""
    return word.stem.startswith("un") and word.stem[2:] in entry.words


def is_negative(word: Word) -> bool:
    return word.stem in cue("negative")


__all__ = ["Property", "Trait", "TraitFrame", "date_tree", "is_negative", "negation", "take_named"]
