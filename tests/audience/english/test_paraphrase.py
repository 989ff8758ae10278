"""Words of everyday English for which a workspace has no name, read as words that it has."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


@pytest.mark.parametrize(
    ("world", "prompt", "query", "said"),
    [
        (
            "rental",
            "people who lodged a claim that was approved",
            "event('Claim Sent').where(property('approved') = 'true').count() >= 1",
            "“lodged” is read as “send”.",
        ),
        (
            "rental",
            "users who popped in at the Boston store at least twice",
            "event('Store Visited').where(property('store') = 'Boston').count() >= 2",
            "“popped in” is read as “visit”.",
        ),
    ],
)
def test_what_nothing_here_is_called_is_read_as_what_something_is(
    world: str, prompt: str, query: str, said: str
) -> None:
    reading = read_prompt(request(world, prompt))
    assert reading.root is not None
    assert (reading.status, show(reading.root)) == ("draft", query)
    assert said in reading.assumptions


@pytest.mark.parametrize(
    ("world", "prompt"),
    [
        ("rental", "people who booked a Journey in the last 30 days"),  # a name, and no ride
        ("rental", "people who gave a livestream in the last 30 days"),
        ("rental", "people with two admissions in the last 30 days"),  # no pass that expired
    ],
)
def test_a_name_and_what_is_like_nothing_here_stay_open(world: str, prompt: str) -> None:
    assert read_prompt(request(world, prompt)).status != "draft"


def test_a_word_that_the_workspace_has_keeps_its_meaning() -> None:
    reading = read_prompt(request("rental", "people who reserved a motor boat in the last 30 days"))
    assert reading.root is not None
    assert not any("is read as" in each for each in reading.assumptions)
    assert show(reading.root) == (
        "event('Boat Reserved').where(property('boat_type') = 'motor').within(30 days).count() >= 1"
    )
