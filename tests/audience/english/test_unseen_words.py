"""Words that no field's name holds: people by what they do, turns of phrase, codes, units, companies."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.english.spelling import is_spelt_right
from audience.printer import show
from tests.audience.english.worlds import request


def _drafted(prompt: str) -> str | None:
    reading = read_prompt(request("rental", prompt))
    return show(reading.root) if reading.status == "draft" and reading.root is not None else None


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        (
            "riders of sail boats in the last 30 days",
            "event('Ride Finished').where(property('boat_type') = 'sail').within(30 days).count() >= 1",
        ),
        ("Denver store visitors", "event('Store Visited').where(property('store') = 'Denver').count() >= 1"),
        ("people who haven't ridden for 2 weeks", "event('Ride Finished').within(14 days).count() = 0"),
        ("claims that were turned down", "event('Claim Sent').where(property('approved') = 'false').count() >= 1"),
    ],
)  # fmt: skip
def test_people_and_things_by_the_verb_of_an_event(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people with a year pass in Boston", "trait('pass_type') = 'year' AND trait('city') = 'Boston'"),
        ("people without a pass type", "trait('pass_type') = 'none'"),
        ("Essential members in Boston", "trait('plan_level') = '1' AND trait('city') = 'Boston'"),
        ("people who owe us more than $100", "trait('balance_due') > 100"),
        ("those that weigh over 30 kilos", "trait('weight_kg') > 30"),
        ("people we never asked about the newsletter", "trait('news_ok').absent()"),
        ("people in Denver except employees", "trait('city') = 'Denver' AND NOT trait('crew_flag') = 'true'"),
        ("people who have been with us since 2025", "trait('joined_on') >= '2025-01-01'"),
    ],
)  # fmt: skip
def test_what_is_known_of_people(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("an average fare above 20 dollars", "event('Ride Finished').avg(property('fare')) > 20"),
        ("their most recent ride cost over £10", "event('Ride Finished').last(property('fare')) > 10"),
        ("detractors: score of 6 or lower", "event('Feedback Given').where(property('score') <= 6).count() >= 1"),
        ("reserved a boat, not one of them a motor boat",
         "event('Boat Reserved').count() >= 1 AND"
         " event('Boat Reserved').where(property('boat_type') = 'motor').count() = 0"),
    ],
)  # fmt: skip
def test_an_amount_tells_what_was_done(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


def test_not_one_of_them_is_none() -> None:
    prompt = "3 or more boats reserved, not one ride finished"
    assert _drafted(prompt) == (
        "event('Boat Reserved').count() >= 3 AND event('Ride Finished').count() = 0"
    )


@pytest.mark.parametrize("prompt", ["chain tier, at least 3 sites", "accounts: chain, 3+ sites"])
def test_what_only_companies_have_is_asked_of_companies(prompt: str) -> None:
    reading = read_prompt(request("rental", prompt))
    assert reading.type == "accounts"
    assert reading.root is not None
    assert show(reading.root) == "trait('tier') = 'chain' AND trait('sites') >= 3"


@pytest.mark.parametrize("word", ["injured", "conversation", "widowed", "injuries"])
def test_usual_words_are_spelt_right(word: str) -> None:
    assert is_spelt_right(word)


@pytest.mark.parametrize("word", ["costumer", "sponsord", "definately"])
def test_misspelt_words_are_not(word: str) -> None:
    assert not is_spelt_right(word)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("boats reserved in the last 2 mnths", "event('Boat Reserved').within(60 days).count() >= 1"),
        ("rode on 2 or more kinds of boat type",
         "event('Ride Finished').unique(property('boat_type')).count() >= 2"),
    ],
)  # fmt: skip
def test_times_are_read_as_they_were_meant_and_kinds_are_counted(prompt: str, query: str) -> None:
    assert _drafted(prompt) == query


def test_a_phrase_behind_a_misspelt_word_keeps_its_place() -> None:
    prompt = "peple who reserved a boat in the last 14 days"
    reading = read_prompt(request("rental", prompt))
    assert reading.root is not None
    spans = [prompt[each.start : each.end] for each in reading.root.origin.spans]
    assert "in the last 14 days" in " ".join(spans)
