"""Pairs of words that make one idea: "sign up", "check in"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from audience.english.data import load


@cache
def compounds() -> Mapping[tuple[str, str], str]:
    return {
        (pair.split()[0], pair.split()[1]): str(whole)
        for pair, whole in load("compounds.yaml").items()
        if " " in pair
    }


@cache
def single_compounds() -> Mapping[str, str]:
    return {each: str(whole) for each, whole in load("compounds.yaml").items() if " " not in each}


def compounded(words: Sequence[str]) -> tuple[str, ...]:
    """`words` (stems) with the pairs that make one idea put together."""
    pairs, found, place = compounds(), list[str](), 0
    while place < len(words):
        whole = pairs.get((words[place], words[place + 1])) if place + 1 < len(words) else None
        if whole is not None:
            found.append(whole)
            place += 2
        else:
            found.append(single_compounds().get(words[place], words[place]))
            place += 1
    return tuple(found)
