"""Every "not" lies over a condition that keeps people out, and no condition keeps out unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from audience.english.accounting.leaves import Leaf, holding
from audience.english.context import cue
from audience.english.sentence import Sentence, frame_words
from audience.query import Boolean, Comparison, Context, Literal, Not, Trait, walk


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
        if not said or place in covered or word.quoted:
            continue
        after = [each for leaf in every for each in leaf.places if each > place]
        following = holding(every, min(after)) if after else []
        if following and not any(is_negative(leaf.tree) for leaf in following):
            places.add(place)
    return places


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
                or any(
                    isinstance(each, Literal) and str(each.value) in ("0", "false")
                    for each in node.values
                )
            )
        )
        for node in walk(tree)
    )


_NEGATIVE = frozenset(
    ["absent", "exists", "differs", "omits", "none_of", "less_than", "at_most", "before_last"]
)
