"""The verb of a thing that people do, which says no more than that it was done: "sent an invite"."""

from __future__ import annotations

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.events import is_action
from audience.english.lexicon import Lexicon
from audience.english.making_verbs import verbs_of
from audience.english.paraphrase import HAPPENED
from audience.english.schema import Entry, likeness
from audience.english.sentence import Sentence, frame_words, low_at


def is_making(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "sent an invite", "placed 5 orders": the verb at `place` of a noun of the condition behind it.

    Not where its field tells of something else that came of it: an invite accepted, an order cancelled.
    """
    said = words.words[place].stem
    noun = _noun_behind(words, place)
    if noun is None or noun not in leaf.places or said not in verbs_of(_stem(words, noun)):
        return False
    told = {words.words[each].stem for each in leaf.places}
    return any(
        _is_named(_stem(words, noun), each) and not _tells_more(each, told)
        for each in entries_of(leaf.tree, lexicon)[:1]
    )


def _noun_behind(words: Sentence, place: int) -> int | None:
    """The first noun of such a thing behind the verb, with numbers and small words between at most."""
    covered = words.covered()
    small = frame_words()["empty.articles"] | _BETWEEN
    at = place + 1
    while at < min(len(words.words), place + _NEAR) and (
        at in covered or low_at(words.words, at) in small
    ):
        at += 1
    return at if at < len(words.words) and verbs_of(_stem(words, at)) else None


def _stem(words: Sentence, place: int) -> str:
    return words.words[place].stem


def _is_named(noun: str, entry: Entry) -> bool:
    """Whether the field is called so, or its code is described so."""
    return any(
        likeness(noun, each) for each in (*entry.words, *(entry.about if entry.opaque else ()))
    )


def _tells_more(entry: Entry, told: set[str]) -> bool:
    """Whether its name has a deed that nobody said: an order that was cancelled."""
    return any(
        is_action(word)
        and word not in HAPPENED
        and not verbs_of(word)
        and not any(likeness(word, each) for each in told)
        for word in entry.words
    )


_BETWEEN = frozenset(["out", "in", "up", "any", "single", "at", "least", "us", "more", "than", "over", "one"])  # fmt: skip
_NEAR = 8
