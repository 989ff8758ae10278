"""What a number before a noun counts, and verbs that are no evidence of what was done."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

CATALOG = Catalog(
    events=(
        EventField(
            "Bill Issued",
            "bill_issued",
            (
                PropertyField("Bill Issued", "amount", "amount", "number", "Amount in euros", seen=SEEN),
                PropertyField("Bill Issued", "kwh", "kwh", "number", "Kilowatt hours billed", seen=SEEN),
            ),
            "A bill was issued",
            seen=SEEN,
        ),
        EventField(
            "Invoice Paid",
            "invoice_paid",
            (PropertyField("Invoice Paid", "amountUsd", "amount_usd", "number", seen=SEEN),),
            seen=SEEN,
        ),
        EventField(
            "pts_posted",
            "pts_posted",
            (
                PropertyField(
                    "pts_posted", "source", "source", "text", "What they were earned with", seen=SEEN,
                    stats=ValueStats(values=("stay", "spa"), complete=True, distinct=2),
                ),
            ),
            "Points were earned",
            seen=SEEN,
        ),
    ),
    user_traits=(),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who were issued at least 4 bills", "event('Bill Issued').count() >= 4"),
        ("billed at least 500 kWh", "event('Bill Issued').sum(property('kwh')) >= 500"),
        ("paid exactly one invoice", "event('Invoice Paid').count() = 1"),
        ("paid more than one invoice", "event('Invoice Paid').count() > 1"),
    ],
)
def test_a_number_counts_the_noun_behind_it(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


def test_a_rating_never_given_is_no_points_never_earned() -> None:
    assert _read("people who never rated a stay").status != "draft"
