"""What came of what was done, where a flag of the event holds it: "won", "failed", "was accepted"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from audience.english.data import load
from audience.english.schema import Entry
from audience.english.tokens import stem


@cache
def contraries() -> Mapping[str, frozenset[str]]:
    """Stem → the stems of what it is the contrary of: `lose` → `win`."""
    found: dict[str, set[str]] = {}
    for one, other in load("opposites.yaml"):
        found.setdefault(stem(one), set()).add(stem(other))
        found.setdefault(stem(other), set()).add(stem(one))
    return {each: frozenset(others) for each, others in found.items()}


def is_contrary(word: str, entry: Entry) -> bool:
    """Whether a stem says the no of a flag: "lost" where it is called `won`."""
    return word not in entry.words and bool(contraries().get(word, _NONE) & set(entry.words))


_NONE = frozenset[str]()
