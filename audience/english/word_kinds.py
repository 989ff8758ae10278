"""Which words of a sentence ask for something, and which only frame it: leads, subjects, small words."""

from __future__ import annotations

from audience.english.context import World, cue, type_of
from audience.english.errands import errand_end, errands_between, errands_of_ours
from audience.english.events import is_action
from audience.english.links import GOOD, Link, NameLink
from audience.english.schema import Entry
from audience.english.sentence import Word, frame_words
from audience.english.steps import Steps
from audience.english.tokens import name_words, stem, stem_set


class WordKinds(Steps):
    """Tells the words that a condition must account for from all the others."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._valued = {link.first for link in world.found if link.length == 1 and link.values}
        self._meant = self._values_of_small_words()
        self.lead_end = self._lead()
        self._errands = errands_between(self.words) | self._ours()
        self.tail = self._tail()

    def _lead(self) -> int:
        """The word after "show me all", "I want to reach", and the like."""
        kinds = frame_words()
        polite = kinds["empty"] | frozenset(",.!?'")
        place = 0
        while place < len(self.words) and place not in self.world.sentence.items:
            greeted = place > 0 and self._low(place - 1) in _GREETINGS
            if greeted and self._low(place) in _GREETED and self._low(place + 1) in (",", "!"):
                place += 1
                continue
            if self._is_only_of(place):
                place += 1
                continue
            if self.words[place].low not in polite or self.is_negation(place):
                break
            if self.words[place].text.isupper() and place in self._valued:
                break
            if self.words[place].low == "return" and self._is_thing(place + 1):
                break  # "return trips": no wish to have them back
            place += 1
        return self._behind_errand(max(place, self._introduction()))

    def _is_only_of(self, place: int) -> bool:
        """ "only customers whose …": nobody but those, as with every audience."""
        following = place + (2 if self._low(place + 1) in ("the", "those") else 1)
        everybody = frame_words()["everybody"]
        return self._low(place) in cue("only") and self._low(following) in everybody

    def _behind_errand(self, place: int) -> int:
        """ "email customers who …": what is to be done with them says nothing of who they are."""
        named = {
            each
            for link in self.world.found
            if any(value.event is None for value in link.values)
            or (link.length == 1 and any(name.event is None for name in link.names))
            for each in range(link.first, link.end)
        }
        end = errand_end(self.words, place, named)
        if any(place <= each < end for each in self.world.sentence.items):
            return place
        if any(e.first == place and e.length > 1 and e.score >= 0.8 for e in self.world.found):
            return place  # "push enabled users"
        if end > place:
            said = self.world.sentence.said(place, end)
            self.context.assume(f"“{said}” is taken as what is to be done with them.")
        return end

    def _ours(self) -> frozenset[int]:
        """The places of clauses of what we are going to do with them."""
        sentence = self.world.sentence
        for each in errands_of_ours(self.words):
            said = sentence.said(each.start, each.stop)
            self.context.assume(f"“{said}” is taken as what is to be done with them.")
            for place in each:
                sentence.items.pop(place, None)
            self.context.used.update(each)
        return frozenset(place for each in errands_of_ours(self.words) for place in each)

    def _is_thing(self, place: int) -> bool:
        """Whether a noun stands here that does not mean people."""
        if place >= len(self.words) or not self.words[place].is_word:
            return False
        return self.words[place].low not in frame_words()["empty"] and not self.is_subject(place)

    def _tail(self) -> int:
        """Where ", thank you very much" begins at the end; else the end."""
        thanks = [p for p, word in enumerate(self.words) if word.low in _THANKS]
        if not thanks or thanks[0] <= self.lead_end:
            return len(self.words)
        rest = self.words[thanks[0] :]
        polite = all(word.low in _POLITE or not word.is_word for word in rest)
        return thanks[0] if polite else len(self.words)

    def _introduction(self) -> int:
        """ "For the winter catalogue I would need everybody who …": the noun after the wish."""
        everybody = frame_words()["everybody"]
        noun = next(
            (place for place, word in enumerate(self.words[:25]) if word.low in everybody), 0
        )
        wish = max((place for place in range(noun) if self._low(place) in _WISHES), default=-1)
        if wish < 0 or not {word.low for word in self.words[:noun]} & _SPEAKERS:
            return 0
        if any(place < noun for place in self.world.sentence.items):
            return 0
        polite = frame_words()["empty"] - frame_words()["subjects.users"]
        verb = wish + 2 if self._low(wish + 1) == "to" else -1  # "I'd like to talk to people"
        if self._low(verb) in frame_words()["except"]:
            return 0
        said = (place for place in range(wish + 1, noun) if place != verb)
        if any(self._low(place) not in polite for place in said):
            return 0  # "I want Spanish customers", "I need gold members and everybody who …"
        known = any(
            link.end <= wish and each.event is None and each.score >= _SURE
            for link in self.world.found
            for each in link.values
        )
        return 0 if known else noun  # "for the gold tier I need everybody …"

    def is_negation(self, place: int) -> bool:
        low = self.words[place].low
        kinds = frame_words()
        if low == "yet" and place + 1 < len(self.words) and self.words[place + 1].low == "to":
            return True  # "have yet to buy"
        if low == "zero" and place and self.words[place - 1].low in ("a", "of"):
            return False  # "answered with a zero"
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
        if not self.is_subject(place) or self._is_object(place):
            return False
        if self._low(place) == "business" and not self.context.accounts:
            return False  # "business customers": a kind of them
        alone = self.words[place].low in frame_words()["everybody"]
        if self._low(place + 1) == "of" and (
            self._low(place + 2) in ("the", "our", "a") or self._is_audience(place + 2)
        ):
            return True  # "members of the sales team", "members of Newsletter fans"
        if self._is_second(place):
            return False
        for link in self.world.found:
            if not link.first <= place < link.end:
                continue
            if (
                link.audience
                or link.term
                or any(each.score >= 0.99 and link.length > 1 for each in link.names)
                or self._is_dated_thing(place, link)
            ):
                return False
            if self.context.accounts and self._is_of_company(place, link):
                return False  # "accounts without an owner"
            people = self.words[place].stem
            if self.context.accounts and self._counted(place) and _counts(link, people):
                return False  # "firms with over 100 people"
            if alone:
                continue
            if self.words[place].low in frame_words()["subjects.accounts"] and any(
                each.event is None or not self.context.accounts for each in link.values
            ):
                return self._is_head_noun(place)
            if any(each.event is None for each in link.values) and (
                not self._is_noun_of(place) or self._is_listed(place, link)
            ):
                return False
            flags = [
                each
                for each in link.names
                if type_of(each.entry) == "boolean"
                and not (self.context.accounts and getattr(each.entry.field, "owner", "") == "user")
            ]
            wide = frame_words()["wide"] | frame_words()["subjects.accounts"]
            anybody = self.words[place].low in wide
            if any(
                each.event is None
                and each.score >= (_MORE_THAN_PART if self._is_part(link, each, anybody) else GOOD)
                for each in flags
            ):
                return False
            if self._counted(place) and any(each.score >= 0.6 for each in link.names):
                return False
        return True

    def _is_part(self, link: Link, named: NameLink, anybody: bool) -> bool:
        """ "players" of a flag "paying player": its noun, and not what sets them apart.

        Not "employees", where a flag tells of them in its description.
        """
        stem = self.words[link.first].stem
        return link.length == 1 and (anybody or stem in named.entry.words)

    def _is_of_company(self, place: int, link: Link) -> bool:
        """Whether somebody who is named is whom a field of the company holds."""
        return self.words[place].low in frame_words()["subjects.users"] and any(
            each.entry.words[-1:] == (self.words[place].stem,)
            and type_of(each.entry) == "text"
            and getattr(each.entry.field, "owner", None) == "account"
            for each in link.names
        )

    def _is_dated_thing(self, place: int, link: Link) -> bool:
        """ "account opened before 2020": a date tells of that thing and of what became of it."""
        return link.first == place < link.end - 1 and any(
            each.score >= _TOLD and type_of(each.entry) in ("date", "timestamp")
            for each in link.names
        )

    def _is_audience(self, place: int) -> bool:
        return any(link.first == place and link.audience for link in self.world.found)

    def _is_object(self, place: int) -> bool:
        """ "opened an account", "with a business account": what they did it to, or what they have."""
        if self._is_denied(place) or self._is_their_company(place):
            return True
        if self._low(place - 1) in cue("last") and not self.words[place].low.endswith("s"):
            return True  # "their latest contact was by phone"
        if self._is_looked_at(place):
            return True
        if self.words[place].low in frame_words()["everybody"]:
            return False
        at = place - 1
        while at > self.lead_end and self.words[at].low in frame_words()["subjects.accounts"]:
            at -= 1
        if at <= self.lead_end or self.words[at].low not in _ARTICLES:
            return False
        before = self.words[at - 1]
        if before.low in ("with", "without", "have", "has", "having", "hold", "own", "got", "get"):
            return self.words[place].low in frame_words()["subjects.accounts"]
        return is_action(before.stem) and before.low not in frame_words()["empty.lead"]

    def _is_looked_at(self, place: int) -> bool:
        """ "viewed a profile": a thing that something was done to, though people are called so too."""
        verb = self._low(place - 2).endswith("ed") and self._low(place - 1) in _ARTICLES
        return verb and place > self.lead_end + 1 and self.words[place].low in _THINGS_TOO

    def _is_second(self, place: int) -> bool:
        """ "accounts on business": behind another noun for them, a value is a value."""
        groups = frame_words()["subjects.accounts"]
        if self.words[place].low not in groups or self._low(place - 1) not in ("on", "the", "is"):
            return False
        return any(word.low in groups for word in self.words[:place]) and any(
            link.first == place and any(each.score >= 0.99 for each in link.values)
            for link in self.world.found
        )

    def _is_their_company(self, place: int) -> bool:
        """ "users in companies where …": whose people they are, which no condition on people says."""
        if self.context.accounts or not self.world.catalog.has_accounts:
            return False
        before = self.words[place - 1].low if place else ""
        plural = self.words[place].low.endswith("s")
        groups = frame_words()["subjects.accounts"]
        return plural and self.words[place].low in groups and before in ("in", "at", "from", "of")

    def _is_head_noun(self, place: int) -> bool:
        """ "teams on the basic plan": who is spoken of, whatever plan is called so."""
        following = self.words[place + 1].low if place + 1 < len(self.words) else ""
        kinds = frame_words()
        goes_on = following in kinds["relatives"] | kinds["empty.prepositions"]
        goes_on = goes_on or following.endswith(("ing", "ed"))  # "teams billed monthly"
        first = not self.content(self.lead_end, place) if place > self.lead_end else True
        return self.context.accounts and first and goes_on and self.words[place].low.endswith("s")

    def _is_denied(self, place: int) -> bool:
        """ "that are not customers yet": what they are not."""
        at = place - 1
        denied = False
        while at > self.lead_end and self.words[at].low in _BETWEEN:
            denied = denied or self.words[at].low in ("not", "never", "longer")
            at -= 1
        low = self.words[at].low if at >= 0 else ""
        return low in ("aren't", "isn't", "arent", "isnt") or (
            denied and low in ("are", "is", "be")
        )

    def _is_noun_of(self, place: int) -> bool:
        """ "gold members": the noun of the value before it, not a value of its own."""
        if self.words[place].low in ("member", "members") and self.world.lexicon.has_members:
            return not self._is_value(place) or place - 1 in self._valued
        return self.words[place].low in frame_words()["wide"] and any(
            each.event is None and (link.end == place or self._is_told_by(each.entry, link, place))
            for link in self.world.found
            for each in link.values
        )

    def _is_told_by(self, entry: Entry, link: Link, place: int) -> bool:
        """ "paused refill subscribers": only a word of that field's own stands between."""
        own = {*entry.words, *entry.about}
        return link.end == place - 1 and self.words[place - 1].stem in own

    def _is_value(self, place: int) -> bool:
        """Whether a kind of people is called just so, and nothing else is said of membership."""
        kind = any(
            link.first == place
            and each.event is None
            and each.score >= _EXACT
            and _ROLE not in each.entry.words
            for link in self.world.found
            for each in link.values
        )
        return kind and not any(
            not link.first <= place < link.end
            and each.score >= _OF_THEM
            and _MEMBER & {*each.entry.words}
            for link in self.world.found
            for each in link.names
        )

    def _is_listed(self, place: int, link: Link) -> bool:
        """ "corporates and members": one more value of the field of the value before it."""
        fields = {id(each.entry) for each in link.values if each.event is None}
        joints = frame_words()["and"] | frame_words()["or"]
        return self._low(place - 1) in joints and any(
            other.end == place - 1 and any(id(each.entry) in fields for each in other.values)
            for other in self.world.found
        )

    def _counted(self, place: int) -> bool:
        """Whether a number stands before the word: "fewer than 50 employees"."""
        return any(end == place for end, _ in self.world.sentence.items.values())

    def is_empty(self, place: int) -> bool:
        word = self.words[place]
        if not word.is_word:
            return True
        kinds = frame_words()
        if place < self.lead_end or place >= self.tail or place in self._errands:
            return True
        if place in self._meant:
            return False
        if word.text.isupper() and len(word.text) > 1 and place in self._valued:
            return False
        if word.low in kinds["empty.lead"]:
            return word.low not in kinds["verbs_too"]
        return word.low in kinds["empty"]

    def _values_of_small_words(self) -> frozenset[int]:
        """ "because of time", "time or money": a small word that is meant as the value it is called."""
        exact = {
            link.first: {id(each.entry) for each in link.values if each.score >= 0.99}
            for link in self.world.found
            if link.length == 1 and len(self.words[link.first].low) > _SHORT
        }
        joints = frame_words()["and"] | frame_words()["or"] | {","}

        def beside(place: int, step: int) -> bool:
            joined = self._low(place + step) in joints
            return joined and bool(exact[place] & exact.get(place + 2 * step, set()))

        return frozenset(
            place
            for place, entries in exact.items()
            if entries
            and self.words[place].low in frame_words()["empty"]
            and (
                (self._low(place - 2), self._low(place - 1)) in _REASONS
                or beside(place, -1)
                or beside(place, 1)
            )
        )

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


_SURE = 0.9
_THANKS = frozenset(["thank", "thanks", "thx", "cheers"])
_POLITE = _THANKS | {
    "you",
    "very",
    "much",
    "so",
    "a",
    "lot",
    "bunch",
    "many",
    "again",
    "in",
    "advance",
    "please",
    "all",
    "team",
}
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
_REASONS = {("because", "of"), ("due", "to"), ("reason", ":"), ("owing", "to")}


def _counts(link: Link, people: str) -> bool:
    """Whether the words name a number that is known of companies; "seats used" are no users."""
    return any(
        each.score >= GOOD
        and type_of(each.entry) == "number"
        and getattr(each.entry.field, "owner", None) == "account"
        and not any(
            stem(word) == people and word.endswith("ed")
            for word in name_words(each.entry.field.name)
        )
        for each in link.names
    )


_MORE_THAN_PART = 0.8  # the least score of a noun of people that is more than a part of the name
_EXACT = 0.99  # the score of a value that is said as it is called
_OF_THEM = 0.5  # the score of a name that may be meant
_ROLE = stem("role")
_MEMBER = stem_set("member", "membership")
_TOLD = 0.85  # the score of a name whose description says all the words
_SHORT = 2  # letters of "it", "in", "us": codes are written in capitals
_BETWEEN = frozenset(["not", "never", "no", "longer", "yet", "a", "an", "currently", "even"])
_ARTICLES = frozenset({"a", "an", "another", "new", "first", "second", "their", "no"})
_THINGS_TOO = frozenset(["profile", "contact", "audience"])
_GREETINGS = frozenset(["hi", "hello", "hey", "hiya", "heya", "dear", "morning"])
_GREETED = frozenset(["team", "all", "there", "folks", "everyone", "everybody", "guys"])
