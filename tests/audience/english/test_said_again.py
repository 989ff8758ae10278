"""A word that nothing took is not asked about where its clause holds what it says."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


@pytest.mark.parametrize(
    "prompt",
    ["people who received an approved claim decision", "people that we know had an approved claim"],
)
def test_a_noun_that_says_a_held_field_again_is_not_asked_about(prompt: str) -> None:
    reading = read_prompt(request("motor", prompt))
    assert reading.status == "draft"
    assert reading.root is not None
    assert "'approved'" in show(reading.root)


def test_a_noun_after_a_number_is_asked_about_where_another_field_is_meant() -> None:
    reading = read_prompt(request("motor", "people who topped up over 2 GB of platform data"))
    assert reading.status == "clarify"
    assert any("platform" in each.text for each in reading.unmatched)
