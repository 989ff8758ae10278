"""What verbs in a list share: "haven't opened or clicked an email in the last 30 days"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.context import type_of
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import Calendar, OpenFrom, Rolling
from audience.english.schema import Entry
from audience.query import Boolean, Comparison, Literal, Property

if TYPE_CHECKING:
    from audience.english.scope import Unit

Assume = Callable[[str], None]


def share(units: list[Unit], assume: Assume) -> list[Unit]:
    """Hand negations on to the right, windows and objects to the left, within lists of verbs."""
    units = list(units)
    for place in range(1, len(units)):
        units[place] = _negated_too(units[place - 1], units[place])
    for place in range(len(units) - 1, 0, -1):
        _share_object(units[place - 1], units[place])
        _share_window(units[place - 1], units[place], assume)
    for place in range(1, len(units)):
        _share_onwards(units[place - 1], units[place])
        _share_window_on(units, place)
    return units


def _event(unit: Unit) -> EventFrame | None:
    if unit.inner or len(unit.frames) != 1:
        return None
    frame = unit.frames[0]
    return frame if isinstance(frame, EventFrame) else None


def _in_list(unit: Unit) -> bool:
    connector = unit.connector
    apart = (
        connector.relative
        or connector.subject
        or connector.then
        or connector.after
        or connector.before
        or connector.minus
        or connector.line
        or connector.with_
    )
    return connector.op in ("and", "or") and not apart


def _negated_too(before: Unit, unit: Unit) -> Unit:
    """ "haven't opened or clicked" is neither: the "or" under the negation becomes an AND."""
    if _is_second_missing(before, unit):
        missing = unit.frames[0]
        assert isinstance(missing, TraitFrame)
        return replace(unit, frames=[replace(missing, negated=True)])
    if _is_second_flag(before, unit) or _is_second_absence(before, unit):
        flag = unit.frames[0]
        assert isinstance(flag, TraitFrame)
        flag.negated = True
        return replace(unit, connector=replace(unit.connector, op="and"))
    first, second = _event(before), _event(unit)
    if first is None or second is None or not _in_list(unit) or unit.connector.but:
        return unit
    if first.negated and second.carried and unit.connector.op == "or":
        return replace(unit, connector=replace(unit.connector, op="and"))
    if not first.negated or second.negated or second.perfect or second.counts or first.apart:
        return unit
    if unit.connector.op == "and" and (first.never or not second.bare_verb):
        return unit  # "never ordered, signed up in May"
    if unit.connector.op == "and" and second.inflected and not first.inflected:
        return unit  # "did not open and bought"
    second.negated = True
    return replace(unit, connector=replace(unit.connector, op="and"))


def _is_second_flag(before: Unit, unit: Unit) -> bool:
    """ "not opted in to email or SMS": neither."""
    if len(before.frames) != 1 or len(unit.frames) != 1 or before.inner or unit.inner:
        return False
    first, second = before.frames[0], unit.frames[0]
    if not isinstance(first, TraitFrame) or not isinstance(second, TraitFrame):
        return False
    if first.entry is None or second.entry is None or first.entry is second.entry:
        return False
    flags = {getattr(each.entry.field, "type", None) for each in (first, second) if each.entry}
    alike = set(first.entry.words) & set(second.entry.words)
    return (
        _in_list(unit)
        and unit.connector.op == "or"
        and first.negated
        and not second.negated
        and flags == {"boolean"}
        and bool(alike)
    )


def _is_second_absence(before: Unit, unit: Unit) -> bool:
    """ "without a phone, a birthday or a city": none of them."""
    both = _presences(before, unit)
    if both is None or unit.connector.op != "or":
        return False
    return both[0] == ("exists", True) and both[1] == ("exists", False)


def _is_second_missing(before: Unit, unit: Unit) -> bool:
    """ "missing a phone or an email": one of them is not there."""
    both = _presences(before, unit)
    if both is None:
        return False
    return both[0] == ("absent", False) and both[1] == ("exists", False)


def _presences(before: Unit, unit: Unit) -> tuple[tuple[str, bool], tuple[str, bool]] | None:
    """Of two traits in a list of which only the presence is said: operator, and whether denied."""
    if len(before.frames) != 1 or len(unit.frames) != 1 or before.inner or unit.inner:
        return None
    if not _in_list(unit) or unit.connector.but:
        return None
    first, second = _presence(before.frames[0]), _presence(unit.frames[0])
    return None if first is None or second is None else (first, second)


def _presence(frame: object) -> tuple[str, bool] | None:
    if not isinstance(frame, TraitFrame) or not isinstance(frame.tree, Comparison):
        return None
    operator = frame.tree.operator
    return (operator, frame.negated) if operator in ("exists", "absent") else None


def _share_object(before: Unit, unit: Unit) -> None:
    """ "viewed or bought shoes": what the second verb is about, the first is about too."""
    first, second = _event(before), _event(unit)
    if first is None or second is None or not _in_list(unit):
        return
    bare = second.bare_verb and not second.where and first.entry is not second.entry
    if bare and second.negated and second.entry.role != "purchase":
        _share_rightwards(first, second)
    if not first.bare_verb or second.part or second.apart:
        return  # "took two tests but passed none of them"
    known = first.entry.properties
    if second.where and not first.where and all(fits(each, known) for each in second.where):
        first.where = list(second.where)
        first.places |= second.places - {min(second.places, default=-1)}


def _share_onwards(before: Unit, unit: Unit) -> None:
    """ "was sent the spring mail and who neither opened nor clicked": not that mail."""
    first, second = _event(before), _event(unit)
    if first is None or second is None or unit.connector.line or unit.connector.op == "or":
        return
    bare = (second.bare_verb or second.pointed) and second.negated and not second.where
    alike = set(first.entry.words) & set(second.entry.words)
    if bare and first.entry is not second.entry and first.method is None and alike:
        _share_rightwards(first, second)


def _share_rightwards(first: EventFrame, second: EventFrame) -> None:
    """ "registered for the gala and did not come": not to that."""
    if second.at_all:
        return  # "searched flights to Lisbon but booked nothing"
    told = as_told(first.where, second.entry.properties)
    if told:
        second.where = told


def as_told(where: list[Boolean], known: Mapping[str, Entry]) -> list[Boolean] | None:
    """The conditions of one event as another one holds them: by the property of that name, or by the
    one property that has those values. None where it does not hold them all."""
    found: list[Boolean] = []
    for each in where:
        if fits(each, known) and has_value(each, known):
            found.append(each)
            continue
        names = [name for name in known if has_value(_renamed(each, name), known)]
        if len(names) != 1 or type_of(known[names[0]]) != "text":
            return None
        found.append(_renamed(each, names[0]))
    return found


def _renamed(tree: Boolean, name: str) -> Boolean:
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Property):
        return tree
    return replace(tree, left=Property(name))


def has_value(tree: Boolean, known: Mapping[str, Entry]) -> bool:
    """Whether the other event's property of that name has these values, too."""
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Property):
        return False
    if tree.left.name not in known:
        return False
    stats = getattr(known[tree.left.name].field, "stats", None)
    values = set(getattr(stats, "values", ()))
    return all(isinstance(each, Literal) and each.value in values for each in tree.values)


def fits(tree: Boolean, known: object) -> bool:
    return (
        isinstance(tree, Comparison) and isinstance(tree.left, Property) and tree.left.name in known  # type: ignore[operator]
    )


def _of_one_verb(first: EventFrame, second: EventFrame) -> bool:
    """ "bought bread but no milk in …": two objects of one verb, and so one window."""
    return bool(first.where and second.where) and first.where != second.where and not second.perfect


def _is_past(frame: EventFrame) -> bool:
    return all(isinstance(each, Rolling | Calendar | OpenFrom) for each in frame.times)


def _share_window_on(units: Sequence[Unit], place: int) -> None:
    """ "joined in May and neither ordered nor wrote": what held for the first that was not done holds
    for the next."""
    first, second = _event(units[place - 1]), _event(units[place])
    given = _event(units[place - 2]) if place > 1 else None
    if first is None or second is None or given is None or not _in_list(units[place]):
        return
    handed = first.negated and not given.negated and first.times and first.times == given.times
    if handed and second.negated and not (second.times or second.perfect or second.never):
        second.times = list(first.times)


def _share_window(before: Unit, unit: Unit, assume: Assume) -> None:
    first, second = _event(before), _event(unit)
    lacking = unit.connector.without and unit.connector.op == "none" and not unit.connector.but
    if first is None or second is None or not (_in_list(unit) or lacking):
        return
    contrasted = first.entry is second.entry and first.negated != second.negated
    again = first.entry is second.entry and (first.negated or second.negated)
    if again and not (contrasted and _of_one_verb(first, second)):
        return
    if first.times and not second.times and second.negated and not first.negated:
        if not second.perfect and not second.never and _is_past(first):
            second.times = list(first.times)
            assume(f"“{first.times[0].text}” holds for what was not done, too.")
        return
    if first.times or not second.times or second.perfect or first.counts_negated or second.part:
        return
    if lacking:
        return  # "without ordering in the last week": of that alone
    if first.entry is second.entry and any(op != "at_least" for op, _ in first.counts):
        return  # "with exactly one order, placed in May": the one of all time
    if first.never and not second.negated:
        return  # "never ordered, signed up 30 days ago"
    shares = first.bare_verb or contrasted  # "opened but did not click an email in …"
    if unit.connector.but and second.negated != first.negated and not shares:
        return  # "opened … but did not buy in the last 30 days": of the last clause only
    if first.last_time or first.first_time or second.last_time or second.first_time:
        return
    first.times = list(second.times)
    assume(f"“{second.times[0].text}” holds for each thing done that it follows.")
