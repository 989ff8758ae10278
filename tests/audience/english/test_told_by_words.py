"""What only the words of a description tell: codes, flags, sides of a change, the first of two events."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


def _drafted(prompt: str) -> str | None:
    reading = read_prompt(request("utility", prompt))
    return show(reading.root) if reading.status == "draft" and reading.root is not None else None


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("renters who live in Galway", "trait('tenure') = 'R' AND trait('town') = 'Galway'"),
        ("people in Cork who own their home", "trait('town') = 'Cork' AND trait('tenure') = 'O'"),
        ("hybrid car drivers in Cork", "trait('hybrid_owner') = 'true' AND trait('town') = 'Cork'"),
        ("in Galway but no panels on the roof",
         "trait('town') = 'Galway' AND NOT trait('roof_panels') = 'true'"),
        ("people in Cork who owe us money", "trait('town') = 'Cork' AND trait('debt_total') > 0"),
        ("a customer of ours for more than 5 years", "trait('began_on').before_last(1825 days)"),
    ],
)  # fmt: skip
def test_what_is_known_of_people(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("switched away from the green rate in the last 90 days",
         "event('Rate Switched').where(property('from_rate') = 'Green Fixed').within(90 days).count() >= 1"),
        ("moved to the standard rate this week",
         "event('Rate Switched').where(property('to_rate') = 'Standard Variable' AND"
         " context('timestamp') >= '2026-09-07' AND context('timestamp') < '2026-09-14').count() >= 1"),
        ("switched from pay as you go to green fixed",
         "event('Rate Switched').where(property('from_rate') = 'Pay As You Go' AND"
         " property('to_rate') = 'Green Fixed').count() >= 1"),
    ],
)  # fmt: skip
def test_the_sides_of_a_change(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("bills adding up to more than 500 in the last 365 days",
         "event('Bill Issued').within(365 days).sum(property('amount')) > 500"),
        ("paid bills of over 100 in total", "event('Bill Paid').sum(property('amount')) > 100"),
        ("people whose latest contact was by chat",
         "event('Help Contacted').last(property('channel')) = 'chat'"),
        ("told us that they are moving to Cork",
         "event('Move Announced').where(property('new_town') = 'Cork').count() >= 1"),
    ],
)  # fmt: skip
def test_what_was_done(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("world", "prompt", "query"),
    [
        ("motor", "people who got their licence after 2015", "trait('licence_since') >= '2016-01-01'"),
        ("rental", "gave feedback with a score of 1 or 2",
         "event('Feedback Given').where(property('score') >= 1 AND property('score') <= 2).count() >= 1"),
    ],
)  # fmt: skip
def test_small_words_of_a_number(world: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(world, prompt))
    assert reading.root is not None
    assert (reading.status, show(reading.root)) == ("draft", query)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("bought a coat with a voucher in the last 30 days",
         "event('Order Placed').where(property('item') = 'coat' AND property('voucher').exists())"
         ".within(30 days).count() >= 1"),
        ("who ordered a scarf and paid by card?",
         "event('Order Placed').where(property('item') = 'scarf' AND property('payment_method') = 'card')"
         ".count() >= 1"),
        ("people who ordered a scarf and ordered a coat",
         "event('Order Placed').where(property('item') = 'scarf').count() >= 1 AND"
         " event('Order Placed').where(property('item') = 'coat').count() >= 1"),
        ("members who joined tastings through Booking",
         "event('Tasting Joined').where(property('way') = 'booking.com').count() >= 1"),
        ("members who placed a second order", "event('Order Placed').count() >= 2"),
        ("members who placed their third order this month",
         "event('Order Placed').count() >= 3 AND"
         " event('Order Placed').where(context('timestamp') < '2026-09-01').count() < 3"),
        ("their last tasting had a score of 4 or 5",
         "event('Tasting Joined').last(property('score')) >= 4 AND"
         " event('Tasting Joined').last(property('score')) <= 5"),
        ("members who invited nobody in the last 30 days",
         "event('Friend Invited').within(30 days).count() = 0"),
    ],
)  # fmt: skip
def test_one_thing_done_is_one_condition(prompt: str, query: str) -> None:
    reading = read_prompt(request("boutique", prompt))
    assert reading.root is not None
    assert (reading.status, show(reading.root)) == ("draft", query)


@pytest.mark.parametrize(
    "prompt",
    [
        "members who placed a second order over 100 dollars",  # the second one, or two of them?
        "members who ordered for the third time this year",  # of all, or of this year's?
        "members who joined tastings booked by phone",  # not through booking.com
        "members who sent a coat back in the last 30 days",
        "members who sent back a coat in the last 30 days",  # no order, and nothing returned here
    ],
)
def test_which_one_is_asked(prompt: str) -> None:
    assert read_prompt(request("boutique", prompt)).status == "clarify"


@pytest.mark.parametrize(
    "prompt",
    [
        "switched from the Fixed Price rate this year",  # no rate is called so
        "people in Cork who own a green home",
    ],
)
def test_what_is_not_said_stays_open(prompt: str) -> None:
    assert _drafted(prompt) is None


def test_with_whom_something_was_done_is_not_known_of_who_did_it() -> None:
    reading = read_prompt(
        request("utility", "told us of a move to Cork and shared it with friends")
    )
    assert reading.status == "clarify"
