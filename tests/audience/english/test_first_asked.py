"""What marketers say of a hotel: anniversaries, totals, ways, cards, what is with us and what is not."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

DONE = "event('room_reserved').where(property('way') = 'phone').count() >= 1"
STAYED = "event('stay_ended').where(context('timestamp') >= '2026-02-01' AND context('timestamp') < '2026-03-01').count() >= 1"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("reserved a room over the phone", DONE),
        ("guests with an Onyx card", "trait('tier') = 'ONYX'"),
        ("wedding anniversary falls in November", "trait('wedding_anniv').anniversary_month(11)"),
        ("wedding anniversary in June or July", "trait('wedding_anniv').anniversary_month(6) OR trait('wedding_anniv').anniversary_month(7)"),
        ("wedding anniversary in the next 10 days", "trait('wedding_anniv').anniversary_within_next(10 days)"),
        ("at least 20 nights over their lifetime", "trait('LifetimeNights') >= 20"),
        ("people who had a stay with us in February", STAYED),
        ("arrival between 24 and 26 December", "trait('next_arrival') >= '2026-12-24' AND trait('next_arrival') <= '2026-12-26'"),
        ("couples with their next arrival in November", "trait('comes_with') = 'couple' AND trait('next_arrival') >= '2026-11-01' AND trait('next_arrival') <= '2026-11-30'"),
        ("reserved in the app but none with the agency", "event('room_reserved').where(property('way') = 'app').count() >= 1 AND event('room_reserved').where(property('way') = 'agency').count() = 0"),
        ("The front desk needs to know who arrives in the next 10 days", "trait('next_arrival').within_next(10 days)"),
        ("nights from 20 up to 30 over their lifetime", "trait('LifetimeNights') >= 20 AND trait('LifetimeNights') <= 30"),
        ("guests with children under twelve", "trait('children_u12') > 0"),
        ("guests with two children under twelve", "trait('children_u12') = 2"),
        ("had a stay yesterday or the day before", "event('stay_ended').where(context('timestamp') >= '2026-09-08' AND context('timestamp') < '2026-09-10').count() >= 1"),
        ("reserved a room since New Year", "event('room_reserved').where(context('timestamp') >= '2026-01-01').count() >= 1"),
    ],
)  # fmt: skip
def test_it_is_read(prompt: str, query: str) -> None:
    assert drafted("inn", prompt) == query


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("inn", "over 5000 points over their lifetime"),
        ("inn", "guests with a wedding anniversary after 1 May"),
        ("inn", "guests with children under ten"),
        ("inn", "reserved the Harbour twice but went there only once"),
        ("inn", "guests in the Harbour with a blue card"),
        ("inn", "reserved a room over the fence"),
        ("inn", "had a stay with friends in February"),
        ("store", "gold customers with a broken card"),
        ("saas", "admins over the moon in Germany"),
        ("museum", "people with an anniversary of their visit in May"),
    ],
)
def test_words_with_a_meaning_of_their_own_are_asked(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status in ("clarify", "refused")
