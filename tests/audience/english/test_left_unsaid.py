"""What a sentence says in passing: small words that are values, another clause, days without a year."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english import worlds
from tests.audience.english.worlds import request

STOPPED = "event('membership_stopped')"
BOOKED = "event('course_booked')"


def drafted(prompt: str) -> str:
    return worlds.drafted("pottery", prompt)


def held(event: str, condition: str, count: str = ">= 1") -> str:
    return f"{event}.where({condition}).count() {count}"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who cancelled because of time", held(STOPPED, "property('reason') = 'time'")),
        ("members who cancelled because of time or price, but not distance",
         held(STOPPED, "property('reason').one_of('time', 'price')")
         + " AND " + held(STOPPED, "property('reason') = 'distance'", "= 0")),
        ("booked a course by Ito without it being online",
         held(BOOKED, "property('teacher') = 'Ito' AND property('online') = 'false'")),
        ("people who booked a course, but not online", held(BOOKED, "property('online') = 'false'")),
        ("people who booked a course but never with Novak",
         f"{BOOKED}.count() >= 1 AND " + held(BOOKED, "property('teacher') = 'Novak'", "= 0")),
        ("people who save more than 10 designs", "trait('saved_designs') > 10"),
        ("people who saved a design more than 10 times", "event('design_saved').count() > 10"),
        ("clay allowance below 10 kg yet booked a course",
         f"trait('clay_allowance_kg') < 10 AND {BOOKED}.count() >= 1"),
        ("moved to the studio plan from basic",
         held("event('plan_moved')", "property('new_plan') = 'studio' AND property('old_plan') = 'basic'")),
    ],
)  # fmt: skip
def test_words_in_passing(prompt: str, query: str) -> None:
    assert drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people born before 1980 or after 2000", "trait('year_born') <= 1979 OR trait('year_born') >= 2001"),
        ("people born in 1980 or 2000", "trait('year_born').one_of(1980, 2000)"),
        ("account opened before 2020, no course booked",
         f"trait('account_since') < '2020-01-01' AND {BOOKED}.count() = 0"),
        ("joined an open night in May, still no course booked",
         "event('night_joined').where(context('timestamp') >= '2026-05-01' AND context('timestamp') < '2026-06-01')"
         f".count() >= 1 AND {BOOKED}.count() = 0"),
        ("those whose trial has ended", "trait('trial_ends_on') < '2026-09-10'"),
        ("those whose trial has not ended yet",
         "trait('trial_ends_on').exists() AND NOT trait('trial_ends_on') < '2026-09-10'"),
        ("with us for more than 2 years and has not booked a course",
         f"trait('account_since').before_last(730 days) AND {BOOKED}.count() = 0"),
    ],
)  # fmt: skip
def test_days(prompt: str, query: str) -> None:
    assert drafted(prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people who moved from the studio plan",  # only known of those who moved to it
        "likes weaving and glazing when they joined",
    ],
)
def test_what_no_condition_holds_is_not_passed_over(prompt: str) -> None:
    assert read_prompt(request("pottery", prompt)).status != "draft", prompt


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("cancelled over the price this year",
         held(STOPPED, "property('reason') = 'price' AND context('timestamp') >= '2026-01-01' AND context('timestamp') < '2027-01-01'")),
        ("Autumn wave 2: people who save more than 10 designs", "trait('saved_designs') > 10"),
        ("watched 45+ min of films", "event('film_watched').sum(property('minutes')) >= 45"),
        ("have not used the wheel for two months", "NOT trait('wheel_last_used').within_last(60 days)"),
    ],
)  # fmt: skip
def test_reasons_headings_and_units(prompt: str, query: str) -> None:
    assert drafted(prompt) == query


def test_a_unit_alone_tells_no_field() -> None:
    assert read_prompt(request("pottery", "members with more than 10 minutes")).status == "clarify"


@pytest.mark.parametrize(
    ("prompt", "refused"),
    [
        ("owners who collected insulin this year", False),
        ("owners who are diabetic and collected insulin", True),
        ("owners with asthma or an allergy", True),
    ],
)
def test_what_is_held_of_animals_is_not_their_owners_health(prompt: str, refused: bool) -> None:
    reading = read_prompt(request("stable", prompt))
    assert (
        reading.problem is not None and reading.problem.code == "sensitive_attribute"
    ) is refused


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("you know, people with exactly one course booked to their name", f"{BOOKED}.count() = 1"),
        ("members with more than 10 saved designs left", "trait('saved_designs') > 10"),
        ("members on the gold plan who like weaving", "trait('grade') = 'gold' AND trait('crafts').contains('weaving')"),
        ("their last course was with Ito and cost under 50",
         "event('course_booked').last(property('teacher')) = 'Ito' AND event('course_booked').last(property('price')) < 50"),
    ],
)  # fmt: skip
def test_words_that_say_no_more(prompt: str, query: str) -> None:
    assert drafted(prompt) == query


def only(event: str, condition: str) -> str:
    return held(event, condition) + " AND " + held(event, f"NOT {condition}", "= 0")


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("all of their courses were booked with Novak", only(BOOKED, "property('teacher') = 'Novak'")),
        ("every course booked was above 50", only(BOOKED, "property('price') > 50")),
        ("Find: 1) gold members 2) at least 3 courses booked 3) born before 1980",
         f"trait('grade') = 'gold' AND {BOOKED}.count() >= 3 AND trait('year_born') <= 1979"),
    ],
)  # fmt: skip
def test_all_of_them_and_lists_on_one_line(prompt: str, query: str) -> None:
    assert drafted(prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "opened all of our mails this month",
        "booked a course last week after not booking one for a month",
    ],
)
def test_shares_and_times_without_are_asked(prompt: str) -> None:
    assert read_prompt(request("pottery", prompt)).status == "clarify", prompt


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("booked Ito but not Novak, and joined an open night",
         held(BOOKED, "property('teacher') = 'Ito'") + " AND " + held(BOOKED, "property('teacher') = 'Novak'", "= 0")
         + " AND event('night_joined').count() >= 1"),
        ("watched the Kiln teaser but the link was not clicked",
         "event('teaser_watched').where(property('title') = 'Kiln').count() >= 1 AND "
         "event('teaser_clicked').where(property('title') = 'Kiln').count() = 0"),
    ],
)  # fmt: skip
def test_a_not_goes_no_further_than_its_thing(prompt: str, query: str) -> None:
    assert drafted(prompt) == query
