"""What people have now, beside the most that they ever had: a current streak, the longest one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.schema import Entry
from audience.english.tokens import stem


def held_now(entries: Sequence[Entry], said: Collection[str]) -> Entry | None:
    """ "with a streak over 30": the one that is called current, where the others are what was once."""
    now = [each for each in entries if _NOW & {*each.words}]
    if len(now) != 1 or len(entries) == 1 or _NOW & {*said}:
        return None
    others = [each for each in entries if each is not now[0]]
    return now[0] if all(was_once(each, now[0]) for each in others) else None


def was_once(entry: Entry, now: Entry) -> bool:
    """Whether one is called as the other, but for the "longest" of the one and "current" of the other."""
    once = {*entry.words} & _EVER
    return bool(once and _NOW & {*now.words}) and {*entry.words} - _EVER == {*now.words} - _NOW


_NOW = frozenset(stem(each) for each in ("current", "now", "present"))
_EVER = frozenset(
    stem(each)
    for each in (
        "longest",
        "best",
        "highest",
        "max",
        "maximum",
        "record",
        "peak",
        "top",
        "previous",
    )
)
