"""Percentages: held against the one field that is a share, of what was done or of what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audience.english.amounts import bounds, is_share
from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import Item
from audience.english.of_people import comparison
from audience.english.schema import Entry, likeness
from audience.english.sentence import low_at

if TYPE_CHECKING:
    from audience.english.holding import Amounts


def take_share(amounts: Amounts, place: int, atom: Atom, item: Item) -> int:
    """ "averaging below 50 percent in their tests", "less than 40% complete": the place after it.

    Nothing is taken where several fields are shares, or where the words say a share of what.
    """
    reader = amounts.reader
    frame, words = reader.event(), reader.world.sentence.words
    if low_at(words, atom.end) in _OF_SOMETHING:
        return place + 1
    if frame is not None:
        _of_event(amounts, atom, item, frame)
        return place + 1
    known = reader.world.lexicon.accounts if reader.context.accounts else reader.world.lexicon.users
    near = [each for each in (atom.end, atom.first - 1) if each in reader.words]
    told = [
        (each, at)
        for each in known
        if _is_number(each)
        for at in near
        if _says(words[at].stem, each)
    ]
    if len({id(each) for each, _ in told}) != 1:
        return place + 1
    entry = told[0][0]
    places = {*range(atom.first, atom.end), *(at for _, at in told)}
    reader.context.used |= places
    tree = comparison(reader, entry, item)
    reader.add_trait(TraitFrame(tree, places, entry=entry), atom.first)
    return place + 1


def _of_event(amounts: Amounts, atom: Atom, item: Item, frame: EventFrame) -> None:
    shares = [each for each in frame.entry.properties.values() if _is_number(each)]
    if len(shares) != 1 or frame.method is not None or frame.counts:
        return
    words, piece = amounts.reader.world.sentence.words, amounts.reader.piece
    best = {each for each in range(piece.first, atom.first) if words[each].low in _BEST}
    method = "max" if best and not amounts.method() else amounts.method()
    frame.places |= best
    amounts.reader.context.used |= best
    if method in ("avg", "max", "min"):
        amounts.aggregate(frame, method, shares[0], bounds(item), atom)
    elif method is None:
        tree = comparison(amounts.reader, shares[0], item)
        places = set(range(atom.first, atom.end))
        amounts.reader.fields._filter(frame, shares[0], tree, places, atom)


def _is_number(entry: Entry) -> bool:
    return type_of(entry) == "number" and is_share(entry)


def _says(stem: str, entry: Entry) -> bool:
    return any(likeness(stem, each) == 1.0 for each in (*entry.words, *entry.about))


_BEST = frozenset(["best"])  # "their best result is 80%"
_OF_SOMETHING = frozenset(
    ["of", "off", "more", "less", "discount", "fewer", "higher", "lower", "than"]
)
