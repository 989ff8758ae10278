"""How often a thing happened: counts, "never", "none … but two": what they say of the event."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audience.english.amounts import (
    Bounds,
    bounds,
    is_percent,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.frames import EventFrame, TraitFrame, alternatives
from audience.english.holding import SINGLE, Amounts
from audience.english.literals.items import (
    Item,
    Number,
    OpenFrom,
    OpenTo,
    Range,
    Rolling,
)
from audience.english.one_more import begun_anew, of_them
from audience.english.sentence import low_at
from audience.english.times import before, is_time
from audience.query import Comparison, Trait


class Counts(Amounts):
    """Takes the counts of one piece."""

    def count(self, place: int, atom: Atom, item: Item) -> int:
        """How often the event happened."""
        frame = self._once_more(self.reader.event())
        rows = bounds(item)
        added = frame is not None and frame.method is not None and frame is not self.reader.head
        if added and frame is not None and getattr(item, "unit", None) == "times":
            frame = self._begin_anew(frame, [*frame.times])  # "gave £50 in total but over 5 times"
        never = rows == [("equals", Decimal(0))]
        if never and self._is_or_never(atom):
            return place + 1
        if any(number >= _TOO_OFTEN for _, number in rows) and getattr(item, "unit", "") != "times":
            return place + 1  # "redeemed over 30,000 miles": nothing happens so often
        if self._is_for_so_many(place, atom, item):
            return place + 1
        if frame is None or (never and frame is not self.reader.head and self.reader.words):
            if rows == [("equals", Decimal(0))]:  # "never told us their gender"
                self.reader.pending.append(atom.first)
                self.reader.context.used |= set(range(atom.first, atom.end))
            elif frame is None and not self.reader.words and item.text.endswith("occasions"):
                self.reader.context.waiting.append((atom, item))  # "on two occasions, placed …"
            return place + 1
        if " ".join(atom.text.lower().split()) in SINGLE and not self._is_one(place, atom):
            self.own(frame, atom)
            return place + 1
        if item.text.lower() == "one" and self._is_one_and_another(atom):
            self.own(frame, atom)  # "cancelled one policy and bought another one"
            return place + 1
        if item.text.lower() == "one" and (frame.negated or frame.never):
            self.own(frame, atom)  # "never had one signed"
            return place + 1
        if item.text.lower() == "one" and (
            atom.before == "in" or (atom.before == "on" and self._has_amount_before(place))
        ):
            self.own(frame, atom)  # "in one go", "over 50 on one bill": each by itself
            return place + 1
        if (
            is_percent(item)
            or self._is_multiple(atom)
            or (frame.counts and frame is self.reader.head)
        ):
            return place + 1  # a share is no count; a number does not take another's place
        if rows == [("equals", Decimal(0))]:  # "never"
            frame.negated = not frame.negated
            frame.never = True
            self.own(frame, atom)
            return place + 1
        if frame is not self.reader.head and frame.negated and self.reader.piece.connector.but:
            earlier = self._earlier(frame)
            if earlier is None:
                return place + 1  # "no order since March, but two": when?
            frame = earlier
        if self._is_only(place):
            rows = [("equals", rows[0][1])]
        if (
            frame is not self.reader.head
            and frame.counts
            and self.reader.piece.connector.op == "and"
        ):
            rows = [*frame.counts, *rows]
        if item.text.lower() == "one" and (self._has_amount_after(place) or self._is_such(atom)):
            rows = [("at_least", Decimal(1))]  # "one order of at least $200"
        if self._many(rows) and item.assumption is None:
            self.reader.context.assume(f"“{atom.text}” means exactly {_plain(rows[0][1])}.")
        frame.counts = rows
        self.own(frame, atom)
        pronoun = of_them(self.reader)
        if atom.end in pronoun:  # "bills over 100, at least three of them"
            frame.places |= pronoun
            self.reader.context.used |= pronoun
        return place + 1

    def _is_for_so_many(self, place: int, atom: Atom, item: Item) -> bool:
        """ "booked for two": for how many, and not how often."""
        following = self.reader.atoms[place + 1 : place + 2]
        done = bool(following) and following[0].kind == "event"
        plain = getattr(item, "unit", None) is None and not done
        return plain and low_at(self.reader.world.sentence.words, atom.first - 1) == "for"

    def _is_such(self, atom: Atom) -> bool:
        """ "failed a quiz and passed one later": one of what was told of before, and no number."""
        words, piece = self.reader.world.sentence.words, self.reader.piece
        after = words[atom.end] if atom.end < piece.end else None
        known = self.reader.world.lexicon.vocabulary
        noun = after is not None and after.is_word and after.stem in known
        head = self.reader.head
        told = head is not None and any(e.entry is head.entry for e in self.reader.context.done)
        return told and not noun

    def _is_or_never(self, atom: Atom) -> bool:
        """ "ordered more than 6 months ago or never": what was done, or known, before this; else never."""
        reader, told = self.reader, self.reader.context.last
        alone = not (reader.words or reader.frames or len(reader.atoms) > 1)
        if not alone or reader.piece.connector.op != "or" or told is None or told.negated:
            return False
        places = set(range(atom.first, atom.end))
        if isinstance(told, EventFrame) and told.times:
            again = EventFrame(told.entry, places, where=list(told.where), negated=True)
            reader.context.used |= places
            reader.head = again
            reader.frames.append(again)
            return True
        if not isinstance(told, TraitFrame) or told.entry is None:
            return False
        if type_of(told.entry) not in ("date", "timestamp"):
            return False
        missing = Comparison(Trait(told.entry.field.name), "absent", ())
        told.tree, told.places = alternatives([told.tree, missing]), told.places | places
        reader.context.used |= places
        reader.extends = True
        return True

    def _earlier(self, frame: EventFrame) -> EventFrame | None:
        """ "none since March, though two before": the same, in all the time before that window."""
        told = {word.low for word in self.reader.piece_words()} & {
            "before",
            "previously",
            "earlier",
        }
        window = before(frame.times)
        if not told or window is None:
            return None
        again = self._begin_anew(frame, [window])
        again.negated = False
        return again

    def _is_multiple(self, atom: Atom) -> bool:
        """ "twice as many as last year" counts nothing."""
        after = [word.low for word in self.reader.world.sentence.words[atom.end : atom.end + 2]]
        return after[:1] == ["as"] and after[1:] != ["well"]

    def _once_more(self, frame: EventFrame | None) -> EventFrame | None:
        """ "none in the last 90 days but 2 in the 90 days before": the same event, once more."""
        reader = self.reader
        if frame is None or frame is reader.head:
            return frame
        if not frame.times:
            return frame
        if reader.piece.connector.op != "and" or reader.pending or reader.piece.connector.minus:
            return frame
        timed = [atom for atom in reader.atoms if atom.item is not None and is_time(atom.item)]
        if not timed or any(_meet(each, timed[0].item) for each in frame.times):
            return frame
        counted = any(
            isinstance(atom.item, Range | Number) and not is_time(atom.item)
            for atom in reader.atoms
        )
        again = self._begin_anew(frame, [])
        again.counts = [] if counted else list(frame.counts)
        again.negated = frame.negated and not counted
        for atom in reader.atoms:
            if atom.text in cue("again") or atom.text == "another":
                self.own(again, atom)  # "failed in April and again in May", "… and another in May"
        return again

    def _is_one_and_another(self, atom: Atom) -> bool:
        words = self.reader.world.sentence.words
        following = [word.low for word in words[atom.end :]]
        return low_at(words, atom.first - 1) == "another" or "another" in following

    def _begin_anew(self, frame: EventFrame, times: list[Item]) -> EventFrame:
        """The same event in a condition of its own, with no number yet."""
        kept = replace(frame, where=[*frame.where], times=times)
        again = replace(kept, counts=[], method=None, of=None, places=set())
        self.reader.head = again
        self.reader.frames.append(again)
        return again

    def count_anew(self) -> None:
        """Begin the same event once more where the piece tells of another one, before it is read."""
        again = begun_anew(self.reader)
        if again is not None:
            self.reader.context.used |= again.places
            self.reader.head = again
            self.reader.frames.append(again)

    def _many(self, rows: Bounds) -> bool:
        return len(rows) == 1 and rows[0][0] == "equals"

    def _is_only(self, place: int) -> bool:
        near = self.reader.atoms[place - 1] if place else None
        if near is not None and near.kind == "cue" and near.text in cue("only"):
            self.reader.context.used |= set(range(near.first, near.end))
            return True
        return False


def _meet(one: Item, other: Item | None) -> bool:
    """Whether two windows are the two ends of one: "more than 30 but less than 60 days ago"."""
    ends = {_end(one), _end(other)}
    return ends == {"since", "until"}


def _end(item: Item | None) -> str:
    match item:
        case Rolling(newest=None) | OpenFrom():
            return "since"
        case Rolling(oldest=None) | OpenTo():
            return "until"
        case _:
            return ""


_TOO_OFTEN = 1000


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
