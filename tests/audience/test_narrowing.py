"""Filters on the rows of an event that others take in are not asked twice."""

from __future__ import annotations

import pytest

from audience.compiler.narrowing import widest
from audience.query import Aggregate, Comparison, Events, Node, Where
from audience.reader import read


def asked(where: str) -> tuple[Node, ...]:
    """The filters of an event, its `where` taken apart as a whole."""
    root = read(f"event('E').{where}.count() >= 1")
    assert isinstance(root, Comparison)
    assert isinstance(root.left, Aggregate)
    assert isinstance(root.left.events, Events)
    filters = root.left.events.filters
    return tuple(each.condition if isinstance(each, Where) else each for each in filters)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (["where(property('a') > 1)", "where(property('a') > 2)"], [0]),
        (["where(property('a') > 2)", "where(property('a') > 1)"], [1]),
        (["where(property('a') <= 2)", "where(property('a') <= 2.5)"], [1]),
        (["where(property('a') > 2)", "where(property('a') >= 1)"], [0, 1]),
        (["where(property('a') > 2)", "where(property('b') > 1)"], [0, 1]),
        (["where(property('a') = 2)", "where(property('a') = 1)"], [0, 1]),
        (["where(property('a') > '20')", "where(property('a') > '3')"], [0, 1]),
        (["within(7 days)", "within(30 days)", "within(36 hours)"], [1]),
        (["within(parent: 7 days)", "within(30 days)"], [0, 1]),
        (["between(1 day, 7 days)", "within(7 days)"], [0, 1]),
        (["where(property('a') > 2).within(7 days)", "within(8 days)"], [1]),
        (["where(property('a') > 2).within(9 days)", "within(8 days)"], [0, 1]),
        (["where(property('a') = 'x')", "where(property('a') = 'x')"], [0]),
    ],
)
def test_what_another_takes_in_is_left_out(filters: list[str], kept: list[int]) -> None:
    alternatives = [asked(each) for each in filters]
    assert widest(alternatives) == [alternatives[each] for each in kept]
