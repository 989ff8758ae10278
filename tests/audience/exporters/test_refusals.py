"""What a target cannot say is refused by name; what it reckons otherwise is said."""

from __future__ import annotations

from types import ModuleType

import pytest

from audience.exporters import hubspot, klaviyo
from audience.problems import NotSupported
from tests.audience.exporters.exports import body, klaviyo_conditions, notes


@pytest.mark.parametrize("target", [klaviyo, hubspot], ids=["klaviyo", "hubspot"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ANY trait('plan') = 'pro'", "accounts"),
        ("event('Order Completed').sum(property('total')) > 5", "sum"),
        ("event('Order Completed').unique(property('total')).count() > 5", "unique"),
        ("event('Order Completed').sources({exclude: ['web']}).count() > 5", "sources"),
        (
            "event('Order Completed').where(property('total') > trait('age')).count() > 5",
            "another field",
        ),
        ("trait('age') > trait('average_order_value')", "another field"),
        ("event('Order Completed').count() > trait('age')", "field"),
        ("event('Order Completed').where(trait('age') > 3).count() > 5", "inside the where"),
        (
            "event('Page Viewed').where(event('Email Opened').within(parent: 5 days).count() > 0).count() > 5",
            "inside the where",
        ),
        (
            "event('Page Viewed').where(context('timestamp') >= '2026-01-01').count() > 5",
            "at_least",
        ),
        ("trait('interests').contains('ski')", "interests"),
        ("NOT trait('birthday').anniversary_month(5)", "anniversary_month"),
    ],
)
def test_refused_by_name(target: ModuleType, query: str, words: str) -> None:
    with pytest.raises(NotSupported, match=words):
        body(target, query)


@pytest.mark.parametrize(
    ("target", "query", "words"),
    [
        (klaviyo, "trait('birthday').after_next(3 days)", "after_next"),
        (klaviyo, "NOT trait('lastSeenAt').within_last(3 days)", "NOT within_last"),
        (
            klaviyo,
            "event('Order Completed').where(property('due') > '2026-01-01').count() > 0",
            "due",
        ),
        (hubspot, "trait('birthday').anniversary_within_next(3 days)", "anniversary_within_next"),
        (hubspot, "NOT trait('address_city').starts_with('a')", "NOT starts_with"),
        (hubspot, "event('Page Viewed').within(7 days).count() >= 2", "together with when"),
        (hubspot, "event('Page Viewed').within(36 hours).count() >= 1", "whole days"),
        (hubspot, "event('Page Viewed').count() >= 0", "at_least 0 times"),
        (hubspot, "event('Page Viewed').count() < 0", "less_than 0 times"),
    ],
)
def test_refused_by_one(target: ModuleType, query: str, words: str) -> None:
    with pytest.raises(NotSupported, match=words):
        body(target, query)


def test_the_condition_that_is_refused_is_named() -> None:
    query = "trait('age') > 3 AND event('Page Viewed').within(7 days).count() >= 2"
    with pytest.raises(NotSupported) as refused:
        body(hubspot, query)
    assert refused.value.message.endswith(
        "The condition is: Page Viewed at least 2 times in the last 7 days."
    )


def test_normal_forms_are_capped_and_that_is_said() -> None:
    pairs = [f"(trait('age') > {i} OR trait('average_order_value') > {i})" for i in range(10)]
    with pytest.raises(NotSupported, match="groups of conditions; 100 is the most"):
        body(hubspot, " AND ".join(pairs))
    assert len(klaviyo_conditions(" AND ".join(pairs))) == 10


def test_what_differs_is_said() -> None:
    assert "ids of your metrics" in notes(klaviyo, "event('Page Viewed').count() > 1")
    assert "time zone" in notes(klaviyo, "trait('lastSeenAt').within_last(7 days)")
    assert "capital" in notes(hubspot, "trait('plan') = 'pro'")
    assert "midnight" in notes(hubspot, "trait('birthday').within_last(7 days)")
    assert notes(klaviyo, "trait('age') > 3") == notes(hubspot, "trait('age') > 3") == ""
