"""Values that end in the noun of their own field: "Pro" of "Pro Plan", where all of them are plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audience.english.schema import Entry, stemmed
from audience.english.tokens import stem_set


def heads(entry: Entry, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The values with what stands before the noun that all of them end in (stems)."""
    parts = [(value, stemmed(value)) for value in values]
    tails = {words[-1] for _, words in parts if words}
    tail = next(iter(tails), "")
    if len(parts) < 2 or len(tails) != 1 or not (tail in entry.words or tail in _NOUNS):
        return
    found = {" ".join(words[:-1]): value for value, words in parts if len(words) > 1}
    if len(found) == len(parts):
        yield from ((value, head) for head, value in found.items())


_NOUNS = stem_set(
    "plan", "tier", "package", "subscription", "membership", "level", "member", "tariff"
)
