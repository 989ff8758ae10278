"""The verbs of a thing that people make, which say no more than that it was made: an invite is sent."""

from __future__ import annotations

from functools import cache

from audience.english.data import load
from audience.english.tokens import stem


def verbs_of(noun: str) -> frozenset[str]:
    """The stems of the verbs that go with a noun's stem, none for a noun that is not made."""
    return _verbs().get(noun, frozenset())


@cache
def _verbs() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for noun, verbs in load("makings.yaml").items():
        key = stem(str(noun))
        found[key] = found.get(key, frozenset()) | {stem(str(each)) for each in verbs}
    return found
