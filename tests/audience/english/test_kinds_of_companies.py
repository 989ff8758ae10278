"""Who is spoken of in a prompt about companies: kinds of them, people who are called something, how many."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request

SENT = "event('Ticket Sent').count() >= 1"
DRAFTS = [
    ("companies with no steward at all", "NOT ANY trait('isSteward') = 'true'"),
    ("companies where a steward sent a ticket", f"ANY (trait('isSteward') = 'true' AND {SENT})"),
    ("companies where a cook sent a ticket", f"ANY (trait('post') = 'cook' AND {SENT})"),
    ("companies where a cook or a waiter sent a ticket",
     f"ANY (trait('post').one_of('cook', 'waiter') AND {SENT})"),
    ("companies whose users all sent a ticket", f"ALL {SENT}"),
    ("guest houses in the North with over 100 people",
     "trait('branch') = 'Guest House' AND trait('region') = 'North' AND trait('headcount') > 100"),
    ("guest houses where nobody sent a ticket", f"trait('branch') = 'Guest House' AND NOT ANY {SENT}"),
    ("accounts in the North with fewer than 20 people",
     "trait('region') = 'North' AND trait('headcount') < 20"),
    ("companies that became customers in 2023",
     "trait('customer_since') >= '2023-01-01' AND trait('customer_since') <= '2023-12-31'"),
    ("companies with somebody on a kosher diet", "ANY trait('diet') = '2'"),
    ("companies in Dale North with over 20 people", "trait('zone') = 'DALE-N' AND trait('headcount') > 20"),
    ("accounts without a caretaker", "trait('caretaker').absent()"),
    ("accountancy firms in the North", "trait('branch') = 'Accounting' AND trait('region') = 'North'"),
    ("clients with a yearly rent over 500 in the North",
     "trait('yearly_rent') > 500 AND trait('region') = 'North'"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "query"), DRAFTS)
def test_who_is_spoken_of(prompt: str, query: str) -> None:
    reading = read_prompt(request("houses", prompt))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert (reading.type, show(reading.root)) == ("accounts", query)


@pytest.mark.parametrize(
    "prompt",
    [
        "companies where at least 3 users sent a ticket",
        "companies with more than one steward",
        "companies in the North where most users sent a ticket",
        "companies with fewer than 10 people who sent a ticket",
    ],
)
def test_users_are_not_counted(prompt: str) -> None:
    reading = read_prompt(request("houses", prompt))
    assert reading.problem is not None
    assert reading.problem.code == "impossible"
    assert "not how many" in reading.problem.message


def test_what_is_known_of_a_company_chooses_none_of_its_users() -> None:
    reading = read_prompt(request("houses", "users at companies with over 100 people in them"))
    assert reading.status != "draft"
    reading = read_prompt(request("houses", "users at companies with a yearly rent"))
    assert reading.problem is not None
    assert reading.problem.code == "unsupported_audience_type"
