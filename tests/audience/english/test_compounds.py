"""Two words that make one idea, whatever number the first of them would be by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audience.catalog import Catalog, TraitField
from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import SEEN, request

CATALOG = Catalog(
    events=(),
    user_traits=(
        TraitField("mfa_enabled", "mfa_enabled", "boolean", None, seen=SEEN),
        TraitField("rooms", "rooms", "number", None, seen=SEEN),
        TraitField(
            "is_homeowner", "is_homeowner", "boolean", None, "Owns the home they live in", seen=SEEN
        ),
    ),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people with two-factor enabled", "trait('mfa_enabled') = 'true'"),
        ("people with two-factor turned on", "trait('mfa_enabled') = 'true'"),
        ("people with two rooms and no 2FA",
         "trait('rooms') = 2 AND NOT trait('mfa_enabled') = 'true'"),
        ("people who have 2-factor authentication off", "trait('mfa_enabled') = 'false'"),
        ("people with multi-factor authentication", "trait('mfa_enabled') = 'true'"),
        ("people with exactly two rooms", "trait('rooms') = 2"),
    ],
)  # fmt: skip
def test_two_factors_are_no_number(prompt: str, query: str) -> None:
    reading = read_prompt(replace(request("bare", prompt), catalog=CATALOG))
    drafted = show(reading.root) if reading.root is not None else None
    assert (reading.status, drafted) == ("draft", query)


@pytest.mark.parametrize("said", ["own their home", "own a home", "own his own home"])
def test_what_people_own_is_theirs(said: str) -> None:
    reading = read_prompt(replace(request("bare", f"people who {said}"), catalog=CATALOG))
    assert reading.root is not None
    assert show(reading.root) == "trait('is_homeowner') = 'true'"
