"""What stands behind a comma without a verb of its own tells how the thing before it was done.

"Booked a flight in May, paying by card", "…, seats for 4", "…, each above 30", "with two bags paid by
card": one thing done, told in two places, and never a second one.
"""

from __future__ import annotations

from audience.english.accounting.fields import means
from audience.english.choosing import NOUNS
from audience.english.context import cue
from audience.english.events import EventMatch, is_past
from audience.english.frames import EventFrame
from audience.english.links import Link
from audience.english.literals.items import Number, Range
from audience.english.pieces import Piece
from audience.english.sentence import Word
from audience.english.word_kinds import WordKinds


class Adjuncts(WordKinds):
    """Looks at whether a piece only tells more of the event before it."""

    def _told_more(self, piece: Piece, negations: list[int]) -> EventFrame | None:
        """The event of which the piece tells more, if it has neither subject nor verb of its own."""
        before, connector = self.context.event, piece.connector
        if before is None or before is not self.context.last or before.negated or negations:
            return None
        if connector.op == "and" and not connector.relative and self._points_back(piece, before):
            return before
        if self._names_again(piece, before):
            return before
        held = connector.op == "none" and (connector.with_ or self._is_after_so_many(piece))
        if not held and (connector.op != "comma" or connector.ends != "none"):
            return None
        if connector.relative or connector.subject or connector.minus or connector.but:
            return None
        if connector.then or connector.without or connector.before:
            return None
        if connector.after and not held:
            return None
        said = [place for place in range(piece.first, piece.end) if self.words[place].is_word]
        if not said or any(self.is_subject(place) for place in said):
            return None
        if any(self._low(place) in _COMPARED and place not in self.world.covered for place in said):
            return None  # "with fewer meals": than what?
        verbs = [place for place in said if self._is_done(place)]
        if all(
            self._low(place - 1) in _OF_THEM
            or ((held or place == said[0]) and self._is_of_price(place, before))
            for place in verbs
        ):
            return before
        return None

    def _is_after_so_many(self, piece: Piece) -> bool:
        """ "cancelled after more than 20 lessons": a number first, or what was waited."""
        start = piece.first + (self.words[piece.first].low.endswith("ing"))
        item = self.world.sentence.items.get(start)
        return piece.connector.after and item is not None and isinstance(item[1], Number | Range)

    def _is_done(self, place: int) -> bool:
        """Whether a verb in the past stands there, or a participle."""
        word = self.words[place]
        noun = word.low.endswith(NOUNS) or self.is_in_name(place)
        return is_past(word) and not noun and place not in self.world.covered

    def _names_again(self, piece: Piece, before: EventFrame) -> bool:
        """ "and the order was over 80", "and whose order …": that one, by its noun."""
        connector = piece.connector
        whose = any(self._low(place) == "whose" for place in connector.places)
        apart = connector.but or connector.then or connector.minus or connector.without
        if apart or connector.op == "or" or (connector.relative and not whose):
            return False
        noun = piece.first + (0 if whose else 1)
        led = whose or self._low(piece.first) in _THAT
        return (
            led
            and noun < piece.end
            and not self._low(noun).endswith("s")
            and not self._is_done(noun)
            and means(self.words[noun].stem, before.entry)
        )

    def _points_back(self, piece: Piece, before: EventFrame) -> bool:
        """ "and paid less than 60 for that order", "… for it": of the one told of before."""
        verbs = [place for place in range(piece.first, piece.end) if self._is_done(place)]
        ends = piece.end - 1
        noun = self._low(ends - 1) in _THAT and means(self.words[ends].stem, before.entry)
        pointed = (noun or self._low(ends) == "it") and "for" in (
            self._low(ends - 1),
            self._low(ends - 2),
        )
        return pointed and len(verbs) == 1 and self._is_of_price(verbs[0], before)

    def _is_of_price(self, place: int, before: EventFrame) -> bool:
        """ "booked a flight, paid 200": what that same one was paid with."""
        money = any(each.role == "money" for each in before.entry.properties.values())
        paid = {each for each in cue("spend") if each.startswith("p")}
        return money and self.words[place].low in paid and not self._has_subject_of(before)

    def _has_subject_of(self, before: EventFrame) -> bool:
        """Whether that event is itself told by nothing but money: "paid 20 in May, paid 30 in June"."""
        return all(self.words[place].low in cue("spend") for place in before.places)

    def _how(self, piece: Piece, before: EventFrame, words: dict[int, Word]) -> set[int]:
        """The words of the piece that only lead to how it was done, or call it by its noun again."""
        first = min(words, default=piece.end)
        led = {place for place in words if place == first and self._leads(place)}
        if before.counts:  # "twice, both for tyres"
            led |= {place for place in piece.connector.places if self._low(place) == "both"}
        counted = {
            end
            for end, item in self.world.sentence.items.values()
            if isinstance(item, Number | Range) and getattr(item, "unit", None) in (None, "times")
        }
        nouns = {
            place
            for place, word in words.items()
            if word.stem in before.entry.words
            and not is_past(word)
            and not word.low.endswith("ing")
        }
        pointing = {place - 1 for place in nouns if self._low(place - 1) in _THAT}
        return led if nouns & counted else led | nouns | pointing

    def _is_of(self, before: EventFrame, match: EventMatch | None, found: list[Link]) -> bool:
        """ "reserved a room, for 3 nights": what the event itself has, before it is another thing done."""
        if match is None:
            return True
        if match.entry is before.entry:  # by its name, not by what only leads to it ("fewer")
            return all(means(self.words[place].stem, before.entry) for place in match.claimed)
        own = {
            place
            for link in found
            for each in link.all()
            if each.event == before.entry.field.name
            and each.score >= (_SURE if match.exact else _LIKE)
            for place in range(link.first, link.end)
        }
        if match.claimed <= own:
            return True
        told = {*before.entry.words, *before.entry.about}
        return not match.anchored and all(
            place in own or (self.words[place].stem in told and not self._is_done(place))
            for place in match.claimed
        )

    def _leads(self, place: int) -> bool:
        low = self.words[place].low
        return low in cue("spend") or low in _LEADING


_SURE = 0.95
_LIKE = 0.85  # "with their phone", where nothing done has a phone in its name
_COMPARED = frozenset(["fewer", "more", "less", "higher", "lower", "bigger", "smaller"])
_THAT = frozenset(["that", "this", "the"])
_OF_THEM = frozenset(["them", "which", "both", "all", "each", "one"])  # "one of them paid by card"
_LEADING = frozenset(
    ["using", "costing", "giving", "getting", "taking", "choosing", "totalling", "worth", "valued"]
)
