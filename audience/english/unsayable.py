"""What the language of conditions cannot say at all: so many of the people, who is ahead of others, what has grown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from audience.english.guards.data import load
from audience.english.guards.phrases import Phrases
from audience.english.reading import Unmatched
from audience.english.sentence import frame_words


def unsayable(prompt: str, unmatched: Sequence[Unmatched]) -> str | None:
    """Why words that were left over can be no condition, where that is so."""
    for kind, match in _phrases().found(prompt):
        if any(each.start < match.end() and match.start() < each.end for each in unmatched):
            return str(load("unsayable.yaml")["says"][kind])
    return None


@cache
def _phrases() -> Phrases:
    data = load("unsayable.yaml")
    people = sorted(frame_words()["subjects.users"])
    return Phrases(
        {kind: data[kind] for kind in data["says"]}, {**data["groups"], "people": people}
    )
