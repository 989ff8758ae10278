"""Numbers beside a noun for people are of the people; a number is held by what it stands beside."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


def query(workspace: str, prompt: str) -> str:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status == "draft", (prompt, reading.unmatched)
    assert reading.root is not None
    return show(reading.root)


@pytest.mark.parametrize(
    ("workspace", "prompt", "wanted"),
    [
        ("store", "women under 30 who bought shoes", "trait('age') < 30"),
        ("store", "anyone over 60 who bought bags twice", "trait('age') > 60"),
        ("store", "women 25-40 who viewed bags", "trait('age') >= 25 AND trait('age') <= 40"),
        (
            "clinic",
            "adults over 40 who missed an appointment",
            "trait('birth_date') < '1985-09-11'",
        ),
        ("store", "young customers (18 to 25)", "trait('age') >= 18 AND trait('age') <= 25"),
        ("club", "members over 64 who did rowing", "trait('age_band') = '65+'"),
    ],
)
def test_a_number_behind_a_noun_for_people_is_an_age(
    workspace: str, prompt: str, wanted: str
) -> None:
    assert wanted in query(workspace, prompt)


def test_a_noun_behind_the_number_is_what_it_is_of() -> None:
    assert query("store", "customers over 50 points") == "trait('loyalty_points') > 50"


@pytest.mark.parametrize(
    ("workspace", "prompt", "words"),
    [
        ("motor", "drivers under 30 into cruises we booked a trip for", "under 30"),
        ("theatre", "families of four or more who booked an opera", "four or more"),
        ("theatre", "people over 40 who booked an opera", "over 40"),
    ],
)
def test_a_number_of_people_never_counts_what_they_did(
    workspace: str, prompt: str, words: str
) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.status != "draft", show(reading.root) if reading.root else ""
    assert words in " ".join(each.text for each in reading.unmatched)


def test_money_is_summed_and_no_size() -> None:
    held = query("store", "customers who spent more than $200 on shoes")
    assert ".sum(property('total')) > 200" in held
    assert "Shoes" in held


@pytest.mark.parametrize(
    ("workspace", "prompt", "wanted"),
    [
        ("game", "players who reached level 10", "trait('playerLevel') >= 10"),
        ("game", "players who made it to level 20", "trait('playerLevel') >= 20"),
        ("game", "players up to player level 5", "trait('playerLevel') <= 5"),
        (
            "clinic",
            "owners with a turnover over 100K",
            "trait('turnover').one_of('100-249K', '250K+')",
        ),
        (
            "clinic",
            "owners with a turnover up to 100K",
            "trait('turnover').one_of('Under 50K', '50-99K')",
        ),
    ],
)
def test_how_far_they_came_and_ranges_from_there_on(
    workspace: str, prompt: str, wanted: str
) -> None:
    assert query(workspace, prompt) == wanted


def test_what_is_in_one_of_them_is_no_count_of_them() -> None:
    reading = read_prompt(request("store", "customers with orders of 5 or more items"))
    assert reading.status != "draft"
    assert "5" in " ".join(each.text for each in reading.unmatched)
