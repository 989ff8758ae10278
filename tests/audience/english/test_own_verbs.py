"""A verb that says no more than the field of the condition does needs no condition of its own."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

CATALOG = Catalog(
    events=(),
    user_traits=(
        TraitField("npsScore", "npsScore", "number", "user", "Latest NPS answer", seen=SEEN),
        TraitField("lastRideAt", "lastRideAt", "timestamp", "user", seen=SEEN),
        TraitField("lastLetterOpened", "lastLetterOpened", "timestamp", "user", seen=SEEN),
        TraitField(
            "account_manager",
            "account_manager",
            "text",
            "user",
            seen=SEEN,
            stats=ValueStats(("Imani", "Felix"), complete=True, distinct=2),
        ),
    ),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who gave us a 9 in the NPS survey", "trait('npsScore') = 9"),
        ("people who rated us 9 or more on NPS", "trait('npsScore') >= 9"),
        ("people looked after by Imani", "trait('account_manager') = 'Imani'"),
        ("people handled by Felix", "trait('account_manager') = 'Felix'"),
        ("people who took a ride in the last 30 days", "trait('lastRideAt').within_last(30 days)"),
    ],
)
def test_a_verb_that_its_field_speaks_of_is_accounted_for(prompt: str, query: str) -> None:
    reading = read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))
    assert reading.status == "draft"
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people who wrote a letter in the last 30 days",  # only its opening has a day
        "people who asked for a ride in the last 30 days",
        "people with an NPS of 9 who gave feedback",
        "people paid by Felix",
    ],
)
def test_a_verb_of_something_else_is_asked_about(prompt: str) -> None:
    assert read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF)).status != "draft"
