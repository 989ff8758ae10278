"""Numbers of a field that is named in full and could be taken for something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audience.english.in_full.said import Said, of_types
from audience.english.schema import Entry

if TYPE_CHECKING:
    from audience.english.sentence import Word


def least(words: Sequence[Word], first: int, end: int, entries: Sequence[Entry]) -> list[Said]:
    """ "a minimum score of 50": at least so much."""
    bound = BOUNDS.get(words[first - 1].text.lower()) if first else None
    lows = [word.text.lower() for word in words[end : end + 2]]
    if not (
        bound
        and of_types(entries, "number")
        and lows[:1] == ["of"]
        and lows[1:2]
        and lows[1][:1].isdigit()
    ):
        return []
    before, of = words[first - 1], words[end]
    return [Said(before.start, before.end), Said(of.start, of.end, low=bound)]


def number(
    words: Sequence[Word], first: int, end: int, entries: Sequence[Entry]
) -> list[Said] | None:
    """ "years without claim is 5": a name with a "without" of its own, whatever number follows."""
    denied = [word.text.lower() in _NOT for word in words[first:end]]
    return [] if of_types(entries, "number") and any(denied) and not denied[0] else None


def abbreviated(
    words: Sequence[Word], first: int, end: int, entries: Sequence[Entry]
) -> list[Said] | None:
    """ "last ord dt is", "pt cred bal over": a name of several words, one of which is no English."""
    from audience.english.sentence import english

    if end - first < 2 or not of_types(entries, "number", "date", "timestamp"):
        return None
    following = words[end].text.lower() if end < len(words) else ""
    lows = [word.text.lower() for word in words[first:end]]
    held = following in _HELD or following[:1].isdigit()
    return [] if held and any(low not in english() for low in lows) else None


_HELD = frozenset(
    ["is", "was", "falls", "fell", "of", "over", "under", "above", "below", "between", "before", "after", "in", "on",
     "within", "at", "since", "more", "less", "higher", "lower", "exceeds", "=", ">", "<", ">=", "<=", "next", "last", "this"]
)  # fmt: skip
BOUNDS = {"minimum": ">=", "min": ">=", "maximum": "<=", "max": "<="}
_NOT = frozenset(["no", "not", "non", "without"])
