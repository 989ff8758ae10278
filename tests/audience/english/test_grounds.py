"""A word counts as held only by a condition that bears out what it says."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


def left(prompt: str) -> str:
    """The words that no condition accounts for; the prompt must be asked about."""
    reading = read_prompt(request("motor", prompt))
    assert reading.status != "draft", prompt
    return " ".join(each.text for each in reading.unmatched)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("people who logged in to the portal only from the web", "only"),
        ("people who stayed in a 5 star hotel", "stayed"),
        ("people with cars from before 2010", "cars"),
        ("logged in on the web but not on a phone in the last 2 weeks", "phone"),
        ("logged in on the web with their account", "account"),
    ],
)
def test_a_condition_stands_on_words_that_tell_its_field(prompt: str, words: str) -> None:
    assert words in left(prompt)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("people who topped up 10 GB at once in total", "total"),
        ("average premium in the policy above 100", "policy"),  # of another thing than what is paid
    ],
)
def test_a_word_that_asks_for_a_sum_or_an_average_comes_to_one(prompt: str, words: str) -> None:
    assert words in left(prompt)


def test_one_thing_that_happened_is_no_two_conditions() -> None:
    assert left("paid over 100 at least once and twice by card") == "card"
    reading = read_prompt(
        request("motor", "gave over 50 at least once and 2 donations to the Roof")
    )
    assert reading.status == "draft"  # a donation is called by its name again


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("people who rated at least two thrillers with 5 stars", "at least two"),
        ("low spenders in Germany", "low"),
        ("gave at least 3 times to the Roof, never less than 20", "never"),
    ],
)
def test_a_number_counts_what_it_stands_beside(prompt: str, words: str) -> None:
    assert words in left(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("paid at least 3 premiums by card", "event('premium_paid').where(property('method') = 'card').count() >= 3"),
        ("people who failed 2 or more levels", "event('level_failed').count() >= 2"),
        ("people who failed level 40 or above", "event('level_failed').where(property('level') >= 40).count() >= 1"),
    ],
)  # fmt: skip
def test_a_number_before_the_noun_counts_it_and_one_after_it_tells_which(
    prompt: str, wanted: str
) -> None:
    reading = read_prompt(request("motor", prompt))
    assert reading.status == "draft", reading.unmatched
    assert reading.root is not None
    assert show(reading.root) == wanted


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("renewal mails: people who opened one last month", "renewal"),
        ("families with a Toyota vehicle make", "families"),
        ("people who viewed hotels... no, logged in to the portal", "hotels"),
    ],
)
def test_words_that_belong_together_are_not_taken_apart(prompt: str, words: str) -> None:
    assert words in left(prompt)


def test_the_older_a_thing_the_lower_its_year() -> None:
    reading = read_prompt(request("motor", "people whose vehicle year is 2015 or older"))
    assert reading.root is not None
    assert show(reading.root) == "trait('vehicle_year') <= 2015"


@pytest.mark.parametrize("said", ["between 1974 and 1996", "from 1974 to 1996", "1974 - 1996"])
def test_two_years_of_a_number_of_years_are_its_ends(said: str) -> None:
    reading = read_prompt(request("bare", f"people whose birth year is {said}"))
    assert reading.status == "draft"
    assert reading.root is not None
    assert show(reading.root) == "trait('birth_year') >= 1974 AND trait('birth_year') <= 1996"


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("telecom", "people who got a new phone in the last 30 days"),  # like a call: nobody called
        ("telecom", "customers who use less than 5 gigabytes"),  # no roaming was spoken of
        ("museum", "got a new pass at least twice this year"),
        ("crm", "people with more than 3 users"),  # whom they have is nobody whom they invited
    ],
)
def test_a_noun_that_is_only_like_a_word_is_no_evidence(workspace: str, prompt: str) -> None:
    assert read_prompt(request(workspace, prompt)).status != "draft"


def test_so_many_late_ones_are_no_minutes() -> None:
    reading = read_prompt(request("hall", "at least two late transfers this month"))
    assert reading.root is not None
    assert ".count() >= 2" in show(reading.root)


def test_a_pronoun_of_what_the_other_event_does_not_tell_is_asked() -> None:
    reading = read_prompt(
        request("furniture", "opened the Black Friday email but never had it in the cart")
    )
    assert reading.status != "draft"
