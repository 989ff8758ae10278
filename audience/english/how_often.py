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
from audience.english.context import cue
from audience.english.frames import EventFrame
from audience.english.holding import SINGLE, Amounts
from audience.english.literals.items import (
    Item,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Range,
    Rolling,
)
from audience.english.times import before, is_time
from audience.query import Comparison, Property


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
        if any(number >= _TOO_OFTEN for _, number in rows) and getattr(item, "unit", "") != "times":
            return place + 1  # "redeemed over 30,000 miles": nothing happens so often
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
        if item.text.lower() == "one" and (frame.negated or frame.never):
            self.own(frame, atom)  # "never had one signed"
            return place + 1
        if item.text.lower() == "one" and atom.before == "in":
            self.own(frame, atom)  # "in one go": each by itself
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
        return place + 1

    def _is_such(self, atom: Atom) -> bool:
        """ "failed a quiz and passed one later": one of what was told of before, and no number."""
        words, piece = self.reader.world.sentence.words, self.reader.piece
        after = words[atom.end] if atom.end < piece.end else None
        known = self.reader.world.lexicon.vocabulary
        noun = after is not None and after.is_word and after.stem in known
        head = self.reader.head
        told = head is not None and any(e.entry is head.entry for e in self.reader.context.done)
        return told and not noun

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
        return again

    def _begin_anew(self, frame: EventFrame, times: list[Item]) -> EventFrame:
        """The same event in a condition of its own, with no number yet."""
        kept = replace(frame, where=[*frame.where], times=times)
        again = replace(kept, counts=[], method=None, of=None, places=set())
        self.reader.head = again
        self.reader.frames.append(again)
        return again

    def count_anew(self) -> None:
        """Begin the same event once more where the piece counts it by itself, before it is read."""
        frame = self.reader.event()
        if frame is None or frame is self.reader.head or frame.negated:
            return
        end = self._other_end(frame)
        if end is not None:
            again = EventFrame(frame.entry, {end}, cues={end})
            again.last_time = frame.first_time
            again.first_time = frame.last_time
        elif self._is_some_of_them(frame):
            pronoun = self._one_of_them()
            counts: Bounds = [("at_least", Decimal(1))] if pronoun else []
            again = replace(frame, times=[], counts=counts, method=None, of=None, part=True)
            again.places, again.where = pronoun, [*frame.where]
        elif self._is_other_number(frame):
            links = self.reader.found
            names = {Property(each.entry.field.name) for link in links for each in link.values}
            kept = [e for e in frame.where if not (isinstance(e, Comparison) and e.left in names)]
            again = replace(frame, counts=[], places=set(), where=kept, times=[*frame.times])
        else:
            return
        self.reader.context.used |= again.places
        self.reader.head = again
        self.reader.frames.append(again)

    def _is_some_of_them(self, frame: EventFrame) -> bool:
        """ "3 orders, at least one in the last 30 days": so many, and of those so many then."""
        reader = self.reader
        op, items = reader.piece.connector.op, [e.item for e in reader.atoms if e.item is not None]
        numbers = [each for each in items if isinstance(each, Range | Number)]
        sums: list[Item] = [each for each in items if isinstance(each, Money)]
        sums += [each for each in numbers if getattr(each, "unit", None) == "money"]
        times = [each for each in items if is_time(each)]
        counted = bool(self._one_of_them()) or any(each not in sums for each in numbers)
        return (
            bool(frame.counts or frame.method is not None)
            and not (reader.words or reader.pending)
            and op in ("comma", "and")
            and len(items) == len(reader.atoms)
            and counted
            and bool(sums or times)
        )

    def _other_end(self, frame: EventFrame) -> int | None:
        """ "whose first order was under 30 and the last one over 100": the place of the other end."""
        wanted = (
            cue("last") if frame.first_time else cue("first") if frame.last_time else frozenset()
        )
        said = [each for each in self.reader.atoms if each.kind == "cue" and each.text in wanted]
        others = [each for each in self.reader.atoms if each.kind in ("word", "event")]
        return said[0].first if len(said) == 1 and not others else None

    def _is_other_number(self, frame: EventFrame) -> bool:
        """ "more than 2 xlsx files or more than 3 csv files": each of them so often."""
        reader = self.reader
        valued = {
            place
            for link in reader.found
            for each in link.values
            if each.event == frame.entry.field.name and each.score >= 0.9
            for place in range(link.first, link.end)
        }
        numbers = [each for each in reader.atoms if isinstance(each.item, Range | Number)]
        others = [e for e in reader.atoms if e.item is not None and e not in numbers]
        return (
            bool(frame.counts and frame.where and valued)
            and frame.method is None
            and not (frame.negated or reader.pending or reader.match is not None)
            and reader.piece.connector.op in ("or", "and", "comma")
            and set(reader.words) <= valued
            and len(numbers) == 1
            and getattr(numbers[0].item, "unit", None) in (None, "times")
            and not others
        )

    def _one_of_them(self) -> set[int]:
        """The places of "one of them", "one of which": a number by a pronoun."""
        first, words = self.reader.piece.first, self.reader.piece_words()
        said = [each.low for each in words]
        return next(
            (
                {first + at, first + at + 1, first + at + 2}
                for at in range(len(said) - 2)
                if said[at] == "one" and said[at + 1] == "of" and said[at + 2] in _THEM
            ),
            set(),
        )

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


_THEM = frozenset(["them", "these", "those", "which"])
_TOO_OFTEN = 1000


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
