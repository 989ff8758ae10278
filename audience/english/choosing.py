"""Which event a piece speaks of: the one that its words, values and amounts fit best, if any."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from audience.english.amounts import unit_of
from audience.english.bought import is_other_purchase, of_that_order, of_the_thing, sold
from audience.english.context import cue, type_of
from audience.english.events import (
    EventMatch,
    is_action,
    is_past,
    match_events,
)
from audience.english.links import Link
from audience.english.literals.items import (
    Item,
    LengthRange,
    Money,
    Number,
    Range,
    Vague,
)
from audience.english.means import tells_means
from audience.english.only_done import is_only_done, not_only_made
from audience.english.remaining import is_left_to_them
from audience.english.sentence import Word, low_at
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.english.trait_meant import Placed
from audience.english.unsaid import Unsaid
from audience.english.used_thing import of_what_was_used
from audience.english.used_when import used_when
from audience.english.wares import wares

NEAR = 0.12  # two events closer than this fit equally well
_OWN = 0.6  # the least score of an event that is called by its own word


class EventChoice(Unsaid):
    """Chooses the event of a piece in the light of the pieces before it."""

    def choose(
        self,
        words: dict[int, Word],
        found: list[Link],
        items: Placed,
        negated: bool,
        ahead: list[Link],
        subject: bool = False,
        held: bool = False,
        step: bool = False,
    ) -> EventMatch | None:
        """The event that the piece speaks of, if it speaks of one.

        A `subject` piece stands before the noun that everything is said of, a `held` one after "with";
        a `step` is something done before or after another thing, and no state.
        """
        self._subject = subject
        self._held = held
        self._items = items
        self._led = frozenset()
        self._day = None
        named = {
            place
            for link in found
            if link.length > 1 and any(each.score >= _TOLD for each in link.values)
            if not self._is_called_so(link, words)
            for place in range(link.first, link.end)
        }
        named |= self._held_against(found, items) | self._is_so_long(words, found, items)
        named |= {place for place in words if self._is_to_dwell(place)}
        named |= {p for p in words if is_left_to_them(self.words, p) or self._is_in_use(p)}
        free = {place: word for place, word in words.items() if place not in named}
        verbal = frozenset(place for place in free if self._is_verb_here(place))
        things = wares(self.words, free)
        matches = match_events(
            free, [*found, *ahead], self.world.lexicon, self.world.hinted, verbal, things
        )
        matches = [each for each in matches if not self._joins_something_else(each)]
        matches = [each for each in matches if not is_only_done(each, self.words, found)]
        matches = of_what_was_used(not_only_made(matches, self.words), self.words)
        applied = None if negated else used_when(self.words, sorted(words), found, matches)
        if applied is not None:
            return self._less_values(applied, found)
        spent = self._time_spent(words, matches, [*found, *ahead])
        if spent is not None:
            return spent
        outcome = self._of_outcome(words, found, matches)
        if outcome is not None:
            return outcome
        if not matches or not (matches[0].anchored or matches[0].claimed):
            return self._implied(words, found, matches, ahead)
        if not matches[0].anchored:  # what was done says more than what it was done to
            like = matches[0].exact == 0  # in "their last ride cost 10" no charge was made
            done = [
                e for e in matches if e.anchored and e.score >= (0.6 if like and e.exact else 0.9)
            ]
            matches = [*done[:1], *(each for each in matches if each not in done[:1])]
        matches = _own_word_first(matches)
        best = self._with_the_value(matches, found)
        best = of_the_thing(self._spent_on(best, matches, words, found), matches, words)
        best = of_that_order(best, matches, self.words)
        others: tuple[EventMatch, ...] = ()
        if is_other_purchase(best, self.words):
            others = sold(best, found, words, self.world.lexicon)
            best = others[0] if others else best
        if negated and self._is_their_own(best):
            return None
        if self._leads_to_flag(words):
            self._led = frozenset(words)
            return None
        stepped = step and best.anchored and bool(best.exact or best.role)
        if not stepped and self._other(best, found):
            return None
        if self._consents(words, found, items):
            return None
        if self._flagged(best, found, items) or self._is_sum_of_trait(best, found, words):
            return None
        times = [item for _, (_, item) in items if is_time(item)]
        if self._is_fee(best, words) or self._is_joining(best, found):
            return None
        if self._is_last_time(best, found, times):
            return None
        if self._is_verb_of_value(best, found) or self._is_how(best, found):
            return None
        if self._is_doing_now(best, found):
            return None
        if self._is_state(best, found) or self._is_noun_of_value(best, found):
            return None
        summed = best.anchored and any(word.low in _SUMMED for word in words.values())
        if not (stepped or summed) and self._dated_trait(best, found, times, words):
            return None
        if self._is_only_like(best, words, found):
            matches = [each for each in matches if not self._is_only_like(each, words, found)]
            if not matches:
                return self._implied(words, found, matches, ahead)
            best = matches[0]
        best = self._lightly(best, matches, words)
        best = self._plainer(best, matches, found)
        alike = [each for each in matches if each.claimed == best.claimed]
        took_place = None if best.anchored else self._as_done(alike)
        if took_place is not None:
            best, matches = (
                took_place,
                [took_place, *(each for each in matches if each not in alike)],
            )
        rest = [p for p in words if p not in best.claimed and words[p].low not in _SUMMED]
        unsaid = any(is_action(words[place].stem) for place in rest) or any(
            best.score - each.score < 0.1 and each.claimed == best.claimed for each in matches[1:3]
        )
        if not best.anchored and not self._counted_object(
            best, items, negated, times, found, unsaid
        ):
            own = self._by_noun(words, found, matches)
            return own or self._implied(words, found, matches, ahead)
        spent_by = {place for place in words if words[place].low in cue("spend")}
        told = best.claimed - spent_by and self._takes_money(best)  # "spent on trips"
        rivals = [
            each
            for each in matches[1:4]
            if best.score - each.score < NEAR
            and each.anchored
            and self._as_active(each, best)
            and not (each.claimed == best.claimed and each.exact < best.exact)
            and not (told and each.claimed <= spent_by)
        ]
        if best.entry.opaque and not self._leaves_unsaid(best):
            rivals = [each for each in rivals if not self._tells_more(each, best)]
        rivals = rivals or self._as_unnamed(best, matches, found)
        every = [best, *rivals] if rivals else []
        only = self._told_by_fields(every, found) if rivals else None
        only = only or self._begun(every) or self._spoken_of(every, words)
        if only is not None:
            best, rivals = only, []
        if rivals:
            said = " ".join(self.words[place].text for place in sorted(best.claimed))
            entry = self.context.tie(said, (best.entry, *(each.entry for each in rivals)))
            best = next(each for each in (best, *rivals) if each.entry is entry)
        if best.role in best.entry.also:
            said = " ".join(self.words[place].text for place in sorted(best.claimed))
            self.context.assume(f"“{said}” is read as {best.name}.")
        return self._less_values(self._sold(best, others), found)

    def _is_their_own(self, match: EventMatch) -> bool:
        """ "don't have their card on auto-renew": what they have, and not that they never got one."""
        return any(
            low_at(self.words, place - 1) in _OF_THEM and low_at(self.words, place - 2) in _HAVE
            for place in match.claimed
        )

    def _joins_something_else(self, match: EventMatch) -> bool:
        """ "joined us in May", "since they joined": them, and not a class or a room that nobody named."""
        said = {self.words[place].stem for place in match.claimed}
        theirs = match.role == "sign_up" and match.role not in match.entry.also
        if said != {_JOIN} or theirs or set(match.entry.words) <= said:
            return False
        known = [*self.world.lexicon.roles.get("sign_up_date", ()), *self.world.lexicon.events]
        after = self.words[max(match.claimed) + 1 :][:1]
        if not any(each.role in ("sign_up", "sign_up_date") for each in known):
            return bool(after) and after[0].low == "us"
        ends = not after or not after[0].is_word or max(match.claimed) + 1 in self.world.covered
        return ends or after[0].low in _US

    def _is_called_so(self, link: Link, words: dict[int, Word]) -> bool:
        """ "claimed the daily reward": what was done is called so, whatever value is called so too."""
        inside = {self.words[p].stem for p in range(link.first, link.end) if self.words[p].is_word}
        rest = {word.stem for place, word in words.items() if place < link.first}
        nth = link.first > 0 and self.words[link.first - 1].low in cue("first") | cue("last")
        return any(
            inside <= set(each.words)
            and (nth or rest & set(each.words) - inside or any(is_action(word) for word in inside))
            for each in self.world.lexicon.events_like(inside)
        )

    def _is_in_use(self, place: int) -> bool:
        """ "seats in use": how many are, and not that anybody used a thing."""
        return low_at(self.words, place) == "use" and low_at(self.words, place - 1) == "in"

    def _is_to_dwell(self, place: int) -> bool:
        """ "live in", "living near": where people are at home, whatever is called live here."""
        after = low_at(self.words, place + 1)
        return self.words[place].low in _DWELL and after in _WHERE

    def _told_by_fields(self, rivals: list[EventMatch], found: list[Link]) -> EventMatch | None:
        """ "completed Business Spanish", "completed with a grade below 60": of events that a verb fits
        equally well, the only one that has the field, or is called like the field that has the value."""
        spent = all(self.words[p].low in cue("spend") for each in rivals for p in each.claimed)
        hits = dict.fromkeys(range(len(rivals)), 0)
        for link in found:
            for place, each in enumerate(rivals):
                named = any(n.event == each.name and n.score >= 0.95 for n in link.names)
                valued = any(
                    v.event == each.name
                    and v.score >= 0.95
                    and (
                        set(v.entry.words) & set(each.entry.words)
                        or (spent and low_at(self.words, link.first - 1) == "on")
                    )
                    for v in link.values
                )
                hits[place] += named or valued
        most = max(hits.values())
        best = [place for place, count in hits.items() if count == most]
        return rivals[best[0]] if most and len(best) == 1 else None

    def _begun(self, rivals: list[EventMatch]) -> EventMatch | None:
        """ "had a session", where its start and its end are two events: begun, or as long as it was."""
        nouns = {tuple(w for w in each.entry.words if w not in _BEGIN | _END) for each in rivals}
        if len(nouns) != 1 or len({each.claimed for each in rivals}) != 1:
            return None
        if self._lasts():
            lasting = [
                each
                for each in rivals
                if any(
                    type_of(prop) == "number" and unit_of(prop) in ("second", "minute", "hour")
                    for prop in each.entry.properties.values()
                )
            ]
            return lasting[0] if len(lasting) == 1 else None
        begun = [each for each in rivals if _BEGIN & set(each.entry.words)]
        if len(begun) != 1 or not all(
            _END & set(e.entry.words) for e in rivals if e is not begun[0]
        ):
            return None
        said = " ".join(self.words[place].text for place in sorted(begun[0].claimed))
        self.context.assume(f"“{said}” is read as {begun[0].name}.")
        return begun[0]

    def _is_verb_here(self, place: int) -> bool:
        """ "who gave", "did not come": what stands where only a verb can."""
        if self.words[place].stem in _SAY_LITTLE:
            return False
        before = place - 1
        while before >= 0 and self.words[before].low in _ADVERBS:
            before -= 1
        low = self.words[before].low if before >= 0 else ""
        if low in _DO:
            return True
        noun = self.words[place].low.endswith(NOUNS)
        return not noun and is_past(self.words[place]) and low in _BEFORE_VERBS | _HAVE

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
        return self._paid_by(best, found)

    def _paid_by(self, best: EventMatch, found: list[Link]) -> EventMatch:
        """ "paid by bank transfer": of all that takes money, the one thing done that has the way."""
        if best.role is None or any(self.words[p].low not in cue("spend") for p in best.claimed):
            return best
        for link in found:
            if link.first == 0 or self.words[link.first - 1].low not in ("by", "with", "via"):
                continue
            events = {each.event for each in link.values if each.score >= 0.9}
            if any(is_past(self.words[p]) for p in best.claimed):
                events -= {None}  # "paid with PayPal in May": then, whatever way is saved of them
            if len(events) != 1 or None in events or best.name in events:
                continue
            entry = self.world.lexicon.by_event[next(iter(events)) or ""]
            if any(each.role == "money" for each in entry.properties.values()):
                return EventMatch(entry, best.score, best.claimed, anchored=True)
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
            each for each in matches if each.claimed - verbs - told and self._takes_money(each)
        ]
        if not fitting or any(fitting[0].score - each.score < NEAR for each in fitting[1:2]):
            return best
        return replace(fitting[0], claimed=fitting[0].claimed | verbs, anchored=True)

    def _sold(self, best: EventMatch, others: tuple[EventMatch, ...]) -> EventMatch:
        """What was bought, where the one event called a purchase is of something else."""
        if best not in others:
            return best
        said = " ".join(self.words[place].text for place in sorted(best.claimed))
        entries = tuple(each.entry for each in others)
        entry = self.context.tie(said, entries) if len(others) > 1 else entries[0]
        self.context.assume(f"“{said}” means {entry.field.name}.")
        return next(each for each in others if each.entry is entry)

    def _takes_money(self, match: EventMatch) -> bool:
        return any(each.role == "money" for each in match.entry.properties.values())

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
        means = {place for place in valued if tells_means(self.words[place])}
        if means:
            return replace(best, claimed=best.claimed - means, anchored=True)
        kept = best.claimed - valued
        verbs = any(is_action(self.words[place].stem) for place in kept)
        return replace(best, claimed=kept) if valued and verbs else best

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
        before = self.context.event
        denied = negated or any(item.text.lower() == "never" for _, (_, item) in items)
        if denied and best.exact == 0 and before is not None and before.entry is not best.entry:
            known = before.entry.field.name
            if any(each.event == known for link in found for each in link.values):
                return False  # "booked a suite but no single room": booked none
        ordinal = any(
            self.words[place].low in cue("last") | cue("first")
            for place in range(max(0, min(best.claimed) - 2), min(best.claimed))
        )
        named = ordinal and all(self.words[e].stem in best.entry.words for e in best.claimed)
        if self._is_one_of_so_much(best, items):
            return True
        plural = self.words[max(best.claimed)].low.endswith("s") and any(
            end == min(best.claimed) for _, (end, item) in items if isinstance(item, Range | Number)
        )
        for link in found:
            inside = set(range(link.first, link.end))
            for each in link.all():
                if plural and type_of(each.entry) in ("date", "timestamp"):
                    continue  # "two services": the day of the last one is no number of them
                if times and type_of(each.entry) == "number":
                    continue  # "no order within a day": a number has no window
                numeric = type_of(each.entry) == "number"
                if (
                    each.score > (0.7 if numeric and not named else 0.85)
                    and self._mine(each.event, each.entry)
                    and inside & best.claimed
                ):
                    return False
        counted = any(
            isinstance(item, Range | Number | Money | LengthRange | Vague)
            and end <= max(best.claimed, default=0)
            for _, (end, item) in items
        )
        return counted or bool(times) or ((negated or ordinal) and best.whole)

    def _is_one_of_so_much(self, best: EventMatch, items: Placed) -> bool:
        """ "a stay of at least 5 nights": the thing itself, and how much of something it was."""
        first = min(best.claimed)
        own = self.words[first].stem in best.entry.words
        of = low_at(self.words, first + 1) == "of" and any(place == first + 2 for place, _ in items)
        return own and of and low_at(self.words, first - 1) in ("a", "an")


_SUMMED = cue("total") | cue("average")  # "rides adding up to 200 km"
_BEGIN = frozenset(
    map(stem, ("start", "begin", "open", "launch", "issued", "raised", "filed", "submitted"))
)
_END = frozenset(
    map(stem, ("end", "stop", "finish", "close", "paid", "settled", "decided", "solved"))
)
_DWELL = frozenset(["live", "lives", "lived", "living"])
_WHERE = frozenset(["in", "near", "outside", "within", "abroad", "around", "at", "inside"])
_SURE = 0.95
_TOLD = 0.97  # a value as it is, or as a description explains its code
_ADVERBS = frozenset(
    ["not", "never", "also", "ever", "already", "then", "recently", "just", "only"]
)
_SAY_LITTLE = frozenset(["get", "have", "do", "be", "make", "take"])
_BEFORE_VERBS = frozenset(["", "who", "that", "and", "or", "but"])
NOUNS = ("s", "ion", "al", "ment", "ance", "ure", "er")
_JOIN = stem("join")
_US = frozenset(["us", "in", "on", "at", "since", "before", "after", "through", "via", "by", "last", "this", "during", "within", "and", "or", "but"])  # fmt: skip
_DO = frozenset(["did", "didn't", "didnt", "do", "don't", "dont"])
_OF_THEM = frozenset(["their", "his", "her"])
_HAVE = frozenset(["have", "has", "haven't", "havent", "hasn't", "hasnt", "had", "hadn't"])


@cache
def _light_stems() -> frozenset[str]:
    return frozenset(stem(each) for each in ("use", "do", "make", "take", "give", "try", "perform"))


def _own_word_first(matches: list[EventMatch]) -> list[EventMatch]:
    """ "paused": an event whose name has the word, before one that has only a word like it."""
    first = matches[0]
    own = [
        each
        for each in matches
        if each.claimed == first.claimed
        and each.anchored
        and each.exact > first.exact == 0
        and each.score >= _OWN
    ]
    if not own or first.role is not None:
        return matches
    return [own[0], *(each for each in matches if each is not own[0])]
