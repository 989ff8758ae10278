"""Lengths and numbers that are what a code means: "one month's notice" where N1 is one month."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.links import Link
from audience.english.sentence import Sentence

_NEAR = 3  # words between what the code means and the name of its field
_SURE = 0.95
_NAMED = 0.6


def without_coded(words: Sentence, found: Sequence[Link]) -> list[Link]:
    """The links without names that swallow such a value; the value is no literal phrase any more."""
    kept = list(found)
    for first, (end, _) in list(words.items.items()):
        value = next((each for each in found if (each.first, each.end) == (first, end)), None)
        if value is None or not _is_named(value, found):
            continue
        del words.items[first]
        kept = [
            each
            for each in kept
            if each is value or each.values or not (each.first <= first and end <= each.end)
        ]
    return kept


def _is_named(value: Link, found: Sequence[Link]) -> bool:
    """Whether the field of the value is named right beside it."""
    fields = {id(each.entry) for each in value.values if each.score >= _SURE}
    return any(
        id(each.entry) in fields and each.score >= _NAMED
        for link in found
        if not (link.first <= value.first and value.end <= link.end)
        and 0 <= max(link.first - value.end, value.first - link.end) <= _NEAR
        for each in link.names
    )
