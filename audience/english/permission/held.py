"""Which fields hold whom people let us write to or call, however a company keeps it.

A flag that says yes or one that says no, codes of a status, the day on which they agreed or
declined, a list of the ways that are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from typing import Literal as OneOf

from audience.english.coded import meanings
from audience.english.data import read
from audience.english.schema import Entry, stemmed
from audience.english.tokens import name_words, stem
from audience.query import Boolean, Comparison, Literal, Not, Trait

State = OneOf["yes", "may", "no", "not", "against", "pending", "unasked", "neither", "unknown"]


@cache
def words() -> Any:
    """The file of words beside this one."""
    return read("audience.english.permission", "words.yaml")


@cache
def way_stems() -> frozenset[str]:
    """The stems by which fields name the ways."""
    return frozenset(each for row in words()["ways"].values() for each in row["fields"])


@dataclass(frozen=True)
class Permission:
    """A field that holds whether people may be reached in a way."""

    entry: Entry
    way: str
    named: bool  # the way stands in the field's name, not only in its description
    yes: Boolean
    no: Boolean
    pending: Boolean | None = None
    unasked: Boolean | None = None

    def condition(self, state: State) -> Boolean | None:
        """The people with whom it stands so; nothing where the field cannot tell."""
        if state == "yes":
            return self.yes
        if state == "no":
            return self.no
        if state == "may":
            return _contrary(self.no) if self.entry.refuses else self.yes
        if state == "not":
            return self.no if self.entry.refuses else _contrary(self.yes)
        if state == "against":
            return _contrary(self.no)
        blank = Comparison(Trait(self.entry.field.name), "absent")
        dated = _is_date(self.entry)
        if state == "unknown" or (self.pending is None and self.unasked is None):
            return None if dated else blank
        if state == "pending" and self.pending is not None:
            return self.pending
        if state == "unasked":
            return self.unasked or blank
        return _neither(self)


def _contrary(tree: Boolean) -> Boolean:
    if isinstance(tree, Not):
        return tree.item
    if isinstance(tree, Comparison) and tree.operator in ("exists", "absent"):
        other = "absent" if tree.operator == "exists" else "exists"
        return Comparison(tree.left, other)
    return Not(tree)


def _neither(held: Permission) -> Boolean:
    """They said neither yes nor no, whether they were asked or not."""
    told = [
        value
        for tree in (held.yes, held.no)
        if isinstance(tree, Comparison)
        for value in tree.values
    ]
    return Not(Comparison(Trait(held.entry.field.name), "one_of", tuple(told)))


def permissions(traits: Sequence[Entry]) -> list[Permission]:
    """What the traits hold of the kind, one for each field and way."""
    found: list[Permission] = []
    for entry in traits:
        if type(entry.field).__name__ != "TraitField" or not _tells_leave(entry):
            continue
        listed = _of_list(entry)
        if listed:
            found += listed
            continue
        states = _states(entry)
        if states is not None:
            found += [Permission(entry, way, named, *states) for way, named in _ways(entry)]
    return found


def _tells_leave(entry: Entry) -> bool:
    if _said(entry) & set(words()["leave"]) or entry.refuses or _coded(entry) is not None:
        return True
    rest = [each for each in entry.words if not _split_ways({each})]
    flag = getattr(entry.field, "type", "") == "boolean"
    return flag and len(rest) < len(entry.words) and set(rest) <= set(words()["plain"])


def _said(entry: Entry) -> set[str]:
    """The stems of the field's name and of its description."""
    return {
        *entry.words,
        *entry.about,
        *_stems(entry.field.name),
        *stemmed(entry.field.description),
    }


def _stems(text: str) -> set[str]:
    return {stem(each) for each in name_words(text)}


def _ways(entry: Entry) -> list[tuple[str, bool]]:
    """The ways that the field is about; those of its name before those of its description."""
    told = _split_ways({*entry.words, *_stems(entry.field.name)})
    described = _split_ways(set(stemmed(entry.field.description)))
    if told == {"mail"}:  # by e-mail or by post: its description tells
        told = (described & {"email", "post"}) | {"mail"}
        if "post" not in told and "email" not in told:
            told.add("email")
    if told:
        return [(each, True) for each in sorted(told)]
    if described:
        return [(each, False) for each in sorted(described)] if len(described - _ALIKE) == 1 else []
    return [(EVERY, False)] if _said(entry) & set(words()["every"]) else []


EVERY = "every"  # marketing of whatever kind
_ALIKE = {"newsletter", "mail"}


def _split_ways(stems: set[str]) -> set[str]:
    return {way for way, row in words()["ways"].items() if stems & set(row["fields"])}


def _is_date(entry: Entry) -> bool:
    return getattr(entry.field, "type", "") in ("date", "timestamp")


def _states(
    entry: Entry,
) -> tuple[Boolean, Boolean] | tuple[Boolean, Boolean, Boolean | None, Boolean | None] | None:
    left, kind = Trait(entry.field.name), getattr(entry.field, "type", "")
    if kind == "boolean":
        true = Comparison(left, "equals", (Literal("true"),))
        false = Comparison(left, "equals", (Literal("false"),))
        return (false, true) if entry.refuses else (true, false)
    if _is_date(entry):
        there, gone = Comparison(left, "exists"), Comparison(left, "absent")
        said = f"{' '.join(name_words(entry.field.name))} {entry.field.description.lower()}"
        if _SINCE_NO.search(said):
            return gone, there
        return (there, gone) if _SINCE_YES.search(said) else None
    coded = _coded(entry) if kind == "text" else None
    if coded is None:
        return None

    def one_of(state: str) -> Boolean | None:
        values = tuple(Literal(value) for value, told in coded if told == state)
        if not values:
            return None
        return Comparison(left, "equals" if len(values) == 1 else "one_of", values)

    agreed, declined = one_of("yes"), one_of("no")
    if agreed is None or declined is None:
        return None
    return agreed, declined, one_of("pending"), one_of("unasked")


_SINCE_NO = re.compile(
    r"\b(?:opt(?:ed)? ?out|optout|unsub\w*|declin\w+|refus\w+|withdr\w+|revok\w+|object\w*|do not)\b"
)
_SINCE_YES = re.compile(
    r"\b(?:opt(?:ed)? ?in|optin|consent\w*|agreed|permission|subscribed|accepted|allowed|signup|signed up)\b"
)


def _coded(entry: Entry) -> list[tuple[str, str]] | None:
    """The values of a status with what each says; none where no yes or no no is among them."""
    stats = getattr(entry.field, "stats", None)
    if getattr(entry.field, "type", "") != "text" or stats is None or not stats.values:
        return None
    said = dict(meanings(entry.field.description, stats.values))
    found = []
    for value in stats.values:
        state = _state_of(value) or _state_of(said.get(value, ""))
        if state is not None:
            found.append((value, state))
    kinds = {state for _, state in found}
    return found if {"yes", "no"} <= kinds and len(found) * 2 > len(stats.values) else None


def _state_of(value: str) -> str | None:
    plain = " ".join(name_words(value))
    return _known_states().get(plain)


@cache
def _known_states() -> dict[str, str]:
    return {
        " ".join(name_words(said)): state
        for state, row in words()["states"].items()
        for said in row
    }


def _of_list(entry: Entry) -> list[Permission]:
    """A list of the ways that are allowed: "[email, sms]"."""
    stats = getattr(entry.field, "stats", None)
    if getattr(entry.field, "type", "") != "list" or stats is None:
        return []
    found = []
    for value in stats.values:
        for way in _split_ways(_stems(value)):
            held = Comparison(Trait(entry.field.name), "contains", (Literal(value),))
            found.append(Permission(entry, way, True, held, Not(held)))
    return found if len({str(each.yes) for each in found}) > 1 else []
