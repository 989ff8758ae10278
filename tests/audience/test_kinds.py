"""Dynamic or Dynamic Plus, and what is written otherwise so that it is Dynamic."""

from __future__ import annotations

import pytest

from audience.kinds import kind_of, simplified
from audience.printer import show
from audience.query import Comparison, Not, Or, Origin, Span, conditions, with_origin
from audience.reader import read
from audience.validator import check
from tests.audience.small_catalog import CATALOG


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("trait('plan') = 'pro'", "dynamic"),
        ("NOT trait('plan') = 'pro'", "dynamic"),
        (
            "trait('plan') = 'pro' AND NOT trait('age') > 3 AND trait('country').one_of('Spain')",
            "dynamic",
        ),
        ("NOT NOT trait('plan') = 'pro'", "dynamic_plus"),
        ("NOT (trait('plan') = 'pro' AND trait('age') > 3)", "dynamic_plus"),
        ("trait('plan') = 'pro' AND (trait('age') > 3 AND trait('vip') = 'true')", "dynamic_plus"),
        ("trait('plan') = 'pro' OR trait('plan') = 'free'", "dynamic_plus"),
        ("event('Page Viewed').count() = 0", "dynamic_plus"),
        ("trait('big_spenders') = 'true'", "dynamic_plus"),
        ("ANY trait('plan') = 'pro'", "dynamic_plus"),
    ],
)
def test_kind_as_written(query: str, kind: str) -> None:
    assert check(query, CATALOG).kind == kind


def test_account_audiences_are_plus() -> None:
    assert check("trait('seats') > 3", CATALOG, audience_type="accounts").kind == "dynamic_plus"


@pytest.mark.parametrize(
    ("query", "simpler"),
    [
        ("trait('a') = 'x' OR trait('a') = 'y'", "trait('a').one_of('x', 'y')"),
        ("trait('a') = 'x' OR trait('a').one_of('y', 'x')", "trait('a').one_of('x', 'y')"),
        ("trait('a').contains('x') OR trait('a').contains('y')", "trait('a').contains('x', 'y')"),
        ("trait('a') = 'x' OR trait('a') = 'x'", "trait('a') = 'x'"),
        (
            "NOT (trait('a') = 'x' OR trait('b') = 'y')",
            "NOT trait('a') = 'x' AND NOT trait('b') = 'y'",
        ),
        ("NOT (trait('a') = 'x' OR trait('a') = 'y')", "NOT trait('a').one_of('x', 'y')"),
        ("NOT NOT trait('a') = 'x'", "trait('a') = 'x'"),
        (
            "trait('c').exists() AND (trait('a') = 'x' OR trait('a') = 'y')",
            "trait('c').exists() AND trait('a').one_of('x', 'y')",
        ),
        (
            "trait('a').exists() AND (trait('b').exists() AND trait('c').exists())",
            "trait('a').exists() AND trait('b').exists() AND trait('c').exists()",
        ),
    ],
)
def test_simplified_is_dynamic(query: str, simpler: str) -> None:
    tree = simplified(read(query))
    assert show(tree) == simpler
    assert kind_of(tree, "users") == "dynamic"


@pytest.mark.parametrize(
    "query",
    [
        "trait('a') = 'x' OR trait('b') = 'y'",
        "trait('a') = 'x' OR trait('a') > 3",
        "trait('a') != 'x' OR trait('a') != 'y'",
        "trait('a') = trait('b') OR trait('a') = 'x'",
        "NOT (event('E').count() = 0 OR trait('a') = 'x')",
        "event('E').where(property('p') = 1 OR property('p') = 2).count() > 1",
    ],
)
def test_simplified_leaves_the_rest_alone(query: str) -> None:
    assert simplified(read(query)) == read(query)


def test_simplified_keeps_the_words_of_each_value() -> None:
    first, second = conditions(read("trait('a') = 'x' OR trait('a') = 'y'"))
    tree = simplified(
        Or(
            (
                with_origin(first, Origin(0, (Span(10, 12),))),
                with_origin(second, Origin(0, (Span(3, 5),))),
            )
        )
    )
    assert isinstance(tree, Comparison)
    assert tree.origin == Origin(0, (Span(3, 5), Span(10, 12)))


def test_simplified_keeps_the_words_of_a_not() -> None:
    inner = read("trait('a') = 'x' OR trait('b') = 'y'")
    tree = simplified(Not(inner, origin=Origin(0, (Span(0, 4),))))
    assert len(conditions(tree)) == 2
    assert all(each.origin.spans for each in conditions(tree))
