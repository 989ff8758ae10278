"""Sums of money in a piece: what each cost, or what was spent in all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audience.english.amounts import bounds
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.events import is_past
from audience.english.fees import is_money
from audience.english.frames import EventFrame
from audience.english.literals.items import Item, Money, Number, Range
from audience.english.measuring import Measures
from audience.english.of_people import comparison
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word, low_at
from audience.english.stocks import how_many
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.query import Comparison, Literal, Property


class Prices(Measures):
    """What money is held against: one of the events, or all of them together."""

    def _is_price(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "orders over 50": an amount, where the number follows the noun without being a count."""
        if isinstance(item, Number):
            return (self._spent(place) or self._is_of(place)) and self._money_of(frame) is not None
        if not isinstance(item, Range) or self._money_of(frame) is None or item.unit == "times":
            return False
        if self._is_worth(place) or self._is_of(place):
            return True
        if frame.entry.role not in (
            "purchase",
            "refund",
            "cancel_order",
            "book",
            "renew",
            "subscribe",
            None,
        ):
            return False
        low = low_at(self.reader.world.sentence.words, atom.first - 1)
        if item.text[:1] in "<>=!≥≤" and low in cue("spend"):
            return True  # "coat spend > 300"
        if item.text[:1] in "<>=!≥≤" or not frame.places:
            return False
        if low == ":":
            return False  # "bills paid: 3 or more", a heading and how many
        spends = self._spends()
        if spends:
            return not self._are_many(place, item, frame)
        if self.reader.adjunct:
            return self._is_said_of_each()  # "invoices paid by card, each above 30"
        before = self.reader.atoms[place - 1] if place else None
        words = item.text.lower().split()
        return (
            before is not None
            and before.kind == "event"
            and words[0]
            in (
                "over",
                "above",
                "under",
                "below",
                "greater",
                "exceeding",
                "higher",
                "larger",
                "bigger",
                "worth",
            )
        )

    def _are_many(self, place: int, item: Item, frame: EventFrame) -> bool:
        """ "paid at least 3 premiums", "exactly one": so many of what the event is called after."""
        following = self.reader.atoms[place + 1 : place + 2]
        beside = bool(following) and following[0].first == self.reader.atoms[place].end
        if not beside or following[0].kind != "event":
            return False  # "spent more than 200 on orders"
        noun = self.reader.world.sentence.words[following[0].first]
        one = all(number == 1 for _, number in bounds(item))
        return (one or noun.low.endswith("s")) and noun.stem in frame.entry.words

    def _money(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> int:
        """Money: spent in all, on average, or in one event."""
        reader = self.reader
        entry = self._of_noun_before(place, frame, item) or self._named_behind(frame, item)
        entry = entry or self._money_of(frame)
        if entry is None and reader.adjunct:
            return place + 1  # of something that the event does not tell
        if entry is None:
            return self._trait_spend(place, atom, item)
        method = self.method()
        if method is None and frame is not reader.head and frame.method == "sum":
            # "over $200 on shoes and under $50 on bags"
            own = any(link.values for link in reader.found)
            where = [] if own else list(frame.where)
            frame = replace(
                frame, places=set(), counts=[], method=None, of=None, where=where,
                times=list(frame.times),
            )  # fmt: skip
            method, reader.head = "sum", frame
            reader.frames.append(frame)
        spends = any(word.low in cue("spend") for word in reader.piece_words())
        each = reader.is_each() or self._per_event(frame)
        if self._after_noun(place) or self._is_told_once():
            spends = False
        said = self.reader.world.sentence.words[atom.end : atom.end + 2]
        if [word.low for word in said] == ["worth", "of"]:
            spends = True  # "bought over 200 worth of shoes"
        if method is None and spends and not each:
            method = "sum"
        if method is not None and not (method == "sum" and each):
            rows = bounds(item)
            if method == "sum" and isinstance(item, Number | Money):
                rows = [("at_least", number) for _, number in rows]
                reader.context.assume(f"“{item.text}” is read as at least that much.")
            self.aggregate(frame, method, entry, rows, atom)
            return place + 1
        tree = comparison(self.reader, entry, item)
        reader.fields._filter(frame, entry, tree, set(range(atom.first, atom.end)), atom)
        return place + 1

    def _stock(self, item: Item, noun: Atom, frame: EventFrame) -> Entry | None:
        """ "500 gems", of the event's own noun or of a value of it: the number that tells how many."""
        plain = isinstance(item, Number | Range) and getattr(item, "unit", None) is None
        word = self.reader.world.sentence.words[noun.end - 1]
        own = noun.kind == "event" and word.stem in frame.entry.words
        name = frame.entry.field.name
        valued = noun.link is not None and any(each.event == name for each in noun.link.values)
        if not plain or not (own or valued) or frame.method is not None or frame.counts:
            return None
        return how_many(frame.entry, word)

    def _of_stock(self, place: int, atom: Atom, item: Item, noun: Atom, frame: EventFrame) -> int:
        """ "spent at least 500 gems": all of them together, and not so often."""
        entry = self._stock(item, noun, frame)
        assert entry is not None
        said = self.reader.world.sentence.words[noun.end - 1].text
        of_one = self._of_one() or self.reader.is_each()
        if of_one and self.method() is None:
            tree = comparison(self.reader, entry, item)
            self.reader.fields._filter(frame, entry, tree, set(range(atom.first, atom.end)), atom)
            return place + 1
        method = self.method() or "sum"
        rows = bounds(item)
        if method == "sum":
            of_all = f"“{said}” are those of every {frame.entry.field.name} together."
            self.reader.context.assume(of_all)
            if isinstance(item, Number):
                rows = [("at_least", number) for _, number in rows]
                self.reader.context.assume(f"“{item.text}” is read as at least that much.")
        self.aggregate(frame, method, entry, rows, atom)
        return place + 1

    def _of_noun_before(self, place: int, frame: EventFrame, item: Item) -> Entry | None:
        """ "a discount of over 5 dollars": the number that the noun right before it names."""
        before = self.reader.atoms[place - 1] if place else None
        if before is None or before.kind != "event" or is_past(self._word(before)):
            return None
        found = [
            each
            for each in frame.entry.properties.values()
            if type_of(each) == "number" and self._word(before).stem in each.words
        ]
        if is_money(item) and self._money_of(frame) is not None:
            own = self._word(before).stem in frame.entry.words  # "credits for over 500 pounds"
            found = [each for each in found if each.role == "money" or not own]
        return found[0] if len(found) == 1 else None

    def _word(self, atom: Atom) -> Word:
        return self.reader.world.sentence.words[atom.first]

    def _is_said_of_each(self) -> bool:
        """ "…, each above 30", "…, worth over 40"."""
        return any(word.low in _OF_EACH for word in self.reader.piece_words())

    def _spending(self) -> list[int]:
        """Where money is said to go out, which "Apple Pay" does not say."""
        piece, words = self.reader.piece, self.reader.world.sentence.words
        named = {
            place
            for atom in self.reader.atoms
            if atom.link is not None and atom.link.values and atom.link.length > 1
            for place in range(atom.first, atom.end)
        }
        return [
            place
            for place in range(piece.first, piece.end)
            if words[place].low in cue("spend") and place not in named
        ]

    def _spends(self) -> bool:
        return bool(self._spending())

    def _is_told_once(self) -> bool:
        """ "booked a flight, paying under 60": what that one was paid with, and no sum of all."""
        words = self.reader.world.sentence.words
        paid = all(words[place].low.startswith("p") for place in self._spending())
        return self.reader.adjunct and paid

    def _is_of(self, place: int) -> bool:
        """ "a donation of 100": the amount of the one thing that the noun before it names."""
        before = self.reader.atoms[place - 1] if place else None
        following = self.reader.atoms[place + 1 : place + 2]
        if following and following[0].kind != "item":
            return False  # "a total of 5 orders", "orders of 5 or more items"
        return (
            before is not None
            and before.kind == "event"
            and self.reader.atoms[place].before == "of"
            and before.text not in cue("spend")
        )

    def _spent(self, place: int) -> bool:
        """ "spent half a million": the number stands right after the verb."""
        before = self.reader.atoms[place - 1] if place else None
        following = self.reader.atoms[place + 1 : place + 2]
        return (
            before is not None
            and before.text in cue("spend")
            and not (following and following[0].kind in ("event", "link", "word"))
        )

    def _after_noun(self, place: int) -> bool:
        """ "an invoice over $500": the amount is that of the noun before it."""
        before = self.reader.atoms[place - 1] if place else None
        return before is not None and before.kind == "event" and before.text not in cue("spend")

    def _added_up(self, place: int) -> bool:
        """Not where one of them is spoken of: "3 or more items in one order"."""
        frame = self.reader.event()
        if frame is not None and (self._in_one(frame) or self._in_such_a(place, frame)):
            return False
        return super()._added_up(place)

    def _in_such_a(self, place: int, frame: EventFrame) -> bool:
        """ "booked at least 4 nights in a suite": of one such, where no stretch of time is said."""
        words, atoms = self.reader.world.sentence.words, self.reader.atoms
        timed = any(each.item is not None and is_time(each.item) for each in atoms)
        name = frame.entry.field.name
        return not timed and any(
            atom.link is not None
            and any(each.event == name for each in atom.link.values)
            and low_at(words, atom.first - 1) in ("a", "an")
            and low_at(words, atom.first - 2) in ("in", "on", "for")
            for atom in atoms[place + 1 :]
        )

    def _in_one(self, frame: EventFrame) -> bool:
        """ "in one order", "in a single order"."""
        words = [word.low for word in self.reader.piece_words()]
        return any(
            words[place] == "in"
            and (words[place + 1] == "one" or "single" in words[place + 1 : place + 3])
            and any(
                likeness(stem(after), noun)
                for after in words[place + 2 : place + 4]
                for noun in frame.entry.words
            )
            for place in range(len(words) - 2)
        )

    def _per_event(self, frame: EventFrame) -> bool:
        """ "spent over $50 on an order", "on a food order", "in one purchase", "8 euros for a ride"."""
        words = [word.low for word in self.reader.piece_words()]
        called = {"order", *frame.entry.words}
        told = called | frame.entry.about
        return any(
            before in ("an", "a", "one", "single", "per", "each", "any")
            and not set(words[place + 1 : place + 2]) & cue("total")  # "a total order value"
            and any(
                likeness(stem(after), noun) > 0
                for after in words[place + 1 : place + 3]
                for noun in (
                    told if "for" in words[place - 1 : place] or before == "per" else called
                )
            )
            for place, before in enumerate(words)
        )

    def _is_worth(self, place: int) -> bool:
        """ "a voucher worth 100 or more": an amount, whatever the event is."""
        return place > 0 and self.reader.atoms[place - 1].text in _WORTH

    def is_unpaid(self, place: int, frame: EventFrame) -> bool:
        """ "paid nothing for a course": it was done, and cost nothing."""
        words, entry = self.reader.world.sentence.words, self._money_of(frame)
        said = [word.low for word in words[max(0, place - 1) : place + 2]]
        if entry is None or len(said) < _AROUND or said[1:] != ["nothing", "for"]:
            return False
        if not said[0].startswith("pa") or said[0] not in cue("spend"):
            return False  # "spent nothing"
        frame.where.append(Comparison(Property(entry.field.name), "equals", (Literal(Decimal(0)),)))
        frame.places.add(place)
        self.reader.context.used.add(place)
        return True

    def only_number(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> Entry | None:
        """ "got an offer over 60000": right behind the noun, the one number that the event has."""
        before = self.reader.atoms[place - 1] if place else None
        sized = isinstance(item, Range) and item.unit is None and item.text.split()[0] in _SIZED
        if before is None or before.kind != "event" or not sized or before.end != atom.first:
            return None
        noun = self.reader.world.sentence.words[atom.first - 1]
        if noun.stem not in frame.entry.words or frame is not self.reader.head:
            return None
        rows = [each for each in frame.entry.properties.values() if type_of(each) == "number"]
        return rows[0] if len(rows) == 1 else None


_AROUND = 3  # the word, the one before it and the one behind
_WORTH = frozenset(["worth", "valued", "costing", "totalling", "totaling"])
_SIZED = frozenset(["over", "above", "under", "below", "exceeding"])
_OF_EACH = frozenset(
    ["each", "apiece", "worth", "valued", "costing", "cost", "came", "was", "were", "every", "both"]
)
