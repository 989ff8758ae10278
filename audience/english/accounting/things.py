"""What every event of a kind is about, and verbs that say no more than that it took place.

Whoever applied, applied for a job, where an application has a job category; whoever took a bike rode it.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.leaves import Leaf
from audience.english.context import cue, type_of
from audience.english.events import is_action
from audience.english.lexicon import Lexicon
from audience.english.paraphrase import HAPPENED
from audience.english.schema import Entry
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem


def is_thing_of(said: str, leaf: Leaf, lexicon: Lexicon) -> bool:
    """Whether what the condition counts always has a thing called so: the job of a `job_category`."""
    return any(
        _is_kind_of(said, each) and _is_always_there(each, event)
        for held in leaf.events()
        if (event := lexicon.by_event.get(held.name)) is not None
        for each in event.properties.values()
    )


def _is_kind_of(said: str, entry: Entry) -> bool:
    return (
        type_of(entry) == "text" and entry.words[:1] == (said,) and set(entry.words[1:]) <= _KINDS
    )


def _is_always_there(entry: Entry, event: Entry) -> bool:
    seen, often = getattr(entry.field, "seen", None), event.field.seen
    return seen is not None and often.count > 0 and seen.count >= often.count * _NEARLY


def is_of_money(low: str, entries: Sequence[Entry]) -> bool:
    """ "paid more than 8 euros for a ride": a verb for money, where the sum of it is held."""
    return low in cue("spend") and any(each.role == "money" for each in entries)


def only_does(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "took a bike" of a ride: a verb of no meaning of its own, right before the condition's words.

    Not of a ride that was reserved, which is another thing than to take it.
    """
    kinds = frame_words()
    if words.words[place].stem not in {stem(each) for each in kinds["light_verbs"]}:
        return False
    noun = place + 1
    while low_at(words.words, noun) in kinds["empty.articles"]:
        noun += 1
    entries = [lexicon.by_event.get(each.name) for each in leaf.events()[:1]]
    return noun in leaf.places and all(
        entry is not None
        and not any(is_action(word) and word not in HAPPENED for word in entry.words[1:])
        for entry in entries
    )


_NEARLY = 0.98
_KINDS = frozenset(
    stem(each)
    for each in (
        "type",
        "category",
        "kind",
        "name",
        "id",
        "class",
        "group",
        "title",
        "code",
        "model",
    )
)
