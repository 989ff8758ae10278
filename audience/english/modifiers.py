"""Small words and cues: what they say of the event or the trait beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from audience.english.ages import turned_in
from audience.english.amounts import (
    is_amount,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.events import is_past
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import (
    Calendar,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    Ordinal,
    Range,
    Rolling,
    Vague,
    Within,
)
from audience.english.literals.values import words_of
from audience.english.schema import Entry
from audience.english.sentence import frame_words, low_at
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.english.windows import Windows
from audience.query import And, Comparison, Literal, Property, Trait, joined


class Modifiers(Windows):
    """Takes the atoms of one piece that are not links."""

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
        if atom.text in SCORED and self._by_score(atom):
            return place + 1
        if atom.text in _TURNING and self._turning(place):
            return place + 3
        if atom.text == "another" and frame is not None and self._is_other_step(frame):
            self.reader.claim(atom, frame)  # "followed by another order within 60 days"
            return place + 1
        if atom.text == "same" and frame is not None and (after := self._same(place, frame)):
            return after
        if frame is not None:
            self._cue(place, atom, frame)
        elif atom.text in cue("only"):
            self._only_such(atom)
        if self.reader.world.sentence.words[atom.first].stem in cue("consent"):
            self.reader.consenting.append(atom)
        return place + 1

    def nth(self, place: int, atom: Atom, item: Ordinal) -> bool:
        """ "their third order", "for the second time": so often, and that one in the window."""
        frame, following = self.reader.head, self.reader.atoms[place + 1 : place + 2]
        words = self.reader.world.sentence.words
        time = low_at(words, atom.end) == "time"
        deed = bool(following) and following[0].kind == "event" and following[0].first == atom.end
        if frame is not None and self._is_which_of(place, atom, item, frame):
            return True
        if frame is None or item.value < _SECOND or not (time or deed):
            return False
        own = low_at(words, atom.first - 1) in _THEIR
        if not (own and deed) and any(is_time(each) for _, each in self._literals()):
            return False  # "a third order this year": of this year's, or of all?
        frame.nth = item.value
        frame.cues.add(atom.first)
        self.reader.claim(atom, frame)
        said = self.reader.world.sentence.said(atom.first, atom.end)
        self.reader.context.assume(f"“{said}” is read as {item.value} times or more by now.")
        return True

    def _is_which_of(self, place: int, atom: Atom, item: Ordinal, frame: EventFrame) -> bool:
        """ "failed on the third attempt": which one it was, where the event has a number called so."""
        words = self.reader.world.sentence.words
        noun = words[atom.end] if atom.end < self.reader.piece.end else None
        if noun is None or low_at(words, atom.first - 1) not in _ON_THE or atom.end in frame.places:
            return False
        found = [
            each
            for each in frame.entry.properties.values()
            if type_of(each) == "number" and noun.stem in each.words
        ]
        if len(found) != 1:
            return False
        left = Property(found[0].field.name)
        tree = Comparison(left, "equals", (Literal(Decimal(item.value)),))
        places = {*range(atom.first, atom.end + 1)}
        self.reader.context.used |= places
        self.reader.fields._filter(frame, found[0], tree, places, atom)
        return True

    def _literals(self) -> Iterable[tuple[int, Item]]:
        return self.reader.world.sentence.items.values()

    def _is_other_step(self, frame: EventFrame) -> bool:
        """Whether this piece tells of what came after something else."""
        reader = self.reader
        if reader.piece.connector.then:
            return reader.context.event is not None
        within = [each.item for each in reader.atoms if isinstance(each.item, Within)]
        follows = reader.piece.connector.op == "and" and reader.context.last is reader.context.event
        return bool(within) and follows and within[0].approach == "within" and not frame.counts

    def _same(self, place: int, frame: EventFrame) -> int:
        """ "booked that same destination": a property that is to be as the other step has it."""
        following = self.reader.atoms[place + 1 : place + 2]
        if not following or following[0].kind == "item":
            return 0
        noun = following[0]
        words = self.reader.world.sentence.words[noun.first : noun.end]
        said = {word.stem for word in words if word.is_word}
        entries = sorted(
            (each for each in frame.entry.properties.values() if said <= set(each.words)),
            key=lambda each: len(each.words),
        ) or [
            each.entry
            for link in self.reader.found
            if (link.first, link.end) == (noun.first, noun.end)
            for each in link.names
            if each.event == frame.entry.field.name and each.score >= _SURELY
        ]
        if not entries:
            return 0
        frame.same.append(tuple(each.field.name for each in entries))
        self.reader.claim(self.reader.atoms[place], frame)
        self.reader.claim(noun, frame)
        return place + 2

    def _turning(self, place: int) -> bool:
        """ "turning 30 next month": who was born so many years before those days."""
        reader = self.reader
        number, days = [*(each.item for each in reader.atoms[place + 1 : place + 3]), None, None][
            :2
        ]
        born = [
            each
            for each in reader.world.lexicon.roles.get("date_of_birth", ())
            if getattr(each.field, "owner", None) == self.owner()
        ]
        if not isinstance(number, Number) or not 1 <= number.value <= _OLDEST or len(born) != 1:
            return False
        today = reader.world.today
        if isinstance(days, Calendar):
            first, last = days.first, days.last
        elif isinstance(days, Future) and days.soonest is None and days.latest is not None:
            first, last = today, today + timedelta(days=days.latest.hours // 24)
        elif isinstance(days, Rolling) and days.newest is None and days.oldest is not None:
            first, last = today - timedelta(days=days.oldest.hours // 24), today
        else:
            return False
        places = {
            each for at in reader.atoms[place : place + 3] for each in range(at.first, at.end)
        }
        tree = turned_in(born[0].field.name, number.value, first, last)
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=born[0]), min(places))
        return True

    def _by_score(self, atom: Atom) -> bool:
        """ "detractors": who gave so many points of ten, where one trait holds them."""
        reader = self.reader
        lexicon = reader.world.lexicon
        people = lexicon.accounts if reader.context.accounts else lexicon.users
        scores = [e for e in people if "nps" in e.words and type_of(e) == "number"]
        if len(scores) != 1:
            return False
        left, name = Trait(scores[0].field.name), scores[0].field.name
        low, high = SCORED[atom.text]
        rows = [Comparison(left, "at_least", (Literal(Decimal(low)),))] if low else []
        rows += [Comparison(left, "at_most", (Literal(Decimal(high)),))] if high < _TEN else []
        places = set(range(atom.first, atom.end))
        reader.context.used |= places
        reader.context.assume(f"“{atom.text}” are those with {name} {low} to {high}.")
        tree = joined(And, tuple(rows))
        reader.add_trait(TraitFrame(tree, places, entry=scores[0]), atom.first)
        return True

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
            frame.first_step = self._leads_off(atom, following)
            frame.cues.add(atom.first)
        elif text in cue("again"):
            if self.reader.piece.connector.then:
                self.reader.claim(atom, frame)
                return
            before = self.reader.context.event
            if frame.counts:
                return
            if frame.negated and before is not None:
                frame.since = self._is_afterwards(frame, before)
                if frame.since:
                    self.reader.claim(atom, frame)
                return
            frame.counts, frame.repeated = [("at_least", Decimal(2))], {atom.first}
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

    def _leads_off(self, atom: Atom, following: list[Atom]) -> bool:
        """ "who first signed up": before a verb, as a first step; not "their first order"."""
        words = self.reader.world.sentence.words
        before = words[atom.first - 1].low if atom.first else ""
        nouns = frame_words()["empty.articles"] | {"whose", "of"}
        return (
            bool(following)
            and following[0].kind == "event"
            and is_past(words[following[0].first])
            and before not in nouns
        )

    def _is_afterwards(self, frame: EventFrame, before: EventFrame) -> bool:
        """ "asked for a refund and never bought again": not after that, which was held to something."""
        if before.negated or before.method is not None or frame.times or frame.where:
            return False
        return before.entry is not frame.entry or bool(before.times)

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

    def lightly(self, place: int, atom: Atom) -> None:
        """ "got a refund": the verb says no more, though a field somewhere is called like it."""
        free = not self.reader.context.used & set(range(atom.first, atom.end))
        event, ahead = self.reader.event(), self.reader.atoms[place + 1 : place + 2]
        if not free or event is None or atom.end - atom.first > 1:
            return
        amount = bool(ahead) and ahead[0].item is not None and is_amount(ahead[0].item)
        light = atom.text.lower() in _LIGHTLY and self._is_light(place, atom)
        if (self.reader.head is not None and light) or (amount and atom.text in _GETTING):
            self.reader.claim(atom, event)

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
        if self._is_sole(atom, frame):
            frame.sole = True
        else:
            frame.only = True
        self.reader.claim(atom, frame)

    def _only_such(self, atom: Atom) -> None:
        """ "only in Spain", "Spain only": nobody has two of what is known once of a person."""
        reader = self.reader
        reader.only = atom
        told = reader.frames[-1] if reader.frames else reader.context.last
        before, kinds = atom.first - 1, frame_words()
        words = reader.world.sentence.words
        if before > 0 and words[before].low in kinds["subjects.users"] | kinds["subjects.accounts"]:
            before -= 1  # "gold members only"
        if not isinstance(told, TraitFrame) or told.entry is None or told.negated:
            return
        if before in told.places and type_of(told.entry) != "list":
            reader.claim(atom, told)

    def _is_sole(self, atom: Atom, frame: EventFrame) -> bool:
        """ "whose only order": there was one."""
        if atom.end not in frame.places or frame.counts or frame.method is not None:
            return False
        before = self.reader.world.sentence.words[: atom.first][-1:]
        return any(each.low in _THEIRS for each in before)

    def _amount_follows(self, place: int) -> bool:
        return any(
            atom.item is not None
            and isinstance(atom.item, Range | Number | Money | LengthRange | Vague)
            for atom in self.reader.atoms
        )

    def _since_joining(self, atom: Atom, item: Vague, frame: EventFrame) -> bool:
        """ "booked twice in their first month": that often after the one time that they signed up."""
        reader = self.reader
        joined = [each for each in reader.world.lexicon.events if is_joining(each)]
        length = next((each.duration for each in item.parts if isinstance(each, Length)), None)
        if len(joined) != 1 or length is None or frame not in reader.frames:
            return False
        if frame.entry is joined[0] or frame.times:
            return False
        base = EventFrame(joined[0], set(range(atom.first, atom.end)) | frame.places)
        base.child, base.child_within = frame, length
        reader.frames[reader.frames.index(frame)] = base
        reader.context.used |= base.places
        reader.context.asks.remove(item)
        name = joined[0].field.name
        reader.context.assume(f"“{item.text}” means {name} no more than {words_of(length)} before.")
        return True

    def vague(self, atom: Atom, item: Vague) -> int:
        frame = self.reader.event()
        if (
            item.subject == "joining"
            and frame is not None
            and self._since_joining(atom, item, frame)
        ):
            return self.reader.atoms.index(atom) + 1
        self.reader.context.used |= set(range(atom.first, atom.end))
        if frame is not None:
            frame.places |= set(range(atom.first, atom.end))
        return self.reader.atoms.index(atom) + 1


def is_joining(entry: Entry) -> bool:
    """Whether the event is that somebody became one of theirs: not that they enrolled in a course."""
    return entry.role == "sign_up" and set(entry.words) <= _JOINED


_JOINED = frozenset(
    stem(each)
    for each in (
        "sign", "signed", "up", "signup", "register", "registered", "registration", "account", "user",
        "customer", "member", "profile", "create", "created", "join", "joined", "completed",
    )
)  # fmt: skip
_ON_THE = frozenset(["the", "their", "a", "on"])
_LIGHTLY = frozenset(["got", "get", "gets", "went", "goes", "gave", "give", "gives", "had", "made"])
_SURELY = 0.8
_THEIR = frozenset(["their", "his", "her"])
_SECOND = 2  # the first has conditions of its own
_TURNING = frozenset(["turn", "turns", "turning", "turned"])
_OLDEST = 120
_TEN = 10
SCORED = {"detractor": (0, 6), "passive": (7, 8), "promoter": (9, _TEN)}
SCORED |= {f"{name}s": ends for name, ends in SCORED.items()}
_GETTING = frozenset(
    [
        "gave",
        "got",
        "earned",
        "scored",
        "came",
        "comes",
        "coming",
        "amounted",
        "amounting",
        "adding",
    ]
)
_THEIRS = frozenset(["whose", "their", "his", "her", "one", "the"])
