"""Two numbers that only look like the two ends of one: "score below 7 and 2+ tickets".

And the other way round: "rented more than 4 but fewer than 2 films" is of one number that cannot be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.context import cue, type_of
from audience.english.events import is_past
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


def join_bounds(words: Sentence) -> None:
    """Puts two bounds together that exclude each other, where one verb before them counts one noun behind."""
    for first, (end, one) in list(words.items.items()):
        end_of_other, other = words.items.get(end + 1, (0, None))
        if not isinstance(one, Range) or not isinstance(other, Range) or one.unit or other.unit:
            continue
        if not first or not is_past(words.words[first - 1]) or end_of_other >= len(words.words):
            continue
        low, high = (one, other) if one.high is None else (other, one)
        joined = words.words[end].low in ("but", "and") and words.words[end_of_other].is_word
        if not joined or low.low is None or high.low is not None or high.high is None:
            continue
        if low.high is None and low.low > high.high:
            words.items[first] = (end_of_other, _both(low, high, one, other, words.text))
            del words.items[end + 1]


def _both(low: Range, high: Range, one: Range, other: Range, text: str) -> Range:
    return replace(
        low,
        start=one.start,
        end=other.end,
        text=text[one.start : other.end],
        high=high.high,
        high_inclusive=high.high_inclusive,
        parts=(one, other),
    )


def _is_held(words: Sentence, first: int, found: Sequence[Link]) -> bool:
    """Whether a number is named right before, and not only the verb of what was done so often."""
    return any(
        link.end == first
        and not (link.length == 1 and is_past(words.words[link.first]))
        and any(type_of(each.entry) == "number" for each in link.names)
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
