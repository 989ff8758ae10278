"""Pieces that tell what came after something else: only what was done can be a step."""

from __future__ import annotations

from audience.english.continued import Continued
from audience.english.events import EventMatch, is_past
from audience.english.literals.items import Within
from audience.english.pieces import Piece
from audience.english.sentence import Word
from audience.english.trait_meant import Placed


class Steps(Continued):
    """Looks at what a piece stands in sequence with."""

    def _is_step(self, piece: Piece, words: dict[int, Word], items: Placed) -> bool:
        """ "and then cancelled within 14 days", "quit within a month of joining": no state they are in."""
        connector = piece.connector
        done = any(is_past(word) for word in words.values()) or any(
            word.low in _DID | {"another"} for word in self.said(words)
        )
        if not (done or connector.after):
            return False
        if connector.after or connector.before or (connector.then and self.context.done):
            return True
        within = any(
            isinstance(item, Within) and item.approach == "within" for _, (_, item) in items
        )
        if not within:
            return False
        followed = self._low(piece.end) in _LEADS and piece.end < len(self.words)
        return followed or self.context.last is self.context.event is not None

    def _named_again(
        self, piece: Piece, words: dict[int, Word], items: Placed
    ) -> EventMatch | None:
        """ "within 30 days of the quote", "after opening": what was told of before is named once more."""
        if not piece.connector.after or not words or items:
            return None
        if self.context.done and all(word.low in _EARLIER for word in words.values()):
            return EventMatch(self.context.done[-1].entry, 1.0, frozenset(words), anchored=True)
        said = {word.stem for word in words.values()}
        for frame in reversed(self.context.done):
            told = {self.words[place].stem for place in frame.places} & set(frame.entry.words)
            if said <= told:
                return EventMatch(frame.entry, 1.0, frozenset(words), anchored=True)
        return None

    def _same_noun(self, piece: Piece, words: dict[int, Word]) -> EventMatch | None:
        """ "opened an email about A and an email about B": the same done to another such thing."""
        frame, kind = self.context.event, piece.connector
        if frame is None or frame is not self.context.last or not (frame.where or frame.times):
            return None
        if kind.op not in ("and", "or", "comma") or kind.relative or kind.after or kind.before:
            return None
        first = piece.first
        if self._low(first) == "never" and self._low(first + 1) == "one":
            return EventMatch(frame.entry, 1.0, frozenset([first + 1]), anchored=True)
        if self._low(first) not in _ONE_MORE:
            return None
        said = {self.words[place].stem for place in frame.places} & set(frame.entry.words)
        end = first + 1
        while end in words and words[end].stem in said:
            end += 1
        if end == first + 1 or any(is_past(w) for p, w in words.items() if p >= end):
            return None
        return EventMatch(frame.entry, 1.0, frozenset(range(first + 1, end)), anchored=True)

    def _another(self, piece: Piece, words: dict[int, Word]) -> EventMatch | None:
        """ "opened a ticket, then another within 30 days", "… then another ticket": once more the same."""
        more = next((place for place, word in words.items() if word.low == "another"), None)
        if more is None or not piece.connector.then or not self.context.done:
            return None
        if any(is_past(word) for word in words.values()):
            return None
        frame = self.context.done[-1]
        noun = more + 1
        if noun not in words:
            return EventMatch(frame.entry, 1.0, frozenset([more]), anchored=True)
        told = {self.words[place].stem for place in frame.places}
        if words[noun].stem not in told & set(frame.entry.words):
            return None
        return EventMatch(frame.entry, 1.0, frozenset([more, noun]), anchored=True)


_ONE_MORE = frozenset(["a", "an", "one", "another"])
_EARLIER = frozenset(["earlier", "previous", "prior", "last", "one"])
_LEADS = frozenset(["after", "of", "following", "from"])
_DID = frozenset(["did", "didn't", "didnt"])
