"""How often somebody pays, where that is known of them: "companies paying yearly", "billed monthly"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.links import Link
from audience.english.sentence import Word, low_at
from audience.english.tokens import stem_set


def with_cycles(words: Sequence[Word], found: list[Link]) -> list[Link]:
    """`found` with the verb taken into a value of how often one is billed; nothing done is told then."""
    added = []
    for link in found:
        known = tuple(
            replace(each, score=1.0)
            for each in link.values
            if each.event is None and each.value.lower() in _CYCLES
        )
        if not known or link.length > 1:
            continue
        first = link.first - 1
        while low_at(words, first) in _BETWEEN:
            first -= 1
        if first >= 0 and words[first].stem in _PAYING:
            added.append(Link(first, link.end, values=known))
        elif low_at(words, link.end) in _BOND and low_at(words, link.first - 1) in _BETWEEN:
            added.append(Link(link.first, link.end + 1, values=known))
    return [*found, *added]


_PAYING = stem_set("pay", "bill", "charge", "invoice", "renew", "paid")
_BETWEEN = frozenset(["us", "on", "a", "an"])
_BOND = frozenset(["contract", "subscription", "agreement", "basis"])
_CYCLES = frozenset(["monthly", "yearly", "annual", "annually", "quarterly", "weekly", "month", "year", "biannual"])  # fmt: skip
