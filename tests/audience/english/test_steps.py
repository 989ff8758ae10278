"""One thing done after another: one test for each way of saying it."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from tests.audience.english.worlds import request

STEPS = [
    ("store", "people who were sent an email and did not open it within 3 days",
     "event('Email Delivered').where(event('Email Opened').within(parent: 3 days).count() = 0).count() >= 1"),
    ("store", "added something to the cart and the order was not completed within 2 days",
     "event('Product Added').where(event('Order Completed').within(parent: 2 days).count() = 0).count() >= 1"),
    ("store", "opened an email, no order placed within 24 hours of it",
     "event('Email Opened').where(event('Order Completed').within(parent: 24 hours).count() = 0).count() >= 1"),
    ("store", "opened an email but made no purchase in the 3 days after opening",
     "event('Email Opened').where(event('Order Completed').within(parent: 3 days).count() = 0).count() >= 1"),
    ("store", "customers who got a refund and no order followed within 30 days",
     "event('Order Refunded').where(event('Order Completed').within(parent: 30 days).count() = 0).count() >= 1"),
    ("store", "refunded orders followed by another order within 60 days",
     "event('Order Refunded').where(event('Order Completed').within(parent: 60 days).count() >= 1).count() >= 1"),
    ("store", "signed up, then ordered no more than 10 days later",
     "event('Signed Up').where(event('Order Completed').within(parent: 10 days).count() >= 1).count() >= 1"),
    ("store", "viewed bags and then bought the same brand within 7 days",
     "event('Product Viewed').where(property('category') = 'Bags' AND"
     " event('Order Completed').where(property('brand') = property(parent: 'brand')).within(parent: 7 days).count() >= 1).count() >= 1"),
    ("store", "ordered within an hour after opening an email",
     "event('Email Opened').where(event('Order Completed').within(parent: 1 hour).count() >= 1).count() >= 1"),
    ("museum", "joined a tour and bought a ticket within 5 days of that tour",
     "event('Tour Joined').where(event('Ticket Bought').within(parent: 5 days).count() >= 1).count() >= 1"),
    ("clinic", "attended an appointment, then another within 30 days",
     "event('Appointment Attended').where(event('Appointment Attended').within(parent: 30 days).count() >= 1).count() >= 1"),
]  # fmt: skip

ASKED = [
    ("store", "customers who did not order within 30 days after their first order"),
    ("store", "viewed bags and then bought the same season within 7 days"),
]


@pytest.mark.parametrize(("workspace", "prompt", "query"), STEPS)
def test_steps(workspace: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query


@pytest.mark.parametrize(("workspace", "prompt"), ASKED)
def test_steps_that_no_condition_holds(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status != "draft"
