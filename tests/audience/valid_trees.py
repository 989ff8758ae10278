"""Hypothesis strategies for audiences that are valid in the small catalog, over every construct."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from audience.catalog import EventField, FieldType
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
from tests.audience.small_catalog import CATALOG

_CONSTANTS: dict[FieldType, list[str | Decimal]] = {
    "text": ["Spain", "pro", "it's", "", Decimal(5)],
    "list": ["ski", "[a, b]"],
    "number": [Decimal(0), Decimal("1.5"), "30", Decimal(-7)],
    "boolean": ["true", "False"],
    "date": ["2024-02-29", "1990-05-17"],
    "timestamp": ["2026-03-29", "2026-03-29T01:30:00Z", "2025-10-26T02:30:00+02:00"],
}
_days = st.integers(1, 400).map(lambda days: Duration(days, "day"))
_hours = st.integers(1, 800).map(lambda hours: Duration(hours, "hour"))
_durations = _days | _hours


def _values(operator: Operator, type_: FieldType) -> st.SearchStrategy[tuple[Value, ...]]:
    least, most = operator.arity
    one: st.SearchStrategy[Value]
    match operator.value:
        case "duration":
            one = st.builds(Duration, st.integers(0, 400), st.just("day")) | _hours
        case "month":
            one = st.integers(1, 12).map(lambda month: Literal(Decimal(month)))
        case "text":
            one = st.sampled_from([Literal("a"), Literal("Spain"), Literal(Decimal(5))])
        case _:
            one = st.sampled_from(_CONSTANTS[type_]).map(Literal)
    return st.lists(one, min_size=least, max_size=3 if most is None else most).map(tuple)


@st.composite
def _compared(draw: st.DrawFn, scalar: Scalar, type_: FieldType) -> Boolean:
    rows = [row for row in OPERATORS.values() if type_ in row.types]
    operator = draw(st.sampled_from(rows))
    return Comparison(scalar, operator.key, draw(_values(operator, type_)))


@st.composite
def _trait(draw: st.DrawFn, account: bool) -> Boolean:
    field = draw(st.sampled_from(CATALOG.account_traits if account else CATALOG.user_traits))
    return draw(_compared(Trait(field.name), field.type))


_BETWEEN_FIELDS = (
    Comparison(Trait("age"), "at_least", (Trait("average_order_value"),)),
    Comparison(Trait("birthday"), "equals", (Trait("birthday"),)),
)
_MEMBERSHIPS = tuple(
    Comparison(Trait(key), "equals", (Literal("true"),)) for key in ("big_spenders", "paying")
)


@st.composite
def _combined(
    draw: st.DrawFn, leaf: Callable[[], st.SearchStrategy[Boolean]], depth: int
) -> Boolean:
    """Leaves under AND, OR and NOT."""
    kind = draw(st.integers(0, 5)) if depth else 0
    if kind < 3:
        return draw(leaf())
    if kind == 3:
        return Not(draw(_combined(leaf, depth - 1)))
    items = tuple(draw(st.lists(_combined(leaf, depth - 1), min_size=2, max_size=3)))
    return And(items) if kind == 4 else Or(items)


# Events ---------------------------------------------------------------------------------------


@st.composite
def _inside(draw: st.DrawFn, event: EventField, parent: EventField | None, depth: int) -> Boolean:
    """What can stand in the `where` of an event."""
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return draw(_compared(Context("timestamp"), "timestamp"))
    if kind == 1:
        return draw(_trait(account=False))
    if kind == 2 and depth:
        return draw(_event(event, depth - 1))
    pairs = [
        (own, other)
        for own in event.properties
        for other in (parent.properties if parent else ())
        if own.type == other.type
    ]
    if kind == 3 and pairs:
        own, other = draw(st.sampled_from(pairs))
        return Comparison(Property(own.name), "equals", (Property(other.name, of_parent=True),))
    if not event.properties:
        return draw(_compared(Context("timestamp"), "timestamp"))
    field = draw(st.sampled_from(event.properties))
    return draw(_compared(Property(field.name), field.type))


@st.composite
def _filters(
    draw: st.DrawFn, event: EventField, parent: EventField | None, depth: int
) -> tuple[Filter, ...]:
    chosen: list[Filter] = []
    kind = draw(st.integers(0, 4))
    if kind == 1:
        chosen.append(Within(draw(_durations)))
    elif kind == 2:
        newest, oldest = sorted((draw(_durations), draw(_durations)), key=lambda each: each.hours)
        chosen.append(Between(newest, oldest))
    elif kind == 3 and parent:
        chosen.append(Within(draw(_durations), of_parent=True))
    if event.has_sources and draw(st.integers(0, 5)) == 0:
        chosen.append(Sources(("web", "it's")))
    for _ in range(draw(st.integers(0, 2))):
        condition = draw(_combined(lambda: _inside(event, parent, depth), 1))
        chosen.append(Where(condition))
    return tuple(chosen)


def _reducers(event: EventField) -> list[tuple[Reducer, FieldType]]:
    """Every reducer that fits, with the type of its result."""
    known: list[tuple[Reducer, FieldType]] = [(Reducer("count"), "number")]
    for field in event.properties:
        own = Property(field.name)
        known += [(Reducer("first", own), field.type), (Reducer("last", own), field.type)]
        known += [(Reducer("unique", own), "number"), (Reducer("mode", own, None, 2), field.type)]
        known += [(Reducer("max", own, "string"), "text"), (Reducer("min", own, "string"), "text")]
        if field.type == "number":
            known += [(Reducer("sum", own), "number"), (Reducer("avg", own), "number")]
        if field.type in ("number", "date", "timestamp"):
            known += [(Reducer("max", own), field.type), (Reducer("min", own), field.type)]
    return known


@st.composite
def _event(draw: st.DrawFn, parent: EventField | None, depth: int) -> Boolean:
    event = draw(st.sampled_from(CATALOG.events))
    events = Events(event.name, draw(_filters(event, parent, depth)))
    reducer, type_ = draw(st.sampled_from(_reducers(event)))
    return draw(_compared(Aggregate(events, reducer), type_))


# Audiences ------------------------------------------------------------------------------------


def _of_user() -> st.SearchStrategy[Boolean]:
    others = st.sampled_from([*_MEMBERSHIPS, *_BETWEEN_FIELDS])
    return _trait(account=False) | _event(None, 1) | others


@st.composite
def _of_account(draw: st.DrawFn) -> Boolean:
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return draw(_trait(account=True))
    item = draw(_combined(_of_user, 1))
    return AnyUser(item) if kind == 1 else AllUsers(item)


user_audiences: st.SearchStrategy[Boolean] = _combined(_of_user, 2)
account_audiences: st.SearchStrategy[Boolean] = _combined(_of_account, 2)
