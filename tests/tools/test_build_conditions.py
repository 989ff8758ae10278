"""Building from a prompt: the answer's shape, its gate, its counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from audience.english.reading import Option, Question, Reading, Unmatched
from audience.printer import show
from audience.problems import InvalidQuery
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
)
from audience.reader import read
from tools.assumptions import of_query
from tools.build_conditions import build, checked, closed
from tools.context import ToolContext
from tools.origins import placed, restored

SPAIN = read("trait('country') = 'ES'")
SPENDERS = "Customers who have orders greater than $50"


def test_a_draft_is_counted_and_its_conditions_point_at_their_words(acme: ToolContext) -> None:
    answer = build(acme, SPENDERS)
    assert answer.status == "draft"
    assert answer.query == "event('Order Completed').where(property('total') > 50).count() >= 1"
    assert (answer.reach, answer.universe) == (3, 6)
    assert answer.kind == "dynamic_plus"
    assert answer.name
    assert answer.description
    (condition,) = answer.conditions
    assert (condition.turn, condition.reach, condition.kept, condition.dropped) == (0, 3, 3, 3)
    assert answer.members is None


def test_members_are_sorted_by_code_point_and_only_given_when_asked_for(acme: ToolContext) -> None:
    answer = build(acme, "Customers who don't have a country", members=True)
    assert answer.status == "draft"
    assert answer.members == ("u10",)
    assert answer.to_json()["members"] == ["u10"]
    assert "members" not in build(acme, SPENDERS).to_json()


def test_a_plan_without_data_is_built_and_not_counted(plan_only: ToolContext) -> None:
    answer = build(plan_only, "Customers with Trip Booked in the last 30 days")
    assert answer.status == "draft"
    assert answer.query == "event('Trip Booked').within(30 days).count() >= 1"
    assert (answer.reach, answer.universe) == (None, None)
    recent = build(plan_only, "Customers with Trip Booked recently")
    assert recent.assumptions == ("“recently” = the last 30 days",)


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("", "prompt_too_short"),
        ("x" * 19, "prompt_too_short"),
        ("   " + "x" * 19 + "   ", "prompt_too_short"),
        ("x" * 301, "prompt_too_long"),
        ("customers " * 500_000, "prompt_too_long"),
        ("Customers like ana@example.com who bought", "personal_data"),
    ],
)
def test_refusals(acme: ToolContext, prompt: str, code: str) -> None:
    answer = build(acme, prompt)
    assert (answer.status, answer.problem and answer.problem.code) == ("refused", code)
    assert "ana@example.com" not in str(answer.to_json())


def test_the_limit_itself_is_allowed(acme: ToolContext) -> None:
    long = SPENDERS + " " * 300
    assert build(acme, long).status == "draft"


def test_a_refined_query_is_turn_0_without_words_and_the_prompt_turn_1(acme: ToolContext) -> None:
    prompt = "only those with orders greater than $50"
    answer = build(acme, prompt, refine="trait('country') = 'ES'")
    assert answer.status == "draft"
    old, new = answer.conditions
    assert (old.query, old.turn, old.spans) == ("trait('country') = 'ES'", 0, ())
    assert new.turn == 1
    assert all("orders" in prompt[start:end] for start, end in new.spans)


def test_a_refined_query_that_is_not_valid_is_an_error(acme: ToolContext) -> None:
    with pytest.raises(InvalidQuery):
        build(acme, "make it 60 days", refine="trait('no_such') = 1")


def test_a_conversation_is_folded_and_turns_are_counted(acme: ToolContext) -> None:
    earlier = ("Customers in Spain who bought in the last 30 days",)
    answer = build(acme, "make it 60 days", earlier=earlier)
    assert answer.query == (
        "trait('country') = 'ES' AND event('Order Completed').within(60 days).count() >= 1"
    )
    assert {each.turn for each in answer.conditions} <= {0, 1}


def test_a_reading_with_words_left_over_is_never_a_draft() -> None:
    reading = Reading("draft", SPAIN, unmatched=(Unmatched("flamingos", 3, 12),))
    assert closed(reading).status == "clarify"
    question = closed(reading).question
    assert question is not None
    assert "flamingos" in question.text
    assert closed(Reading("draft", SPAIN)).status == "draft"


def test_a_tree_that_does_not_pass_the_validator_is_never_a_draft(acme: ToolContext) -> None:
    catalog = acme.catalog
    for query, code in (
        ("trait('no_such') = 'x'", "unknown_field"),
        ("event('No Such').count() >= 1", "unknown_field"),
        ("trait('country') > 'ES'", "impossible"),
        ("trait('age') > 40 AND trait('age') < 30", "impossible"),
        ("event('Order Completed').within(400 days).count() >= 1", "lookback_exceeded"),
    ):
        answer, _ = checked(Reading("draft", read(query)), catalog)
        assert (answer.status, answer.problem and answer.problem.code) == ("refused", code), query


def test_a_draft_without_a_tree_is_refused(acme: ToolContext) -> None:
    answer, bound = checked(Reading("draft"), acme.catalog)
    assert (answer.status, bound) == ("refused", None)


def test_dynamic_is_chosen_where_both_can_say_it(acme: ToolContext) -> None:
    either = Or((SPAIN, read("trait('country') = 'FR'")))
    answer, bound = checked(Reading("draft", either), acme.catalog)
    assert (answer.kind, answer.query) == ("dynamic", "trait('country').one_of('ES', 'FR')")
    assert bound is not None


def test_a_best_guess_is_shown_with_the_question(acme: ToolContext) -> None:
    asked = Question("Which?", (Option("Spain", SPAIN), Option("Say it another way")))
    answer, _ = checked(Reading("clarify", SPAIN, question=asked), acme.catalog)
    assert answer.query == "trait('country') = 'ES'"
    assert answer.to_json()["question"] == {
        "text": "Which?",
        "options": ["Spain", "Say it another way"],
    }


def test_what_breaks_is_a_failed_answer_and_loses_nothing(acme: ToolContext) -> None:
    file = acme.workspace.data
    assert file is not None
    file.write_bytes(b"this is no database")
    answer = build(acme, SPENDERS)
    assert (answer.status, answer.problem and answer.problem.code) == ("failed", "unexpected")
    assert answer.query == "event('Order Completed').where(property('total') > 50).count() >= 1"


def test_people_without_the_event_are_left_out_of_a_low_sum_and_that_is_said() -> None:
    total = Aggregate(Events("Order Completed"), Reducer("sum", Property("total")))
    low = Comparison(total, "less_than", (Literal(Decimal(50)),))
    (text,) = of_query(low)
    assert "Order Completed" in text
    assert of_query(And((SPAIN, low))) == (text,)
    assert of_query(Not(low)) == ()
    assert of_query(replace(low, operator="at_least")) == ()
    count = Aggregate(Events("Order Completed"), Reducer("count"))
    assert of_query(Comparison(count, "less_than", (Literal(Decimal(3)),))) == ()


@pytest.mark.parametrize(
    "query",
    [
        "trait('country') = 'ES' AND NOT (trait('age') > 3 OR trait('vip') = 'true')",
        "NOT trait('country') = 'ES'",
        "event('Order Completed').within(7 days).count() = 0",
    ],
)
def test_origins_survive_a_way_through_text(query: str) -> None:
    from audience.query import NOWHERE, Origin, Span, conditions

    root: Boolean = placed(read(query), NOWHERE)
    origins = {
        place: Origin(place, (Span(place, place + 1),)) for place, _ in enumerate(conditions(root))
    }
    marked = restored(root, origins)
    assert marked == root
    assert show(marked) == query
    assert [each.origin for each in conditions(marked)] == list(origins.values())
