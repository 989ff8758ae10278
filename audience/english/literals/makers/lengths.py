"""Makers of lengths of time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import Found, Made
from audience.english.literals.items import Length, LengthRange, Within
from audience.english.literals.makers.registry import maker
from audience.english.literals.values import Draft, Lapse, LapseRange, half, halved, lapse, words_of


def made(length: Lapse | None) -> Made | None:
    return Made(length) if length is not None else None


@maker
def length(found: Found, clock: Clock) -> Made | None:
    count, unit = found.value("n"), found.value("u")
    if count % 1 == Decimal("0.5") and count > 1 and unit != "hour" and half(unit):
        return _noted(halved(count // 1, unit))
    return made(lapse(count, unit))


@maker
def one_length(found: Found, clock: Clock) -> Made | None:
    return made(lapse(Decimal(1), found.value("u")))


@maker
def counted_length(found: Found, clock: Clock) -> Made | None:
    """ "couple of weeks", "few days" after "last" or "next"."""
    length = lapse(Decimal(found.given["count"]), found.value("u"))
    note: str | None = found.given.get("assumes")
    if length is None or note is None:
        return made(length)
    return Made(length, note.replace("{length}", words_of(length.duration)))


@maker
def half_length(found: Found, clock: Clock) -> Made | None:
    return _noted(half(found.value("u")))


@maker
def length_and_half(found: Found, clock: Clock) -> Made | None:
    """ "2 years and a half"; "two and a half years" comes to `length` as a number."""
    return _noted(halved(found.value("n") if found.has("n") else Decimal(1), found.value("u")))


def _noted(length: Lapse | None) -> Made | None:
    if length is None:
        return None
    return Made(length, assumption=f'"{{words}}" = {words_of(length.duration)}')


@maker
def length_sum(found: Found, clock: Clock) -> Made | None:
    """ "1 year and 6 months": the greater unit comes first."""
    one, two = found.value("d"), found.value("e")
    if one.hours <= two.hours or one.unit == two.unit:
        return None
    return Made(Lapse(one.hours + two.hours, two.unit))


@maker
def lone_length(found: Found, clock: Clock) -> Made:
    return Made(Draft(Length, {"duration": found.value("d").duration}))


# Compared lengths -----------------------------------------------------------------------------


def compared(operator: str, length: Lapse) -> LapseRange | None:
    match operator:
        case "at_least":
            return LapseRange(low=length)
        case "greater_than":
            return LapseRange(low=length, low_inclusive=False)
        case "at_most":
            return LapseRange(high=length)
        case "less_than":
            return LapseRange(high=length, high_inclusive=False)
        case "equals":
            return LapseRange(low=length, high=length)
        case _:
            return None


def _made_range(operator: str, length: Lapse | None) -> Made | None:
    found = compared(operator, length) if length is not None else None
    return Made(found) if found is not None else None


@maker
def compared_length(found: Found, clock: Clock) -> Made | None:
    return _made_range(found.value("op"), found.value("d"))


@maker
def plus_length(found: Found, clock: Clock) -> Made | None:
    return _made_range("at_least", lapse(found.value("n"), found.value("u")))


@maker
def or_more_length(found: Found, clock: Clock) -> Made | None:
    return _made_range(found.value("op"), lapse(found.value("n"), found.value("u")))


@maker
def between_lengths(found: Found, clock: Clock) -> Made | None:
    """ "30 to 60 days", "between 2 weeks and a month"; "30 or 60 days" only of neighbours."""
    ends = pair(found)
    if ends is None:
        return None
    low, high = ends
    if any(token.word == "or" for token in found.tokens) and not _neighbours(found):
        return None
    return Made(LapseRange(low=low, high=high))


def pair(found: Found) -> tuple[Lapse, Lapse] | None:
    """The lengths `a` and `b`, the shorter first; a number takes the other's unit."""
    two: Lapse = found.value("b")
    one = found.value("a")
    if isinstance(one, Decimal):
        one = lapse(one, two.unit)
    if one is None or one.hours == two.hours:
        return None
    return (one, two) if one.hours < two.hours else (two, one)


def _neighbours(found: Found) -> bool:
    two: Lapse = found.value("b")
    one = lapse(found.value("a"), two.unit)
    unit = lapse(Decimal(1), two.unit)
    return one is not None and unit is not None and two.hours - one.hours == unit.hours


@maker
def compared_bare(found: Found, clock: Clock) -> Made:
    return Made((found.value("op"), found.value("n"), found.value("u") if found.has("u") else None))


@maker
def both_length_ends(found: Found, clock: Clock) -> Made | None:
    """ "more than 30 but less than 60 days"."""
    operator, count, unit = found.value("one")
    two: LapseRange = found.value("two")
    far = two.low or two.high
    assert far is not None
    near = lapse(count, unit or far.unit)
    one = compared(operator, near) if near is not None else None
    if one is None:
        return None
    low, high = (one, two) if one.low is not None else (two, one)
    if low.low is None or low.high is not None or high.high is None or high.low is not None:
        return None
    if low.low.hours > high.high.hours:
        return None
    return Made(LapseRange(low.low, low.low_inclusive, high.high, high.high_inclusive))


@maker
def within(found: Found, clock: Clock) -> Made:
    fields = {"duration": found.value("d").duration, "approach": found.value("p")}
    return Made(Draft(Within, fields))


@maker
def approached_range(found: Found, clock: Clock) -> Made:
    return Made(_range_draft(found.value("r"), approach=found.value("p")))


@maker
def lone_length_range(found: Found, clock: Clock) -> Made:
    return Made(_range_draft(found.value("r")))


def _range_draft(ends: LapseRange, **fields: Any) -> Draft:
    found: dict[str, Any] = {
        "low": ends.low.duration if ends.low else None,
        "low_inclusive": ends.low_inclusive,
        "high": ends.high.duration if ends.high else None,
        "high_inclusive": ends.high_inclusive,
    }
    return Draft(LengthRange, found | fields)
