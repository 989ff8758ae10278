"""What Klaviyo can ask of one field: filters of profile properties and of metric properties.

Whether Klaviyo's own negations take in missing values is not documented, so a value is asked to be set,
or allowed not to be, wherever that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from audience.bound import Bound
from audience.catalog import PropertyField, TraitField
from audience.exporters.exported import json_number, refuse
from audience.exporters.forms import All, Formula, Leaf, Some
from audience.exporters.occurrences import day, instant, iso
from audience.query import Comparison, Duration, Literal
from audience.values import Cast, cast, month_of

TARGET = "Klaviyo"

NUMERIC = {
    "equals": "equals", "differs": "not-equals", "greater_than": "greater-than",
    "at_least": "greater-than-or-equal", "less_than": "less-than", "at_most": "less-than-or-equal",
}  # fmt: skip
_OPPOSITE = {
    "greater_than": "at_most", "at_most": "greater_than", "less_than": "at_least", "at_least": "less_than",
}  # fmt: skip
_PARTS = {
    "contains": "contains",
    "omits": "contains",
    "starts_with": "starts-with",
    "ends_with": "ends-with",
}
_EXCLUDING = frozenset({"differs", "none_of", "omits"})
_DISTANCES = {
    "within_last": "in-the-last", "within_next": "in-the-next", "before_last": "at-least",
    "anniversary_within_last": "anniversary-last", "anniversary_within_next": "anniversary-next",
}  # fmt: skip

_UNSET = Leaf({"type": "existence", "operator": "not-set"})
_SET = Leaf({"type": "existence", "operator": "is-set"})


def filters(
    node: Comparison,
    negated: bool,
    field: TraitField | PropertyField,
    bound: Bound,
    *,
    in_metric: bool,
) -> Formula:
    """A comparison of `field` as a formula of filters. Dates cannot be asked of metric properties."""
    if any(not isinstance(value, Literal | Duration) for value in node.values):
        raise refuse(TARGET, f"“{field.name}” compared with another field")
    if node.operator in ("absent", "exists"):
        return _UNSET if (node.operator == "absent") != negated else _SET
    if field.type in ("date", "timestamp"):
        if in_metric:
            raise refuse(TARGET, f"{node.operator} on “{field.name}”, a date of an event")
        return _date(node, negated, field, bound)
    positive, negative = _pair(node, field, bound, in_metric)
    excluding = node.operator in _EXCLUDING
    if excluding == negated:
        return Some((_UNSET, positive)) if negated else positive
    return Some((_UNSET, negative)) if negated else All((_SET, negative))


def _pair(
    node: Comparison, field: TraitField | PropertyField, bound: Bound, in_metric: bool
) -> tuple[Formula, Formula]:
    """That one of the values fits, and that none does, of a field that is set."""
    as_type = "text" if node.operator in _PARTS else field.type
    values = [
        cast(each, as_type, bound.catalog.timezone)
        for each in node.values
        if isinstance(each, Literal)
    ]
    if node.operator in _OPPOSITE:
        return _numeric(node.operator, values[0]), _numeric(_OPPOSITE[node.operator], values[0])
    if field.type == "list":
        return _list(node, values, field, in_metric)
    if node.operator in _PARTS:
        kind = _PARTS[node.operator]
        return (
            Some(tuple(_filter("string", kind, value) for value in values)),
            All(tuple(_filter("string", f"not-{kind}", value) for value in values)),
        )
    match field.type:
        case "number":
            equal = tuple(_numeric("equals", value) for value in values)
            return Some(equal), All(tuple(_numeric("differs", value) for value in values))
        case "boolean":
            true = tuple(_filter("boolean", "equals", value) for value in values)
            return Some(true), All(
                tuple(_filter("boolean", "equals", not value) for value in values)
            )
        case _ if len(values) == 1:
            return _filter("string", "equals", values[0]), _filter(
                "string", "not-equals", values[0]
            )
        case _:
            return _filter("string", "in", values), _filter("string", "not-in", values)


def _list(
    node: Comparison, values: Sequence[Cast], field: TraitField | PropertyField, in_metric: bool
) -> tuple[Formula, Formula]:
    if not in_metric or node.operator not in ("contains", "omits"):
        raise refuse(TARGET, f"{node.operator} on “{field.name}”, a list")
    if any(set("[],") & set(str(value)) for value in values):
        raise refuse(TARGET, f"a part of more than one entry of “{field.name}”, a list")
    return (
        Some(tuple(_filter("list", "contains-substring", value) for value in values)),
        All(tuple(_filter("list", "not-contains-substring", value) for value in values)),
    )


def _filter(type_: str, operator: str, value: Any) -> Leaf:
    return Leaf({"type": type_, "operator": operator, "value": value})


def _numeric(operator: str, value: Cast) -> Leaf:
    assert isinstance(value, Decimal)
    return _filter("numeric", NUMERIC[operator], json_number(value))


# Dates ----------------------------------------------------------------------------------------


def _date(
    node: Comparison, negated: bool, field: TraitField | PropertyField, bound: Bound
) -> Formula:
    first = node.values[0]
    if isinstance(first, Duration):
        return _distance(node.operator, first, negated)
    if node.operator == "anniversary_month":
        if negated:
            raise refuse(TARGET, "NOT anniversary_month")
        if isinstance(first, Literal):
            return _filter("date", "calendar-month", month_of(first))
    values = [each for each in node.values if isinstance(each, Literal)]
    if field.type == "timestamp":
        return _timestamp(node.operator, values[0], negated, bound)
    days = [day(each, bound) for each in values]
    holds = _dates(node.operator, days)
    if not negated:
        return holds
    opposite = {
        "equals": "differs", "differs": "equals", "one_of": "none_of", "none_of": "one_of",
        "before_date": "at_least", "after_date": "at_most", **_OPPOSITE,
    }[node.operator]  # fmt: skip
    return Some((_UNSET, _dates(opposite, days)))


def _distance(operator: str, duration: Duration, negated: bool) -> Formula:
    if negated or operator not in _DISTANCES:
        raise refuse(TARGET, f"{'NOT ' if negated else ''}{operator}")
    if duration.amount == 0:
        if operator.startswith("anniversary"):
            return Leaf({"type": "date", "operator": "anniversary"})
        raise refuse(TARGET, f"{operator} of 0 days")
    return Leaf(
        {
            "type": "date",
            "operator": _DISTANCES[operator],
            "unit": duration.unit,
            "quantity": duration.amount,
        }
    )


def _timestamp(operator: str, value: Literal, negated: bool, bound: Bound) -> Formula:
    side = {
        "before_date": "before", "less_than": "before", "after_date": "after", "greater_than": "after",
    }.get(operator)  # fmt: skip
    if negated or side is None:
        raise refuse(TARGET, f"{'NOT ' if negated else ''}{operator} on a time")
    return Leaf({"type": "date", "operator": side, "date": iso(instant(value, bound))})


def _dates(operator: str, days: Sequence[date]) -> Formula:
    """Whole days; Klaviyo has only strictly before and strictly after."""
    first, one = days[0], timedelta(days=1)
    match operator:
        case "before_date" | "less_than":
            return _side("before", first)
        case "after_date" | "greater_than":
            return _side("after", first)
        case "at_least":
            return _side("after", first - one)
        case "at_most":
            return _side("before", first + one)
        case "equals" | "one_of":
            return Some(
                tuple(
                    All((_side("after", each - one), _side("before", each + one))) for each in days
                )
            )
        case "differs" | "none_of":
            others = tuple(Some((_side("before", each), _side("after", each))) for each in days)
            return All((_SET, *others))
        case _:
            raise refuse(TARGET, f"{operator} on a date")


def _side(operator: str, at: date) -> Leaf:
    return Leaf({"type": "date", "operator": operator, "date": f"{at.isoformat()}T00:00:00Z"})
