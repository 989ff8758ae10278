"""The built-in engine first: what it does not put to a model, and what a model may make of the rest."""

from __future__ import annotations

import pytest

from tests.tools.test_modelling import BOUGHT, asking, text
from tools.build_conditions import build
from tools.context import ToolContext

SPAIN = "trait('country') = 'ES'"
VIP = "trait('vip') = 'true'"
OVER = "event('Order Completed').where(property('total') > 100).count() >= 1"
TOTALS = "Customers in Spain exceeding 100 by their totals and vip status on"
PENINSULA = "Customers from the peninsula who bought in the last 30 days"


@pytest.mark.parametrize(
    ("prompt", "status", "code"),
    [
        ("what is the weather like today in Madrid", "refused", "not_an_audience"),
        ("Customers with more than 5 but fewer than 3 orders", "refused", "impossible"),
        ("Customers like ana@example.com who bought", "refused", "personal_data"),
        ("Customers who bought many times in Spain", "clarify", None),
        ("loyal customers in Spain", "clarify", None),
        ("Big spenders in Spain who bought in the last 30 days", "clarify", None),
        ("Customers who are VIP or live in Spain and bought in the last 30 days", "clarify", None),
        ("Customers in Spain who bought in the last 30 days", "draft", None),
    ],
)
def test_what_is_certain_or_the_persons_alone_is_put_to_no_model(
    acme: ToolContext, prompt: str, status: str, code: str | None
) -> None:
    with asking(acme) as (context, server):
        answer = build(context, prompt)
        assert (answer.status, answer.problem and answer.problem.code) == (status, code)
        assert answer.model == "builtin"
        assert server.requests == []


def test_conditions_that_the_words_left_over_name_are_taken(acme: ToolContext) -> None:
    alone = build(acme, TOTALS)
    assert (alone.status, alone.query) == ("clarify", f"{SPAIN} AND {VIP}")
    whole = f"{SPAIN} AND {OVER} AND {VIP}"
    with asking(acme, text(whole)) as (context, _):
        answer = build(context, TOTALS)
        assert (answer.status, answer.query, answer.model) == ("draft", whole, "test-model")


@pytest.mark.parametrize(
    "made",
    [
        f"{SPAIN} AND {OVER}",  # lost what the engine was sure of
        f"({SPAIN} OR {OVER}) AND {VIP}",  # joined it in another way
        f"NOT {SPAIN} AND {OVER} AND {VIP}",
        f"{SPAIN} AND {VIP} AND {BOUGHT}",  # holds nothing that the words name
        f"{SPAIN} AND {VIP}",  # leaves them out
    ],
)
def test_any_other_reading_is_a_choice_beside_those_of_the_engine(
    acme: ToolContext, made: str
) -> None:
    alone = build(acme, TOTALS).question
    assert alone is not None
    with asking(acme, text(made), text("1: A\n2: B\n3: C")) as (context, _):
        answer = build(context, TOTALS)
        assert answer.status == "clarify"
        assert answer.question is not None
        assert answer.question.text == alone.text
        assert {each.query for each in alone.options} <= {
            each.query for each in answer.question.options
        }


def test_a_word_that_a_model_says_to_know_is_asked_about(acme: ToolContext) -> None:
    made = f"{SPAIN} AND {BOUGHT}"
    with asking(acme, text(made), text("1: A")) as (context, _):
        answer = build(context, PENINSULA)
        assert answer.status == "clarify"
        assert answer.question is not None
        assert "peninsula" in answer.question.text
        options = [each.query for each in answer.question.options]
        assert BOUGHT in options
        assert options[0] in (made, BOUGHT)


def test_what_the_engine_refused_for_want_of_a_field_may_be_proposed(acme: ToolContext) -> None:
    prompt = "Customers from the peninsula with snorvels"
    alone = build(acme, prompt).problem
    assert alone is not None
    assert alone.code == "unknown_field"
    made = "event('Order Completed').where(property('total') > 50).count() >= 1"
    with asking(acme, text(made), text("1: A\n2: A\n3: A")) as (context, _):
        answer = build(context, prompt)
        assert answer.status in ("clarify", "refused")
        assert answer.status == "refused" or answer.question is not None
    with asking(acme, text("UNKNOWN: peninsula")) as (context, _):
        found = build(context, prompt).problem
        assert found is not None
        assert found.code == "unknown_field"
