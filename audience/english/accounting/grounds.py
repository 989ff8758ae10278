"""What a condition stands on: words that tell its field, and a verb that says what happened.

A small word tells how its neighbours are meant and a light verb that something was done; neither tells
what. A word that is only like the noun of an event says nothing of what was done to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from audience.catalog import EventField, TraitField
from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.things import is_of_money
from audience.english.accounting.words import telling
from audience.english.context import cue
from audience.english.events import is_action, is_object, is_of_root, is_past, own_words
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Number, Range
from audience.english.schema import Entry, likeness, roles, stemmed
from audience.english.sentence import Sentence, Word, frame_words
from audience.english.tokens import name_words, stem
from audience.query import Comparison, Where


def groundless(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
    *,
    accounts: bool,
) -> set[int]:
    """Places of words that came to a condition which nothing they say tells of.

    `known` are events that need no words, being what an earlier prompt was about.
    """
    lost = set[int]()
    traits = lexicon.accounts if accounts else lexicon.users
    for leaf in every:
        if leaf.is_named(found):
            continue
        events = leaf.events()
        lost |= _did_not_come(leaf, every, words)
        lost |= _homes(leaf, words, lexicon) | _deed_of_flag(leaf, words, lexicon)
        if not any(each.name in known for each in events):
            lost |= _of_small_words(leaf, every, words, lexicon, found)
        entry = lexicon.by_event.get(events[0].name) if len(events) == 1 else None
        if entry is None or events[0].name in known:
            continue
        lost |= _other_verb(leaf, entry, words, found, lexicon) | _set_up(leaf, entry, words)
        if not any(isinstance(each, Where) for each in events[0].filters):
            lost |= _way_only(leaf, entry, words)
        lost |= _thing_of_traits(leaf, entry, words, traits) | _made_in(leaf, words, traits)
    return lost | _agents(every, words, lexicon, found) | _that_very_one(every, words, lexicon)


def _of_small_words(
    leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "got their licence": no event is meant by a "got" alone, nor a flag by an "only"."""
    said_of = leaf.places - set(words.covered())
    if not said_of or telling(leaf, words):
        return set()
    entries = entries_of(leaf.tree, lexicon)
    aside = cue("each") | cue("only")
    if said_of != leaf.places and not (
        entries
        and isinstance(entries[0].field, TraitField)
        and all(words.words[place].low in aside for place in said_of)
    ):
        return set()  # "paying under 15": a number with a small word beside it
    idle = {stem(word) for word in cue("only") | frame_words()["light_verbs"]}
    said = {word for each in entries for word in each.about} - idle  # "asked for a quiet room"
    said |= {word for each in entries for word in _words_of_name(each, idle)}
    said -= {stem(w) for w in cue("only")}
    values = {word for value in values_of(leaf.nodes()) for word in stemmed(value)}
    for place in said_of:
        word = words.words[place]
        beside = words.words[place + 1 : place + 2]  # "the Complete plan"
        if any(each.stem in said for each in beside) and _is_valued(place, found):
            return set()
        if word.stem in said | values or _is_verb_of(word, entries):
            return set()
        if word.stem in idle and not _is_linked(place, entries, found, named=1.0):
            continue
        if word.low not in cue("only") | cue("each") and _is_linked(place, entries, found):
            return set()
    if entries and isinstance(entries[0].field, EventField):
        others = (
            each for other in every if other is not leaf for each in entries_of(other.tree, lexicon)
        )
        if any(set(entries[0].words) & set(each.words) for each in others):
            return set()  # "registered for the gala and did not come", "but nothing since"
    return {place for place in said_of if words.words[place].is_word}


def _did_not_come(leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "booked a class and did not come": that they did not book it is not what was said."""
    names = {each.name for other in every if other is not leaf for each in other.events()}
    if not names & {each.name for each in leaf.events()}:
        return set()
    came = {
        place
        for place in range(1, len(words.words))
        if words.words[place].low in _CAME and words.words[place - 1].low in _NOT
    }
    return {each - step for each in came for step in (0, 1)} & leaf.places


def _words_of_name(entry: Entry, idle: set[str]) -> set[str]:
    """The words of its name; of a trait's longer name no light verb alone: "gave" is no given name."""
    told = set(entry.words) - idle
    return told if told and isinstance(entry.field, TraitField) else set(entry.words)


def _is_verb_of(word: Word, entries: Sequence[Entry]) -> bool:
    """ "have not applied" of an application: the verb of the noun that an event is called."""
    return any(
        isinstance(each.field, EventField)
        and any(is_of_root(word.stem, noun) for noun in each.words)
        for each in entries
    )


def _other_verb(
    leaf: Leaf, entry: Entry, words: Sentence, found: Sequence[Link], lexicon: Lexicon
) -> set[int]:
    """ "stayed in a hotel" where one was only viewed: a verb that is like nothing but the noun."""
    lost = set[int]()
    own = [word for word in entry.words if is_action(word) and word not in _HAPPENED]
    for place in leaf.places - set(words.covered()):
        said = words.words[place].stem
        if is_of_money(words.words[place].low, entries_of(leaf.tree, lexicon)):
            continue
        held = entries_of(leaf.tree, lexicon)
        if any(said in (*each.words, *each.about) for each in held):
            continue  # "paid in dollars" of the currency it was paid in
        if any(said in _asking(role) for role in entry.also):
            continue  # "watched", where a playback is all that tells of it
        told = {*entry.words, *entry.about, *own_words(entry.role)}
        if not is_past(words.words[place]) or said in told or _is_valued(place, found):
            continue
        alike = {each for each in told if likeness(said, each)}
        if own and alike and all(is_object(each) for each in alike):
            lost.add(place)
    return lost


@cache
def _asking(role: str) -> frozenset[str]:
    """The words that ask for a role of events by themselves."""
    return frozenset(
        says[0]
        for each in roles("events")
        if each.name == role
        for says in each.says
        if len(says) == 1
    )


def _is_linked(
    place: int, entries: Sequence[Entry], found: Sequence[Link], named: float = 0.6
) -> bool:
    """Whether the word names one of the fields, or a value of it."""
    fields = {id(each) for each in entries}
    return any(
        link.first <= place < link.end
        and (
            any(id(each.entry) in fields for each in link.values)
            or any(id(each.entry) in fields and each.score >= named for each in link.names)
        )
        for link in found
    )


def _is_valued(place: int, found: Sequence[Link]) -> bool:
    return any(link.first <= place < link.end and link.values for link in found)


def _set_up(leaf: Leaf, entry: Entry, words: Sentence) -> set[int]:
    """ "set up a direct debit": it began, which is more than that it was used."""
    lost = {place for place in leaf.places if words.words[place].low in _SET_UP}
    return set() if _BEGUN & {*entry.words, *entry.about} else lost


def _homes(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "families with two children": those that are asked for, and not what they like."""
    if any(_TOGETHER & {*e.words, *e.about} for e in entries_of(leaf.tree, lexicon)):
        return set()
    if len(leaf.places) != 1 or not isinstance(leaf.tree, Comparison):
        return set()
    place = next(iter(leaf.places))
    following = words.words[place + 1].low if place + 1 < len(words.words) else ""
    people = words.words[place].low in ("families", "households", "couples", "parents")
    return {place} if people and following in _AFTER_PEOPLE else set()


def _deed_of_flag(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "called to book": what they did, and not that they may be called."""
    said = [place for place in leaf.places if words.words[place].is_word]
    if len(said) != 1 or not any(each.refuses for each in entries_of(leaf.tree, lexicon)):
        return set()
    before = words.words[said[0] - 1].low if said[0] else ""
    kinds = frame_words()
    does = before in kinds["relatives"] | kinds["and"] | kinds["but"] | {""}
    return set(said) if does and words.words[said[0]].low.endswith("ed") else set()


def _that_very_one(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "invited a friend and the invite was accepted": that same one, and not any other."""
    lost, done = set[int](), set[str]()
    for leaf in sorted(every, key=lambda each: min(each.places, default=0)):
        names = {each.name for each in leaf.events()}
        first = min(leaf.places, default=0)
        if names & done and 1 < first < len(words.words) - 1:
            before, noun, verb = (words.words[first + step] for step in (-1, 0, 1))
            entry = lexicon.by_event.get(next(iter(names & done)))
            if before.low == "the" and verb.low in _WAS and entry and means(noun.stem, entry):
                lost.add(first)
        done |= names
    return lost


def _way_only(leaf: Leaf, entry: Entry, words: Sentence) -> set[int]:
    """ "logged in on the web but not on a phone": how it was done, and not a call."""
    alone = telling(leaf, words)
    if len(alone) != 1 or is_past(words.words[alone[0]]):
        return set()
    place = alone[0]
    if any(words.words[place].stem in stemmed(each) for each in values_of(leaf.nodes())):
        return set()
    before = place - 1
    while before > 0 and words.words[before].low in frame_words()["empty.articles"]:
        before -= 1
    if before < 0 or words.words[before].low not in _WAYS:
        return set()
    told = {*entry.words, *entry.about}
    return set() if words.words[place].stem in told else {place}


def _thing_of_traits(
    leaf: Leaf, entry: Entry, words: Sentence, traits: Sequence[Entry]
) -> set[int]:
    """ "cars from before 2010": a noun that fields of people are named by as well as the event."""
    nouns = telling(leaf, words)
    said = {words.words[place].stem for place in nouns}
    if len(said) != 1 or any(_is_verb(words, place) for place in leaf.places):
        return set()
    verbs = [word for word in entry.words if is_action(word) and word not in _HAPPENED]
    alike = [word for word in entry.words if any(likeness(each, word) for each in said)]
    if not verbs or not alike or any(is_action(word) for word in alike):
        return set()
    named = [each for each in traits if any(word in each.words for word in alike)]
    return set(nouns) if len(named) > 1 else set()


def _made_in(leaf: Leaf, words: Sentence, traits: Sequence[Entry]) -> set[int]:
    """ "a car from 2019 to 2023": of which year it is, where a number of people says so, and no time of a deed."""
    said = [place for place in leaf.places if words.words[place].is_word]
    if any(_is_verb(words, place) for place in said if place not in words.covered()):
        return set()
    if not any(
        _YEAR in each.words and getattr(each.field, "type", "") == "number" for each in traits
    ):
        return set()
    return {
        place
        for place, (_, item) in words.items.items()
        if place in leaf.places and _FROM_YEARS.match(item.text)
    }


def _is_verb(words: Sentence, place: int) -> bool:
    return is_past(words.words[place]) or is_action(words.words[place].stem)


def _agents(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "opened their account" is no accountant: a thing does not stand for who has to do with it."""
    lost = set[int]()
    for leaf in every:
        fields = {id(each) for each in entries_of(leaf.tree, lexicon)}
        for link in found:
            if link.length > 1 or link.first not in leaf.places:
                continue
            held = [each for each in link.values if id(each.entry) in fields]
            low = words.words[link.first].low
            if held and all(_is_agent(low, each.value.casefold()) for each in held):
                lost.add(link.first)
        lost |= _doers_counted(leaf, words, lexicon)
    return lost


def _doers_counted(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "more than 10 followers" of a number of those that they follow: the other way round."""
    lost = set[int]()
    for first, (end, item) in words.items.items():
        noun = words.words[end] if end < len(words.words) else None
        if noun is None or not isinstance(item, Range | Number) or not {first, end} <= leaf.places:
            continue
        if not noun.low.endswith(("ers", "ors")) or not isinstance(leaf.tree, Comparison):
            continue
        for entry in entries_of(leaf.tree, lexicon):
            names = {*name_words(entry.field.name), *name_words(entry.field.description)}
            done = {noun.low.removesuffix("ers") + "ed", noun.low.removesuffix("ers") + "ing"}
            if done & names and not {noun.low, noun.low[:-1]} & names:
                lost.add(end)
    return lost


def _is_agent(said: str, value: str) -> bool:
    base = said.rstrip("e")
    return value != said and any(value == base + suffix for suffix in _AGENTS)


_AGENTS = ("ant", "er", "or", "ist", "ee", "ian", "eer")
_CAME = frozenset(["come", "came", "show", "showed", "go", "went", "turn", "turned"])
_NOT = frozenset(["not", "never", "didn't", "didnt"])
_YEAR = stem("year")
_FROM_YEARS = re.compile(r"from (?:19|20)\d\d(?: (?:to|until|-) (?:19|20)\d\d)?$", re.I)
_BEGUN = frozenset(["start", "begin", "creat", "set", "open", "activ", "enrol", "regist", "setup"])
_SET_UP = frozenset(["set up", "sets up", "setting up"])
_TOGETHER = frozenset(stem(each) for each in ("household", "travels", "lives", "comes", "along"))
_AFTER_PEOPLE = frozenset(["with", "who", "whose", "that", "of"])
_WAS = frozenset(["was", "were", "is", "got", "wasn't", "weren't"])
_WAYS = frozenset(["on", "via", "by", "with", "using", "from", "through"])
_HAPPENED = frozenset(["complet", "place", "make", "creat", "submit", "record", "log", "happen"])
