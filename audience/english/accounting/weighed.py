"""What people are weighed by and nobody said: "high bills", "more than the average", "our ten largest donors".

A word of degree is of the noun behind it, and of no other field; what most others have, which way
something moved and who comes first are no conditions.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.small_words import small_words
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Number, Range
from audience.english.schema import stemmed
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.query import Comparison, Trait


def unweighed(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """Places of words that weigh people by what no condition holds."""
    lost = set[int]()
    apart = words.covered().keys() | {
        place
        for link in found
        if link.length > 1 and link.score >= _WHOLE  # "New York", a "big spender" of the glossary
        for place in range(link.first, link.end)
    }
    for place, word in enumerate(words.words):
        if place in apart or word.quoted:
            continue
        if (
            _is_of_another(every, place, words, lexicon)
            or _is_mere_existence(every, place, words, lexicon)
            or _has_moved(every, place, words.words)
            or _is_of_all(place, words.words)
        ):
            lost.add(place)
    lost |= {place for place in range(len(words.words)) if _is_every_other(place, words.words)}
    for place, (end, item) in words.items.items():
        if not isinstance(item, Number | Range):
            continue
        if place and low_at(words.words, place - 1) in _MINUS and place - 1 not in apart:
            lost.add(place - 1)
        if _is_of_the_first(end, words.words):
            lost |= {place, end}
    return lost


def _is_of_another(every: list[Leaf], place: int, words: Sentence, lexicon: Lexicon) -> bool:
    """ "high bills" of a risk that is high: the noun behind it is none of that field's."""
    word = words.words[place]
    if word.low not in _SIZES:
        return False
    nouns = _behind(place, words.words)
    if not nouns:
        return False
    for leaf in holding(every, place):
        entries = entries_of(leaf.tree, lexicon)
        told = {each for value in values_of(leaf.nodes()) for each in stemmed(value)}
        if not any(means(noun, entry) for noun in nouns for entry in entries) and not told & set(
            nouns
        ):
            return True
    return False


def _behind(place: int, words: Sequence[Word]) -> list[str]:
    """The nouns that stand right behind an adjective; none where those are the people themselves."""
    kinds = frame_words()
    people = kinds["subjects.users"] | kinds["subjects.accounts"]
    found: list[str] = []
    for word in words[place + 1 : place + 4]:
        joint = word.low in kinds["and"] | kinds["or"] | kinds["but"]  # "is high but …"
        if not word.is_word or joint or word.low in kinds["empty"] or word.low in people:
            break
        found.append(word.stem)
    return found


def _is_mere_existence(every: list[Leaf], place: int, words: Sentence, lexicon: Lexicon) -> bool:
    """ "heavy dogs", "a long streak": how much it is, and not that there is a number."""
    if words.words[place].low not in _SIZES:
        return False
    return any(
        isinstance(leaf.tree, Comparison)
        and isinstance(leaf.tree.left, Trait)
        and leaf.tree.operator == "exists"
        and {getattr(each.field, "type", None) for each in entries_of(leaf.tree, lexicon)}
        & {"number", "date", "timestamp"}
        for leaf in holding(every, place)
    )


def _has_moved(every: list[Leaf], place: int, words: Sequence[Word]) -> bool:
    """ "whose bill went up": compared with what it was before, which no condition can be."""
    if words[place].stem != "go" or low_at(words, place + 1) not in _WAYS:
        return False
    return not any(leaf.events() for leaf in holding(every, place))


def _is_of_all(place: int, words: Sequence[Word]) -> bool:
    """ "more than the average", "above average": that of everybody."""
    if words[place].low not in _AVERAGE:
        return False
    before = place - 1
    while low_at(words, before) in _ARTICLES:
        before -= 1
    after = words[place + 1] if place + 1 < len(words) else None
    people = frame_words()["subjects.users"]
    alone = (
        after is None or not after.is_word or after.low in _ENDS or after.low.rstrip("s") in people
    )
    return low_at(words, before) in _THAN and alone


def _is_every_other(place: int, words: Sequence[Word]) -> bool:
    """ "every second customer": a part of the people."""
    people = frame_words()["subjects.users"]
    return (
        words[place].low in _ORDINALS
        and low_at(words, place - 1) in ("every", "each")
        and low_at(words, place + 1) in people
    )


def _is_of_the_first(end: int, words: Sequence[Word]) -> bool:
    """ "our ten largest donors": so many of the people, in an order."""
    people = frame_words()["subjects.users"]
    low = low_at(words, end)
    first = low in _FIRST or (low.endswith("est") and low not in _NO_DEGREE)
    return first and any(low_at(words, at) in people for at in (end + 1, end + 2))


_WHOLE = 0.9
_SIZES = small_words("sizes_of_things")
_ENDS = small_words("ends")
_ARTICLES = frozenset(["a", "an", "the", "our", "your"])
_AVERAGE = frozenset(["average", "median", "usual", "norm", "mean"])
_THAN = frozenset(["than", "above", "below", "over", "under", "beyond"])
_WAYS = frozenset(["up", "down"])
_MINUS = frozenset(["minus", "negative"])
_ORDINALS = frozenset(["second", "third", "fourth", "fifth", "tenth", "other"])
_FIRST = frozenset(["best", "top", "worst", "most"])
_NO_DEGREE = frozenset(["guest", "request", "interest", "test", "west", "forest", "harvest"])
