"""Lengths of time and other measures of an event, each by itself or all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from audience.english.aggregating import Aggregates
from audience.english.amounts import (
    Bounds,
    bounds,
    compared,
    factor,
    is_of_time,
    is_outside,
    scaled,
    unit_of,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.each_alone import tells_of_one
from audience.english.events import is_action, is_past
from audience.english.fees import is_sum_of_money
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import (
    Item,
    LengthRange,
    Number,
    Range,
)
from audience.english.schema import Entry, likeness
from audience.english.sizes import size_factor
from audience.english.so_long import said_of_length
from audience.english.times import is_time
from audience.english.tokens import name_words, stem
from audience.query import And, Comparison, Literal, Property, Trait, joined


class Measures(Aggregates):
    """What "longer than 20 minutes" and "10 GB" are held against."""

    def is_amount_of_time(self, place: int, atom: Atom, item: Item) -> bool:
        """ "for more than 2 hours": a length that a number of the event counts, not a window."""
        if not isinstance(item, LengthRange):
            return False
        frame = self.reader.event()
        if frame is None or (frame.negated and item.approach in ("in", "for", "within")):
            return False
        if item.approach in ("in", "within"):
            return False
        return self._lasting(frame) is not None

    def _lasting(self, frame: EventFrame) -> Entry | None:
        """The one number of the event that counts a length of time."""
        found = [
            each
            for each in frame.entry.properties.values()
            if type_of(each) == "number" and unit_of(each) is not None
        ]
        if not found and unit_of(frame.entry) == "day":  # "lost a streak": its length
            rows = frame.entry.properties.values()
            found = [each for each in rows if type_of(each) == "number" and each.words in _LENGTHS]
        return found[0] if len(found) == 1 else None

    def _verb_measured(
        self, place: int, atom: Atom, item: Item, following: Atom, frame: EventFrame
    ) -> int:
        """ "waited longer than 5 minutes": in whatever unit the number of the verb counts."""
        words = self.reader.words
        verbs = [words[each].stem for each in words if is_past(words[each]) and each < atom.first]
        found = [
            entry
            for entry in frame.entry.properties.values()
            if type_of(entry) == "number"
            and unit_of(entry) is not None
            and any(likeness(verb, each) for verb in verbs for each in entry.words)
        ]
        if len(found) != 1:
            return 0
        scale = factor(following.text, unit_of(found[0]) or "minute")
        rows = [(operator, number * scale) for operator, number in bounds(item)]
        self._hold(place, frame, found[0], rows, atom)
        for each, word in words.items():
            if any(likeness(word.stem, named) for named in found[0].words):
                frame.places.add(each)
                self.reader.context.used.add(each)
        self.reader.claim(following, frame)
        return place + 2

    def _added_up(self, place: int) -> bool:
        """Whether numbers of several events are meant together: not "with", "of", "each"."""
        reader = self.reader
        if reader.piece.connector.with_ and (reader.match is None or not reader.match.claimed):
            return False
        if reader.is_each() or self._befell(place) or (reader.adjunct and self.method() is None):
            return False
        before = reader.atoms[place - 1] if place else None
        if before is not None and before.text in cue("lasting"):
            if reader.head is not None:  # "took longer than 20 minutes": each by itself
                reader.claim(before, reader.head)
            return False
        if self.method() == "sum":
            return True
        if before is not None and before.text in ("got", "had"):
            return False  # "searched and got fewer than 3 results": in that one search
        if getattr(reader.atoms[place].item, "approach", None) == "for":
            return self._goes_on_for(place)
        atom = reader.atoms[place]
        compared = reader.world.sentence.said(atom.first, atom.end).lower()
        sized = compared.startswith(_SIZES)
        if (sized and before is not None and self._is_noun(before)) or self._of_one():
            return False
        if reader.atoms[place].before == "for":
            return self._goes_on_for(place)
        return reader.atoms[place].before not in ("by", "of", "with")

    def _goes_on_for(self, place: int) -> bool:
        """ "watched matches for more than 10 hours", "trained for over 5 hours this month": what people
        do again and again takes so long in all, where no single one is told of."""
        reader = self.reader
        words = [word.low for word in reader.piece_words()]
        if self._of_one() or not set(words) & cue("activities") or set(words) & _AT_ONCE:
            return False
        timed = any(
            each.item is not None and is_time(each.item)
            for at, each in enumerate(reader.atoms)
            if at != place
        )
        return timed or self._is_of_several(place)

    def _is_of_several(self, place: int) -> bool:
        """Whether a noun for several stands right before: "matches", "webinars"."""
        if not place:
            return False
        word = self.reader.world.sentence.words[self.reader.atoms[place - 1].end - 1]
        return word.low[-1:] == "s" and word.low[-2:] not in ("ss", "us", "is")

    def _is_beyond_one(self, entry: Entry, rows: Bounds) -> bool:
        """Whether no single one is known to have reached that many: all of them together are meant."""
        stats = getattr(entry.field, "stats", None)
        most = _number(getattr(stats, "maximum", None))
        low = [number for operator, number in rows if operator in ("at_least", "greater_than")]
        return most is not None and bool(low) and min(low) > most and not self._of_one()

    def _is_alone(self, entry: Entry) -> bool:
        """ "waited over 10 minutes": a number of one thing, where no sum is asked for."""
        return tells_of_one(entry) and self.method() != "sum"

    def _befell(self, at: int) -> bool:
        """ "whose flight was delayed more than 2 hours": what was done to one of them."""
        head, words = self.reader.head, self.reader.world.sentence.words
        first = self.reader.atoms[at].first
        return head is not None and any(
            (place and is_past(words[place]) and words[place - 1].low in ("was", "were", "got"))
            or (
                place + 1 == first  # "flight delayed over an hour"
                and place - 1 in head.places
                and is_past(words[place])
                and not is_past(words[place - 1])
            )
            for place in head.places
        )

    def _of_one(self) -> bool:
        """ "waited more than 30 minutes in a branch": what one of them was like."""
        head, words = self.reader.head, self.reader.world.sentence.words
        return head is not None and any(
            place and words[place - 1].low in ("a", "an") for place in head.places
        )

    def _is_noun(self, atom: Atom) -> bool:
        """ "a class longer than 45 minutes": what is so long stands right before."""
        words = self.reader.world.sentence.words
        word, before = words[atom.end - 1], words[atom.end - 2] if atom.end > 1 else None
        # "made calls", "with calls", "rides longer than 10 km"
        led = before is None or is_past(before) or before.low in _LEADING
        led = led or self._is_kind(atom) or atom.first in self._counted()
        several = word.low.endswith("s") and led
        return atom.kind in ("event", "link") and (several or not is_action(word.stem))

    def _counted(self) -> set[int]:
        """ "3 or more rides longer than 30 minutes": where a number of things ends."""
        counted = {
            end
            for end, item in self.reader.world.sentence.items.values()
            if isinstance(item, Range | Number) and getattr(item, "unit", None) is None
        }
        nouns = {atom.first for atom in self.reader.atoms if atom.kind == "event"}
        return counted | {place + 1 for place in counted & nouns}  # "5 trainer sessions"

    def _is_kind(self, atom: Atom) -> bool:
        """ "national calls": the value right before says that a noun follows."""
        place = self.reader.atoms.index(atom)
        before = self.reader.atoms[place - 1] if place else None
        return (
            before is not None
            and before.end == atom.first
            and before.link is not None
            and bool(before.link.values)
        )

    def _measured(
        self, place: int, atom: Atom, item: Item, following: Atom, unit: str, frame: EventFrame
    ) -> int:
        entry = self._lasting(frame)
        if entry is None or not is_of_time(unit):
            return 0  # "over 30 kg": no number of days
        scale = factor(unit, unit_of(entry) or unit_of(frame.entry) or "minute")
        rows = [(operator, number * scale) for operator, number in bounds(item)]
        self._hold(place, frame, entry, rows, atom)
        self.reader.claim(following, frame)
        return place + 2

    def _length(self, place: int, atom: Atom, item: Item, frame: EventFrame | None) -> int:
        """A compared length of time against the number of the event that counts one."""
        if frame is None:
            return place + 1
        entry = self._lasting(frame)
        if entry is None:
            return place + 1
        unit = unit_of(entry) or unit_of(frame.entry) or "minute"
        rows = scaled(item, unit) if isinstance(item, LengthRange) else self._too_fine(item, unit)
        if rows and item in self.reader.context.asks:
            self.reader.context.asks.remove(item)  # "over an hour": how long it took
        if not rows:
            return place + 1
        self._hold(place, frame, entry, rows, atom)
        places, end = said_of_length(self.reader, place, entry)
        frame.places |= places
        self.reader.context.used |= places
        return end

    def _too_fine(self, item: Item, unit: str) -> Bounds:
        """ "over 30 minutes" read as a number and its unit."""
        from audience.english.literals import literals

        words = item.text.split()
        if words[-1].lower() not in cue("measures"):
            return []
        plain = " ".join(words[:-1])
        items = literals(plain, as_of=datetime(2000, 1, 1, tzinfo=UTC), timezone="UTC")
        for each in items:
            if isinstance(each, Range | Number):
                scale = factor(words[-1].lower(), unit)
                return [(operator, number * scale) for operator, number in bounds(each)]
        return []

    def _hold(self, place: int, frame: EventFrame, entry: Entry, rows: Bounds, atom: Atom) -> None:
        """Hold each event, or all of them together, to an amount."""
        method = self.method()
        told = self._told_by_next(place, entry)
        if told is not None:
            self.reader.claim(told, frame)
        added = told is None and frame.method is None
        added = added and (self._added_up(place) or self._is_beyond_one(entry, rows))
        added = added and not self._is_alone(entry)
        if method is not None or added:
            self.aggregate(frame, method or "sum", entry, rows, atom)
            return
        left = Property(entry.field.name)
        tree = joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in rows))
        self.reader.fields._filter(frame, entry, tree, set(range(atom.first, atom.end)), atom)

    def _told_by_next(self, place: int, entry: Entry) -> Atom | None:
        """ "30 days overdue", "20 minutes late": how late one was, by a word of the number's name."""
        following = self.reader.atoms[place + 1 : place + 2]
        if not following or following[0].kind not in ("word", "event"):
            return None
        word = self.reader.world.sentence.words[following[0].first]
        unit = unit_of(entry) or ""
        named = [each for each in entry.words if not each.startswith(unit[:3])]
        return (
            following[0]
            if word.stem in named and following[0].first == self.reader.atoms[place].end
            else None
        )

    def is_its_unit(self, unit: Atom, frame: EventFrame) -> bool:
        """ "more than 5 GB of roaming": a unit of size that one number of what was done is in."""
        rows = frame.entry.properties.values()
        found = [each for each in rows if size_factor(each, self._unit(unit)) is not None]
        return len(found) == 1 and frame.method is None

    def _unit(self, atom: Atom) -> str:
        return self.reader.world.sentence.words[atom.end - 1].low

    def _of_measure(
        self, place: int, atom: Atom, item: Item, unit: Atom, frame: EventFrame | None
    ) -> int:
        """ "a 10 GB top up", "less than 10 GB": of the one number that counts in this unit.

        A number with a unit of its own never counts how often something happened.
        """
        entries = frame.entry.properties.values() if frame is not None else ()
        found = _in_unit(entries, self._unit(unit))
        if frame is not None and len(found) == 1:
            return self._sized(place, atom, item, unit, frame, found[0])
        lexicon = self.reader.world.lexicon
        people = lexicon.accounts if self.reader.context.accounts else lexicon.users
        found = _in_unit(people, self._unit(unit))
        if frame is not None or len(found) != 1:
            return place + 1
        known = {*found[0].words, *found[0].about}  # "whose parcel weighs over 30 kg"
        said = {p for p, w in self.reader.words.items() if any(likeness(w.stem, e) for e in known)}
        places = set(range(atom.first, unit.end)) | said
        self.reader.context.used |= places
        left = Trait(found[0].field.name)
        tree = compared(left, item, self._scale(found[0], self._unit(unit)))
        self.reader.add_trait(TraitFrame(tree, places, entry=found[0]), atom.first)
        after = self.reader.atoms[place + 2 : place + 3]
        noun = after[0].link if after and after[0].before == "of" else None
        if noun is not None and any(each.entry is found[0] for each in noun.names):
            self.reader.context.used.update(range(after[0].first, after[0].end))
            return place + 3  # "1 TB of storage"
        return place + 2

    def _money_worth(self, place: int, frame: EventFrame) -> Entry | None:
        """ "a voucher worth 20 euros": the one number of what was done that is in a currency."""
        before = self.reader.atoms[place - 1] if place else None
        if before is None or before.text not in cue("worth") or self._money_of(frame) is not None:
            return None
        found = [each for each in frame.entry.properties.values() if is_sum_of_money(each)]
        return found[0] if len(found) == 1 else None

    def _sized(
        self, place: int, atom: Atom, item: Item, unit: Atom, frame: EventFrame, entry: Entry
    ) -> int:
        """ "used more than 5 GB", "a 10 GB top up": of all together, or of one."""
        scale = self._scale(entry, self._unit(unit))
        rows = [(operator, number * scale) for operator, number in bounds(item)]
        if isinstance(item, Range) and not is_outside(item):
            self._hold(place, frame, entry, rows, atom)
            self.reader.claim(unit, frame)
            return place + 2
        tree = compared(Property(entry.field.name), item, scale)
        self.reader.fields._filter(frame, entry, tree, set(range(atom.first, unit.end)), atom)
        return place + 2

    def _scale(self, entry: Entry, unit: str) -> Decimal:
        """What turns the unit that was said into the field's own, which is told where they differ."""
        scale = size_factor(entry, unit)
        if scale is None or scale == 1:
            return Decimal(1)
        self.reader.context.assume(f"1 {unit} is {scale.normalize():f} of {entry.field.name}.")
        return scale


_SIZES = (
    "longer", "shorter", "over ", "under ", "above ", "below ", "bigger", "larger", "smaller", "heavier", "lighter",
)  # fmt: skip
_AT_ONCE = frozenset(
    ["single", "row", "straight", "go", "sitting", "once", "end", "stretch", "session", "each"]
)
_LEADING = frozenset(["with", "had", "have", "having", "of", "any", "some", "without", "no"])


def _number(text: object) -> Decimal | None:
    try:
        return Decimal(str(text))
    except ArithmeticError:
        return None


def _in_unit(entries: Iterable[Entry], unit: str) -> list[Entry]:
    """The numbers that count in the unit, or else in another one of its kind."""
    numbers = [each for each in entries if type_of(each) == "number"]
    found = [each for each in numbers if counts_in(each, unit)]
    return found or [each for each in numbers if size_factor(each, unit) is not None]


def counts_in(entry: Entry, unit: str) -> bool:
    if type_of(entry) != "number":
        return False
    spelt = {unit, unit.rstrip("s"), *_SPELT.get(unit.rstrip("s"), ())}
    return bool(spelt & {*name_words(entry.field.name), *entry.about})


_LENGTHS = {(stem("length"),), (stem("duration"),)}
_SPELT = {
    "kilo": ("kg",),
    "kilogram": ("kg",),
    "kilometer": ("km",),
    "kilometre": ("km",),
    "kg": ("kilogram", "kilo"),
    "km": ("kilometer", "kilometr"),
    "gb": ("gigabyte", "gigabytes", "gigabyt"),
    "mb": ("megabyte", "megabytes", "megabyt"),
    "gigabyte": ("gb",),
    "megabyte": ("mb",),
}
