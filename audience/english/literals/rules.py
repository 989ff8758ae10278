"""The grammar of literals: the rules of the YAML files beside this one, with their makers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from audience.english.literals import lexicon, numerals
from audience.english.literals.grammar import Grammar, Rule
from audience.english.literals.makers import MAKERS
from audience.english.literals.tokens import Tokenizer

FILES = ("amounts", "ranges", "lengths", "dates", "windows")
TOPS: tuple[str, ...] = (
    "count", "range", "age", "loose_range", "money", "percent", "lone_number", "lone_ordinal", "lone_comparator",
    "loose_amount", "lone_length", "approached", "loose_length", "lone_period", "rolling", "calendar", "open",
    "future", "ever", "loose_window",
)  # fmt: skip  # the categories that become items

_KEYS = frozenset(
    {"rule", "says", "make", "give", "with", "assumes", "asks", "rank", "not_before", "not_after", "only_before"}
)  # fmt: skip


@cache
def grammar() -> Grammar:
    """All rules, read once. Raises ValueError for a rule that is not well formed."""
    loaded = [lexicon.load(f"{name}.yaml") for name in FILES]
    rules = [pair for each in loaded for pair in _rules(each)]
    also = {
        category: [entry["is"] for entry in entries if "is" in entry]
        for each in loaded
        for category, entries in each.items()
    }
    return Grammar(rules, also, {"number": (numerals.numbers, numerals.FIRST)}, TOPS)


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer(lexicon.CLASSES, lexicon.SPELLING, lexicon.SUFFIXES)


def _rules(loaded: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[tuple[Rule, str]]:
    for category, entries in loaded.items():
        for entry in (entry for entry in entries if "is" not in entry):
            rule = _rule(category, entry)
            says = entry["says"]
            for pattern in [says] if isinstance(says, str) else says:
                yield rule, str(pattern)


def _rule(category: str, entry: Mapping[str, Any]) -> Rule:
    unknown = set(entry) - _KEYS
    if unknown or entry["make"] not in MAKERS:
        raise ValueError(
            f"The rule {entry.get('rule')!r} of {category!r} is not well formed: {unknown}"
        )
    given = dict(entry.get("with", {}))
    given |= {key: entry[key] for key in ("give", "assumes", "asks") if key in entry}
    return Rule(
        name=f"{category}: {entry['rule']}",
        category=category,
        make=MAKERS[entry["make"]],
        given=given,
        rank=entry.get("rank", 0),
        not_before=frozenset(entry.get("not_before", ())),
        not_after=frozenset(entry.get("not_after", ())),
        only_before=frozenset(entry.get("only_before", ())),
    )
