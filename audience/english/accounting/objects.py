"""What was done, and to what: a value of it that went to another field, or a thing of other people.

"Downgraded because of the budget", "bought boots or footwear", "invited friends that joined".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audience.english.accounting.fields import entries_of, values_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.small_words import small_words
from audience.english.accounting.words import telling
from audience.english.events import is_action, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import beginning, likeness, stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Or, walk


def wrong_objects(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """Places of words that belong to what was done before them and are held by something else."""
    lost = set[int]()
    for leaf in every:
        if leaf.is_named(found):
            continue
        lost |= _of_others(leaf, every, words)
        if leaf.events():
            lost |= _is_way_only(leaf, words, lexicon)
            lost |= _part_of_thing(leaf, words, lexicon)
            lost |= _named_value(leaf, every, words, lexicon, found) | _either(leaf, words)
            lost |= _had_now(leaf, words, found) | _in_that_way(leaf, words, lexicon)
            lost |= _by_whom(leaf, words, found) | _of_that_thing(leaf, words, lexicon, found)
            lost |= _kind_of_other(leaf, words, lexicon, found)
            lost |= _only_came(leaf, every, words, lexicon)
        else:
            lost |= _because(leaf, words) | _one_of_its(leaf, every, words, found)
            lost |= _noun_of_value(leaf, every, words, lexicon) | _with_others(leaf, every, words)
    return lost


def _with_others(leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "shared it with friends": to whom it was done, and nothing that is known of who did it."""
    place = min(leaf.places, default=0)
    led = low_at(words.words, place - 1) in ("with", "to", "among")
    if len(leaf.places) != 1 or not led or low_at(words.words, place) not in _OTHERS:
        return set()
    done = any(
        each.events() and place - _FAR <= max(each.places, default=-1) < place for each in every
    )
    return {place} if done else set()


def _of_others(leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "invited friends that joined": the friends did."""
    said = telling(leaf, words)
    place = said[0] - 1 if said else -1
    while low_at(words.words, place) in frame_words()["empty.aux"] | _ADVERBS:
        place -= 1
    if low_at(words.words, place) not in _RELATIVES or place < 1:
        return set()
    if low_at(words.words, place - 1) not in _OTHERS:
        return set()
    mine = any(each.events() for each in holding(every, place - 1) if each is not leaf)
    return {place, said[0]} if mine else set()


def _had_now(leaf: Leaf, words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "ordered a tablet but has an Apple phone": what they have now, where a field of theirs tells it."""
    said = telling(leaf, words)
    place = said[0] - 1 if said else -1
    while low_at(words.words, place) in frame_words()["empty.articles"]:
        place -= 1
    if low_at(words.words, place) not in ("has", "have", "owns", "own") or place in leaf.places:
        return set()
    valued = {
        at
        for link in found
        if any(each.event is None and each.score >= _SURE for each in link.values)
        for at in range(link.first, link.end)
    }
    verbal = any(is_past(words.words[at]) or is_action(words.words[at].stem) for at in said)
    return set() if verbal or not valued & set(said) else valued & set(said)


def _by_whom(leaf: Leaf, words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "where an admin invited an agent": who did it, and no value of what was done, which was an agent."""
    names, values = {each.name for each in leaf.events()}, values_of(leaf.nodes())
    lost = set[int]()
    for link in found:
        held = {each.event for each in link.values if each.score >= _SURE and each.value in values}
        inside = set(range(link.first, link.end))
        if not inside <= leaf.places or None not in held or not held & names:
            continue
        led = low_at(words.words, link.first - 1) in frame_words()["empty.articles"]
        done = link.end in leaf.places and is_past(words.words[link.end])
        does = done and low_at(words.words, link.end + 1) not in (*_CAME_BY, "")
        if led and (does or low_at(words.words, link.first - 2) == "by"):
            lost |= inside
    return lost


def _of_that_thing(
    leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "three chat tickets": a value of the tickets that follow it, and no call of tickets that is like a chat."""
    names = {each.name for each in leaf.events()}
    own = {word for each in entries_of(leaf.tree, lexicon) for word in each.words}
    lost = set[int]()
    for link in found:
        inside = set(range(link.first, link.end))
        events = {each.event for each in link.values if each.event and each.score >= _SURE}
        if not events or events & names or not inside <= leaf.places or link.end not in leaf.places:
            continue
        noun = words.words[link.end].stem
        if any(words.words[place].stem in own for place in inside):
            continue
        if any(noun in lexicon.by_event[each].words for each in events):
            lost |= inside
    return lost


def _kind_of_other(
    leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "watched sport": a value of videos that were started, where matches that were watched have a sport."""
    names, values = {each.name for each in leaf.events()}, values_of(leaf.nodes())
    own = {
        word for each in names if each in lexicon.by_event for word in lexicon.by_event[each].words
    }
    verbs = {words.words[at].stem for at in leaf.places if is_past(words.words[at])} - own
    lost = set[int]()
    for link in found:
        inside = set(range(link.first, link.end))
        held = any(each.event in names and each.value in values for each in link.values)
        others = {each.event for each in link.names if each.event and each.score >= _SURE}
        done = any(verbs & set(lexicon.by_event[each].words) for each in others)
        if held and done and inside <= leaf.places and not others & names:
            lost |= inside
    return lost


def _part_of_thing(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "drives a Lumo" is no test drive: a verb that the name has for a part of a thing."""
    events = leaf.events()
    entry = lexicon.by_event.get(events[0].name) if len(events) == 1 else None
    if entry is None or entry.opaque or len(entry.words) < 3:
        return set()
    thing, done = entry.words[:-1], entry.words[-1]
    if done in frame_words()["light_verbs"]:
        return set()  # "paid" of a payment that was made
    said = {words.words[place].stem: place for place in leaf.places - set(words.covered())}
    if any(likeness(each, done) for each in said) or not said.keys() & set(thing):
        return set()
    if any(not any(likeness(each, word) for each in said) for word in thing):
        return {
            said[word]
            for word in thing
            if word in said
            and is_action(word)
            and low_at(words.words, said[word] - 1) in _RELATIVES
        }
    return set()


def _is_way_only(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "came to us through a friend": how, and nothing that a description says came."""
    said = telling(leaf, words) or sorted(leaf.places)
    own = {word for each in entries_of(leaf.tree, lexicon) for word in each.words}
    if any(words.words[place].low not in _CAME for place in said) or not said:
        return set()
    if own & {words.words[place].stem for place in said}:
        return set()
    return {place for place in said if low_at(words.words, place + 1) in _THROUGH}


def _only_came(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "came to the club": no sale at the club shop, nor anything else to which nobody comes."""
    names = {each.name for each in leaf.events()}
    entries = [lexicon.by_event[each] for each in names if each in lexicon.by_event]
    if any(each.role in _PLACES or _COMING & {*each.words, *each.about} for each in entries):
        return set()
    said = [place for place in telling(leaf, words) if place not in words.covered()]
    place = min(said, default=0) - 1
    while low_at(words.words, place) in frame_words()["empty.articles"]:
        place -= 1
    came = low_at(words.words, place) == "to" and low_at(words.words, place - 1) in _WENT
    own = {word for each in entries for word in each.words}
    thing = any(words.words[each].stem in own for each in said)
    return set() if not came or thing or not entries else set(said)


def _named_value(
    leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "bought luggage": a word of the description, where it is a value that is not held."""
    done = [each for each in entries_of(leaf.tree, lexicon) if each.properties]
    told = {word for each in done for word in beginning(each.field.description)}
    return {
        place
        for place in telling(leaf, words)
        if (said := words.words[place].stem) not in told
        and not any(said in each.words for each in done)
        and any(said in _value_words(p.field) for each in done for p in each.properties.values())
        and not _is_held(said, holding(every, place), lexicon)
        and not _is_held_as(place, holding(every, place), found)
    }


def _in_that_way(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "called the agent" where contacts by phone are told from others: by phone, and not anyhow."""
    values = [word for value in values_of(leaf.nodes()) for word in stemmed(value)]
    lost = set[int]()
    for event in (each for each in entries_of(leaf.tree, lexicon) if each.properties):
        ways = {word for each in event.properties.values() for word in _value_words(each.field)}
        for place in leaf.places - set(words.covered()):
            said = words.words[place].stem
            if said not in _WAYS or not is_past(words.words[place]) or said in event.words:
                continue
            held = any(likeness(said, each) for each in values)
            if not held and said not in event.about and any(likeness(said, each) for each in ways):
                lost.add(place)
    return lost


def _is_held(said: str, holders: Sequence[Leaf], lexicon: Lexicon) -> bool:
    """Whether a field or a value of the conditions is called so."""
    return any(
        any(said in each.words for each in entries_of(leaf.tree, lexicon))
        or any(likeness(said, word) for value in values_of(leaf.nodes()) for word in stemmed(value))
        for leaf in holders
    )


def _is_held_as(place: int, holders: Sequence[Leaf], found: Sequence[Link]) -> bool:
    """ "bike" of the category Cycling."""
    values = {value for leaf in holders for value in values_of(leaf.nodes())}
    return any(
        link.first <= place < link.end and any(each.value in values for each in link.values)
        for link in found
    )


def _value_words(field: object) -> set[str]:
    stats = getattr(field, "stats", None)
    values = stats.values if stats is not None else ()
    if getattr(field, "type", None) not in ("text", "list"):
        return set()
    return {word for value in values for word in stemmed(str(value))}


def _either(leaf: Leaf, words: Sentence) -> set[int]:
    """ "never booked or booked but …": one condition over both sides of an "or" that it does not hold."""
    covered = words.covered()
    said = [
        p for p in telling(leaf, words) if is_action(words.words[p].stem) or is_past(words.words[p])
    ]
    for first in said:
        for second in said:
            if first < second and words.words[first].stem == words.words[second].stem:
                between = range(first + 1, second)
                either = [p for p in between if words.words[p].low == "or" and p not in covered]
                if either and not any(isinstance(node, Or) for node in leaf.nodes()):
                    return {either[0], second}
    return set()


def _because(leaf: Leaf, words: Sentence) -> set[int]:
    """ "downgraded because of the budget": why they did, and no trait of theirs."""
    said = telling(leaf, words)
    place = said[0] - 1 if said else -1
    while low_at(words.words, place) in frame_words()["empty.articles"]:
        place -= 1
    pair = (low_at(words.words, place - 1), low_at(words.words, place))
    return set(said) if pair in _BECAUSE else set()


def _one_of_its(leaf: Leaf, every: list[Leaf], words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "bought boots or footwear": one more of what was done, and nothing else that is called so."""
    people = frame_words()["subjects.users"]
    for link in _valued(leaf, found):
        inside = set(range(link.first, link.end))
        alone = low_at(words.words, link.end) not in people
        place = link.first - 1
        while low_at(words.words, place) in _DETERMINERS:
            place -= 1
        if low_at(words.words, place) not in _JOINTS:
            continue
        events = {each.event for each in link.values if each.event and each.score >= _SURE}
        beside = low_at(words.words, place - 1)
        for other in every:
            done = {each.name for each in other.events()} & events
            near = place - 1 in other.places or beside in _ANYTHING
            if done and near and _is_done(other) and min(other.places, default=0) < place:
                return inside
            if (
                alone
                and low_at(words.words, place) == "or"
                and _is_value_of(other, place - 1, words)
            ):
                return inside  # "bought a pillow or chess"
    return set()


def _is_value_of(leaf: Leaf, place: int, words: Sentence) -> bool:
    """Whether the word is of a value of what was done."""
    if not leaf.events() or place not in leaf.places or place in words.covered():
        return False
    return any(words.words[place].stem in stemmed(each) for each in values_of(leaf.nodes()))


def _is_done(leaf: Leaf) -> bool:
    """Whether something was done to things, and not only counted or added up."""
    return any(
        isinstance(node, Aggregate) and node.reducer.method == "count" for node in walk(leaf.tree)
    )


def _valued(leaf: Leaf, found: Sequence[Link]) -> Iterator[Link]:
    """The values that the condition holds."""
    values = values_of(leaf.nodes())
    for link in found:
        if link.first in leaf.places and any(
            each.event is None and each.value in values for each in link.values
        ):
            yield link


def _noun_of_value(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "about a late delivery": the noun of a value, and not what a flag's description says."""
    said = telling(leaf, words)
    if len(said) != 1 or said != sorted(leaf.places):
        return set()
    place, stem = said[0], words.words[said[0]].stem
    if any(stem in each.words for each in entries_of(leaf.tree, lexicon)):
        return set()
    before = words.words[place - 1].stem if place else ""
    return {
        place
        for other in holding(every, place - 1)
        if other.events() and any(before in stemmed(each) for each in values_of(other.nodes()))
    }


_SURE = 0.95
_WAYS = frozenset(map(stem, ("called", "phoned", "rang", "texted", "emailed", "chatted")))
_CAME_BY = frozenset(["by", "to", "in", "on", "at", "who", "that", "and", "or"])
_FAR = 4  # words from a verb to whom it was done with
_OTHERS = small_words("others_too")
_ADVERBS = small_words("adverbs")
_DETERMINERS = small_words("determiners") | frozenset(["a", "an", "any", "some"])
_RELATIVES = frozenset(["who", "that", "which"])
_JOINTS = frozenset(["or", "and", "but", "nor", "not"])
_ANYTHING = frozenset(["anything", "everything", "nothing", "something"])
_WENT = frozenset(["came", "come", "comes", "went", "gone", "been", "going"])
_PLACES = frozenset(["visit", "start_checkout", "sign_in", "app_open", "watch", "book"])
_COMING = frozenset(
    map(
        stem,
        ("visit", "attended", "entered", "came", "stay", "arrived", "checkin", "went", "session"),
    )
)
_CAME = frozenset(["come", "comes", "came", "coming"])
_THROUGH = frozenset(["through", "via", "from", "by", "to", "over", "because"])
_BECAUSE = {("because", "of"), ("due", "to"), ("owing", "to"), ("thanks", "to"), ("reasons", "of")}
