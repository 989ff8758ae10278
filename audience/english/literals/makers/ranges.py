"""Makers of compared numbers, ranges, counts and ages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import Found, Made
from audience.english.literals.items import Comparator, Range
from audience.english.literals.makers.registry import maker
from audience.english.literals.tokens import Token
from audience.english.literals.values import Amount, Draft

DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
         "eighties": 80, "nineties": 90}  # fmt: skip
_MAGNITUDE = {"thousand": 1_000, "million": 1_000_000, "0k": 1_000, "5k": 1_000}
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def compared_fields(operator: str, value: Decimal) -> dict[str, Any]:
    """The ends of "at least 3", "not 3" …, as fields of a Range."""
    match operator:
        case "at_least":
            return {"low": value}
        case "greater_than":
            return {"low": value, "low_inclusive": False}
        case "at_most":
            return {"high": value}
        case "less_than":
            return {"high": value, "high_inclusive": False}
        case "equals":
            return {"low": value, "high": value}
        case _:
            return {"low": value, "high": value, "negated": True}


def _range(operator: str, amount: Amount) -> Draft:
    return Draft(
        Range, compared_fields(operator, amount.value) | _unit(amount.unit, amount.currency)
    )


def _unit(unit: str | None, currency: str | None) -> dict[str, Any]:
    """Only what is set, so that equal drafts are equal."""
    fields = {"unit": unit, "currency": currency}
    return {key: value for key, value in fields.items() if value is not None}


def _magnified(low: Amount, high: Amount, tokens: Sequence[Token]) -> Amount:
    """ "between 30 and 50 thousand", "30 to 50k": the magnitude of the second holds for both."""
    said = [word for token in tokens for word in _MAGNITUDE if token.word.endswith(word)]
    if len(said) != 1 or low.value >= 1000:
        return low
    value = low.value * _MAGNITUDE[said[0]]
    return Amount(value, low.unit, low.currency) if value < high.value else low


def _drafted(low: Amount, high: Amount) -> Draft | None:
    """A range from `low` to `high`, of one unit; a unit that only one end has holds for both."""
    units = {each.unit for each in (low, high)} - {None}
    currencies = {each.currency for each in (low, high)} - {None}
    if len(units) > 1 or len(currencies) > 1 or low.value > high.value:
        return None
    ends: dict[str, Any] = {"low": low.value, "high": high.value}
    return Draft(Range, ends | _unit(next(iter(units), None), next(iter(currencies), None)))


def _with_unit(draft: Draft, unit: str) -> Made | None:
    if draft.fields.get("unit") is not None:
        return None
    return Made(Draft(Range, {**draft.fields, "unit": unit}))


def _whole(value: Decimal) -> bool:
    return value >= 0 and value == int(value)


@maker
def compared(found: Found, clock: Clock) -> Made:
    amount: Amount = found.value("a")
    return Made(_range(found.value("op"), amount))


@maker
def compared_money(found: Found, clock: Clock) -> Made:
    """ "50+ dollars"."""
    return Made(_range(found.value("op"), Amount(found.value("n"), "money", found.value("c"))))


@maker
def both_ends(found: Found, clock: Clock) -> Made | None:
    """ "more than 50 but less than 100"."""
    draft = _both_ends(found)
    return None if draft is None else Made(draft)


def _both_ends(found: Found) -> Draft | None:
    one, two = found.value("one").fields, found.value("two").fields
    low, high = (one, two) if one.get("low") is not None else (two, one)
    if low.get("high") is not None or high.get("low") is not None or "high" not in high:
        return None
    units = {each.get("unit") for each in (low, high)} - {None}
    joined = any(token.word in ("and", "but") for token in found.tokens)
    alike = joined and low.get("unit") == high.get("unit")
    if (low["low"] > high["high"] and not alike) or len(units) > 1:
        return None  # "over 50, under 30": of two things; but "over 50 and under 30" is nothing
    return Draft(Range, {**low, **high})


@maker
def not_equal(found: Found, clock: Clock) -> Made:
    amount: Amount = found.value("a")
    return Made(_range("differs", amount))


@maker
def between(found: Found, clock: Clock) -> Made | None:
    low, high = sorted((found.value("a"), found.value("b")), key=lambda each: each.value)
    draft = _drafted(_magnified(low, high, found.tokens), high)
    return Made(draft) if draft else None


@maker
def hyphen(found: Found, clock: Clock) -> Made | None:
    """ "25-34" with nothing that says between: rising, both ends in digits."""
    low, high = found.value("a"), found.value("b")
    if low.value >= high.value or any("@number_word" in token.symbols for token in found.tokens):
        return None
    draft = _drafted(low, high)
    return Made(draft) if draft else None


@maker
def digits(found: Found, clock: Clock) -> Made:
    """ "double figures": so much or more."""
    return Made(Draft(Range, {"low": Decimal(found.given["low"])}))


@maker
def about(found: Found, clock: Clock) -> Sequence[Made]:
    """ "around 50": the number itself, or a tenth either way; the person says which."""
    amount: Amount = found.value("a")
    spread = abs(amount.value) / 10
    near = _drafted(
        Amount(amount.value - spread, amount.unit, amount.currency),
        Amount(amount.value + spread, amount.unit, amount.currency),
    )
    question = 'How close is "{words}"?'
    exact = _drafted(amount, amount)
    return [Made(each, question=question) for each in (near, exact) if each]


@maker
def lone_comparator(found: Found, clock: Clock) -> Made:
    return Made(Draft(Comparator, {"operator": found.value("op")}))


# Counts ---------------------------------------------------------------------------------------


@maker
def number_of_times(found: Found, clock: Clock) -> Made | None:
    return Made(found.value("n")) if _whole(found.value("n")) else None


@maker
def occasions(found: Found, clock: Clock) -> Made:
    return Made(
        _times({"low": found.value("n"), "high": found.value("n")}),
        assumption='"{words}" = exactly {count} time{s}'.replace(
            "{count}", str(found.value("n"))
        ).replace("{s}", "" if found.value("n") == 1 else "s"),
    )


@maker
def times_range(found: Found, clock: Clock) -> Made | None:
    return _with_unit(found.value("r"), "times")


@maker
def times_between(found: Found, clock: Clock) -> Made | None:
    """ "more than twice and fewer than 10 times", each with its "times"."""
    both = _both_ends(found)
    return None if both is None else _with_unit(both, "times")


@maker
def compared_times(found: Found, clock: Clock) -> Made:
    return Made(_times(compared_fields(found.value("op"), found.value("n"))))


@maker
def either_times(found: Found, clock: Clock) -> Made | None:
    low, high = found.value("a"), found.value("b")
    return Made(_times({"low": low, "high": high})) if low < high else None


@maker
def either_number(found: Found, clock: Clock) -> Made | None:
    """ "one or two": neighbours, so that nothing lies between them."""
    low, high = found.value("a"), found.value("b")
    if high - low != 1 or not _whole(low):
        return None
    return Made(Draft(Range, {"low": low, "high": high}))


@maker
def count_at_least(found: Found, clock: Clock) -> Made:
    return Made(_times({"low": Decimal(found.given["least"])}))


@maker
def count_exactly(found: Found, clock: Clock) -> Made:
    count = Decimal(found.given["count"])
    return Made(_times({"low": count, "high": count}))


@maker
def compared_couple(found: Found, clock: Clock) -> Made:
    return Made(_times(compared_fields(found.value("op"), Decimal(2))))


@maker
def compared_couple_of(found: Found, clock: Clock) -> Made:
    return Made(Draft(Range, compared_fields(found.value("op"), Decimal(2))))


@maker
def loose_at_least(found: Found, clock: Clock) -> Made:
    return Made(Draft(Range, {"low": Decimal(found.given["least"])}))


@maker
def loose_exactly(found: Found, clock: Clock) -> Made:
    count = Decimal(found.given["count"])
    return Made(Draft(Range, {"low": count, "high": count}))


def _times(fields: dict[str, Any]) -> Draft:
    return Draft(Range, {**fields, "unit": "times"})


# Ages -----------------------------------------------------------------------------------------


@maker
def age_range(found: Found, clock: Clock) -> Made | None:
    if found.has("r"):
        return _with_unit(found.value("r"), "years_old")
    low, high = sorted((found.value("a"), found.value("b")))
    return Made(_years({"low": low, "high": high}))


@maker
def age_exact(found: Found, clock: Clock) -> Made:
    return Made(_years({"low": found.value("a"), "high": found.value("a")}))


@maker
def age_hyphen(found: Found, clock: Clock) -> Made | None:
    low, high = found.value("a"), found.value("b")
    return Made(_years({"low": low, "high": high})) if low < high else None


@maker
def age_compared(found: Found, clock: Clock) -> Made:
    return Made(_years(compared_fields(found.given["op"], found.value("a"))))


@maker
def age_plural(found: Found, clock: Clock) -> Made:
    """ "over-30s", "under 30s"."""
    return Made(_years(compared_fields(found.given["op"], found.tokens[-1].number)))


@maker
def age_plurals(found: Found, clock: Clock) -> Made | None:
    """ "18-24s"."""
    low, high = found.value("a"), found.tokens[-1].number
    return Made(_years({"low": low, "high": high})) if low < high else None


@maker
def thirties(found: Found, clock: Clock) -> Made:
    first = _decade(found)
    return Made(_years({"low": Decimal(first), "high": Decimal(first + 9)}))


@maker
def somethings(found: Found, clock: Clock) -> Made | None:
    first: Decimal = found.value("a")
    if first % 10 or not 10 <= first <= 90:
        return None
    return Made(_years({"low": first, "high": first + 9}))


@maker
def mid_thirties(found: Found, clock: Clock) -> Sequence[Made]:
    first = _decade(found)
    ends = _PARTS[found.value("p")]
    around, wider = (ends[0], ends[1]), (max(ends[0] - 1, 0), min(ends[1] + 1, 9))
    return [
        Made(_years({"low": Decimal(first + low), "high": Decimal(first + high)}))
        for low, high in (around, wider)
    ]


def _decade(found: Found) -> int:
    last = found.tokens[-1]
    return DECADES[last.word] if last.value is None else int(last.number)


def _years(fields: dict[str, Any]) -> Draft:
    return Draft(Range, {**fields, "unit": "years_old"})
