"""What stands behind a comma without a verb of its own tells how the thing before it was done.

"Booked a flight in May, paying by card", "…, seats for 4", "…, each above 30": one thing done, told in
two places, and never a second one.
"""

from __future__ import annotations

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
        if connector.op != "comma" or connector.ends != "none":
            return None
        if connector.relative or connector.subject or connector.minus or connector.but:
            return None
        if connector.then or connector.without or connector.after or connector.before:
            return None
        said = [place for place in range(piece.first, piece.end) if self.words[place].is_word]
        if not said or any(self.is_subject(place) for place in said):
            return None
        verbs = [
            place
            for place in said
            if is_past(self.words[place])
            and not self.is_in_name(place)
            and place not in self.world.covered
        ]
        if all(place == said[0] and self._is_of_price(place, before) for place in verbs):
            return before
        return None

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
        return led if nouns & counted else led | nouns

    def _is_of(self, before: EventFrame, match: EventMatch | None, found: list[Link]) -> bool:
        """ "reserved a room, for 3 nights": what the event itself has, before it is another thing done."""
        if match is None or match.entry is before.entry:
            return True
        own = {
            place
            for link in found
            for each in (*link.names, *link.values)
            if each.event == before.entry.field.name and each.score >= _SURE
            for place in range(link.first, link.end)
        }
        return match.claimed <= own

    def _leads(self, place: int) -> bool:
        low = self.words[place].low
        return low in cue("spend") or low in _LEADING


_SURE = 0.95
_LEADING = frozenset(
    ["using", "costing", "giving", "getting", "taking", "choosing", "totalling", "worth", "valued"]
)
