"""What people want, may do or have is nothing that they did: no event says it, nor a date that is not set.

"Want no post", "can be e-mailed", "with less than 5 in the wallet", "about to leave".
"""

from __future__ import annotations

from collections.abc import Collection

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.small_words import small_words
from audience.english.accounting.words import telling
from audience.english.amounts import is_amount
from audience.english.context import cue
from audience.english.events import is_action, is_past
from audience.english.in_full.said import called
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Calendar
from audience.english.schema import likeness
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem_set
from audience.query import Comparison, Trait


def mere_states(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    known: Collection[str],
    lead_end: int,
) -> set[int]:
    """Places of words that tell how things stand, and came to what was done or to the time of it.

    `known` are events that an earlier prompt was about; before `lead_end` stands a polite beginning.
    """
    lost = _about_to(every, words, lexicon)
    for leaf in every:
        if leaf.events() and not any(each.name in known for each in leaf.events()):
            lost |= _wished(leaf, words, lead_end) | _had(leaf, words) | _feared(leaf, words)
        lost |= _never_known(leaf, words, lexicon) | _not_the_last(leaf, words, lexicon)
        lost |= _ahead(leaf, words, lexicon) | _no_status(leaf, words, lexicon)
    return lost


def _no_status(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "don't get our newsletter": a status says no by one of its values, and not by being unknown."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator != "absent":
        return set()
    said = {words.words[place].low for place in leaf.places}
    if said & (cue("missing") | {"status", "state"}):
        return set()
    of_status = any(
        _STATUS & set(each.words) and each.field.name not in lexicon.nothings
        for each in entries_of(tree, lexicon)
    )
    return set(leaf.places) if of_status else set()


def _wished(leaf: Leaf, words: Sentence, lead_end: int) -> set[int]:
    """ "don't want post", "can't be posted to": nobody did it, or did it not."""
    said = telling(leaf, words)
    place = said[0] - 1 if said else -1
    while low_at(words.words, place) in _BETWEEN and place >= lead_end:
        place -= 1
    if place < lead_end or place < 0 or place in words.covered():
        return set()
    return {place, said[0]} if words.words[place].low in _WISHES else set()


def _feared(leaf: Leaf, words: Sentence) -> set[int]:
    """ "at risk of churning", "likely to buy": what may come, and nothing that they did."""
    said = telling(leaf, words)
    first = said[0] if said else 0
    led = low_at(words.words, first - 1) in ("of", "to")
    return {first} if led and low_at(words.words, first - 2) in _MAY_BE else set()


def _had(leaf: Leaf, words: Sentence) -> set[int]:
    """ "with less than 5 in the wallet": what is in it, and not what was put there."""
    if any(is_past(words.words[p]) or is_action(words.words[p].stem) for p in telling(leaf, words)):
        return set()
    return {
        place
        for place, (end, item) in words.items.items()
        if place in leaf.places
        and is_amount(item)
        and low_at(words.words, place - 1) in _HAVING
        and low_at(words.words, end) in ("in", "on")
        and low_at(words.words, end + 1) in _THEIR
    }


def _never_known(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "never attended one" of a join date that is not set: only the date of that same act may tell."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator != "absent":
        return set()
    verbs = [
        place
        for place in leaf.places - set(words.covered())
        if words.words[place].low not in _HAVING | _TOLD
        and (is_action(words.words[place].stem) or is_past(words.words[place]))
        and low_at(words.words, place - 1) in _NEVER
    ]
    for entry in entries_of(tree, lexicon) if verbs else ():
        if getattr(entry.field, "type", None) not in ("date", "timestamp"):
            return set(verbs)
        if not any(
            words.words[place].stem in entry.words
            or (
                _ONCE & set(entry.words)
                and any(likeness(words.words[place].stem, each) for each in entry.words)
            )
            for place in verbs
        ):
            return set(verbs)
    return set()


def _not_the_last(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "had a service last month": in it, though the last one may have been since."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return set()
    if tree.operator not in ("at_most", "less_than"):
        return set()
    covered = words.covered()
    entries = entries_of(tree, lexicon)
    if {called(each) for each in entries} & {words.words[place].low for place in leaf.places}:
        return set()
    if not any("last" in each.words for each in entries) or any(
        words.words[place].low in cue("last") and place not in covered for place in leaf.places
    ):
        return set()
    return {
        place
        for place, (_, item) in words.items.items()
        if place in leaf.places
        and isinstance(item, Calendar)
        and item.text.lower().split()[0] not in ("this", "before", "until", "by")
    }


def _ahead(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "no box coming up": one that is still to come, which no count of those that came tells."""
    if not any(words.words[place].low in _COMING for place in leaf.places):
        return set()
    entries = entries_of(leaf.tree, lexicon)
    types = {getattr(each.field, "type", "event") for each in entries}
    named = {word for each in entries for word in (*each.words, *each.about)}
    if types & {"date", "timestamp"} or not types:
        return set()
    covered = words.covered()
    return {
        place
        for place in leaf.places
        if words.words[place].low in _COMING
        and place not in covered
        and words.words[place].stem not in named
        and low_at(words.words, place + 1) != "from"
    }


def _about_to(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "about to leave": what somebody expects, which only a date to come or a forecast tells."""
    lost = set[int]()
    for place in range(len(words.words)):
        if (low_at(words.words, place), low_at(words.words, place + 1)) not in _TO_COME:
            continue
        for leaf in holding(every, place + 2):
            tree = leaf.tree
            types = {getattr(each.field, "type", None) for each in entries_of(tree, lexicon)}
            if not types <= {"date", "timestamp", "number"}:
                lost |= {place, place + 2}
    return lost


_WISHES = small_words("wishes")
_HAVING = frozenset(["with", "have", "has", "had", "having", "holding"])
_THEIR = small_words("determiners")
_TOLD = small_words("say_nothing")
_NEVER = frozenset(["never", "not", "haven't", "hasn't", "hadn't", "didn't", "yet"])
_ONCE = frozenset(["last", "first", "latest", "recent"])
_TO_COME = {("about", "to"), ("going", "to"), ("bound", "to")}
_MAY_BE = small_words("forecasts")
_COMING = frozenset(["coming", "upcoming", "forthcoming", "scheduled"])
_BETWEEN = (
    frozenset(["be", "been", "being", "to", "any", "more", "our", "receive", "get", "hear"])
    | (frame_words()["empty.articles"])
)
_STATUS = stem_set("status", "state")
