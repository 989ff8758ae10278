"""What is known of people of all time: how often they did it, whether ever, and when last."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from audience.english.accounting.fields import entries_of, values_of
from audience.english.amounts import bounds
from audience.english.context import type_of
from audience.english.literals.items import Item, OpenFrom, Range, Rolling
from audience.english.tokens import name_words, stem
from audience.query import Comparison, Literal, Not, Trait

if TYPE_CHECKING:
    from audience.english.accounting.leaves import Leaf
    from audience.english.lexicon import Lexicon
    from audience.english.schema import Entry


def is_ever(item: Item) -> bool:
    """ "ever", "so far", "to date": no window."""
    return any(rule.startswith("ever:") for rule in item.rules)


def is_once(item: Item) -> bool:
    """ "at least once", "at least one": no more than that there is one."""
    return isinstance(item, Range) and bounds(item) == [("at_least", Decimal(1))]


def counts_all(entry: Entry) -> bool:
    """Whether it is how often something happened in all time: no balance, and not of the last 90 days."""
    return (
        type_of(entry) == "number"
        and not _NOW & set(entry.words)
        and not _SINCE.search(entry.field.name)
        and days_of(entry) is None
    )


def days_of(entry: Entry) -> int | None:
    """The days back that the name or the description says it is of: `visits_30d`."""
    name = " ".join(name_words(entry.field.name))
    found = _DAYS.search(f"{name} {entry.field.description}".lower())
    return int(found[1]) if found else None


def period_of(entry: Entry) -> str | None:
    """The period up to now that the name says it is of: "month" of `data_mtd`, of `used_this_month`."""
    words = name_words(entry.field.name)
    for short, period in _TO_DATE.items():
        if short in words or ("this", period) in pairwise(words):
            return period
    return None


def is_of_all_time(leaf: Leaf, lexicon: Lexicon) -> bool:
    """Whether the condition is of what people ever did: "ever had a payment fail" of a number of those."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    if leaf.events() or not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return False
    for each in entries_of(tree, lexicon):
        kind = type_of(each)
        dated = kind in ("date", "timestamp") and tree.operator in ("exists", "absent")
        flag = kind == "boolean" and not each.refuses and not _NOW & set(each.words)
        none = kind == "text" and bool(values_of([tree]) & _NONE)
        counted = counts_all(each) and tree.operator not in ("exists", "absent")
        if not (counted or dated or flag or none or kind == "list"):
            return False
    return True


def is_of_once(leaf: Leaf) -> bool:
    """Whether a number is held to be more than none."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return False
    least = {"greater_than": Decimal(0), "at_least": Decimal(1)}.get(tree.operator)
    return least is not None and tree.values == (Literal(least),)


def is_of_its_days(item: Item, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "5+ visits in the past 30 days" of `visits_30d`: the days that are in the field's own name."""
    numbers = [each for each in entries_of(leaf.tree, lexicon) if type_of(each) == "number"]
    if not numbers or leaf.events():
        return False
    period = _up_to_now(item)
    if period is not None:
        return all(period_of(each) == period for each in numbers)
    if not isinstance(item, Rolling) or item.newest is not None or item.oldest is None:
        return False
    return all((days_of(each) or 0) * _HOURS == item.oldest.hours for each in numbers)


def _up_to_now(item: Item) -> str | None:
    """The period that an item is of, from its first day on: "this month", "since the start of the year"."""
    told = set(item.rules)
    if "calendar: ytd" in told:
        return "year"
    if "calendar: mtd" in told:
        return "month"
    now = {"relative: this unit", "calendar: to date"} & told
    begun = {"edge: start of", "edged: the unit"} <= told and isinstance(item, OpenFrom)
    if not (now or begun):
        return None
    return next((each[10:] for each in item.rules if each.startswith("big_unit: ")), None)


_TO_DATE = {"mtd": "month", "ytd": "year", "wtd": "week"}
_HOURS = 24
_DAYS = re.compile(r"(?<![a-z\d])(\d+)[ _-]?d(?:ays?)?(?![a-z])")
_SINCE = re.compile(r"(?i)since|ago(?![a-z])")
_NONE = frozenset(["none", "never", "no"])
_NOW = frozenset(
    map(
        stem,
        ("balance", "left", "remaining", "credit", "points", "open", "current", "active", "now", "since", "ago", "streak", "overdue", "unpaid", "outstanding", "score", "rate", "paused", "flag", "today", "month", "week", "year"),
    )
)  # fmt: skip
