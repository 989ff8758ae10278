""" "became gold last month": what changed is told by its event, and not by what people have now."""

from __future__ import annotations

from dataclasses import replace

from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.sentence import Sentence
from audience.english.tokens import stem_set


def without_states(words: Sentence, found: list[Link], lexicon: Lexicon) -> list[Link]:
    """`found` without values of what people have now, where a word before tells of a change to it.

    Such a state is itself kept by events only (last_known.py), so the same value of the event stays.
    """
    if not lexicon.states or not any(word.stem in _CHANGES for word in words.words):
        return found
    kept: list[Link] = []
    for link in found:
        changed = any(
            words.words[place].stem in _CHANGES
            for place in range(max(0, link.first - _NEAR), link.first)
        )
        values = tuple(
            each
            for each in link.values
            if each.entry.field.name not in lexicon.states or not changed
        )
        if values or link.names or link.audience or link.term:
            kept.append(replace(link, values=values))
    return kept


_NEAR = 4
_CHANGES = stem_set(
    "become", "became", "becoming", "moved", "reached", "dropped", "fell", "upgraded", "downgraded", "promoted",
    "changed", "switched", "rose", "went", "jumped", "made", "hit",
)  # fmt: skip
