"""Every "not" lies over a condition that keeps people out, and no condition keeps out unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from audience.english.accounting.leaves import Leaf, holding
from audience.english.context import cue
from audience.english.events import is_past
from audience.english.literals.items import Item, Range
from audience.english.named import NOTHING
from audience.english.schema import likeness, stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Context,
    Events,
    Literal,
    Not,
    Trait,
    Where,
    walk,
)


def lost_negations(
    every: list[Leaf], negations: Iterable[int], refusals: Collection[str] = ()
) -> set[int]:
    """Places of negations that no condition takes to be one.

    `refusals` are the flags whose yes says that something is not wanted.
    """
    return {place for place in negations if not _denied(every, place, refusals)}


def lost_exceptions(every: list[Leaf], words: Sentence) -> set[int]:
    """ "except via Google": what comes next is kept out."""
    covered = words.covered()
    places = set[int]()
    for place, word in enumerate(words.words):
        pair = (word.low, words.words[place + 1].low if place + 1 < len(words.words) else "")
        said = word.low in frame_words()["except"] - {"less", "minus"} or pair in _OTHER_THAN
        said = said or _is_all_but(words, place)
        if not said or place in covered or word.quoted:
            continue
        after = [each for leaf in every for each in leaf.places if each > place]
        following = holding(every, min(after)) if after else []
        if following and not any(is_negative(leaf.tree) for leaf in following):
            places.add(place)
    return places


def _is_all_but(words: Sentence, place: int) -> bool:
    """ "bought anything but footwear", and no "did not buy anything, but looked"."""
    after = place + 2
    if words.words[place].low not in _ANYTHING or low_at(words.words, place + 1) != "but":
        return False
    while low_at(words.words, after) in frame_words()["empty.articles"]:
        after += 1
    verbal = after < len(words.words) and (
        is_past(words.words[after]) or low_at(words.words, after) in frame_words()["empty.aux"]
    )
    return not verbal and not any(
        _says_not(words, each) for each in range(max(0, place - 4), place)
    )


_ANYTHING = frozenset(["anything", "everything", "anyone", "everyone", "anybody", "everybody"])
_OTHER_THAN = {("other", "than"), ("apart", "from"), ("aside", "from"), ("leaving", "out")}


def lost_switches(every: list[Leaf], words: Sentence, refusals: Collection[str] = ()) -> set[int]:
    """ "push turned off": the word that turns a flag round, where the flag is asked to be set."""
    places = set[int]()
    for place, word in enumerate(words.words):
        if word.low not in _SWITCHED_OFF or word.quoted:
            continue
        for leaf in every:
            before = [each for each in leaf.places if each < place]
            near = place in leaf.places or (before and place - max(before) <= _NEAR)
            if near and _is_set(leaf.tree) and not _is_refusal(leaf.tree, refusals):
                places.add(place)
    return places


def _is_refusal(tree: Boolean, refusals: Collection[str]) -> bool:
    left = tree.left if isinstance(tree, Comparison) else None
    return isinstance(left, Trait) and left.name in refusals


def _is_set(tree: Boolean) -> bool:
    """A flag that must be true."""
    return (
        isinstance(tree, Comparison)
        and isinstance(tree.left, Trait)
        and tree.operator == "equals"
        and [getattr(each, "value", None) for each in tree.values] == ["true"]
    )


_NEAR = 2  # words between a flag and what turns it off
_SWITCHED_OFF = (cue("off") & {"off", "disabled", "inactive", "deactivated", "revoked"}) | {
    "muted",
    "deactivated",
    "blocked",
}


def overreaching(every: list[Leaf], words: Sentence) -> set[int]:
    """Places of a "not" that turned round what was said before it, or in another clause.

    "gave 3 times, never less than 20", "a call that was not resolved, then cancelled", "no x; payer".
    """
    lost = set[int]()
    negations = {place for place in range(len(words.words)) if _says_not(words, place)}
    for leaf in every:
        mine = negations & leaf.places
        if not _keeps_out(leaf.tree) or not leaf.places:
            continue
        for place, (_, item) in words.items.items():
            if place in leaf.places and _is_how_often(item) and mine and place < min(mine):
                lost |= mine
        if _is_denied_sequence(leaf.tree) and mine:
            following = words.words[min(max(mine) + 1, len(words.words) - 1)]
            if not _begins(leaf.tree, following.stem):
                lost |= mine
    return lost


def spread_over(every: list[Leaf], words: Sentence) -> set[int]:
    """ "never opened it or opened it in May": the same verb once more, and no "not" before it."""
    lost = set[int]()
    for leaf in every:
        first = min((p for p in leaf.places if is_past(words.words[p])), default=0)
        if low_at(words.words, first - 1) != "or" or not _keeps_out(leaf.tree):
            continue
        for other in every:
            before = any(
                p < first and words.words[p].low == words.words[first].low for p in other.places
            )
            if other is not leaf and before and _keeps_out(other.tree):
                lost |= {first - 1, first}
    return lost


def made_up(every: list[Leaf], words: Sentence) -> set[int]:
    """Places of words that a "not" of another clause turned round: "no gold members; over 30"."""
    lost = set[int]()
    cuts = [place for place, word in enumerate(words.words) if word.text == ";"]
    for leaf in every if cuts else ():
        if not leaf.places or not _keeps_out(leaf.tree):
            continue
        first = min(leaf.places)
        start = max((cut for cut in cuts if cut < first), default=-1) + 1
        end = min((cut for cut in cuts if cut > first), default=len(words.words))
        if not any(_denies_here(words, place) for place in range(start, end)):
            lost |= leaf.places - set(words.covered())
    return lost


def _keeps_out(tree: Boolean) -> bool:
    return isinstance(tree, Not) or (
        isinstance(tree, Comparison)
        and (
            tree.operator in ("absent", "none_of", "omits")
            or (
                isinstance(tree.left, Aggregate)
                and [getattr(each, "value", None) for each in tree.values] == [Decimal(0)]
            )
        )
    )


def _denies_here(words: Sentence, place: int) -> bool:
    word = words.words[place]
    small = frame_words()["except"] | cue("off") | cue("missing") | cue("idle") | _OUT
    return _says_not(words, place) or word.low in small or word.stem in cue("negative")


def split_nouns(every: list[Leaf], words: Sentence) -> set[int]:
    """ "not on the email marketing": two nouns side by side, one kept out and one asked for."""
    lost = set[int]()
    covered = words.covered()
    for leaf in every:
        first = min(leaf.places, default=0)
        lost |= _denied_elsewhere(leaf, every, words)
        if (
            not first
            or first in covered
            or is_negative(leaf.tree)
            or not words.words[first].is_word
        ):
            continue
        for other in holding(every, first - 1):
            plain = first - 1 not in covered and words.words[first - 1].is_word
            if other is not leaf and plain and max(other.places) < first and _keeps_out(other.tree):
                lost |= {first - 1, first}
    return lost


def _denied_elsewhere(leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "never booked Rome": one word in two conditions, of which one is kept out and the other asked for."""
    said = {each for each in leaf.places if not _denies_here(words, each)} - set(words.covered())
    own = {each.name for each in leaf.nodes() if isinstance(each, Trait)}
    if not said or not own or leaf.events() or not _keeps_out(leaf.tree):
        return set()
    return {
        place
        for other in every
        if other is not leaf
        and said < other.places
        and not is_negative(other.tree)
        and not own & {each.name for each in other.nodes() if isinstance(each, Trait)}
        for place in leaf.places
    }


def _says_not(words: Sentence, place: int) -> bool:
    low = words.words[place].low
    return low in frame_words()["negations"] or low.endswith("n't") or low == "never"


def _is_how_often(item: Item) -> bool:
    """ "at least 3 times"."""
    return isinstance(item, Range) and any(
        number > 1 and operator in ("at_least", "greater_than")
        for operator, number in item.comparisons
    )


def _is_denied_sequence(tree: Boolean) -> bool:
    """Whether it must not have happened that something happened and something else after it."""
    zero = (
        isinstance(tree, Comparison)
        and isinstance(tree.left, Aggregate)
        and [getattr(each, "value", None) for each in tree.values] == [Decimal(0)]
    )
    outer = tree.left if isinstance(tree, Comparison) else None
    if not zero or not isinstance(outer, Aggregate):
        return False
    return any(
        isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and [getattr(each, "value", None) for each in node.values] != [Decimal(0)]
        for filter_ in outer.events.filters
        if isinstance(filter_, Where)
        for node in walk(filter_.condition)
    )


def _begins(tree: Boolean, stem: str) -> bool:
    """Whether the word is of the event that must not have happened."""
    events = next((node for node in walk(tree) if isinstance(node, Events)), None)
    return events is not None and any(likeness(stem, each) for each in stemmed(events.name))


_OUT = frozenset(
    ["without", "out", "none", "nobody", "nothing", "neither", "nor", "except", "excluded", "excluding", "outside", "other",
     "lacking", "missing", "minus", "unless", "yet", "opted", "unsubscribed", "zero", "0", "!", "lapsed", "since"]
)  # fmt: skip


def _denied(every: list[Leaf], at: int, refusals: Collection[str]) -> bool:
    """Whether a condition that the "not" belongs to, or one after it, keeps people out."""

    def denies(tree: Boolean) -> bool:
        return _is_set(tree) if _is_refusal(tree, refusals) else is_negative(tree)

    holders = holding(every, at)
    if holders:
        return any(denies(leaf.tree) for leaf in holders)
    return any(
        denies(leaf.tree)
        for leaf in every
        if not leaf.places or any(place > at for place in leaf.places)
    )


def is_negative(tree: Boolean) -> bool:
    """Whether a condition, or a part of it, keeps people out."""
    return any(
        isinstance(node, Not)
        or (
            isinstance(node, Comparison)
            and not isinstance(node.left, Context)
            and (
                node.operator in _NEGATIVE
                or (node.operator == "at_least" and isinstance(node.values[0], Trait))
                or any(
                    isinstance(each, Literal) and str(each.value).lower() in _NO_VALUES
                    for each in node.values
                )
            )
        )
        for node in walk(tree)
    )


_NO_VALUES = NOTHING | {"0", "false"}
_NEGATIVE = frozenset(
    ["absent", "exists", "differs", "omits", "none_of", "less_than", "at_most", "before_last"]
)
