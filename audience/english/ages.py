"""Ages of people of whom only the date of birth is known: the age becomes a bound on the date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from audience.english.amounts import Bounds
from audience.query import And, Boolean, Comparison, Literal, Trait, joined


def by_birth(trait: str, rows: Bounds, today: date) -> Boolean | None:
    """Ages in whole years as days of birth; None where an age is not a whole number.

    Somebody is N from the Nth birthday on until the day before the next one.
    """
    left = Trait(trait)
    found: list[Boolean] = []

    def held(operator: str, day: date) -> None:
        found.append(Comparison(left, operator, (Literal(day.isoformat()),)))

    for operator, number in rows:
        if number != number.to_integral_value():
            return None
        if operator in ("greater_than", "at_least", "equals"):
            youngest = number + (operator == "greater_than")
            held("less_than", _born(today, youngest) + timedelta(days=1))
        if operator in ("less_than", "at_most", "equals"):
            oldest = number + (operator != "less_than")
            held("at_least", _born(today, oldest) + timedelta(days=1))
    return joined(And, tuple(found)) if found else None


def turned_in(trait: str, years: Decimal, first: date, last: date) -> Boolean:
    """Who turns `years` on one of the days `[first, last]`, by the day of birth."""
    ends = (("at_least", _earlier(first, years)), ("at_most", _earlier(last, years)))
    rows = [Comparison(Trait(trait), op, (Literal(day.isoformat()),)) for op, day in ends]
    return joined(And, tuple(rows))


def _earlier(day: date, years: Decimal) -> date:
    """The same day so many years before; 29 February is 28 February in common years."""
    try:
        return day.replace(year=day.year - int(years))
    except ValueError:
        return date(day.year - int(years), 2, 28)


def by_year(trait: str, rows: Bounds, today: date) -> Boolean | None:
    """Ages where only the year of birth is known: what somebody turns in this calendar year."""
    turned = {
        "greater_than": "less_than",
        "at_least": "at_most",
        "less_than": "greater_than",
        "at_most": "at_least",
        "equals": "equals",
    }
    if any(operator not in turned for operator, _ in rows):
        return None
    left = Trait(trait)
    found = [
        Comparison(left, turned[operator], (Literal(today.year - number),))
        for operator, number in rows
    ]
    return joined(And, tuple(found)) if found else None


def _born(today: date, years: Decimal) -> date:
    """The last day of birth on which somebody is `years` old today; 29 February counts as 1 March."""
    year = today.year - int(years)
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
