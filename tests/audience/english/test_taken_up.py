"""How much is taken of what there is, a date of renewal, and what a part of a field would be."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

DRAFTS = [
    ("companies whose rooms are fully used", "trait('rooms_used') >= trait('rooms_booked')"),
    ("companies that have used all their rooms", "trait('rooms_used') >= trait('rooms_booked')"),
    ("companies with no free rooms", "trait('rooms_used') >= trait('rooms_booked')"),
    ("companies with unused rooms", "trait('rooms_used') < trait('rooms_booked')"),
    ("companies whose rooms are not all taken", "trait('rooms_used') < trait('rooms_booked')"),
    ("companies over their room limit", "trait('rooms_used') > trait('rooms_booked')"),
    ("companies using more rooms than they pay for", "trait('rooms_used') > trait('rooms_booked')"),
    ("companies with fewer cooks than waiters", "trait('cooks') < trait('waiters')"),
    ("companies with rooms used below the rooms booked they pay for",
     "trait('rooms_used') < trait('rooms_booked')"),
    ("companies whose contract comes up for renewal in the next 30 days",
     "trait('renewal_date').within_next(30 days)"),
    ("companies whose subscription renews in the next 30 days",
     "trait('renewal_date').within_next(30 days)"),
    ("companies with 50 or more rooms", "trait('rooms_booked') >= 50"),
    ("companies paying for more than 5 rooms", "trait('rooms_booked') > 5"),
    ("companies with more than 5 rooms in use", "trait('rooms_used') > 5"),
    ("companies paying yearly", "trait('billing') = 'annual'"),
    ("companies billed monthly", "trait('billing') = 'monthly'"),
    ("companies that do not pay us monthly", "NOT trait('billing') = 'monthly'"),
    ("companies on a yearly contract", "trait('billing') = 'annual'"),
    ("companies with a renewal date in the past", "trait('renewal_date') < '2026-09-10'"),
    ("companies whose renewal date has passed", "trait('renewal_date') < '2026-09-10'"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "query"), DRAFTS)
def test_what_is_taken_and_what_renews(prompt: str, query: str) -> None:
    assert drafted("taken", prompt) == query


def test_a_part_of_a_field_is_no_bound() -> None:
    reading = read_prompt(request("taken", "companies using less than half of their rooms"))
    assert reading.status == "clarify"
    assert reading.question is not None
    assert "not against a part" in reading.question.text


def test_a_contract_that_began_has_not_expired() -> None:
    reading = read_prompt(request("taken", "companies whose lease has expired"))
    assert reading.status != "draft"
