"""Whether the words of a piece mean what is known of people, and not something done."""

from __future__ import annotations

from audience.english.amounts import is_amount, unit_of
from audience.english.context import Context, World, cue, type_of
from audience.english.events import (
    EventMatch,
    is_action,
    is_past,
)
from audience.english.fees import CURRENCY, MONEY, PAYING, fee_after, fee_paid, is_money, is_sum
from audience.english.links import Link
from audience.english.literals.items import (
    Comparator,
    Ever,
    Item,
    Length,
    LengthRange,
)
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word, frame_words
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.english.totals import is_total

Placed = list[tuple[int, tuple[int, Item]]]


class TraitMeant:
    """What is read, and the questions that tell a trait from an event."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.words = world.sentence.words
        self.context = Context()
        self._subject = False
        self._held = False
        self._items: Placed = []
        self._day: Link | None = None  # the words of a date to come that is known of them
        self._led = frozenset[int]()  # words that the flag after them says again

    def is_subject(self, place: int) -> bool:
        """Whether the word at `place` only says who is meant (word_kinds.py tells)."""
        raise NotImplementedError

    def _mine(self, event: str | None, entry: object) -> bool:
        owner = getattr(getattr(entry, "field", None), "owner", None)
        return event is None and (owner == "account") == self.context.accounts

    def _other(self, best: EventMatch, found: list[Link]) -> bool:
        """Whether a trait, an audience or a term names all of these words, and better."""
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed or not best.claimed <= inside:
                continue
            if link.audience is not None or link.term is not None:
                return True
            names = [each for each in link.names if self._mine(each.event, each.entry)]
            if best.anchored and any(
                getattr(i, "unit", None) == "times" for _, (_, i) in self._items
            ):
                names = []  # "saved a design 10 times": done so often, whatever is counted of them
            if self._is_done_uncounted(best):
                names = [each for each in names if type_of(each.entry) != "number"]
            if self._is_spent_then(best, link):
                names = []
            values = [each for each in link.values if self._mine(each.event, each.entry)]
            if self._is_done_then(best):
                values = []  # "paused in the last 30 days", and not who is paused
            around = self.context.event.entry.field.name if self.context.event else None
            if link.length > 1 and any(
                each.event == around and each.score >= 0.95 for each in link.values
            ):
                return True
            score = max([*(each.score for each in names), *(each.score for each in values), 0.0])
            if score >= 0.95 and (link.length > len(best.claimed) or len(best.claimed) > 1):
                return True
            like = best.score < 1.0 or (not best.exact and self._are_such(best))
            if score >= 0.95 and best.role is None and like:
                return True
            if score >= 0.99 and any(type_of(each.entry) == "number" for each in names):
                return True
        return False

    def _is_spent_then(self, best: EventMatch, link: Link) -> bool:
        """ "spent over 300 in total this year": of that time, where all that was ever paid has none."""
        times = [item for _, (_, item) in self._items if is_time(item)]
        timed = any(not isinstance(item, Ever) for item in times)
        if not timed or best.role != "purchase":
            return False
        named = [each for each in link.names if self._mine(each.event, each.entry)]
        nearest = max(named, key=lambda each: each.score, default=None)
        return nearest is not None and nearest.entry.role == "spend" and is_total(nearest.entry)

    def _is_done_then(self, best: EventMatch) -> bool:
        """Whether a verb that the event is called by has a time, or says how often."""
        return (
            best.anchored
            and best.exact > 0
            and any(is_past(self.words[place]) for place in best.claimed)
            and any(
                is_time(item) or getattr(item, "unit", None) == "times"
                for _, (_, item) in self._items
            )
        )

    def _is_done_uncounted(self, best: EventMatch) -> bool:
        """ "followed a show last week": done, where no number is said that a trait could be held to."""
        done = best.anchored and best.exact > 1 and is_past(self.words[min(best.claimed)])
        return done and not any(is_amount(item) for _, (_, item) in self._items)

    def _are_such(self, best: EventMatch) -> bool:
        """ "paused customers": how they are, said right before the noun for people."""
        return self._low_at(max(best.claimed) + 1) in frame_words()["subjects.users"]

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
        told = {*best.entry.words, *(best.entry.about if best.entry.opaque else ())}
        if items or self._said_of(best) & told:
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

    def _is_sum_of_trait(self, best: EventMatch, found: list[Link], words: dict[int, Word]) -> bool:
        """ "with savings over £10,000": a noun that a sum of money known of them is called by."""
        if any(is_past(words[place]) for place in best.claimed):
            return False
        if self._is_counted_now(best):
            return True
        if self._is_count_of_trait(best, found) or self._is_had(best, found):
            return True
        if self._is_of_all_time(best, found):
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
                    and not self._is_spent_then(best, link)
                    and not self._is_other_sum(each.entry, words)
                    and (said & set(each.entry.words) or not best.exact)
                    and type_of(each.entry) == "number"
                    and (MONEY & set(each.entry.words) or CURRENCY & each.entry.about)
                ):
                    return True
        return False

    def _is_other_sum(self, entry: Entry, words: dict[int, Word]) -> bool:
        """ "total order value": not of the average one."""
        total = any(word.low in cue("total") for word in words.values())
        return total and bool(_AVERAGES & {*entry.words})

    def _is_of_all_time(self, best: EventMatch, found: list[Link]) -> bool:
        """ "20 nights over their lifetime": a number that is known of them over all time."""
        ever = any(isinstance(item, Ever) for _, (_, item) in self._items)
        return ever and any(
            best.claimed <= set(range(link.first, link.end))
            and self._mine(each.event, each.entry)
            and is_total(each.entry)
            for link in found
            for each in link.names
        )

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
            and not self._is_spent_then(best, link)
            and {self.words[place].stem for place in best.claimed} <= set(each.entry.words)
            for link in found
            for each in link.names
        )

    def _is_verb_of_value(self, best: EventMatch, found: list[Link]) -> bool:
        """ "paid monthly", "pays by direct debit": the field that holds the value is called so, or
        described so, and what was done has no such value."""
        if len(best.claimed) != 1:
            return False
        place = next(iter(best.claimed))
        first = place + 1
        while self._low_at(first) in _BY and not self._items:
            first += 1
        done = first == place + 1 or is_past(self.words[place])
        spoken = found if done else self.world.found  # "pay | with PayPal"
        after = [
            link
            for link in spoken
            if link.first == first and any(each.score >= 0.9 for each in link.values)
        ]
        stem_ = self.words[place].stem
        return bool(after) and all(
            self._mine(each.event, each.entry)
            and (
                stem_ in each.entry.words
                or (first > place + 1 and stem_ in each.entry.about and not best.entry.properties)
                or (first > place + 1 and any(likeness(stem_, e) for e in each.entry.words))
            )
            for link in after
            for each in link.values
        )

    def _low_at(self, place: int) -> str:
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def _is_doing_now(self, best: EventMatch, found: list[Link]) -> bool:
        """ "people driving a Corvo": what they have, where the event says more than that verb."""
        if len(best.claimed) != 1 or best.whole or self._items:
            return False
        place = min(best.claimed)
        first = place + 1
        while self._low_at(first) in ("a", "an", "the"):
            first += 1
        return self.words[place].low.endswith("ing") and any(
            self._mine(each.event, each.entry) and each.score >= 0.99
            for link in found
            if link.first == first
            for each in link.values
        )

    def _is_how(self, best: EventMatch, found: list[Link]) -> bool:
        """ "were referred by a partner": what was done to them, as a value of a trait tells."""
        if best.exact or best.role is not None or len(best.claimed) != 1:
            return False
        place = next(iter(best.claimed))
        passive = place and self.words[place - 1].low in ("was", "were", "been", "being", "be")
        if not passive or place + 2 >= len(self.words) or self.words[place + 1].low != "by":
            return False
        after = [link for link in found if place + 2 <= link.first <= place + 3 and link.values]
        return bool(after) and all(
            self._mine(each.event, each.entry) for link in after for each in link.values
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
                or any(likeness(words[place].stem, each) for each in (*fee[0].words, *fee[0].about))
                for place in best.claimed
            ):
                return True
        return False

    def _is_counted_now(self, best: EventMatch) -> bool:
        """ "follow more than 15 shows": what they do now is counted in a number known of them."""
        said = {self.words[place].stem for place in best.claimed}
        doing = any(
            is_action(self.words[each].stem)
            and not is_past(self.words[each])
            and not self.words[each].low.endswith("ing")
            for each in best.claimed
        )
        counted = any(is_amount(item) and end in best.claimed for _, (end, item) in self._items)
        if len(said) < 2 or not doing or not counted:
            return False
        people = self.world.lexicon.accounts if self.context.accounts else self.world.lexicon.users
        return any(type_of(each) == "number" and said == set(each.words) for each in people)

    def _is_noun_of_value(self, best: EventMatch, found: list[Link]) -> bool:
        """ "with a year pass", "on the complete plan": a value known of them, beside its field's noun."""
        if any(is_time(item) or end in best.claimed for _, (end, item) in self._items):
            return False  # "3 passes": counted, as what was done is
        for link in found:
            inside = set(range(link.first, link.end))
            for each in link.values:
                if each.score < _SURE or not self._mine(each.event, each.entry):
                    continue
                nouns = {
                    place
                    for place in (link.first - 1, link.end)
                    if 0 <= place < len(self.words)
                    and self.words[place].stem
                    in (each.entry.about if each.entry.opaque else each.entry.words)
                    and not is_past(self.words[place])
                }
                if nouns and best.claimed <= inside | nouns:
                    return True
        return False

    def _is_count_of_trait(self, best: EventMatch, found: list[Link]) -> bool:
        """ "two or more unpaid invoices": a number that is known of them, called so in full."""
        amounts = [(place, end) for place, (end, item) in self._items if is_amount(item)]
        for link in found:
            inside = set(range(link.first, link.end))
            if not best.claimed <= inside or link.length < 2:
                continue
            after = link.end + (link.end < len(self.words) and self.words[link.end].low in _IS)
            if not any(link.first == end or place in (link.end, after) for place, end in amounts):
                continue
            if any(
                self._mine(each.event, each.entry)
                and type_of(each.entry) == "number"
                and each.score >= 0.85
                and not self._is_spent_then(best, link)
                for each in link.names
            ):
                return True
        return False

    def said(self, words: dict[int, Word]) -> list[Word]:
        """The words with those that stand between and right before them, small ones too."""
        first = min(words, default=0)
        return self.words[max(0, first - 3) : max(words, default=first) + 1]

    def _held_against(self, found: list[Link], items: Placed) -> set[int]:
        """ "an order above their average order value": the words of a field that another is held to."""
        places = set[int]()
        for _, (end, item) in items:
            at = end
            while at < len(self.words) and self.words[at].low in _THEIRS:
                at += 1
            if not isinstance(item, Comparator):
                continue
            for link in found:
                if (
                    link.first == at
                    and link.length > 1
                    and any(
                        self._mine(each.event, each.entry)
                        and each.score >= 0.95
                        and type_of(each.entry) == "number"
                        for each in link.names
                    )
                ):
                    places.update(range(link.first, link.end))
        return places

    def _is_so_long(self, words: dict[int, Word], found: list[Link], items: Placed) -> set[int]:
        """ "with a streak of 30 days or more": a noun that a length of what they have is called, and
        nothing that was done."""
        timed = any(isinstance(item, Length | LengthRange) for _, (_, item) in items)
        if not timed or any(is_past(word) for word in words.values()):
            return set()
        return {
            link.first
            for link in found
            if link.length == 1
            and link.first in words
            and any(
                self._mine(each.event, each.entry)
                and type_of(each.entry) == "number"
                and unit_of(each.entry) == "day"
                and each.entry.words[-1] == self.words[link.first].stem
                for each in link.names
            )
        }

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


_SURE = 0.95
_BY = frozenset(["by", "with", "via", "in", "through", "on", "a", "the"])
_IS = frozenset(["is", "was", "of", "at"])  # "whose average order is above 100"
_THEIRS = frozenset(["their", "own", "his", "her", "the", "its"])
_AVERAGES = frozenset(map(stem, ("average", "avg", "mean")))
