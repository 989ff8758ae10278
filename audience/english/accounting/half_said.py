"""What happened is meant only where all that its name tells was said: the deed, and to what it was done.

A flight is no delayed flight, "paid" no payment that failed, and who "exported a report but never shared
one" shared no link.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.accounting.words import telling
from audience.english.events import WHY, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, light, likeness
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Comparison, Literal, Within


def half_said(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
) -> set[int]:
    """Places of words that came to something done of which they say only a half.

    `known` are events that an earlier prompt was about.
    """
    lost = set[int]()
    told = {
        word for each in known if each in lexicon.by_event for word in lexicon.by_event[each].words
    }
    spoken = told | {word.stem for word in words.words}
    for leaf in every:
        if leaf.is_named(found):
            continue
        for event in leaf.events():
            entry = lexicon.by_event.get(event.name)
            if entry is None or event.name in known:
                continue
            same = [each for each in every if event.name in {e.name for e in each.events()}]
            lost |= _undone(leaf, same, entry, words, lexicon)
            if any(isinstance(each, Within) for each in event.filters):
                lost |= _not_yet(leaf, words)
            if any(each.events() and _is_before(each, leaf) for each in every):
                lost |= _other_thing(leaf, entry, spoken, words)
        lost |= _named_beside(leaf, every, words, lexicon, known)
    return lost


def _undone(
    leaf: Leaf, same: list[Leaf], entry: Entry, words: Sentence, lexicon: Lexicon
) -> set[int]:
    """ "paid with a gift card" is no payment that failed: what is no mere presence has to be said."""
    deeds = _TO_BE_SAID & set(entry.words)
    if not deeds:
        return set()
    places = {place for place in leaf.places if words.words[place].is_word}
    said = {words.words[place].stem for each in same for place in each.places}
    told = deeds | (entry.about - set(entry.words))
    if not said or any(likeness(each, word) for each in said for word in told):
        return set()
    if any(WHY & set(each.words) for each in entries_of(leaf.tree, lexicon)):
        return set()  # "left because of the price": why it was done is told of nothing else
    if "not" in said and not _is_none(leaf):  # "did not come" of a class that was missed
        return set()
    return places


def _not_yet(leaf: Leaf, words: Sentence) -> set[int]:
    """ "passes that expire within 30 days": in the days to come, and nothing that happened."""
    return {
        place
        for place in leaf.places
        if words.words[place].low in _ENDING and low_at(words.words, place - 1) not in _DID
    }


def _is_none(leaf: Leaf) -> bool:
    """Whether nothing of the kind must have happened."""
    tree = leaf.tree
    zero = isinstance(tree, Comparison) and any(
        isinstance(each, Literal) and each.value == 0 for each in tree.values
    )
    return zero and isinstance(getattr(tree, "left", None), Aggregate)


def _is_before(one: Leaf, other: Leaf) -> bool:
    return min(one.places, default=0) < min(other.places, default=0)


def _other_thing(leaf: Leaf, entry: Entry, spoken: set[str], words: Sentence) -> set[int]:
    """ "exported a report but never shared one", "began to check out but never finished": another thing."""
    said = telling(leaf, words) or [p for p in leaf.places if words.words[p].stem in _OF_ALL]
    if len(said) != 1 or entry.role is not None or entry.opaque:
        return set()
    verb = words.words[said[0]]
    things = [each for each in entry.words if not likeness(verb.stem, each) and each not in light()]
    after = low_at(words.words, said[0] + 1)
    alone = verb.stem in _OF_ALL and (said[0] + 1 == len(words.words) or after in _NEXT)
    if not things or not is_past(verb) or not (alone or after in _POINTING):
        return set()
    told = any(likeness(each, thing) for each in spoken for thing in things)
    return set() if told else set(said)


def _named_beside(
    leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon, known: Collection[str]
) -> set[int]:
    """ "a payment that failed": the noun of what is said to have happened right behind it."""
    said = _nouns(leaf, words)
    names = {each.name for each in leaf.events()}
    if len(said) != 1 or not names or names & set(known):
        return set()
    led = low_at(words.words, said[0] - 1) in frame_words()["empty.articles"]
    if is_past(words.words[said[0]]) and not led:
        return set()
    after = said[0] + 1
    while low_at(words.words, after) in frame_words()["relatives"] | frame_words()["empty.aux"]:
        after += 1
    noun = words.words[said[0]].stem
    for other in every:
        for event in other.events() if after in other.places else ():
            entry = lexicon.by_event.get(event.name)
            if entry is not None and event.name not in names and noun in entry.words:
                return set(said)
    return set()


def _nouns(leaf: Leaf, words: Sentence) -> list[int]:
    kinds = frame_words()
    small = kinds["empty"] | kinds["light_verbs"]
    return [
        place
        for place in sorted(leaf.places)
        if words.words[place].is_word and words.words[place].low not in small
    ]


_TO_BE_SAID = frozenset(map(stem, small_words("to_be_said")))
_ENDING = frozenset(
    ["expire", "expires", "expiring", "lapse", "lapses", "lapsing", "ends", "ending"]
)
_DID = frozenset(["did", "didn't", "not", "never", "to", "let"])
_OF_ALL = frozenset(map(stem, ("start", "begin", "began", "finish", "complete", "end", "stop")))
_NEXT = frozenset(
    [".", ",", ";", "and", "but", "or", "in", "within", "since", "last", "this", "yet", "on"]
)
_POINTING = frozenset(["one", "any", "it", "them", "some", "either"])
