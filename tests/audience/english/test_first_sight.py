"""What words say on a workspace that nobody showed the engine: each case with one that must stay as it is."""

from __future__ import annotations

import pytest

from audience.english.conversation import converse
from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import drafted, request

VIEWED = "event('Room Viewed')"
STAY = "event('Stay Paid')"
QUIZ = "event('Quiz Taken')"
NORTH = "trait('region') = 'North'"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("between 5 and 10 crates brought in the last 90 days",
         "event('Crate Brought').within(90 days).count() >= 5 AND event('Crate Brought').within(90 days).count() <= 10"),
        ("more than 40 dollars of extras in a single stay", f"{STAY}.where(property('extras_total') > 40).count() >= 1"),
        ("more than 40 dollars in a single stay", f"{STAY}.where(property('total') > 40).count() >= 1"),
        ("people who pay over 200 dollars for their weekly crate", "trait('crate_price_cents') > 20000"),
        ("people who paid over 200 dollars for a stay", f"{STAY}.where(property('total') > 200).count() >= 1"),
        ("earning under 30,000 dollars and in the North", f"trait('current_income') < 30000 AND {NORTH}"),
        ("people with a current income over 60,000", "trait('current_income') > 60000"),
        ("averaging below 50 percent in the quiz", f"{QUIZ}.avg(property('result_pct')) < 50"),
        ("took a quiz about birds with over 80%",
         f"{QUIZ}.where(property('subject') = 'birds' AND property('result_pct') > 80).count() >= 1"),
        ("filled their basket with more than 4 items in total", "event('Basket Filled').sum(property('quantity')) > 4"),
    ],
)  # fmt: skip
def test_of_what_a_number_is(prompt: str, query: str) -> None:
    assert drafted("lodge", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("companies whose users have all joined in the last 60 days", "ALL event('Joined').within(60 days).count() >= 1"),
        ("companies whose users joined in the last 60 days", "ANY event('Joined').within(60 days).count() >= 1"),
        ("companies with more beds left than open rooms, Ada's only",
         "trait('beds_left') > trait('open_rooms') AND trait('owner') = 'Ada'"),
        ("companies with 200+ employees that Ada owns", "trait('employees') >= 200 AND trait('owner') = 'Ada'"),
        ("companies with a team cook who took a quiz", f"ANY (trait('post') = 'team_cook' AND {QUIZ}.count() >= 1)"),
        ("companies with over 50 employees, excl. those with unpaid bills",
         "trait('employees') > 50 AND NOT trait('unpaid_bills') = 'Y'"),
        ("best result in the quiz is 80% or higher", f"{QUIZ}.max(property('result_pct')) >= 80"),
        ("viewed a cabin in June, July or August",
         f"{VIEWED}.where(property('style') = 'cabin' AND context('timestamp') >= '2026-06-01' AND context('timestamp') < '2026-09-01').count() >= 1"),
        ("viewed rooms and none of them was a suite",
         f"{VIEWED}.count() >= 1 AND {VIEWED}.where(property('style') = 'suite').count() = 0"),
        ("took two quizzes or more but did not pass any of them",
         f"{QUIZ}.count() >= 2 AND {QUIZ}.where(property('passed') = 'true').count() = 0"),
        ("took a quiz about birds and did not pass it",
         f"{QUIZ}.where(property('subject') = 'birds' AND property('passed') = 'false').count() >= 1"),
        ("whose first wish list was for a cabin", "event('Wish List Made').first(property('style')) = 'cabin'"),
        ("viewed a room from a wish list in the last 30 days",
         f"{VIEWED}.where(property('found_by') = 'wish_list').within(30 days).count() >= 1"),
        ("leads which came from a fair in the North", f"trait('lead_source') = 'Fair' AND {NORTH}"),
        ("junior or lead members in the North", f"trait('rank').one_of('junior', 'lead') AND {NORTH}"),
        ("found us on linked in, from the North", f"trait('lead_source') = 'LinkedIn' AND {NORTH}"),
        ("a high risk of leaving and in the North", f"trait('g_band') = '3' AND {NORTH}"),
        ("people without a paid club card in the North", f"trait('card_level').absent() AND {NORTH}"),
        ("guests with a Saturday arrival", "trait('arrival_day') = 'SAT'"),
        ("people in the North or South with a dog", "trait('region').one_of('North', 'South') AND trait('has_dog') = 'true'"),
    ],
)  # fmt: skip
def test_what_words_are_of(prompt: str, query: str) -> None:
    assert drafted("lodge", prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people with an income over 60,000",
        "people with more than $100 in the North",
        "people in the North or in the South with a dog",
        "members who put more than 4 things in the basket",
        "20% of their quizzes were about birds",
        "viewed a room on Saturday",
        "companies with more beds left, Ada's only",
        "viewed a cabin in June, August or November",
        "clicked a link in the mail from the North",
    ],
)
def test_what_may_mean_two_things_is_asked(prompt: str) -> None:
    assert read_prompt(request("lodge", prompt)).status == "clarify"


def test_a_level_that_is_called_like_people_is_told() -> None:
    reading = read_prompt(request("lodge", "leads which came from a fair in the North"))
    assert "“leads” are people of any rank." in reading.assumptions


MANY = f"{VIEWED}.within(30 days).count() >= 5"


@pytest.mark.parametrize(
    ("first", "second", "query"),
    [
        ("viewed at least 5 rooms in the last 30 days", "3 is fine too", f"{VIEWED}.within(30 days).count() >= 3"),
        ("gave 5 stars in a mood rating", "4 is fine too",
         "event('Mood Rated').where(property('stars').one_of(5, 4)).count() >= 1"),
        ("viewed at least 5 rooms in the last 30 days", "only people who prefer a cabin",
         f"{MANY} AND trait('styleChoice') = 'cabin'"),
        ("viewed at least 5 rooms in the last 30 days", "only cabins",
         f"{VIEWED}.where(property('style') = 'cabin').within(30 days).count() >= 5"),
        ("guests with a Saturday arrival", "take Monday as well", "trait('arrival_day').one_of('SAT', 'MON')"),
        ("people with a lifetime value over $2,000", "sorry, I meant 3,000", "trait('lifetime_value') > 3000"),
        ("viewed rooms in the last 30 days", "scrap that. Everyone in the North with a dog",
         f"{NORTH} AND trait('has_dog') = 'true'"),
        ("viewed a cabin in the last 30 days", "Swap the style: suite, please",
         f"{VIEWED}.where(property('style') = 'suite').within(30 days).count() >= 1"),
        ("viewed a cabin in the last 30 days", "but not if they took a quiz in the same period",
         f"{VIEWED}.where(property('style') = 'cabin').within(30 days).count() >= 1 AND {QUIZ}.within(30 days).count() = 0"),
    ],
)  # fmt: skip
def test_a_change_is_of_what_it_says(first: str, second: str, query: str) -> None:
    reading = converse([first, second], request("lodge", second))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize("second", ["8 is fine too", "scrap that. only the last 7 days"])
def test_a_change_that_cannot_be_placed_is_asked(second: str) -> None:
    said = ["viewed at least 5 rooms in the last 30 days", second]
    assert converse(said, request("lodge", second)).status == "clarify"
