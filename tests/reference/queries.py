"""Queries over the fields of `worlds`, over every construct of the language, that are always valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from audience.catalog import AudienceType, FieldType
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
from tests.reference.evaluator import World
from tests.reference.worlds import (
    ACCOUNT_TRAITS,
    AMOUNTS,
    CENTS,
    EVENTS,
    FLOATS,
    LISTS,
    NUMBERS,
    PROPERTIES,
    TEXTS,
    USER_TRAITS,
    days,
    moments,
)

ORDERS = ["greater_than", "at_least", "less_than", "at_most"]
DATED = ["within_last", "within_next", "before_last", "after_next"]
ANNIVERSARIES = ["anniversary_within_next", "anniversary_within_last"]
OFFSETS = [None, None, timezone(timedelta(hours=-7)), timezone(timedelta(hours=5, minutes=30))]


@dataclass(frozen=True)
class Place:
    """Where a condition stands: whose traits, inside how many events."""

    world: World
    traits: dict[str, FieldType]
    depth: int = 0  # of events around it
    events: bool = True  # events may stand here
    audiences: tuple[str, ...] = ()


@st.composite
def audiences(draw: st.DrawFn, world: World) -> tuple[AudienceType, Boolean]:
    """The type and the tree of an audience."""
    saved = {type_: tuple(key for key, each in world.audiences.items() if each[0] == type_) for type_ in ("users", "accounts")}  # fmt: skip
    users = Place(world, USER_TRAITS, audiences=saved["users"])
    if draw(st.integers(0, 3)) == 0:
        accounts = Place(world, ACCOUNT_TRAITS, events=False, audiences=saved["accounts"])
        return "accounts", draw(_booleans(accounts, 2, users))
    return "users", draw(_booleans(users, 2))


@st.composite
def _booleans(draw: st.DrawFn, place: Place, levels: int, users: Place | None = None) -> Boolean:
    """A condition, or several under AND, OR and NOT. `users`: ANY and ALL may stand here."""
    kinds = ["comparison"] * 4 + (["and", "or", "not"] if levels else [])
    if users is not None:
        kinds += ["any", "all"] * 2
    match draw(st.sampled_from(kinds)):
        case "comparison":
            return draw(_comparisons(place))
        case "not":
            return Not(draw(_booleans(place, levels - 1, users)))
        case "any":
            return AnyUser(draw(_booleans(users or place, 1)))
        case "all":
            return AllUsers(draw(_booleans(users or place, 1)))
        case kind:
            number = draw(st.integers(2, 3))
            items = tuple(draw(_booleans(place, levels - 1, users)) for _ in range(number))
            return And(items) if kind == "and" else Or(items)


@st.composite
def _comparisons(draw: st.DrawFn, place: Place) -> Comparison:
    kinds = ["trait"] + (["event"] * 4 if place.events and place.depth < 3 else [])
    kinds += ["membership"] if place.audiences else []
    kinds += ["property"] * 4 + ["time"] if place.depth else []
    kinds += ["parent"] * 2 if place.depth > 1 else []
    match draw(st.sampled_from(kinds)):
        case "trait":
            return draw(_of_field(Trait, place.traits, place))
        case "membership":
            key = draw(st.sampled_from(place.audiences))
            return Comparison(Trait(key), "equals", (Literal("true"),))
        case "property":
            return draw(_of_field(Property, PROPERTIES, place))
        case "parent":
            return draw(_of_field(lambda name: Property(name, of_parent=True), PROPERTIES, place))
        case "time":
            return draw(_compared(Context("timestamp"), "timestamp", place))
    scalar, type_ = draw(_aggregates(place))
    return draw(_compared(scalar, type_, place))


@st.composite
def _of_field(draw: st.DrawFn, node: Any, fields: dict[str, FieldType], place: Place) -> Comparison:
    name = draw(st.sampled_from(sorted(fields)))
    return draw(_compared(node(name), fields[name], place))


@st.composite
def _compared(draw: st.DrawFn, left: Scalar, type_: FieldType, place: Place) -> Comparison:
    operators = ["equals", "differs", "one_of", "none_of", "absent", "exists"]
    if type_ in {"number", "date", "timestamp"}:
        operators += ORDERS * 2
    if type_ in {"text", "list"}:
        operators += ["contains", "omits", "starts_with", "ends_with"] * 2
    if type_ in {"date", "timestamp"}:
        dated = ["before_date", "after_date", *DATED, *ANNIVERSARIES, "anniversary_month"]
        operators += dated * 3
    operator = draw(st.sampled_from(operators))
    if operator in {"absent", "exists"}:
        return Comparison(left, operator)
    if operator in DATED:
        return Comparison(left, operator, (draw(_durations(zero_days=True)),))
    if operator in ANNIVERSARIES:
        days = [Duration(each, "day") for each in (0, 1, 7, 30, 364, 365, 400)]
        length = draw(st.sampled_from([*days, Duration(1, "hour"), Duration(49, "hour")]))
        return Comparison(left, operator, (length,))
    if operator == "anniversary_month":
        month = draw(st.integers(1, 12))
        return Comparison(left, operator, (draw(st.sampled_from([Literal(Decimal(month)), Literal(str(month))])),))  # fmt: skip
    if operator in {"one_of", "none_of", "contains", "omits", "starts_with", "ends_with"}:
        number = draw(st.integers(1, 3))
    else:
        number = 1
    values = tuple(draw(_values(type_, place)) for _ in range(number))
    return Comparison(left, operator, values)


@st.composite
def _values(draw: st.DrawFn, type_: FieldType, place: Place) -> Value:
    family = {"list": "text", "timestamp": "date"}
    alike = family.get(type_, type_)
    others: list[Value] = [
        Trait(name) for name, each in place.traits.items() if family.get(each, each) == alike
    ]
    if place.depth:
        others += [Property(name) for name, each in PROPERTIES.items() if family.get(each, each) == alike]  # fmt: skip
    if place.depth > 1:
        others += [Property(each.name, of_parent=True) for each in others if isinstance(each, Property)]  # fmt: skip
    if others and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(others))
    return draw(_literals(type_, place.world))


def _literals(type_: FieldType, world: World) -> st.SearchStrategy[Literal]:
    match type_:
        case "text":
            return st.sampled_from([*TEXTS, Decimal(14), Decimal("100.50")]).map(Literal)
        case "list":
            return st.sampled_from([*LISTS, "a", "b", "é", ", "]).map(Literal)
        case "boolean":
            return st.sampled_from(["true", "false", "TRUE", " False "]).map(Literal)
        case "number":
            known = [*NUMBERS, *CENTS, *(each for each in FLOATS if each == each)]
            odd = ["0.5", "33.333333", "16.666667", "99999999999999999999", "-0.0000001", "0.6"]
            texts = [*(format(Decimal(repr(each)) if isinstance(each, float) else Decimal(each), "f") for each in known), *odd]  # fmt: skip
            return st.sampled_from(texts).flatmap(
                lambda text: st.sampled_from([Literal(text), Literal(Decimal(text))])
            )
    edges = moments(world.as_of, world.catalog.timezone)
    near = [*days(world.as_of)] * (len(edges) // len(days(world.as_of)) if type_ == "date" else 1)
    return st.tuples(st.sampled_from([*near, *edges]), st.sampled_from(OFFSETS)).map(_written)


def _written(moment: tuple[date, timezone | None]) -> Literal:
    """A day; or an instant as one writes it in UTC, or at an offset."""
    day, offset = moment
    if not isinstance(day, datetime):
        return Literal(day.isoformat())
    if offset is None:
        return Literal(day.isoformat().replace("+00:00", "Z"))
    return Literal(day.astimezone(offset).isoformat(" "))


# Events ---------------------------------------------------------------------------------------


@st.composite
def _aggregates(draw: st.DrawFn, place: Place) -> tuple[Aggregate, FieldType]:
    reducer, type_ = draw(_reducers())
    name = draw(st.sampled_from(sorted(EVENTS)))
    return Aggregate(Events(name, draw(_filters(place))), reducer), type_


@st.composite
def _reducers(draw: st.DrawFn) -> tuple[Reducer, FieldType]:
    method = draw(st.sampled_from(["count"] * 4 + ["unique", "sum", "avg", "max", "min", "mode", "first", "last"]))  # fmt: skip
    if method == "count":
        return Reducer("count"), "number"
    numeric = method in {"sum", "avg"}
    names = [name for name, type_ in PROPERTIES.items() if type_ == "number" or not numeric]
    name = draw(st.sampled_from(names))
    type_: FieldType = PROPERTIES[name]
    if numeric or method == "unique":
        return Reducer(method, Property(name)), "number"
    as_type = None
    unordered = method in {"max", "min"} and type_ not in {"number", "date", "timestamp"}
    if method in {"max", "min", "mode"} and (unordered or draw(st.booleans())):
        numbers = type_ == "number" and draw(st.integers(0, 3)) > 0
        as_type, type_ = ("number", "number") if numbers else ("string", "text")
    least = draw(st.integers(1, 3)) if method == "mode" else None
    return Reducer(method, Property(name), as_type, least), type_


@st.composite
def _filters(draw: st.DrawFn, place: Place) -> tuple[Filter, ...]:
    kinds = ["none"] * 3 + ["within"] * 2 + ["between", "sources"]
    kinds += ["parent"] * 4 if place.depth else []
    filters: list[Filter] = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        match draw(st.sampled_from(kinds)):
            case "within":
                filters.append(Within(draw(_durations())))
            case "between":
                first, second = draw(_durations()), draw(_durations())
                newest, oldest = sorted((first, second), key=lambda each: each.hours)
                filters.append(Between(newest, oldest))
            case "sources":
                filters.append(
                    Sources(draw(st.sampled_from([("web",), ("web", "ios"), ("none",)])))
                )
            case "parent":
                filters.append(Within(draw(_durations()), of_parent=True))
    inside = Place(
        place.world, USER_TRAITS, place.depth + 1, audiences=place.audiences if place.events else ()
    )
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 1, 2]))):
        filters.insert(draw(st.integers(0, len(filters))), Where(draw(_booleans(inside, 1))))
    return tuple(filters)


@st.composite
def _durations(draw: st.DrawFn, zero_days: bool = False) -> Duration:
    unit, amount = draw(st.sampled_from([*AMOUNTS, *([("day", 0)] if zero_days else [])]))
    return Duration(amount, unit)
