"""Contradictions and tautologies: what is reported is certain, by trying everybody there could be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audience.catalog import SavedAudience
from audience.logic import dead_ends
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Duration,
    Events,
    Literal,
    Not,
    Or,
    Reducer,
    Scalar,
    Trait,
    Within,
)
from audience.validator import bind
from tests.audience.small_catalog import CATALOG

Person = Mapping[Scalar, Any]  # the value of each term; None: missing

_AGES = (Decimal(0), Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3))
_TEXTS = ("a", "ab", "b")
_WEEK, _MONTH = Within(Duration(7, "day")), Within(Duration(30, "day"))
_OLDER = Between(Duration(8, "day"), Duration(20, "day"))
COUNTS = tuple(
    Aggregate(Events("Page Viewed", filters), Reducer("count"))
    for filters in ((), (_WEEK,), (_MONTH,), (_OLDER,))
)


_PAGES = "event('Page Viewed').count()"


def people() -> Iterator[Person]:
    """Everybody there could be, as far as the queries below can tell them apart."""
    between = [Decimal(each) for each in ("0.5", "1.25", "1.75", "2.5")]
    ages = [None, Decimal(-1), *_AGES, *between, Decimal(9)]
    texts = [None, *("".join(each) for size in range(4) for each in product("abc", repeat=size))]
    texts += [f"ab{''.join(each)}" for each in product("abc", repeat=2)]
    for age, text, flag in product(ages, texts, (None, True, False)):
        yield {Trait("age"): age, Trait("address_city"): text, Trait("vip"): flag}


def page_views() -> Iterator[Person]:
    """Counts of one event in windows that overlap: so many in days 0–7, 7–8, 8–20, 20–30, before."""
    for first, second, third, fourth, before in product(
        range(4), range(2), range(4), range(2), range(4)
    ):
        numbers = (
            first + second + third + fourth + before,
            first,
            first + second + third + fourth,
            third,
        )
        yield dict(zip(COUNTS, map(Decimal, numbers), strict=True))


def meets(person: Person, node: Boolean) -> bool:
    match node:
        case And(items=items):
            return all(meets(person, item) for item in items)
        case Or(items=items):
            return any(meets(person, item) for item in items)
        case Not(item=item):
            return not meets(person, item)
        case Comparison(left=left):
            return compares(person[left], node)
        case _:
            raise AssertionError(node)


def compares(value: Any, node: Comparison) -> bool:
    if node.operator == "absent":
        return value is None
    if value is None:
        return False
    raw = [each.value for each in node.values if isinstance(each, Literal)]
    values: list[Any] = [each == "true" for each in raw] if isinstance(value, bool) else list(raw)
    match node.operator:
        case "exists":
            return True
        case "equals" | "one_of":
            return value in values
        case "differs" | "none_of":
            return value not in values
        case "greater_than":
            return bool(value > values[0])
        case "at_least":
            return bool(value >= values[0])
        case "less_than":
            return bool(value < values[0])
        case "at_most":
            return bool(value <= values[0])
        case "contains":
            return any(each in value for each in values)
        case "omits":
            return not any(each in value for each in values)
        case "starts_with":
            return any(value.startswith(each) for each in values)
        case "ends_with":
            return any(value.endswith(each) for each in values)
        case _:
            raise AssertionError(node)


_ORDERS = ("greater_than", "at_least", "less_than", "at_most")
_ANY = ("absent", "exists", "equals", "differs", "one_of", "none_of")


@st.composite
def leaves(draw: st.DrawFn) -> Boolean:
    name = draw(st.sampled_from(["age", "address_city", "vip"]))
    texts, operators = ("true", "false"), _ANY
    if name == "age":
        operators = (*_ANY, *_ORDERS)
    elif name == "address_city":
        operators = (*_ANY, "contains", "omits", "starts_with", "ends_with")
        texts = _TEXTS
    operator = draw(st.sampled_from(operators))
    most = 2 if operator in ("one_of", "none_of", "contains", "omits") else 1
    pool = st.sampled_from(_AGES if name == "age" else texts)
    values = draw(st.lists(pool, min_size=1, max_size=most))
    if operator in ("absent", "exists"):
        values = []
    return Comparison(Trait(name), operator, tuple(map(Literal, values)))


@st.composite
def count_leaves(draw: st.DrawFn) -> Boolean:
    operator = draw(st.sampled_from(["equals", "differs", *_ORDERS]))
    number = Literal(Decimal(draw(st.integers(0, 3))))
    return Comparison(draw(st.sampled_from(COUNTS)), operator, (number,))


@st.composite
def formulas(draw: st.DrawFn, leaf: st.SearchStrategy[Boolean], depth: int = 2) -> Boolean:
    kind = draw(st.integers(0, 4)) if depth else 0
    if kind < 2:
        return draw(leaf)
    if kind == 2:
        return Not(draw(formulas(leaf, depth - 1)))
    items = tuple(draw(st.lists(formulas(leaf, depth - 1), min_size=2, max_size=3)))
    return And(items) if kind == 3 else Or(items)


def _is_certain(root: Boolean, everybody: list[Person]) -> None:
    for end in dead_ends(bind(root, CATALOG)):
        inside = [meets(person, end.node) for person in everybody]
        assert not any(inside) if end.code == "contradiction" else all(inside)


PEOPLE = list(people())
VIEWS = list(page_views())


@settings(max_examples=150, deadline=None)
@given(formulas(leaves()))
def test_what_is_reported_of_traits_is_certain(root: Boolean) -> None:
    _is_certain(root, PEOPLE)


@settings(max_examples=100, deadline=None)
@given(formulas(count_leaves()))
def test_what_is_reported_of_counts_is_certain(root: Boolean) -> None:
    _is_certain(root, VIEWS)


@settings(max_examples=100, deadline=None)
@given(st.lists(leaves(), min_size=2, max_size=3).map(lambda items: And(tuple(items))))
def test_what_nobody_can_meet_is_reported(root: Boolean) -> None:
    if not any(meets(person, root) for person in PEOPLE):
        assert "contradiction" in [end.code for end in dead_ends(bind(root, CATALOG))]


AGES = [None, *(Decimal(each) for each in ("-1", "0", "0.5", "1", "1.5", "2", "3"))]
ACCOUNTS = [users for size in range(4) for users in combinations(AGES, size)]
"""Accounts by the ages of their users; three users are as many as three of ANY and ALL can tell apart."""


def holds_for(ages: Sequence[Decimal | None], node: Boolean) -> bool:
    match node:
        case And(items=items):
            return all(holds_for(ages, item) for item in items)
        case Or(items=items):
            return any(holds_for(ages, item) for item in items)
        case Not(item=item):
            return not holds_for(ages, item)
        case AnyUser(item=item):
            return any(meets({Trait("age"): age}, item) for age in ages)
        case AllUsers(item=item):
            return bool(ages) and all(meets({Trait("age"): age}, item) for age in ages)
        case _:
            raise AssertionError(node)


@st.composite
def of_users(draw: st.DrawFn) -> Boolean:
    """ANY or ALL of up to two comparisons of an age, perhaps negated."""
    operator = st.sampled_from(["absent", "equals", "greater_than", "at_most"])
    ages = st.builds(_age, operator, st.sampled_from([Decimal(each) for each in range(3)]))
    items = tuple(draw(st.lists(ages, min_size=1, max_size=2)))
    inner = And(items) if len(items) > 1 else items[0]
    node = draw(st.sampled_from([AnyUser, AllUsers]))(inner)
    return draw(st.sampled_from([node, Not(node)]))


def _age(operator: str, age: Decimal) -> Boolean:
    return Comparison(Trait("age"), operator, () if operator == "absent" else (Literal(age),))


@settings(max_examples=150, deadline=None)
@given(st.lists(of_users(), min_size=2, max_size=3).map(tuple), st.sampled_from([And, Or]))
def test_any_and_all_that_clash_are_reported_and_no_others(
    parts: tuple[Boolean, ...], node: type[And | Or]
) -> None:
    root = node(parts)
    found = dead_ends(bind(root, CATALOG, audience_type="accounts"))
    for end in found:
        if not isinstance(end.node, Comparison) and end.node in (root, *parts):
            inside = [holds_for(account, end.node) for account in ACCOUNTS]
            assert not any(inside) if end.code == "contradiction" else all(inside)
    judged = {holds_for(account, root) for account in ACCOUNTS}
    if len(judged) == 1:
        assert found


def test_a_formula_that_is_too_large_is_taken_as_possible() -> None:
    either = " AND ".join(
        f"(trait('age') = {i} OR trait('age') = {i + 1})" for i in range(0, 40, 2)
    )
    assert dead_ends(bind(either, CATALOG)) == () or len(dead_ends(bind(either, CATALOG))) == 1
    many = "trait('address_city').contains('a', 'b', 'c', 'd', 'e', 'f', 'g')"
    assert dead_ends(bind(f"{many} AND NOT {many}", CATALOG))
    other = many.replace("'a'", "'z'")
    assert dead_ends(bind(f"{many} AND NOT {other}", CATALOG)) == ()


def test_saved_audiences_clash_by_what_they_ask() -> None:
    saved = (
        SavedAudience("old", "Old", "trait('age') > 40"),
        SavedAudience("old_buyers", "Old buyers", f"trait('old') = 'true' AND {_PAGES} >= 3"),
        SavedAudience("nobody", "Nobody", "trait('age') > 40 AND trait('age') < 30"),
        SavedAudience("some_old", "Some old", "ANY trait('age') > 40", "accounts"),
    )
    catalog = CATALOG.with_audiences(saved)
    member, other = "trait('{}') = 'true'", "NOT trait('{}') = 'true'"
    for query, code in (
        (f"{member.format('old')} AND trait('age') < 30", "contradiction"),
        (f"{member.format('old_buyers')} AND trait('age') < 30", "contradiction"),
        (f"{member.format('old_buyers')} AND {_PAGES} <= 1", "contradiction"),
        (f"{member.format('old_buyers')} AND {other.format('old')}", "contradiction"),
        (f"{member.format('nobody')}", "contradiction"),
        (f"{other.format('old')} OR trait('age') > 30", "tautology"),
        (f"ANY ({member.format('old')} AND trait('age') < 30)", "contradiction"),
        (f"{member.format('some_old')} AND ALL trait('age') < 30", "contradiction"),
        (f"{member.format('old')} AND trait('age') < 50", None),
        (f"{member.format('old_buyers')} AND {member.format('old')}", None),
        (f"{other.format('old_buyers')} AND {_PAGES} >= 3", None),
        (f"event('Page Viewed').where({other.format('old_buyers')}).count() >= 3", None),
    ):
        found = [each.code for each in dead_ends(bind(query, catalog))]
        assert found == ([code] if code else []), query
