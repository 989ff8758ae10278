"""What people did, told in turns of phrase, in the past of a noun, and with its money and its window."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.english.literals import literals
from tests.audience.english.worlds import AS_OF, drafted, request


@pytest.mark.parametrize(
    ("workspace", "prompt", "query"),
    [
        (
            "transit",
            "people whose last ride was over 30 days ago",
            "trait('last_ride_on').before_last(30 days)",
        ),
        ("harbour", "members whose card was declined", "event('Payment Failed').count() >= 1"),
        (
            "harbour",
            "members whose payment did not go through",
            "event('Payment Failed').count() >= 1",
        ),
        (
            "furniture",
            "customers with an order of 100 or more",
            "event('purchase').where(property('value') >= 100).count() >= 1",
        ),
        (
            "furniture",
            "people with an order over 100 that used a coupon",
            "event('purchase').where(property('value') > 100 AND property('coupon').exists()).count() >= 1",
        ),
        (
            "furniture",
            "people who filled their cart at least twice",
            "event('add_to_cart').count() >= 2",
        ),
        (
            "furniture",
            "people who used a discount code last month",
            "event('purchase').where(property('coupon').exists() AND context('timestamp') >= "
            "'2026-08-01' AND context('timestamp') < '2026-09-01').count() >= 1",
        ),
        (
            "furniture",
            "people who used a coupon on an order over 50",
            "event('purchase').where(property('coupon').exists() AND property('value') > 50).count() >= 1",
        ),
        ("clinic", "people who never showed up", "event('Appointment Missed').count() >= 1"),
        (
            "clinic",
            "people who didn't turn up in the last 30 days",
            "event('Appointment Missed').within(30 days).count() >= 1",
        ),
    ],
)
def test_what_was_done_in_other_words(workspace: str, prompt: str, query: str) -> None:
    assert drafted(workspace, prompt) == query


def test_at_least_belongs_to_the_number_of_times_behind_it() -> None:
    found = literals("a week at least twice", as_of=AS_OF, timezone="UTC")
    assert found[-1].text == "at least twice"


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("furniture", "added an item to the cart but never bought it"),
    ],
)
def test_that_one_thing_is_asked_about(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status == "clarify"
