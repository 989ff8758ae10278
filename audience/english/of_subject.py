"""What is said of the noun holds for its verb: "mobile app users: used it twice this month"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audience.english.frames import EventFrame

if TYPE_CHECKING:
    from audience.english.scope import Unit


def of_subject(units: list[Unit]) -> list[Unit]:
    """Where the noun tells of the same thing done as the clause after it, both are one condition."""
    for place, unit in enumerate(units):
        told = next((each for each in unit.frames if isinstance(each, EventFrame)), None)
        if told is None or not unit.connector.subject or not _is_plain(told):
            continue
        clause = _clause(units[place + 1 :], told)
        if clause is None:
            continue
        clause.where = list(told.where)
        clause.places |= told.places
        if not clause.negated:  # who did not do it in March has done it at some time
            unit.frames.remove(told)
    return [unit for unit in units if unit.says]


def _clause(units: list[Unit], told: EventFrame) -> EventFrame | None:
    """The first thing done in the clause of the noun, where it is the same and says no more of it."""
    for unit in units:
        connector = unit.connector
        if connector.subject or connector.minus or connector.op == "or" or unit.inner:
            return None
        for frame in unit.frames:
            if isinstance(frame, EventFrame):
                same = frame.entry is told.entry and not frame.where and frame.child is None
                return frame if same else None
    return None


def _is_plain(frame: EventFrame) -> bool:
    """Whether nothing but what it is of was said: no window, no number, no "not"."""
    return not (
        frame.times
        or frame.counts
        or frame.negated
        or frame.method is not None
        or frame.child is not None
        or frame.first_time
        or frame.last_time
        or frame.only
        or frame.perfect
    )
