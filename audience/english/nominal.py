"""Events told without their verb: by what came of them, or by a noun that only they have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audience.english.amounts import is_amount
from audience.english.chances import is_chance
from audience.english.context import cue, type_of
from audience.english.events import EventMatch, is_action, is_object, is_past
from audience.english.implying import Implied
from audience.english.links import Link
from audience.english.outcomes import is_contrary
from audience.english.sentence import Word


class Nominal(Implied):
    """Finds the event where no word says that something was done."""

    def _of_outcome(
        self, words: dict[int, Word], found: list[Link], matches: list[EventMatch]
    ) -> EventMatch | None:
        """ "won a duel", "failed a quiz": the one event with a flag called so, or by the contrary."""
        events: set[str] = set()
        said = frozenset[int]()
        for link in found:
            named = self._outcomes(link) if link.length == 1 and link.first in words else set()
            if named:
                events = events & named if events else named
                said |= {link.first}
        if len(events) > 1:  # the one that has the value which was said, too
            for link in found:
                events = events & {each.event for each in link.values if each.event} or events
        if len(events) != 1 or not events:
            return None
        name = next(iter(events))
        own = next((each for each in matches if each.name == name), None)
        claimed = own.claimed - said if own is not None else frozenset[int]()
        others = [each for each in matches if each.name != name and each.anchored]
        if any(each.claimed - said for each in others[:1]):
            return None  # something else was done
        if any(self.words[each + 1].low in _IT for each in said if each + 1 < len(self.words)):
            return None  # "who won it": of what was spoken of
        around = self.context.event
        if around is not None and around.entry.field.name == name and not claimed:
            valued = any(each.event == name for link in found for each in link.values)
            if not valued and not self._items:
                return None
        entry = self.world.lexicon.by_event[name]
        return EventMatch(entry, 0.8, claimed, anchored=True)

    def _outcomes(self, link: Link) -> set[str]:
        """The events with a yes or no that the word is the name of, or the contrary of the name."""
        stem = self.words[link.first].stem
        if not is_action(stem) and not is_past(self.words[link.first]):
            return set()  # "recurring", "new": how a thing is, and not what came of it
        if link.values or any(
            stem in each.words for each in self.world.lexicon.events_like([stem])
        ):
            return set()
        flags = [each for each in link.names if type_of(each.entry) == "boolean"]
        if any(each.event is None and each.score >= _SURE for each in link.names):
            return set()
        return {
            each.event
            for each in flags
            if each.event is not None
            and each.score >= _SURE
            and (each.entry.words == (stem,) or is_contrary(stem, each.entry))
        }

    def _by_noun(
        self,
        words: dict[int, Word],
        found: list[Link],
        matches: list[EventMatch],
    ) -> EventMatch | None:
        """ "a quiz score below 50", "Python quizzes", "the first service was a recall": the event with
        the noun that has what is said of it too, where no verb says that something else was done."""
        claimed = matches[0].claimed
        rivals = [
            each
            for each in matches
            if each.claimed == claimed and each.exact == len(claimed) and not each.anchored
        ]
        verbs = [each for each in words if each not in claimed and is_past(words[each])]
        if not rivals or verbs or not all(is_object(self.words[each].stem) for each in claimed):
            return None
        names = {each.name for each in rivals}
        told = [each & names for each in self._told_of_events(found, claimed) if each & names]
        if not (told or self._averaged(words) or self._is_only_theirs(claimed, found)):
            return None
        fitting = [each for each in rivals if all(each.name in events for events in told)]
        done = fitting[0] if len(fitting) == 1 else self._as_done(fitting)
        return None if done is None else replace(done, anchored=True)

    def _told_of_events(self, found: list[Link], claimed: frozenset[int]) -> Iterator[set[str]]:
        """For each value or name beside the noun, the events that have it, where no trait has."""
        for link in found:
            if claimed & set(range(link.first, link.end)):
                continue
            good = [
                each
                for each in link.all()
                if each.score >= (_NAMED if type_of(each.entry) == "number" else _SURE)
            ]
            if not any(self._mine(each.event, each.entry) for each in good):
                yield {each.event for each in good if each.event is not None}

    def _is_only_theirs(self, claimed: frozenset[int], found: list[Link]) -> bool:
        """ "with a quote": had by somebody, where nothing known of people is called so."""
        return self._held and not any(
            self._mine(each.event, each.entry)
            for link in found
            if claimed & set(range(link.first, link.end))
            for each in link.all()
        )

    def _is_state(self, best: EventMatch, found: list[Link]) -> bool:
        """ "who drives a Corvo": how it is now, where a value tells it of people, and no test drive."""
        accounts = self.context.accounts
        if any(is_chance(self.world, place, accounts=accounts) for place in best.claimed):
            self._led = best.claimed
            return True
        if len(best.claimed) != 1 or best.role is not None or best.whole:
            return False
        place = min(best.claimed)
        before = self.words[place - 1].low if place else ""
        deed = self.words[place].stem in best.entry.words[:-1]  # the drive of "test drive done"
        opens = before in ("", ",") and deed and not best.entry.opaque
        if is_past(self.words[place]) or not (opens or before in _NOW):
            return False
        after = [each for each in found if place < each.first <= place + _NEAR and each.values]
        return any(
            any(self._mine(each.event, each.entry) and each.score >= _SURE for each in link.values)
            for link in after
        )

    def _averaged(self, words: dict[int, Word]) -> bool:
        """Whether an average, or the most of them all, is held against an amount."""
        cues = cue("average") | cue("highest") | cue("lowest")
        amounts = [item for _, (_, item) in self._items if is_amount(item)]
        return bool(amounts) and any(word.low in cues for word in words.values())


_SURE = 0.95
_NAMED = 0.74  # a number whose name has a unit beside what was said
_NEAR = 2  # words from a verb to the value behind it
_NOW = frozenset(["who", "that", "and", "they", "or"])
_IT = frozenset(["it", "that", "them", "this", "those"])
