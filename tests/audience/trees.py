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


def _values(operator: Operator) -> st.SearchStrategy[tuple[Value, ...]]:
    least, most = operator.arity
    one: st.SearchStrategy[Value]
    match operator.value:
        case "duration":
            one = durations
        case "month":
            one = st.builds(Literal, st.integers(0, 99).map(Decimal))
        case _:
            one = literals | traits | properties
    many = st.lists(one, min_size=least, max_size=3 if most is None else most)
    return many.map(tuple)


def comparisons(scalars: st.SearchStrategy[Scalar]) -> st.SearchStrategy[Comparison]:
    return st.one_of(
        [
            st.builds(Comparison, scalars, st.just(row.key), _values(row))
            for row in OPERATORS.values()
        ]
    )


def _filters(inner: st.SearchStrategy[Boolean]) -> st.SearchStrategy[Filter]:
    return st.one_of(
        st.builds(Where, inner),
        st.builds(Sources, st.lists(texts, min_size=1, max_size=2).map(tuple)),
        st.builds(Within, durations, st.booleans()),
        st.builds(Between, durations, durations),
    )


def _larger(inner: st.SearchStrategy[Boolean]) -> st.SearchStrategy[Boolean]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    filters = st.lists(_filters(inner), max_size=2).map(tuple)
    events = st.builds(Events, texts, filters) | st.builds(Entity, texts, filters)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, inner),
        st.builds(AnyUser, inner),
        st.builds(AllUsers, inner),
        comparisons(st.builds(Aggregate, events, reducers)),
    )


trees: st.SearchStrategy[Boolean] = st.recursive(
    comparisons(
        traits | properties | contexts | st.builds(Aggregate, st.builds(Events, texts), reducers)
    ),
    _larger,
    max_leaves=8,
)
