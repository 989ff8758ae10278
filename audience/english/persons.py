"""Numbers beside a noun for people: how old they are ("women under 30"), and how many ("families of 4")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.english.amounts import bounds
from audience.english.literals.items import Item, Number, Range
from audience.english.sentence import Word, frame_words

YOUNGEST, OLDEST = 5, 120


def is_person(low: str) -> bool:
    """Whether a word is a noun for people, one by one: "women", "customers", "anyone"."""
    kinds = frame_words()
    return (low in kinds["subjects.users"] or low in kinds["persons"]) and low not in kinds[
        "gatherings"
    ]


def is_age_of(words: Sequence[Word], first: int, end: int, item: Item) -> bool:
    """ "women under 30", "anyone above 40 who …", "men 25 to 40": the number is how old they are.

    Not where a noun follows that may be counted: "users under 20 logins".
    """
    if not isinstance(item, Range) or item.unit not in (None, "years_old") or item.negated:
        return False
    rows = bounds(item)
    if not rows or not all(_is_age(number) for _, number in rows):
        return False
    several = item.low is not None and item.high is not None
    low = item.text.lower()
    if not (several or low.startswith(_SOUNDING) or low.endswith(_ENDING)):
        return False
    return _is_after_person(words, first) and not _is_counted(words, end)


def is_size_of(words: Sequence[Word], first: int, end: int, item: Item) -> int | None:
    """ "families of four or more", "a party of six": the place of the noun for so many together."""
    if not isinstance(item, Number | Range) or getattr(item, "unit", None) is not None:
        return None
    if any(number != number.to_integral_value() for _, number in bounds(item)):
        return None
    noun = first - 2
    if noun < 0 or words[first - 1].low != "of" or words[noun].low not in _gatherings():
        return None
    return None if _is_counted(words, end) else noun


def end_of_party(words: Sequence[Word], first: int, end: int, item: Item) -> int | None:
    """ "booked a table for 6 or more people", "booked for two": where what says how many they are ends."""
    if not isinstance(item, Number | Range) or getattr(item, "unit", None) is not None:
        return None
    if first == 0 or words[first - 1].low != "for":
        return None
    if end < len(words) and words[end].low in _HEADS:
        return end + 1
    return end if end >= len(words) or not _is_noun(words[end]) else None


def _is_noun(word: Word) -> bool:
    kinds = frame_words()
    small = kinds["empty"] | kinds["and"] | kinds["or"] | kinds["but"] | kinds["relatives"]
    return word.is_word and word.low not in small


def _gatherings() -> frozenset[str]:
    return frame_words()["gatherings"]


def _is_age(number: Decimal) -> bool:
    return YOUNGEST <= number <= OLDEST and number == number.to_integral_value()


def _is_after_person(words: Sequence[Word], first: int) -> bool:
    place = first - 1
    while place > 0 and words[place].low in _BETWEEN:
        place -= 1
    return place >= 0 and is_person(words[place].low)


def _is_counted(words: Sequence[Word], end: int) -> bool:
    """Whether a noun that the number may count stands right behind it."""
    if end >= len(words) or not words[end].is_word:
        return end < len(words) and words[end].text in ("%", "$", "€", "£")
    low = words[end].low
    return low.endswith("s") and not low.endswith("ss") and low not in _NO_NOUNS


_HEADS = frozenset(["people", "persons", "person", "guests", "pax"])
_SOUNDING = ("under", "over", "below", "above", "between", "aged", "older", "younger", "past")
_ENDING = ("+", "and over", "or over", "and older", "or older", "and under", "or under", "or younger",
           "and above", "and younger", "and up")  # fmt: skip
_BETWEEN = frozenset(
    ["who", "that", "are", "is", "were", "aged", "just", "also", "currently", "still", "all"]
)
_NO_NOUNS = frozenset(["is", "was", "has", "does", "as", "this", "plus", "always", "years", "yrs", "us"])  # fmt: skip
