"""Which event a piece speaks of: the one that its words, values and amounts fit best, if any."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from audience.english.amounts import bounds, is_amount, unit_of
from audience.english.context import Context, World, cue, type_of
from audience.english.events import (
    WHY,
    EventMatch,
    is_action,
    is_past,
    is_telling,
    match_events,
)
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
from audience.english.schema import Entry, ideas, likeness, periods
from audience.english.sentence import Word
from audience.english.times import is_time
from audience.english.tokens import stem

NEAR = 0.12  # two events closer than this fit equally well
Placed = list[tuple[int, tuple[int, Item]]]


class EventChoice:
    """Chooses the event of a piece in the light of the pieces before it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.words = world.sentence.words
        self.context = Context()
        self._subject = False
        self._held = False
        self._items: Placed = []
        self._led = frozenset[int]()  # words that the flag after them says again

    def choose(
        self,
        words: dict[int, Word],
        found: list[Link],
        items: Placed,
        negated: bool,
        ahead: list[Link],
        subject: bool = False,
        held: bool = False,
    ) -> EventMatch | None:
        """The event that the piece speaks of, if it speaks of one.

        A `subject` piece stands before the noun that everything is said of, a `held` one after "with".
        """
        self._subject = subject
        self._held = held
        self._items = items
        self._led = frozenset()
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
        best = self._with_the_value(matches, found)
        best = self._spent_on(best, matches, words, found)
        if self._leads_to_flag(words):
            self._led = frozenset(words)
            return None
        if self._other(best, found) or self._consents(words, found, items):
            return None
        if self._flagged(best, found, items) or self._is_sum_of_trait(best, found, words):
            return None
        times = [item for _, (_, item) in items if is_time(item)]
        if self._is_fee(best, words) or self._is_joining(best, found):
            return None
        if self._dated_trait(best, found, times, words):
            return None
        best = self._lightly(best, matches, words)
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
            if best.score - each.score < NEAR
            and each.anchored
            and self._as_active(each, best)
            and not (each.claimed == best.claimed and each.exact < best.exact)
        ]
        if rivals:
            said = " ".join(self.words[place].text for place in sorted(best.claimed))
            entry = self.context.tie(said, (best.entry, *(each.entry for each in rivals)))
            best = next(each for each in (best, *rivals) if each.entry is entry)
        if best.role in best.entry.also:
            said = " ".join(self.words[place].text for place in sorted(best.claimed))
            self.context.assume(f"“{said}” is read as {best.name}.")
        return self._less_values(best, found)

    def _other(self, best: EventMatch, found: list[Link]) -> bool:
        """Whether a trait, an audience or a term names all of these words, and better."""
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed or not best.claimed <= inside:
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

    def _with_the_value(self, matches: list[EventMatch], found: list[Link]) -> EventMatch:
        """ "bought soft drinks": of the events that the verb fits, the only one with the value."""
        best = matches[0]
        for link in found:
            exact = [each for each in link.values if each.score >= 0.99]
            if not exact or any(each.event is None for each in link.values) or link.names[1:]:
                continue
            events = {each.event for each in link.values}
            if best.name in events or set(range(link.first, link.end)) & best.claimed:
                continue
            fitting = [
                each
                for each in matches
                if each.anchored and each.name in events and each.claimed >= best.claimed
            ]
            if len(fitting) == 1:
                return fitting[0]
        return best

    def _spent_on(
        self,
        best: EventMatch,
        matches: list[EventMatch],
        words: dict[int, Word],
        found: list[Link],
    ) -> EventMatch:
        """ "spent over 100 on flights", "spent 30 at the bar": the event with a sum that the noun means."""
        verbs = frozenset(place for place in words if words[place].low in cue("spend"))
        if not verbs or (best.claimed - verbs and best.anchored):
            return best
        told = {
            place
            for link in found
            if any(each.event in (best.name, None) for each in link.values)
            for place in range(link.first, link.end)
        }
        fitting = [
            each
            for each in matches
            if each.claimed - verbs - told
            and any(prop.role == "money" for prop in each.entry.properties.values())
        ]
        if not fitting or any(fitting[0].score - each.score < NEAR for each in fitting[1:2]):
            return best
        return replace(fitting[0], claimed=fitting[0].claimed | verbs, anchored=True)

    def _lightly(
        self, best: EventMatch, matches: list[EventMatch], words: dict[int, Word]
    ) -> EventMatch:
        """ "used an ATM", "gave a survey score": the whole thing, with a verb that says no more."""
        if best.anchored or not best.whole:
            return best
        if any(each.claimed == best.claimed and each.whole for each in matches[1:4]):
            return best
        first = min(best.claimed)
        verbs = [place for place in words if is_action(words[place].stem) or place < first]
        light = frozenset(
            place for place in verbs if place < first and words[place].stem in _light_stems()
        )
        if not light or set(verbs) - light - best.claimed:
            return best
        return replace(best, claimed=best.claimed | light, anchored=True)

    def _is_sum_of_trait(self, best: EventMatch, found: list[Link], words: dict[int, Word]) -> bool:
        """ "with savings over £10,000": a noun that a sum of money known of them is called by."""
        if any(is_past(words[place]) for place in best.claimed):
            return False
        if self._is_count_of_trait(best, found) or self._is_had(best, found):
            return True
        sums = [
            (place, end) for place, (end, item) in self._items if is_money(item) or is_sum(item)
        ]
        ends = {end for _, end in sums}
        starts = {place for place, _ in sums}
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed <= inside or not (link.end in starts or link.first in ends):
                continue
            said = {self.words[place].stem for place in inside}
            for each in link.names:
                if (
                    self._mine(each.event, each.entry)
                    and each.score >= 0.74
                    and said & set(each.entry.words)
                    and type_of(each.entry) == "number"
                    and (_MONEY & set(each.entry.words) or _CURRENCY & each.entry.about)
                ):
                    return True
        return False

    def _is_fee(self, best: EventMatch, words: dict[int, Word]) -> bool:
        """ "paying less than 15 euros per month": a monthly sum that is known of them."""
        owner = "account" if self.context.accounts else "user"
        for _, (end, item) in self._items:
            fee = fee_after(self.world, end, owner) if is_money(item) else None
            alone = is_money(item) and len(words) == len(best.claimed)
            if fee is None and alone and any(words[p].low in PAYING for p in best.claimed):
                fee = fee_paid(self.world, end, owner)
            if fee is not None and all(
                words[place].low in cue("spend")
                or any(likeness(words[place].stem, each) for each in fee[0].words)
                for place in best.claimed
            ):
                return True
        return False

    def _is_had(self, best: EventMatch, found: list[Link]) -> bool:
        """ "those with savings": what is known of them, not a part of an event's name."""
        if not self._held or best.role is not None:
            return False
        if best.exact == 0 and self._is_told(best, found):
            return True
        return not best.whole and any(
            best.claimed <= set(range(link.first, link.end))
            and self._mine(each.event, each.entry)
            and type_of(each.entry) in ("number", "boolean")
            and each.score >= 0.74
            and {self.words[place].stem for place in best.claimed} <= set(each.entry.words)
            for link in found
            for each in link.names
        )

    def _is_joining(self, best: EventMatch, found: list[Link]) -> bool:
        """ "since they joined": the day that is known of them, not an event that is only alike."""
        return (
            best.exact == 0
            and best.role is None
            and any(
                best.claimed <= set(range(link.first, link.end))
                and each.entry.role == "sign_up_date"
                and self._mine(each.event, each.entry)
                for link in found
                for each in link.names
            )
        )

    def _is_told(self, best: EventMatch, found: list[Link]) -> bool:
        """ "with over 20,000 miles", where only descriptions say what is counted."""
        return any(
            best.claimed <= set(range(link.first, link.end))
            and self._mine(each.event, each.entry)
            and type_of(each.entry) == "number"
            and each.score >= 0.6
            and any(link.first == end for _, (end, _) in self._items)
            for link in found
            for each in link.names
        )

    def _is_count_of_trait(self, best: EventMatch, found: list[Link]) -> bool:
        """ "two or more unpaid invoices": a number that is known of them, called so in full."""
        amounts = [(place, end) for place, (end, item) in self._items if is_amount(item)]
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed <= inside or link.length < 2:
                continue
            if not any(link.first == end or link.end == place for place, end in amounts):
                continue
            if any(
                self._mine(each.event, each.entry)
                and type_of(each.entry) == "number"
                and each.score >= 0.85
                for each in link.names
            ):
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
        timed = any(is_time(item) for _, (_, item) in items)
        for link in found if not timed else ():
            whole = link.length > 1 and best.claimed <= set(range(link.first, link.end))
            if whole and any(
                self._mine(each.event, each.entry)
                and type_of(each.entry) == "boolean"
                and each.score >= 0.85
                for each in link.names
            ):
                return True  # "with roaming enabled"
            after = self.words[link.end] if link.end < len(self.words) else None
            switched = after is not None and (
                after.stem in cue("negative") or after.low in cue("off") | cue("on_")
            )
            all_of_it = best.claimed <= set(range(link.first, link.end))
            if (switched and all_of_it) and any(
                self._mine(each.event, each.entry) and type_of(each.entry) == "boolean"
                for each in link.names
            ):
                return True  # "with roaming disabled"
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
        measured = self._of_measure(words, matches)
        if measured is not None:
            return measured
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
        applied = self._applied(words, found) if not events else None
        if applied is not None:
            return applied
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

    def _applied(self, words: dict[int, Word], found: list[Link]) -> EventMatch | None:
        """ "used a promo code": the one event that has such a field."""
        verbs = frozenset(
            place for place in words if words[place].stem in ("use", "appli", "enter")
        )
        for link in found if verbs else ():
            exact = [each for each in link.names if each.score >= 0.95]
            events = {each.event for each in exact}
            if len(events) != 1 or None in events or any(e.event is None for e in link.names):
                continue
            if min(verbs) < link.first:
                entry = self.world.lexicon.by_event[next(iter(events)) or ""]
                return EventMatch(entry, 0.5, verbs, anchored=True)
        return None

    def _leads_to_flag(self, words: dict[int, Word]) -> bool:
        """ "travel with kids": the verb of a flag whose description has both words."""
        last = max(words)
        after = [word.stem for word in self.words[last + 1 : last + 4] if word.is_word]
        if len(words) > 2 or len(after) < 2:
            return False
        if self.words[last + 1].low not in ("with", "without"):
            return False
        people = self.world.lexicon.accounts if self.context.accounts else self.world.lexicon.users
        said = [word.stem for word in words.values()]
        return any(
            type_of(entry) == "boolean"
            and all(
                any(likeness(each, known) for known in (*entry.words, *entry.about))
                for each in (*said, after[1])
            )
            for entry in people
        )

    def _of_measure(self, words: dict[int, Word], matches: list[EventMatch]) -> EventMatch | None:
        """ "waited more than 30 minutes in a branch": the event with the time that the verb takes."""
        if not any(
            isinstance(item, LengthRange | Vague)
            or (isinstance(item, Range) and self._has_measure(end))
            for _, (end, item) in self._items
        ):
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

    def _has_measure(self, place: int) -> bool:
        return place < len(self.words) and self.words[place].low in cue("measures")

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
        return frozenset(verbs) if is_past(word) and not known else frozenset()

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
            return not any(is_past(word) for word in words.values())
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
        telling = any(is_telling(word) for word in unsaid)
        if times and telling and best.claimed <= spanned and max(e.score for _, e in dated) >= 0.85:
            return True  # "opened in May": the account, where only e-mails are opened else
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


def fee_after(world: World, place: int, owner: str) -> tuple[Entry, int] | None:
    """The trait that holds a sum by the month, or the year, that is said from `place` on, and the
    place after it: "… a month", "… per year"."""
    words = world.sentence.words
    while place < len(words) and words[place].low in _BEFORE_PERIOD:
        place += 1
    if place >= len(words) or words[place].stem not in periods():
        return None
    period = words[place].stem
    found = [
        entry
        for entry in world.lexicon.fields_like((period,))
        if getattr(entry.field, "owner", None) == owner
        and type_of(entry) == "number"
        and any(likeness(period, each) for each in entry.words)
        and (
            _MONEY & set(entry.words)
            or _CURRENCY & entry.about
            or entry.role == "spend"
            or period == stem("lifetime")
        )
    ]
    return (found[0], place + 1) if len(found) == 1 else None


def fee_paid(world: World, place: int, owner: str) -> tuple[Entry, int] | None:
    """The one fee that is known of people who "pay" so much, and `place`."""
    people = world.lexicon.accounts if owner == "account" else world.lexicon.users
    found = [each for each in people if type_of(each) == "number" and _FEES & set(each.words)]
    return (found[0], place) if len(found) == 1 else None


PAYING = frozenset({"pay", "pays", "paying"})
_FEES = frozenset(stem(word) for word in ("fee", "charge", "rent", "premium"))


def is_sum(item: Item) -> bool:
    """Whether a bare number is compared, and too large to count what happens."""
    return isinstance(item, Range) and any(number >= 1000 for _, number in bounds(item))


def is_money(item: Item) -> bool:
    return isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")


@cache
def _light_stems() -> frozenset[str]:
    return frozenset(stem(each) for each in ("use", "do", "make", "take", "give", "try", "perform"))


_MONEY = frozenset(
    stem(word)
    for word in [
        "balance",
        "income",
        "value",
        "revenue",
        "fee",
        "price",
        "cost",
        "spend",
        "salary",
        "amount",
        "savings",
        "credit",
        "debt",
        "wallet",
        "money",
    ]
)
_BEFORE_PERIOD = frozenset(["a", "per", "each", "every", "/", "over", "in", "their", "during"])
_CURRENCY = frozenset(stem(word) for word in ("euros", "dollars", "pounds"))
_DID = frozenset({"did", "didn't", "didnt"})
