"""Counts, amounts, windows and small words: what they say of the event or the trait beside them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from audience.english.amounts import (
    Bounds,
    bounds,
    counted_in,
    is_amount,
    is_outside,
    is_percent,
    unit_of,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.frames import EventFrame, TraitFrame
from audience.english.holding import SINGLE, Amounts
from audience.english.links import NameLink
from audience.english.literals.items import (
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Range,
    Rolling,
    Vague,
    Within,
)
from audience.english.named_dates import coming_date, date_tree
from audience.english.sentence import frame_words
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.query import Comparison, Literal, Property, Trait


class Modifiers(Amounts):
    """Takes the atoms of one piece that are not links."""

    # Counts -------------------------------------------------------------------------------------

    def count(self, place: int, atom: Atom, item: Item) -> int:
        """How often the event happened."""
        frame = self._once_more(self.reader.event())
        rows = bounds(item)
        never = rows == [("equals", Decimal(0))]
        if any(number >= _TOO_OFTEN for _, number in rows) and getattr(item, "unit", "") != "times":
            return place + 1  # "redeemed over 30,000 miles": nothing happens so often
        if frame is None or (never and frame is not self.reader.head and self.reader.words):
            if rows == [("equals", Decimal(0))]:  # "never told us their gender"
                self.reader.pending.append(atom.first)
                self.reader.context.used |= set(range(atom.first, atom.end))
            return place + 1
        if " ".join(atom.text.lower().split()) in SINGLE:
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
        if self._is_only(place):
            rows = [("equals", rows[0][1])]
        if (
            frame is not self.reader.head
            and frame.counts
            and self.reader.piece.connector.op == "and"
        ):
            rows = [*frame.counts, *rows]
        if item.text.lower() == "one" and self._has_amount_after(place):
            rows = [("at_least", Decimal(1))]  # "one order of at least $200"
        if self._many(rows) and item.assumption is None:
            self.reader.context.assume(f"“{atom.text}” means exactly {_plain(rows[0][1])}.")
        frame.counts = rows
        self.own(frame, atom)
        return place + 1

    def _is_multiple(self, atom: Atom) -> bool:
        """ "twice as many as last year" counts nothing."""
        after = [word.low for word in self.reader.world.sentence.words[atom.end : atom.end + 2]]
        return after[:1] == ["as"] and after[1:] != ["well"]

    def _has_amount_after(self, place: int) -> bool:
        return any(
            atom.item is not None and is_amount(atom.item)
            for atom in self.reader.atoms[place + 1 :]
        )

    def _once_more(self, frame: EventFrame | None) -> EventFrame | None:
        """ "none in the last 90 days but 2 in the 90 days before": the same event, once more."""
        reader = self.reader
        if frame is None or frame is reader.head or not frame.times:
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
        again = replace(
            frame,
            times=[],
            counts=[] if counted else list(frame.counts),
            negated=frame.negated and not counted,
            places=set(),
            where=list(frame.where),
        )
        reader.head = again
        reader.frames.append(again)
        return again

    def _many(self, rows: Bounds) -> bool:
        return len(rows) == 1 and rows[0][0] == "equals"

    def _is_only(self, place: int) -> bool:
        before = self.reader.atoms[place - 1] if place else None
        if before is not None and before.kind == "cue" and before.text in cue("only"):
            self.reader.context.used |= set(range(before.first, before.end))
            return True
        return False

    # Time ---------------------------------------------------------------------------------------

    def time(self, place: int, atom: Atom, item: Item) -> int:
        """A window: of the event in this piece, or of the one before when this piece has none."""
        reader = self.reader
        if reader.head is None and self._is_coming(atom, item):
            return place + 1
        frame = self._once_more(reader.event())
        if frame is None:
            self._loose_time(atom, item)
            return place + 1
        if self._is_so_long(atom, item, frame):
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
        self.own(frame, atom)
        return place + 1

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

    def _is_quick(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "signed within an hour": how long it took, where the event has a number for that."""
        if not isinstance(item, Within) or item.approach != "within" or frame.negated:
            return False
        if item.duration.hours >= 24 or self.reader.context.event is not None:
            return False
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
        if isinstance(item, Length):
            return "-" not in item.text or atom.before in _LEADS or frame.negated
        if isinstance(item, LengthRange) and not frame.negated:
            return item.low is None and item.approach in ("in", "within")
        return True

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
            again = replace(
                frame,
                times=[item],
                counts=[],
                negated=(len(before) % 2 == 1) != (frame.negated and not before),
                places=set(before),
                where=list(frame.where),
            )
            reader.claim(atom, again)
            reader.head = again
            reader.frames.append(again)
            return place + 1
        if frame.times and op == "or":
            again = replace(frame, times=[item], places=set(), where=list(frame.where))
            reader.claim(atom, again)
            reader.head = again
            reader.frames.append(again)
            return place + 1
        frame.times.append(item)
        self.own(frame, atom)
        return place + 1

    def _of_several(self, frame: EventFrame) -> bool:
        """Whether the verb before this piece is the last of a list of different things done."""
        done = self.reader.context.done
        return len(done) > 1 and done[-1] is frame and done[-2].entry is not frame.entry

    def _loose_time(self, atom: Atom, item: Item) -> None:
        """A window before any event: it waits for the event that follows."""
        if self._since_when(atom, item):
            return
        self.reader.context.waiting.append((atom, item))

    def _is_coming(self, atom: Atom, item: Item) -> bool:
        """ "whose policy is due in the next two weeks": a date to come that the words speak of."""
        reader = self.reader
        if not isinstance(item, Future) or reader.frames or not reader.words:
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

    def _since_when(self, atom: Atom, item: Item) -> bool:
        """ "have been with us for more than 2 years": when they joined."""
        reader = self.reader
        first = max(0, atom.first - 4)
        words = [word.low for word in reader.world.sentence.words[first : atom.first]]
        been = "been" in words and {"us", "a"} & set(words)
        before = atom.first - 1  # "customers for more than two years"
        kinds = frame_words()
        noun = before >= 0 and words[-1] in kinds["everybody"] | kinds["wide"]
        lasting = getattr(item, "approach", None) == "for" and noun
        if reader.words or reader.frames or not (been or lasting):
            return False
        joined = [
            each
            for each in reader.world.lexicon.roles.get("sign_up_date", ())
            if getattr(each.field, "owner", None) == self.owner()
        ]
        length = item.low if isinstance(item, LengthRange) else getattr(item, "duration", None)
        if len(joined) != 1 or length is None or (isinstance(item, LengthRange) and item.high):
            return False
        tree = Comparison(Trait(joined[0].field.name), "before_last", (length,))
        places = set(range(atom.first, atom.end))
        reader.context.used |= places
        said = reader.world.sentence.said(first, atom.end)
        reader.context.assume(f"“{said}” is counted from {joined[0].field.name}.")
        reader.add_trait(TraitFrame(tree, places, entry=joined[0]), atom.first)
        return True

    # Words --------------------------------------------------------------------------------------

    def word(self, place: int, atom: Atom) -> int:
        """A word that is neither event nor link: a cue, or one that nothing accounts for."""
        frame = self.reader.head
        event = self.reader.event()
        ahead = self.reader.atoms[place + 1].item if place + 1 < len(self.reader.atoms) else None
        if event is not None and atom.text in _GETTING and ahead is not None and is_amount(ahead):
            self.reader.claim(atom, event)  # "gave us 2 stars", "got at least 10 likes"
            return place + 1
        if atom.text in cue("mailboxes") and self._mail_domain(atom):
            return place + 1
        if frame is not None:
            self._cue(place, atom, frame)
        elif atom.text in cue("only"):
            self.reader.only = atom
        if self.reader.world.sentence.words[atom.first].stem in cue("consent"):
            self.reader.consenting.append(atom)
        return place + 1

    def _mail_domain(self, atom: Atom) -> bool:
        """ "gmail users": whose e-mail address ends so."""
        reader = self.reader
        entries = [
            each
            for each in reader.world.lexicon.roles.get("email", ())
            if getattr(each.field, "owner", None) == self.owner()
        ]
        if not entries:
            return False
        places = set(range(atom.first, atom.end))
        for place, word in reader.words.items():
            if word.low in (
                "email",
                "emails",
                "address",
                "addresses",
                "domain",
                "mail",
                "account",
                "accounts",
            ):
                places.add(place)
        value = Literal(f"@{atom.text}.com")
        tree = Comparison(Trait(entries[0].field.name), "ends_with", (value,))
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=entries[0]), atom.first)
        return True

    def _cue(self, place: int, atom: Atom, frame: EventFrame) -> None:
        text = atom.text
        following = self.reader.atoms[place + 1 : place + 2]
        if (
            text in cue("last")
            and following
            and (following[0].kind in ("event", "link") or following[0].text in cue("count"))
        ):
            frame.last_time = True
            frame.cues.add(atom.first)
        elif (
            text in cue("first")
            and following
            and (following[0].kind in ("event", "link") or following[0].text in ("time", "ever"))
        ) or (
            text in cue("first")
            and text == "first"
            and place
            and self.reader.atoms[place - 1].kind == "event"
        ):
            frame.first_time = True
            frame.cues.add(atom.first)
        elif text in cue("again"):
            if self.reader.piece.connector.then:
                self.reader.claim(atom, frame)
                return
            before = self.reader.context.event
            if frame.counts or (frame.negated and before is not None):
                return  # "refunded an order but never bought again": after that, or twice in all?
            frame.counts = [("at_least", Decimal(2))]
        elif text in cue("only"):
            self._only(place, atom, frame)
            return
        elif (text in cue("spend") and frame.method is not None) or self._wraps(place, atom, frame):
            pass
        elif frame.method is None and any(
            text in cue(name) for name in ("average", "highest", "lowest", "total")
        ):
            if not self._amount_follows(place):
                return
        elif (
            self._is_light(place, atom)
            or text in cue("count")
            or text in cue("each")
            or (text in cue("measures") and frame.method is not None)
        ):
            pass
        elif not any(
            text in cue(name) for name in ("average", "highest", "lowest", "total", "each")
        ):
            return
        self.reader.claim(atom, frame)

    def _wraps(self, place: int, atom: Atom, frame: EventFrame) -> bool:
        """ "a training package worth £200", "took out cash": words that only hold the amount."""
        if atom.text in cue("money"):
            return self._money_of(frame) is not None
        before = self.reader.atoms[place - 1] if place else None
        following = self.reader.atoms[place + 1 : place + 2]
        if atom.text == "worth":
            return bool(following) and following[0].item is not None
        return (
            atom.text in cue("wares")
            and before is not None
            and before.kind == "event"
            and self._money_of(frame) is not None
        )

    def _is_light(self, place: int, atom: Atom) -> bool:
        """ "asked for a refund": a verb that only says that the noun after it happened."""
        word = self.reader.world.sentence.words[atom.first]
        light_stems = {stem(each) for each in frame_words()["light_verbs"]}
        near = self.reader.atoms[place + 1 : place + 4]
        if word.stem not in light_stems:
            return False
        return any(each.kind == "event" for each in near) or self._done(near[:1])

    def _done(self, near: list[Atom]) -> bool:
        """ "go running": the value that follows tells what was done."""
        event = self.reader.head.entry.field.name if self.reader.head is not None else None
        return any(
            value.event == event
            for atom in near
            if atom.link is not None
            for value in atom.link.values
        )

    def _only(self, place: int, atom: Atom, frame: EventFrame) -> None:
        following = self.reader.atoms[place + 1] if place + 1 < len(self.reader.atoms) else None
        item = following.item if following is not None else None
        if item is not None and not isinstance(item, Ever):
            return  # "only once": the count takes it
        frame.only = True
        self.reader.claim(atom, frame)

    def _amount_follows(self, place: int) -> bool:
        return any(
            atom.item is not None
            and isinstance(atom.item, Range | Number | Money | LengthRange | Vague)
            for atom in self.reader.atoms
        )

    def vague(self, atom: Atom, item: Vague) -> int:
        frame = self.reader.event()
        self.reader.context.used |= set(range(atom.first, atom.end))
        if frame is not None:
            frame.places |= set(range(atom.first, atom.end))
        return self.reader.atoms.index(atom) + 1


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


_GETTING = frozenset(["gave", "earned", "scored"])
_TOO_OFTEN = 1000
_STEPS = frozenset(["before", "after", "prior", "following"])
_LEADS = frozenset(["in", "within", "for", "during", "over", "last", "past", "since"])


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


__all__ = ["Length", "Modifiers", "Within", "is_outside"]
