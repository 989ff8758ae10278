"""Slips of the keyboard in the words of commands. Only for finding the command: names stay as typed."""

from __future__ import annotations

import re

_WORDS = (
    "audience", "audiences", "brief", "campaign", "choose", "compare", "condition", "conditions",
    "delete", "discard", "duplicate", "events", "example", "examples", "export", "fields",
    "generate", "overlap", "people", "persona", "personas", "profile", "profiles", "properties",
    "reach", "remove", "rename", "review", "segment", "segments", "select", "status", "strategies",
    "strategy", "switch", "traits", "which", "write",
)  # fmt: skip
_CLOSE = 86  # of 100


def corrected(text: str) -> str:
    """`text` with words that are nearly words of commands spelt as those."""
    return re.sub(r"(?<![\"'“\w])[A-Za-z]{4,}(?![\"'”\w])", _near, text)


def _near(match: re.Match[str]) -> str:
    from rapidfuzz import fuzz, process

    word = match[0].casefold()
    if word in _WORDS:
        return match[0]
    found = process.extractOne(word, _WORDS, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return match[0] if found is None else str(found[0])
