"""Things done that are told by a noun, or by what came of them, in catalogs that describe nothing."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english import worlds
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        (
            "won at least 3 chess rounds in the last 30 days",
            "event('Round Played').where(property('won') = 'true' AND property('kind') = 'chess')"
            ".within(30 days).count() >= 3",
        ),
        (
            "people who lost two rounds or more",
            "event('Round Played').where(property('won') = 'false').count() >= 2",
        ),
        (
            "people who failed an Algebra exam",
            "event('Exam Taken').where(property('passed') = 'false' AND"
            " property('subject') = 'Algebra').count() >= 1",
        ),
        (
            "invited a friend by link and the invite was accepted",
            "event('Friend Invited').where(property('via') = 'link' AND"
            " property('accepted') = 'true').count() >= 1",
        ),
    ],
)
def test_what_came_of_it_is_a_flag_called_so_or_by_the_contrary(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("an average exam score below 50", "event('Exam Taken').avg(property('score')) < 50"),
        (
            "average round length above 3 minutes",
            "event('Round Played').avg(property('length_sec')) > 180",
        ),
        (
            "people with an estimate above 20000",
            "event('Estimate Sent').where(property('price') > 20000).count() >= 1",
        ),
        (
            "Greek exam, score > 90, at least twice",
            "event('Exam Taken').where(property('subject') = 'Greek' AND property('score') > 90)"
            ".count() >= 2",
        ),
    ],
)
def test_a_noun_that_one_event_has_tells_it_with_what_is_said_of_it(
    prompt: str, query: str
) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("at least two fittings in total", "event('Fitting Done').count() >= 2"),
        (
            "people whose first fitting was a clutch",
            "event('Fitting Done').first(property('part')) = 'clutch'",
        ),
        (
            "an average fitting bill above 300",
            "event('Fitting Done').avg(property('bill_eur')) > 300",
        ),
    ],
)
def test_of_what_is_booked_and_missed_and_done_the_noun_means_what_took_place(
    prompt: str, query: str
) -> None:
    reading = read_prompt(request("bare", prompt))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert show(reading.root) == query
    assert any("is read as Fitting Done" in each for each in reading.assumptions)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        (
            "people who had a clutch done this year",
            "event('Fitting Done').where(property('part') = 'clutch' AND context('timestamp')"
            " >= '2026-01-01' AND context('timestamp') < '2027-01-01').count() >= 1",
        ),
        (
            "people who bought a boat for more than $20,000",
            "event('Boat Sold').where(property('price') > 20000).count() >= 1",
        ),
    ],
)
def test_what_only_its_value_or_its_other_side_tells_is_said(prompt: str, query: str) -> None:
    reading = read_prompt(request("bare", prompt))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert show(reading.root) == query
    assert any("is read as" in each for each in reading.assumptions)


@pytest.mark.parametrize(
    "prompt",
    [
        "people who refused an estimate",  # who was sent one did not refuse it
        "everybody except trade with an estimate",  # those of the trade, or everybody else?
        "estimates from 20 up to 10 days back",
    ],
)
def test_what_the_noun_does_not_tell_is_asked(prompt: str) -> None:
    assert read_prompt(request("bare", prompt)).status != "draft"


def _drafted(prompt: str) -> str:
    return worlds.drafted("bare", prompt)


def test_what_people_do_now_is_known_of_them_and_what_they_did_was_done() -> None:
    assert _drafted("people who drive a Cutter") == "trait('current_model') = 'Cutter'"
    done = "event('Test Drive Done').where(property('model') = 'Cutter').count() >= 1"
    assert _drafted("people who test drove a Cutter") == done


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who paused in the last 30 days", "event('subscription_paused').within(30 days).count() >= 1"),
        ("paused twice or more at any time", "event('subscription_paused').count() >= 2"),
        ("people who skipped in the last 30 days", "event('box_skipped').within(30 days).count() >= 1"),
        ("customers who are paused, with a household size over 3",
         "trait('subscription_status') = 'paused' AND trait('household_size') > 3"),
    ],
)  # fmt: skip
def test_an_event_called_by_its_own_word(prompt: str, query: str) -> None:
    assert drafted("larder", prompt) == query
