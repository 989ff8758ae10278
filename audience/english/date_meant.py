"""Whether the words of a piece mean a day that is known of people, and not something done."""

from __future__ import annotations

from audience.english.amounts import is_amount
from audience.english.context import cue, type_of
from audience.english.events import WHY, EventMatch, is_action, is_object, is_past, is_telling
from audience.english.links import Link, NameLink
from audience.english.literals.items import Calendar, Future, Item, Rolling, Within
from audience.english.named_dates import coming_date, is_held, is_to_come, lies_ahead
from audience.english.schema import Entry, light, likeness
from audience.english.sentence import Word, frame_words, low_at
from audience.english.trait_meant import TraitMeant


class DateMeant(TraitMeant):
    """The questions that tell a date from an event."""

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

    def _is_last_time(self, best: EventMatch, found: list[Link], times: list[Item]) -> bool:
        """ "have not been contacted in 90 days": when that was last is known of them, by that word."""
        if times and self._is_last_of_thing(best, found):
            self._led = best.claimed  # the verb says no more than the date's own "last"
            self.context.used |= best.claimed
            return True
        if best.exact or not times or len(best.claimed) != 1:
            return False
        place = next(iter(best.claimed))
        said = self.words[place].stem
        if low_at(self.words, place - 1) in cue("last") and self._is_known_last(said):
            return True
        passive = place > 0 and self.words[place - 1].low in ("been", "was", "were")
        return (passive or self._is_without_object(place)) and any(
            link.first == place
            and link.length == 1
            and self._mine(each.event, each.entry)
            and type_of(each.entry) in ("date", "timestamp")
            and any(likeness(said, word) >= _NAMED_SO for word in each.entry.words)
            for link in found
            for each in link.names
        )

    def _is_without_object(self, place: int) -> bool:
        """ "customers seen within a week", "we have seen in May": it was done to them, by us. What only
        may be a participle, "and ordered in May", is what they did."""
        before = low_at(self.words, place - 1)
        open_ = not before or before in _JOINED or self.is_subject(place - 1)
        ours = any(word.low in _OURS for word in self.words[max(0, place - _NEAR_US) : place])
        return place + 1 in self.world.sentence.items and (
            ours or (open_ and self.words[place].low.endswith("n"))
        )

    def _is_known_last(self, said: str) -> bool:
        """ "last visited us in May": one date that is known of them is when they last did that."""
        people = self.world.lexicon.accounts if self.context.accounts else self.world.lexicon.users
        known = [
            each
            for each in people
            if type_of(each) in ("date", "timestamp")
            and cue("last") & {*each.words, *each.about}
            and said in {*each.words, *each.about}
        ]
        return len(known) == 1

    def _is_last_of_thing(self, best: EventMatch, found: list[Link]) -> bool:
        """ "haven't opened the app for a month": when that thing was last used is known of them."""
        place = max(best.claimed, default=0) + 1
        while place < len(self.words) and self.words[place].low in frame_words()["empty.articles"]:
            place += 1
        known = {*best.entry.words, *best.entry.about}
        return (
            len(best.claimed) == 1
            and not any(map(self.is_subject, best.claimed))
            and place < len(self.words)
            and not any(likeness(self.words[place].stem, each) for each in known)
            and any(
                link.first == place
                and self._mine(each.event, each.entry)
                and type_of(each.entry) in ("date", "timestamp")
                and cue("last") & set(each.entry.words)
                and each.score >= _TOLD
                for link in found
                for each in link.names
            )
        )

    def _is_named_whole(self, best: EventMatch, words: dict[int, Word]) -> bool:
        """ "whose trial has not ended": the thing and its verb are both in the name of a date."""
        said = {word.stem for word in words.values()}
        people = self.world.lexicon.accounts if self.context.accounts else self.world.lexicon.users
        return (
            len(said) > 1
            and not best.claimed >= words.keys()
            and any(
                type_of(each) in ("date", "timestamp") and said <= set(each.words)
                for each in people
            )
        )

    def _tells_of_thing(self, link: Link, named: NameLink, best: EventMatch) -> bool:
        """ "opened an account in May": its thing is the date's, where the event has none called so."""
        inside = set(range(link.first, link.end))
        things = [
            self.words[each].stem
            for each in inside - best.claimed
            if self.words[each].is_word
            and self.words[each].low not in frame_words()["empty.articles"]
        ]
        known = {*best.entry.words, *best.entry.about}
        return (
            best.claimed < inside
            and named.score >= _TOLD
            and bool(things)
            and not any(likeness(each, word) for each in things for word in known)
        )

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
            and not (times and self._is_end_unsaid(best, each.entry, words))
        ]
        held = any(is_amount(item) for _, (_, item) in self._items)  # "the last one was over 300"
        if not times and not held and self._is_named_whole(best, words):
            return True
        if any(is_amount(item) and end in best.claimed for _, (end, item) in self._items):
            return False  # "more than 10 sessions": counted, whenever the last one was
        if not times and self._is_told_of(best, found):
            return False  # "the most recent service was brakes": which one, and not when
        if any(is_past(word) for word in words.values()) and self._is_told_of(best, found):
            return False  # "cancelled over the price in May": what the day does not tell
        if self._is_yet_to_come(times, words):
            return True
        if not dated:
            return False
        if any(isinstance(item, Calendar) for item in times) and self._is_going_to(dated, words):
            return True
        if times and self._is_day_to_come(dated, words):
            return True
        if times and any(self._tells_of_thing(link, each, best) for link, each in dated):
            return True
        if (
            best.role == "sign_up"
            and best.exact < 2  # not "joined a tour"
            and any(isinstance(item, Rolling) and item.oldest is None for item in times)
        ):  # "signed up more than a year ago": events do not reach back that far
            return any(each.entry.role == "sign_up_date" for _, each in dated)
        if times and self.context.accounts and best.role == "sign_up":
            return any(each.entry.role == "sign_up_date" for _, each in dated)
        if times and self._is_done_to(best):
            return False
        if any(isinstance(item, Future) for item in times):
            past = any(word.low in _DID for word in self.said(words))
            return self.context.event is None or not past
        spanned = {place for link, _ in dated for place in range(link.first, link.end)}
        if best.claimed <= spanned and any(
            isinstance(item, Within) and item.approach != "for" for item in times
        ):
            return not (any(is_past(word) for word in words.values()) or self._is_none(best, dated))
        if (
            times
            and best.role is None
            and best.score < 1.25
            and best.claimed <= spanned
            and any(each.score >= 0.8 for _, each in dated)
        ):
            return True
        said = {word.stem for word in words.values()}
        beyond = said - {self.words[place].stem for place in best.claimed}
        if times and any(
            beyond & set(each.entry.words) and set(each.entry.words) - light() <= said
            for _, each in dated
        ):
            return True  # "the renewal is due in May": every word of the date's own name
        unsaid = set(best.entry.words) - {self.words[place].stem for place in best.claimed}
        if times and unsaid and any(each.score >= 0.99 for _, each in dated):
            return best.claimed <= spanned
        telling = any(is_telling(word) for word in unsaid)
        gone = any(is_past(words[place]) for place in best.claimed & set(words)) and all(
            lies_ahead(each.entry, [], self.world.today) for _, each in dated
        )  # "renewed for 12 months": what they did, not the date to come
        near = best.claimed <= spanned and max(each.score for _, each in dated) >= 0.85
        if times and telling and near and not gone:
            return True  # "opened in May": the account, where only e-mails are opened else
        if best.anchored and best.score >= 0.95:
            return False
        covered = {place for link, _ in dated for place in range(link.first, link.end)}
        score = max(each.score * link.length for link, each in dated)
        return len(covered & set(words)) > len(best.claimed) or (score > best.score and bool(times))

    def _is_end_unsaid(self, best: EventMatch, entry: Entry, words: dict[int, Word]) -> bool:
        """ "had a ride last week": of a date that tells of the last one, or the first, nobody spoke."""
        unsaid = set(best.entry.words) - {self.words[place].stem for place in best.claimed}
        if not best.exact or any(is_object(word) for word in unsaid):
            return False  # calls that sales made are no calls of an API
        ends = cue("last") | cue("first")
        near = range(max(0, min(words) - _BEHIND), max(words) + 1)
        said = {self.words[place].low for place in near if place not in self.world.covered}
        return bool(ends & set(entry.words)) and not ends & said

    def _is_yet_to_come(self, times: list[Item], words: dict[int, Word]) -> bool:
        """ "has a renewal in May", "the renewal falls in May", "renews in May": one date that is to come."""
        if any(is_past(word) for word in words.values()):
            return False
        today, end = self.world.today, max(words, default=0) + 1
        behind = [each for each in self.words[end : end + _BEHIND] if each.is_word]
        items = {at for first, (last, _) in self._items for at in range(first, last)}
        behind = [each for at, each in enumerate(behind, end) if at not in items]
        said = [*self.said(words), *words.values(), *behind]
        if {word.low for word in said} & _DID:
            return False
        held = is_held(said, words.values(), led=self._held)
        if not any(is_to_come(item, said, today, held=held) for item in times):
            return False
        entry = coming_date(self.world, words.values(), self.context.accounts)
        if entry is None:
            return False
        known = {*entry.words, *entry.about}
        places = [
            place
            for place, word in words.items()
            if word.low not in cue("seem") or word.stem in known
        ]
        self._day = Link(min(places), max(places) + 1, (NameLink(entry, 1.0, None),))
        return True

    def _is_done_to(self, best: EventMatch) -> bool:
        """ "renewed a membership this year": what they did to it, by the verb and the noun of its name."""
        verbs = [place for place in best.claimed if is_action(self.words[place].stem)]
        if len(verbs) != 1 or best.exact < len(best.claimed) or len(best.claimed) < _BOTH:
            return False
        before = [low_at(self.words, verbs[0] - back) for back in (1, 2)]
        past = is_past(self.words[verbs[0]]) and before[0] not in _PASSIVE
        past = past or bool({*before} & _DID)
        return past and verbs[0] == min(best.claimed)

    def _is_none(self, best: EventMatch, dated: list[tuple[Link, NameLink]]) -> bool:
        """ "no order in 90 days": none happened, where no date to come is called so."""
        ahead = any(lies_ahead(each.entry, [], self.world.today) for _, each in dated)
        return low_at(self.words, min(best.claimed) - 1) in ("no", "zero", "without") and not ahead

    def _is_told_of(self, best: EventMatch, found: list[Link]) -> bool:
        """Whether a value of the event stands beside, which nothing known of people has, or why it happened."""
        return any(
            any(each.event == best.name and each.score >= 0.95 for each in link.values)
            and (
                self._is_why(link, best)
                or not any(self._mine(each.event, each.entry) for each in link.all())
            )
            for link in found
            if not best.claimed & set(range(link.first, link.end))
        )

    def _is_day_to_come(self, dated: list[tuple[Link, NameLink]], words: dict[int, Word]) -> bool:
        """ "the renewal date is this week", "renews in May": a day that lies ahead, and said as one."""
        first, last = min(words), max(words)
        said = self.words[first : last + 1]
        return (
            any(word.low in cue("seem") for word in said)
            and not any(is_past(word) for word in said)
            and all(lies_ahead(each.entry, [], self.world.today) for _, each in dated)
        )

    def _is_why(self, link: Link, best: EventMatch) -> bool:
        """ "because of the price": a reason of what was done, whatever else is called so."""
        before = link.first - 1
        while low_at(self.words, before) in frame_words()["empty.articles"]:
            before -= 1
        led = low_at(self.words, before - 1), low_at(self.words, before)
        return (led in _BECAUSE or led[1] == "over") and any(
            each.event == best.name and WHY & set(each.entry.words) for each in link.values
        )

    def _is_going_to(self, dated: list[tuple[Link, NameLink]], words: dict[int, Word]) -> bool:
        """ "renewing in May": of a date that lies ahead, as the verb does."""
        verbs = [word for word in words.values() if is_action(word.stem)]
        return (
            bool(verbs)
            and all(word.low.endswith("ing") for word in verbs)
            and all(lies_ahead(each.entry, [], self.world.today) for _, each in dated)
        )


_TOLD = 0.85  # the score of a name whose description says all the words
_NAMED_SO = 0.85  # likeness of a verb to a date that is called so in one word
_BECAUSE = {("because", "of"), ("due", "to"), ("owing", "to"), ("thanks", "to"), ("account", "of")}
_BEHIND = 3  # words behind a noun that may say that it comes
_BOTH = 2  # a verb and its noun
_PASSIVE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])
_OURS = frozenset(["we", "we've", "weve", "nobody"])
_NEAR_US = 3  # words from "we" to what we have done
_JOINED = frozenset(["and", "or", "but", ",", "not", "last", "-", ":", "("])
_DID = frozenset({"did", "didn't", "didnt"})
