"""words.yaml, read once: classes of words, spellings, and the values of words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from audience.english.data import read


def load(name: str) -> dict[str, Any]:
    """One of the YAML files beside this one."""
    loaded: dict[str, Any] = read("audience.english.literals", name, numbers=True)
    return loaded


def _by_word(classes: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in classes.items():
        for word in words:
            found[word].add(name)
    return {word: frozenset(names) for word, names in found.items()}


_WORDS = load("words.yaml")
CLASSES: Mapping[str, frozenset[str]] = _by_word(_WORDS["classes"])
SPELLING: Mapping[str, str] = _WORDS["spelling"]
SUFFIXES: frozenset[str] = frozenset(_WORDS["suffixes"])
NUMBERS: Mapping[str, int] = _WORDS["numbers"]
MAGNITUDES: Mapping[str, int] = _WORDS["magnitudes"]
ORDINALS: Mapping[str, int] = _WORDS["ordinals"]
MONTHS: Mapping[str, int] = _WORDS["months"]
WEEKDAYS: Mapping[str, int] = _WORDS["weekdays"]
