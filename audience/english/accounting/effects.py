"""Words that tell how a number is meant, and what they must have come to: a sum, an average, a place in time.

Reading a number looks for these words beside it. One that stands elsewhere, or in the name of another
field, would be passed over: then it is shown, as the number alone means something else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.context import cue
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence, Word, low_at
from audience.query import Comparison, Literal, Property, Reducer


def without_effect(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, *, accounts: bool
) -> set[int]:
    """Places of such words that no condition bears out.

    What several people of a company did together is no number of any one of them.
    """
    covered = words.covered()
    lost = set[int]()
    for place, word in enumerate(words.words):
        if place in covered or word.quoted or not word.is_word:
            continue
        asked = _asked(words.words, place)
        if asked and not _is_borne_out(asked, place, every, words, lexicon, accounts):
            lost.add(place)
    return lost


def _asked(words: Sequence[Word], place: int) -> Collection[str]:
    """The reducers that the word asks for."""
    low = words[place].low
    if low in cue("average"):
        return ("avg",)
    if low in cue("total") or (low == "all" and low_at(words, place - 1) == "in"):
        return ("sum", "count", "unique")
    return ()


def _is_borne_out(
    asked: Collection[str],
    place: int,
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    accounts: bool,
) -> bool:
    stem = words.words[place].stem
    for leaf in holding(every, place) or _nearest(every, place):
        if any(
            isinstance(n, Reducer) and n.method in asked and n.method != "count"
            for n in leaf.nodes()
        ):
            return True
        if "count" in asked and not _holds_single(leaf) and not (accounts and leaf.events()):
            return True
        if _is_of_many(words.words, place, leaf, lexicon):
            continue
        for each in entries_of(leaf.tree, lexicon):
            if stem in (*each.words, *each.about):
                return True
    return False


def _is_of_many(words: Sequence[Word], place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "total orders over 1000": of all orders, though each of them has a field called total."""
    noun = words[place + 1] if place + 1 < len(words) else None
    if noun is None or not noun.low.endswith("s") or not leaf.events() or not _holds_single(leaf):
        return False
    entry = lexicon.by_event.get(leaf.events()[0].name)
    return entry is not None and noun.stem in entry.words


def _holds_single(leaf: Leaf) -> bool:
    """Whether a number is one of each thing that happened, and not of all together."""
    return any(
        isinstance(node, Comparison)
        and isinstance(node.left, Property)
        and any(
            isinstance(each, Literal) and isinstance(each.value, Decimal) for each in node.values
        )
        for node in leaf.nodes()
    )


def _nearest(every: list[Leaf], place: int) -> list[Leaf]:
    """The conditions whose words stand nearest."""

    def distance(leaf: Leaf) -> int:
        return min((abs(each - place) for each in leaf.places), default=99)

    least = min((distance(leaf) for leaf in every), default=99)
    return [leaf for leaf in every if distance(leaf) == least]
