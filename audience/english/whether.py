"""What is not known of people: "we don't know whether they rent", "who have not told us if they drive"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from audience.english.frames import Frame, TraitFrame
from audience.english.schema import Entry
from audience.query import Boolean, Comparison, Trait, walk

if TYPE_CHECKING:
    from audience.english.context import Context, World
    from audience.english.pieces import Piece
    from audience.english.sentence import Word

WHETHER = "not known whether"  # the one word that such a beginning becomes


def begins_whether(lows: Sequence[str]) -> int:
    """How many of the words say that it is not known whether …"""
    match = _LEAD.match(f"{' '.join(lows)} ")
    return len(match[0].split()) if match is not None else 0


def as_unknown(frames: Sequence[Frame], place: int, traits: Sequence[Entry]) -> TraitFrame | None:
    """What the clause came to, as its one field that is not set; none where it is of more than that."""
    names = {
        node.name
        for frame in frames
        if isinstance(frame, TraitFrame)
        for node in walk(frame.tree)
        if isinstance(node, Trait)
    }
    found = [each for each in traits if each.field.name in names]
    if len(names) != 1 or len(found) != 1 or not all(isinstance(e, TraitFrame) for e in frames):
        return None
    entry = found[0]
    most = max(each.field.seen.count for each in traits)
    if most and entry.field.seen.count >= most:
        return None  # it is known of everybody
    absent: Boolean = Comparison(Trait(entry.field.name), "absent")
    places = {place}.union(*(frame.places for frame in frames))
    return TraitFrame(absent, places, entry=entry)


class Unknown:
    """Turns what a clause behind "we don't know whether" came to into what is not known."""

    def __init__(self) -> None:
        self.last: TraitFrame | None = None  # what the piece before came to: "rent or own"

    def frames(
        self, piece: Piece, frames: list[Frame], context: Context, world: World
    ) -> list[Frame]:
        place = whether_at(world.sentence.words, piece.first, piece.end)
        before, self.last = self.last, None
        listed = before is not None and piece.connector.op == "or" and not piece.connector.relative
        if place is None and not listed:
            return frames
        traits = world.lexicon.accounts if context.accounts else world.lexicon.users
        found = as_unknown(frames, piece.first if place is None else place, traits)
        if found is None or (place is None and before is not None and found.tree != before.tree):
            context.unclear.update(range(piece.first, piece.end) if place is None else [place])
            return frames
        context.used |= found.places
        self.last = found
        if place is None and before is not None:
            before.places |= found.places
            self.last = before
            return []
        return [found]


def whether_at(words: Sequence[Word], first: int, end: int) -> int | None:
    """The place of that word in a piece."""
    return next((place for place in range(first, end) if words[place].low == WHETHER), None)


_NOT = r"(?:do not|don't|dont|did not|didn't|have not|haven't|havent|has not|hasn't|hasnt|never|not|have never|has never)"
_LEAD = re.compile(
    rf"(?:(?:we )?(?:still )?{_NOT} (?:yet )?know(?: yet)?"
    rf"|{_NOT} (?:yet |ever )?(?:told|tell|said|say|answered|answer|stated|shared|disclosed|indicated|specified|mentioned)"
    r"(?: us| me)?(?: yet)?"
    rf"|(?:we )?{_NOT} (?:yet |ever )?ask(?:ed)?(?: them)?(?: yet)?"
    r"|(?:it is |it's |is |are )?(?:unknown|unclear|not known|not clear)(?: to us)?"
    r"|(?:with )?no (?:idea|information|knowledge|answer)(?: on| about| of| to)?"
    r") (?:whether|if)(?: or not)? "
)
