"""Reads the pieces of a sentence one after the other, each in the light of those before it."""

from __future__ import annotations

from dataclasses import replace

from audience.english.adjuncts import Adjuncts
from audience.english.amounts import bounds
from audience.english.context import PieceReading, World, cue, type_of
from audience.english.events import EventMatch, is_action, is_object, is_past
from audience.english.frames import EventFrame, Frame, TraitFrame
from audience.english.how_complete import how_complete
from audience.english.its_day import day_meant, is_dating
from audience.english.kept_ahead import kept_ahead
from audience.english.kept_deeds import Said, kept_deed
from audience.english.last_known import state_of
from audience.english.links import Link
from audience.english.literals.items import LengthRange, Number, Range
from audience.english.nps import nps_said
from audience.english.otherwise import otherwise, something_else
from audience.english.piece import PieceReader
from audience.english.pieces import Piece
from audience.english.sentence import Word
from audience.english.still_open import still_open
from audience.english.taken_up import taken_up
from audience.english.times import is_time
from audience.english.tokens import stem_set
from audience.english.told_already import without_told
from audience.english.trait_meant import Placed
from audience.english.trials import trial_said
from audience.english.two_numbers import two_numbers
from audience.english.versions import version_had
from audience.english.whether import Unknown
from audience.query import Comparison, Property


class Interpreter(Adjuncts):
    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.trace: list[tuple[dict[int, Word], list[Frame]]] = []  # pieces and what they came to
        self._unknown = Unknown()

    def read(self, piece: Piece) -> PieceReading:
        context, sentence = self.context, self.world.sentence
        words = self.content(piece.first, piece.end)
        items: Placed = [
            (place, sentence.items[place])
            for place in range(piece.first, piece.end)
            if place in sentence.items
        ]
        context.asks.extend(item for _, (_, item) in items if item.ask is not None)
        for _, (_, item) in items:
            if item.assumption is not None:
                context.assume(item.assumption)
        negations = [
            each
            for each in range(piece.first, piece.end)
            if each not in self.world.covered
            and self.is_negation(each)
            and not self.is_in_name(each)
        ]
        found = [
            link
            for link in self.world.found
            if piece.first <= link.first
            and link.end <= piece.end
            and link.first not in self._errands
        ]
        negated = len(negations) % 2 == 1 or piece.connector.without
        ahead = [
            link
            for link in self.world.found
            if piece.end <= link.first < piece.end + 8 and not link.names and link.values
        ]
        kind = piece.connector
        granted = {place: word.granted for place, word in words.items() if word.granted}
        words = {place: word for place, word in words.items() if place not in granted}
        self._go_back(piece, words, negations)
        other = None if items else something_else(self.world, context.event, piece, words)
        if other is not None:
            context.used |= other.places
            context.event = context.last = other
            context.done.append(other)
            return PieceReading([other])
        pair = self._two_numbers(piece, denied=bool(negations))
        if pair is not None:
            return PieceReading([pair])
        deed = self._kept(piece, words, items, negations)
        if deed is not None:
            return PieceReading([deed])
        step = self._is_step(piece, words, items)
        again = self._named_again(piece, words, items)
        match = again or self._same_noun(piece, words)
        sure = match is not None
        told = self._told_more(piece, negations)
        more = set[int]() if told is None else self._how(piece, told, words)
        rest = {place: word for place, word in words.items() if place not in more}
        if match is None and (rest or (words and told is None) or not (words or granted)):
            free = [each for each in found if not {*range(each.first, each.end)} <= more]
            match = self.choose(
                rest, free, items, negated, ahead, kind.subject, kind.with_, step
            ) or self._another(piece, rest)
        if match is not None and self._is_very_deed(match, piece, words, items):
            context.used |= set(words)
            context.event.places |= set(words)  # type: ignore[union-attr]
            return PieceReading([])
        if match is None and self._day is not None:
            day, self._day = self._day, None
            apart = [each for each in found if each.end <= day.first or day.end <= each.first]
            found = [*apart, day]
        if told is not None and self._is_of(told, match, found):
            more |= match.claimed if match is not None and match.entry is told.entry else set()
            found = [each for each in found if not {*range(each.first, each.end)} <= more]
            words = {place: word for place, word in words.items() if place not in more}
            told.places |= more
            context.used |= more
            match = None
        else:
            told = None
        if not sure and match is not None and self._goes_on(match, piece, found):
            if context.event is not None and match.entry is context.event.entry:
                context.used |= match.claimed
            else:  # its noun is one more value of what the list began with
                match = replace(match, claimed=frozenset())
            words = {place: word for place, word in words.items() if place not in match.claimed}
            match = None
        elif (
            not sure
            and match is not None
            and (
                self._came_to(match, piece, found)
                or self._is_such_one(match, piece, found)
                or self._is_with_its_own(match, piece, found)
                or self._is_one_more(match, piece, found)
                or self._is_none_of_its(match, negations, found)
                or self._only_leads(match, items, found)
                or self._is_that_one(match, piece, items)
                or self._is_how_much(match, piece, items)
                or self._is_flag_of_it(match, piece, found)
                or self._is_paid_with_it(match, piece, found)
                or self._is_in_same(match, piece)
                or self._is_day_of_it(words, items)
                or self._is_had_now(match, items)
                or self._is_paid_for(match, items, found)
            )
        ):
            match = None
        read = {place: word for place, word in words.items() if place not in self._led}
        reader = PieceReader(
            self.world, context, piece, read, negations, found, match, granted, told is not None
        )
        reading = reader.run()
        if not (reading.frames or reading.extends) and self._is_done_instead(piece):
            context.unclear.update(range(piece.first, piece.end))  # "but did before": when?
        reading.frames = without_told(reading.frames, self.words)
        reading.frames = self._unknown.frames(piece, reading.frames, context, self.world)
        self.trace.append((words, list(reading.frames)))
        for frame in reading.frames:
            if isinstance(frame, EventFrame):
                frame.places |= otherwise(self.world, frame, context.event, piece)
            context.used |= frame.places
            context.last = frame
            if isinstance(frame, EventFrame):
                frame.again = again is not None
                self._pointed(frame, piece)
                context.event = frame
                context.done.append(frame)
                self._waited(frame)
            else:
                context.trait = frame
        context.used |= set(negations) & {each for frame in reading.frames for each in frame.places}
        return reading

    def _two_numbers(self, piece: Piece, *, denied: bool) -> TraitFrame | None:
        """ "using more seats than they bought": a piece that holds one number against another."""
        context = self.context
        people = self.world.lexicon.accounts if context.accounts else self.world.lexicon.users
        pair = None if denied else two_numbers(self.words, piece.first, piece.end, people)
        pair = pair or taken_up(self.words, piece.first, piece.end, people)
        if pair is None:
            return None
        said = self.world.sentence.said(piece.first, piece.end)
        left, right = pair.entry.field.name, pair.other.field.name
        context.assume(f"“{said}” compares {left} with {right}.")
        frame = TraitFrame(pair.tree, set(pair.places), entry=pair.entry)
        context.used |= pair.places
        for place in pair.places & set(self.world.sentence.items):
            _, item = self.world.sentence.items.pop(place)  # "than a year ago": of which year
            context.asks = [each for each in context.asks if each is not item]
        context.trait = context.last = frame
        return frame

    def _kept(
        self, piece: Piece, words: dict[int, Word], items: Placed, negations: list[int]
    ) -> TraitFrame | None:
        """ "haven't logged in for 30 days": a deed that a field known of them keeps, and no event."""
        context, kind = self.context, piece.connector
        if kind.after or kind.before or kind.then:
            return None
        links = [e for e in self.world.found if piece.first <= e.first and e.end <= piece.end]
        if any(each.term is not None or each.audience is not None for each in links):
            return None  # what the workspace itself means by it comes first
        free = set(range(piece.first, piece.end)) - set(negations)
        covered = {at for place, (end, _) in items for at in range(place, end)}
        said_here = set(range(piece.first, piece.end)) - covered
        every = [self.words[at] for at in sorted(said_here) if self.words[at].is_word]
        if any(word.low in cue("missing") for word in every):
            return None  # "no membership end on file": not known, and nothing done
        said = Said(
            frozenset(word.stem for word in words.values()),
            tuple(word.low for word in every),
            tuple(word.stem for word in every),
            tuple(item for _, (_, item) in items),
            len(negations) % 2 == 1 or kind.without,
        )
        made = kept_ahead(self.world, said, accounts=context.accounts)
        made = made or version_had(self.world, said, accounts=context.accounts)
        made = made or trial_said(self.world, said, accounts=context.accounts)
        made = made or still_open(self.world, said, accounts=context.accounts)
        made = made or nps_said(self.world, said, accounts=context.accounts)
        made = made or kept_deed(self.world, said, accounts=context.accounts)
        made = made or how_complete(
            self.world, self._with_noun(said, piece), accounts=context.accounts
        )
        if made is None:
            return None
        tree, entry = made
        taken = {each.assumption for each in said.items}  # "before May": of which year is told here
        context.assumptions[:] = [each for each in context.assumptions if each not in taken]
        text = self.world.sentence.said(piece.first, piece.end)
        context.assume(f"“{text}” is what {entry.field.name} keeps.")
        places = free | set(negations)
        frame = TraitFrame(tree, places, entry=entry)
        context.used |= places
        context.whole |= places
        context.trait = context.last = frame
        return frame

    def _with_noun(self, said: Said, piece: Piece) -> Said:
        """ "whose profile | is half complete": with the noun before it, which may be one of people too."""
        if not piece.first or not self.is_subject(piece.first - 1) or self.context.last:
            return said  # after a condition such a noun may be one more group of people
        noun = self.words[piece.first - 1]
        return replace(said, lows=(noun.low, *said.lows), every=(noun.stem, *said.every))

    def _go_back(self, piece: Piece, words: dict[int, Word], negations: list[int]) -> None:
        """ "signed one, not the other, and shared it": of what was done, and not of what was not."""
        last = self.context.event
        first = min(words, default=-1)
        if last is None or not last.apart or negations or piece.connector.op != "and":
            return
        if piece.connector.relative or first < 0 or not is_past(self.words[first]):
            return
        done = [e for e in self.context.done if e.entry is last.entry and not e.negated]
        if done and first == piece.first:
            self.context.event = done[-1]

    def _waited(self, frame: EventFrame) -> None:
        """Windows that stood before the event: "in the last 30 days, customers who bought"."""
        if frame.times:
            return
        for atom, item in self.context.waiting:
            if self.is_subject(atom.first - 1) and frame.negated:
                continue  # "buyers from last May who have not returned": when they bought
            if isinstance(item, LengthRange) and item.approach == "for":
                continue  # "here for over a year and …": how long that lasts, and no window of this
            if isinstance(item, Range):  # "who have, on two occasions, placed …"
                if frame.counts or frame.negated or frame.method is not None:
                    continue
                frame.counts = bounds(item)
            else:
                frame.times.append(item)
            frame.places.update(range(atom.first, atom.end))
            self.context.used.update(range(atom.first, atom.end))

    def _is_done_instead(self, piece: Piece) -> bool:
        """ "did not buy shoes but bought bags": a verb of its own after what was not done."""
        before = self.context.event
        if before is None or not before.negated or not piece.connector.but:
            return False
        words = self.words[piece.first : piece.end]
        verb = next((word for word in words if word.is_word), None)
        denied = any(self.is_negation(place) for place in range(piece.first, piece.end))
        return verb is not None and not denied and (is_past(verb) or verb.low in _DID)

    def _goes_on(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "read a sport or culture article": the noun after the list ends what the verb began."""
        if self._is_done_instead(piece):
            return False
        before = self.context.event
        if before is None or self.context.last is not before or piece.connector.relative:
            return False
        if self._is_how_paid(match, piece):
            return True
        if piece.connector.op not in ("and", "or", "comma"):
            return False
        if match.entry is not before.entry and any(
            is_action(self.words[each].stem) for each in match.claimed
        ):
            return False
        nouns = {link.end for link in found for each in link.values if each.event == match.name}
        verbs = [
            each
            for each in match.claimed - nouns  # "CSV reports": a noun, whatever verb it looks like
            if self.words[each].stem in _verb_stems(match)
        ]
        last = before.where[-1] if before.where else None
        left = last.left if isinstance(last, Comparison) else None
        return not verbs and any(
            each.event == before.entry.field.name
            and left == Property(each.entry.field.name)
            and (match.entry is before.entry or match.claimed <= set(range(link.first, link.end)))
            for link in found
            for each in link.values
        )

    def _came_to(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "applied for a loan but were not approved": what came of that same application."""
        before = self.context.event
        if before is None or self.context.last is not before or match.entry is not before.entry:
            return False
        if piece.connector.op not in ("and", "none", "comma"):
            return False
        if piece.connector.relative and not self._is_of_thing(piece):
            return False
        told = {
            place
            for link in found
            if any(each.event == match.name for each in link.values)
            or any(
                each.event == match.name and each.score >= 0.95 and type_of(each.entry) == "boolean"
                for each in link.names
            )
            for place in range(link.first, link.end)
        }
        first = min(told, default=piece.first)
        lead = {self.words[each].low for each in range(piece.first, first)}
        again = {each for each in match.claimed if self._low(each - 1) in _SAME}  # "the invite was"
        if not told or not match.claimed <= told | again or not lead & _BECAME:
            return False
        self.context.used |= again
        return True

    def _is_very_deed(
        self, match: EventMatch, piece: Piece, words: dict[int, Word], items: Placed
    ) -> bool:
        """ "waited over 10 minutes before cancelling": a number was said of it, and now its verb."""
        before = self.context.event
        if before is None or self.context.last is not before or match.entry is not before.entry:
            return False
        if items or not piece.connector.before or not set(words) <= match.claimed:
            return False
        said = {self.words[place].stem for place in before.places}
        return bool(before.where or before.method) and not said & set(before.entry.words)

    def _is_of_thing(self, piece: Piece) -> bool:
        """ "a loan that was rejected": of what was done, not of who did it."""
        first = min(piece.connector.places, default=0)
        relative = self._low(first)
        return relative in ("that", "which") and first > 0 and not self.is_subject(first - 1)

    def _is_that_one(self, match: EventMatch, piece: Piece, items: Placed) -> bool:
        """ "complained about noise and whose complaint was not resolved": that same complaint."""
        before = self.context.event
        whose = any(self._low(each) == "whose" for each in piece.connector.places)
        if not whose or before is None or match.entry is not before.entry or items:
            return False
        said = {self._low(each) for each in range(piece.first, piece.end)}
        nouns = range(piece.first, piece.first + len(match.claimed))
        if said & (cue("last") | cue("first")) or match.claimed != set(nouns) or before.negated:
            return False
        self.context.used |= match.claimed
        return True

    def _is_how_much(self, match: EventMatch, piece: Piece, items: Placed) -> bool:
        """ "an overdue invoice over 100, at least 30 days overdue": of that same one."""
        before = self.context.event
        if before is None or self.context.last is not before or match.entry is not before.entry:
            return False
        if piece.connector.op not in ("comma", "and") or piece.connector.relative:
            return False
        first = min(match.claimed, default=piece.first)
        measured = any(end == first and isinstance(item, LengthRange) for _, (end, item) in items)
        return measured and len(match.claimed) == 1 and not before.negated

    def _is_flag_of_it(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "signed it and shared it": a flag of what was done is called so; another thing is only like it."""
        before = self.context.event
        if before is None or self.context.last is not before or before.negated:
            return False
        unsaid = set(match.entry.words) - {self.words[each].stem for each in match.claimed}
        if match.exact and not any(is_object(word) for word in unsaid):
            return False  # the push of "push clicked" is not what was clicked
        if piece.connector.op not in ("and", "comma") or piece.connector.relative:
            return False
        named = {
            place
            for link in found
            for each in link.names
            if each.event == before.entry.field.name
            and each.score >= _CALLED
            and type_of(each.entry) == "boolean"
            for place in range(link.first, link.end)
        }
        return bool(match.claimed) and match.claimed <= named

    def _is_day_of_it(self, words: dict[int, Word], items: Placed) -> bool:
        """ "booked a stay that begins in May": the day of that stay, and nothing else that was done."""
        before = self.context.event
        timed = len(items) == 1 and is_time(items[0][1][1])
        if before is None or before is not self.context.last or not (words and timed):
            return False
        said = list(words.values())
        return all(map(is_dating, said)) and day_meant(before, said) is not None

    def _is_had_now(self, match: EventMatch, items: Placed) -> bool:
        """ "fewer than 50 gems", where an event tells how many there are after it: no such events."""
        amounts = [item for _, (_, item) in items if isinstance(item, Range | Number)]
        said = {self.words[place].stem for place in match.claimed}
        return bool(amounts and said) and said <= state_of(match.name, self.world.lexicon.states)

    def _is_paid_for(self, match: EventMatch, items: Placed, found: list[Link]) -> bool:
        """ "pay for more than 5 seats", of a number of seats known of people: they have them, and no event."""
        said = {self.words[place].low for place in match.claimed}
        for link in found:
            if link.first - 1 not in self.world.covered or not link.names:
                continue
            nouns = {self.words[each].stem for each in range(link.first, link.end)}
            if nouns & self.world.lexicon.event_words() or not all(
                e.event is None for e in link.names
            ):
                continue
            before = self.words[max(match.claimed) + 1 : link.first]
            paid = said <= _PAYING and any(word.low == "for" for word in before)
            if paid or (said <= _BOUGHT and nouns & _SEATS):
                self.context.used |= match.claimed
                return bool(items)
        return False

    def _only_leads(self, match: EventMatch, items: Placed, found: list[Link]) -> bool:
        """ "who use Slack": what is known of people, where the event has nothing called so."""
        if items or any(self.words[each].low not in _USING for each in match.claimed):
            return False
        values = [each for link in found for each in link.values if each.score >= 0.95]
        return bool(values) and all(each.event is None for each in values)


def _verb_stems(match: EventMatch) -> frozenset[str]:
    return frozenset(word for word in match.entry.words if is_action(word))


_SAME = frozenset(["the", "that", "this", "their", "it"])
_BECAME = frozenset(
    ["was", "were", "wasn't", "weren't", "wasnt", "werent", "got", "been", "being", "be"]
)
_CALLED = 0.95
_PAYING = frozenset(["pay", "pays", "paying"])
_BOUGHT = frozenset(["bought", "purchased", "buy"])
_SEATS = stem_set("seat", "seats", "licence", "license", "licences")
_USING = frozenset(["use", "uses", "using", "used"])
_DID = frozenset(["did", "do", "does"])

__all__ = ["Interpreter", "cue"]
