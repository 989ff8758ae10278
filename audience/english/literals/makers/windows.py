"""Makers of windows: rolling, of the calendar, open at one end, to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import Found, Made
from audience.english.literals.items import Ever, Future, OpenFrom, OpenTo, Rolling, Vague, Within
from audience.english.literals.makers.dates import calendar_draft, dated, on_year, year_note
from audience.english.literals.makers.lengths import compared, pair
from audience.english.literals.makers.registry import maker
from audience.english.literals.values import Days, Draft, Lapse, LapseRange, lapse, words_of

_ONE_DAY = timedelta(days=1)
_UNITS: Mapping[str, str] = {
    "h": "hour",
    "d": "day",
    "w": "week",
    "m": "month",
    "q": "quarter",
    "y": "year",
}


def _rolling(oldest: Lapse | None, newest: Lapse | None = None) -> Draft:
    fields = {"oldest": oldest, "newest": newest}
    return Draft(Rolling, {key: each.duration for key, each in fields.items() if each})


@maker
def rolling(found: Found, clock: Clock) -> Made:
    return Made(_rolling(found.value("d")))


@maker
def rolling_unit(found: Found, clock: Clock) -> Made | None:
    length = lapse(Decimal(1), found.value("u" if found.has("u") else "h"))
    return _noted(found, _rolling(length), length) if length else None


def _noted(found: Found, draft: Draft, length: Lapse) -> Made:
    note: str | None = found.given.get("assumes")
    return Made(draft, note.replace("{length}", words_of(length.duration)) if note else None)


@maker
def rolling_short(found: Found, clock: Clock) -> Made | None:
    """ "L30D"."""
    amount, unit = next(
        each.value
        for each in found.tokens
        if "#last" in each.symbols and isinstance(each.value, tuple)
    )
    length = lapse(Decimal(amount), _UNITS[unit])
    return Made(_rolling(length)) if length else None


@maker
def rolling_days(found: Found, clock: Clock) -> Made | None:
    length = lapse(Decimal(found.given["days"]), "day")
    return Made(_rolling(length)) if length else None


@maker
def rolling_range(found: Found, clock: Clock) -> Made | None:
    """ "the last 30 to 60 days"; "the last 90+ days" is taken as the last 90."""
    ends: LapseRange = found.value("r")
    if ends.low and ends.high:
        return None if ends.low == ends.high else Made(_rolling(ends.high, ends.low))
    length = ends.low or ends.high
    assert length is not None
    note = f'"{{words}}" = the last {words_of(length.duration)}'
    return Made(_rolling(length), assumption=note)


@maker
def before_that(found: Found, clock: Clock) -> Made:
    """ "the 90 days before that": `literals` gives it the window that stands before it."""
    return Made(Draft(Vague, {"subject": "earlier"}))


@maker
def rolling_ago(found: Found, clock: Clock) -> Made | None:
    """ "more than 90 days ago", "30 days ago or more", "before 30 days ago", "30 to 60 days ago"."""
    ends = found.value("r") if found.has("r") else compared(found.value("op"), found.value("d"))
    if ends is None:
        return None
    if ends.low and ends.low == ends.high:
        return _days_before(ends.low, clock)
    return Made(_rolling(ends.high, ends.low))


def _days_before(length: Lapse, clock: Clock) -> Made | None:
    """ "exactly 30 days ago": that day."""
    if length.unit == "hour" or length.hours % 24:
        return None
    day = clock.day(-(length.hours // 24))
    return Made(calendar_draft(Days(day, day, "day"), clock))


@maker
def rolling_between(found: Found, clock: Clock) -> Made | None:
    ends = pair(found)
    return Made(_rolling(ends[1], ends[0])) if ends else None


@maker
def length_ago(found: Found, clock: Clock) -> Sequence[Made]:
    """ "2 weeks ago": that day, that week, or longer ago; the person says which."""
    length: Lapse = found.value("d")
    drafts: list[Draft] = []
    if length.unit != "hour" and length.hours % 24 == 0:
        if length.unit == "day":
            return []
        day = clock.day(-(length.hours // 24))
        drafts.append(calendar_draft(Days(day, day, "day"), clock))
        if length.unit in ("week", "month", "quarter", "year"):
            one = lapse(Decimal(1), length.unit)
            assert one is not None
            days = Days(*clock.unit(length.unit, -(length.hours // one.hours)), length.unit)  # type: ignore[arg-type]
            drafts.insert(0, calendar_draft(days, clock))
    drafts += [_rolling(None, length), _rolling(length)]
    return [Made(draft) for draft in drafts]


@maker
def within_of_now(found: Found, clock: Clock) -> Made:
    fields = {"duration": found.value("d").duration, "approach": "within"}
    if any("@ago" in token.symbols for token in found.tokens):
        return Made(_rolling(found.value("d")))
    return Made(Draft(Within, fields))


# Calendar -------------------------------------------------------------------------------------


@maker
def in_days(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(calendar_draft(days, clock), assumption=year_note(days))


@maker
def days_beside(found: Found, clock: Clock) -> Made | None:
    """ "in the 30 days before 1 May", "within two weeks after the end of May": those days, without that one."""
    length, days = found.value("l"), found.value("d")
    if length.hours % 24:
        return None
    size = timedelta(days=length.hours // 24)
    if found.given["side"] == "before":
        span = Days(days.first - size, days.first - _ONE_DAY, "span")
    else:
        span = Days(days.last + _ONE_DAY, days.last + size, "span")
    return Made(calendar_draft(span, clock), assumption=f'"{{words}}": {dated(span)}')


@maker
def to_date(found: Found, clock: Clock) -> Made:
    return _to_date(found.value("u"), clock)


@maker
def to_date_short(found: Found, clock: Clock) -> Made:
    return _to_date(found.given["unit"], clock)


def _to_date(unit: Any, clock: Clock) -> Made:
    first, _ = clock.unit(unit)
    return Made(calendar_draft(Days(first, clock.today, "span"), clock))


@maker
def rest_of(found: Found, clock: Clock) -> Made:
    _, last = clock.unit(found.value("u"))
    return Made(calendar_draft(Days(clock.today, last, "span"), clock))


@maker
def from_to(found: Found, clock: Clock) -> Made | None:
    """Both ends included; an end without a year takes the other's, or the newest that fits."""
    ends = _ordered(found.value("a"), found.value("b"))
    return _spanned(ends[0].first, ends[1].last, ends, clock) if ends else None


@maker
def after_before(found: Found, clock: Clock) -> Made | None:
    ends = _ordered(found.value("a"), found.value("b"))
    if ends is None:
        return None
    return _spanned(ends[0].last + _ONE_DAY, ends[1].first - _ONE_DAY, ends, clock)


def _spanned(first: date, last: date, ends: tuple[Days, Days], clock: Clock) -> Made | None:
    if first > last:
        return None
    days = Days(first, last, "day" if first == last else "span")
    guessed = all(end.yearless for end in ends)
    note = f'"{{words}}": {dated(days)}' if guessed else None
    return Made(calendar_draft(days, clock), assumption=note)


def _ordered(one: Days, two: Days) -> tuple[Days, Days] | None:
    if two.yearless:
        two = on_year(two, one.first.year)
        if two.last < one.first:
            two = on_year(two, two.last.year + 1)
        return one, two
    if one.yearless:
        one = on_year(one, two.last.year)
        if one.first > two.last:
            one = on_year(one, one.first.year - 1)
    return (one, two) if one.first <= two.last else None


@maker
def days_of_month(found: Found, clock: Clock) -> Made | None:
    """ "between 1 and 15 March", "March 1-15, 2025"."""
    one, two, month = int(found.value("a")), int(found.value("b")), found.value("m")
    if one >= two:
        return None
    year = found.value("y") if found.has("y") else clock.latest_day(month, one).year
    days = Days(date(year, month, one), date(year, month, two), "span")
    note = None if found.has("y") else f'"{{words}}": {dated(days)}'
    return Made(calendar_draft(days, clock), assumption=note)


# Open at one end ------------------------------------------------------------------------------


def _from(first: date, clock: Clock) -> Draft:
    return Draft(OpenFrom, {"since": clock.midnight(first), "first": first})


def _to(last: date, clock: Clock) -> Draft:
    return Draft(OpenTo, {"until": clock.midnight(last + _ONE_DAY), "last": last})


@maker
def since(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(_from(days.first, clock), assumption=year_note(days))


@maker
def since_new_year(found: Found, clock: Clock) -> Made:
    return Made(_from(clock.unit("year", 0)[0], clock))


@maker
def since_last_feast(found: Found, clock: Clock) -> Made:
    return Made(_from(clock.latest_day(found.given["month"], found.given["day"]), clock))


@maker
def after(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(_from(days.last + _ONE_DAY, clock), assumption=year_note(days))


@maker
def before(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(_to(days.first - _ONE_DAY, clock), assumption=year_note(days))


@maker
def until(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(_to(days.last, clock), assumption=year_note(days))


@maker
def from_day(found: Found, clock: Clock) -> Sequence[Made]:
    days: Days = found.value("d")
    return [Made(draft) for draft in (_from(days.first, clock), calendar_draft(days, clock))]


# To come, and always --------------------------------------------------------------------------


def _future(latest: Lapse | None, soonest: Lapse | None = None) -> Draft:
    fields = {"soonest": soonest, "latest": latest}
    return Draft(Future, {key: each.duration for key, each in fields.items() if each})


@maker
def future(found: Found, clock: Clock) -> Made:
    return Made(_future(found.value("d" if found.has("d") else "h")))


@maker
def future_unit(found: Found, clock: Clock) -> Made | None:
    length = lapse(Decimal(1), found.value("u" if found.has("u") else "h"))
    return _noted(found, _future(length), length) if length else None


@maker
def future_range(found: Found, clock: Clock) -> Made | None:
    ends: LapseRange = found.value("r")
    if ends.low and ends.low == ends.high:
        return None
    return Made(_future(ends.high, ends.low))


@maker
def future_day(found: Found, clock: Clock) -> Made | None:
    length: Lapse = found.value("d")
    if length.hours % 24:
        return None
    day = clock.day(length.hours // 24)
    return Made(calendar_draft(Days(day, day, "day"), clock))


@maker
def ever(found: Found, clock: Clock) -> Made:
    return Made(Draft(Ever, {}))


# Days of the week -----------------------------------------------------------------------------


@maker
def last_weekend(found: Found, clock: Clock) -> Sequence[Made]:
    """The newest Saturday and Sunday that are over, or with the Friday."""
    sunday = clock.latest_weekday(6, before=clock.today)
    spans = [Days(sunday - timedelta(days=back), sunday, "span") for back in (1, 2)]
    return [Made(calendar_draft(days, clock)) for days in spans]


@maker
def on_weekday(found: Found, clock: Clock) -> Sequence[Made]:
    past = clock.latest_weekday(found.value("w"), before=clock.day(1))
    days = [Days(day, day, "day") for day in (past, past + timedelta(days=7))]
    return [Made(calendar_draft(each, clock)) for each in days]
