"""A length of time that a number of people holds: "5+ years of experience", "10 years in the job"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audience.english.amounts import Bounds, counted_in, scaled, unit_of
from audience.english.atoms import Atom, places_of
from audience.english.context import cue, type_of
from audience.english.frames import TraitFrame
from audience.english.held_now import held_now
from audience.english.literals.items import Item, Length, LengthRange
from audience.english.schema import Entry, likeness
from audience.english.sentence import low_at
from audience.query import And, Comparison, Literal, Trait, joined

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


def take_length(reader: PieceReader, place: int, atom: Atom, item: Item) -> int:
    """Reads the length with the noun behind it; the place after both, 0 where no field counts it."""
    if not isinstance(item, Length | LengthRange):
        return 0
    following = reader.atoms[place + 1] if place + 1 < len(reader.atoms) else None
    if following is None:
        return 0
    if following.link is None or not _is_beside(reader, atom, following):
        return _taken(reader, place, atom, item)
    entry = _counting(reader, following)
    if entry is None:
        return 0
    _hold(reader, entry, item, set(range(atom.first, following.end)), atom)
    return place + 2


def _hold(
    reader: PieceReader, entry: Entry, item: Length | LengthRange, places: set[int], atom: Atom
) -> None:
    left = Trait(entry.field.name)
    rows = _rows(item, unit_of(entry) or "day")
    tree = joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in rows))
    reader.context.used |= places
    reader.context.asks = [each for each in reader.context.asks if each is not item]
    reader.add_trait(TraitFrame(tree, places, entry=entry), atom.first)


def _taken(reader: PieceReader, place: int, atom: Atom, item: Length | LengthRange) -> int:
    """ "take longer than an hour to reply": what is known of them, told behind the length."""
    before = reader.atoms[place - 1] if place else None
    if reader.head is not None or before is None or before.text not in cue("lasting"):
        return 0
    found = {
        id(entry): entry for each in reader.atoms[place + 1 :] for entry in _countings(reader, each)
    }
    if len(found) != 1:
        return 0
    entry = next(iter(found.values()))
    places, end = said_of_length(reader, place, entry)
    _hold(reader, entry, item, places | places_of(atom), atom)
    return end


def said_of_length(reader: PieceReader, place: int, entry: Entry) -> tuple[set[int], int]:
    """ "took … to resolve": the words around a length that tell of what it is; the atom behind them."""
    atoms, places, end = reader.atoms, set[int](), place + 1
    known = {*entry.words, *entry.about}
    if place and atoms[place - 1].text in cue("lasting"):
        places |= places_of(atoms[place - 1])
    for at in range(place + 1, len(atoms)):
        words = reader.world.sentence.words[atoms[at].first : atoms[at].end]
        own = atoms[at].item is None and all(
            any(likeness(word.stem, each) for each in known) for word in words
        )
        light = at == place + 1 and atoms[at].before == "to" and words[0].low in _GIVING
        if not own and not light:
            break
        places |= places_of(atoms[at])
        end = at + 1
    return places, end


_GIVING = frozenset(["give", "get", "be", "make", "send"])


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
    found = _countings(reader, noun)
    now = held_now(found, {word.stem for word in reader.piece_words()})
    if now is not None:
        reader.context.assume(f"What they have now is {now.field.name}.")
        return now
    return found[0] if len(found) == 1 else None


def _countings(reader: PieceReader, noun: Atom) -> list[Entry]:
    names = noun.link.names if noun.link is not None else ()
    return [
        each.entry
        for each in names
        if each.event is None and type_of(each.entry) == "number" and unit_of(each.entry)
    ]
