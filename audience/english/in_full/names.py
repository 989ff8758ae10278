"""A field called by its whole name with one of its own values behind it: nothing else can be meant.

"The pass tier is plus", "travels with: family or couple", "children 3+". Whatever the words may mean
elsewhere (an "and", a "with", a number, something done), each name and each value becomes one word here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audience.catalog import EventField
from audience.english.in_full.against import against
from audience.english.in_full.numbers import BOUNDS, abbreviated, least, number
from audience.english.in_full.said import Said, after, inside_of, of_types
from audience.english.in_full.states import no_value, state
from audience.english.in_full.values import value_ahead, values_behind
from audience.english.lexicon import Lexicon
from audience.english.schema import Entry

if TYPE_CHECKING:
    from audience.english.sentence import Word


def said_in_full(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[Said, ...]:
    """Every whole name of which something is said, with that, from left to right."""
    found: list[Said] = []
    place = 0
    while place < len(words):
        end, entries = _named(words, place, lexicon)
        told = _told(text, words, place, end, entries, lexicon) if entries else None
        if told is None or not _is_free(words, place):
            place += 1
            continue
        known = {id(each.entry) for said in told for each in said.values}
        names = tuple(each for each in entries if not known or id(each) in known)
        found += [Said(words[place].start, words[end - 1].end, names=names), *told]
        place = max(end, after(words, told[-1].end) if told else end)
    return tuple(sorted((*found, *_enclosed(words, found)), key=lambda each: each.start))


def _named(words: Sequence[Word], first: int, lexicon: Lexicon) -> tuple[int, tuple[Entry, ...]]:
    """The word after the longest whole name of a field that begins here, and those fields."""
    line = words[first].line
    for end in range(min(len(words), first + _LONGEST), first, -1):
        inside = words[first:end]
        if not all(word.is_word and word.line == line for word in inside):
            continue
        entries = tuple(
            each
            for each in lexicon.named("".join(word.text for word in inside))
            if not isinstance(each.field, EventField)
        )
        if entries:
            return end, entries
    return first, ()


def _told(
    text: str,
    words: Sequence[Word],
    first: int,
    end: int,
    entries: Sequence[Entry],
    lexicon: Lexicon,
) -> list[Said] | None:
    """What is said of these fields; `None` where it is not sure that they are meant."""
    valued = of_types(entries, "text", "list", "boolean")
    told: list[Said] | None = (
        against(words, end, entries, lambda place: _named(words, place, lexicon))
        or values_behind(text, words, end, valued)
        or state(words, end, entries)
        or value_ahead(text, words, first, valued)
        or no_value(words, first)
        or least(words, first, end, entries)
        or number(words, first, end, entries)
    )
    return abbreviated(words, first, end, entries) if told is None else told


def _is_free(words: Sequence[Word], place: int) -> bool:
    """Whether no noun stands before a name that it could belong to: "the preferred store"."""
    if place == 0 or not words[place - 1].is_word or words[place - 1].line != words[place].line:
        return True
    from audience.english.sentence import frame_words

    kinds, low = frame_words(), words[place - 1].low
    small = ("empty", "relatives", "and", "or", "but", "except", "negations", "subjects.users")
    return low in _BEFORE or low in BOUNDS or any(low in kinds[name] for name in small)


def _enclosed(words: Sequence[Word], found: Sequence[Said]) -> Iterator[Said]:
    """ "opened an email (campaign: spring or autumn)": the signs around a field alone say "with"."""
    inside = [inside_of(word, found) is not None for word in words]
    for first, word in enumerate(words[:-1]):
        if word.text != "(" or not first or not inside[first + 1]:
            continue
        last = first + 1
        while last < len(words) and (inside[last] or words[last].text.lower() in _JOINING):
            last += 1
        if last < len(words) and words[last].text == ")":
            yield Said(word.start, word.end, low="with")
            yield Said(words[last].start, words[last].end)


_LONGEST = 6  # words of a name
_BEFORE = frozenset(["with", "without", "having", "where", "only", "either", "both", "among"])
_JOINING = frozenset(["is", "are", "was", "=", "in", "not", "or", "and", "nor", "&", ",", "/"])
