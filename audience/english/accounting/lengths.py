"""How long something is for is no time in which it happened: "upgraded for a year", "paused for 4 weeks"."""

from __future__ import annotations

import re

from audience.english.accounting.fields import asks_for_none
from audience.english.accounting.leaves import Leaf
from audience.english.literals.items import Length, LengthRange, Within
from audience.english.sentence import Sentence, low_at
from audience.query import Aggregate, Comparison
from audience.query import Within as WithinFilter


def lasting(every: list[Leaf], words: Sentence) -> set[int]:
    """First words of lengths that came to a window of what was done, and tell how long it is for."""
    lost = set[int]()
    if _NOBODY.search(words.text) or _HAS & {low_at(words.words, 0), low_at(words.words, 1)}:
        return lost  # "nobody has signed in for 60 days", of which the subject may have been read before
    for leaf in every:
        tree = leaf.tree
        if (
            not isinstance(tree, Comparison)
            or not isinstance(tree.left, Aggregate)
            or asks_for_none(tree)
        ):
            continue
        windows = {
            n.duration.hours
            for n in leaf.nodes()
            if isinstance(n, WithinFilter) and not n.of_parent
        }
        lost |= {
            place
            for place, (_, item) in words.items.items()
            if place in leaf.places
            and isinstance(item, Within | Length | LengthRange)
            and windows & _hours(item)
            and "for" in (item.text.split()[0].lower(), low_at(words.words, place - 1))
        }
    return lost


def _hours(item: Within | Length | LengthRange) -> set[int]:
    lengths = (item.low, item.high) if isinstance(item, LengthRange) else (item.duration,)
    return {each.hours for each in lengths if each is not None}


_NOBODY = re.compile(r"\b(?:no|nobody|none|not|never|without)\b|n't\b", re.IGNORECASE)
_HAS = frozenset(["has", "have", "had"])
