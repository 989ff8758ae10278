"""A length of time that a number of people holds: "5+ years of experience", "10 years in the job"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audience.english.amounts import Bounds, counted_in, scaled, unit_of
from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.frames import TraitFrame
from audience.english.literals.items import Item, Length, LengthRange
from audience.english.schema import Entry
from audience.english.sentence import low_at
from audience.query import And, Comparison, Literal, Trait, joined

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


def take_length(reader: PieceReader, place: int, atom: Atom, item: Item) -> int:
    """Reads the length with the noun behind it; the place after both, 0 where no field counts it."""
    if not isinstance(item, Length | LengthRange):
        return 0
    following = reader.atoms[place + 1] if place + 1 < len(reader.atoms) else None
    if following is None or following.link is None or not _is_beside(reader, atom, following):
        return 0
    entry = _counting(reader, following)
    unit = unit_of(entry) if entry is not None else None
    if entry is None or unit is None:
        return 0
    left = Trait(entry.field.name)
    rows = tuple(Comparison(left, op, (Literal(number),)) for op, number in _rows(item, unit))
    places = set(range(atom.first, following.end))
    reader.context.used |= places
    reader.context.asks = [each for each in reader.context.asks if each is not item]
    reader.add_trait(TraitFrame(joined(And, rows), places, entry=entry), atom.first)
    return place + 2


def _rows(item: Length | LengthRange, unit: str) -> Bounds:
    if isinstance(item, Length):
        return [("equals", counted_in(item.duration, unit))]
    return scaled(item, unit)


def _is_beside(reader: PieceReader, atom: Atom, noun: Atom) -> bool:
    """ "5 years of experience", "5 years experience", "5 years' experience"."""
    words = reader.world.sentence.words
    between = {low_at(words, at) for at in range(atom.end, noun.first)}
    return between <= {"of", "'"} and noun.before in ("", "of")


def _counting(reader: PieceReader, noun: Atom) -> Entry | None:
    """The one number of people that is called so, and that counts such lengths by its name."""
    names = noun.link.names if noun.link is not None else ()
    found = [
        each.entry
        for each in names
        if each.event is None and type_of(each.entry) == "number" and unit_of(each.entry)
    ]
    return found[0] if len(found) == 1 else None
