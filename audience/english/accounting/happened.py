"""Whether anything was said of what a condition says that happened, or that is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from audience.english.accounting.fields import entries_of, means, says_role, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.accounting.words import telling
from audience.english.context import cue
from audience.english.events import is_action, is_past
from audience.english.in_full.said import called
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, beginning, likeness
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.english.tokens import name_words
from audience.english.tokens import stem as stem_of
from audience.query import Comparison


def unhappened(
    leaf: Leaf,
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
) -> set[int]:
    """Places of words that came to something done, or there, of which they are no evidence."""
    lost = _said_by_nobody(leaf, words, found, known) | _is_not_there(leaf, words, lexicon)
    if not _has_event(leaf, every, words, lexicon, found, known):
        lost |= leaf.places
    return lost | _only_had(leaf, words, lexicon)


def _said_by_nobody(
    leaf: Leaf, words: Sentence, found: Sequence[Link], known: Collection[str]
) -> set[int]:
    """Something done that no word points at: the values that may have brought it in."""
    names = {each.name for each in leaf.events()}
    if leaf.places or not names or names & set(known):
        return set()
    brought = {
        place
        for link in found
        if any(each.event in names for each in link.values)
        for place in range(link.first, link.end)
    }
    return brought or {place for place, word in enumerate(words.words) if word.is_word}


def _is_not_there(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "who own it": that something is known of a field whose few values tell, and only its description
    has the word."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator != "exists":
        return set()
    for entry in entries_of(tree, lexicon):
        stats = getattr(entry.field, "stats", None)
        if entry.properties or stats is None or not (stats.complete and stats.values):
            continue
        if any(words.words[place].low == called(entry) for place in leaf.places):
            continue  # "whose plan is known"
        if any(_NO & set(name_words(each)) for each in stats.values):
            return set(telling(leaf, words)) or set(leaf.places)  # "with push on"
        if beginning(entry.field.description) <= {words.words[at].stem for at in leaf.places}:
            continue  # "with a paid membership", where the field is described just so
        said = telling(leaf, words)
        if said and not any(
            likeness(words.words[place].stem, each) for place in said for each in entry.words
        ):
            return set(said)
    return set()


def _has_event(
    leaf: Leaf,
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
) -> bool:
    """Whether a word that is not another condition's own stands for the event, or a verb for its value.

    "Families with kids" did nothing, whatever event has a value called so; who "had a cleaning" did.
    """
    events = next(iter(leaf.events()), None)
    entry = lexicon.by_event.get(events.name) if events is not None else None
    if events is None or entry is None or events.name in known or not leaf.places:
        return True
    others = {
        place
        for other in every
        if all(each.name != events.name for each in other.events())
        for place in other.places
    }
    held = [each for each in entries_of(leaf.tree, lexicon) if not each.properties]
    if any(
        word.is_word
        and place not in others
        and (_tells_of(words.words, place, entry) or any(word.stem in each.words for each in held))
        for place, word in enumerate(words.words)
    ):
        return True
    valued = {
        place
        for link in found
        if any(each.event == events.name for each in link.values)
        for place in range(link.first, link.end)
    }
    if not valued & leaf.places:
        return False
    first = min(leaf.places)
    before = words.words[first - 1].low if first else ""
    kinds = frame_words()
    told = {p for p in leaf.places if words.words[p].low not in cue("soft")}  # "speak", "living"
    if len(told) < len(leaf.places):  # "never rated a stay": the "never" says no more than "rated"
        told = {p for p in told if words.words[p].low not in kinds["negations"]}
    return (
        not told <= valued
        or any(is_action(words.words[place].stem) for place in told)
        or any(words.words[place].stem in _idle() for place in leaf.places)
        or before in kinds["empty.aux"] | kinds["light_verbs"] | kinds["empty.articles"]
    )


def _only_had(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "with more than 3 friends": whom they have, and not that they invited them."""
    events = leaf.events()
    entry = lexicon.by_event.get(events[0].name) if len(events) == 1 else None
    said = telling(leaf, words)
    if entry is None or entry.opaque or entry.role is not None or len(said) != 1:
        return set()
    word = words.words[said[0]]
    people = _OTHERS | frame_words()["subjects.users"]
    if (
        not is_action(entry.words[-1])
        or word.stem not in entry.words[:-1]
        or word.low not in people
    ):
        return set()
    if events[0].filters or "0" in values_of(leaf.nodes()):
        return set()
    first = min(leaf.places)
    return set(said) if low_at(words.words, first - 1) in _HAVING else set()


def _tells_of(words: Sequence[Word], place: int, entry: Entry) -> bool:
    """Whether the word is of the event's name or description, asks for its role, or is a verb like its own.

    A noun that is only like one of its words is no evidence: a "phone" is no call that was made.
    """
    word = words[place]
    before = low_at(words, place - 1)
    verbal = is_past(word) or is_action(word.stem) or before in _BEFORE_A_VERB
    if word.stem in (*entry.words, *entry.about):
        return len(entry.words) == 1 or word.stem not in _idle()
    return says_role(word.stem, entry) or (verbal and means(word.stem, entry))


@cache
def _idle() -> frozenset[str]:
    """Words that say nothing of what was done."""
    said = (
        "use",
        "have",
        "get",
        "do",
        "be",
        "go",
        "make",
        "take",
        "put",
        "new",
        "user",
        "customer",
    )
    return frozenset(map(stem_of, said))


_OTHERS = small_words("others_too")
_NO = small_words("values_that_say_no")
_HAVING = frozenset(["with", "have", "has", "having"])
_BEFORE_A_VERB = frozenset(["did", "didn't", "not", "never", "don't", "haven't", "hasn't", "to"])
