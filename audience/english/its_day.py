"""The day that what was done is for: "booked a stay that begins after 1 November", "a pledge that falls due in May"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.frames import EventFrame
from audience.english.links import NameLink
from audience.english.named_dates import date_tree
from audience.english.schema import Entry
from audience.english.sentence import Word
from audience.english.times import is_time
from audience.english.tokens import stem, stem_set

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


def of_its_day(reader: PieceReader, place: int) -> int:
    """How many atoms from `place` say when what was done takes place; 0 where they do not."""
    frame, end = reader.event(), place
    while end < len(reader.atoms) and _is_dating(reader, reader.atoms[end]):
        end += 1
    if frame is None or end == place or end == len(reader.atoms):
        return 0
    item = reader.atoms[end].item
    words = _content(reader, reader.atoms[place:end])
    entry = day_meant(frame, words)
    if entry is None or item is None or not is_time(item):
        return 0
    tree = date_tree(reader.fields, NameLink(entry, 1.0, frame.entry.field.name), item)
    if tree is None:
        return 0
    said = {each for atom in reader.atoms[place : end + 1] for each in range(atom.first, atom.end)}
    told = reader.world.sentence.said(min(said), max(said) + 1)
    reader.context.assume(f"“{told}” is held against {entry.field.name}.")
    reader.fields._filter(frame, entry, tree, said, reader.atoms[place])
    return end + 1 - place


def day_meant(frame: EventFrame, words: Iterable[Word]) -> Entry | None:
    """The one date of the event that the words speak of."""
    stems = {word.stem for word in words}
    dates = [e for e in frame.entry.properties.values() if type_of(e) in ("date", "timestamp")]
    named = [each for each in dates if stems & {*each.words, *each.about} - _EITHER]
    side = _side(stems)
    if not named:
        named = [
            each
            for each in dates
            if side in (None, _side({*each.words, *each.about}))
            and not any(stems & {one} and other in each.words for one, other in _APART)
        ]
    return named[0] if len(named) == 1 else None


def is_dating(word: Word) -> bool:
    return word.low in _EITHER or word.stem in _BEGINS | _ENDS


def _is_dating(reader: PieceReader, atom: Atom) -> bool:
    return atom.item is None and all(map(is_dating, _content(reader, [atom])))


def _content(reader: PieceReader, atoms: Iterable[Atom]) -> list[Word]:
    words = reader.world.sentence.words
    return [words[place] for atom in atoms for place in range(atom.first, atom.end)]


def _side(stems: set[str]) -> int | None:
    begins, ends = bool(stems & _BEGINS), bool(stems & _ENDS)
    return None if begins == ends else int(ends)


_BEGINS = stem_set("begin", "begins", "start", "starts", "starting", "commence", "arrive", "arrival", "depart", "departure", "leave", "first", "from")  # fmt: skip
_ENDS = stem_set("end", "finish", "return", "checkout", "until", "last", "expire", "close")
_APART = [(stem("arrive"), stem("depart")), (stem("depart"), stem("arrive"))]
_EITHER = frozenset(["due", "fall", "falls", "falling", "take", "takes", "taking", "place", "happens", "scheduled", "planned", "date", "day"])  # fmt: skip
