"""Reads the pieces of a sentence one after the other, each in the light of those before it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from audience.english.context import Context, PieceReading, World, cue, type_of
from audience.english.data import load
from audience.english.events import EventMatch, is_action, match_events
from audience.english.frames import EventFrame, Frame, TraitFrame
from audience.english.links import Link
from audience.english.literals.items import (
    Future,
    Item,
    LengthRange,
    Money,
    Number,
    Range,
    Vague,
    Within,
)
from audience.english.piece import PieceReader
from audience.english.pieces import Piece
from audience.english.schema import ideas, likeness
from audience.english.sentence import Word, frame_words
from audience.english.times import is_time
from audience.query import Comparison, Property

NEAR = 0.12  # two events closer than this fit equally well
Placed = list[tuple[int, tuple[int, Item]]]


class Interpreter:
    def __init__(self, world: World) -> None:
        self.world = world
        self.words = world.sentence.words
        self.context = Context()
        self.trace: list[tuple[dict[int, Word], list[Frame]]] = []  # pieces and what they came to
        self._valued = {link.first for link in world.found if link.length == 1 and link.values}
        self.lead_end = self._lead()

    # Words --------------------------------------------------------------------------------------

    def _lead(self) -> int:
        """The word after "show me all", "I want to reach", and the like."""
        kinds = frame_words()
        polite = kinds["empty"] | frozenset(",.!?'")
        place = 0
        while place < len(self.words) and place not in self.world.sentence.items:
            if self.words[place].low not in polite or self.is_negation(place):
                break
            if self.words[place].text.isupper() and place in self._valued:
                break
            place += 1
        return max(place, self._introduction())

    def _introduction(self) -> int:
        """ "For the winter catalogue I would need everybody who …": the noun after the wish."""
        everybody = frame_words()["everybody"]
        noun = next(
            (place for place, word in enumerate(self.words[:25]) if word.low in everybody), 0
        )
        said = {word.low for word in self.words[:noun]}
        if any(place < noun for place in self.world.sentence.items):
            return 0
        return noun if said & _SPEAKERS and said & _WISHES else 0

    def is_negation(self, place: int) -> bool:
        low = self.words[place].low
        kinds = frame_words()
        if low == "yet" and place + 1 < len(self.words) and self.words[place + 1].low == "to":
            return True  # "have yet to buy"
        return low in kinds["negations"] or low.endswith("n't") or low in kinds["unmarked"]

    def is_in_name(self, place: int) -> bool:
        """Whether the word is part of a longer value: "non-binary"."""
        return any(
            link.first <= place < link.end and link.length > 1 and link.values and link.score > 0.9
            for link in self.world.found
        )

    def is_subject(self, place: int) -> bool:
        low = self.words[place].low
        kinds = frame_words()
        return low in kinds["subjects.users"] or low in kinds["subjects.accounts"]

    def is_plain_subject(self, place: int) -> bool:
        """Customers, users, people: everybody. Members or guests only where no value is called so."""
        if not self.is_subject(place):
            return False
        alone = self.words[place].low in frame_words()["everybody"]
        for link in self.world.found:
            if not link.first <= place < link.end:
                continue
            if (
                link.audience
                or link.term
                or any(each.score >= 0.99 and link.length > 1 for each in link.names)
            ):
                return False
            if alone:
                continue
            if self.words[place].low in frame_words()["subjects.accounts"] and any(
                each.event is None or not self.context.accounts for each in link.values
            ):
                return False
            if any(each.event is None for each in link.values) and not self._is_noun_of(place):
                return False
            flags = [each for each in link.names if type_of(each.entry) == "boolean"]
            if any(each.score >= (0.7 if link.length > 1 else 0.8) for each in flags):
                return False
            if self._counted(place) and any(each.score >= 0.6 for each in link.names):
                return False
        return True

    def _is_noun_of(self, place: int) -> bool:
        """ "gold members": the noun of the value before it, not a value of its own."""
        if self.words[place].low in ("member", "members") and self.world.lexicon.has_members:
            return True
        return any(
            link.end == place and any(each.event is None for each in link.values)
            for link in self.world.found
        )

    def _counted(self, place: int) -> bool:
        """Whether a number stands before the word: "fewer than 50 employees"."""
        return any(end == place for end, _ in self.world.sentence.items.values())

    def is_empty(self, place: int) -> bool:
        word = self.words[place]
        if not word.is_word:
            return True
        kinds = frame_words()
        if place < self.lead_end:
            return True
        if word.text.isupper() and len(word.text) > 1 and place in self._valued:
            return False
        if word.low in kinds["empty.lead"]:
            return word.low not in kinds["verbs_too"]
        return word.low in kinds["empty"]

    def content(self, first: int, end: int) -> dict[int, Word]:
        """The words that a condition must account for."""
        return {
            place: self.words[place]
            for place in range(first, end)
            if place not in self.world.covered
            and not self.is_empty(place)
            and not self.is_negation(place)
            and not self.is_plain_subject(place)
        }

    # Pieces -------------------------------------------------------------------------------------

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
            link for link in self.world.found if piece.first <= link.first and link.end <= piece.end
        ]
        negated = len(negations) % 2 == 1 or piece.connector.without
        ahead = [
            link
            for link in self.world.found
            if piece.end <= link.first < piece.end + 8 and not link.names and link.values
        ]
        match = self._event(words, found, items, negated, ahead)
        if match is not None and self._goes_on(match, piece, found):
            if context.event is not None and match.entry is context.event.entry:
                context.used |= match.claimed
            else:  # its noun is one more value of what the list began with
                match = replace(match, claimed=frozenset())
            words = {place: word for place, word in words.items() if place not in match.claimed}
            match = None
        reader = PieceReader(self.world, context, piece, words, negations, found, match)
        reading = reader.run()
        self.trace.append((words, list(reading.frames)))
        for frame in reading.frames:
            context.used |= frame.places
            context.last = frame
            if isinstance(frame, EventFrame):
                self._pointed(frame, piece)
                context.event = frame
                context.done.append(frame)
                self._waited(frame)
            else:
                context.trait = frame
        context.used |= set(negations) & {each for frame in reading.frames for each in frame.places}
        return reading

    def _pointed(self, frame: EventFrame, piece: Piece) -> None:
        """ "viewed Nike shoes but did not buy them": those, or anything?"""
        before = self.context.event
        if before is None or before.entry is frame.entry or frame.where:
            return
        told = [each.left for each in before.where if isinstance(each, Comparison)]
        if not any(isinstance(e, Property) and e.name in frame.entry.properties for e in told):
            return
        self.context.unclear.update(
            place
            for place in range(max(frame.places, default=piece.end) + 1, piece.end)
            if self.words[place].low in _THAT
        )

    def _waited(self, frame: EventFrame) -> None:
        """Windows that stood before the event: "in the last 30 days, customers who bought"."""
        if frame.times:
            return
        for atom, item in self.context.waiting:
            frame.times.append(item)
            frame.places.update(range(atom.first, atom.end))
            self.context.used.update(range(atom.first, atom.end))

    def _goes_on(self, match: EventMatch, piece: Piece, found: list[Link]) -> bool:
        """ "read a sport or culture article": the noun after the list ends what the verb began."""
        before = self.context.event
        if before is None or self.context.last is not before or piece.connector.relative:
            return False
        if piece.connector.op not in ("and", "or", "comma"):
            return False
        if match.entry is not before.entry and any(
            is_action(self.words[each].stem) for each in match.claimed
        ):
            return False
        verbs = [each for each in match.claimed if self.words[each].stem in _verb_stems(match)]
        last = before.where[-1] if before.where else None
        left = last.left if isinstance(last, Comparison) else None
        return not verbs and any(
            each.event == before.entry.field.name
            and left == Property(each.entry.field.name)
            and (match.entry is before.entry or match.claimed <= set(range(link.first, link.end)))
            for link in found
            for each in link.values
        )

    def settle_heads(self) -> None:
        """ "memberships that expire", "people on a trial that ends": the noun is the field's own."""
        for (words, frames), (later, following) in pairwise(self.trace):
            first = following[0] if following else None
            if self._kept_out(max(words, default=0), min(later, default=0)):
                continue  # "in the loyalty program apart from bronze": two things are said
            if frames or not words or not isinstance(first, TraitFrame) or first.entry is None:
                continue
            known = {*first.entry.words, *first.entry.about}
            if all(any(likeness(word.stem, each) for each in known) for word in words.values()):
                self.context.used |= set(words)
                first.places |= set(words)

    def _kept_out(self, last: int, first: int) -> bool:
        """Whether an "except" or a "not" stands between two pieces."""
        kinds = frame_words()
        return any(
            self.words[place].low in kinds["except"] | {"apart", "other", "aside"}
            or self.is_negation(place)
            for place in range(last + 1, first)
        )

    # Which event --------------------------------------------------------------------------------

    def _event(
        self,
        words: dict[int, Word],
        found: list[Link],
        items: Placed,
        negated: bool,
        ahead: list[Link],
    ) -> EventMatch | None:
        """The event that the piece speaks of, if it speaks of one."""
        named = {
            place
            for link in found
            if link.length > 1 and any(each.score >= 0.99 for each in link.values)
            for place in range(link.first, link.end)
        }
        free = {place: word for place, word in words.items() if place not in named}
        matches = match_events(free, [*found, *ahead], self.world.lexicon, self.world.hinted)
        if not matches or not (matches[0].anchored or matches[0].claimed):
            return self._implied(words, found, matches, ahead)
        if not matches[0].anchored:  # what was done says more than what it was done to
            done = [each for each in matches if each.anchored and each.score >= 0.9]
            matches = [*done[:1], *(each for each in matches if each not in done[:1])]
        best = matches[0]
        if self._other(best, found) or self._consents(words, found, items):
            return None
        if self._flagged(best, found, items):
            return None
        times = [item for _, (_, item) in items if is_time(item)]
        if self._dated_trait(best, found, times, words):
            return None
        rest = [place for place in words if place not in best.claimed]
        unsaid = any(is_action(words[place].stem) for place in rest) or any(
            best.score - each.score < 0.1 and each.claimed == best.claimed for each in matches[1:3]
        )
        if not best.anchored and not self._counted_object(
            best, items, negated, times, found, unsaid
        ):
            return self._implied(words, found, matches, ahead)
        rivals = [
            each
            for each in matches[1:4]
            if best.score - each.score < NEAR and each.anchored and self._as_active(each, best)
        ]
        if rivals:
            said = " ".join(self.words[place].text for place in sorted(best.claimed))
            entry = self.context.tie(said, (best.entry, *(each.entry for each in rivals)))
            best = next(each for each in (best, *rivals) if each.entry is entry)
        return self._less_values(best, found)

    def _other(self, best: EventMatch, found: list[Link]) -> bool:
        """Whether a trait, an audience or a term names all of these words, and better."""
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed <= inside:
                continue
            if link.audience is not None or link.term is not None:
                return True
            names = [each for each in link.names if self._mine(each.event, each.entry)]
            values = [each for each in link.values if self._mine(each.event, each.entry)]
            around = self.context.event.entry.field.name if self.context.event else None
            if link.length > 1 and any(
                each.event == around and each.score >= 0.95 for each in link.values
            ):
                return True
            score = max([*(each.score for each in names), *(each.score for each in values), 0.0])
            if score >= 0.95 and (link.length > len(best.claimed) or len(best.claimed) > 1):
                return True
            if score >= 0.95 and best.role is None and best.score < 1.0:
                return True
            if score >= 0.99 and any(type_of(each.entry) == "number" for each in names):
                return True
        return False

    def _consents(self, words: dict[int, Word], found: list[Link], items: Placed) -> bool:
        """ "opted out of email" speaks of a consent where there is one, not of something done."""
        if not any(word.stem in cue("consent") for word in words.values()):
            return False
        if any(is_time(item) for _, (_, item) in items):
            return False
        return any(
            type_of(each.entry) == "boolean"
            and self._mine(each.event, each.entry)
            and each.score >= 0.6
            for link in found
            for each in link.names
        )

    def _flagged(self, best: EventMatch, found: list[Link], items: Placed) -> bool:
        """ "don't get the newsletter": a flag has the word in its name, the event has it not."""
        if items or (best.entry.words and self._said_of(best) & set(best.entry.words)):
            return False
        for link in found:
            inside = set(range(link.first, link.end))
            stems = {self.words[place].stem for place in inside}
            for each in link.names:
                if (
                    inside & best.claimed
                    and self._mine(each.event, each.entry)
                    and type_of(each.entry) == "boolean"
                    and stems <= set(each.entry.words)
                    and each.score >= 0.6
                ):
                    return True
        return False

    def _said_of(self, best: EventMatch) -> set[str]:
        return {self.words[place].stem for place in best.claimed}

    def _less_values(self, best: EventMatch, found: list[Link]) -> EventMatch:
        """Words that only the event's description has are its values where it has such values."""
        valued = {
            link.first
            for link in found
            if link.length == 1
            and link.first in best.claimed
            and self.words[link.first].stem not in best.entry.words
            and any(each.event == best.name and each.score >= 0.99 for each in link.values)
        }
        kept = best.claimed - valued
        verbs = any(is_action(self.words[place].stem) for place in kept)
        return replace(best, claimed=kept) if valued and verbs else best

    def _mine(self, event: str | None, entry: object) -> bool:
        owner = getattr(getattr(entry, "field", None), "owner", None)
        return event is None and (owner == "account") == self.context.accounts

    def _within_value(self, link: Link, found: list[Link]) -> bool:
        """Whether a longer value, said in full, has the words of this one in it."""
        return any(
            each.first <= link.first
            and link.end <= each.end
            and each.length > link.length
            and any(value.score >= 0.99 for value in each.values)
            for each in found
        )

    def _implied(
        self,
        words: dict[int, Word],
        found: list[Link],
        matches: list[EventMatch],
        ahead: list[Link],
    ) -> EventMatch | None:
        """The one event that has the value said, where no trait has it and no event was named."""
        if self.context.event is not None:
            return None
        every: list[set[str]] = []
        for link in found:
            if link.first not in words or not link.values or link.audience or link.term:
                continue
            if all(each.event is None for each in link.values):
                continue  # a trait's own: "rowing in Germany"
            if self._within_value(link, found):
                continue  # "Google" in "Google Drive"
            if any(each.event is None for each in link.all()):
                return None
            every.append({each.event for each in link.values if each.event is not None})
        claimed = frozenset[int]()
        events = set[str]().union(*every)
        if len(events) > 1:  # the event that has all of the values, if only one has
            events = events.intersection(*every)
        if len(events) > 1:  # "did spinning with Anna": what follows tells
            after = [{each.event for each in link.values if each.event} for link in ahead]
            shared = [events & each for each in after if events & each]
            events = shared[0].intersection(*shared[1:]) if shared else events
        if not events:
            events = self._of_number(words, found)
            claimed = self._own_verb(words) if len(events) == 1 else claimed
        if len(events) != 1:
            return None
        entry = self.world.lexicon.by_event[events.pop()]
        for each in matches:
            if each.entry is entry:
                return each
        for place in claimed:
            self.context.assume(f"“{self.words[place].text}” is read as {entry.field.name}.")
        return EventMatch(entry, 0.5, claimed, anchored=True)

    def _of_number(self, words: dict[int, Word], found: list[Link]) -> set[str]:
        """ "burned 500 calories": the events with the number whose very name follows an amount."""
        ends = {end for end, item in self.world.sentence.items.values() if isinstance(item, Range)}
        events: set[str] = set()
        for link in found:
            if link.first not in words or link.first not in ends:
                continue
            exact = [each for each in link.names if each.score >= 0.99]
            if any(self._mine(each.event, each.entry) for each in link.all()):
                return set()
            events.update(
                each.event
                for each in exact
                if each.event is not None and type_of(each.entry) == "number"
            )
        return events

    def _own_verb(self, words: dict[int, Word]) -> frozenset[int]:
        """The one verb right before the amount, where it says nothing else that is known here."""
        starts = {
            place
            for place, (_, item) in self.world.sentence.items.items()
            if isinstance(item, Range)
        }
        verbs = [place for place in words if place + 1 in starts]
        if len(verbs) != 1:
            return frozenset()
        word = self.words[verbs[0]]
        known = is_action(word.stem) or ideas(word.stem) or self.world.lexicon.knows(word.stem)
        past = word.low.endswith("ed") or word.low in _DONE
        return frozenset(verbs) if past and not known else frozenset()

    def _as_active(self, other: EventMatch, best: EventMatch) -> bool:
        mine, its = best.entry.field.seen, other.entry.field.seen
        return not (self.world.catalog.has_data and mine.active and not its.active)

    def _dated_trait(
        self, best: EventMatch, found: list[Link], times: list[Item], words: dict[int, Word]
    ) -> bool:
        """Whether a date of a trait is meant, not the event: "renews in the next 7 days"."""
        dated = [
            (link, each)
            for link in found
            for each in link.names
            if self._mine(each.event, each.entry)
            and type_of(each.entry) in ("date", "timestamp")
            and each.score > 0.6
            and set(range(link.first, link.end)) & best.claimed
        ]
        if not dated:
            return False
        if any(isinstance(item, Future) for item in times):
            past = any(word.low in _DID for word in self.said(words))
            return self.context.event is None or not past
        spanned = {place for link, _ in dated for place in range(link.first, link.end)}
        if best.claimed <= spanned and any(
            isinstance(item, Within) and item.approach != "for" for item in times
        ):
            return not any(word.low in _DONE or word.low.endswith("ed") for word in words.values())
        if (
            times
            and best.role is None
            and best.score < 1.25
            and best.claimed <= spanned
            and any(each.score >= 0.8 for _, each in dated)
        ):
            return True
        unsaid = set(best.entry.words) - {self.words[place].stem for place in best.claimed}
        if times and unsaid and any(each.score >= 0.99 for _, each in dated):
            return best.claimed <= spanned
        if best.anchored and best.score >= 0.95:
            return False
        covered = {place for link, _ in dated for place in range(link.first, link.end)}
        score = max(each.score * link.length for link, each in dated)
        return len(covered & set(words)) > len(best.claimed) or (score > best.score and bool(times))

    def said(self, words: dict[int, Word]) -> list[Word]:
        """The words with those that stand between and right before them, small ones too."""
        first = min(words, default=0)
        return self.words[max(0, first - 3) : max(words, default=first) + 1]

    def _counted_object(
        self,
        best: EventMatch,
        items: Placed,
        negated: bool,
        times: list[Item],
        found: list[Link],
        unsaid: bool,
    ) -> bool:
        """Words that only name what it happened to still mean the event where it is counted."""
        if best.score < 0.4 or unsaid:
            return False
        for link in found:
            inside = set(range(link.first, link.end))
            for each in link.all():
                numeric = type_of(each.entry) == "number" and not times
                if (
                    each.score > (0.7 if numeric else 0.85)
                    and self._mine(each.event, each.entry)
                    and inside & best.claimed
                ):
                    return False
        counted = any(
            isinstance(item, Range | Number | Money | LengthRange | Vague)
            and end <= max(best.claimed, default=0)
            for _, (end, item) in items
        )
        ordinal = any(
            self.words[place].low in cue("last") | cue("first")
            for place in range(max(0, min(best.claimed) - 2), min(best.claimed))
        )
        return counted or bool(times) or ((negated or ordinal) and best.whole)


_SPEAKERS = frozenset({"i", "we", "i'd", "we'd", "i'm", "we're", "us", "me"})
_WISHES = frozenset(
    [
        "want",
        "need",
        "like",
        "love",
        "wish",
        "would",
        "looking",
        "look",
        "planning",
        "hoping",
        "trying",
        "have",
    ]
)


def _verb_stems(match: EventMatch) -> frozenset[str]:
    return frozenset(word for word in match.entry.words if is_action(word))


_THAT = frozenset({"it", "them", "one", "any"})
_DID = frozenset({"did", "didn't", "didnt"})
_DONE = frozenset(load("verbs.yaml")) - {"expires", "renewal", "expiry"}

__all__ = ["Interpreter", "cue"]
