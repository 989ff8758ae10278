"""A number that a field holds, beside its name: signs, units, sums, and another field to compare."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.amounts import bounds, compared, factor, is_amount, unit_of
from audience.english.atoms import Atom, places_of
from audience.english.bins import within
from audience.english.context import cue, type_of
from audience.english.frames import TraitFrame
from audience.english.links import NameLink
from audience.english.literals.items import (
    Calendar,
    Comparator,
    ComparatorKey,
    Item,
    Number,
    OpenFrom,
    OpenTo,
    Vague,
)
from audience.english.measuring import counts_in
from audience.english.of_people import own_unit
from audience.english.schema import Entry, likeness, periods
from audience.english.sizes import size_factor
from audience.english.tokens import stem
from audience.query import And, Boolean, Comparison, Literal, Property, Scalar, Trait, joined

if TYPE_CHECKING:
    from audience.english.fields import Fields


def signed(fields: Fields, place: int, named: NameLink) -> tuple[int, Boolean] | None:
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


def is_aggregated(fields: Fields, named: NameLink, following: Atom) -> bool:
    """ "an average invoice amount below $50": all of them together, not each."""
    frame = fields.reader.event()
    method = fields.reader.modifiers.method()
    item = following.item
    if named.event is None or frame is None or method is None or item is None:
        return False
    if type_of(named.entry) != "number" or not is_amount(item) or frame.method is not None:
        return False
    rows = bounds(item)
    said, unit = _measure_after(fields, following), unit_of(named.entry)
    if said is not None and unit is not None:
        rows = [(operator, number * factor(said.text, unit)) for operator, number in rows]
        fields.reader.claim(said, frame)
    fields.reader.modifiers.aggregate(frame, method, named.entry, rows, following)
    frame.places |= places_of(following)
    at = next(
        each for each in fields.reader.atoms if each.link is not None and named in each.link.names
    )
    fields.reader.claim(at, frame)
    return True


def _measure_after(fields: Fields, number: Atom) -> Atom | None:
    """The "minutes" of "an average wait above 5 minutes"."""
    atoms = fields.reader.atoms
    following = next((each for each in atoms if each.first == number.end), None)
    return following if following is not None and following.text in cue("measures") else None


def in_its_unit(fields: Fields, named: NameLink, item: Item, step: int) -> Boolean | None:
    """ "waited longer than 5 minutes": in the unit that the field counts."""
    atoms = fields.reader.atoms
    said = atoms[step + 1] if step + 1 < len(atoms) else None
    unit = unit_of(named.entry)
    if said is None or said.text not in cue("measures"):
        return None
    word = fields.reader.world.sentence.words[said.end - 1].low
    scale = size_factor(named.entry, word)
    if scale is None and unit is not None:
        scale = factor(said.text, unit)
    if scale is None:
        return None
    fields.reader.context.used |= places_of(said)
    event = fields.reader.event()
    if named.event is not None and event is not None:
        event.places |= places_of(said)
    left = fields._left(named.entry, named.event)
    return compared(left, item, scale)


def two_fields(
    fields: Fields, named: NameLink, operator: ComparatorKey, other: Atom
) -> Boolean | None:
    """ "more than their average": the other side is a field too."""
    if other.link is None or operator == "between":
        return None
    for each in other.link.names:
        if _is_alike(each.entry, named.entry) and each.entry is not named.entry:
            right = fields._left(each.entry, each.event)
            fields.reader.context.used |= places_of(other)
            return Comparison(fields._left(named.entry, named.event), operator, (right,))
    return None


def _is_alike(one: Entry, other: Entry) -> bool:
    kinds = {type_of(one), type_of(other)}
    return len(kinds) == 1 or kinds == {"date", "timestamp"}


def more_of_one(fields: Fields, place: int, atom: Atom) -> int:
    """ "with more credits left than open jobs": two numbers that are known of them; the place after both."""
    reader, atoms = fields.reader, fields.reader.atoms
    words = reader.world.sentence.words
    other = atoms[place + 1] if place + 1 < len(atoms) else None
    operator = _MORE.get(words[atom.first - 1].low) if atom.first else None
    if other is None or operator is None or other.before != "than" or reader.head is not None:
        return 0
    sides = [_number_of_theirs(fields, each) for each in (atom, other)]
    if sides[0] is None or sides[1] is None or sides[0] is sides[1]:
        return 0
    left, right = (Trait(each.field.name) for each in sides if each is not None)
    places = set(range(atom.first - 1, other.end))
    reader.context.used |= places
    tree = Comparison(left, operator, (right,))
    reader.add_trait(TraitFrame(tree, places, entry=sides[0]), atom.first)
    return place + 2


def _number_of_theirs(fields: Fields, atom: Atom) -> Entry | None:
    """The one number of people, or of companies, that the words name best."""
    accounts = fields.reader.context.accounts
    found = [
        each
        for each in (atom.link.names if atom.link is not None else ())
        if each.event is None
        and type_of(each.entry) == "number"
        and (getattr(each.entry.field, "owner", None) == "account") == accounts
    ]
    tied = len(found) > 1 and found[0].score - found[1].score < _CLEARLY
    return None if not found or tied else found[0].entry


_MORE = {
    "more": "greater_than",
    "higher": "greater_than",
    "fewer": "less_than",
    "less": "less_than",
}
_CLEARLY = 0.05


def turned(fields: Fields, place: int, item: Comparator) -> int:
    """ "above level 40": the number stands behind the name; the place after it, 0 where it does not."""
    atoms, frame = fields.reader.atoms, fields.reader.event()
    if place + 2 >= len(atoms) or item.operator == "between":
        return 0
    atom, named, number = atoms[place : place + 3]
    if named.link is None or not isinstance(number.item, Number):
        return 0
    best = fields._name(place + 1, named.link)
    if best is None or type_of(best.entry) != "number":
        return 0
    if best.event is not None and frame is None:
        return 0
    left = fields._left(best.entry, best.event)
    scale = own_unit(fields.reader, best.entry, number.item)
    tree = Comparison(left, item.operator, (Literal(number.item.value * scale),))
    places = places_of(atom) | places_of(named) | places_of(number)
    fields.place_condition(best, tree, places, atom)
    return place + 3


def against_own(fields: Fields, place: int, item: Comparator) -> int:
    """ "an order above their average order value": what was done held to what is known of them.

    The place after the field's name; 0 where the event has no number to hold against it.
    """
    reader, atoms = fields.reader, fields.reader.atoms
    frame, step = reader.event(), place + 1
    if step < len(atoms) and atoms[step].text == "own":
        step += 1
    link = atoms[step].link if step < len(atoms) else None
    if frame is None or link is None or item.operator == "between" or frame.method is not None:
        return 0
    known = [e for e in link.names if e.event is None and type_of(e.entry) == "number"]
    if not known or known[0].score < _SURELY:
        return 0
    told = set(known[0].entry.words)
    numbers = [e for e in frame.entry.properties.values() if type_of(e) == "number"]
    alike = [each for each in numbers if told & set(each.words)]
    if len(alike) != 1 and told & _SUMS:
        money = reader.modifiers._money_of(frame)
        alike = [] if money is None else [money]
    if len(alike) != 1:
        return 0
    right = Trait(known[0].entry.field.name)
    tree = Comparison(Property(alike[0].field.name), item.operator, (right,))
    places = {each for at in atoms[place : step + 1] for each in places_of(at)}
    fields._filter(frame, alike[0], tree, places, atoms[place])
    reader.context.used |= places
    return step + 1


_SURELY = 0.85
_SUMS = frozenset(stem(each) for each in ("value", "amount", "spend", "spent", "total", "price"))


def is_own_period(fields: Fields, entry: Entry, atom: Atom) -> bool:
    """ "a premium over 900 a year", "15,000 miles per year": what the field says of itself; its unit."""
    context = fields.reader.context
    rate = isinstance(atom.item, Vague) and atom.item.subject == "rate"
    word = fields.reader.world.sentence.words[atom.end - 1]
    said = word.stem in periods() and (rate or atom.before in ("a", "an", "per", "each", "every"))
    own = said and any(likeness(word.stem, each) for each in (*entry.words, *entry.about))
    if own and rate:
        context.asks = [each for each in context.asks if each is not atom.item]
    return own or (word.low in cue("measures") and counts_in(entry, word.low))  # "10 GB of data"


def counts_years(entry: Entry) -> bool:
    """Whether a number is a year of the calendar: "model year"."""
    stats = getattr(entry.field, "stats", None)
    if entry.role == "year_born":
        return True
    if stem("year") not in entry.words or stats is None or stats.minimum is None:
        return False
    try:
        low, high = Decimal(stats.minimum), Decimal(stats.maximum)
    except ArithmeticError:
        return False
    return low >= 1900 and high <= 2100


def is_count(entry: Entry) -> bool:
    """Whether a number counts what they may have none of, and is no score: "no certificate"."""
    stats = getattr(entry.field, "stats", None)
    graded = any(word in _GRADED for word in (*entry.words, *entry.about))
    kept = any(word in _BALANCES for word in entry.words)
    kept = kept or bool(_NONE.search(entry.field.description))
    return not graded and (kept or (stats is not None and stats.minimum in ("0", "0.0")))


_NONE = re.compile(r"\b0\s*(?:if|when|for|=|means)")  # "0 if nothing is owed"
_BALANCES = frozenset(stem(each) for each in ("balance", "points", "credits", "coins"))
_GRADED = frozenset(stem(each) for each in ("score", "rating", "nps", "grade", "level", "star"))


def in_years(left: Scalar, item: Item) -> Boolean | None:
    """ "before 2010", "since 2022", "in 2019", "from 2012 to 2021": of a number that is a year."""
    match item:
        case OpenTo(last=last) if (last.month, last.day) == (12, 31):
            return Comparison(left, "at_most", (Literal(Decimal(last.year)),))
        case OpenFrom(first=first) if (first.month, first.day) == (1, 1):
            return Comparison(left, "at_least", (Literal(Decimal(first.year)),))
        case Calendar(first=first, grain="year"):
            return Comparison(left, "equals", (Literal(Decimal(first.year)),))
        case Calendar(first=first, last=last) if _are_whole_years(first, last):
            ends = (("at_least", first.year), ("at_most", last.year))
            return joined(
                And, tuple(Comparison(left, op, (Literal(Decimal(year)),)) for op, year in ends)
            )
        case _:
            return None


def _are_whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def positive(entry: Entry) -> Boolean | None:
    """One or more, of a text whose values are numbers or ranges of them: "0", "1", "2", "3+"."""
    stats = getattr(entry.field, "stats", None)
    if stats is None or not stats.complete:
        return None
    return within(Trait(entry.field.name), stats.values, [("at_least", Decimal(1))])
