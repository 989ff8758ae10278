"""What HubSpot can ask of one property."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from audience.bound import Bound
from audience.catalog import PropertyField, TraitField
from audience.exporters.exported import json_number, refuse
from audience.exporters.forms import All, Formula, Leaf, Some
from audience.query import Comparison, Duration, Literal
from audience.values import Cast, cast

TARGET = "HubSpot"

_OPPOSITE = {
    "greater_than": "at_most", "at_most": "greater_than", "less_than": "at_least", "at_least": "less_than",
    "before_date": "at_least", "after_date": "at_most",
}  # fmt: skip
_NUMBER = {
    "greater_than": "IS_GREATER_THAN", "at_least": "IS_GREATER_THAN_OR_EQUAL_TO",
    "less_than": "IS_LESS_THAN", "at_most": "IS_LESS_THAN_OR_EQUAL_TO",
}  # fmt: skip
_EXCLUDING = frozenset({"differs", "none_of", "omits"})
_SIDES = {
    "before_date": ("IS_BEFORE", "EXCLUSIVE"), "less_than": ("IS_BEFORE", "EXCLUSIVE"),
    "at_most": ("IS_BEFORE", "INCLUSIVE"), "after_date": ("IS_AFTER", "EXCLUSIVE"),
    "greater_than": ("IS_AFTER", "EXCLUSIVE"), "at_least": ("IS_AFTER", "INCLUSIVE"),
}  # fmt: skip


def filters(
    node: Comparison, negated: bool, field: TraitField | PropertyField, bound: Bound
) -> Formula:
    """A comparison of `field` as a formula of operations."""
    if any(not isinstance(value, Literal | Duration) for value in node.values):
        raise refuse(TARGET, f"“{field.name}” compared with another field")
    if node.operator in ("absent", "exists"):
        return _known((node.operator == "exists") != negated)
    if field.type in ("date", "timestamp"):
        return _date(node, negated, field, bound)
    as_type = "text" if node.operator in _PARTS else field.type
    values = [
        cast(each, as_type, bound.catalog.timezone)
        for each in node.values
        if isinstance(each, Literal)
    ]
    if node.operator in _OPPOSITE:
        operator = _OPPOSITE[node.operator] if negated else node.operator
        return _number(_NUMBER[operator], values[0], unset=negated)
    # A condition that excludes values, or a NOT of one that asks for them: both are one operation that
    # differs in what it does with a missing value. The other two ask for the values.
    excludes = (node.operator in _EXCLUDING) != negated
    found = _values(node, field, values, excludes=excludes, unset=negated)
    return found if excludes or not negated else Some((_known(False), found))


_PARTS = {
    "contains": ("CONTAINS", "DOES_NOT_CONTAIN"), "omits": ("CONTAINS", "DOES_NOT_CONTAIN"),
    "starts_with": ("STARTS_WITH", None), "ends_with": ("ENDS_WITH", None),
}  # fmt: skip


def _values(
    node: Comparison,
    field: TraitField | PropertyField,
    values: Sequence[Cast],
    *,
    excludes: bool,
    unset: bool,
) -> Formula:
    """That one of the values fits; `excludes`: that none does, and, `unset`, that a missing value passes."""
    together = All if excludes else Some
    take_unset = excludes and unset
    if field.type == "list":
        raise refuse(TARGET, f"{node.operator} on “{field.name}”, a list")
    if node.operator in _PARTS:
        name = _PARTS[node.operator][excludes]
        if name is None:
            raise refuse(TARGET, f"NOT {node.operator}")
        return together(
            tuple(_operation("STRING", name, take_unset, value=str(value)) for value in values)
        )
    sign = "IS_NOT_EQUAL_TO" if excludes else "IS_EQUAL_TO"
    match field.type:
        case "number":
            return together(tuple(_number(sign, value, unset=take_unset) for value in values))
        case "boolean":
            return together(
                tuple(_operation("BOOL", sign, take_unset, value=value) for value in values)
            )
        case _:
            texts = [str(value) for value in values]
            return _operation("MULTISTRING", sign, take_unset, values=texts)


def _known(is_known: bool) -> Leaf:
    return _operation("ALL_PROPERTY", "IS_KNOWN" if is_known else "IS_UNKNOWN", not is_known)


def _operation(type_: str, operator: str, unset: bool, **rest: Any) -> Leaf:
    return Leaf(
        {
            "operationType": type_,
            "operator": operator,
            "includeObjectsWithNoValueSet": unset,
            **rest,
        }
    )


def _number(operator: str, value: Cast, *, unset: bool) -> Leaf:
    assert isinstance(value, Decimal)
    return _operation("NUMBER", operator, unset, value=json_number(value))


# Dates ----------------------------------------------------------------------------------------


def _date(
    node: Comparison, negated: bool, field: TraitField | PropertyField, bound: Bound
) -> Formula:
    zone = bound.catalog.timezone
    first = node.values[0]
    if isinstance(first, Duration):
        return _distance(node.operator, first, negated, zone)
    if node.operator == "anniversary_month":
        raise refuse(TARGET, node.operator)
    moments = [cast(each, field.type, zone) for each in node.values if isinstance(each, Literal)]
    if node.operator in _SIDES:
        operator = _OPPOSITE[node.operator] if negated else node.operator
        return _point(*_SIDES[operator], _at(moments[0]), unset=negated)
    excludes = (node.operator in ("differs", "none_of")) != negated
    if not excludes:
        same: Formula = Some(tuple(_between(_at(each), _at(each)) for each in moments))
        return Some((_known(False), same)) if negated else same
    apart = tuple(
        Some(
            (
                _point("IS_BEFORE", "EXCLUSIVE", _at(each), unset=negated),
                _point("IS_AFTER", "EXCLUSIVE", _at(each), unset=negated),
            )
        )
        for each in moments
    )
    return All(apart)


def _distance(operator: str, duration: Duration, negated: bool, zone: str) -> Formula:
    """Whole days end at the next midnight; hours are instants."""
    if operator.startswith("anniversary"):
        raise refuse(TARGET, operator)
    amount, hours = duration.amount, duration.unit == "hour"
    after = 0 if hours else 1  # the end of the day is the beginning of the next
    end = "INCLUSIVE" if hours else "EXCLUSIVE"

    def point(offset: int) -> dict[str, Any]:
        return _from_now(offset, zone, hours=hours)

    low: dict[str, Any] | None
    high: dict[str, Any] | None
    match operator:
        case "before_last":
            low, high = None, point(-amount + after)
        case "after_next":
            low, high = point(amount), None
        case "within_last":
            low, high = point(-amount), point(after)
        case "within_next":
            low, high = point(0), point(amount + after)
        case _:
            raise refuse(TARGET, operator)
    beyond = "INCLUSIVE" if end == "EXCLUSIVE" else "EXCLUSIVE"
    if negated:
        sides = []
        if low is not None:
            sides.append(_point("IS_BEFORE", "EXCLUSIVE", low, unset=True))
        if high is not None:
            sides.append(_point("IS_AFTER", beyond, high, unset=True))
        return Some(tuple(sides))
    if low is None:
        assert high is not None
        return _point("IS_BEFORE", end, high, unset=False)
    return (
        _point("IS_AFTER", "INCLUSIVE", low, unset=False)
        if high is None
        else _between(low, high, end)
    )


def _point(operator: str, endpoint: str, at: dict[str, Any], *, unset: bool) -> Leaf:
    return _operation(
        "TIME_POINT", operator, unset, type="TIME_POINT", endpointBehavior=endpoint, timePoint=at
    )


def _between(low: dict[str, Any], high: dict[str, Any], end: str = "INCLUSIVE") -> Leaf:
    return _operation(
        "TIME_RANGED",
        "IS_BETWEEN",
        False,
        type="TIME_RANGED",
        lowerBoundTimePoint=low,
        lowerBoundEndpointBehavior="INCLUSIVE",
        upperBoundTimePoint=high,
        upperBoundEndpointBehavior=end,
    )


def _at(moment: Cast) -> dict[str, Any]:
    """An instant, or a day; HubSpot keeps days as their midnight in UTC."""
    assert isinstance(moment, date)
    clock: dict[str, Any] = {}
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
        clock = {"hour": moment.hour, "minute": moment.minute, "second": moment.second}
        clock["millisecond"] = moment.microsecond // 1000
    day = {"year": moment.year, "month": moment.month, "day": moment.day}
    return {"timeType": "DATE", **day, **clock, "zoneId": "UTC"}


def _from_now(offset: int, zone: str, *, hours: bool) -> dict[str, Any]:
    return {
        "timeType": "INDEXED",
        "indexReference": {"referenceType": "NOW" if hours else "TODAY"},
        "offset": {"hours" if hours else "days": offset},
        "zoneId": zone,
    }
