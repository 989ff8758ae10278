"""What came of what was done, where a flag of the event holds it: "won", "failed", "was accepted"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from audience.english.data import load
from audience.english.schema import Entry
from audience.english.tokens import name_words, stem


@cache
def contraries() -> Mapping[str, frozenset[str]]:
    """Stem → the stems of what it is the contrary of: `lose` → `win`."""
    found: dict[str, set[str]] = {}
    for one, other in load("opposites.yaml"):
        found.setdefault(stem(one), set()).add(stem(other))
        found.setdefault(stem(other), set()).add(stem(one))
    return {each: frozenset(others) for each, others in found.items()}


def is_contrary(word: str, entry: Entry) -> bool:
    """Whether a stem says the no of a flag: "lost" where it is called `won`, "paper" of `paperless`."""
    if word in entry.words:
        return False
    if contraries().get(word, _NONE) & set(entry.words):
        return True
    return f"{word}less" in name_words(entry.field.name) or word in _instead(
        entry.field.description
    )


def undone(word: str) -> str:
    """ "unresolv" → "resolv", "incomplet" → "complet"; a stem that begins otherwise as it is."""
    return word[2:] if word[:2] in ("un", "in") and len(word) > _LEAST else word


_LEAST = 6  # letters of "uncle", "index" and "inform" that deny nothing


@cache
def _instead(description: str) -> frozenset[str]:
    """The stems of what the flag is the contrary of, as its description says: "by e-mail, not by post"."""
    return frozenset(stem(each) for each in _INSTEAD.findall(description.lower()))


_INSTEAD = re.compile(
    r"(?:\binstead of|\brather than|, not|\band not)\s+(?:(?:on|by|in|with|via|the|a)\s+)*([\w-]+)"
)


_NONE = frozenset[str]()
