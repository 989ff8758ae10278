"""What is still open: "an unresolved ticket" of a number of open ones, or of a flag that there is one.

Only a part of a sentence that says nothing else is read so.
"""

from __future__ import annotations

from decimal import Decimal

from audience.english.amounts import bounds, compared, is_percent
from audience.english.context import World, type_of
from audience.english.kept_deeds import Said
from audience.english.literals.items import Item, Number, Range
from audience.english.schema import Entry, likeness
from audience.english.tokens import name_words, stem_set
from audience.query import Boolean, Comparison, Literal, Not, Trait


def still_open(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The condition on the one field that keeps how many are open, or whether one is, and the field."""
    every = set(said.every)
    if not _OPEN & every or len(said.items) > 1 or set(said.lows) & _DONE:
        return None
    count = said.items[0] if said.items else None
    if count is not None and (not isinstance(count, Range | Number) or is_percent(count)):
        return None
    if getattr(count, "unit", None) not in (None, "times"):
        return None
    people = world.lexicon.accounts if accounts else world.lexicon.users
    found = [each for each in people if _is_of(each, said)]
    if len(found) != 1:
        return None
    tree = _condition(found[0], count, denied=said.denied)
    return None if tree is None else (tree, found[0])


def _is_of(entry: Entry, said: Said) -> bool:
    """Whether the field is of such open things, and nothing but them was said."""
    if _DONE & set(name_words(entry.field.name)):
        return False  # how often they opened it
    things = set(entry.words) - _OPEN - _AROUND
    told = said.told - _OPEN - _SMALL
    if type_of(entry) not in ("number", "boolean") or not _OPEN & set(entry.words) or not things:
        return False
    of_them = told - _SUPPORT or told
    return (
        bool(of_them)
        and all(any(likeness(one, thing) for thing in things) for one in of_them)
        and all(any(likeness(one, thing) for one in told) for thing in things - _SUPPORT)
    )


def _condition(entry: Entry, count: Item | None, *, denied: bool) -> Boolean | None:
    left = Trait(entry.field.name)
    none = count is not None and bounds(count) == [("equals", Decimal(0))]
    if type_of(entry) == "boolean":
        if count is not None and not none and bounds(count) != [("equals", Decimal(1))]:
            return None
        tree = Comparison(left, "equals", (Literal("true"),))
        return Not(tree) if denied != none else tree
    if count is None or none:
        zero = (Literal(Decimal(0)),)
        return Comparison(left, "equals" if denied != none else "greater_than", zero)
    some = compared(left, count)
    return Not(some) if denied else some


_OPEN = stem_set("open", "unresolved", "unsolved", "outstanding", "pending", "waiting")
_DONE = frozenset(["opened", "opens", "opening"])  # what they did, and not how it is
_SUPPORT = stem_set("support", "helpdesk", "help", "desk", "service", "customer")
_AROUND = stem_set(
    "has",
    "is",
    "number",
    "of",
    "count",
    "num",
    "current",
    "currently",
    "now",
    "any",
    "total",
    "cnt",
)
# Words that say nothing more of it.
_SMALL = stem_set(
    "right", "now", "moment", "current", "currently", "still", "have", "single", "any", "on", "at"
)
