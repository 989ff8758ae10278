"""What a field is called by where its name says nothing."""

from __future__ import annotations

import pytest

from audience.english.titles import title
from tests.audience.english.worlds import drafted


@pytest.mark.parametrize(
    ("name", "description", "called"),
    [
        ("evt_17", "Order completed: at the till or online", "order completed"),
        ("EV_88", "A gift voucher was bought", "gift voucher bought"),
        ("zq_4", "Price in euros", "price"),
        ("zq_5", "What it was about", ""),
        ("zq_6", "M = monthly, J = yearly", ""),
        ("zq_7", "Predicted chance of leaving at the next renewal for another provider", ""),
        ("clinic", "Where the client is registered", ""),
        ("zq_8", "", ""),
    ],
)
def test_title(name: str, description: str, called: str) -> None:
    assert title(name, description) == called


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who booked a berth in the last 30 days", "event('zx_1').within(30 days).count() >= 1"),
        ("people who booked a berth for at least 3 nights",
         "event('zx_1').where(property('q1') >= 3).count() >= 1"),
        ("people who started a boat wash twice", "event('zx_2').count() = 2"),
        ("people who never finished a boat wash", "event('zx_3').count() = 0"),
        ("people whose berth class is silver", "trait('k_1') = 'silver'"),
        ("people with more than 200 harbour points", "trait('k_2') > 200"),
        ("people whose lease ends in the next 30 days", "trait('k_3').within_next(30 days)"),
    ],
)  # fmt: skip
def test_fields_are_found_by_what_they_are_called(prompt: str, query: str) -> None:
    assert drafted("titled", prompt) == query
