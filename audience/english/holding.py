"""Numbers, money and lengths of time in a piece: counted, added up, or held against a field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from audience.english.ages import by_birth, by_year
from audience.english.amounts import (
    Bounds,
    bounds,
    factor,
    is_amount,
    is_outside,
    is_percent,
    is_share,
    scaled,
    unit_of,
)
from audience.english.atoms import Atom
from audience.english.choosing import PAYING, fee_after, fee_paid
from audience.english.context import cue, type_of
from audience.english.events import is_action, is_past
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import (
    Item,
    LengthRange,
    Money,
    Number,
    Range,
    Vague,
)
from audience.english.schema import Entry, likeness
from audience.english.sentence import english_stems
from audience.english.tokens import name_words, stem
from audience.query import And, Boolean, Comparison, Literal, Method, Property, Trait, joined

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


class Amounts:
    """What a number says of the event or the trait beside it."""

    def __init__(self, reader: PieceReader) -> None:
        self.reader = reader

    def count(self, place: int, atom: Atom, item: Item) -> int:
        """How often the event happened; see `Modifiers`."""
        raise NotImplementedError

    def own(self, frame: EventFrame, atom: Atom) -> None:
        """The atom belongs to the frame; one of an earlier piece is extended by it."""
        self.reader.claim(atom, frame)
        if frame is not self.reader.head:
            self.reader.extends = True

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
        return found[0] if len(found) == 1 else None

    def amount(self, place: int, atom: Atom, item: Item) -> int:
        """A number or a sum of money: counted, added up, or held against a field."""
        reader = self.reader
        following = reader.atoms[place + 1] if place + 1 < len(reader.atoms) else None
        frame = reader.event()
        if isinstance(item, LengthRange | Vague):
            return self._length(place, atom, item, frame)
        if frame is not None and " ".join(atom.text.lower().split()) in SINGLE:
            self.own(frame, atom)  # "in a single payment": each by itself
            return place + 1
        if isinstance(item, Range) and item.unit == "years_old":
            return self._age(place, atom, item)
        money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
        named = following is not None and following.kind == "link"
        if is_percent(item) and not named:
            return place + 1  # a share of something that no field here is
        if money and frame is None and self._is_fee(atom, item):
            return place + 1
        if following is not None and (named or not money):
            taken = self._before_name(place, atom, item, following, frame)
            if taken:
                return taken
        again = self._same_trait(atom, item)
        if again:
            return place + 1
        if following is not None and following.text in cue("measures") and not is_percent(item):
            return self._of_measure(place, atom, item, following, frame)
        if frame is None:
            if money:
                return self._trait_spend(place, atom, item)
            return self._age(place, atom, item)
        if self._distinct(place, atom, item, frame):
            return place + 3
        counts = following is not None and following.kind in ("event", "item")
        if is_percent(item):
            return place + 1
        if frame is not None and following is not None and following.text in cue("measures"):
            taken = self._verb_measured(place, atom, item, following, frame)
            if taken:
                return taken
        plain = not money and isinstance(item, Range) and self.method() is None and not counts
        if plain and isinstance(item, Range) and self._of_verb(atom, item, frame):
            return place + 1
        if money or self._is_price(place, atom, item, frame):
            return self._money(place, atom, item, frame)
        method = self.method()
        if method in ("avg", "max", "min", "sum") and frame.method is None:
            entry = self._measure(frame, money=True)
            if entry is not None:
                self.aggregate(frame, method, entry, bounds(item), atom)
                return place + 1
        if frame.counts or (frame is not reader.head and not self._alone()):
            return self._age(place, atom, item)
        if (
            frame is not reader.head
            and _sounds_like_age(item)
            and (
                reader.world.lexicon.roles.get("age")
                or reader.world.lexicon.roles.get("date_of_birth")
            )
        ):
            return self._age(place, atom, item)
        return self.count(place, atom, item)

    def _is_fee(self, atom: Atom, item: Item) -> bool:
        """ "15 euros per month": the monthly sum that is known of them."""
        reader = self.reader
        fee = fee_after(reader.world, atom.end, self.owner())
        if fee is None and any(word.low in PAYING for word in reader.words.values()):
            fee = fee_paid(reader.world, atom.end, self.owner())
        if fee is None:
            return False
        entry, end = fee
        places = set(range(atom.first, end))
        reader.context.asks = [
            each
            for each in reader.context.asks
            if not any(
                first in places and each is other
                for first, (_, other) in reader.world.sentence.items.items()
            )
        ]
        places |= {
            each
            for each, word in reader.words.items()
            if any(likeness(word.stem, named) for named in entry.words)
        }
        reader.context.used |= places
        tree = _comparison(Trait(entry.field.name), item)
        reader.add_trait(TraitFrame(tree, places, entry=entry), atom.first)
        return True

    def _of_measure(
        self, place: int, atom: Atom, item: Item, unit: Atom, frame: EventFrame | None
    ) -> int:
        """ "a 10 GB top up", "less than 10 GB": of the one number that counts in this unit.

        A number with a unit of its own never counts how often something happened.
        """
        entries = frame.entry.properties.values() if frame is not None else ()
        found = [each for each in entries if _counts_in(each, unit.text)]
        if frame is not None and len(found) == 1:
            tree = _comparison(Property(found[0].field.name), item)
            places = set(range(atom.first, unit.end))
            self.reader.fields._filter(frame, found[0], tree, places, atom)
            return place + 2
        lexicon = self.reader.world.lexicon
        people = lexicon.accounts if self.reader.context.accounts else lexicon.users
        found = [each for each in people if _counts_in(each, unit.text)]
        if frame is not None or len(found) != 1:
            return place + 1
        places = set(range(atom.first, unit.end))
        self.reader.context.used |= places
        tree = _comparison(Trait(found[0].field.name), item)
        self.reader.add_trait(TraitFrame(tree, places, entry=found[0]), atom.first)
        return place + 2

    def _same_trait(self, atom: Atom, item: Item) -> bool:
        """ "above 8 and below 3": one more bound of the trait before."""
        reader = self.reader
        before = reader.context.last
        if reader.frames or reader.words or not isinstance(before, TraitFrame):
            return False
        if before.entry is None or type_of(before.entry) != "number":
            return False
        tree = _comparison(Trait(before.entry.field.name), item)
        places = set(range(atom.first, atom.end))
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=before.entry), atom.first)
        return True

    def _alone(self) -> bool:
        """Whether the piece has nothing but literal phrases and small words."""
        return not self.reader.words

    def _before_name(
        self, place: int, atom: Atom, item: Item, following: Atom, frame: EventFrame | None
    ) -> int:
        """ "more than 500 points": the number stands before the field that it is a value of."""
        reader = self.reader
        step = place + 1
        item_is_money = isinstance(item, Money) or getattr(item, "unit", None) == "money"
        word = reader.world.sentence.words[following.first]
        if following.kind == "cue" and following.text in cue("distinct"):
            return 0
        later = reader.atoms[step + 1].item if step + 1 < len(reader.atoms) else None
        if word.low.endswith("ing") and later is not None and is_amount(later):
            return 0  # "under 35 earning over 50k": the verb has a number of its own
        if following.kind == "event" and frame is not None and frame.method is None:
            return self._of_claimed(place, atom, item, word.stem, frame)
        if following.kind == "link" and following.link is not None:
            named = reader.fields._name(step, following.link)
            if named is None:
                return 0
            if item_is_money and named.event is not None:
                return 0
            if type_of(named.entry) == "text" and named.event is not None and frame is not None:
                if frame.method is not None or not isinstance(item, Range | Number):
                    return 0
                if named.score < 0.8:
                    return 0  # only its description has the word
                self.aggregate(frame, "unique", named.entry, bounds(item), atom)
                reader.claim(following, frame)
                return step + 1
            places = set(range(atom.first, atom.end)) | set(range(following.first, following.end))
            if type_of(named.entry) == "text" and named.event is None:
                ranged = self.ranged(named.entry, item, atom)
                if ranged is None:
                    return 0
                reader.context.used |= places
                reader.add_trait(TraitFrame(ranged, places, entry=named.entry), atom.first)
                return step + 1
            if type_of(named.entry) != "number" or not _suits(named.entry, item):
                return 0
            if named.event is not None and frame is not None:
                graded = any(word in _GRADES for word in named.entry.words)
                added = self._added_up(place) and not isinstance(item, Number) and not graded
                added = added or self.method() in ("avg", "max", "min")
                if added and frame.method is None and not frame.counts:
                    self.aggregate(frame, self.method() or "sum", named.entry, bounds(item), atom)
                    reader.claim(following, frame)
                    return step + 1
                tree = _comparison(Property(named.entry.field.name), item)
                reader.fields._filter(frame, named.entry, tree, places, atom)
                return step + 1
            tree = _comparison(Trait(named.entry.field.name), item)
            reader.context.used |= places
            reader.add_trait(TraitFrame(tree, places, entry=named.entry), atom.first)
            return step + 1
        if frame is not None and word.low in cue("measures"):
            return self._measured(place, atom, item, following, word.low, frame)
        return 0

    def _counts_noun(self, entry: Entry, stem_: str, frame: EventFrame) -> bool:
        """Whether the number is of what the noun says: its one word, or what its description says."""
        if entry.words == (stem_,):
            return stem_ in frame.entry.words or not any(
                likeness(stem_, each) == 1.0 for each in frame.entry.words
            )
        opaque = not any(word in english_stems() for word in entry.words)
        told = stem_ in entry.about and stem_ in frame.entry.about
        return opaque and told and entry.role != "money"

    def _of_claimed(self, place: int, atom: Atom, item: Item, stem_: str, frame: EventFrame) -> int:
        """ "redeemed 1,000 points": the event's own noun is also what one of its numbers counts."""
        for entry in frame.entry.properties.values():
            if type_of(entry) != "number" or not self._counts_noun(entry, stem_, frame):
                continue
            graded = any(word in _GRADES for word in entry.words)
            if (isinstance(item, Number) or graded) and self.method() is None:
                tree = _comparison(Property(entry.field.name), item)
                self.reader.fields._filter(
                    frame, entry, tree, set(range(atom.first, atom.end)), atom
                )
            else:
                self.aggregate(frame, self.method() or "sum", entry, bounds(item), atom)
            return place + 1
        return 0

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

    def _of_verb(self, atom: Atom, item: Range, frame: EventFrame) -> bool:
        """ "rated a product below 3": the number is of what the verb itself measures."""
        words = self.reader.world.sentence.words
        claimed = {words[place].stem for place in frame.places if 0 <= place < len(words)}
        for entry in frame.entry.properties.values():
            if (
                type_of(entry) != "number"
                or entry.role == "money"
                or atom.first < min(frame.places, default=0)
            ):
                continue
            if len(entry.words) == 1 and any(likeness(entry.words[0], each) for each in claimed):
                if entry.words[0] in frame.entry.words or item.text[:1] in "<>=≥≤":
                    continue
                tree = _comparison(Property(entry.field.name), item)
                self.reader.fields._filter(
                    frame, entry, tree, set(range(atom.first, atom.end)), atom
                )
                return True
        return False

    def _added_up(self, place: int) -> bool:
        """Whether numbers of several events are meant together: not "with", "of", "each"."""
        reader = self.reader
        if reader.piece.connector.with_ and reader.match is None:
            return False
        if reader.is_each():
            return False
        before = reader.atoms[place - 1] if place else None
        if before is not None and before.text in cue("lasting"):
            if reader.head is not None:  # "took longer than 20 minutes": each by itself
                reader.claim(before, reader.head)
            return False
        if self.method() == "sum":
            return True
        if getattr(reader.atoms[place].item, "approach", None) == "for":
            return False
        atom = reader.atoms[place]
        compared = reader.world.sentence.said(atom.first, atom.end).lower()
        sized = compared.startswith(("longer", "shorter", "over ", "under ", "above ", "below "))
        if (sized and before is not None and self._is_noun(before)) or self._of_one():
            return False
        return reader.atoms[place].before not in ("by", "of", "with", "for")

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
        several = word.low.endswith("s") and before is not None and is_past(before)  # "made calls"
        return atom.kind in ("event", "link") and (several or not is_action(word.stem))

    def _measured(
        self, place: int, atom: Atom, item: Item, following: Atom, unit: str, frame: EventFrame
    ) -> int:
        entry = self._lasting(frame)
        if entry is None:
            return 0
        scale = factor(unit, unit_of(entry) or "minute")
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
        unit = unit_of(entry) or "minute"
        if isinstance(item, LengthRange):
            rows = scaled(item, unit)
        else:
            rows = self._too_fine(item, unit)
            if item in self.reader.context.asks:
                self.reader.context.asks.remove(item)
        if not rows:
            return place + 1
        self._hold(place, frame, entry, rows, atom)
        return place + 1

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
        if method is not None or (self._added_up(place) and frame.method is None):
            self.aggregate(frame, method or "sum", entry, rows, atom)
            return
        left = Property(entry.field.name)
        tree = joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in rows))
        self.reader.fields._filter(frame, entry, tree, set(range(atom.first, atom.end)), atom)

    def aggregate(
        self, frame: EventFrame, method: Method, entry: Entry, rows: Bounds, atom: Atom
    ) -> None:
        if frame.counts:
            if frame.negated or frame.method is not None:
                return  # a number does not take another's place
            # "bought 3 times for over $200 in all": both, of the same events
            frame = replace(frame, places=set())
            self.reader.frames.append(frame)
        frame.method = method
        frame.of = entry.field  # type: ignore[assignment]
        frame.counts = rows
        self.own(frame, atom)
        self._claim_cues(frame, *(("spend",) if entry.role == "money" else ()), "total")
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
            if any(
                each.kind == "link" and each.first <= place < each.end for each in self.reader.atoms
            ):
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

    def _pairs(self) -> list[tuple[str, str]]:
        words = [word.low for word in self.reader.piece_words()]
        return list(pairwise(words))

    def _measure(self, frame: EventFrame, *, money: bool) -> Entry | None:
        """The number of the event that is meant: one named in the piece, else its money."""
        for link in self.reader.found:
            for each in link.names:
                if each.event == frame.entry.field.name and type_of(each.entry) == "number":
                    return each.entry
        return self._money_of(frame) if money else None

    def _money_of(self, frame: EventFrame) -> Entry | None:
        rows = [each for each in frame.entry.properties.values() if each.role == "money"]
        rows.sort(key=lambda each: -each.certainty)
        if rows:
            return rows[0]
        return None

    def _is_price(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "orders over 50": an amount, where the number follows the noun without being a count."""
        if isinstance(item, Number):
            return self._spent(place) and self._money_of(frame) is not None
        if not isinstance(item, Range) or self._money_of(frame) is None or item.unit == "times":
            return False
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
        if item.text[:1] in "<>=!≥≤" or not frame.places:
            return False
        spends = any(word.low in cue("spend") for word in self.reader.piece_words())
        if spends:
            return True
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

    def _money(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> int:
        """Money: spent in all, on average, or in one event."""
        reader = self.reader
        entry = self._money_of(frame)
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
        each = reader.is_each() or self._per_event(place)
        if self._after_noun(place):
            spends = False
        if method is None and spends and not each:
            method = "sum"
        if method is not None and not (method == "sum" and each):
            rows = bounds(item)
            if method == "sum" and isinstance(item, Number | Money):
                rows = [("at_least", number) for _, number in rows]
                reader.context.assume(f"“{item.text}” is read as at least that much.")
            self.aggregate(frame, method, entry, rows, atom)
            return place + 1
        tree = _comparison(Property(entry.field.name), item)
        reader.fields._filter(frame, entry, tree, set(range(atom.first, atom.end)), atom)
        return place + 1

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

    def _per_event(self, place: int) -> bool:
        """ "spent over $50 on an order", "in one purchase"."""
        words = [word.low for word in self.reader.piece_words()]
        return any(
            before in ("an", "a", "one", "single", "per", "each", "any")
            and likeness(after, "order") > 0
            for before, after in pairwise(words)
        )

    def _trait_spend(self, place: int, atom: Atom, item: Item) -> int:
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("spend", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        return self._role(place, atom, item, entries)

    def owner(self) -> str:
        return "account" if self.reader.context.accounts else "user"

    def _age(self, place: int, atom: Atom, item: Item) -> int:
        rows = bounds(item)
        plain = isinstance(item, Range) and (item.unit == "years_old" or _sounds_like_age(item))
        if not plain or not all(5 <= number <= 120 for _, number in rows):
            return place + 1
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("age", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if not entries:
            return self._birth(place, atom, item, rows)
        return self._role(place, atom, item, entries)

    def _birth(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where only the date of birth is known."""
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("date_of_birth", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if not entries:
            return self._birth_year(place, atom, item, rows)
        if len(entries) != 1 or is_outside(item):
            return place + 1
        entry = entries[0]
        tree = by_birth(entry.field.name, rows, self.reader.world.today)
        if tree is None:
            return place + 1
        self.reader.context.assume(
            f"The age in “{' '.join(atom.text.split())}” is counted in whole years from {entry.field.name}."
        )
        return self._role(place, atom, item, entries, tree)

    def _birth_year(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where only the year of birth is known."""
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("year_of_birth", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if len(entries) != 1 or is_outside(item):
            return self._age_range(place, atom, item, rows)
        tree = by_year(entries[0].field.name, rows, self.reader.world.today)
        if tree is None:
            return place + 1
        said = " ".join(atom.text.split())
        self.reader.context.assume(
            f"The age in “{said}” is what they turn this year, from {entries[0].field.name}."
        )
        return self._role(place, atom, item, entries, tree)

    def _age_range(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where people are known by ranges of ages only."""
        entries = [
            each
            for each in self.reader.world.lexicon.fields_like(("age",))
            if type_of(each) == "text"
            and getattr(each.field, "owner", None) == self.owner()
            and "age" in each.words
        ]
        tree = self.ranged(entries[0], item, atom) if len(entries) == 1 else None
        if tree is None:
            return place + 1
        return self._role(place, atom, item, entries, tree)

    def ranged(self, entry: Entry, item: Item, atom: Atom) -> Boolean | None:
        """An amount of a trait whose values are ranges, as the values that lie within it."""
        from audience.english.bins import within

        stats = getattr(entry.field, "stats", None)
        if stats is None or is_outside(item) or not stats.complete:
            return None
        tree = within(Trait(entry.field.name), stats.values, bounds(item))
        if isinstance(tree, Comparison):
            names = ", ".join(str(each.value) for each in tree.values if isinstance(each, Literal))
            said = " ".join(atom.text.split())
            self.reader.context.assume(f"“{said}” is {entry.field.name} {names}.")
        return tree

    def _role(
        self,
        place: int,
        atom: Atom,
        item: Item,
        entries: list[Entry],
        tree: Boolean | None = None,
    ) -> int:
        if not entries:
            return place + 1
        if len(entries) > 1 and entries[0].certainty - entries[1].certainty < 0.03:
            entries = [self.reader.context.tie(atom.text, tuple(entries[:3]))]
        tree = tree or _comparison(Trait(entries[0].field.name), item)
        places = set(range(atom.first, atom.end))
        for near in (place - 1, place + 1):
            if 0 <= near < len(self.reader.atoms) and self.reader.atoms[near].kind == "word":
                other = self.reader.atoms[near]
                if other.text in cue("soft"):
                    places |= set(range(other.first, other.end))
        self.reader.context.used |= places
        self.reader.add_trait(TraitFrame(tree, places, entry=entries[0]), atom.first)
        return place + 1

    def _distinct(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "3 different categories": how many distinct values of a property."""
        near = self.reader.atoms[place + 1 : place + 2]
        if not near or near[0].kind != "cue" or near[0].text not in cue("distinct"):
            return False
        following = self.reader.atoms[place + 2] if place + 2 < len(self.reader.atoms) else None
        if following is None:
            return False
        word = self.reader.world.sentence.words[following.first]
        entry = self._of_noun(frame, following, word.stem)
        if following.link is not None:
            own = [each for each in following.link.names if each.event == frame.entry.field.name]
            entry = own[0].entry if own else entry
        if entry is None:
            return False
        self.aggregate(frame, "unique", entry, bounds(item), atom)
        self.reader.claim(near[0], frame)
        self.reader.claim(following, frame)
        return True

    def _of_noun(self, frame: EventFrame, atom: Atom, stem: str) -> Entry | None:
        rows = []
        for entry in frame.entry.properties.values():
            like = max((likeness(stem, word) for word in entry.words), default=0.0)
            if not like:
                continue
            exact = len(entry.words) == 1
            telling = "id" in entry.words or "sku" in entry.words
            rows.append((like + 0.3 * exact + 0.2 * telling - 0.05 * len(entry.words), entry))
        if not rows:
            return None
        return max(rows, key=lambda row: row[0])[1]


def _suits(entry: Entry, item: Item) -> bool:
    """A percentage is held against nothing but a field of percentages."""
    return not is_percent(item) or is_share(entry)


def _sounds_like_age(item: Item) -> bool:
    """ "only the ones under 35": a bare bound in a sentence of its own is an age."""
    words = item.text.lower().split()
    return isinstance(item, Range) and words[0] in (
        "under",
        "over",
        "between",
        "below",
        "above",
        "aged",
        "older",
        "younger",
    )


def _counts_in(entry: Entry, unit: str) -> bool:
    if type_of(entry) != "number":
        return False
    spelt = {unit, unit.rstrip("s"), *_SPELT.get(unit.rstrip("s"), ())}
    return bool(spelt & {*name_words(entry.field.name), *entry.about})


_SPELT = {
    "gb": ("gigabyte", "gigabytes", "gigabyt"),
    "mb": ("megabyte", "megabytes", "megabyt"),
    "gigabyte": ("gb",),
    "megabyte": ("mb",),
}
SINGLE = frozenset({"a single", "single", "any single", "one single"})
_GRADES = frozenset(stem(word) for word in ("star", "stars", "rating", "score", "grade"))

_METHODS: tuple[tuple[str, Method], ...] = (
    ("average", "avg"),
    ("highest", "max"),
    ("lowest", "min"),
    ("total", "sum"),
)


def _comparison(left: Trait | Property, item: Item) -> Boolean:
    from audience.english.amounts import compared

    return compared(left, item)
