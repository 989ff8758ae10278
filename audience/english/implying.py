"""The event that a value, a number or a field implies where no word names it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from audience.english.amounts import unit_of
from audience.english.context import cue, type_of
from audience.english.date_meant import DateMeant
from audience.english.events import (
    WHY,
    EventMatch,
    is_action,
    is_object,
    is_past,
)
from audience.english.links import Link
from audience.english.literals.items import (
    LengthRange,
    Range,
    Vague,
)
from audience.english.schema import Entry, ideas, likeness
from audience.english.sentence import Word, frame_words, low_at
from audience.english.tokens import stem


class Implied(DateMeant):
    """Finds the one event that has what was said."""

    def _implied(
        self,
        words: dict[int, Word],
        found: list[Link],
        matches: list[EventMatch],
        ahead: list[Link],
    ) -> EventMatch | None:
        """The one event that has the value said, where no trait has it and no event was named."""
        if self.context.event is not None:
            return self._applied(words, found) or self._of_another(words, found)
        measured = self._of_measure(words, matches)
        if measured is not None:
            return measured
        moved = self._moved(words, found)
        if moved is not None:
            return moved
        every: list[set[str]] = []
        for link in found:
            if link.first not in words or not link.values or link.audience or link.term:
                continue
            if all(each.event is None for each in link.values):
                continue  # a trait's own: "rowing in Germany"
            if self._within_value(link, found):
                continue  # "Google" in "Google Drive"
            done = link.length == 1 and is_action(self.words[link.first].stem)
            if done and any(WHY & set(each.entry.words) for each in link.values):
                continue  # "moved" is no reason that they gave
            if any(each.event is None for each in link.all()):
                return None
            if self._subject and any(each.value != each.value.lower() for each in link.values):
                continue  # "Leeds customers": where they live, or where they did what?
            every.append({each.event for each in link.values if each.event is not None})
        claimed = frozenset[int]()
        events = set[str]().union(*every)
        applied = self._applied(words, found) if len(events) != 1 else None
        if applied is not None:
            return applied
        if len(events) > 1:  # the event that has all of the values, if only one has
            events = events.intersection(*every)
        if len(events) > 1:  # "did spinning with Anna": what follows tells
            after = [{each.event for each in link.values if each.event} for link in ahead]
            shared = [events & each for each in after if events & each]
            events = shared[0].intersection(*shared[1:]) if shared else events
        if len(events) > 1:  # "had their brakes done": of what is booked and done, what took place
            by_event = self.world.lexicon.by_event
            rows = [EventMatch(by_event[each], 0.5, claimed, anchored=True) for each in events]
            took_place = self._as_done(rows)
            if took_place is not None:
                events = {took_place.name}
                self.context.assume(f"What has no verb of its own is read as {took_place.name}.")
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

    def _of_another(self, words: dict[int, Word], found: list[Link]) -> EventMatch | None:
        """ "opened the reminder but picked up no insulin": a value that only another event has, behind
        a verb of its own, which is left to be asked about."""
        around = self.context.event.entry.field.name if self.context.event is not None else None
        for link in found:
            sure = [each for each in link.values if each.score >= _CERTAIN]
            events = {each.event for each in sure}
            verbs = [place for place in words if place < link.first and is_past(words[place])]
            if len(events) != 1 or None in events or around in events or not verbs:
                continue
            if any(self._mine(each.event, each.entry) for each in link.all()):
                continue
            entry = self.world.lexicon.by_event[str(events.pop())]
            return EventMatch(entry, 0.5, frozenset(), anchored=True)
        return None

    def _spoken_of(self, rivals: list[EventMatch], words: dict[int, Word]) -> EventMatch | None:
        """ "audiobook buyers who spent over 60 on them": on what was spoken of right before."""
        around = self.context.event
        last = max(words, default=0)
        pointed = any(word.low in _THOSE for word in self.words[last + 1 : last + 9])
        same = [each for each in rivals if around is not None and each.entry is around.entry]
        return same[0] if pointed and same else None

    def _as_done(self, rivals: list[EventMatch]) -> EventMatch | None:
        """ "two services", where they are booked, done and missed: those that took place."""
        nouns = {tuple(w for w in each.entry.words if w not in _DONE | _NOT_YET) for each in rivals}
        done = [each for each in rivals if _DONE & set(each.entry.words)]
        others = [each for each in rivals if each not in done]
        claimed = {self.words[place].stem for each in done for place in each.claimed}
        if not all(map(is_object, claimed)):
            return None
        if len(nouns) != 1 or len(done) != 1 or not others:
            return None
        if not all(_NOT_YET & set(each.entry.words) for each in others):
            return None
        said = " ".join(self.words[place].text for place in sorted(done[0].claimed))
        if said:
            self.context.assume(f"“{said}” is read as {done[0].name}.")
        return done[0]

    def _moved(self, words: dict[int, Word], found: list[Link]) -> EventMatch | None:
        """ "upgraded from basic to pro": the one event with both, one as the old and one as the new."""
        sides: dict[str, dict[str, set[str]]] = {}  # event → "from", "to" → its properties
        for link in found:
            before = side_of(self.words, link.first)
            for each in link.values if before in MOVES else ():
                if each.event is not None and MOVES[before] & set(each.entry.words):
                    side = sides.setdefault(each.event, {}).setdefault(before, set())
                    side.add(each.entry.field.name)
        both = [event for event, told in sides.items() if set(told) == set(MOVES)]
        verbs = [place for place in words if words[place].stem in _moving()]
        if len(both) != 1 or len(verbs) != 1:
            return None
        self.context.assume(f"“{self.words[verbs[0]].text}” is read as {both[0]}.")
        return EventMatch(
            self.world.lexicon.by_event[both[0]], 0.6, frozenset(verbs), anchored=True
        )

    def _of_measure(self, words: dict[int, Word], matches: list[EventMatch]) -> EventMatch | None:
        """ "waited more than 30 minutes in a branch": the event with the time that the verb takes."""
        if not self._lasts():
            return None
        verbs = {place for place, word in words.items() if is_past(word)}
        found: dict[int, tuple[Entry, frozenset[int]]] = {}
        for entry in self.world.lexicon.fields_like({words[place].stem for place in verbs}):
            event = getattr(entry.field, "event", None)
            if event is None or type_of(entry) != "number" or unit_of(entry) is None:
                continue
            told = {*entry.words, *entry.about}
            said = frozenset(
                place for place in verbs if any(likeness(words[place].stem, w) for w in told)
            )
            if said:
                found[id(entry)] = (self.world.lexicon.by_event[event], said)
        known = {id(event): (event, said) for event, said in found.values()}
        if len(known) > 1:
            named = [each for each in matches if id(each.entry) in known]
            known = {id(each.entry): known[id(each.entry)] for each in named[:1]}
        if len(known) != 1:
            return None
        event, said = next(iter(known.values()))
        claimed = next((each.claimed for each in matches if each.entry is event), frozenset[int]())
        return EventMatch(event, 0.6, claimed | said, anchored=True)

    def _time_spent(
        self, words: dict[int, Word], matches: list[EventMatch], found: list[Link]
    ) -> EventMatch | None:
        """ "spent two hours in dashboards": the event with a length of time that the noun means."""
        verbs = frozenset(place for place in words if words[place].low in cue("spend"))
        lasting = any(
            isinstance(item, LengthRange)
            or (isinstance(item, Vague) and item.subject == "too_fine")
            or (isinstance(item, Range) and self._has_measure(end))
            for _, (end, item) in self._items
        )
        if not verbs or not lasting:
            return None
        told: dict[str, frozenset[int]] = {}
        for link in found:
            for each in link.values:
                if each.event is not None and each.score >= 0.9:
                    told.setdefault(each.event, frozenset())
        for match in matches:
            if match.claimed - verbs:
                told[match.name] = match.claimed
        lexicon = self.world.lexicon
        fitting = {
            name: claimed
            for name, claimed in told.items()
            if sum(
                type_of(each) == "number" and unit_of(each) in ("second", "minute", "hour")
                for each in lexicon.by_event[name].properties.values()
            )
            == 1
        }
        ranked = [each for each in matches if each.name in fitting]
        if len(ranked) > 1 and ranked[0].score - ranked[1].score >= _APART:
            fitting = {ranked[0].name: ranked[0].claimed}
        if len(fitting) != 1:
            return None
        name, claimed = next(iter(fitting.items()))
        return EventMatch(lexicon.by_event[name], 0.6, claimed | verbs, anchored=True)

    def _lasts(self) -> bool:
        """Whether a length of time is said that something may have taken."""
        return any(
            isinstance(item, LengthRange | Vague)
            or (isinstance(item, Range) and self._has_measure(end))
            for _, (end, item) in self._items
        )

    def _has_measure(self, place: int) -> bool:
        return place < len(self.words) and self.words[place].low in cue("measures")

    def _of_number(self, words: dict[int, Word], found: list[Link]) -> set[str]:
        """ "burned 500 calories", "an average bill above 200", "score of 6 or lower": the events with
        the number that an amount stands beside, where nothing known of people is called so as well."""
        placed = self.world.sentence.items
        ends = {end for end, item in placed.values() if isinstance(item, Range)}
        starts = {place for place, (_, item) in placed.items() if isinstance(item, Range)}
        added = self._is_added(words)
        events: set[str] = set()
        for link in found:
            if link.first not in words:
                continue
            after = link.end
            while after < len(self.words) and self.words[after].low in _IS:
                after += 1
            beside = link.first in ends or after in starts
            if not (beside or (added and self._items)):
                continue
            numbers = [
                each
                for each in link.names
                if each.score >= (_NAMED if added else _CALLED)
                and each.event is not None
                and type_of(each.entry) == "number"
            ]
            best = max((each.score for each in numbers), default=0.0)
            said = {word.stem for word in self.words[link.first : link.end]}
            if any(
                self._mine(each.event, each.entry)
                and (each.score > best - _APART or said & set(each.entry.words))
                for each in link.all()
            ):
                return set()
            events.update(str(each.event) for each in numbers if each.score > best - _APART)
        return events

    def _is_added(self, words: dict[int, Word]) -> bool:
        """Whether an average, a sum or the most of several is asked for."""
        names = ("average", "highest", "lowest", "total")
        return any(word.low in cue(name) for word in words.values() for name in names)

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
        return frozenset(verbs) if is_past(word) and not known else frozenset()

    def _within_value(self, link: Link, found: list[Link]) -> bool:
        """Whether a longer value, said in full, has the words of this one in it."""
        return any(
            each.first <= link.first
            and link.end <= each.end
            and each.length > link.length
            and any(value.score >= 0.99 for value in each.values)
            for each in found
        )

    def _applied(self, words: dict[int, Word], found: list[Link]) -> EventMatch | None:
        """ "used a promo code": the one event that has such a field."""
        verbs = frozenset(place for place in words if words[place].stem in _USING)
        around = self.context.event.entry.field.name if self.context.event is not None else None
        for link in found if verbs else ():
            exact = [each for each in link.all() if each.score >= 0.95]
            events = {each.event for each in exact if each.event is not None}
            if not events or any(each.event is None for each in link.all()) or around in events:
                continue
            if len(events) > 1:  # a code that is entered and paid with: of what was bought
                bought = [each.field.name for each in self.world.lexicon.roles.get("purchase", ())]
                events = {each for each in events if each in bought[:1]}
            if len(events) == 1 and min(verbs) < link.first:
                entry = self.world.lexicon.by_event[events.pop()]
                return EventMatch(entry, 0.5, verbs, anchored=True)
        return None


_DONE = frozenset(
    stem(each)
    for each in (
        "done",
        "completed",
        "finished",
        "attended",
        "taken",
        "held",
        "played",
        "submitted",
        "filed",
        "made",
        "placed",
    )
)
_NOT_YET = frozenset(
    stem(each)
    for each in (
        "booked",
        "requested",
        "scheduled",
        "planned",
        "started",
        "cancelled",
        "noshow",
        "missed",
        "rejected",
        "declined",
        "refused",
        "invited",
        "failed",
        "offered",
        "reserved",
    )
)
_THOSE = frozenset(["them", "it", "those"])
_USING = frozenset(stem(each) for each in ("use", "apply", "enter", "redeem"))
_CERTAIN = 0.95
_CALLED = 0.99  # a field by its very name
_NAMED = 0.74  # a number of which all but a unit or a "total" was said
_IS = frozenset(["is", "was", "of", "at", "are", "were"])
_APART = 0.12  # the least by which one event fits better than another
# What the property of a change is called that holds what was before, and what came after.
MOVES = {
    "from": frozenset(
        stem(each)
        for each in ("from", "old", "previous", "prior", "before", "former", "source", "origin")
    ),
    "to": frozenset(stem(each) for each in ("to", "new", "next", "after", "target", "destination")),
}


def side_of(words: Sequence[Word], place: int) -> str:
    """What leads to the word at `place`, an article apart: the "from" of "from the basic plan"."""
    before = place - 1
    while low_at(words, before) in frame_words()["empty.articles"]:
        before -= 1
    return low_at(words, before)


@cache
def _moving() -> frozenset[str]:
    return frozenset(
        stem(each)
        for each in (
            "upgrade",
            "downgrade",
            "switch",
            "move",
            "change",
            "go",
            "convert",
            "transfer",
        )
    )
