"""What happened after what: two things done, one after the other, become one condition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.context import type_of
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import Length, Within
from audience.english.times import after
from audience.query import Comparison, Duration, Property

if TYPE_CHECKING:
    from audience.english.scope import Unit


def with_sequences(units: list[Unit], unread: set[int]) -> list[Unit]:
    """ "A and then not B within 2 days", "B after A": one condition, of A with B after it."""
    kept: list[Unit] = []
    for place, unit in enumerate(units):
        if not any(each.says for each in kept):
            _repeated_within(unit, units[place + 1 : place + 2])
        before = _last_event(kept)
        mine = next((each for each in unit.frames if isinstance(each, EventFrame)), None)
        if before is None or mine is None or unit.inner or not _follows(unit, mine):
            if unit.connector.after and mine is not None and _is_known(kept):
                unread.update(mine.places)  # "contacted within a week of a gift": a date of theirs
            kept.append(unit)
            continue
        holder, parent = before
        others = [each for each in unit.frames if each is not mine]
        if _is_since(unit, parent, mine):
            kept.append(replace(unit, connector=replace(unit.connector, then=False)))
            continue
        if unit.connector.then and parent.negated and mine.negated:
            unread.update(unit.connector.places)  # "didn't open it and haven't logged in since"
            kept.append(replace(unit, connector=replace(unit.connector, then=False)))
            continue
        if unit.connector.then and parent.method is not None and mine.entry is parent.entry:
            unread.update(mine.places)  # "waited for 5 minutes and then cancelled": one
        if unit.connector.after and _is_again(parent, mine):
            parent.places |= mine.places
            unread.update(mine.cues)  # "again within 30 days of their first order": not of any
            continue
        step = _step_before(kept, mine) if unit.connector.after else None
        if step is not None:
            child, base = parent, step
        elif unit.connector.after:
            child, base = parent, mine
        else:
            child, base = mine, parent
        if base.first_step and unit.connector.then and not base.times:
            base.first_time, base.cues = False, set()
        _nest(base, child, later=unit.connector.after, earlier=unit.connector.before)
        base.places |= child.places | mine.places
        if child is mine:
            _nest_in_others(kept, base)
        if step is not None:
            holder.frames.remove(parent)
            kept[:] = [each for each in kept if each.says]
        elif base is not parent:
            holder.frames[holder.frames.index(parent)] = base
        if others:
            kept.append(replace(unit, frames=others))
    return kept


def _is_known(units: list[Unit]) -> bool:
    """Whether what stands before is known of people, and no thing that they did."""
    frames = units[-1].frames if units else []
    return bool(frames) and all(isinstance(each, TraitFrame) for each in frames)


def _repeated_within(unit: Unit, following: list[Unit]) -> None:
    """ "lodged a claim again within 90 days": one such, and the next so soon after it."""
    frame = unit.frames[-1] if unit.frames else None
    if not isinstance(frame, EventFrame) or not frame.repeated or not frame.counts:
        return
    steps = [e for each in following if each.connector.after for e in each.frames]
    if any(each.entry is not frame.entry for each in steps):
        return  # "bought again within 30 days of a refund"
    lengths = [each for each in frame.times if isinstance(each, Within)]
    if len(lengths) != 1 or lengths[0].approach != "within" or frame.child is not None:
        return
    frame.times = [each for each in frame.times if each is not lengths[0]]
    frame.child = replace(frame, counts=[], times=[], where=list(frame.where))
    frame.counts, frame.child_within = [], lengths[0].duration


def _is_since(unit: Unit, parent: EventFrame, mine: EventFrame) -> bool:
    """ "gave twice in 2025 but nothing since": not in all the time after that window."""
    said = unit.connector.then or mine.since
    if not said or not mine.negated or mine.times or mine.entry is not parent.entry:
        return False
    later = after(parent.times)
    if later is None or parent.negated:
        return False
    mine.times = [later]
    return True


def _is_again(parent: EventFrame, mine: EventFrame) -> bool:
    """ "signed up in May and bought within a week of signing up": the step is named once more."""
    bare = not (mine.where or mine.times or mine.counts or mine.negated)
    return bare and parent.child is not None and mine.entry is parent.entry


def _step_before(units: list[Unit], mine: EventFrame) -> EventFrame | None:
    """ "opened it but bought nothing in the 3 days after opening": the opening told of before that."""
    if not mine.again or mine.where or mine.times or mine.counts or mine.negated:
        return None
    done = [each for unit in units for each in unit.frames if isinstance(each, EventFrame)]
    last, told = done[-1:], [each for each in done[:-1] if each.entry is mine.entry]
    if not told or told[-1].child is not None or told[-1].negated or last[0].entry is mine.entry:
        return None
    return told[-1]


def _last_event(units: list[Unit]) -> tuple[Unit, EventFrame] | None:
    if not units or units[-1].inner:
        return None
    for frame in reversed(units[-1].frames):
        if isinstance(frame, EventFrame):
            return units[-1], frame
    return None


def _follows(unit: Unit, frame: EventFrame) -> bool:
    connector = unit.connector
    if connector.after or connector.before or connector.then or frame.since:
        return True
    lengths = [item for item in frame.times if isinstance(item, Within)]
    return len(lengths) == 1 and lengths[0].approach == "within" and connector.op == "and"


def _nest(base: EventFrame, child: EventFrame, *, later: bool, earlier: bool) -> None:
    """Make `child` what happens, or does not, after each `base`."""
    lengths = [item for item in child.times if isinstance(item, Within) or _is_length(item)]
    if not lengths and (later or earlier):  # "invited a friend after attending, within a week"
        lengths = [
            item
            for item in base.times
            if isinstance(item, Within) and (earlier or item.approach == "within")
        ]
        base.times = [item for item in base.times if item not in lengths[:1]]
    if lengths:
        child.times = [item for item in child.times if item is not lengths[0]]
        base.child_within = _duration(lengths[0])
    if child.times and not base.times and not later:
        base.times, child.times = child.times, []
    if child.repeated:
        child.counts = []  # "bought again after a refund": once after it is again
    for names in (*child.same, *base.same):
        known = [each for each in names if _is_of_both(each, base, child)]
        for name in known[:1]:
            child.where.append(
                Comparison(Property(name), "equals", (Property(name, of_parent=True),))
            )
    base.child = child


def _nest_in_others(units: list[Unit], base: EventFrame) -> None:
    """ "booked in March or May, then cancelled": what came after holds for each of the alternatives."""
    for place in range(len(units) - 1, 0, -1):
        connector, before = units[place].connector, units[place - 1]
        other = before.frames[0] if len(before.frames) == 1 and not before.inner else None
        if connector.op != "or" or connector.relative or connector.subject:
            return
        if not isinstance(other, EventFrame) or other.child is not None or other.negated:
            return
        other.child, other.child_within = base.child, base.child_within
        other.places |= base.child.places if base.child is not None else set()


def _is_of_both(name: str, base: EventFrame, child: EventFrame) -> bool:
    """Whether both steps have a property of that name and type."""
    mine, other = (each.entry.properties.get(name) for each in (base, child))
    return mine is not None and other is not None and type_of(mine) == type_of(other)


def _is_length(item: object) -> bool:
    return isinstance(item, Length)


def _duration(item: object) -> Duration:
    duration = getattr(item, "duration", None)
    assert isinstance(duration, Duration)
    return duration
