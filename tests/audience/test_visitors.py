"""Every node type and every operator goes through every visitor; nothing is left out in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings

from audience import query as tree
from audience.bound import Bound
from audience.describer import describe
from audience.exporters import hubspot, klaviyo, segment, sql
from audience.kinds import simplified
from audience.naming import LONGEST_NAME, description_of, name_of
from audience.printer import show
from audience.problems import NotSupported
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Not,
    Property,
    Reducer,
    Trait,
    children,
    transformed,
    walk,
)
from audience.reader import read
from audience.validator import bind, check
from tests.audience.small_catalog import CATALOG
from tests.audience.trees import trees
from tests.audience.valid_trees import account_audiences, user_audiences

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)


def node_types() -> Iterator[type[Node]]:
    for name in dir(tree):
        each = getattr(tree, name)
        if isinstance(each, type) and issubclass(each, Node) and each is not Node:
            yield each


EXPORTS: dict[str, Callable[[Bound], object]] = {
    "segment": lambda bound: json.dumps(segment.export(bound, name="N").body),
    "klaviyo": lambda bound: json.dumps(klaviyo.export(bound, name="N").body),
    "hubspot": lambda bound: json.dumps(hubspot.export(bound, name="N").body),
}


def _exported(bound: Bound) -> None:
    """By every exporter: it makes a body, or says what the target cannot say."""
    for export in EXPORTS.values():
        try:
            said = export(bound)
        except NotSupported as refusal:
            said = refusal.message
        assert isinstance(said, str)
        assert said.startswith("{") or re.search(
            "cannot say this: |Segment's language has no |groups of conditions", said
        )


@pytest.mark.parametrize("type_", list(node_types()), ids=lambda type_: type_.__name__)
def test_the_generated_trees_have_every_node_type(type_: type[Node]) -> None:
    found = find(
        trees,
        lambda root: any(isinstance(node, type_) for node in walk(root)),
        settings=settings(phases=[Phase.generate], max_examples=2000, database=None),
    )
    assert read(show(found)) == found


def test_children_are_all_nodes_that_the_fields_hold() -> None:
    """Whoever walks a tree by `children` sees all of it."""

    def held(value: object) -> Iterator[Node]:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from held(item)

    samples = [*SAMPLES.values()]
    assert {type(node) for root in samples for node in walk(root)} == set(node_types())
    for root in samples:
        for node in walk(root):
            expected = [
                child
                for each in fields(node)
                if each.name != "origin"
                for child in held(getattr(node, each.name))
            ]
            assert list(children(node)) == expected


def _with(filters: str = "", reducer: str = "count()", right: str = ">= 1") -> Boolean:
    return read(f"event('Order Completed'){filters}.{reducer} {right}")


SAMPLES: dict[str, Boolean] = {
    "and": read("trait('age') > 3 AND trait('plan') = 'pro'"),
    "or": read("trait('age') > 3 OR trait('vip') = 'true'"),
    "not": read("NOT trait('age') > 3"),
    "any": read("ANY trait('age') > 3"),
    "all": read("ALL trait('age') > 3"),
    "trait": read("trait('age') > trait('average_order_value')"),
    "membership": read("trait('paying') = 'true'"),
    "where": _with(".where(property('total') > 5)"),
    "context": _with(".where(context('timestamp') > '2026-01-01')"),
    "within": _with(".within(7 days)"),
    "between": _with(".between(7 days, 10 days)"),
    "sources": _with(".sources({exclude: ['web']})"),
    "parent": _with(
        ".where(event('Product Added').where(property('sku') = property(parent: 'category'))"
        ".within(parent: 5 days).count() = 0)"
    ),
    "entity": read("entity('x').count() > 1"),
    **{
        method: _with(reducer=f"{method}(property('total'))")
        for method in ("sum", "avg", "max", "min", "first", "last")
    },
    "mode": _with(reducer="mode(property('total'), 2)"),
    "unique": _with(reducer="unique(property('total')).count()"),
    "as": _with(reducer="max(property('category') as string)", right="= 'Boots'"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_visitor_takes_it_or_refuses_it_by_name(name: str) -> None:
    root = SAMPLES[name]
    assert read(show(root)) == root
    assert describe(root, CATALOG)
    assert name_of(root, CATALOG)
    assert simplified(root)
    assert transformed(root, lambda node: node) == root
    checked = check(root, CATALOG)
    if name == "entity":
        assert [each.code for each in checked.problems] == ["not_supported"]
        return
    assert checked.bound is not None, checked.problems
    _exported(checked.bound)
    assert "SELECT" in sql.export(checked.bound, as_of=AS_OF)


class Unknown(Node):
    """A node that nobody knows."""


UNKNOWN: Any = Unknown()
PLACES: dict[str, Any] = {
    "boolean": UNKNOWN,
    "item": And((Comparison(Trait("a"), "exists"), UNKNOWN)),
    "negated": Not(UNKNOWN),
    "left": Comparison(UNKNOWN, "exists"),
    "value": Comparison(Trait("a"), "equals", (UNKNOWN,)),
    "filter": Comparison(
        Aggregate(Events("E", (UNKNOWN,)), Reducer("count")), "at_least", (Literal("1"),)
    ),
    "events": Comparison(Aggregate(UNKNOWN, Reducer("count")), "at_least", (Trait("a"),)),
    "operator": Comparison(Trait("a"), "near", (Literal("b"),)),
    "method": Comparison(
        Aggregate(Events("E"), Reducer("median", Property("p"))), "equals", (Literal("1"),)
    ),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("place", PLACES)
def test_what_nobody_knows_is_refused_everywhere(place: str) -> None:
    root = PLACES[place]
    if place != "method":  # any word can be written, only not read
        with pytest.raises((NotSupported, AttributeError)):
            show(root)
    with pytest.raises((NotSupported, AttributeError)):
        describe(root, CATALOG)
    assert not check(root, CATALOG).valid


# Any valid audience ---------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(user_audiences)
def test_any_user_audience(root: Boolean) -> None:
    _goes_through_everything(root, "users")


@settings(max_examples=60, deadline=None)
@given(account_audiences)
def test_any_account_audience(root: Boolean) -> None:
    _goes_through_everything(root, "accounts")


def _goes_through_everything(root: Boolean, type_: Any) -> None:
    checked = check(root, CATALOG, audience_type=type_)
    errors = [each for each in checked.problems if each.severity == "error"]
    if any(each.code == "too_many_expressions" for each in errors):
        return
    assert not errors
    assert checked.bound is not None
    text = show(root)
    for problem in checked.problems:
        assert problem.start is not None
        assert problem.end is not None
        assert 0 <= problem.start < problem.end <= len(text)
    english = describe(root, CATALOG, audience_type=type_)
    assert english.count("(") == english.count(")")
    assert "{" not in english
    assert 0 < len(name_of(root, CATALOG, audience_type=type_)) <= LONGEST_NAME
    assert description_of(root, CATALOG, audience_type=type_).endswith(".")
    bind(simplified(root), CATALOG, audience_type=type_)
    _exported(checked.bound)


@settings(max_examples=100, deadline=None)
@given(trees)
def test_any_tree_at_all_is_described_and_checked(root: Boolean) -> None:
    assert describe(root, CATALOG)
    checked = check(root, CATALOG)
    for problem in checked.problems:
        assert problem.message.endswith((".", "?"))
