"""What a reading leaves out, turns round or makes up is asked about, never taken for granted."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import request


def left(workspace: str, prompt: str) -> str:
    """The words that no condition accounts for; the prompt must be asked about."""
    reading = read_prompt(request(workspace, prompt))
    assert reading.status != "draft", prompt
    return " ".join(each.text for each in reading.unmatched)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("customers who bought twice in the last 30 days or three times in the last 90 days", "twice"),
        ("customers who bought shoes without opening an email there", "there"),
        ("customers who bought two shoes and returned one of them", "them"),
        ("customers who ordered in each of the last 3 months", "each"),
        ("customers who opened all of our emails", "all"),
        ("customers who mostly buy shoes", "mostly"),
        ("customers who have the most orders", "most"),
        ("customers who bought shoes, then bags, then shoes", "then"),
        ("customers who are not both in Spain and in gold", "both"),
        ("customers who spend more than last year", "than"),
        ("customers who bought the same category", "same"),
        ("gold members or people in Spain who bought shoes", "or"),
    ],
)  # fmt: skip
def test_small_words_that_no_condition_holds_are_shown(prompt: str, words: str) -> None:
    assert words in left("store", prompt)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("customers who never a coupon used", "who"),
        ("customers who bought a in the last 30 days", "a"),
        ("customers who a pair of shoes in May", "who"),
        ("customers whose was delivered in May", "whose"),
    ],
)
def test_a_hole_in_the_sentence_is_shown(prompt: str, words: str) -> None:
    reading = read_prompt(request("store", prompt))
    assert reading.status != "draft", prompt


@pytest.mark.parametrize(
    "prompt",
    [
        "customers who will buy shoes in the next 30 days",
        "customers who placed an order in 2031",
        "customers with more than 5 but fewer than 3 orders",
    ],
)
def test_what_cannot_have_happened_is_impossible(prompt: str) -> None:
    reading = read_prompt(request("store", prompt))
    assert reading.problem is not None
    assert reading.problem.code == "impossible"


@pytest.mark.parametrize(
    "prompt",
    [
        "people who bought shoes but no bags in the last 30 days",
        "people who opened but did not click an email in the last 30 days",
    ],
)
def test_one_verb_has_one_window(prompt: str) -> None:
    from audience.printer import show

    reading = read_prompt(request("store", prompt))
    assert reading.status == "draft"
    assert reading.root is not None
    assert show(reading.root).count("within(30 days)") == 2


def test_everyone_but_keeps_out() -> None:
    from audience.query import Not

    reading = read_prompt(request("store", "everyone but gold members in the shop"))
    assert reading.root is None or isinstance(reading.root, Not)
