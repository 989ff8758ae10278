"""What is free: "free shipping" of a cost of shipping that is described as 0 where it is free."""

from __future__ import annotations

from collections.abc import Iterator

from audience.english.context import type_of
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.sentence import Sentence
from audience.english.tokens import stem


def with_free(words: Sentence, found: list[Link], lexicon: Lexicon) -> list[Link]:
    """`found` with "free shipping" as nothing of the cost, and as no code that is called alike."""
    added = []
    for first, end, noun in _said(words):
        said = words.said(first, end)
        values = tuple(
            ValueLink(entry, "0", 1.0, event.field.name, side=said)
            for event in lexicon.by_event.values()
            for entry in event.properties.values()
            if noun in entry.words and _FREE in entry.about and type_of(entry) == "number"
        )
        if values:
            added.append(Link(first, end, values=values))
    taken = {place for each in added for place in range(each.first, each.end)}
    return [*(each for each in found if not taken & {*range(each.first, each.end)}), *added]


def _said(words: Sentence) -> Iterator[tuple[int, int, str]]:
    """Where "free" stands with a noun, as one word or as two: from, to, and the noun's stem."""
    for place, word in enumerate(words.words):
        parts = word.low.split()
        if parts[:1] != ["free"]:
            continue
        if len(parts) > 1:
            yield place, place + 1, stem(parts[-1])
        elif place + 1 < len(words.words):
            yield place, place + 2, words.words[place + 1].stem


_FREE = stem("free")
