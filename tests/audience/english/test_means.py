"""By what means something was done, times that are values, and people who are named by values."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

HELP = "event('Help Contacted')"
VISIT = "event('Visit Booked')"
DRAFTS = [
    ("customers who called us about their bills",
     f"{HELP}.where(property('channel') = 'phone' AND property('topic') = 'bills').count() >= 1"),
    ("customers who phoned us about plants",
     f"{HELP}.where(property('channel') = 'phone' AND property('topic') = 'plants').count() >= 1"),
    ("customers who booked a visit in the morning",
     f"{VISIT}.where(property('slot') = 'morning').count() >= 1"),
    ("customers who booked a visit by text", f"{VISIT}.where(property('via') = 'sms').count() >= 1"),
    ("customers with delivery on Mondays or Tuesdays", "trait('delivery_day').one_of('MON', 'TUE')"),
    ("all vegans and gardeners", "trait('habits').contains('vegan', 'gardener')"),
    ("people who like golf and wine",
     "trait('habits').contains('golf') AND trait('habits').contains('wine')"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "query"), DRAFTS)
def test_what_the_words_tell_beside_the_deed(prompt: str, query: str) -> None:
    assert drafted("nursery", prompt) == query


def test_a_time_of_day_of_what_has_none_is_asked_about() -> None:
    assert read_prompt(request("nursery", "customers who opened the app in the morning")).question
