"""How far people are with a thing that is filled in or gone through: "profile half complete".

The thing is kept as a share of 1 or of 100, as a flag, or as a status with a value for each stage. Only a
part of a sentence that says nothing else is read so.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise

from audience.catalog import ValueStats
from audience.english.amounts import bounds, is_fraction, is_percent
from audience.english.context import World, type_of
from audience.english.data import load
from audience.english.kept_deeds import Said
from audience.english.literals.items import Range
from audience.english.schema import Entry, likeness
from audience.english.tokens import name_words, stem, stem_set
from audience.query import And, Boolean, Comparison, Literal, Not, Trait, joined


def how_complete(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The condition on the one field that tells how complete the thing is, and the field."""
    level = _level(said)
    if level is None:
        return None
    people = world.lexicon.accounts if accounts else world.lexicon.users
    found = []
    for entry in people:
        things = _things(entry)
        if things and _is_about(things, said):
            tree = _condition(entry, level, said)
            if tree is not None:
                found.append((tree, entry))
    if len(found) != 1 or _is_an_event(world, _things(found[0][1])):
        return None
    return found[0]


def _level(said: Said) -> str | None:
    """The stage that is said: complete, incomplete, begun, empty, or a part of it."""
    words = set(said.every) | set(said.lows)
    if any(is_percent(each) for each in said.items) or _half(said) is not None:
        return "part" if len(said.items) <= 1 and not said.denied else None
    if said.items:
        return None
    stages = [name for name, told in _stages().items() if told & words]
    if stages == ["complete"]:
        owed = any(pair in _OWED for pair in pairwise(said.lows))
        return "incomplete" if said.denied != owed else "complete"
    if len(stages) == 2 and "complete" in stages:  # "nothing filled in", "partially filled in"
        stages.remove("complete")
    return stages[0] if len(stages) == 1 and not (said.denied and stages[0] != "empty") else None


def _is_about(things: frozenset[str], said: Said) -> bool:
    """Whether the thing is said, and nothing beside it and how far they are."""
    told = {each for each in said.told if each not in _SMALL and each not in _told_levels()}
    named = {each for each in said.every if any(likeness(each, thing) for thing in things)}
    return (
        bool(named)
        and told <= named
        and all(any(likeness(thing, each) for each in named) for thing in things)
    )


def _is_an_event(world: World, things: frozenset[str]) -> bool:
    """Whether an event tells that the thing was completed."""
    complete = _stages()["complete"]
    return any(
        things & set(each.words) and set(each.words) - things <= complete
        for each in world.lexicon.events
    )


# Fields -----------------------------------------------------------------------------------------


def _things(entry: Entry) -> frozenset[str]:
    """What a field tells the completeness of: the profile of `profile_completion`; none if it does not."""
    words = set(entry.words)
    kind = type_of(entry)
    if kind == "number":
        if not words & _stages()["complete"] and stem("progress") not in words:
            return frozenset()
        return (
            frozenset(words - _stages()["complete"] - _WRAPPING) if _whole(entry) else frozenset()
        )
    if kind == "boolean":
        told = words & _stages()["complete"]
        return frozenset(words - told - _WRAPPING) if told and not entry.refuses else frozenset()
    if kind == "text" and words & _STATUS:
        values = _stats(entry).values
        complete = any(_stage_of(each) == "complete" for each in values)
        return frozenset(words - _STATUS - _WRAPPING) if complete else frozenset()
    return frozenset()


def _stats(entry: Entry) -> ValueStats:
    return getattr(entry.field, "stats", None) or ValueStats()


def _whole(entry: Entry) -> Decimal | None:
    """What all of it is in the field's own numbers: 1, or 100."""
    if is_fraction(entry):
        return Decimal(1)
    highest = _stats(entry).maximum
    if highest is None or not Decimal(50) < Decimal(highest) <= Decimal(100):
        return None
    return Decimal(100)


def _stage_of(value: str) -> str | None:
    """The stage that a value of a status says: "in_progress", "not started"."""
    words = name_words(value)
    if words[:1] == ("not",):
        return "empty" if "started" in words or "begun" in words else "incomplete"
    told = {stem(each) for each in words} | {*words}
    stages = [name for name, said in _stages().items() if told & said]
    return stages[0] if len(stages) == 1 else None


def _condition(entry: Entry, level: str, said: Said) -> Boolean | None:
    left = Trait(entry.field.name)
    match type_of(entry):
        case "boolean":
            tree = Comparison(left, "equals", (Literal("true"),))
            if level == "incomplete" and _stages()["incomplete"] & set(said.every):
                return Comparison(left, "equals", (Literal("false"),))
            if level == "incomplete":
                return Not(tree)
            return tree if level == "complete" else None
        case "text":
            return _status(entry, level)
    whole = _whole(entry) or Decimal(1)
    if level == "complete":
        return Comparison(left, "equals", (Literal(whole),))
    if level == "incomplete":
        return Comparison(left, "less_than", (Literal(whole),))
    if level == "empty":
        return Comparison(left, "equals", (Literal(Decimal(0)),))
    half = _half(said)
    rows = [(half, Decimal(50))] if half is not None else bounds(said.items[0])
    if level != "part" or not rows or (said.items and not _is_plain(said.items[0])):
        return None
    parts = tuple(
        Comparison(left, operator, (Literal(number * whole / 100),)) for operator, number in rows
    )
    return joined(And, parts)


def _is_plain(item: object) -> bool:
    return not (isinstance(item, Range) and item.negated)


def _status(entry: Entry, level: str) -> Boolean | None:
    stats = _stats(entry)
    of = {each: _stage_of(each) for each in stats.values}
    wanted = [each for each in stats.values if of[each] == level]
    if level == "incomplete":
        if not stats.complete or None in of.values():
            return None
        wanted = [each for each in stats.values if of[each] != "complete"]
    if not wanted:
        return None
    operator = "equals" if len(wanted) == 1 else "one_of"
    return Comparison(Trait(entry.field.name), operator, tuple(map(Literal, wanted)))


# Words ------------------------------------------------------------------------------------------


def _half(said: Said) -> str | None:
    """ "less than half complete", "over half full": the operator."""
    for place, low in enumerate(said.lows):
        if low == "half" and place:
            before = said.lows[place - 1]
            if before == "than" and place > 1:
                before = said.lows[place - 2]
            if before in _SIDES:
                return _SIDES[before]
    return None


@cache
def _stages() -> dict[str, frozenset[str]]:
    return {name: stem_set(*words) for name, words in load("stages.yaml").items()}


@cache
def _told_levels() -> frozenset[str]:
    return frozenset[str]().union(*_stages().values())


_SIDES = {"less": "less_than", "under": "less_than", "below": "less_than",
          "more": "greater_than", "over": "greater_than", "above": "greater_than"}  # fmt: skip
_OWED = {("have", "to"), ("has", "to"), ("need", "to"), ("needs", "to")}
_STATUS = stem_set("status", "stage", "state", "step", "phase")
_WRAPPING = stem_set("is", "has", "have", "be", "ratio", "percent", "pct", "percentage", "share", "rate",
                     "flag", "progress", "level", "score", "user", "customer")  # fmt: skip
_SMALL = stem_set("still", "yet", "not", "their", "half", "less", "more", "than", "get", "got", "all", "through",
                  "anything", "way", "in", "up", "out", "under", "middle", "at", "so", "far", "have")  # fmt: skip
