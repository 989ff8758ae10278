"""Fields that the words fit better than those that the conditions took: a near tie is never settled alone.

"Monthly spend over 500" names a field called so, whatever else a month and spending may mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from audience.english.accounting.fields import entries_of, means
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.things import is_of_money
from audience.english.accounting.words import telling
from audience.english.bought import is_buying, is_sold
from audience.english.context import cue, type_of
from audience.english.events import is_action, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Range
from audience.english.schema import Entry, light, likeness
from audience.english.sentence import Sentence, frame_words
from audience.english.times import is_time
from audience.english.totals import is_total
from audience.query import Comparison, Events, Reducer, Trait

_SHORT = 4  # letters
_NEAR = 3  # words that may stand between the parts of a field's name


def rivals(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
    *,
    accounts: bool,
) -> set[int]:
    """Places of words that name another field than the condition which took them."""
    held = [entry for leaf in every for entry in entries_of(leaf.tree, lexicon)]
    used = {id(entry) for entry in held}
    called = {
        each.words for each in held
    }  # "two different tiers" of what was bought, and of people
    taken = {place for leaf in every for place in leaf.places}
    lost = set[int]()
    for entry in _candidates(every, lexicon, accounts):
        if id(entry) not in used and entry.words not in called:
            places = _full_name(entry, words, taken)
            if not places or _is_phrase(places, found) or _is_how_often(places, every, words):
                continue
            if not _is_deed(places, every, words, lexicon):
                lost |= places
    for leaf in every:
        lost |= _only_alike(leaf, words, lexicon) | _unit_alone(leaf, words, lexicon)
        event = _lone_event(leaf)
        done = lexicon.by_event.get(event.name) if event is not None else None
        if event is not None and done is not None and event.name not in known:
            lost |= _named_elsewhere(leaf, every, done, words, lexicon)
            lost |= _flagged(leaf, words, lexicon.accounts if accounts else lexicon.users)
        lost |= _so_far(leaf, words, lexicon.accounts if accounts else lexicon.users)
    lost |= _attached_elsewhere(every, words, found, lexicon)
    termed = {place for leaf in every if leaf.is_named(found) for place in leaf.places}
    return lost - termed  # what a term of the glossary says is said by the glossary


def _so_far(leaf: Leaf, words: Sentence, traits: Sequence[Entry]) -> set[int]:
    """ "spent 500 so far", where a sum that is known of them is just that: over all things done."""
    summed = any(isinstance(each, Reducer) and each.method == "sum" for each in leaf.nodes())
    bounded = any(each.filters for each in leaf.events())  # "altogether in May"
    said = words.text.lower()
    alone = not telling(leaf, words)  # nothing that it was spent on
    in_all = any(phrase in said for phrase in _IN_ALL) or (alone and "in total" in said)
    if not summed or bounded or not in_all:
        return set()
    spent = any(words.words[place].stem == "spend" for place in leaf.places)
    rivals = [
        each
        for each in traits
        if getattr(each.field, "type", None) == "number"
        and (
            each.role == "spend"
            or (alone and is_total(each))
            or any(
                phrase in said and phrase in each.field.description.lower() for phrase in _IN_ALL
            )
        )
        and means("spend", each)
    ]
    return {place for place in words.items if place in leaf.places} if spent and rivals else set()


_IN_ALL = ("so far", "to date", "all time", "lifetime", "overall", "altogether")


def _only_alike(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "credit score": two nouns, each only like a word of the number that was taken for them."""
    tree = _inner(leaf)
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return set()
    entries = entries_of(tree, lexicon)
    if len(entries) != 1 or getattr(entries[0].field, "type", None) != "number":
        return set()
    covered = words.covered()
    kinds = frame_words()
    small = kinds["empty"] | kinds["subjects.users"] | kinds["light_verbs"]
    nouns = {
        place: words.words[place].stem
        for place in leaf.places
        if words.words[place].is_word
        and place not in covered
        and words.words[place].low not in small
        and not is_action(words.words[place].stem)
    }
    told = {*entries[0].words, *entries[0].about}
    said = [stem for stem in nouns.values() if means(stem, entries[0])]
    return set(nouns) if len(said) > 1 and not told & set(said) else set()


def _unit_alone(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "with more than 60 minutes", "an amount over 20": of what, where several fields are in it?"""
    tree = _inner(leaf)
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return set()
    kinds = frame_words()
    small = kinds["empty"] | kinds["subjects.users"] | kinds["subjects.accounts"]
    said = [p for p in leaf.places - set(words.covered()) if words.words[p].low not in small]
    if not said or any(
        words.words[place].low not in (cue("measures") - _STOCKS) | _SUMS for place in said
    ):
        return set()
    mine = entries_of(tree, lexicon)
    stems = {words.words[place].stem for place in said}
    others = (
        each
        for each in lexicon.fields_like(stems)
        if each not in mine and stems & set(each.words) and type_of(each) == "number"
    )
    return set(said) if next(others, None) is not None else set()


def _flagged(leaf: Leaf, words: Sentence, traits: Sequence[Entry]) -> set[int]:
    """ "but not SMS": with no verb of its own a flag may be meant that is named so."""
    if any(isinstance(each, Reducer) and each.property is not None for each in leaf.nodes()):
        return set()
    mine = [place for place in leaf.places if words.words[place].is_word]
    nouns = {words.words[place].stem for place in mine if _is_noun(place, words)}
    if len(nouns) != len(mine) or not nouns:
        return set()
    free = leaf.places - set(words.covered())
    first = min(free or leaf.places)
    counted = any(end == first for end, item in words.items.values() if isinstance(item, Range))
    article = any(words.words[place - 1].low in ("a", "an") for place in free if place)
    if counted or article:
        return set()  # "neither a service nor a visit": one that took place
    small = frame_words()["negations"]  # "no stay" is no `no_calls`
    flags = [
        each
        for each in traits
        if getattr(each.field, "type", "") == "boolean" and nouns & set(each.words) - small
    ]
    if not flags:
        return set()
    return {place for place in mine if words.words[place].stem in set(flags[0].words)}


def _is_noun(place: int, words: Sentence) -> bool:
    """Whether the word is no verb: "without roaming" speaks of what they have."""
    word = words.words[place]
    had = place > 0 and words.words[place - 1].low in ("with", "without")
    return not is_action(word.stem) or (had and word.low.endswith("ing"))


def _attached_elsewhere(
    every: list[Leaf], words: Sentence, found: Sequence[Link], lexicon: Lexicon
) -> set[int]:
    """ "entered the lounge in Barcelona": a value right behind what was done, and of it as well."""
    lost = set[int]()
    for leaf in every:
        trait = isinstance(_inner(leaf), Comparison) and isinstance(
            getattr(_inner(leaf), "left", None), Trait
        )
        for link in found:
            if link.first not in leaf.places or link.first < 2:
                continue
            events = {each.event for each in link.values if each.event and each.score >= _SURE}
            before = words.words[link.first - 1].low
            if trait and before == "about" and link.first - 1 not in words.covered():
                lost |= set(range(link.first, link.end)) & leaf.places
            if not events or before not in _OF_WHAT_WAS_DONE:
                continue
            if trait and before == "for" and _is_perfect(words, link.first - 2):
                lost |= set(range(link.first, link.end)) & leaf.places  # "has given for water"
            own = {each.name for each in leaf.events()}
            said = {words.words[place].stem for place in range(link.first, link.end)}
            told = any(said <= _told_of(name, lexicon) for name in own)  # "paid by card"
            if not trait and before in _BY and own and not own & events and not told:
                lost |= set(range(link.first, link.end)) & leaf.places  # "paid by gift card"
            for other in every:
                names = {each.name for each in other.events()}
                if trait and link.first - 2 in other.places and names & events:
                    lost |= set(range(link.first, link.end)) & leaf.places
    return lost


def _is_perfect(words: Sentence, place: int) -> bool:
    """Whether a verb in the perfect stands there: "has given"."""
    if place < 1:
        return False
    verb, before = words.words[place], words.words[place - 1].low
    return is_past(verb) and before in frame_words()["empty.aux"] and before not in _BEING


_STOCKS = frozenset(
    ["gb", "mb", "gigabytes", "megabytes", "percent"]
)  # "with 50 GB": they have them
_SUMS = frozenset(["amount", "amounts", "value", "values"])
_BEING = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])


def _told_of(event: str, lexicon: Lexicon) -> set[str]:
    """The words of an event's name and description."""
    entry = lexicon.by_event.get(event)
    return {*entry.words, *entry.about} if entry is not None else set()


_BY = frozenset(["by", "via", "using", "through"])
_SURE = 0.9
_OF_WHAT_WAS_DONE = frozenset(
    ["in", "at", "to", "from", "on", "for", "of", "via", "through", "by", "with", "using"]
)


def _candidates(every: list[Leaf], lexicon: Lexicon, accounts: bool) -> Iterator[Entry]:
    """Traits, and the properties of what was done."""
    yield from lexicon.accounts if accounts else lexicon.users
    names = {each.name for leaf in every for each in leaf.events()}
    for name in names:
        event = lexicon.by_event.get(name)
        if event is not None:
            yield from event.properties.values()


def _full_name(entry: Entry, words: Sentence, taken: Collection[int]) -> set[int]:
    """Where every word of a name of two or more stands, close together, in what conditions took."""
    telling = [word for word in entry.words if word not in light()]
    if len(telling) < 2:
        return set()
    covered = words.covered()
    places: list[int] = []
    for wanted in telling:
        at = [
            place
            for place, word in enumerate(words.words)
            if _is_short_for(wanted, word.stem) and place not in covered
        ]
        if len(at) != 1:
            return set()
        places.append(at[0])
    apart = [each for each in range(min(places), max(places)) if each not in covered]
    if len(apart) > _NEAR or len(set(places)) < len(telling):
        return set()
    between = (words.words[place].low for place in range(min(places), max(places)))
    if any(low in frame_words()["relatives"] for low in between):
        return set()  # "players who completed level 40"
    return set(places) if any(place in taken for place in places) else set()


def _is_short_for(part: str, stem: str) -> bool:
    """The word itself, or what a part of a name is short for: the "automatically" of `auto_renew`."""
    return stem == part or (len(part) >= _SHORT and stem.startswith(part))


def _is_how_often(places: set[int], every: list[Leaf], words: Sentence) -> bool:
    """ "saved a design 10 times", "… last week": done so often, or then, and no number of saved designs."""
    return any(
        place in leaf.places and (is_time(item) or getattr(item, "unit", None) == "times")
        for leaf in every
        if leaf.events() and places <= leaf.places
        for place, (_, item) in words.items.items()
    )


def _is_deed(places: set[int], every: list[Leaf], words: Sentence, lexicon: Lexicon) -> bool:
    """ "opened an urgent ticket": the verb before its thing, of an event that is called so as well."""
    said = {words.words[place].stem for place in places}
    done = is_past(words.words[min(places)])
    names = {each.name for leaf in every if places <= leaf.places for each in leaf.events()}
    told = [lexicon.by_event[name] for name in names]
    return done and any(said <= {*each.words, *each.about} for each in told)


def _is_phrase(places: set[int], found: Sequence[Link]) -> bool:
    """Whether the words are part of a value, a term or an audience that is longer than the name."""
    return any(
        places <= set(range(link.first, link.end))
        and (link.term or link.audience or any(each.score >= 0.99 for each in link.values))
        for link in found
    )


def _lone_event(leaf: Leaf) -> Events | None:
    """The event of a condition that holds it to nothing that its own values would prove."""
    events = leaf.events()
    if len(events) != 1 or not isinstance(_inner(leaf), Comparison):
        return None
    filters = {type(each).__name__ for each in events[0].filters}
    return events[0] if "Where" not in filters else None


def _inner(leaf: Leaf) -> object:
    return getattr(leaf.tree, "item", leaf.tree)


def _named_elsewhere(
    leaf: Leaf, every: list[Leaf], entry: Entry, words: Sentence, lexicon: Lexicon
) -> set[int]:
    """The verb of a condition whose event's noun nobody said, where another event's noun was said.

    "have the app but haven't opened it": the app, and no e-mail. And "declining health": a word of
    what an event is described by names it only together with another.
    """
    said = {word.stem for word in words.words if word.is_word}
    free = leaf.places - set(words.covered())  # "exceeds 800 dollars" is an amount, and no deed
    mine = [words.words[place] for place in free if words.words[place].is_word]
    held = {
        word for each in entries_of(leaf.tree, lexicon) if each is not entry for word in each.words
    }
    told = any(means(each.stem, entry) for each in mine if each.low not in cue("spend"))
    verbs = {  # no noun of the number that is held: "an average bill"
        word.stem
        for word in mine
        if is_action(word.stem)
        and (is_past(word) or word.stem not in held)
        and not (told and is_of_money(word.low, entries_of(leaf.tree, lexicon)))
        and not (told and is_buying(word.stem) and is_sold(entry))
    }
    if not verbs:
        return set()
    if any(likeness(each, noun) for noun in _nouns(entry) for each in said - verbs):
        return set()
    if all(any(likeness(each, word) for each in said) for word in entry.words):
        return set()
    if (adjective := _adjective(leaf, every, words)) is not None:
        return {adjective}
    for other in lexicon.events:
        if other is entry or not _nouns(other):
            continue
        same = any(likeness(verb, word) for verb in verbs for word in other.words)
        if _nouns(other) == _nouns(entry):
            continue  # "applied": sent or refused, it is the same application
        if same and all(any(likeness(each, noun) for each in said) for noun in _nouns(other)):
            return {place for place in leaf.places if words.words[place].stem in verbs}
    named = any(likeness(verb, word) for verb in verbs for word in entry.words)
    asked = any(means(verb, _nameless(entry)) for verb in verbs)
    if not named and not entry.opaque and not asked:
        about = {each.stem for each in mine if any(likeness(each.stem, a) for a in entry.about)}
        if len(about) < 2:
            return {place for place in leaf.places if words.words[place].stem in verbs}
    return set()


def _adjective(leaf: Leaf, every: list[Leaf], words: Sentence) -> int | None:
    """ "declining health": what describes another condition's noun did not happen by itself."""
    if len(leaf.places) != 1:
        return None
    place = next(iter(leaf.places))
    noun = next((each for each in every if each is not leaf and place + 1 in each.places), None)
    before = words.words[place - 1].low if place else ""
    verbal = before in frame_words()["empty.aux"] | frame_words()["relatives"] | {"of", "by"}
    return place if words.words[place].low.endswith("ing") and noun and not verbal else None


def _nameless(entry: Entry) -> Entry:
    """The entry with nothing but its role."""
    return replace(entry, words=(), about=frozenset())


def _nouns(entry: Entry) -> list[str]:
    return [word for word in entry.words if not is_action(word) and len(word) > 2]
