"""Everything by which words find the fields and values of a catalog, made once per catalog."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from audience.catalog import Catalog, EventField, PropertyField, TraitField
from audience.english.coded import meanings
from audience.english.compounding import compounds
from audience.english.data import load
from audience.english.last_known import with_states
from audience.english.literals.lexicon import NUMBERS
from audience.english.locales import by_language
from audience.english.membership import member_field
from audience.english.permission.held import permissions
from audience.english.places import cities, same_place
from audience.english.places import kind as place_kind
from audience.english.schema import (
    Entry,
    beginning,
    entry_of,
    entry_of_event,
    ideas,
    stemmed,
)
from audience.english.shortened import spelt_in_full
from audience.english.stand_ins import stood_in
from audience.english.stated import nothings
from audience.english.tokens import joined, name_words, stem, tokens
from audience.english.value_heads import heads
from audience.english.yes_no import with_flags

_SITE = re.compile(
    r"(?:www\.|m\.)?([a-z][a-z0-9-]{2,})\.(?:com|net|org|io|co|[a-z]{2})", re.IGNORECASE
)
MAX_WORDS = 7  # of a value or a name that is looked up as a whole


@dataclass(frozen=True)
class ValueLink:
    """Words that are a value of a field; `score` is 1 for the value itself."""

    entry: Entry
    value: str
    score: float
    event: str | None  # the property's event
    also: tuple[str, ...] = ()  # more values that the words mean just as well: any of them
    side: str = ""  # the words that ask for one side of an order of values: "B1 or above"


class Lexicon:
    """The entries of a catalog and the indexes over their words."""

    def __init__(self, catalog: Catalog, roles: Mapping[str, str]) -> None:
        catalog, self.flags = with_flags(catalog)
        catalog, self.states = with_states(catalog)
        self.users = [_with_role(entry_of(each, "traits"), roles) for each in catalog.user_traits]
        events = [_with_role(entry_of_event(each), roles) for each in catalog.events]
        self.events = stood_in(events, self.users)
        self.accounts = [
            _with_role(entry_of(each, "traits"), roles) for each in catalog.account_traits
        ]
        self.permissions = permissions(self.users)
        self.member_field = member_field(self.users)
        self.has_data = any(each.seen.active for each in catalog.events)
        self.nothings = nothings(self.users, self.accounts)
        self.by_event = {each.field.name: each for each in self.events}
        self._names: dict[str, list[Entry]] = defaultdict(list)
        self._values: dict[str, list[ValueLink]] = defaultdict(list)
        self._value_words: dict[str, list[tuple[ValueLink, frozenset[str]]]] = defaultdict(list)
        self._initials: dict[str, list[ValueLink]] = defaultdict(list)
        self._events_by_word: dict[str, list[Entry]] = defaultdict(list)
        self._events_by_idea: dict[int, list[Entry]] = defaultdict(list)
        self._fields_by_word: dict[str, list[Entry]] = defaultdict(list)
        self._fields_by_idea: dict[int, list[Entry]] = defaultdict(list)
        self.roles: dict[str, list[Entry]] = defaultdict(list)
        self.vocabulary: set[str] = set()
        self.name_vocabulary: set[str] = set()  # stems of names only
        self._of_events: set[str] = set()
        self._of_flags: set[str] = set()
        self._described: set[str] = set()  # stems of descriptions
        self.longest = 1
        self._spelt: set[str] = set()
        self._meant: set[str] = set()  # words by which descriptions explain codes
        self._choices: list[str] = []
        self._coded: list[tuple[ValueLink, tuple[str, ...], list[tuple[str, str]]]] = []
        for event in self.events:
            self._index_event(event)
        for trait in (*self.users, *self.accounts):
            self._index_field(trait, None)
        self._index_same_codes()
        self._index_initials()
        self.has_members = any(
            entry.role == "tier" or "member" in entry.words or "membership" in entry.words
            for entry in self.users
        )
        for named in self.roles.values():
            named.sort(key=lambda each: -each.certainty)

    def _index_initials(self) -> None:
        """ "AOV" of an average order value: where one number of people has these initials."""
        from audience.english.sentence import english

        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in (*self.users, *self.accounts):
            words = name_words(entry.field.name)
            if len(words) == _INITIALS and getattr(entry.field, "type", "") == "number":
                found["".join(word[0] for word in words)].append(entry)
        for short, entries in found.items():
            known = short in self._names or short in self.vocabulary or short in english()
            if len(entries) == 1 and short.isalpha() and not known:
                self._names[short].append(entries[0])

    def _index_event(self, event: Entry) -> None:
        self._names[joined(event.field.name)].append(event)
        for word in {*event.words, *event.about}:
            self._events_by_word[word].append(event)
            for idea in ideas(word):
                self._events_by_idea[idea].append(event)
        self.vocabulary.update(event.words)
        self.name_vocabulary.update(event.words)
        self._described.update(event.about)
        for role in (event.role, *event.also):
            if role is not None:
                self.roles[role].append(event)
        for each in event.properties.values():
            self._index_field(each, event.field.name)

    def _index_field(self, entry: Entry, event: str | None) -> None:
        self._names[joined(entry.field.name)].append(entry)
        for word in {*entry.words, *entry.about}:
            self._fields_by_word[word].append(entry)
            for idea in ideas(word):
                self._fields_by_idea[idea].append(entry)
        self.vocabulary.update(entry.words)
        self.name_vocabulary.update(entry.words)
        self._described.update(entry.about)
        if entry.role is not None:
            self.roles[entry.role].append(entry)
        field = entry.field
        assert not isinstance(field, EventField)
        self.longest = max(self.longest, min(MAX_WORDS, len(entry.words)))
        if field.type == "number" and field.stats.complete:
            told = meanings(field.description, field.stats.values)
            for value, meaning in told if len(told) > 1 else []:  # "1 = standard, 2 = priority"
                self._index_meaning(entry, value, meaning, event)
        if field.type not in ("text", "list") or field.stats.personal:
            return
        for value in field.stats.values:
            self._index_value(entry, value, event)
        for value, head in heads(entry, field.stats.values):
            self._values[head].append(ValueLink(entry, value, 0.97, event))
        for language, locales in by_language(field.stats.values).items():
            first, *others = locales
            self._values[language].append(ValueLink(entry, first, 0.97, event, tuple(others)))
        explained = meanings(field.description, field.stats.values)
        for value, meaning in explained or spelt_in_full(tuple(field.stats.values)):
            self._index_meaning(entry, value, meaning, event)
        self._coded.append((ValueLink(entry, "", 0.0, event), field.stats.values, explained))

    def _index_value(self, entry: Entry, value: str, event: str | None) -> None:
        words = stemmed(value)
        if not words or len(words) > MAX_WORDS:
            return
        link = ValueLink(entry, value, 1.0, event)
        self._values[" ".join(words)].append(link)
        for noun in entry.words:  # a "credit card" where the types of cards are credit and debit
            if whole := compounds().get((words[-1], noun)):
                self._values[" ".join((*words[:-1], whole))].append(link)
        written = " ".join(each.stem for each in tokens(value) if each.is_word)
        if written != " ".join(words):  # "5G", "WELCOME10": one word where it is said
            self._values[written].append(link)
        if len(words) > 1 and words[-1] in _COMPASS:  # "EMEA north" of EMEA-N
            told = (*words[:-1], *stemmed(_COMPASS[words[-1]]))
            self._values[" ".join(told)].append(replace(link, score=0.97))
        site = _SITE.fullmatch(value)
        if site is not None:  # "Instagram" of instagram.com
            self._values[" ".join(stemmed(site.group(1)))].append(replace(link, score=0.97))
        self.longest = max(self.longest, len(words))
        if 2 <= len(words) <= 4 and all(each.isalpha() for each in words):
            self._initials["".join(each[0] for each in words)].append(
                ValueLink(entry, value, 0.9, event)
            )
        for word in words:
            if _is_long(word):
                self.vocabulary.add(word)
                if len(words) > 1:
                    self._value_words[word].append((link, frozenset(words)))

    def _index_meaning(self, entry: Entry, value: str, meaning: str, event: str | None) -> None:
        """What a description says that a coded value means finds the value too."""
        words = stemmed(meaning)
        self._meant.update(name_words(meaning))
        if 0 < len(words) <= MAX_WORDS:
            link = ValueLink(entry, value, 0.97, event)
            self._values[" ".join(words)].append(link)
            written = " ".join(each.stem for each in tokens(meaning) if each.is_word)
            telling = " ".join(word for word in words if word not in _POINTING)
            held = telling.split(" ", 1)[1] if words[0] in _BEING and " " in telling else telling
            digits = " ".join(str(NUMBERS.get(word, word)) for word in words)
            for each in {written, telling, held, digits} - {" ".join(words), ""}:
                self._values[each].append(link)  # "PayPal", "owns the home"
            self.longest = max(self.longest, len(words))
            for word in filter(_is_long, words):
                self.vocabulary.add(word)
                if len(words) > 1:
                    self._value_words[word].append((link, frozenset(words)))

    def _index_same_codes(self) -> None:
        """What one description says that codes mean, they mean in fields that have no others."""
        tables = [explained for _, _, explained in self._coded if explained]
        for link, values, explained in self._coded:
            if explained or len(values) < 2:
                continue
            told = (each for each in tables if {code for code, _ in each} >= set(values))
            for value, meaning in next(told, []):
                if value in values:
                    self._index_meaning(link.entry, value, meaning, link.event)

    # Looking up ---------------------------------------------------------------------------------

    def named(self, text: str) -> list[Entry]:
        """The fields whose name is `text` but for case, blanks and underscores."""
        return self._names.get(joined(text), [])

    def valued(self, words: tuple[str, ...], low: str) -> list[ValueLink]:
        """The values that `words` (stems) name; `low` are the words in lower case."""
        found = [each for each in self._values.get(" ".join(words), ()) if _fits(each, low)]
        known = {(id(each.entry), each.value) for each in found}
        for spelling, score, kinds in self._spellings(words, low):
            for each in self._values.get(spelling, ()):
                if (id(each.entry), each.value) in known or not _suits(each, spelling, kinds):
                    continue
                known.add((id(each.entry), each.value))
                found.append(replace(each, score=score))
        return found or self._word_by_word(words)

    def _word_by_word(self, words: tuple[str, ...]) -> list[ValueLink]:
        """ "TV ad" of `tv_spot`: values of as many words, each the same or a way to say the same."""
        if not 1 < len(words) <= _SWAPPED:
            return []
        ways = [(word, *(e for e in _synonyms().get(word, ()) if " " not in e)) for word in words]
        said = " ".join(words)
        spelt = {spelling for each in product(*ways) if (spelling := " ".join(each)) != said}
        return [
            ValueLink(each.entry, each.value, 0.9, each.event)
            for spelling in sorted(spelt)
            for each in self._values.get(spelling, ())
        ]

    def has_value(self, word: str) -> bool:
        """Whether a value of people is called so."""
        return any(each.event is None for each in self._values.get(word, ()))

    def valued_by_initials(self, letters: str) -> list[ValueLink]:
        """ "HR" of human resources: the values with these initials, where each field has one such."""
        found = self._initials.get(letters.lower(), [])
        fields = [(id(each.entry), each.event) for each in found]
        return found if len(set(fields)) == len(fields) else []

    def _spellings(
        self, words: tuple[str, ...], low: str
    ) -> Iterable[tuple[str, float, frozenset[str] | None]]:
        for group in same_place(low):
            kinds = frozenset({place_kind(group)})
            for spelling in group:
                if ":" not in spelling:
                    yield " ".join(stemmed(spelling)), 0.95, kinds
        for name in cities().get(tuple(low.split()), ()):
            yield " ".join(stemmed(name)), 0.95, None
        for spelling in _synonyms().get(" ".join(words), ()):
            yield spelling, 0.9, None

    def valued_by_part(self, words: tuple[str, ...]) -> list[ValueLink]:
        """The values of several words, or of such a meaning, that contain all of `words`."""
        rows = [self._value_words.get(word, []) for word in words]
        if not all(rows):
            return []
        shortest = min(rows, key=len)
        wanted = set(words)
        return [link for link, inside in shortest[:400] if wanted <= inside]

    def events_like(self, words: Iterable[str]) -> list[Entry]:
        """The events that share a word or an idea with `words` (stems)."""
        return _like(words, self._events_by_word, self._events_by_idea)

    def fields_like(self, words: Iterable[str]) -> list[Entry]:
        """The properties and traits that share a word or an idea with `words` (stems)."""
        return _like(words, self._fields_by_word, self._fields_by_idea)

    def spellings(self) -> list[str]:
        """The words of names and values as they are spelt: what a misspelt word may have meant."""
        if not self._spelt:
            for entry in (*self.events, *self.users, *self.accounts):
                self._spelt.update(name_words(entry.field.name))
                for each in entry.properties.values():
                    self._spelt.update(name_words(each.field.name))
            for links in self._values.values():
                self._spelt.update(word for link in links for word in name_words(link.value))
            self._spelt |= self._meant
            self._choices = sorted(w for w in self._spelt if len(w) > 3 and w.isalpha())
        return self._choices

    def knows(self, word: str) -> bool:
        return word in self.vocabulary or word in self._value_words or word in self._values

    def event_words(self) -> set[str]:
        """The stems of the names of events, and of what descriptions say of them."""
        if not self._of_events:
            for event in self.events:
                self._of_events.update((*event.words, *event.about))
        return self._of_events

    def tells_of(self, word: str) -> bool:
        """Whether an event has the very word (a stem) in its name or its description, or a field in its
        name or the beginning of its description."""
        if word in self._events_by_word:
            return True
        return any(
            word in each.words or word in beginning(each.field.description)
            for each in self._fields_by_word.get(word, ())
        )

    def yes_or_no(self) -> list[Entry]:
        """The traits of people that are true or false."""
        return [each for each in self.users if getattr(each.field, "type", None) == "boolean"]

    def flag_words(self) -> set[str]:
        """The stems of the names of those, and of what descriptions say of them."""
        if not self._of_flags:
            for each in self.yes_or_no():
                self._of_flags.update((*each.words, *each.about))
        return self._of_flags

    def describes(self, word: str) -> bool:
        """Whether a name or a description has the word (a stem)."""
        return word in self._described or self.knows(word)


def _is_long(word: str) -> bool:
    return len(word) > 2


def _like(
    words: Iterable[str],
    by_word: Mapping[str, list[Entry]],
    by_idea: Mapping[int, list[Entry]],
) -> list[Entry]:
    found: dict[int, Entry] = {}
    for word in words:
        for entry in by_word.get(word, ()):
            found[id(entry)] = entry
        for idea in ideas(word):
            for entry in by_idea.get(idea, ()):
                found[id(entry)] = entry
    return list(found.values())


def _fits(link: ValueLink, low: str) -> bool:
    """One or two letters are a value only where they stand as the value does, or in capitals; "a
    year" is not "yearly"."""
    if link.value.lower() in _HOW_OFTEN and not low.endswith("ly"):
        return False
    if link.score < 1.0 and _SITE.fullmatch(link.value) and f"{low}." not in link.value.lower():
        return False  # "booked" is no booking.com
    if low.endswith(("ment", "tion")) and link.value.lower().endswith("ed"):
        named = stem(low) in link.entry.words  # a "verification status" says nothing of verified
        if named or low.endswith("ment"):  # "employment" is not "employed"
            return False
    if low in ("miss", "missed", "misses") and link.value.lower() == "missing":
        return False  # who missed a visit is not missing
    doers = {low.removesuffix("s").rstrip("e") + tail for tail in _AGENTS}
    if link.value.lower() != low and link.value.lower() in doers:
        return False  # "accounts" are no accountant
    return len(low) > 1 or link.entry.role == "gender"


_INITIALS = 3
_ACCOUNTS = frozenset(["savings", "saving", "deposit", "joint", "business", "student"])
_COMPASS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_POINTING = frozenset(["a", "an", "the", "their", "his", "her", "its", "it"])
_BEING = frozenset(["have", "be", "with"])  # stems: "a mortgage" of a code for who has one
_AGENTS = ("ant", "er", "or", "ist", "ee", "ian", "eer")
_HOW_OFTEN = frozenset(["daily", "weekly", "monthly", "quarterly", "yearly"])


def _suits(link: ValueLink, spelling: str, kinds: frozenset[str] | None) -> bool:
    if kinds is not None:
        return link.entry.place in kinds
    if link.value.lower() == "current":  # an account to pay from, where others are to save on
        others = getattr(getattr(link.entry.field, "stats", None), "values", ())
        return not _ACCOUNTS & {each.lower() for each in others}
    return len(spelling) > 1 or link.entry.role == "gender"


def _with_role(entry: Entry, roles: Mapping[str, str]) -> Entry:
    role = roles.get(entry.field.name)
    if role is None:
        return entry
    return replace(entry, role=role, certainty=2.0)


_SWAPPED = 3  # words of a value that is said in others
_SYNONYMS: dict[str, tuple[str, ...]] = {}


def _synonyms() -> Mapping[str, tuple[str, ...]]:
    if not _SYNONYMS:
        for line in load("values.yaml"):
            spellings = tuple(dict.fromkeys(" ".join(stemmed(str(each))) for each in line))
            for each in spellings:
                others = tuple(other for other in spellings if other != each)
                _SYNONYMS[each] = (*_SYNONYMS.get(each, ()), *others)
    return _SYNONYMS


_CACHE: OrderedDict[tuple[int, ...], tuple[object, Lexicon]] = OrderedDict()
_KEPT = 8


def lexicon_of(catalog: Catalog, roles: Mapping[str, str]) -> Lexicon:
    """The lexicon of a catalog's fields, made on first use and kept for the last few catalogs."""
    parts: tuple[object, ...] = (catalog.events, catalog.user_traits, catalog.account_traits)
    key = (*map(id, parts), hash(tuple(sorted(roles.items()))))
    kept = _CACHE.get(key)
    if kept is None:
        kept = (parts, Lexicon(catalog, roles))  # `parts` keeps the ids from being used again
        _CACHE[key] = kept
        while len(_CACHE) > _KEPT:
            _CACHE.popitem(last=False)
    else:
        _CACHE.move_to_end(key)
    return kept[1]


__all__ = ["Lexicon", "PropertyField", "TraitField", "ValueLink", "lexicon_of"]
