"""Nouns of a piece that belong to what was said before it, whatever event is called so by itself."""

from __future__ import annotations

from audience.english.choosing import NOUNS
from audience.english.context import cue, type_of
from audience.english.counted_nouns import what_is_counted
from audience.english.events import EventMatch, is_past
from audience.english.frames import EventFrame, TraitFrame
from audience.english.links import Link
from audience.english.pieces import Piece
from audience.english.pronouns import Pronouns
from audience.english.sentence import frame_words
from audience.english.used_when import is_of_it
from audience.query import Comparison, Property


class Continued(Pronouns):
    """Looks at the event or the trait before this piece."""

    def _is_one_more(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "source partner or referral", "about a crash or a payment": a noun of the list's own field."""
        before = self.context.last
        if piece.connector.op not in ("or", "comma", "and") or piece.connector.relative:
            return False
        if any(self._is_verb_here(place) for place in match.claimed):
            return False
        said = [self.words[place] for place in match.claimed]
        if any(is_past(word) and not word.low.endswith(NOUNS) for word in said):
            return False
        held = [
            each
            for link in found
            if match.claimed <= set(range(link.first, link.end))
            for each in link.values
            if each.score >= 0.95
        ]
        if isinstance(before, TraitFrame):
            return before.value_like and any(each.entry is before.entry for each in held)
        told = before.where[-1] if before is not None and before.where else None
        left = told.left if isinstance(told, Comparison) else None
        return before is not None and any(
            each.event == before.entry.field.name and left == Property(each.entry.field.name)
            for each in held
        )

    def _is_paid_with_it(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "exchanged a ticket and paid a fee": of that ticket."""
        before = self.context.event
        if before is None or self.context.last is not before or before.negated:
            return False
        if not is_of_it(self.words, piece, found, match, before.entry.field.name):
            return False
        before.places.add(piece.first)
        self.context.used.add(piece.first)
        return True

    def _is_in_same(self, match: EventMatch, piece: Piece) -> bool:
        """ "ordered a lamp and a rug in the same order": of that one order."""
        before = self.context.event
        if before is None or before is not self.context.last or match.entry is not before.entry:
            return False
        first = min(match.claimed, default=piece.first)
        said = {self._low(first - 1), *(self._low(place) for place in match.claimed)}
        if before.negated or piece.connector.op not in ("and", "comma") or "same" not in said:
            return False
        places = {*match.claimed, first - 1}
        before.places |= places
        self.context.used |= places
        return True

    def _is_none_of_its(self, match: EventMatch, denials: list[int], found: list[Link]) -> bool:
        """ "searched but got no results": what came of that search, and no search that was not made."""
        before = self.context.event
        if before is None or match.entry is not before.entry or self.context.last is not before:
            return False
        first = min(match.claimed, default=0)
        return (first - 1) in denials and any(
            link.first == first
            and each.event == match.name
            and each.score >= 0.8
            and type_of(each.entry) == "number"
            for link in found
            for each in link.names
        )

    def _is_such_one(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "opened the spring mail but not the renewal one": one more of what was done before."""
        before = self.context.event
        last = [place for place in range(piece.first, piece.end) if self.words[place].is_word][-1:]
        if before is None or match.entry is before.entry or not last:
            return False
        if self.words[last[0]].low not in ("one", "ones"):
            return False
        return any(
            each.event == before.entry.field.name
            and set(range(link.first, link.end)) & match.claimed
            and each.score >= 0.95
            for link in found
            for each in link.values
        )

    def _is_with_its_own(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "ordered with a coupon": what the order itself has, before it is another thing done."""
        before = self.context.event
        if before is None or before is not self.context.last or before.negated:
            return False
        if not piece.connector.with_ or match.entry is before.entry:
            return False
        if any(is_past(self.words[place]) for place in match.claimed):
            return False
        named = any(
            each.event == before.entry.field.name
            and match.claimed <= set(range(link.first, link.end))
            and each.score >= 0.95
            for link in found
            for each in link.names
        )
        return named or self._is_counted_in(match, before, piece)

    def _is_counted_in(self, match: EventMatch, before: EventFrame, piece: Piece) -> bool:
        """ "orders with 5 or more dishes": how many of them that one had, by a number of its own."""
        nouns = [self.words[place].stem for place in match.claimed]
        numbers = [e for e in before.entry.properties.values() if type_of(e) == "number"]
        first = min(match.claimed, default=piece.first)
        counted = any(end == first for place, (end, _) in self.world.sentence.items.items())
        return counted and len(nouns) == 1 and any(nouns[0] in what_is_counted(e) for e in numbers)

    def _is_how_paid(self, match: EventMatch, piece: Piece) -> bool:
        """ "ordered with express shipping and paid by card": how that order was paid."""
        before = self.context.event
        if before is None or match.entry is not before.entry or before.negated or before.apart:
            return False
        if piece.connector.op != "and" or piece.connector.but or piece.connector.then:
            return False
        paid = all(self.words[place].low in cue("spend") for place in match.claimed)
        ordered = any(self.words[place].low not in cue("spend") for place in before.places)
        denials = frame_words()["negations"] | frame_words()["unmarked"]
        said = [word.low for word in self.words[piece.first : piece.end]]
        end = piece.end + 2 * (self._low(piece.end) == "with")  # "paid with a card"
        near = [
            link for link in self.world.found if piece.first <= link.first < max(end, piece.end)
        ]
        plain = not any(piece.first <= at < piece.end for at in self.world.sentence.items)
        return (
            bool(match.claimed)
            and paid
            and ordered
            and plain
            and not any(low in denials or low.endswith("n't") for low in said)
            and any(each.event == match.name for link in near for each in link.values)
        )
