"""Events added up: which reducer the words ask for, and of which number."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from audience.english.amounts import Bounds, unit_of
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.fees import is_money
from audience.english.frames import EventFrame
from audience.english.literals.items import Item
from audience.english.of_people import OfPeople, own_unit
from audience.english.schema import Entry, weigh
from audience.english.sentence import low_at
from audience.query import Method


class Aggregates(OfPeople):
    """Sums, averages and the like of an event."""

    def own(self, frame: EventFrame, atom: Atom) -> None:
        """The atom belongs to the frame; one of an earlier piece is extended by it."""
        self.reader.claim(atom, frame)
        if frame is not self.reader.head:
            self.reader.extends = True

    def aggregate(
        self, frame: EventFrame, method: Method, entry: Entry, rows: Bounds, atom: Atom
    ) -> None:
        if frame.counts:
            if frame.negated or frame.method is not None:
                return  # a number does not take another's place
            # "bought 3 times for over $200 in all": both, of the same events
            frame = replace(frame, places=set())
            self.reader.frames.append(frame)
        if method == "unique" and type_of(entry) == "list":
            # different lists are no different things in them
            self.reader.context.unclear.update(range(atom.first, atom.end))
        frame.method = method
        frame.of = entry.field  # type: ignore[assignment]
        scale = own_unit(self.reader, entry, atom.item) if method != "unique" else 1
        frame.counts = [(operator, number * scale) for operator, number in rows]
        self.own(frame, atom)
        said = [name for name, each in _METHODS if each == method]  # "an average score of 60"
        said += ["spend"] if entry.role == "money" else []
        said += ["length"] if unit_of(entry) is not None else []  # "an average call length"
        self._claim_cues(frame, "total", *said)
        for each in self.reader.atoms:
            if each.link is not None and any(name.entry is entry for name in each.link.names):
                self.reader.claim(each, frame)  # "the highest salary of any job"
        if any(operator in ("less_than", "at_most") for operator, _ in rows):
            self.reader.context.assume(
                f"Those without any {frame.entry.field.name} are not in: they have no amount to compare."
            )

    def _claim_cues(self, frame: EventFrame, *names: str) -> None:
        """The small words that told how an amount is meant are accounted for by it."""
        for place in range(self.reader.piece.first, self.reader.piece.end):
            if any(self.reader.world.sentence.words[place].low in cue(name) for name in names):
                frame.places.add(place)
                self.reader.context.used.add(place)

    def method(self) -> Method | None:
        """The reducer that a word of the piece asks for."""
        found: Method | None = None
        for place in range(self.reader.piece.first, self.reader.piece.end):
            low = self.reader.world.sentence.words[place].low
            if place in self.reader.world.sentence.swallowed:
                continue  # "three at a minimum"
            if low in cue("measures") and place - 1 in self.reader.world.covered:
                continue  # "45 min"
            if self._is_in_link(place) and not self._adds_up(place):
                continue
            for name, method in _METHODS:
                if low in cue(name):
                    found = method if found is None or method != "sum" else found
        for before, low in self._pairs():
            if (before, low) == ("on", "average"):
                found = "avg"
            if (before, low) in (("in", "total"), ("in", "all")) and found is None:
                found = "sum"
        return found

    def _is_in_link(self, place: int) -> bool:
        """Whether the word is part of what a field or a value is called: not "total" of an amount."""
        said = self.reader.world.sentence.words[place].stem
        return any(
            each.kind == "link"
            and each.first <= place < each.end
            and each.link is not None
            and (
                each.link.values
                or not each.link.names
                or any(said in {*name.entry.words, *name.entry.about} for name in each.link.names)
            )
            for each in self.reader.atoms
        )

    def _adds_up(self, place: int) -> bool:
        """ "whose orders total more than 500", "purchase revenue": of several things done, no field of one."""
        words = self.reader.world.sentence.words
        head = self.reader.head
        if words[place].low in _TAKINGS:
            return head is not None
        valued = low_at(words, place + 2) in _TAKINGS | _VALUES
        if words[place].low == "total" and head is not None and place + 1 in head.places and valued:
            return True  # "a total order value above 500"
        several = head is not None and place - 1 in head.places and words[place - 1].low[-1:] == "s"
        to = place + 1 + (words[place + 1].low == "to" if place + 1 < len(words) else 0)
        return several and words[place].low in _TOTALLING and to in self.reader.world.covered

    def _pairs(self) -> list[tuple[str, str]]:
        words = [word.low for word in self.reader.piece_words()]
        return list(pairwise(words))

    def _measure(self, frame: EventFrame, *, money: bool, item: Item | None = None) -> Entry | None:
        """The number of the event that is meant: one named in the piece, else its money."""
        told = self._named_behind(frame, item)
        if told is not None:
            return told
        for link in self.reader.found:
            own = money and set(range(link.first, link.end)) <= frame.places
            for each in link.names:
                if own and each.score < _CALLED and self._money_of(frame) is not None:
                    continue  # "bills adding up to 500": not of the kWh billed
                if each.event == frame.entry.field.name and type_of(each.entry) == "number":
                    return each.entry
        return self._money_of(frame) if money else None

    def _named_behind(self, frame: EventFrame, item: Item | None) -> Entry | None:
        """ "their highest number of nights": the number called by the words behind the cue."""
        words, piece = self.reader.world.sentence.words, self.reader.piece
        cues = {low for name, _ in _METHODS for low in cue(name)} - cue("total")
        at = next((p for p in range(piece.first, piece.end) if words[p].low in cues), None)
        if at is None:
            return None
        said = {words[p].stem for p in range(at + 1, min(at + _BEHIND, piece.end))}
        found = [
            each
            for each in frame.entry.properties.values()
            if type_of(each) == "number"
            and not (item is not None and is_money(item) and each.role != "money")
            and all(word in said for word in each.words if weigh(word) >= 1.0)
            and any(word in said for word in each.words)
        ]
        found.sort(key=lambda each: -len(each.words))
        return found[0] if found else None

    def _money_of(self, frame: EventFrame) -> Entry | None:
        rows = [each for each in frame.entry.properties.values() if each.role == "money"]
        rows.sort(key=lambda each: -each.certainty)
        if rows:
            return rows[0]
        return None


_BEHIND = 4  # the next three words
_CALLED = 0.9  # a field by its name, or most of it
_TOTALLING = frozenset(["total", "totalling", "totaling", "amounting", "adding"])
_VALUES = frozenset(["value", "amount", "spend", "spending", "sales"])
_TAKINGS = frozenset(["revenue", "turnover", "takings"])
_METHODS: tuple[tuple[str, Method], ...] = (
    ("average", "avg"),
    ("highest", "max"),
    ("lowest", "min"),
    ("total", "sum"),
)
