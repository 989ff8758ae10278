"""What nobody named: which number five stars are of, what was bought, whose favourite a place is."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("reserved the members' rate", "event('room_reserved').where(property('fare') = 'MBR').count() >= 1"),
        ("bought the package with spa", "event('room_reserved').where(property('fare') = 'WEL').count() >= 1"),
        ("bought a gift card last month", "event('Q_31').where(context('timestamp') >= '2026-08-01' AND context('timestamp') < '2026-09-01').count() >= 1"),
        ("spent over 200 euros on massages", "event('sauna_visit').where(property('treatment') = 'massage').sum(property('price_eur')) > 200"),
        ("gave five stars for the staff in the survey", "event('feedback').where(property('staff') = 5).count() >= 1"),
        ("gave cleanliness 2 stars in the survey", "event('feedback').where(property('cleanliness') = 2).count() >= 1"),
        ("put Old Mill on their wish list", "event('list_added').where(property('inn') = 'Old Mill').count() >= 1"),
        ("people whose favourite inn is Harbour", "trait('favourite_inn') = 'Harbour'"),
        ("reserved by phone twice, not once on our site or in the app", "event('room_reserved').where(property('way') = 'phone').count() = 2 AND event('room_reserved').where(property('way').one_of('site', 'app')).count() = 0"),
        ("exactly one stay ever, and it was more than 60 days ago", "event('stay_ended').count() = 1 AND event('stay_ended').between(60 days, 3650 days).count() >= 1"),
        ("guests who speak SPA or german", "trait('language').one_of('es', 'de')"),
    ],
)  # fmt: skip
def test_the_one_that_is_named_is_taken(prompt: str, query: str) -> None:
    assert drafted("inn", prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "guests who spent more than 500 euros",
        "everybody who gave us five stars in the survey",
        "pull up everybody for Old Mill",
        "reserved in the app through an outside portal",
        "guests who had a spa day",
    ],
)
def test_where_several_may_be_meant_it_is_asked(prompt: str) -> None:
    assert read_prompt(request("inn", prompt)).status == "clarify"
