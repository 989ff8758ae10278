"""Numbers that tell of one thing each: a wait, a delay, a grade. Nobody adds those up unasked."""

from __future__ import annotations

from audience.english.amounts import is_share, unit_of
from audience.english.schema import Entry
from audience.english.tokens import name_words, stem


def is_grade(entry: Entry) -> bool:
    """Whether the number is a mark that was given: stars, a score."""
    return any(word in _GRADES for word in entry.words)


def tells_of_one(entry: Entry) -> bool:
    """Whether the number says what one thing was like, and no sum of several says anything."""
    return is_grade(entry) or is_share(entry) or bool(_ONE & {*entry.words}) or _is_wait(entry)


def _is_wait(entry: Entry) -> bool:
    """ "minutes_to_arrive", "Hours until it was settled": the time that one took."""
    if unit_of(entry) is None:
        return False
    named = name_words(entry.field.name)
    return "to" in named[1:-1] or bool({"until", "till"} & {*name_words(entry.field.description)})


_GRADES = frozenset(stem(word) for word in ("star", "stars", "rating", "score", "grade"))
_ONE = frozenset(
    stem(word)
    for word in (
        "wait", "waiting", "waited", "late", "delay", "delayed", "overdue", "notice", "lead", "advance", "ahead",
        "attempt", "result", "temperature", "temp", "degree", "radius", "rank", "age", "open", "taken", "speed",
    )
)  # fmt: skip
