"""Hypothesis strategies for query trees: of every node type, whether they make sense or not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from audience.operators import OPERATORS, Operator
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Entity,
    Events,
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
    Scalar,
    Sources,
    Trait,
    Value,
    Where,
    Within,
)

# Whatever a name or a value can hold: quotes, backslashes, line breaks, brackets, other scripts.
texts = st.one_of(
    st.sampled_from(
        [
            "Order Completed",
            "plan",
            "it's",
            'a "b"',
            "\\",
            "a\\.b",
            "\\'",
            "\n\t\r",
            "",
            " ",
            "2023-08-25",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4).map(
    lambda number: Decimal(format(number, "f"))
)
literals = st.builds(Literal, texts | numbers)
durations = st.builds(Duration, st.integers(0, 999_999), st.sampled_from(["hour", "day"]))
traits = st.builds(Trait, texts)
properties = st.builds(Property, texts, st.booleans())
contexts = st.builds(Context, texts)
as_types = st.none() | st.sampled_from(["string", "number"])
reducers = st.one_of(
    st.just(Reducer("count")),
    st.builds(Reducer, st.sampled_from(["sum", "avg", "first", "last", "unique"]), properties),
    st.builds(Reducer, st.sampled_from(["max", "min"]), properties, as_types),
    st.builds(Reducer, st.just("mode"), properties, as_types, st.integers(0, 99)),
)


one_literal = st.integers(0, 99).map(lambda number: Literal(Decimal(number)))
operands: st.SearchStrategy[Value] = literals | traits | properties


def _values(operator: Operator) -> st.SearchStrategy[tuple[Value, ...]]:
    least, most = operator.arity
    one: st.SearchStrategy[Value] = operands
    if operator.value == "duration":
        one = durations
    elif operator.value == "month":
        one = one_literal
    return st.lists(one, min_size=least, max_size=3 if most is None else most).map(tuple)


# Strategies by depth, drawn from within: Hypothesis writes out a strategy that holds others, and one
# that holds itself many times over takes more memory to write than there is.


@st.composite
def comparisons(draw: st.DrawFn, depth: int) -> Comparison:
    operator = draw(st.sampled_from(list(OPERATORS.values())))
    left: Scalar = draw(traits | properties | contexts | aggregates(depth))
    return Comparison(left, operator.key, draw(_values(operator)))


@st.composite
def aggregates(draw: st.DrawFn, depth: int) -> Aggregate:
    name, chosen = draw(texts), tuple(draw(st.lists(filters(depth), max_size=2)))
    events = Events(name, chosen) if draw(st.integers(0, 4)) else Entity(name, chosen)
    return Aggregate(events, draw(reducers))


@st.composite
def filters(draw: st.DrawFn, depth: int) -> Filter:
    match draw(st.integers(0 if depth else 1, 3)):
        case 0:
            return Where(draw(booleans(depth - 1)))
        case 1:
            return Sources(tuple(draw(st.lists(texts, min_size=1, max_size=2))))
        case 2:
            return Within(draw(durations), draw(st.booleans()))
        case _:
            return Between(draw(durations), draw(durations))


@st.composite
def booleans(draw: st.DrawFn, depth: int) -> Boolean:
    kind = draw(st.integers(0, 7)) if depth else 0
    if kind < 3:
        return draw(comparisons(depth))
    if kind < 5:
        items = tuple(draw(st.lists(booleans(depth - 1), min_size=2, max_size=3)))
        return And(items) if kind == 3 else Or(items)
    item = draw(booleans(depth - 1))
    return Not(item) if kind == 5 else AnyUser(item) if kind == 6 else AllUsers(item)


trees: st.SearchStrategy[Boolean] = booleans(3)
