"""A grade said by its number alone: "their last survey says 9 or 10", "answered with a zero"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audience.english.amounts import bounds
from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.each_alone import is_grade
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import Item, Number, Range
from audience.english.of_people import comparison
from audience.english.schema import Entry
from audience.english.sentence import low_at
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


def take_mark(
    reader: PieceReader, place: int, atom: Atom, item: Item, frame: EventFrame | None
) -> bool:
    """Holds the event to the grade, where a verb of giving one stands before the number."""
    if frame is None:
        return _take_of_us(reader, atom, item)
    if frame.method is not None or not isinstance(item, Number | Range):
        return False
    entry = _grade(frame)
    if entry is None or getattr(item, "unit", None) is not None:
        return False
    if not all(0 <= number <= _HIGHEST for _, number in bounds(item)) or not bounds(item):
        return False
    said = _said_by(reader, atom)
    following = reader.atoms[place + 1 : place + 2]
    counted = bool(following) and following[0].first == atom.end and following[0].item is None
    if said is None or counted:
        return False
    places = set(range(atom.first, atom.end)) | said
    reader.context.used |= places
    reader.fields._filter(frame, entry, comparison(reader, entry, item), places, atom)
    return True


def _take_of_us(reader: PieceReader, atom: Atom, item: Item) -> bool:
    """ "gave us a 9 or 10": how likely they are to recommend us, where one number of theirs tells that."""
    words = reader.world.sentence.words
    place = atom.first - 1 - (low_at(words, atom.first - 1) in ("a", "an"))
    given = low_at(words, place) == "us" and low_at(words, place - 1) in _GIVING
    if not given or not isinstance(item, Number | Range) or getattr(item, "unit", None) is not None:
        return False
    known = [
        each
        for each in reader.world.lexicon.users
        if type_of(each) == "number" and (_NPS & {*each.words, *each.about})
    ]
    after = words[atom.end] if atom.end < len(words) else None
    counted = after is not None and after.is_word and after.low not in _ENDS
    named = any(each.entry in known for link in reader.world.found for each in link.names)
    if len(known) != 1 or counted or named or not bounds(item):
        return False
    places = {place - 1, *range(atom.first, atom.end)}
    reader.context.used |= places
    tree = comparison(reader, known[0], item)
    reader.add_trait(TraitFrame(tree, places, entry=known[0]), atom.first)
    return True


def _grade(frame: EventFrame) -> Entry | None:
    """The one number of the event that is a grade, by its name or by the scale that is told of it."""
    numbers = [each for each in frame.entry.properties.values() if type_of(each) == "number"]
    named = [each for each in numbers if is_grade(each)]
    found = named or [each for each in numbers if _SCALE.search(each.field.description)]
    return found[0] if len(found) == 1 else None


def _said_by(reader: PieceReader, atom: Atom) -> set[int] | None:
    """The words before the number that give it, None where there are none."""
    words = reader.world.sentence.words
    place = atom.first - 1
    while place >= reader.piece.first and words[place].low in _BETWEEN:
        place -= 1
    low = low_at(words, place)
    if place >= reader.piece.first and low in _GIVING:
        return {place}
    if low_at(words, atom.first - 1) in ("a", "an"):
        return set()  # "gave the film a 9"
    begins = atom.first == reader.piece.first and reader.piece.connector.with_
    return set() if begins and atom.end == reader.piece.end else None


_NPS = frozenset(map(stem, ("nps", "recommend")))
_ENDS = frozenset(["and", "or", "but", "who", "in", "on", "when", "last", "this", "within", "from", "out"])  # fmt: skip
_HIGHEST = 10
_SCALE = re.compile(r"\b[01]\s*(?:to|-|–)\s*(?:5|7|10)\b")
_BETWEEN = frozenset(["a", "an", "us", "it", "them", "only", "just", "of", "was", "is"])
_GIVING = frozenset(
    ["says", "said", "say", "answered", "answering", "answers", "gave", "give", "given", "gives", "giving",
     "scored", "scoring", "scores", "rated", "rating", "replied", "responded", "answer", "score", "was", "is"]
)  # fmt: skip
