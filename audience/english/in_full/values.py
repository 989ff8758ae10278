"""Values right behind the name of their field: "is gold", ": gold, silver", "is neither gold nor silver"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from audience.english.in_full.said import Said, after
from audience.english.lexicon import ValueLink
from audience.english.schema import Entry
from audience.english.tokens import name_words

if TYPE_CHECKING:
    from audience.english.sentence import Word


def values_behind(
    text: str, words: Sequence[Word], place: int, entries: Sequence[Entry]
) -> list[Said]:
    """The values from `place` on, with the small words between them that say no more; empty where none is."""
    place, found, told = _led(text, words, place, entries)
    first = len(found)
    between: list[Said] = []
    while place < len(words):
        value = value_at(text, words, place, entries)
        if value is None or not (told or _is_plain(text, value)):
            break
        found += [*between, value]
        place, told = after(words, value.end), False
        following = _listed(words, place)
        between = [
            Said(word.start, word.end, low="or")  # a list on lines
            for before, word in zip(words[place - 1 :], words[place:following], strict=False)
            if word.text in _BULLETS and word.line != before.line
        ]
        if following == place:
            break
        place = following
    if len(found) == first:
        return []
    return _closed(words, found)


def _led(
    text: str, words: Sequence[Word], place: int, entries: Sequence[Entry]
) -> tuple[int, list[Said], bool]:
    """Where the first value stands, what leads to it, and whether that says that a value follows."""
    found, told, chosen = list[Said](), False, False
    for _ in range(_MOST_BETWEEN):
        if place >= len(words) or words[place].text.lower() not in _BETWEEN:
            break
        value = value_at(text, words, place, entries)
        if value is not None and ends(text, value.end):
            break  # a value that is called like a small word
        word, low = words[place], words[place].text.lower()
        told = told or low not in _LOOSE
        chosen = chosen or low in _CHOICE
        if low == "other":
            if [each.text.lower() for each in words[place + 1 : place + 2]] != ["than"]:
                break
            found.append(Said(word.start, words[place + 1].end, low="not"))
            place += 1
        elif low in (":", "(", *_CHOICE) or (chosen and low in ("of", *_BULLETS)):
            found.append(Said(word.start, word.end))
        place += 1
    return place, found, told


def _listed(words: Sequence[Word], place: int) -> int:
    """The word after the commas and the like from `place` on."""
    first = place
    while (
        place < len(words)
        and place - first < _MOST_BETWEEN
        and words[place].text.lower() in _LISTING
    ):
        place += 1
    return place


def _closed(words: Sequence[Word], found: list[Said]) -> list[Said]:
    """A parenthesis around the values alone is left out at both ends, and else at none."""
    last = after(words, found[-1].end)
    starts = {word.start for word in words if word.text == "("}
    opened = [each for each in found if each.start in starts and not each.values]
    if opened and last < len(words) and words[last].text == ")":
        return [*found, Said(words[last].start, words[last].end)]
    return [each for each in found if each not in opened]


def value_ahead(
    text: str, words: Sequence[Word], place: int, entries: Sequence[Entry]
) -> list[Said]:
    """The value before the name: "have gold as their plan"."""
    at = place - (
        2 if place and words[place - 1].text.lower() in ("their", "the", "a", "an") else 1
    )
    if at < 1 or words[at].text.lower() != "as":
        return []
    for first in range(max(0, at - _LONGEST), at):
        found = value_at(text, words, first, entries)
        if found is not None and found.end == words[at - 1].end:
            return [found]
    return []


def value_at(text: str, words: Sequence[Word], place: int, entries: Sequence[Entry]) -> Said | None:
    """The longest value of these fields that stands here as it is written, but for case and signs."""
    start = words[place].start
    end, links = 0, list[ValueLink]()
    for entry in entries:
        if entry.field.type == "boolean":  # type: ignore[union-attr]
            answer = _ANSWERS.get(words[place].text.lower())
            if answer is not None and ends(text, words[place].end):
                end = words[place].end
                links.append(ValueLink(entry, answer, 1.0, entry.event))
            continue
        for value in entry.field.stats.values[:_MOST_VALUES]:  # type: ignore[union-attr]
            match = _pattern(value).match(text, start)
            if match is None or match.end() < end or (len(value) < 3 and match.group() != value):
                continue
            if match.end() > end:
                end, links = match.end(), []
            links.append(ValueLink(entry, value, 1.0, entry.event))
    if not links or (links[0].value[-1].isdigit() and _MORE.match(text, end)):
        return None
    return Said(start, end, values=tuple(links))


@lru_cache(maxsize=8192)
def _pattern(value: str) -> re.Pattern[str]:
    """The value as it is written, with blanks for other signs between its words, as whole words."""
    parts = [re.escape(each) for each in re.split(r"[\s_]+", value) if each]
    if value.isidentifier() and (names := name_words(value)) and len(names) > len(parts):
        parts = [re.escape(each) for each in names]  # "inProgress"
    return re.compile(r"[\s_]*".join(parts) + r"(?![\w'’]|[-.]\w)", re.IGNORECASE)


def _is_plain(text: str, said: Said) -> bool:
    """Whether it is a value though no "is" leads to it: not where it is a number or a small word."""
    from audience.english.sentence import frame_words

    if said.values[0].entry.field.type == "boolean":  # type: ignore[union-attr]
        return False
    low, kinds = said.values[0].value.lower(), frame_words()
    small = kinds["empty"] | kinds["negations"] | kinds["and"] | kinds["relatives"]
    return ends(text, said.end) or not (low in small or low.isdigit() or len(low) < 2)


def ends(text: str, end: int) -> bool:
    """Whether nothing goes on behind the value but a list or another clause."""
    return _END.match(text, end) is not None


_MOST_BETWEEN = 6
_MOST_VALUES = 60
_LONGEST = 6
_ANSWERS = dict.fromkeys(["true", "yes", "y", "on", "1"], "true") | dict.fromkeys(
    ["false", "no", "n", "off", "0"], "false"
)
_LOOSE = frozenset(['"', "'", "“", "(", "the", "either", "neither", "-", "•", "*", "a", "an"])
_BULLETS = frozenset(["-", "•", "*"])
_CHOICE = frozenset(["either", "any", "one"])
_BETWEEN = _LOOSE | frozenset([
    "is", "are", "was", "were", "be", "being", "isn't", "isnt", "isn’t", "aren't", "aren’t", "wasn't", "wasnt",
    "wasn’t", "weren't", "not", "equals", "equal", "to", "=", "==", "!=", ":", "of", "set", "one", "any", "all",
    "in", "other", "than", "as", "should", "must", "currently", "still",
])  # fmt: skip
_LISTING = frozenset(
    [
        "or",
        "and",
        "nor",
        "&",
        ",",
        "/",
        "|",
        ";",
        "the",
        '"',
        "'",
        "“",
        "”",
        "-",
        "•",
        "*",
        "either",
    ]
)
_MORE = re.compile(
    r"\s*(?:\+|%|[-–]\s*\d)|\s+(?:or|and)\s+(?:more|less|fewer|over|above|under|below|up|higher|lower)\b"
    r"|\s+(?:to|through|until)\s+\d|\s+(?:hour|day|week|month|quarter|year|time)s?\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"[\"'”’]?\s*(?:$|[,;.)?!/\n]|(?:or|and|nor|but|who|whose|that|in|with|within|over|since|please|except|excluding)\b)",
    re.IGNORECASE,
)
