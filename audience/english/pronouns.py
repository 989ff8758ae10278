"""What "any", "one", "it" and "them" stand for behind what was done: that very thing, or its kind."""

from __future__ import annotations

from audience.english.choosing import EventChoice
from audience.english.events import is_action
from audience.english.frames import EventFrame, TraitFrame
from audience.english.pieces import Piece
from audience.english.sentence import frame_words
from audience.english.shared import as_told
from audience.english.tokens import stem
from audience.query import Comparison


class Pronouns(EventChoice):
    """Looks from what was done back to what was done before it."""

    def _pointed(self, frame: EventFrame, piece: Piece) -> None:
        """ "viewed Nike shoes but did not buy them": those, or anything?"""
        before = self.context.event
        told_of = self.context.trait
        if before is None and told_of is not None and self._has_same(told_of, frame):
            self._unclear_pronoun(frame, piece)
        if before is None or before.entry is frame.entry or frame.where:
            return
        same = as_told(before.where, frame.entry.properties)
        if same and (
            self._is_same_one(frame, piece) or self._is_of_that_kind(before, frame, piece)
        ):
            frame.where = same
            return
        told = [each.left for each in before.where if isinstance(each, Comparison)]
        if told or self._is_one_of_many(before, frame):
            self._unclear_pronoun(frame, piece)

    def _is_one_of_many(self, before: EventFrame, frame: EventFrame) -> bool:
        """ "saved a product but never bought it": that one, whatever else was bought."""
        told = before.entry.role in ("view", "add_to_cart") or _WARES & set(before.entry.words)
        return bool(told) and frame.negated and frame.entry.role == "purchase"

    def _is_of_that_kind(self, before: EventFrame, frame: EventFrame, piece: Piece) -> bool:
        """ "viewed jackets but did not buy any", "… never added one to the cart": a thing of that kind."""
        such = any(self._is_such(each, piece) for each in self._objects(frame, piece))
        return such and before.method is None

    def _is_such(self, place: int, piece: Piece) -> bool:
        """ "any" and "one" where no noun follows: "bought any in May", not "bought any extra"."""
        after = place + 1
        ends = after >= piece.end or after in self.world.sentence.items
        small = frame_words()["empty.prepositions"] - {"of"}
        return self._low(place) in _SUCH and (ends or self._low(after) in small)

    def _objects(self, frame: EventFrame, piece: Piece) -> range:
        """The places behind the verb."""
        verbs = [p for p in frame.places if p >= piece.first and is_action(self.words[p].stem)]
        nouns = [p for p in frame.places if p >= piece.first]  # "had it in the cart"
        return range(min(verbs, default=piece.first - 1 if nouns else piece.end) + 1, piece.end)

    def _is_same_one(self, frame: EventFrame, piece: Piece) -> bool:
        """ "received the win-back mail but did not open it": that same mail, which both tell of."""
        first = min(frame.places, default=piece.end)  # "looked at it at least twice"
        rest = [each for each in range(first, piece.end) if each not in self.world.covered]
        pointing = any(self.words[each].low in ("it", "them") for each in rest)
        return pointing and frame.entry.role != "purchase"

    def _has_same(self, before: TraitFrame, frame: EventFrame) -> bool:
        """ "whose favourite is comedy but who never attended one": of that kind?"""
        if not isinstance(before.tree, Comparison) or not before.value_like or frame.where:
            return False
        values = {str(getattr(each, "value", "")) for each in before.tree.values}
        return any(
            values & set(getattr(getattr(each.field, "stats", None), "values", ()))
            for each in frame.entry.properties.values()
        )

    def _unclear_pronoun(self, frame: EventFrame, piece: Piece) -> None:
        self.context.unclear.update(
            place
            for place in self._objects(frame, piece)
            if (self._low(place - 1) not in _SINCE or self._low(place - 2) in _SUCH)  # "days of it"
            and (self._is_such(place, piece) or self._low(place) in _THAT)
        )

    def _low(self, place: int) -> str:
        return self.words[place].low if 0 <= place < len(self.words) else ""


_WARES = frozenset(map(stem, ("product", "item", "wishlist", "favorite", "article")))
_SUCH = frozenset({"one", "any", "none", "ones"})
_SINCE = frozenset({"of", "after", "before", "since"})
_THAT = frozenset({"it", "them"})
