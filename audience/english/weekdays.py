"""Days of the week that a field holds as codes: "a Sunday delivery" where its values are SUN, MON, …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekdays(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Link]:
    """The days in the words that stand beside the noun of a field which holds days: "Sunday delivery",
    "delivery on Sundays". A day by itself is a date: "ordered on Monday"."""
    before: tuple[int, list[Entry]] = (-1, [])
    for place, word in enumerate(words):
        day = _day(word.low)
        if day is None:
            continue
        first = place
        while first > 0 and words[first - 1].low in _ON:
            first -= 1
        beside = [words[at].stem for at in (place + 1, first - 1) if 0 <= at < len(words)]
        fields = lexicon.fields_like(beside)
        named = [
            each
            for each in fields
            if any(likeness(stem, told) for stem in beside for told in each.words)
        ]
        if all(each.low in _LISTING for each in words[before[0] + 1 : place]):
            named += before[1]  # "on Mondays or Tuesdays"
        found = [link for each in named for link in of_day(word, each)]
        if found:
            before = (place, [each.entry for each in found])
            yield Link(place, place + 1, values=tuple(found))


def of_day(word: Word, entry: Entry) -> list[ValueLink]:
    """The value that the day has in the field, where all of its values are days."""
    day = _day(word.low)
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    told = {_day(str(each)): str(each) for each in values}
    if day is None or len(told) < _SEVERAL or None in told or day not in told:
        return []
    return [ValueLink(entry, told[day], 1.0, getattr(entry.field, "event", None))]


def are_days(values: Sequence[str]) -> bool:
    return len(values) >= _SEVERAL and all(_day(str(each)) is not None for each in values)


def _day(text: str) -> int | None:
    """The place of the day in the week, by its name or by the first letters of it."""
    low = text.lower()
    for place, name in enumerate(_DAYS):
        if low in (name, f"{name}s") or (len(low) in (2, 3) and name.startswith(low)):
            return place
    return None


_LISTING = frozenset(["or", "and", ",", "on", "/"])
_ON = frozenset(["on", "a", "the"])
_SEVERAL = 2
