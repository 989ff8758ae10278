"""What a field tells makes no condition of its own, nor does what is to be done with the people."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("everybody who pays by direct debit", "trait('pay_method') = 'direct_debit'"),
        ("people paying their invoices in cash", "trait('pay_method') = 'cash'"),
        ("does not pay by direct debit", "NOT trait('pay_method') = 'direct_debit'"),
        ("still gets paper invoices", "trait('paperless') = 'false'"),
        ("customers on paperless invoices", "trait('paperless') = 'true'"),
        ("people who own their house", "trait('home') = 'O'"),
        ("a client of ours for more than 5 years", "trait('client_since').before_last(1825 days)"),
        ("invoice paid in the last 30 days", "event('Invoice Paid').within(30 days).count() >= 1"),
    ],
)  # fmt: skip
def test_told_by_the_field(prompt: str, query: str) -> None:
    assert drafted("waterworks", prompt) == query


@pytest.mark.parametrize(
    "clause",
    [
        "? we want to send them a card",
        ", so that we can call them",
        ". I'd like to offer them a 10% discount",
        ", to send them a letter about direct debit",
    ],
)
def test_what_is_to_be_done_with_them(clause: str) -> None:
    prompt = f"customers with a birthday in June{clause}"
    assert drafted("waterworks", prompt) == "trait('birth_date').anniversary_month(6)"


def test_a_birthday_takes_no_year_for_granted() -> None:
    reading = read_prompt(request("waterworks", "customers with a birthday in December"))
    assert (reading.status, reading.assumptions) == ("draft", ())


def test_what_was_sent_to_them() -> None:
    query = "event('Invoice Sent').within(30 days).count() >= 1"
    assert drafted("waterworks", "we sent them an invoice in the last 30 days") == query


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("telecom", "customers who speak French and have fiber"),  # no field of a language
        ("waterworks", "people who own a boat with a motor"),
    ],
)
def test_what_no_field_tells(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status != "draft"


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        (
            "gym",
            "members who hit an error more than 3 times this month",
        ),  # no payment that was dishonoured
        ("furniture", "logged in more than $20 times"),
    ],
)
def test_what_is_only_like_it(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status != "draft"
