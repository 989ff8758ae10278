"""One side of values that are an order by themselves: "at level B1 or above", "at least gold".

Only where all that a field is known to hold stands in one order of `ladders.yaml`, or is one letter
with numbers behind it and the field is of levels. Where the order is not sure, the words stay and are asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from audience.english.data import load
from audience.english.lexicon import ValueLink
from audience.english.links import Link
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.english.tokens import name_words, stem_set


def with_ladders(words: Sentence, found: list[Link]) -> list[Link]:
    """`found` with "B1 or above" as the value with all those above it."""
    added = []
    for link in found:
        if not any(each.score >= _SURE for each in link.values):
            continue
        side = _side(words.words, link)
        if side is None:
            continue
        first, end, up, strict = side
        said = words.said(first, end)
        values = [
            told
            for each in link.values
            if each.score >= _SURE
            if (told := _from(each, up=up, strict=strict, said=said)) is not None
        ]
        if values:
            added.append(Link(first, end, values=tuple(values)))
    for side_link in added:
        inside = range(side_link.first, side_link.end)
        found = [each for each in found if each.first not in inside and each.end - 1 not in inside]
        for place in inside:
            words.items.pop(place, None)
    return [*found, *added]


def _side(words: Sequence[Word], link: Link) -> tuple[int, int, bool, bool] | None:
    """The words that ask for one side of the value: from, to, whether upwards, and without itself."""
    if any(low_at(words, at) in _NONE for at in range(link.first - 4, link.first)):
        return None  # "nothing below gold"
    for end in _ends(words, link):
        word = low_at(words, end + 1)
        if low_at(words, end) in ("or", "and") and (word in _UP or word in _DOWN):
            if low_at(words, end + 2) in ("than", "the"):
                return None
            return link.first, end + 2, word in _UP, False
    plus = words[link.end] if link.end < len(words) else None
    if plus is not None and plus.text == "+" and plus.start == words[link.end - 1].end:
        return link.first, link.end + 1, True, False
    first, nouns = link.first, _nouns(link)
    while first and (words[first - 1].low in _SMALL or words[first - 1].stem in nouns):
        first -= 1
    before = (low_at(words, first - 2), low_at(words, first - 1))
    if before in _LEAST or before in _MOST:
        return first - 2, link.end, before in _LEAST, False
    if before == ("up", "to") and not _moves(words, first - 3):
        return first - 2, link.end, False, False
    if before[1] == "than" and (before[0] in _UP or before[0] in _DOWN):
        return first - 2, link.end, before[0] in _UP, True
    if before[1] in _STRICT and before[0] not in ("and", "or", "not"):
        return first - 1, link.end, before[1] in _UP, True
    return None


def _ends(words: Sequence[Word], link: Link) -> list[int]:
    """Where "or above" may begin: behind the value, or behind its noun, "the gold tier or above"."""
    known = _nouns(link)
    ends = [link.end]
    while len(ends) < _NOUNS and ends[-1] < len(words):
        word = words[ends[-1]]
        if not word.is_word or (word.stem not in known and word.low not in _people()):
            break
        ends.append(ends[-1] + 1)
    return ends


def _nouns(link: Link) -> Collection[str]:
    return _LEVELS | {each for value in link.values for each in value.entry.words}


@cache
def _people() -> frozenset[str]:
    kinds = frame_words()
    return kinds["subjects.users"] | kinds["subjects.accounts"]


def _moves(words: Sequence[Word], place: int) -> bool:
    """ "moved up to gold": where they went, and not those up to it."""
    low = low_at(words, place)
    return low.endswith(("ed", "ing")) or low in _MOVING


def _from(value: ValueLink, *, up: bool, strict: bool, said: str) -> ValueLink | None:
    """The value with those on its side; None where the order is not sure, or none is there."""
    stats = getattr(value.entry.field, "stats", None)
    known = tuple(map(str, getattr(stats, "values", ())))
    if getattr(value.entry.field, "type", "") != "text" or not getattr(stats, "complete", False):
        return None
    places = _places(known, value)
    own = places.get(value.value) if places is not None else None
    if places is None or own is None:
        return None
    chosen = sorted(
        (
            each
            for each, place in places.items()
            if (place > own if up else place < own) or (place == own and not strict)
        ),
        key=lambda each: places[each],
    )
    if not chosen:
        return None
    return replace(value, value=chosen[0], also=tuple(chosen[1:]), side=said)


def _places(known: Sequence[str], value: ValueLink) -> dict[str, int] | None:
    """Every value that is known to its place in the one order that has all of them."""
    real = {each: " ".join(name_words(each)).lower() for each in known}
    real = {each: low for each, low in real.items() if low and low not in _EMPTY}
    if len(real) < _SEVERAL:
        return None
    for ladder in _ladders():
        if all(low in ladder or each.lower() in ladder for each, low in real.items()):
            return {
                each: ladder.get(each.lower(), ladder.get(low, 0)) for each, low in real.items()
            }
    heads = {each.rstrip("0123456789") for each in real}
    tails = {each: each[len(min(heads)) :] for each in real}
    level = bool(_LEVELS & set(value.entry.words)) and not _FALLING & set(value.entry.words)
    numbered = len(heads) == 1 and all(map(str.isdigit, tails.values()))
    if numbered and level and "".join(heads).lower() not in _BY_RANK:
        return {each: int(tail) for each, tail in tails.items()}
    return None


@cache
def _ladders() -> tuple[dict[str, int], ...]:
    return tuple(
        {said: place for place, step in enumerate(line) for said in step.split("|")}
        for line in load("ladders.yaml")
    )


_SURE = 0.95
_SEVERAL = 2
_NOUNS = 3  # words between the value and "or above"
_UP = frozenset(["above", "higher", "better", "up", "upwards", "upward", "over", "beyond", "greater", "larger", "bigger", "harder"])  # fmt: skip
_DOWN = frozenset(["below", "lower", "worse", "under", "down", "downwards", "beneath", "smaller", "easier"])  # fmt: skip
_STRICT = frozenset(["above", "below", "beyond", "beneath"])
_LEAST = frozenset([("at", "least"), ("minimum", "of")])
_MOST = frozenset([("at", "most"), ("maximum", "of")])
_SMALL = frozenset(["the", "a"])
_NONE = frozenset(["no", "none", "nothing", "nobody"])
_EMPTY = frozenset(["other", "unknown", "n a", "na", "null"])
_MOVING = frozenset(["move", "go", "went", "gone", "get", "got", "rise", "rose", "risen", "step", "climb", "level", "grow", "grew", "came", "come"])  # fmt: skip
_BY_RANK = frozenset(["p", "s", "sev", "prio", "t", "tier"])  # 1 is the highest, or the lowest
_LEVELS = stem_set("level", "stage", "grade", "step", "tier", "league", "size", "rank", "class")
_FALLING = stem_set("priority", "severity", "tier", "class", "rank")
