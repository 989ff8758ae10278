"""One piece of a sentence → frames: the event that it speaks of with what modifies it, and its traits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from audience.english.atoms import Atom, atoms_of, choose_links
from audience.english.context import Context, PieceReading, World, cue, type_of
from audience.english.events import EventMatch, is_action, is_past
from audience.english.fields import Fields
from audience.english.frames import EventFrame, Frame, TraitFrame
from audience.english.its_day import of_its_day
from audience.english.links import Link
from audience.english.literals.items import Comparator, Item, Ordinal, Range, Vague
from audience.english.modifiers import Modifiers
from audience.english.named_numbers import against_own, turned
from audience.english.permission.held import way_stems
from audience.english.pieces import Piece
from audience.english.sentence import Word, low_at
from audience.english.so_long import take_length
from audience.english.stretches import Granted
from audience.english.times import is_time
from audience.query import Comparison, Literal


@dataclass
class PieceReader:
    """Reads one piece; `words` are those that a condition must account for."""

    world: World
    context: Context
    piece: Piece
    words: dict[int, Word]
    negations: list[int]
    found: list[Link]
    match: EventMatch | None
    granted: Mapping[int, Granted] = field(default_factory=dict)
    adjunct: bool = False  # tells more of the event before, behind a comma

    def run(self) -> PieceReading:
        self.frames: list[Frame] = []
        self.extends = False
        self.only: Atom | None = None  # "only" with no event: what the piece says is all there is
        self.consenting: list[Atom] = []
        self.head: EventFrame | None = None
        self.fragment = self.match is None  # may modify the event of the piece before
        links = choose_links(self)
        self.atoms = atoms_of(self, links)
        self.fields = Fields(self)
        self.modifiers = Modifiers(self)
        self.pending = list(self.negations)
        if self.piece.connector.without:
            self.pending.insert(0, self.piece.first - 1)
        if self.match is not None:
            self._begin(self.match)
        for place, granted in self.granted.items():
            self._granted(place, granted)
        self.modifiers.count_anew()
        told = self._told_before()
        place = 0
        while place < len(self.atoms):
            place = max(place + 1, self._take(place))
        self.modifiers.same_time()
        self._settle_since()
        self._settle_every()
        self._settle_paying()
        self._settle_negations()
        self._settle_consents()
        self._settle_absences()
        if (self.piece.connector.after or self.piece.connector.before) and self.head is None:
            self._settle_after(told)
        self._settle_nothing()
        self.frames.sort(key=lambda each: min(each.places, default=0))
        return PieceReading(self.frames, self.extends)

    # The event ----------------------------------------------------------------------------------

    def _begin(self, match: EventMatch) -> None:
        first = min(match.claimed, default=min(self.words, default=self.piece.first))
        spoken = self.world.sentence.words
        last = max(match.claimed, default=first)
        negated = [
            each
            for each in self.pending
            if each < first
            or (each < last and spoken[each].low in ("no", "zero"))
            or (each < last and self._is_denied_verb(each, match.claimed))
        ]
        frame = EventFrame(match.entry, set(match.claimed))
        if match.unfollowed is not None:
            frame.child = EventFrame(match.unfollowed, set(match.claimed), negated=True)
            said = self.world.sentence.said(first, last + 1)
            self.context.assume(
                f"“{said}” means {match.name} with no {match.unfollowed.field.name} after it."
            )
        if negated:
            frame.negated = len(negated) % 2 == 1
            self.pending = [each for each in self.pending if each not in negated]
            frame.places |= {each for each in negated if each >= self.piece.first}
        words = [each.low for each in self.piece_words()]
        frame.perfect = any(word in _PERFECT for word in words)
        frame.own_subject = self.piece.connector.relative
        frame.bare_verb = len(self.words) == 1
        frame.inflected = any(is_past(spoken[each]) or _has_s(spoken[each]) for each in self.words)
        frame.at_all = bool(_AT_ALL & set(words))
        told = words[:1] == ["the"] and bool(_BEING & set(words))
        frame.pointed = told or self._has_definite_object(match)
        self.head = frame
        self.frames.append(frame)

    def _has_definite_object(self, match: EventMatch) -> bool:
        """ "did not click the link": of what was told of before, where nothing more is said."""
        words, last = self.world.sentence.words, max(match.claimed, default=0)
        alone = set(self.words) <= match.claimed and len(match.claimed) > 1
        return alone and not is_past(words[last]) and low_at(words, last - 1) == "the"

    def _is_denied_verb(self, place: int, claimed: frozenset[int]) -> bool:
        """ "the invite was not accepted": right before the verb, and behind its noun."""
        words = self.world.sentence.words
        at = place + 1
        while at < self.piece.end and words[at].low in _BETWEEN:
            at += 1
        nouns = [each for each in claimed if each < place]
        return at in claimed and is_past(words[at]) and not any(is_past(words[e]) for e in nouns)

    def _granted(self, place: int, granted: Granted) -> None:
        self.context.used.add(place)
        if granted.note:
            self.context.assume(granted.note)
        if granted.dated:
            self.context.unclear.add(place)
        tree = granted.tree
        if granted.tied:
            said = self.world.sentence.said(place, place + 1)
            meant = self.context.tie(said, tuple(entry for entry, _ in granted.tied))
            tree = next(each for entry, each in granted.tied if entry is meant)
        self.add_trait(TraitFrame(tree, {place}), place)

    def _told_before(self) -> tuple[int, int]:
        """What the event of before is held to: how many conditions, and how many windows."""
        event = self.context.event
        return (0, 0) if event is None else (len(event.where), len(event.times))

    def _settle_after(self, told: tuple[int, int]) -> None:
        """ "cancelled after more than 20 lessons": a number of that same event; else after what?"""
        where, times = told
        own = self.extends and not self.frames and self._told_before() == (where + 1, times)
        if not own or self.piece.connector.before:
            self.context.unclear.update(self.piece.connector.places)

    def piece_words(self) -> list[Word]:
        return self.world.sentence.words[self.piece.first : self.piece.end]

    def says_never(self) -> bool:
        """ "twice in May and never by phone": at no time."""
        return any(word.low == "never" for word in self.piece_words())

    # Atoms --------------------------------------------------------------------------------------

    def _take(self, place: int) -> int:
        atom = self.atoms[place]
        match atom.kind:
            case "event" | "sign":
                return place + 1
            case "word" | "link" | "cue" if taken := of_its_day(self, place):
                return place + taken
            case "item":
                assert atom.item is not None
                return self._item(place, atom, atom.item)
            case "link":
                taken = self.fields.take(place, atom)
                self.modifiers.lightly(place, atom)
                return taken
            case _:
                return self.modifiers.word(place, atom)

    def _item(self, place: int, atom: Atom, item: Item) -> int:
        if isinstance(item, Comparator):
            after = turned(self.fields, place, item) or against_own(self.fields, place, item)
            return after or place + 1  # a comparison with nothing is no amount
        if isinstance(item, Range) and item.unit == "times":
            return self.modifiers.count(place, atom, item)
        if isinstance(item, Ordinal) and self.modifiers.nth(place, atom, item):
            return place + 1
        if isinstance(item, Ordinal):
            return self.modifiers.word(place, replace(atom, text=atom.text.lower()))
        if isinstance(item, Vague) and item.subject != "too_fine":
            return self.modifiers.vague(atom, item)
        known = take_length(self, place, atom, item)
        if known:
            return known
        if is_time(item) and not self.modifiers.is_amount_of_time(place, atom, item):
            return self.modifiers.time(place, atom, item)
        return self.modifiers.amount(place, atom, item)

    def event(self) -> EventFrame | None:
        """The event that a modifier in this piece belongs to."""
        if self.head is not None:
            return self.head
        return self.context.event if self.fragment and not self.frames else None

    def add_trait(self, frame: TraitFrame, start: int) -> None:
        """A trait's condition; a negation before it, after the last one, or inside it is its own."""
        end = max(frame.places, default=start)  # "whose plan is not gold"
        mine = [each for each in self.pending if each < end or each in frame.places]
        if len(mine) % 2:
            _deny(frame)
        if mine:
            self.pending = [each for each in self.pending if each not in mine]
            frame.places |= {each for each in mine if each >= self.piece.first}
        self.fragment = False
        self.frames.append(frame)

    def claim(self, atom: Atom, frame: Frame) -> None:
        frame.places.update(range(atom.first, atom.end))
        self.context.used.update(range(atom.first, atom.end))

    def _settle_since(self) -> None:
        """ "gave in May but nothing since", "… but not since", "… and has not done it again": the same
        has not happened after it."""
        before = self.context.event
        words = self.world.sentence.words
        inside = range(self.piece.first, self.piece.end)
        more = {place for place in inside if words[place].low in _AGAIN}
        again = {place for place in inside if words[place].low in cue("again")}
        rest = set(self.words) - set(self.piece.connector.places) - more - again
        said = self.piece.connector.then or (more and again)
        if not said or self.frames or rest or before is None:
            return
        denials = [each for each in self.pending if each >= self.piece.first]
        if before.negated or self.context.last is not before:
            return
        if not denials and again and not more:  # "… in May and again since then"
            frame = EventFrame(before.entry, again, where=list(before.where))
            self.context.used |= again
            self.head = frame
            self.frames.append(frame)
            return
        if len(denials) != 1:
            return
        any_such = words[denials[0]].low == "nothing" or any(words[e].low in _TRIED for e in more)
        where = [] if any_such else list(before.where)
        frame = EventFrame(before.entry, {*denials, *more, *again}, negated=True, where=where)
        frame.since = bool(more)
        if more:
            text = self.world.sentence.said(min(denials), max(more | again) + 1)
            self.context.assume(f"“{text}” means no {before.entry.field.name} after it.")
        self.pending.remove(denials[0])
        self.head = frame
        self.frames.append(frame)

    def _settle_every(self) -> None:
        """ "all of their orders were paid by card", "a coupon on every order": no other ones."""
        frame = self.head
        if frame is None or frame.negated or frame.counts or (frame.times and not frame.where):
            return
        if (
            frame.method is not None
            or frame.child is not None
            or frame.first_time
            or frame.last_time
        ):
            return
        words = self.world.sentence.words
        for place in range(self.piece.first, self.piece.end):
            if words[place].low not in _EVERY or place in self.world.covered:
                continue
            noun = place + 1
            while noun < self.piece.end and words[noun].low in _OF_THEIR:
                noun += 1
            leads = place == self.piece.first or words[place - 1].low in _ON
            said = {word.low for word in words[noun : self.piece.end]}
            if words[place].low == "all" and noun == place + 1 and not said & _WERE:
                continue  # "all orders above 50": whoever has one
            if leads and noun in frame.places and not is_past(words[noun]):
                frame.only = True
                frame.places.add(place)
                self.context.used.add(place)

    def _settle_paying(self) -> None:
        """ "paying a fee over 40": the verb belongs to the trait's amount, no event is meant."""
        head = self.head
        amounts = [
            each
            for each in self.frames
            if isinstance(each, TraitFrame)
            and each.entry is not None
            and type_of(each.entry) == "number"
        ]
        words = self.world.sentence.words
        if head is None and len(amounts) == 1:
            paying = {place for place in self.words if words[place].low in cue("spend")}
            amounts[0].places |= paying
            self.context.used |= paying
        if head is None or head not in self.frames or len(amounts) != 1 or head.child is not None:
            return
        verbs = all(words[each].low in cue("spend") for each in head.places - set(self.negations))
        if not verbs or head.where or head.times or head.counts or head.method is not None:
            return
        self.frames.remove(head)
        self.head = None
        amounts[0].places |= head.places
        amounts[0].negated = amounts[0].negated != head.negated

    def _settle_negations(self) -> None:
        """A "not" at the end belongs to the event whose window or count it stands before."""
        for place in self.pending:
            if place < self.piece.first:
                continue
            low = self.world.sentence.words[place].low
            if self.head is not None and self.modifiers.is_unpaid(place, self.head):
                continue
            if (
                self.head is not None
                and place > min(self.head.places, default=0)
                and low in ("nothing", "none")
            ):
                self.head.negated = not self.head.negated
                self.head.places.add(place)
                continue
            self.context.used.discard(place)

    def _settle_consents(self) -> None:
        """ "agreed to receive SMS": verbs of consent belong to the flag that holds it."""
        flags = [
            each
            for each in self.frames
            if isinstance(each, TraitFrame)
            and each.entry is not None
            and type_of(each.entry) == "boolean"
        ]
        if not flags:
            return
        for atom in self.consenting:
            self.claim(atom, flags[0])
        named = set(flags[0].entry.words) if flags[0].entry is not None else set()
        consents = named & (cue("consent") | way_stems())
        if (
            consents
            or self.consenting
            or any(word.stem in cue("consent") for word in self.words.values())
        ):
            for place, word in self.words.items():
                if word.low in cue("receiving"):
                    self.context.used.add(place)
                    flags[0].places.add(place)

    def _settle_absences(self) -> None:
        """ "not seen for more than 90 days": the last time is further back, and not the opposite."""
        for frame in self.frames:
            if not isinstance(frame, TraitFrame) or frame.entry is None or not frame.negated:
                continue
            lately = frame.entry.role == "date_last_active" or cue("last") & set(frame.entry.words)
            tree = frame.tree
            if lately and isinstance(tree, Comparison) and tree.operator == "before_last":
                frame.negated = False

    def _settle_nothing(self) -> None:
        """ "logged in to the online account": no event by a value which another field took."""
        frame = self.head
        if frame in self.frames and frame is not None and not (frame.places or frame.where):
            self.frames.remove(frame)
            self.head = None

    def is_each(self) -> bool:
        return any(word.low in cue("each") for word in self.piece_words())


def _deny(frame: TraitFrame) -> None:
    """ "don't want calls" is a yes where the flag tells who refused them."""
    tree = frame.tree
    refused = frame.entry is not None and frame.entry.refuses
    if refused and isinstance(tree, Comparison) and tree.values == (Literal("false"),):
        frame.tree = replace(tree, values=(Literal("true"),))
    else:
        frame.negated = not frame.negated


_TRIED = frozenset(["tried", "try", "attempted", "attempt"])
_AGAIN = _TRIED | {"done", "do", "did", "happened", "happen", "repeated", "repeat", "redone"}
_BETWEEN = frozenset(["be", "been", "being", "yet", "ever", "actually", "even", "then"])
_AT_ALL = frozenset(["anything", "nothing", "anywhere", "nowhere", "anyone", "anybody", "nobody"])
_BEING = frozenset(["was", "were", "wasn't", "weren't", "wasnt", "werent"])
_EVERY = frozenset(["every", "all", "each"])
_OF_THEIR = frozenset(
    ["one", "and", "every", "of", "the", "their", "our", "his", "her", "these", "those", "single"]
)
_ON = frozenset(["on", "for", "with", "in", "at", "whose"])
_WERE = frozenset(["is", "are", "was", "were", "have", "had"])


def _has_s(word: Word) -> bool:
    """ "drives": said of one who does it."""
    return word.low[-1:] == "s" and is_action(word.stem)


_PERFECT = frozenset(
    {"have", "has", "haven't", "hasn't", "havent", "hasnt", "had", "hadn't", "they've", "who've"}
    | {"still"}  # "joined in May, still no visit": up to now
)
