"""Two numbers that only look like the two ends of one: "score below 7 and 2+ tickets"."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.context import cue, type_of
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Range
from audience.english.sentence import Sentence, frame_words


def part_bounds(words: Sentence, found: Sequence[Link], lexicon: Lexicon) -> None:
    """Takes two bounds apart where what is held to the first stands before, and another thing behind."""
    for first, (end, item) in list(words.items.items()):
        if not isinstance(item, Range) or [type(each) for each in item.parts] != [Range, Range]:
            continue
        one, other = item.parts
        joint = next((p for p in range(first, end) if words.words[p].start >= other.start), None)
        if joint is None or not _is_held(words, first, found):
            continue
        if not _is_counted(words, end, found, lexicon) or _is_same(first - 1, end, found):
            continue
        words.items[first] = (joint - 1, one)
        words.items[joint] = (end, other)


def _is_held(words: Sentence, first: int, found: Sequence[Link]) -> bool:
    """Whether a number is named right before."""
    return any(
        link.end == first and any(type_of(each.entry) == "number" for each in link.names)
        for link in found
    )


def _is_counted(words: Sentence, end: int, found: Sequence[Link], lexicon: Lexicon) -> bool:
    """Whether a noun that may be counted stands right behind."""
    noun = words.words[end] if end < len(words.words) else None
    if noun is None or not noun.is_word or noun.low in cue("measures"):
        return False
    if noun.low in frame_words()["empty"]:
        return False
    named = any(
        link.first == end and any(type_of(each.entry) == "number" for each in link.names)
        for link in found
    )
    return named or any(noun.stem in each.words for each in lexicon.events)


def _is_same(before: int, after: int, found: Sequence[Link]) -> bool:
    """Whether both nouns name one field: "points over 5 and under 10 points"."""
    sides = [
        {id(each.entry) for link in found if link.first <= place < link.end for each in link.names}
        for place in (before, after)
    ]
    return bool(sides[0] & sides[1])
