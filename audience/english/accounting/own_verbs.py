"""Verbs that say no more than the field does: "gave us a 9", "looked after by Kim", "took a ride"."""

from __future__ import annotations

from decimal import Decimal

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.context import type_of
from audience.english.lexicon import Lexicon
from audience.english.schema import Entry, light, likeness
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Comparison, Literal


def is_own_verb(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """Whether the word at `place` is one that the condition's own field speaks of."""
    if not isinstance(leaf.tree, Comparison) or leaf.events():
        return False
    entries = entries_of(leaf.tree, lexicon)
    return (
        (any(map(_is_score, entries)) and _is_of_score(words, place, leaf))
        or (any(map(_is_keeper, entries)) and _is_kept(words, place, leaf))
        or (any(map(_is_source, entries)) and _is_coming(words, place, leaf))
        or (
            any(_is_last(words, leaf, each) for each in entries)
            and _is_light(words, place, leaf, lexicon)
        )
    )


def _is_score(entry: Entry) -> bool:
    """Whether they gave it, as with an NPS; a rating may be one that they were given."""
    return type_of(entry) == "number" and bool(_ANSWERS & {*entry.words, *entry.about})


def _is_of_score(words: Sentence, place: int, leaf: Leaf) -> bool:
    """ "gave us a 9", right before the number; "in the NPS survey", right behind the name."""
    if words.words[place].low in _SURVEYS:
        return place - 1 in leaf.places and place - 1 not in words.covered()
    number = place + 1
    while low_at(words.words, number) in _BEFORE_SCORE:
        number += 1
    values = leaf.tree.values if isinstance(leaf.tree, Comparison) else ()
    held = any(isinstance(each, Literal) and isinstance(each.value, Decimal) for each in values)
    return (
        words.words[place].low in _SCORING
        and held
        and number in leaf.places
        and number in words.covered()
    )


def _is_keeper(entry: Entry) -> bool:
    return type_of(entry) == "text" and bool(_KEEPERS & {*entry.words, *entry.about})


def _is_kept(words: Sentence, place: int, leaf: Leaf) -> bool:
    """ "looked after by Kim", "served by Kim", "that Kim looks after": beside the one who does it."""
    by = low_at(words.words, place + 1) == "by" and place + 2 in leaf.places
    does = place - 1 in leaf.places and {words.words[place].low, words.words[place].stem} & _KEEPING
    return (words.words[place].low in _KEPT and by) or bool(does)


def _is_source(entry: Entry) -> bool:
    """Whether it tells how people came: `acquisition_channel`, "How the customer came to us"."""
    return type_of(entry) == "text" and bool(_SOURCES & {*entry.words, *entry.about})


def _is_coming(words: Sentence, place: int, leaf: Leaf) -> bool:
    """ "joined us through a friend", "a lead we got at the fair": before how, or by what, they came."""
    behind = [low_at(words.words, place + step) for step in range(1, _NEAR)]
    how = next((at for at, low in enumerate(behind) if low in _CAME_BY), None)
    if words.words[place].stem not in _COMING or how is None:
        return False
    after = {place + 1 + how + step for step in (1, 2, 3)}
    return set(behind[:how]) <= _US and bool(after & leaf.places)


def _is_last(words: Sentence, leaf: Leaf, entry: Entry) -> bool:
    """The day of the last one, and nothing about it that was not said, such as that it was sent."""
    if type_of(entry) not in ("date", "timestamp") or not _LAST & set(entry.words):
        return False
    told = [words.words[at].stem for at in leaf.places if at not in words.covered()]
    rest = [each for each in entry.words if each not in _LAST | light()]
    return all(any(likeness(each, other) for other in told) for each in rest)


def _is_light(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "took a ride", of the last one's date: a verb of no meaning of its own before the noun.

    Not where rides are told as events, which may know of others than that date.
    """
    noun = place + 1
    while low_at(words.words, noun) in frame_words()["empty.articles"]:
        noun += 1
    if noun not in leaf.places or noun in words.covered():
        return False
    told = any(words.words[noun].stem in each.words for each in lexicon.events)
    return words.words[place].stem in _LIGHT and not told


_ANSWERS = frozenset(map(stem, ("nps", "csat", "survey", "recommend")))
_SCORING = small_words("scoring")
_SURVEYS = frozenset(["survey", "surveys", "questionnaire"])
_BEFORE_SCORE = frozenset(["us", "a", "an", "with"])
_KEEPERS = frozenset(map(stem, small_words("keepers")))
_KEPT = small_words("kept")
_KEEPING = _KEPT | frozenset(stem(each) for each in _KEPT)
_SOURCES = frozenset(
    map(stem, ("source", "acquisition", "acquired", "came", "come", "found", "referrer", "utm"))
)
_COMING = frozenset(
    map(stem, ("join", "came", "come", "find", "found", "got", "get", "arrive", "acquire", "bring"))
) | {"brought", "discov", "heard", "reach", "met", "recruit"}
_CAME_BY = frozenset(["by", "through", "via", "from", "at", "on", "over", "thanks", "with", "in"])
_US = frozenset(["us", "to", "about", "our", "site", "app", "website", "brand", "here"])
_NEAR = 5  # words from the verb to the "through"
_LAST = frozenset(map(stem, ("last", "latest")))
_LIGHT = frozenset(map(stem, ("take", "make", "place", "do", "have", "leave", "write")))
