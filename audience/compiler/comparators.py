"""Comparators: a value of an engine, an operator and its operands → a condition of the engine.

A condition that is neither true nor false counts as false: it may be NULL where a value is missing,
and `settled` makes it plain. Nothing here depends on where the value comes from.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce
from math import floor
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops

from audience.catalog import FieldType
from audience.compiler import dialect
from audience.compiler.moments import Clock
from audience.operators import OPERATORS
from audience.problems import NotSupported
from audience.query import Duration

Condition = Any  # an Ibis boolean
Column = Any  # an Ibis value

_WIDE = Context(prec=200)
_FAR = timedelta(days=1)

_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "equals": python.eq,
    "differs": python.ne,
    "greater_than": python.gt,
    "at_least": python.ge,
    "less_than": python.lt,
    "at_most": python.le,
    "before_date": python.lt,
    "after_date": python.gt,
}


@dataclass(frozen=True)
class Value:
    """A column of the table that is being filtered, with its type in the language."""

    column: Column
    type: FieldType
    finite: bool = False  # known to be never NaN

    @property
    def may_be_nan(self) -> bool:
        return not self.finite and bool(self.column.type().is_floating())


Constant = Decimal | bool | str | date | datetime
Operand = Constant | Duration | Value


@dataclass(frozen=True)
class Comparing:
    """Compares values at one instant, for one engine."""

    clock: Clock
    dialect: dialect.Dialect

    def compare(self, left: Value, operator: str, operands: Sequence[Operand]) -> Condition:
        """`left operator operands`, true, false or NULL. Operands fit the value, as the validator saw to.

        Raises NotSupported for an operator or a pair of types that it does not know.
        """
        if operator == "absent":
            return ~present(left)
        if operator == "exists":
            return present(left)
        others = [each for each in operands if isinstance(each, Value)]
        compared = self._compare(left, operator, operands)
        if others and len(operands) > 1:  # one missing value makes the whole comparator false
            return all_of([compared, *(present(each) for each in others)])
        return compared

    def _compare(self, left: Value, operator: str, operands: Sequence[Operand]) -> Condition:
        if operator == "one_of":
            return any_of([self._ordered(left, "equals", each) for each in operands])
        if operator == "none_of":
            return all_of([self._ordered(left, "differs", each) for each in operands])
        if operator in _ORDER:
            (operand,) = operands
            return self._ordered(left, operator, operand)
        if operator in _TEXT:
            return _textual(left, operator, operands)
        if operator == "anniversary_month":
            (month,) = operands
            if isinstance(month, Decimal):
                return self._local(left).month() == int(month)
        elif operator in OPERATORS:
            (duration,) = operands
            if isinstance(duration, Duration):
                return self._dated(left, operator, duration)
        raise NotSupported(f"The comparator {operator} cannot be run here.")

    # Equality and order ------------------------------------------------------------------------

    def _ordered(self, left: Value, operator: str, operand: Operand) -> Condition:
        compared = self._pair(left, operator, operand)
        if operator in {"greater_than", "at_least", "differs"} and left.may_be_nan:
            return compared & ~left.column.isnan()  # engines hold NaN to be the greatest number
        return compared

    def _pair(self, left: Value, operator: str, operand: Operand) -> Condition:
        order = _ORDER[operator]
        if isinstance(operand, Value):
            return self._columns(left, operator, operand)
        if left.type in {"date", "timestamp"} and isinstance(operand, date):
            return self._moment(left, operator, operand)
        if left.type == "number" and isinstance(operand, Decimal):
            return _number(left.column, operator, operand)
        if left.type == "boolean" and isinstance(operand, bool):
            return order(left.column, ibis.literal(operand))
        if left.type in {"text", "list"} and isinstance(operand, str):
            return order(left.column, ibis.literal(operand, type="string"))
        raise NotSupported(f"A {left.type} cannot be compared with {operand!r}.")

    def _columns(self, left: Value, operator: str, right: Value) -> Condition:
        order = _ORDER[operator]
        texts = {"text", "list"}
        if {left.type, right.type} == {"date", "timestamp"}:
            return order(*(self._instant(each) for each in (left, right)))
        if left.type != right.type and not {left.type, right.type} <= texts:
            raise NotSupported(f"A {left.type} cannot be compared with a {right.type}.")
        if left.type != "number":
            return order(left.column, right.column)
        sides = _same_numbers(left.column, right.column)
        guarded = [each.column for each in (left, right) if each.may_be_nan]
        return all_of([order(*sides), *(~each.isnan() for each in guarded)])

    def _moment(self, left: Value, operator: str, moment: date) -> Condition:
        """A date or timestamp column against a day (its midnight in the zone) or an instant."""
        order = _ORDER[operator]
        if left.type == "timestamp":
            at = moment if isinstance(moment, datetime) else self.clock.start_of(moment)
            return order(left.column, instant(left.column, at))
        if not isinstance(moment, datetime):
            return order(left.column, ibis.literal(moment))
        day = self.clock.first_day_from(moment)
        on_the_day = self.clock.start_of(day) == moment
        if operator in {"equals", "differs"}:
            if on_the_day:
                return order(left.column, ibis.literal(day))
            return left.column.notnull() & ibis.literal(operator == "differs")
        if not on_the_day and operator in {"greater_than", "after_date"}:
            return left.column >= ibis.literal(day)
        if not on_the_day and operator == "at_most":
            return left.column < ibis.literal(day)
        return order(left.column, ibis.literal(day))

    # Dates around as_of ------------------------------------------------------------------------

    def _dated(self, left: Value, operator: str, duration: Duration) -> Condition:
        if operator.startswith("anniversary"):
            days = -(-duration.hours // 24)
            first, last = (0, days) if operator == "anniversary_within_next" else (-days, 0)
            return self._anniversary(left, self.clock.day(first), self.clock.day(last), days)
        if duration.unit == "hour":
            return self._dated_by_the_hour(left, operator, duration)
        amount = duration.amount
        if operator == "within_last":
            return self._between_days(left, self.clock.day(-amount), self.clock.today)
        if operator == "within_next":
            return self._between_days(left, self.clock.today, self.clock.day(amount))
        if operator == "before_last":
            return self._between_days(left, None, self.clock.day(-amount))
        if operator == "after_next":
            return self._between_days(left, self.clock.day(amount), None)
        raise NotSupported(f"The comparator {operator} cannot be run here.")

    def _between_days(self, left: Value, first: date | None, last: date | None) -> Condition:
        """The value's day in the zone is `first` to `last`, both included."""
        column = left.column
        if left.type == "date":
            from_first = None if first is None else column >= ibis.literal(first)
            to_last = None if last is None else column <= ibis.literal(last)
        else:
            start = None if first is None else self.clock.start_of(first)
            end = None if last is None else self.clock.start_of(last + _FAR)
            from_first = None if start is None else column >= instant(column, start)
            to_last = None if end is None else column < instant(column, end)
        return all_of([each for each in (from_first, to_last) if each is not None])

    def _dated_by_the_hour(self, left: Value, operator: str, duration: Duration) -> Condition:
        now, ago, ahead = self.clock.as_of, self.clock.ago(duration), self.clock.ahead(duration)
        bounds: dict[str, tuple[datetime | None, datetime | None]] = {
            "within_last": (ago, now),
            "within_next": (now, ahead),
            "before_last": (None, ago),
            "after_next": (ahead, None),
        }
        first, last = bounds[operator]
        parts = []
        if first is not None:
            parts.append(self._moment(left, "at_least", first))
        if last is not None:
            parts.append(self._moment(left, "at_most", last))
        return all_of(parts)

    def _anniversary(self, left: Value, first: date, last: date, days: int) -> Condition:
        """The value's month and day fall in `first` to `last`; 29 February is 1 March in common years."""
        if days >= 365:
            return left.column.notnull()
        local = self._local(left)
        returns = local.month() * 100 + local.day()
        start, end = first.month * 100 + first.day, last.month * 100 + last.day
        if first.year == last.year:
            inside = (returns >= start) & (returns <= end)
        else:
            inside = (returns >= start) | (returns <= end)
        if start == 301 and not _leap(first.year):
            return inside | (returns == 229)
        return inside

    def _local(self, value: Value) -> Column:
        """A date, or the local time of an instant in the zone."""
        if value.type == "date":
            return value.column
        return dialect.local_time(value.column, self.clock.timezone, self.dialect)

    def _instant(self, value: Value) -> Column:
        """A date or timestamp as a naive UTC time, for comparing the two."""
        if value.type == "date":
            return dialect.instant_of(value.column, self.clock.timezone, self.dialect)
        return dialect.local_time(value.column, "UTC", self.dialect)


def present(value: Value) -> Condition:
    """The value is there: not missing, and not NaN."""
    there = value.column.notnull()
    return there & ~value.column.isnan() if value.may_be_nan else there


def settled(condition: Condition) -> Condition:
    """True or false, never NULL."""
    return condition if _is_certain(condition.op()) else condition.fill_null(False)


def _is_certain(node: Any) -> bool:
    """Whether an Ibis operation is never NULL, as far as can be seen from the operation."""
    match node:
        case ops.IsNull() | ops.NotNull():
            return True
        case ops.Literal():
            return node.value is not None
        case ops.Coalesce():
            return any(_is_certain(each) for each in node.arg)
        case ops.Not():
            return _is_certain(node.arg)
        case ops.And() | ops.Or() | ops.Comparison():
            return _is_certain(node.left) and _is_certain(node.right)
    return False


def any_of(parts: Sequence[Condition]) -> Condition:
    return reduce(python.or_, parts) if parts else ibis.literal(False)


def all_of(parts: Sequence[Condition]) -> Condition:
    return reduce(python.and_, parts) if parts else ibis.literal(True)


def instant(column: Column, at: datetime) -> Any:
    """`at` as a constant that compares with a timestamp column, with a zone or naive in UTC."""
    if column.type().timezone is not None:
        return ibis.literal(at, type=dt.Timestamp(timezone="UTC"))
    return ibis.literal(at.astimezone(UTC).replace(tzinfo=None), type=dt.Timestamp())


# Text -----------------------------------------------------------------------------------------

_TEXT: dict[str, Callable[[Any, Any], Any]] = {
    "contains": lambda column, text: column.contains(text),
    "omits": lambda column, text: ~column.contains(text),
    "starts_with": lambda column, text: column.startswith(text),
    "ends_with": lambda column, text: column.endswith(text),
}


def _textual(left: Value, operator: str, operands: Sequence[Operand]) -> Condition:
    if left.type not in {"text", "list"}:
        raise NotSupported(f"{operator} needs a text, and this is a {left.type}.")
    test = _TEXT[operator]
    tested = [
        test(
            left.column,
            each.column if isinstance(each, Value) else ibis.literal(str(each), type="string"),
        )
        for each in operands
    ]
    return all_of(tested) if operator == "omits" else any_of(tested)


# Numbers --------------------------------------------------------------------------------------

_MOST_DIGITS = 60  # of either side of the point, beyond what any column can hold


def _number(column: Column, operator: str, number: Decimal) -> Condition:
    """A numeric column against an exact number, in the column's own type."""
    order = _ORDER[operator]
    kind = column.type()
    if kind.is_floating():
        return order(column, ibis.literal(float(number), type="float64"))
    places = 0 if kind.is_integer() else (kind.scale or 0)
    unbounded = kind.is_decimal() and kind.precision is None
    if unbounded:
        places = _MOST_DIGITS // 2
    steps, exactly = _floor(number, places)
    limit = 2**63 if kind.is_integer() else 10 ** (_MOST_DIGITS if unbounded else kind.precision)
    if not -limit < steps < limit - 1:
        return column.notnull() & ibis.literal(_beyond(operator, above=steps > 0))
    step: Any = steps
    if kind.is_decimal():
        value = Decimal(steps).scaleb(-places, _WIDE)
        step = ibis.literal(value, type=dt.Decimal(kind.precision or 60, places))
    if exactly:
        return order(column, step)
    if operator in {"equals", "differs"}:
        return column.notnull() & ibis.literal(operator == "differs")
    return column > step if operator in {"greater_than", "at_least"} else column <= step


def _same_numbers(left: Column, right: Column) -> list[Column]:
    """Two numeric columns as numbers of one kind: exact, unless one of them is floating."""
    kinds = [left.type(), right.type()]
    if any(kind.is_floating() for kind in kinds):
        return [left.cast("float64"), right.cast("float64")]
    if all(kind.is_integer() for kind in kinds):
        return [left, right]
    scale = max((kind.scale or 0) if kind.is_decimal() else 0 for kind in kinds)
    return [each.cast(dt.Decimal(38, scale)) for each in (left, right)]


def _floor(number: Decimal, places: int) -> tuple[int, bool]:
    """The largest multiple of 10^-places that is not above `number`, in such steps; and whether it is equal."""
    if number.adjusted() > _MOST_DIGITS:
        return (1 if number > 0 else -1) * 10 ** (_MOST_DIGITS + places), True
    if number and number.adjusted() < -_MOST_DIGITS:
        return (0 if number > 0 else -1), False
    scaled = Fraction(number) * 10**places
    return floor(scaled), scaled.denominator == 1


def _beyond(operator: str, *, above: bool) -> bool:
    """Whether the comparison holds for every number of a column that lies below (or above) them all."""
    if operator in {"equals", "differs"}:
        return operator == "differs"
    return above == (operator in {"less_than", "at_most"})


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
