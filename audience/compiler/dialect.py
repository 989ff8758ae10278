"""What the engines do not share, each with one function that hides the difference.

The rest of the compiler is the same Ibis expressions on every engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache, reduce
from operator import add
from typing import Any, Literal

import ibis
import ibis.expr.datatypes as dt

Dialect = Literal["duckdb", "postgres", "pyspark"]

PLACES = 6  # of sums and averages
PACKED = 53  # bits of a double that are exact
MOST_BITS = 63  # of a whole number, without its sign
EXACT = dt.Decimal(38, 12)
ROUNDED = dt.Decimal(38, PLACES)

# A floating number is taken at 15 significant digits, which is all that the type can promise: at
# fewer decimals the larger it is. Multiplying by more than these powers of ten would leave the range
# in which a double is exact to the unit.
_DECIMALS_UNDER = ((1e3, 12), (1e9, 6), (1e13, 2))


def _function(name: str, takes: tuple[Any, Any], gives: Any) -> Callable[[Any, Any], Any]:
    """A function that the engine has and Ibis does not know."""

    def call(first: Any, second: Any) -> Any: ...

    known: Callable[[Any, Any], Any] = ibis.udf.scalar.builtin(
        call, name=name, signature=(takes, gives)
    )
    return known


_NAIVE, _AWARE, _TEXT = dt.Timestamp(), dt.Timestamp(timezone="UTC"), dt.string

# PostgreSQL and DuckDB: zone and time.
_as_instant = _function("timezone", (_TEXT, _NAIVE), _AWARE)
_as_local = _function("timezone", (_TEXT, _AWARE), _NAIVE)
# PostgreSQL: a text as bytes.
_bytes = _function("convert_to", (_TEXT, _TEXT), dt.binary)
# Spark: naive time and zone.
_from_utc = _function("from_utc_timestamp", (_NAIVE, _TEXT), _NAIVE)
_to_utc = _function("to_utc_timestamp", (_NAIVE, _TEXT), _NAIVE)


# DuckDB: the place of a text in a list, from 1 on.
_place = _function("list_position", (dt.Array(dt.string), _TEXT), dt.int32)


@cache
def _bits() -> Callable[[Any], Any]:
    """DuckDB: how many bits of a number are set."""

    def call(number: Any) -> Any: ...

    known: Callable[[Any], Any] = ibis.udf.scalar.builtin(
        call, name="bit_count", signature=((dt.int64,), dt.int64)
    )
    return known


@cache
def spark_compiler() -> Any:
    """Ibis's compiler for Spark, with the one option that it reads and that its backend would set.

    The backend itself is not loaded: it needs PySpark, which is not everywhere.
    """
    from ibis.backends.sql.compilers.pyspark import PySparkCompiler
    from ibis.config import Config

    class Options(Config):  # type: ignore[misc]
        treat_nan_as_null: bool = False

    if ibis.options.pyspark is None:
        ibis.options.pyspark = Options()
    return PySparkCompiler()


@cache
def _count_if() -> Callable[[Any], Any]:
    """DuckDB and Spark: how often a condition holds. Twice as fast there as FILTER."""

    def call(condition: Any) -> Any: ...

    known: Callable[[Any], Any] = ibis.udf.agg.builtin(
        call, name="count_if", signature=((dt.boolean,), dt.int64)
    )
    return known


def count_where(condition: Any, dialect: Dialect) -> Any:
    """How often `condition` holds."""
    if dialect == "postgres":
        return condition.ifelse(1, ibis.null("int8")).count()
    return _count_if()(condition)


def how_many(condition: Any, dialect: Dialect) -> Any:
    """How many rows of a table `condition` holds for, also where there is none."""
    return count_where(condition, dialect).fill_null(0)


def counts_in_one(conditions: Sequence[Any], bits: int) -> Any:
    """How often each of `conditions` holds, as one number: each count takes `bits` of it.

    For DuckDB, where an aggregate more costs about what a scan does. Whole numbers of up to `PACKED`
    bits add up exactly in a double, and faster than in an integer, which it guards against overflow.
    """

    def double(number: int) -> Any:
        return ibis.literal(number, type="int64").cast("float64")  # 1.0 would be a decimal there

    ones = [
        each.ifelse(double(1 << bits * place), double(0)) for place, each in enumerate(conditions)
    ]
    return reduce(add, ones).sum()


def count_in(number: Any, place: int, bits: int) -> Any:
    """The count of the condition at `place` of `counts_in_one`."""
    return (number.cast("int64") >> (bits * place)) & ((1 << bits) - 1)


def different(column: Any, values: Sequence[str]) -> Any:
    """How many different texts there are in `column`, which has none but `values`: a bit for each.

    For DuckDB, which would make a table of every group's values.
    """
    known = ibis.array([ibis.literal(each, type="string") for each in values])
    places = (_place(known, column) - 1).cast("int64")  # where it stays small, 1 << 40 overflows
    return _bits()((ibis.literal(1, type="int64") << places).bit_or())


def is_utc(zone: str) -> bool:
    return zone.upper() in {"UTC", "ETC/UTC", "ZULU", "ETC/ZULU", "UCT", "ETC/UCT", "UNIVERSAL"}


def local_time(instant: Any, zone: str, dialect: Dialect) -> Any:
    """A timestamp column (naive UTC, or with a zone) as a naive local time in `zone`."""
    aware = instant.type().timezone is not None
    if dialect == "pyspark":
        return instant if is_utc(zone) else _from_utc(instant, zone)
    if is_utc(zone) and not aware:
        return instant
    return _as_local(zone, instant if aware else _as_instant("UTC", instant))


def instant_of(day: Any, zone: str, dialect: Dialect) -> Any:
    """A date column as the naive UTC time of its midnight in `zone`."""
    midnight = day.cast("timestamp")
    if is_utc(zone):
        return midnight
    if dialect == "pyspark":
        return _to_utc(midnight, zone)
    return _as_local("UTC", _as_instant(zone, midnight))


def by_code_point(text: Any, dialect: Dialect) -> Any:
    """What to order a text by: PostgreSQL would use the collation of its database."""
    return _bytes(text, "UTF8") if dialect == "postgres" else text


def picked(column: Any, keys: Sequence[Any], dialect: Dialect, *, last: bool, where: Any) -> Any:
    """The value of `column`, where it is set, in the first (or last) row by `keys`."""
    if dialect == "pyspark":
        order = ibis.struct({f"key{number}": key for number, key in enumerate(keys)})
        pick = column.argmax if last else column.argmin
        present = column.notnull()
        return pick(order, where=present if where is None else where & present)
    order_by = [key.desc() for key in keys] if last else list(keys)
    if dialect == "postgres":
        return column.collect(where=where, order_by=order_by)[0]
    return column.first(where=where, order_by=order_by)


def at_extreme(column: Any, number: Any, *, last: bool) -> Any:
    """The value of `column`, where it is set, in the row with the least (or greatest) `number`. DuckDB."""
    return _at_extreme("arg_max" if last else "arg_min", column.type())(column, number)


@cache
def _at_extreme(name: str, kind: Any) -> Callable[[Any, Any], Any]:
    def call(column: Any, number: Any) -> Any: ...

    known: Callable[[Any, Any], Any] = ibis.udf.agg.builtin(
        call, name=name, signature=((kind, dt.int64), kind)
    )
    return known


def extreme(column: Any, dialect: Dialect, *, last: bool) -> Any:
    """The least (or greatest) value; of texts by code point."""
    if dialect == "postgres" and column.type().is_string():
        return picked(column, [by_code_point(column, dialect)], dialect, last=last, where=None)
    return column.max() if last else column.min()


def exact(number: Any) -> Any:
    """A numeric column as exact decimals, for adding up; NaN and infinity become missing."""
    kind = number.type()
    if kind.is_integer() or kind.is_decimal():
        return number
    size = number.abs()
    steps = [
        (size < limit, number.cast(dt.Decimal(38, places)).cast(EXACT))
        for limit, places in _DECIMALS_UNDER
    ]
    whole = (size < math.inf, number.cast(dt.Decimal(38, 0)).cast(EXACT))
    return ibis.cases(*steps, whole, else_=ibis.null(EXACT))


def rounded(number: Any) -> Any:
    """A sum or an average at the places at which it is compared, halves away from zero."""
    return number.round(PLACES).cast(ROUNDED)


def text_of_number(number: Any) -> Any:
    """A number as people write it, without zeros that say nothing: 9, 9.5."""
    if number.type().is_integer():
        return number.cast("string")
    return exact(number).cast(EXACT).cast("string").re_replace(r"\.?0+$", "")
