"""Query text → tree, and what is said of text that cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audience.operators import OPERATORS
from audience.problems import InvalidQuery, Problem
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    Comparison,
    Duration,
    Events,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
    Span,
    Trait,
    Where,
    Within,
    conditions,
    walk,
)
from audience.reader import MOST_CHARACTERS, MOST_LEVELS, read


def problem_of(text: str) -> Problem:
    with pytest.raises(InvalidQuery) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert problem.severity == "error"
    return problem


def test_a_whole_tree() -> None:
    text = "event('Order Completed').where(property('total') >= 100).within(7 days).count() >= 1"
    where = Where(Comparison(Property("total"), "at_least", (Literal("100"),)))
    assert isinstance(where.condition, Comparison)
    tree = read(text)
    assert isinstance(tree, Comparison)
    assert isinstance(tree.left, Aggregate)
    assert isinstance(tree.left.events, Events)
    assert [type(each) for each in tree.left.events.filters] == [Where, Within]
    assert tree.left.events.filters[1] == Within(Duration(7, "day"))
    assert tree.left.reducer == Reducer("count")


def test_precedence() -> None:
    a, b, c = (Comparison(Trait(name), "exists") for name in "abc")
    assert read("trait('a').exists() OR trait('b').exists() AND trait('c').exists()") == Or(
        (a, And((b, c)))
    )
    assert read("NOT trait('a').exists() AND trait('b').exists()") == And((Not(a), b))
    assert read("NOT NOT trait('a').exists()") == Not(Not(a))
    assert read("ALL NOT trait('a').exists()") == AllUsers(Not(a))


@pytest.mark.parametrize("row", OPERATORS.values(), ids=lambda row: row.key)
def test_every_operator_is_read_by_its_method(row: object) -> None:
    from audience.operators import Operator

    assert isinstance(row, Operator)
    values = {"duration": "7 days", "month": "5"}.get(row.value, "'a'")
    tree = read(f"trait('t').{row.key}({values if row.arity[1] != 0 else ''})")
    assert isinstance(tree, Comparison)
    assert tree.operator == row.key
    if row.symbol:
        assert read(f"trait('t') {row.symbol} 'a'") == tree


def test_every_node_knows_its_place() -> None:
    text = "  trait('a') = 'x'  AND (NOT event('E').within(7 days).count() >= 1)"
    places = {type(node).__name__: node.origin.spans[0] for node in walk(read(text))}
    assert text[slice(*places["Trait"])] == "trait('a')"
    assert text[slice(*places["Within"])] == "within(7 days)"
    assert text[slice(*places["Not"])] == "NOT event('E').within(7 days).count() >= 1"
    assert places["And"] == Span(2, len(text))
    assert all(node.origin.turn == 0 for node in walk(read(text)))


def test_conditions_are_leaves_with_their_not() -> None:
    tree = read(
        "trait('a').exists() AND NOT event('E').where(property('p') = 1).count() >= 1 "
        "OR NOT (trait('b').exists() AND trait('c').exists())"
    )
    assert [type(each) for each in conditions(tree)] == [Comparison, Not, Comparison, Comparison]


@pytest.mark.parametrize(
    ("text", "place", "words", "suggestion"),
    [
        ("", "", "empty", None),
        ("  \n ", "  \n ", "empty", None),
        ("trait(plan) = 'x'", "plan", "quotes", "'plan'"),
        ("trait('plan') = true", "true", "quotes", "'true'"),
        ("trait('plan')", "", "comparison", None),
        ("event('x').count()", "", "comparison", None),
        ("event('x')", "", ".count()", None),
        ("event('x').counts() > 1", "counts", "not a word", "count"),
        ("event('x').within(2 weeks).count() > 1", "weeks", "hours or days", "14 days"),
        ("event('x').within(1.5 days).count() > 1", ".5", "hours or days", None),
        ("trait('x').contians('a')", "contians", "", "contains"),
        ("trait(‘x’) = ‘y’", "‘", "straight quotes", "trait('x') = 'y'"),
        ("trait('x = 3", "'x = 3", "never closed", None),
        ("trait('x') = 'a' && trait('y') = 'b'", "&&", "AND", "AND"),
        ("trait('x') <> 3", ">", "", "!="),
        ("(trait('x') = 3", "", "closing bracket", ")"),
        ("trait('x') = 3)", ")", "no opening", None),
        ("trait('x') = 5.count()", ".count", "Nothing may follow", None),
        ("trait('x') = 5 trait('y') = 3", "trait", "AND", None),
        ("trait('x').within_last('7 days')", "'7 days'", "whole number", None),
        ("trait('x').one_of()", ")", "a value", None),
        ("country = 'US'", "country", "a condition", "trait('country')"),
        ("trait('x') = event('e').count()", "event", "on its right", None),
        ("trait('x') at_most 3", "at_most", "a comparison", "<="),
        ("trait('x') contains 'a'", "contains", "a comparison", ".contains"),
        ("trait('x').between(3, 4)", "between", "for events", None),
        ("event('e').sum('total') > 3", "'total'", "property", "property('total')"),
        ("trait('x').anniversary_month(May)", "May", "from 1 to 12", None),
        ("'a' = trait('x')", "'a'", "a condition", None),
        ("SELECT * FROM users", "SELECT", "a condition", None),
        ("trait('x') = 'a\x00b'", "\x00", "U+0000", None),
        ("trait('x') = '\ud800'", "\ud800", "U+D800", None),
        ("trait('x') = 'a' 😀", "😀", "AND", None),
    ],
)
def test_syntax_errors_say_where_and_what_would_help(
    text: str, place: str, words: str, suggestion: str | None
) -> None:
    problem = problem_of(text)
    assert problem.code == "syntax"
    assert problem.start is not None
    assert text[problem.start : problem.end] == place
    assert words in problem.message
    if suggestion is not None:
        assert suggestion in problem.suggestions


def test_depth_has_an_end_and_brackets_do_not_count() -> None:
    leaf = "trait('a').exists()"
    assert read("(" * 1000 + leaf + ")" * 1000) == read(leaf)
    assert problem_of("NOT " * 1000 + leaf).code == "too_deep"
    assert problem_of("(" * 1000).code == "syntax"
    assert isinstance(read("NOT " * (MOST_LEVELS - 1) + leaf), Not)
    where = leaf
    for _ in range(MOST_LEVELS + 1):
        where = f"event('E').where({where}).count() > 0"
    assert problem_of(where).code == "too_deep"


def test_length_has_an_end() -> None:
    name = "x" * 10_000
    tree = read(f"trait('{name}') = '{name}'")
    assert isinstance(tree, Comparison)
    assert tree.left == Trait(name)
    problem = problem_of("trait('a') = 'b' AND " * MOST_CHARACTERS)
    assert problem.code == "too_long"


def test_dates_are_not_taken_for_numbers() -> None:
    moment = "2023-08-25T02:00:00.123-07:00"
    for text in ("2023-08-25", "2023", moment):
        tree = read(f"trait('d') = {text} AND trait('d') > {text}")
        assert isinstance(tree, And)
        assert [each.values[0] for each in tree.items if isinstance(each, Comparison)] == [
            Literal(Decimal(text) if text == "2023" else text)
        ] * 2


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    problem = problem_of(f"trait('n') = {'9' * 5000}")
    assert problem.code == "syntax"
    assert "30 digits" in problem.message
    assert problem.end == len(f"trait('n') = {'9' * 5000}")


def test_a_length_of_time_of_thousands_of_digits_is_read() -> None:
    tree = read(f"trait('d').within_last({'9' * 5000} days)")
    assert isinstance(tree, Comparison)
    assert isinstance(tree.values[0], Duration)
    assert tree.values[0].amount > 10**8


_PIECES = [
    "trait('a')", "event('E')", ".count()", " = ", " >= ", "5", "'x'", "(", ")", " AND ", " OR ", "NOT ",
    ".where(", ".within(7 days)", "property('p')", ".exists()", ",", "{", "2023-08-25", '"', "'", "\\",
    "days", "😀", " ANY ", "max", "as string", ".", "-",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(max_size=30))
def test_any_text_gives_a_tree_or_one_problem_within_it(text: str) -> None:
    try:
        read(text)
    except InvalidQuery as error:
        (problem,) = error.problems
        assert problem.start is not None
        assert problem.end is not None
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message.endswith((".", "]"))
