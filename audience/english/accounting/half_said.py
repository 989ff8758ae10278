"""What happened is meant only where all that its name tells was said: the deed, and to what it was done.

A flight is no delayed flight, "paid" no payment that failed, and who "exported a report but never shared
one" shared no link.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.accounting.fields import asks_for_none, entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.accounting.words import telling
from audience.english.events import WHY, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, light, likeness
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import name_words, stem
from audience.query import Aggregate, Comparison, Within


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
            lost |= _undone(leaf, same, entry, words, lexicon) | _were_seen(leaf, words, lexicon)
            if any(isinstance(each, Within) for each in event.filters):
                lost |= _not_yet(leaf, words)
            others = [each for each in every if _is_before(each, leaf)]
            if any(each.events() for each in others) or (others and _is_open(leaf, words)):
                told_of = {
                    word for o in others for e in entries_of(o.tree, lexicon) for word in e.words
                }
                lost |= _other_thing(leaf, entry, spoken, told_of, words)
        lost |= _plain_thing(leaf, words, lexicon)
        lost |= _named_beside(leaf, every, words, lexicon, known) | _given_us(leaf, words, lexicon)
    return lost


def _plain_thing(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "updated the app" is no app that is out of date: what a flag says of a thing has to be said."""
    if leaf.events():
        return set()
    flags = [e for e in entries_of(leaf.tree, lexicon) if getattr(e.field, "type", "") == "boolean"]
    said = {words.words[place].stem for place in leaf.places}
    for entry in flags:
        state = _STATES & set(entry.words)
        things = set(entry.words) - state - light()
        told = any(likeness(one, other) for one in said for other in state)
        if state and not told and things & said:
            return set(leaf.places)
    return set()


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


def _were_seen(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "seen in the past 7 days": they were, where a date of people says when, and looked at nothing."""
    said = [place for place in leaf.places if words.words[place].low == "seen"]
    if len(said) != 1 or set(telling(leaf, words)) - set(said):
        return set()
    if low_at(words.words, said[0] - 1) in ("have", "has", "had", "ve", "who've"):
        return set()
    known = any(
        "seen" in name_words(each.field.name)
        for each in lexicon.users
        if getattr(each.field, "type", None) in ("date", "timestamp")
    )
    return set(said) if known else set()


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
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Aggregate):
        return False
    return asks_for_none(tree)


def _is_before(one: Leaf, other: Leaf) -> bool:
    return min(one.places, default=0) < min(other.places, default=0)


def _is_open(leaf: Leaf, words: Sentence) -> bool:
    """ "with the app who haven't opened it": of what was spoken of, whatever that is."""
    return any(
        words.words[place].stem in _OPENED and low_at(words.words, place + 1) == "it"
        for place in leaf.places
    )


def _other_thing(
    leaf: Leaf, entry: Entry, spoken: set[str], told_of: set[str], words: Sentence
) -> set[int]:
    """ "exported a report but never shared one", "began to check out but never finished": another thing."""
    said = telling(leaf, words) or [p for p in leaf.places if words.words[p].stem in _OF_ALL]
    if len(said) != 1 or entry.opaque or (entry.role is not None and not _is_open(leaf, words)):
        return set()
    verb = words.words[said[0]]
    things = [each for each in entry.words if not likeness(verb.stem, each) and each not in light()]
    after = low_at(words.words, said[0] + 1)
    alone = verb.stem in _OF_ALL and (said[0] + 1 == len(words.words) or after in _NEXT)
    done = is_past(verb) or low_at(words.words, said[0] - 1) in _DID
    if not things or not done or not (alone or after in _POINTING):
        return set()
    told = any(likeness(each, thing) for each in spoken | told_of for thing in things)
    return set() if told else set(said)


def _given_us(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "gave us a score of 9": what they said of us, and no score by which we weigh them."""
    given = {
        p
        for p in leaf.places
        if words.words[p].stem in _GIVEN and low_at(words.words, p + 1) == "us"
    }
    tree = leaf.tree
    if not given or not isinstance(tree, Comparison):
        return set()
    spoken = {word.stem for word in words.words}
    if leaf.events():  # "gave us a score" gave no guest pass
        entry = lexicon.by_event.get(leaf.events()[0].name)
        own = {each for each in (entry.words if entry else ()) if each not in light()}
        return given if own & _GIVEN and own - _GIVEN and not own & (spoken - _GIVEN) else set()
    for entry in entries_of(tree, lexicon):
        told = {*entry.words, *entry.about}
        if not told & _OF_US and any(each not in spoken | light() for each in entry.words):
            return given
    return set()


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


_STATES = frozenset(map(stem, ("outdated", "expired", "blocked", "suspended", "banned", "disabled", "deleted", "restricted",
                               "frozen", "locked", "bounced", "failed", "overdue", "unverified")))  # fmt: skip
_TO_BE_SAID = frozenset(map(stem, small_words("to_be_said")))
_ENDING = frozenset(
    ["expire", "expires", "expiring", "lapse", "lapses", "lapsing", "ends", "ending"]
)
_DID = frozenset(["did", "didn't", "not", "never", "to", "let"])
_GIVEN = frozenset(map(stem, ("gave", "give", "rate", "rated", "score", "scored")))
_OF_US = frozenset(map(stem, small_words("scores_of_us")))
_OPENED = frozenset(map(stem, ("open", "click", "tap", "use", "launch")))
_OF_ALL = frozenset(map(stem, ("start", "begin", "began", "finish", "complete", "end", "stop")))
_NEXT = frozenset(
    [".", ",", ";", "and", "but", "or", "in", "within", "since", "last", "this", "yet", "on"]
)
_POINTING = frozenset(["one", "any", "it", "them", "some", "either", "anything"])
