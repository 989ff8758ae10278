"""Every word that a condition took stands for a part of it: its field, its value or how it is held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf, holding, is_of_others
from audience.english.accounting.things import is_thing_of
from audience.english.bought import is_buying, is_sold
from audience.english.coded import meanings
from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import stemmed
from audience.english.sentence import Sentence, frame_words
from audience.english.tokens import name_words, stem
from audience.query import Comparison, Events, Reducer, Trait


def lost_words(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    taken: Collection[int],
) -> set[int]:
    """The words of `taken` that stand for nothing in the conditions that point at them."""
    lost = set[int]()
    for place in taken:
        word = words.words[place]
        if word.low in neutral() or word.stem in neutral() or not word.is_word:
            continue
        if word.low in ("y", "n") and place and words.words[place - 1].text in ("=", ":"):
            continue  # a flag's answer
        holders = holding(every, place)
        if word.low in _PERIODS and holders and not _is_own(holders, word.low, lexicon):
            lost.add(place)  # "the month before" is no monthly newsletter
            continue
        if word.low in _BEFORE and any(map(_is_after_such, holders)):
            continue  # "again within 90 days of an earlier one"
        if word.low in _OTHER and any(map(is_of_others, holders)):
            continue  # "from another branch", which is not that of before
        if any(is_thing_of(word.stem, leaf, lexicon) for leaf in holders):
            continue
        if any(_is_compared(leaf, word.low) for leaf in holders):
            continue
        if is_buying(word.stem) and any(_is_of_sold(leaf, lexicon) for leaf in holders):
            continue  # "bought tickets", which were booked
        if holders and not any(_stands(leaf, word.stem, place, lexicon, found) for leaf in holders):
            lost.add(place)
    return lost


def _is_of_sold(leaf: Leaf, lexicon: Lexicon) -> bool:
    entries = (lexicon.by_event.get(each.name) for each in leaf.events())
    return any(each is not None and is_sold(each) for each in entries)


def _is_after_such(leaf: Leaf) -> bool:
    """Whether a thing that was done is held to having been done before."""
    names = [node.name for node in leaf.nodes() if isinstance(node, Events)]
    return len(names) > len(set(names))


_BEFORE = frozenset(["earlier", "previous", "prior", "last"])


def _is_compared(leaf: Leaf, low: str) -> bool:
    """ "more beds than guests": of two fields; "their best result": of the highest."""
    if low in _MORE:
        trees = [each for each in leaf.nodes() if isinstance(each, Comparison)]
        return any(isinstance(value, Trait) for each in trees for value in each.values)
    highest = any(isinstance(each, Reducer) and each.method == "max" for each in leaf.nodes())
    return low == "best" and highest


_MORE = frozenset(["more", "fewer", "less", "higher"])


def _stands(leaf: Leaf, said: str, place: int, lexicon: Lexicon, found: Sequence[Link]) -> bool:
    entries = entries_of(leaf.tree, lexicon)
    if any(means(said, each) for each in entries):
        return True
    values = values_of(leaf.nodes())
    if any(said in stemmed(each) for each in values):
        return True
    fields = {id(each) for each in entries}
    for link in found:
        if not link.first <= place < link.end:
            continue
        if link.audience is not None or link.term is not None:
            return True
        if any(id(each.entry) in fields for each in link.names):
            return True
        if any(id(each.entry) in fields and each.value in values for each in link.values):
            return True
    return False


def _is_own(holders: list[Leaf], low: str, lexicon: Lexicon) -> bool:
    """Whether the word stands in a value or a name as it was said, not only in its stem."""
    for leaf in holders:
        values = values_of(leaf.nodes())
        told = [
            meaning
            for entry in entries_of(leaf.tree, lexicon)
            for value, meaning in meanings(entry.field.description, tuple(values))
            if value in values
        ]
        said = {word for value in (*values, *told) for word in name_words(value)}
        names = {
            word
            for node in leaf.nodes()
            if isinstance(name := getattr(node, "name", None), str)
            for word in name_words(name)
        }
        if low in said | names or low.rstrip("s") in said | names:
            return True
    return not any(
        isinstance(leaf.tree, Comparison) and leaf.tree.operator in _EQUAL for leaf in holders
    )


_OTHER = frozenset(["other", "another", "different", "somewhere", "elsewhere", "nowhere"])
_EQUAL = ("equals", "one_of", "contains")
_PERIODS = frozenset(
    ["day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year", "years"]
)


def telling(leaf: Leaf, words: Sentence) -> list[int]:
    """The words of the condition that are more than small words, and in no number or window."""
    covered = words.covered()
    small = neutral() | frame_words()["empty"]
    return [
        place
        for place in sorted(leaf.places)
        if place not in covered
        and words.words[place].is_word
        and not words.words[place].low.endswith("n't")
        and not {words.words[place].low, words.words[place].stem} & small
    ]


@cache
def neutral() -> frozenset[str]:
    """Words that tell how others are meant, and verbs that say nothing by themselves."""
    kinds = frame_words()
    cues = {word for row in load("cues.yaml").values() for word in row}
    return frozenset(
        cues
        | {stem(word) for word in cues}
        | kinds["light_verbs"]
        | {stem(word) for word in kinds["light_verbs"]}
        | kinds["subjects.users"]
        | kinds["subjects.accounts"]
        | kinds["negations"]
    )
