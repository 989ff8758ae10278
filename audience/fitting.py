"""Whether comparisons, constants, windows and reducers fit the fields they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audience.catalog import FieldType, PropertyField
from audience.operators import DATED, OPERATORS, ORDERED, TEXTUAL, Operator
from audience.problems import MusterError, Severity
from audience.query import (
    LARGEST,
    Between,
    Comparison,
    Duration,
    Literal,
    Node,
    Property,
    Reducer,
    Trait,
    Value,
)
from audience.values import BadValue, cast, month_of, shortened

LONGEST_WINDOW = 3_660  # days an event may lie back: ten years
LONGEST_DISTANCE = 44_000  # days between today and a date of a field: 120 years

TYPE_WORDS: dict[FieldType, str] = {
    "text": "text",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "timestamp": "a time",
    "list": "a list",
}
_FAMILY: dict[FieldType, str] = {
    "text": "text", "list": "text", "number": "number", "boolean": "boolean",
    "date": "moment", "timestamp": "moment",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A problem that does not know its place in the text yet, only its node."""

    code: str
    message: str
    node: Node | None = None
    severity: Severity = "error"
    suggestions: tuple[str, ...] = ()


# Comparisons ----------------------------------------------------------------------------------


def fits_left(node: Comparison, operator: Operator, type_: FieldType | None) -> Finding | None:
    """A comparator needs a field of a type that it can compare; None for the type of an unknown name."""
    if type_ is None or type_ in operator.types:
        return None
    left = node.left
    name = f"“{shortened(left.name)}”" if isinstance(left, Trait | Property) else "This"
    needs = {DATED: "a date", TEXTUAL: "text"}.get(operator.types, "a number or a date")
    message = f"{name} is {TYPE_WORDS[type_]}; {operator.symbol or operator.key} needs {needs}."
    return Finding("type_mismatch", message, node, suggestions=_comparators(type_))


def _comparators(type_: FieldType) -> tuple[str, ...]:
    """Those that would fit a field of this type, most common first."""
    return tuple(
        row.symbol or row.key
        for row in OPERATORS.values()
        if type_ in row.types and not row.extension and row.key not in ("absent", "exists")
    )[:6]


def fits_arity(node: Comparison, operator: Operator) -> Iterator[Finding]:
    least, most = operator.arity
    count = len(node.values)
    if least <= count and (most is None or count <= most):
        return
    takes = "one value or more" if most is None else "no value" if most == 0 else "one value"
    yield Finding("invalid_value", f"{operator.key} takes {takes}, not {count}.", node)


def fits_value(
    node: Value,
    operator: Operator,
    type_: FieldType | None,
    other: FieldType | None,
    timezone: str,
) -> Iterator[Finding]:
    """`type_` is the left side's type, `other` that of a value which is itself a field; None: not known."""
    match operator.value, node:
        case "duration", Duration():
            yield from _distance(node)
        case "month", Literal():
            yield from _month(node)
        case "duration" | "month", _:
            a_length = operator.value == "duration"
            wanted = "a length of time such as 7 days" if a_length else "a month from 1 to 12"
            yield Finding("type_mismatch", f"{operator.key} takes {wanted}.", node)
        case _, Literal():
            yield from _literal(node, "text" if operator.value == "text" else type_, timezone)
        case _, Trait() | Property():
            yield from _field(node, operator, type_, other)
        case _:
            message = f"{operator.key} does not take a length of time."
            yield Finding("type_mismatch", message, node)


def _distance(node: Duration) -> Iterator[Finding]:
    """0 days is today; 0 hours is no time at all."""
    if node.unit == "hour" or node.amount < 0 or node.amount > LONGEST_DISTANCE:
        yield from fits_window(node, LONGEST_DISTANCE)


def _month(node: Literal) -> Iterator[Finding]:
    try:
        month_of(node)
    except BadValue as error:
        yield Finding("invalid_value", error.message, node, suggestions=error.suggestions)


def _literal(node: Literal, type_: FieldType | None, timezone: str) -> Iterator[Finding]:
    if isinstance(node.value, Decimal) and not node.value.is_finite():
        yield Finding("type_mismatch", "A number must be finite.", node)
    elif type_ is not None:
        try:
            cast(node, type_, timezone)
        except MusterError as error:
            yield Finding("type_mismatch", error.message, node, suggestions=error.suggestions)


def comparable(one: FieldType, other: FieldType) -> bool:
    """Whether a field of one type can equal, or come before, a field of the other."""
    return _FAMILY[one] == _FAMILY[other]


def _field(
    node: Trait | Property, operator: Operator, type_: FieldType | None, other: FieldType | None
) -> Iterator[Finding]:
    if type_ is None or other is None:
        return
    if operator.value == "text":
        fits = other in TEXTUAL
    elif operator.value == "moment":
        fits = other in DATED
    else:
        fits = comparable(type_, other)
    if not fits:
        is_, with_ = TYPE_WORDS[other], TYPE_WORDS[type_]
        message = f"“{shortened(node.name)}” is {is_} and cannot be compared with {with_}."
        yield Finding("type_mismatch", message, node)


# Events ---------------------------------------------------------------------------------------


def fits_window(node: Duration, longest: int = LONGEST_WINDOW) -> Iterator[Finding]:
    """A window of some length, and of no more than `longest` days."""
    words = _words(node)
    if node.amount <= 0:
        message = f"A window of {words} holds nothing. Write at least 1 {node.unit}."
        yield Finding("invalid_window", message, node, suggestions=(f"1 {node.unit}",))
    elif node.hours > longest * 24:
        known = node.amount < LARGEST
        window = f"{node.amount:,} {node.unit}s" if known else f"So large a number of {node.unit}s"
        message = f"{window} is too long: {longest:,} days is the most here."
        yield Finding("invalid_window", message, node, suggestions=(f"{longest} days",))


def fits_between(node: Between) -> Iterator[Finding]:
    yield from fits_window(node.oldest)
    if node.newest.hours > node.oldest.hours > 0:
        newest, oldest = _words(node.newest), _words(node.oldest)
        message = (
            f"between({newest}, {oldest}) ends before it begins. Write the shorter time first."
        )
        fix = f"between({oldest}, {newest})"
        yield Finding("invalid_window", message, node, suggestions=(fix,))


def fits_reducer(node: Reducer, field: PropertyField | None) -> Iterator[Finding]:
    """`field` is the property that it takes; None when its name is not known."""
    if node.method == "mode" and (node.min_frequency or 0) < 1:
        message = "mode(…) needs how often a value occurs at least: 1 or more."
        yield Finding("invalid_value", message, node, suggestions=("1",))
    if field is None:
        return
    is_ = f"“{shortened(field.name)}” is {TYPE_WORDS[field.type]}"
    if node.method in ("sum", "avg") or node.as_type == "number":
        if field.type != "number":
            message = f"{is_}; {node.method}(…) here needs a number."
            yield Finding("type_mismatch", message, node)
    elif node.method in ("max", "min") and node.as_type is None and field.type not in ORDERED:
        message = (
            f"{is_}, which has no order of its own. For the order of the alphabet write "
            f"{node.method}(… as string)."
        )
        fix = f"{node.method}(property('{field.name}') as string)"
        yield Finding("type_mismatch", message, node, suggestions=(fix,))


def _words(node: Duration) -> str:
    return f"{node.amount} {node.unit}{'' if node.amount == 1 else 's'}"
