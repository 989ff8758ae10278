"""Makers of dates, periods, and days that are named from today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from audience.english.literals.clock import Clock, month_days
from audience.english.literals.grammar import Found, Made
from audience.english.literals.items import Calendar
from audience.english.literals.lexicon import MONTHS, WEEKDAYS
from audience.english.literals.makers.ranges import DECADES
from audience.english.literals.makers.registry import maker
from audience.english.literals.values import HOURS, Days, Draft

_FAR = (1900, 2200)  # years outside are a slip or no years


def calendar_draft(days: Days, clock: Clock, *, bare: bool = False) -> Draft:
    fields: dict[str, Any] = {
        "since": clock.midnight(days.first),
        "until": clock.midnight(days.last + timedelta(days=1)),
        "first": days.first,
        "last": days.last,
        "grain": days.grain,
        "month": days.month if days.day is None else None,
        "months": days.months,
        "bare": bare,
    }
    return Draft(Calendar, fields)


def year_note(days: Days) -> str | None:
    """What is taken for granted of days that were said without a year."""
    return f'"{{words}}": {dated(days)}' if days.yearless else None


def dated(days: Days) -> str:
    """ "May 2026", "1 March 2026", "1 March 2026 to 15 March 2026"."""
    if days.grain == "month":
        return f"{days.first:%B %Y}"
    first, last = (f"{day.day} {day:%B %Y}" for day in (days.first, days.last))
    return first if first == last else f"{first} to {last}"


def on_year(days: Days, year: int) -> Days:
    """Days said without a year, in `year`. Raises ValueError where that year has no such day."""
    assert days.month is not None
    if days.day is None:
        return Days(*month_days(year, days.month), "month", days.month)
    day = date(year, days.month, days.day)
    return Days(day, day, "day", days.month, days.day)


def _day(day: date) -> Days:
    if not _FAR[0] <= day.year <= _FAR[1]:
        raise ValueError("The year is far off.")
    return Days(day, day, "day")


def _range(first: date, last: date) -> Days:
    return Days(first, last, "span")


@maker
def month(found: Found, clock: Clock) -> Made:
    return Made(MONTHS[found.tokens[0].word[:3]])


@maker
def year(found: Found, clock: Clock) -> Made:
    number = int(found.tokens[-1].number)
    return Made(number if number > 99 else 2000 + number)


@maker
def year_from_now(found: Found, clock: Clock) -> Made:
    return Made(clock.today.year + int(found.given["shift"]))


@maker
def digits_date(found: Found, clock: Clock) -> Sequence[Made]:
    days = found.tokens[0].value
    assert isinstance(days, tuple)
    made = [Made(_day(day)) for day in days]
    if len(made) == 1:
        return made
    one, two = (dated(each.value) for each in made if isinstance(each.value, Days))
    question = f'Is "{{words}}" {one} or {two}?'
    return [Made(each.value, question=question) for each in made]


@maker
def digits_month_day(found: Found, clock: Clock) -> Sequence[Made]:
    pairs = found.tokens[0].value
    assert isinstance(pairs, tuple)
    made = [_latest(month, day, clock) for month, day in pairs]
    if len(made) == 1:
        return [Made(made[0])]
    question = f'Is "{{words}}" {dated(made[0])} or {dated(made[1])}?'
    return [Made(each, question=question) for each in made]


def _latest(month: int, day: int, clock: Clock) -> Days:
    found = clock.latest_day(month, day)
    return Days(found, found, "day", month, day)


@maker
def day_and_month(found: Found, clock: Clock) -> Made:
    day, month = int(found.value("d")), found.value("m")
    if found.has("y"):
        return Made(_day(date(found.value("y"), month, day)))
    return Made(_latest(month, day, clock))


@maker
def day_of_month(found: Found, clock: Clock) -> Made:
    first, _ = clock.unit("month", int(found.given["shift"]))
    return Made(_day(first.replace(day=int(found.value("d")))))


@maker
def month_and_year(found: Found, clock: Clock) -> Made:
    if not found.has("y"):
        return _latest_month(found.value("m"), clock)
    return Made(Days(*month_days(found.value("y"), found.value("m")), "month"))


@maker
def month_alone(found: Found, clock: Clock) -> Made:
    return _latest_month(found.value("m"), clock)


@maker
def months_in_a_row(found: Found, clock: Clock) -> Made | None:
    """ "June, July or August": one stretch, where each month follows the one before."""
    months = tuple(int(found.value(each)) for each in "abc" if found.has(each))
    year = found.value("y") if found.has("y") else None
    stretches = [month_days(year or clock.latest_month(each), each) for each in months]
    for before, after in pairwise(stretches):
        if before[1] + timedelta(days=1) != after[0]:
            return None
    days = Days(stretches[0][0], stretches[-1][1], "span", months=months)
    note = None if year else f'"{{words}}": {dated(days)}'
    return Made(days, assumption=note)


@maker
def year_and_month(found: Found, clock: Clock) -> Made | None:
    """ "2025-03", glued and with two digits; "2025-26" and "2025 - 3" are something else."""
    year, hyphen, month = found.tokens
    if not (hyphen.glued and month.glued and month.end - month.start == 2 and month.number <= 12):
        return None
    return Made(Days(*month_days(int(year.number), int(month.number)), "month"))


@maker
def month_year(found: Found, clock: Clock) -> Made:
    value = found.tokens[0].value
    assert isinstance(value, tuple)
    return Made(Days(*month_days(value[1], value[0]), "month"))


def _latest_month(month: int, clock: Clock) -> Made:
    return Made(Days(*month_days(clock.latest_month(month), month), "month", month))


@maker
def month_by_name(found: Found, clock: Clock) -> Made:
    """ "this May" is this year's; "last May" is over; "next May" has not begun."""
    month, today = found.value("m"), clock.today
    match found.given["which"]:
        case "this":
            year = today.year
        case "last":
            year = today.year if month < today.month else today.year - 1
        case _:
            year = today.year if month > today.month else today.year + 1
    days = Days(*month_days(year, month), "month")
    return Made(days, assumption=f'"{{words}}": {dated(days)}')


@maker
def year_alone(found: Found, clock: Clock) -> Made | None:
    year = found.value("y")
    if not 1900 <= year <= clock.today.year + 10:
        return None
    return Made(Days(date(year, 1, 1), date(year, 12, 31), "year"))


@maker
def decade_of_years(found: Found, clock: Clock) -> Made | None:
    """ "the 1980s", "the nineties": ten years; the twenties and thirties of people are their age."""
    last = found.tokens[-1]
    number = DECADES[last.word] if last.value is None else int(last.number)
    first = number if number > 99 else 1900 + number
    if first < 1900 or (number <= 99 and number < 50):
        return None
    return Made(Days(date(first, 1, 1), date(first + 9, 12, 31), "span"))


@maker
def quarter(found: Found, clock: Clock) -> Made | None:
    number = next(
        (int(token.value) for token in found.tokens if "#q" in token.symbols and isinstance(token.value, int)),
        None,
    )  # fmt: skip
    if number is None:
        number = int(found.value("n"))
    if not 1 <= number <= 4:
        return None
    if found.has("y"):
        return Made(Days(*_months(found.value("y"), 3 * number - 2, 3), "quarter"))
    year = clock.latest_month(3 * number - 2)
    days = Days(*_months(year, 3 * number - 2, 3), "quarter")
    return Made(days, assumption=f'"{{words}}": the one of {year}')


@maker
def half(found: Found, clock: Clock) -> Made | None:
    number = next(
        (token.value for token in found.tokens if "#h" in token.symbols), found.captures.get("n")
    )
    which = number if isinstance(number, int) else int(found.value("n"))
    if which not in (1, 2):
        return None
    year = found.value("y") if found.has("y") else clock.latest_month(6 * which - 5)
    days = Days(*_months(year, 6 * which - 5, 6), "span")
    return Made(days, assumption=None if found.has("y") else f'"{{words}}": the one of {year}')


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    return month_days(year, first)[0], month_days(year, first + count - 1)[1]


@maker
def half_of_month(found: Found, clock: Clock) -> Made | None:
    """ "the first half of May": 1 to 15 May."""
    days: Days = found.value("d")
    middle = days.first.replace(day=15)
    match found.value("n"):
        case 1:
            return _noted_span(days.first, middle)
        case 2:
            return _noted_span(middle + timedelta(days=1), days.last)
        case _:
            return None


@maker
def days_at_edge(found: Found, clock: Clock) -> Made | None:
    """ "the first week of May", "the last 10 days of the quarter": counted from its first or last day."""
    whole: Days = found.value("d")
    count = found.value("k") if found.has("k") else Decimal(1)
    size = count * (7 if found.value("u") == "week" else 1)
    length = (whole.last - whole.first).days + 1
    if size != int(size) or not 0 < size <= length:
        return None
    if size == 1:
        return Made(_day(whole.first if found.given["which"] == "first" else whole.last))
    rest = timedelta(days=int(size) - 1)
    if found.given["which"] == "first":
        return _noted_span(whole.first, whole.first + rest)
    return _noted_span(whole.last - rest, whole.last)


@maker
def week_of_month(found: Found, clock: Clock) -> Made:
    """ "the second week of May": 8 to 14 May."""
    whole: Days = found.value("d")
    first = whole.first + timedelta(days=7 * (int(found.value("n")) - 1))
    return _noted_span(first, first + timedelta(days=6))


def _noted_span(first: date, last: date) -> Made:
    days = _range(first, last)
    return Made(days, assumption=f'"{{words}}": {dated(days)}')


@maker
def feast(found: Found, clock: Clock) -> Made:
    """A feast that falls on the same day every year."""
    month, day = found.given["month"], found.given["day"]
    if found.has("y"):
        return Made(_day(date(found.value("y"), month, day)))
    return Made(_latest(month, day, clock))


@maker
def same_days(found: Found, clock: Clock) -> Made:
    """ "Easter Monday (6 April)": the day that is told of it."""
    return Made(found.value("d"))


@maker
def bare_days(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(calendar_draft(days, clock, bare=True), assumption=year_note(days))


# From today -----------------------------------------------------------------------------------


@maker
def day_from_today(found: Found, clock: Clock) -> Made:
    return Made(_day(clock.day(int(found.given["shift"]))))


@maker
def days_from_today(found: Found, clock: Clock) -> Made:
    first, last = (clock.day(int(found.given[end])) for end in ("first", "last"))
    return Made(Days(first, last, "day"))


@maker
def unit_from_now(found: Found, clock: Clock) -> Made:
    unit = found.value("u")
    return Made(Days(*clock.unit(unit, int(found.given["shift"])), unit))


@maker
def this_or_last(found: Found, clock: Clock) -> Made | None:
    """ "this week or last": one stretch."""
    unit = found.value("u")
    if found.has("v") and found.value("v") != unit:
        return None
    return Made(_range(clock.unit(unit, -1)[0], clock.unit(unit)[1]))


@maker
def whole_units(found: Found, clock: Clock) -> Made | None:
    """ "the last 3 full months": the whole ones before this one."""
    count, unit = found.value("n"), found.value("u")
    if unit not in ("day", "week", "month", "quarter", "year") or count != int(count):
        return None
    if not 0 < count <= 36500 // (HOURS[unit] // 24):
        return None
    return Made(_range(clock.unit(unit, -int(count))[0], clock.unit(unit, -1)[1]))


@maker
def days_ago(found: Found, clock: Clock) -> Made | None:
    return _shifted(found, clock, -1)


@maker
def days_from_now(found: Found, clock: Clock) -> Made | None:
    return _shifted(found, clock, 1)


def _shifted(found: Found, clock: Clock, sign: int) -> Made | None:
    count: Decimal = found.value("n")
    if count != int(count) or not 0 <= count <= 36500:
        return None
    return Made(_day(clock.day(sign * int(count))))


@maker
def weekday_number(found: Found, clock: Clock) -> Made:
    return Made(WEEKDAYS[found.tokens[0].word[:3]])


@maker
def last_weekday(found: Found, clock: Clock) -> Sequence[Made]:
    """The newest such day before today; asked where last week's is another."""
    newest = clock.latest_weekday(found.value("w"), before=clock.today)
    return _one_or_two(newest, clock.unit("week", -1)[0] + timedelta(days=found.value("w")))


@maker
def next_weekday(found: Found, clock: Clock) -> Sequence[Made]:
    nearest = clock.latest_weekday(found.value("w"), before=clock.day(8))
    return _one_or_two(nearest, clock.unit("week", 1)[0] + timedelta(days=found.value("w")))


def _one_or_two(one: date, two: date) -> Sequence[Made]:
    if one == two:
        return [Made(_day(one))]
    question = f'Is "{{words}}" {dated(_day(one))} or {dated(_day(two))}?'
    return [Made(_day(day), question=question) for day in (one, two)]


@maker
def this_weekday(found: Found, clock: Clock) -> Made:
    return Made(_day(clock.unit("week")[0] + timedelta(days=found.value("w"))))


@maker
def newest_weekday(found: Found, clock: Clock) -> Made:
    """After "since" and the like: the newest such day, today included."""
    day = clock.latest_weekday(found.value("w"), before=clock.day(1))
    return Made(_day(day), assumption=f'"{{words}}": {dated(_day(day))}')


@maker
def edge(found: Found, clock: Clock) -> Made:
    days: Days = found.value("d")
    return Made(_day(days.first if found.given["which"] == "first" else days.last))
