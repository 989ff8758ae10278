"""One more of what was told of before: another one than that, one of each, a flag of that same one."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request

TOUR = "event('Tour Joined')"
ROME = "where(property('city') = 'Rome')"
ELSEWHERE = "where(NOT property('city') = 'Rome')"


@pytest.mark.parametrize(
    ("workspace", "prompt", "query"),
    [
        ("hall", "stayed in a hotel in Rome and somewhere else",
         f"event('Stay Completed').{ROME}.count() >= 1 AND event('Stay Completed').{ELSEWHERE}.count() >= 1"),
        ("hall", "stayed in a hotel in Rome and nowhere else",
         f"event('Stay Completed').{ROME}.count() >= 1 AND event('Stay Completed').{ELSEWHERE}.count() = 0"),
        ("hall", "searched for a room in Rome but made a reservation in another city",
         f"event('Room Searched').{ROME}.count() >= 1 AND event('Reservation Made').{ELSEWHERE}.count() >= 1"),
        ("furniture", "viewed sofas but bought something else",
         "event('view_item').where(property('item_category') = 'Sofas').count() >= 1"
         " AND event('purchase').where(NOT property('item_category') = 'Sofas').count() >= 1"),
        ("museum", "joined a tour with Clara and one with Omar",
         f"{TOUR}.where(property('guide') = 'Clara').count() >= 1"
         f" AND {TOUR}.where(property('guide') = 'Omar').count() >= 1"),
        ("museum", "joined a tour with Clara and a tour with Omar",
         f"{TOUR}.where(property('guide') = 'Clara').count() >= 1"
         f" AND {TOUR}.where(property('guide') = 'Omar').count() >= 1"),
        ("museum", "joined a tour with Clara but never one with Omar",
         f"{TOUR}.where(property('guide') = 'Clara').count() >= 1"
         f" AND {TOUR}.where(property('guide') = 'Omar').count() = 0"),
        ("museum", "people where the guide of their last tour joined is Omar",
         f"{TOUR}.last(property('guide')) = 'Omar'"),
        ("museum", "joined at least two tours with Clara and one with Omar",
         f"{TOUR}.where(property('guide') = 'Clara').count() >= 2"
         f" AND {TOUR}.where(property('guide') = 'Omar').count() >= 1"),
        ("pottery", "booked two courses with Ito and one with Novak",
         "event('course_booked').where(property('teacher') = 'Ito').count() = 2"
         " AND event('course_booked').where(property('teacher') = 'Novak').count() >= 1"),
        ("club", "trained at rowing only, no other sport",
         "event('training_done').where(property('sport') = 'rowing').count() >= 1"
         " AND event('training_done').where(NOT property('sport') = 'rowing').count() = 0"),
    ],
)  # fmt: skip
def test_another_one(workspace: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status == "draft", (prompt, reading.unmatched, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("store", "viewed shoes and told everyone else"),
        ("hall", "made a reservation in Rome by phone and something else"),  # another city, or not by phone?
    ],
)  # fmt: skip
def test_another_than_what(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status != "draft"


@pytest.mark.parametrize(
    ("workspace", "prompt", "query"),
    [
        ("furniture", "spent less than $500 in total but bought more than 5 times",
         "event('purchase').sum(property('value')) < 500 AND event('purchase').count() > 5"),
        ("furniture", "bought for under $500 in total but more than 5 times",
         "event('purchase').sum(property('value')) < 500 AND event('purchase').count() > 5"),
        ("clinic", "born in the last 6 months", "trait('birth_date').within_last(180 days)"),
        ("clinic", "birthday in the last 6 months", "trait('birth_date').anniversary_within_last(180 days)"),
    ],
)  # fmt: skip
def test_how_often_and_how_much(workspace: str, prompt: str, query: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.root is not None
    assert show(reading.root) == query


def test_anything_is_of_whatever_it_was() -> None:
    reading = read_prompt(
        request("hall", "searched for a room in Rome but haven't booked anything")
    )
    assert reading.root is not None
    assert "event('Room Searched').where(property('city') = 'Rome')" in show(reading.root)
    assert "event('Reservation Made').count() = 0" in show(reading.root)
