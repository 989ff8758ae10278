"""Windows of time in a piece: of the event beside them, of the one before, or of one to come."""

from __future__ import annotations

from dataclasses import replace

from audience.english.amounts import (
    counted_in,
    unit_of,
)
from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.events import is_action
from audience.english.frames import EventFrame, TraitFrame, alternatives
from audience.english.how_often import Counts
from audience.english.links import NameLink
from audience.english.literals.items import (
    Calendar,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    OpenFrom,
    OpenTo,
    Rolling,
    Within,
)
from audience.english.named_dates import coming_date, date_tree, is_held, is_to_come, lies_ahead
from audience.english.named_numbers import counts_years, in_years
from audience.english.pieces import DURING, SPANS
from audience.english.schema import Entry
from audience.english.sentence import frame_words
from audience.english.tokens import stem
from audience.english.totals import is_total
from audience.query import And, Boolean, Comparison, Literal, Property, Trait, joined


class Windows(Counts):
    """Takes the windows of one piece."""

    def time(self, place: int, atom: Atom, item: Item) -> int:
        """A window: of the event in this piece, or of the one before when this piece has none."""
        reader = self.reader
        if reader.head is None and self._is_coming(atom, item):
            return place + 1
        if self._did_then(atom, item):
            return place + 1
        if self._one_more_date(atom, item) or self._is_of_both(atom, item):
            return place + 1
        if reader.head is None and self._since_when(atom, item):
            return place + 1
        frame = self._once_more(reader.event())
        if isinstance(item, Ever) and self._is_of_total(atom):
            return place + 1
        if frame is None:
            reader.context.waiting.append((atom, item))  # for the event that follows
            return place + 1
        if self._is_ahead(atom, item, frame):
            return place + 1
        if self._is_so_long(atom, item, frame) or self._is_to_be(atom, item, frame):
            return place + 1
        if not self._is_window(frame, atom, item):
            return place + 1
        if frame is not reader.head:
            return self._more_time(place, atom, item, frame)
        if self._is_quick(atom, item, frame):
            return place + 1
        if self._is_after_date(item):
            reader.context.unclear.update(range(atom.first, atom.end))
        if isinstance(item, Ever):
            frame.never = frame.never or frame.negated  # "no rating given so far": at no time
            self.own(frame, atom)
            return place + 1
        if atom.first < min(frame.places, default=0) and reader.piece.first <= 1:
            reader.context.waiting.append((atom, item))  # leads the sentence: holds for all of it
        if frame.negated and isinstance(item, LengthRange):
            item = self._not_for(item)
        if isinstance(item, Future) and item.soonest is None and item.latest is not None:
            # "and did not log in during the following 3 days": after the step before
            known = {"start": item.start, "end": item.end, "text": item.text}
            item = Within(**known, duration=item.latest, approach="within")  # type: ignore[arg-type]
        frame.times.append(item)
        whole = self._whole_of(frame)
        if whole is not None:
            whole.times.append(item)
        self.own(frame, atom)
        return place + 1

    def _whole_of(self, frame: EventFrame) -> EventFrame | None:
        """ "ordered without a coupon this year": ordered this year, too."""
        before, connector = self.reader.context.event, self.reader.piece.connector
        if before is None or before is frame or not (frame.apart and frame.negated):
            return None
        same = before.entry is frame.entry and not (before.negated or before.times)
        return before if same and connector.without and not connector.but else None

    def _is_to_be(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "booked a class in the next 14 days": the day that was booked, which the event tells."""
        today = self.reader.world.today
        later = isinstance(item, Calendar) and item.first > today
        if not (later or isinstance(item, Future)) or self.reader.piece.connector.then:
            return False
        dates = [
            each
            for each in frame.entry.properties.values()
            if type_of(each) in ("date", "timestamp") and lies_ahead(each, [], today)
        ]
        days = [each for each in dates if type_of(each) == "date"] or dates
        if len(days) != 1:
            return False
        tree = date_tree(self.reader.fields, NameLink(days[0], 1.0, frame.entry.field.name), item)
        if tree is None:
            return False
        self.reader.context.assume(f"“{item.text}” is held against {days[0].field.name}.")
        self.reader.fields._filter(frame, days[0], tree, set(range(atom.first, atom.end)), atom)
        return True

    def _is_so_long(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "renewed for 24 months": how long, not when, where the event has a number of months; "a 14-day trial"."""
        hyphened = isinstance(item, Length) and "-" in item.text and atom.before not in _LEADS
        lasts = isinstance(item, Within) and item.approach == "for"
        if not isinstance(item, Within | Length) or not (hyphened or lasts) or frame.negated:
            return False
        entry = self._lasting(frame)
        unit = unit_of(entry) if entry is not None else None
        if entry is not None and unit is not None:
            number = Literal(counted_in(item.duration, unit))
            tree = Comparison(Property(entry.field.name), "equals", (number,))
            places = set(range(atom.first, atom.end))
            self.reader.fields._filter(frame, entry, tree, places, atom)
        return entry is not None

    def _is_ahead(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "booked less than 2 hours ahead": how long before, where the event has a number for it."""
        said = item.text.lower().split()
        if not isinstance(item, Future) or said[-1] != "ahead" or frame.negated:
            return False
        entry = self._lasting(frame)
        unit = unit_of(entry) if entry is not None else None
        if entry is None or unit is None:
            self.reader.context.unclear.update(range(atom.first, atom.end))
            return False
        left = Property(entry.field.name)
        rows: list[Boolean] = []
        for bound, strict, loose in (
            (item.soonest, "greater_than", "at_least"),
            (item.latest, "less_than", "at_most"),
        ):
            if bound is not None:
                operator = strict if said[0] in _STRICTLY else loose
                number = Literal(counted_in(bound, unit))
                rows.append(Comparison(left, operator, (number,)))
        places = set(range(atom.first, atom.end))
        self.reader.fields._filter(frame, entry, joined(And, tuple(rows)), places, atom)
        return True

    def _is_quick(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "signed within an hour": how long it took, where the event has a number for that."""
        if not isinstance(item, Within) or item.approach != "within" or frame.negated:
            return False
        if item.duration.hours >= 24 or self.reader.context.event is not None:
            return False
        words = self.reader.world.sentence.words
        if atom.end < len(words) and words[atom.end].low in _STEPS | {"of"}:
            return False  # "within an hour of opening the app"
        entry = self._lasting(frame)
        unit = unit_of(entry) if entry is not None else None
        if entry is None or unit is None:
            self.reader.context.unclear.update(range(atom.first, atom.end))
            return False
        number = Literal(counted_in(item.duration, unit))
        tree = Comparison(Property(entry.field.name), "at_most", (number,))
        places = set(range(atom.first, atom.end))
        self.reader.fields._filter(frame, entry, tree, places, atom)
        return True

    def _is_after_date(self, item: Item) -> bool:
        """ "joined in May and cancelled within 90 days": of that date, which no window can say."""
        before = self.reader.context.last
        return (
            isinstance(item, Within)
            and item.approach == "within"
            and self.reader.piece.connector.op == "and"
            and isinstance(before, TraitFrame)
            and before.entry is not None
            and type_of(before.entry) in ("date", "timestamp")
        )

    def _is_window(self, frame: EventFrame, atom: Atom, item: Item) -> bool:
        """Not "a 30-day trial", "30 days before …", nor "for more than 2 hours" of what was done."""
        words = self.reader.world.sentence.words
        if isinstance(item, Length) and atom.end < len(words) and words[atom.end].low in _STEPS:
            return False
        if isinstance(item, Length) and words[atom.first - 1].low == "on":
            self.reader.context.unclear.update(range(atom.first, atom.end))  # "on one day"
        if isinstance(item, Length) and not frame.negated and self._is_stay(atom, frame):
            self.reader.context.unclear.update(range(atom.first, atom.end))
        if isinstance(item, Length):
            return "-" not in item.text or atom.before in _LEADS or frame.negated
        if isinstance(item, LengthRange) and not frame.negated:
            return item.low is None and item.approach in ("in", "within")
        return True

    def _is_stay(self, atom: Atom, frame: EventFrame) -> bool:
        """ "booked two weeks in Mallorca": what was booked, and not when."""
        words = self.reader.world.sentence.words
        follows = atom.first - 1 in frame.places and is_action(words[atom.first - 1].stem)
        return follows and atom.end < len(words) and words[atom.end].low in _WHERE

    def _not_for(self, item: LengthRange) -> Item:
        """ "hasn't … in over 90 days": not in the last 90 days."""
        length = item.low or item.high
        assert length is not None
        return Rolling(start=item.start, end=item.end, text=item.text, oldest=length)

    def _more_time(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> int:
        """A window on its own: "but not in the last 90 days" is the same event once more."""
        reader = self.reader
        before = [each for each in reader.pending if each < atom.first]
        op = reader.piece.connector.op
        if before and reader.piece.connector.but and self._of_several(frame):
            return place + 1  # "A or B, but not in May": of which of them?
        if before or reader.piece.connector.minus:
            reader.pending = [each for each in reader.pending if each not in before]
            words = reader.world.sentence.words
            nothing = any(words[each].low == "nothing" for each in before)
            again = replace(
                frame,
                times=[item],
                counts=[],
                method=None,
                of=None,
                negated=(len(before) % 2 == 1) != (frame.negated and not before),
                places=set(before),
                where=[] if nothing else list(frame.where),  # "gave 50, and nothing this year"
            )
            reader.claim(atom, again)
            reader.head = again
            reader.frames.append(again)
            return place + 1
        if (frame.times and op == "or") or self._is_of_all_time(frame):
            again = replace(
                frame,
                times=[item],
                places=set(),
                where=list(frame.where),
                carried=frame.negated,
            )
            if self._is_of_all_time(frame):
                again.counts, again.method, again.of = [], None, None
            reader.claim(atom, again)
            reader.head = again
            reader.frames.append(again)
            return place + 1
        frame.times.append(item)
        self.own(frame, atom)
        return place + 1

    def _did_then(self, atom: Atom, item: Item) -> bool:
        """ "did not order this month but did last month": what was not done then was done at this time."""
        reader, words = self.reader, self.reader.world.sentence.words
        frame, piece = reader.event(), reader.piece
        said = [each for each in range(piece.first, atom.first) if words[each].is_word]
        if frame is None or frame is reader.head or not frame.negated or not said:
            return False
        if not piece.connector.but or words[said[0]].low not in _DID or reader.pending:
            return False
        again = replace(
            frame, times=[item], counts=[], method=None, of=None, negated=False,
            places={said[0]}, where=list(frame.where), perfect=False,
        )  # fmt: skip
        reader.claim(atom, again)
        reader.context.used.add(said[0])
        reader.head = again
        reader.frames.append(again)
        return True

    def _is_of_total(self, atom: Atom) -> bool:
        """ "20 nights over their lifetime": of a number that is known of them over all time."""
        reader = self.reader
        told = reader.frames[-1] if reader.frames else reader.context.last
        if not isinstance(told, TraitFrame) or told.entry is None or reader.head is not None:
            return False
        if not is_total(told.entry):
            return False
        reader.claim(atom, told)
        return True

    def _is_of_all_time(self, frame: EventFrame) -> bool:
        """ "one stay ever, and it was in May": so many in all, and that one then."""
        items = self.reader.world.sentence.items
        said = any(isinstance(items[each][1], Ever) for each in frame.places & set(items))
        return said and bool(frame.counts) and not frame.negated and not frame.times

    def same_time(self) -> None:
        """ "and bought something in that time": the window of what was told before it."""
        reader = self.reader
        words = [each.low for each in reader.piece_words()]
        for size, pointing in ((3, {"that", "this"}), (4, {"same"})):
            for at in range(len(words) - size + 1):
                said = words[at : at + size]
                if said[0] not in DURING or said[-2] not in pointing or said[-1] not in SPANS:
                    continue
                places = set(range(reader.piece.first + at, reader.piece.first + at + size))
                frame = reader.event()
                told = [each for each in reader.context.done if each is not frame and each.times]
                if frame is None or frame.times or not told:
                    reader.context.unclear |= places
                    continue
                frame.times = list(told[-1].times)
                frame.places |= places
                reader.context.used |= places
                text = reader.world.sentence.said(min(places), max(places) + 1)
                window = " ".join(each.text for each in frame.times)
                reader.context.assume(f"“{text}” means {window}, as said before.")

    def _of_several(self, frame: EventFrame) -> bool:
        """Whether the verb before this piece is the last of a list of different things done."""
        done = self.reader.context.done
        return len(done) > 1 and done[-1] is frame and done[-2].entry is not frame.entry

    def _is_coming(self, atom: Atom, item: Item) -> bool:
        """ "whose policy is due in the next two weeks": a date to come that the words speak of."""
        reader = self.reader
        words, today = reader.piece_words(), reader.world.today
        held = is_held(words, reader.words.values(), led=reader.piece.connector.with_)
        if reader.frames or not reader.words or not is_to_come(item, words, today, held=held):
            return False
        entry = coming_date(reader.world, reader.words.values(), reader.context.accounts)
        if entry is None:
            return False
        named = NameLink(entry, 1.0, None)
        tree = date_tree(reader.fields, named, item)
        if tree is None:
            return False
        places = {*reader.words, *range(atom.first, atom.end)}
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=entry), min(places))
        return True

    def _one_more_date(self, atom: Atom, item: Item) -> bool:
        """ "the card expires this month or in January": one more window of the date, or the year, before."""
        reader = self.reader
        before = reader.context.last
        alone = not (reader.words or reader.frames or reader.pending or len(reader.atoms) > 1)
        if not alone or reader.piece.connector.op != "or" or not isinstance(before, TraitFrame):
            return False
        if before.entry is None:
            return False
        tree = None
        if type_of(before.entry) in ("date", "timestamp"):
            tree = date_tree(reader.fields, NameLink(before.entry, 1.0, None), item)
        elif counts_years(before.entry):
            tree = in_years(Trait(before.entry.field.name), item)
        if tree is None or before.negated:
            return False
        places = set(range(atom.first, atom.end))
        reader.context.used |= places
        before.tree, before.places = alternatives([before.tree, tree]), before.places | places
        reader.extends = True
        return True

    def _is_of_both(self, atom: Atom, item: Item) -> bool:
        """ "a visit and a treatment, both in the last 60 days": of each of the two that were told of."""
        reader = self.reader
        words = reader.world.sentence.words
        said = [each for each in reader.piece.connector.places if words[each].low == "both"]
        told = reader.context.done[-2:]
        alone = not (reader.words or reader.frames or reader.pending or len(reader.atoms) > 1)
        if not said or not alone or len(told) != 2 or any(each.times for each in told):
            return False
        for frame in told:
            frame.times.append(item)
            frame.places |= {*said, *range(atom.first, atom.end)}
        reader.context.used.update(range(atom.first, atom.end))
        reader.extends = True
        return True

    def _joined(self) -> list[Entry]:
        """The date on which they came: of the sign-up, else the one that a contract or the like began."""
        lexicon = self.reader.world.lexicon
        people = lexicon.accounts if self.owner() == "account" else lexicon.users
        dates = [each for each in people if type_of(each) in ("date", "timestamp")]
        known = [each for each in people if each.role == "sign_up_date"]
        begun = [each for each in dates if _BEGUN & set(each.words)]
        return known or begun or [each for each in dates if stem("since") in each.words]

    def _since_when(self, atom: Atom, item: Item) -> bool:
        """ "have been with us for more than 2 years": when they joined."""
        reader = self.reader
        first = max(0, atom.first - 4)
        words = [word.low for word in reader.world.sentence.words[first : atom.first]]
        since = words[-1:] == ["since"]
        while words[-1:] and words[-1] in _OURS:
            words.pop()  # "a customer of ours for 5 years", "with us since before 2020"
        been = "been" in words and bool({"us", "a"} & set(words))
        been = been or words[-2:] == ["with", "us"]
        kinds = frame_words()  # "customers for more than two years"
        noun = bool(words) and words[-1] in kinds["everybody"] | kinds["wide"]
        lasting = getattr(item, "approach", None) == "for" and noun
        lasting = lasting or (noun and isinstance(item, OpenFrom))  # "members since 2020"
        lasting = lasting or (noun and since and isinstance(item, OpenTo))  # "since before 2020"
        became = noun and self.owner() == "account" and bool(_BECAME & set(words))
        own = {"ours", *_BECAME} if became else {"ours"}
        rest = {place for place, word in reader.words.items() if word.low not in own}
        if rest or reader.frames or not (been or lasting or became):
            return False
        joined = self._joined()
        length = item.low if isinstance(item, LengthRange) else getattr(item, "duration", None)
        if became:
            length = None  # "became customers in the last 90 days"
        if isinstance(item, LengthRange) and item.high:
            return False
        if len(joined) != 1:
            if been or isinstance(
                item, OpenFrom
            ):  # never of what an earlier clause says that they did
                reader.context.unclear.update(range(atom.first, atom.end))
            return been or isinstance(item, OpenFrom)
        tree: Boolean | None = None
        if length is not None:
            tree = Comparison(Trait(joined[0].field.name), "before_last", (length,))
        elif became or isinstance(item, OpenFrom | OpenTo):  # "have been with us since 2025"
            tree = date_tree(reader.fields, NameLink(joined[0], 1.0, None), item)
        if tree is None:
            return False
        places = {*range(atom.first, atom.end), *reader.words}
        reader.context.used |= places
        said = reader.world.sentence.said(first, atom.end)
        reader.context.assume(f"“{said}” is counted from {joined[0].field.name}.")
        reader.add_trait(TraitFrame(tree, places, entry=joined[0]), atom.first)
        return True


_DID = frozenset(["did", "do", "does", "had", "have", "has", "was", "were"])
_OURS = frozenset(["of", "ours", "since"])
_BECAME = frozenset(["became", "become", "becoming"])
_STRICTLY = frozenset(["less", "under", "fewer", "more", "over"])
_WHERE = frozenset(["in", "at", "on", "with"])
_STEPS = frozenset(["before", "after", "prior", "following"])
_LEADS = frozenset(["in", "within", "for", "during", "over", "last", "past", "since"])


_BEGUN = frozenset(stem(each) for each in ("start", "begin", "began", "joined"))
