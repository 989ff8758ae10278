"""What must be asked back or refused, each beside what only looks like it and is an ordinary wish."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import drafted, request


def status(workspace: str, prompt: str) -> str:
    """The status of the reading; of a refusal its code."""
    reading = read_prompt(request(workspace, prompt))
    return reading.problem.code if reading.problem is not None else reading.status


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("store", "customers who spend a lot with us"),
        ("store", "our warmest customers, you know"),
        ("store", "customers with high points"),
        ("store", "customers whose orders went up"),
        ("store", "customers with more points than the average"),
        ("store", "our ten largest customers in Spain"),
        ("store", "every second customer in Spain"),
        ("store", "the top 10% of customers by points"),
        ("store", "customers who ordered minus 3 times"),
        ("store", "customers whose employer bought shoes"),
        ("store", "customers whose mother is in Spain"),
        ("store", "customers who bought and did not buy shoes"),
        ("store", "everybody interested in bags"),
        ("theatre", "patrons with children under 5"),
    ],
)
def test_what_only_the_person_can_say_is_asked(workspace: str, prompt: str) -> None:
    assert status(workspace, prompt) == "clarify", prompt


@pytest.mark.parametrize(
    ("workspace", "prompt"),
    [
        ("store", "customers in Spain who own a tractor"),
        ("store", "customers older than 60 in Spain"),
        ("store", "customers with more than 500 points"),
        ("store", "customers who bought in May and did not buy in June"),
        ("store", "customers who bought more than 10 times"),
        ("store", "which customers bought shoes this month?"),
        ("theatre", "patrons with more than 2 children"),
    ],
)
def test_what_only_looks_like_it_is_no_question_of_measure(workspace: str, prompt: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    asked = reading.question.text if reading.question is not None else ""
    assert "measured in several ways" not in asked
    assert "Conditions" not in asked


@pytest.mark.parametrize(
    ("workspace", "prompt", "code"),
    [
        ("store", "customers who signed up on 31 June 2026", "impossible"),
        ("store", "customers who ordered since February 30, 2026", "impossible"),
        ("store", "customers who ordered on 2026-02-30", "impossible"),
        ("store", "customers who are both gold and bronze at the same time", "impossible"),
        ("store", "customers whose loyalty tier is both gold and bronze", "impossible"),
        ("store", "customers with more than 100 and fewer than 50 loyalty points", "impossible"),
        (
            "store",
            "customers who ordered more than 5 times and fewer than 3 times this year",
            "impossible",
        ),
        ("store", "customers older than 300 years in Spain", "impossible"),
        ("store", "how many orders did we get in May?", "not_an_audience"),
        ("store", "rename this audience to Winter buyers", "not_an_audience"),
        ("store", "export the list of customers to a spreadsheet", "not_an_audience"),
        ("store", "flimber the wozzle snarp and grickle", "not_understood"),
        ("store", "customers who keep Ramadan in Spain", "sensitive_attribute"),
    ],
)
def test_refusals_have_their_code(workspace: str, prompt: str, code: str) -> None:
    assert status(workspace, prompt) == code, prompt


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers who signed up on 30 June 2026",
         "event('Signed Up').where(context('timestamp') >= '2026-06-30' AND context('timestamp') < '2026-07-01').count() >= 1"),
        ("customers who are gold or bronze", "trait('loyalty_tier').one_of('gold', 'bronze')"),
        ("hello, I want customers in Spain, thank you", "trait('country') = 'ES'"),
    ],
)  # fmt: skip
def test_what_only_looks_impossible_or_idle_is_read(prompt: str, query: str) -> None:
    assert drafted("store", prompt) == query


def test_the_question_says_what_conditions_cannot_say() -> None:
    reading = read_prompt(request("store", "the top 10% of customers in Spain"))
    assert reading.question is not None
    assert "not how many of them" in reading.question.text


@pytest.mark.parametrize(
    ("prompt", "queries"),
    [
        ("people with a salary over 60,000", {"trait('currentSalary') > 60000", "trait('desiredSalary') > 60000"}),
        ("people with more than 500 kWh", {
            "trait('annual_kwh') > 500",
            "event('Reading Sent').where(property('kwh') > 500).count() >= 1",
            "event('Charge Done').where(property('kwh') > 500).count() >= 1"}),
        ("people who have no electric car", {"NOT trait('tariff_cd') = 'EVD'", "NOT trait('ev_owner') = 'true'"}),
        ("people who added more than 4 things", {"event('Item Added').count() > 4", "event('Item Added').sum(property('quantity')) > 4"}),
    ],
)  # fmt: skip
def test_near_ties_are_choices(prompt: str, queries: set[str]) -> None:
    reading = read_prompt(request("agency", prompt))
    assert reading.question is not None, prompt
    assert {show(each.root) for each in reading.question.options if each.root} == queries


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people with a desired salary over 60,000", "trait('desiredSalary') > 60000"),
        ("people with more than 500 kWh a year", "trait('annual_kwh') > 500"),
        ("people on the electric car tariff", "trait('tariff_cd') = 'EVD'"),
        ("people who added more than 4 cheese", "event('Item Added').where(property('kind') = 'cheese').count() > 4"),
        ("people with a high risk of cancelling", "trait('risk_cd') = '3'"),
        ("people who cancelled a trip because of illness", "event('Trip Cancelled').where(property('reason') = 'illness').count() >= 1"),
        ("people who would recommend us: nps above 8", "trait('nps') > 8"),
    ],
)  # fmt: skip
def test_what_is_told_apart_is_read(prompt: str, query: str) -> None:
    assert drafted("agency", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("people with an nps of 14", "impossible"),
        ("people who are over 60 years old", "clarify"),
        ("people with high bills in their street", "clarify"),
        ("people who cancelled a ride but not an order", "clarify"),
        ("people with an illness", "sensitive_attribute"),
    ],
)
def test_what_no_field_tells_of_them_is_no_draft(prompt: str, answer: str) -> None:
    assert status("agency", prompt) == answer
