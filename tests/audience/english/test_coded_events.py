"""Events whose names say nothing: what was done stands in their descriptions."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who ordered at least twice", "event('EV_1').count() >= 2"),
        ("people who never bought anything", "event('EV_1').count() = 0"),
        ("people who bought a gift card", "event('EV_2').count() >= 1"),
        ("people who returned an order", "event('EV_3').count() >= 1"),
    ],
)
def test_the_event_is_the_one_that_tells_no_more_than_was_said(prompt: str, query: str) -> None:
    reading = read_prompt(request("coded", prompt))
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query
