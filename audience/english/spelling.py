"""Whether a word is spelt right: English words that name nothing here are left as they are."""

from __future__ import annotations

from functools import cache
from importlib import resources


def is_spelt_right(low: str) -> bool:
    """Whether `low` (lower case) is a usual English word, or a plain form of one."""
    return any(each in _words() for each in _bases(low))


def _bases(low: str) -> set[str]:
    """The word and what it may be a plural, a past or a participle of."""
    found = {low}
    for tail, instead in _TAILS:
        if low.endswith(tail) and len(low) - len(tail) > 2:
            base = low[: -len(tail)]
            found.add(base + instead)
            if not instead and tail in ("ed", "ing") and base[-1] == base[-2]:
                found.add(base[:-1])  # "planned"
    return found


_TAILS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
    ("ing", ""), ("ing", "e"), ("ly", ""),
)  # fmt: skip


@cache
def _words() -> frozenset[str]:
    text = (resources.files("audience.english") / "spelling.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
