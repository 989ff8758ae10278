"""Building with an outside model: only where it is needed, held to catalog and words, and safely."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from audience.query import Span
from tests.agent.model_server import ModelServer, serving
from tools.build_conditions import build
from tools.context import ToolContext
from tools.modelling.words import chosen, left_over
from workspace.persons import LOCAL
from workspace.settings import load_settings
from workspace.store import Store
from workspace.terms import VERSION

FULL = "Customers who have orders greater than $50"
HARD = "Shoppers of ours from the peninsula with a basket above fifty bucks"
SPANISH = "Clientes de España que compraron en los últimos 30 días"
BOUGHT = "event('Order Completed').within(30 days).count() >= 1"


def text(content: str) -> dict[str, Any]:
    return {"content": content}


@contextmanager
def asking(
    context: ToolContext, *answers: Any, accept: bool = True, first: bool = True
) -> Iterator[tuple[ToolContext, ModelServer]]:
    with serving(*answers) as server:
        settings = load_settings(
            home=context.settings.home,
            workspace="acme",
            model="test-model",
            openai_base_url=server.address,
            model_timeout=60,
            builtin_first=first,
        )
        if accept:
            Store(settings.store_url).accept_terms("acme", VERSION, person=LOCAL)
        yield ToolContext.open(settings), server


def test_what_the_built_in_engine_reads_fully_is_not_sent(acme: ToolContext) -> None:
    with asking(acme) as (context, server):
        answer = build(context, FULL)
        assert (answer.status, answer.model) == ("draft", "builtin")
        assert server.requests == []


def test_a_prompt_in_another_language_is_built_with_the_model(acme: ToolContext) -> None:
    query = f"trait('country') = 'ES' AND {BOUGHT}"
    with asking(acme, text(query)) as (context, server):
        answer = build(context, SPANISH, members=True)
        assert (answer.status, answer.query, answer.model) == ("draft", query, "test-model")
        words = [[SPANISH[a:b] for a, b in each.spans] for each in answer.conditions]
        assert words == [["España"], ["compraron", "en los últimos 30 días"]]
        assert answer.members == ("u1", "u3")
        assert len(server.requests) == 1  # the words were found without the model


def test_what_the_dictionaries_do_not_know_is_put_to_the_model(acme: ToolContext) -> None:
    prompt = "Kunden aus Spanien, die zuletzt zugeschlagen haben"
    query = f"trait('country') = 'ES' AND {BOUGHT}"
    with asking(acme, text(query), text("1: B")) as (context, server):
        answer = build(context, prompt)
        assert answer.status == "draft"
        assert "zugeschlagen" in server.requests[1]["messages"][-1]["content"]
    with asking(acme, text(query), 401) as (context, server):  # the query is not lost with the rest
        answer = build(context, prompt)
        assert (answer.status, answer.query, answer.model) == ("clarify", query, "test-model")
        assert [each.text for each in answer.unmatched] == ["zuletzt zugeschlagen"]
        assert len(server.requests) == 2
    with asking(acme, text(query), text("1: -")) as (context, server):
        answer = build(context, prompt)
        assert (answer.status, [each.text for each in answer.unmatched]) == (
            "clarify",
            ["zuletzt zugeschlagen"],
        )


def test_words_that_the_model_left_out_make_it_a_question(acme: ToolContext) -> None:
    with asking(acme, text("trait('country') = 'ES'"), text("1: España")) as (context, _):
        answer = build(context, SPANISH)
        assert answer.status == "clarify"
        assert [each.text for each in answer.unmatched] == ["compraron", "30 días"]
        assert answer.query == "trait('country') = 'ES'"


def test_a_number_that_no_condition_holds_is_never_accounted_for(acme: ToolContext) -> None:
    query = "trait('country') = 'ES' AND event('Order Completed').within(60 days).count() >= 1"
    with asking(acme, text(query), text("1: B")) as (context, _):
        answer = build(context, SPANISH)
        assert (answer.status, [each.text for each in answer.unmatched]) == ("clarify", ["30 días"])


def test_a_condition_that_no_words_ask_for_is_asked_about(acme: ToolContext) -> None:
    query = f"trait('country') = 'ES' AND {BOUGHT} AND trait('vip') = 'true'"
    with asking(acme, text(query)) as (context, _):
        answer = build(context, SPANISH)
        assert answer.status == "clarify"
        assert answer.question is not None
        assert [each.text for each in answer.question.options] == ["Keep it", "Leave it out"]
        assert answer.question.options[1].query == f"trait('country') = 'ES' AND {BOUGHT}"


def test_a_not_that_got_lost_is_asked_about(acme: ToolContext) -> None:
    with asking(acme, text(BOUGHT), first=False) as (context, _):
        answer = build(context, "Customers who did not buy in the last 30 days")
        assert (answer.status, [each.text for each in answer.unmatched]) == ("clarify", ["not"])


def test_an_invalid_answer_is_repaired_with_the_validators_words(acme: ToolContext) -> None:
    answers = (
        text("```\ntrait('contry') = 'ES'\n```"),
        text(f"trait('country') = 'ES' AND {BOUGHT}"),
        text("1: España\n2: compraron en los últimos 30 días"),
    )
    with asking(acme, *answers) as (context, server):
        assert build(context, SPANISH).status == "draft"
        assert "country" in server.requests[1]["messages"][-1]["content"]


def test_repairs_end(acme: ToolContext) -> None:
    with asking(acme, *[text("SELECT * FROM users")] * 5) as (context, server):
        answer = build(context, SPANISH)
        assert (answer.status, answer.problem and answer.problem.code) == (
            "refused",
            "not_understood",
        )
        assert answer.query is None
        assert len(server.requests) == 3


def test_what_the_model_says_is_missing_is_said(acme: ToolContext) -> None:
    with asking(acme, text("UNKNOWN: shoe size")) as (context, _):
        answer = build(context, SPANISH)
        assert (answer.status, answer.problem and answer.problem.code) == (
            "refused",
            "unknown_field",
        )
    with asking(acme, text("ASK: Which country do you mean?")) as (context, _):
        answer = build(context, SPANISH)
        assert answer.status == "clarify"
        assert answer.question is not None
        assert answer.question.text == "Which country do you mean?"


def test_without_accepted_terms_nothing_is_sent(acme: ToolContext) -> None:
    with asking(acme, accept=False) as (context, server):
        answer = build(context, SPANISH)
        assert (answer.status, answer.problem and answer.problem.code) == (
            "refused",
            "terms_not_accepted",
        )
        assert build(context, FULL).status == "draft"
        assert server.requests == []


@pytest.mark.parametrize("failing", [500, 401, 429, "no JSON", text(""), text("  ")])
def test_a_failing_model_is_told_apart_and_keeps_the_best_guess(
    acme: ToolContext, failing: Any
) -> None:
    with asking(acme, *[failing] * 3) as (context, _):
        answer = build(context, SPANISH)
        assert (answer.status, answer.problem and answer.problem.code) == (
            "failed",
            "model_unavailable",
        )
    with asking(acme, *[failing] * 3, first=False) as (context, _):
        answer = build(context, FULL)  # a full reading by the built-in engine wins
        assert (answer.status, answer.model) == ("draft", "builtin")


def test_a_name_alone_is_not_enough(acme: ToolContext) -> None:
    settings = load_settings(home=acme.settings.home, workspace="acme", model="some-model")
    Store(settings.store_url).accept_terms("acme", VERSION, person=LOCAL)
    answer = build(ToolContext.open(settings), SPANISH)
    assert (answer.status, answer.problem and answer.problem.code) == (
        "failed",
        "model_unavailable",
    )


def test_the_model_alone_reads_even_what_the_engine_could(acme: ToolContext) -> None:
    query = "event('Order Completed').where(property('total') > 50).count() >= 1"
    with asking(acme, text(query), first=False) as (context, server):
        answer = build(context, FULL)
        assert (answer.status, answer.query, answer.model) == ("draft", query, "test-model")
        assert len(server.requests) == 1


def test_personal_data_leaves_the_machine_neither_from_prompts_nor_from_fields(
    acme: ToolContext,
) -> None:
    with asking(acme, text("UNKNOWN: x")) as (context, server):
        refused = build(context, "Clientes como ana@example.com que compraron")
        assert refused.problem is not None
        assert refused.problem.code == "personal_data"
        assert server.requests == []
        build(context, SPANISH)
        sent = str(server.requests)
        assert "example.com" not in sent
        assert "trait('name')" in sent


@pytest.mark.parametrize("person", ["ana@example.com", "Annabella"])
def test_what_a_query_says_of_one_person_is_not_sent(acme: ToolContext, person: str) -> None:
    query = f"trait('email') = '{person}'"
    store = Store(acme.settings.store_url)
    for number, said in enumerate((query, "trait('country') = 'ES'")):
        store.save_audience("acme", f"Clientes de España {number}", "Clientes de España que compraron", said, "users", "dynamic", None, person=LOCAL)  # fmt: skip
    with asking(acme, text("UNKNOWN: x")) as (context, server):
        build(context, SPANISH)
        (sent,) = server.requests
        assert "Query: trait('country') = 'ES'" in str(sent)  # a saved audience as an example
        assert person not in str(sent)
        build(context, "solamente los de España por favor", refine=query)
        assert len(server.requests) == 1


def test_a_refinement_with_the_model_keeps_the_words_of_the_rest(acme: ToolContext) -> None:
    query = f"trait('country') = 'ES' AND {BOUGHT}"
    with asking(acme, text(query), text("1: solamente los de España")) as (context, server):
        earlier = ("Customers who bought in the last 30 days",)
        answer = build(context, "solamente los de España por favor", earlier=earlier)
        by_query = {each.query: each for each in answer.conditions}
        assert by_query[BOUGHT].turn == 0
        assert by_query["trait('country') = 'ES'"].turn == 1
        assert BOUGHT in server.requests[0]["messages"][1]["content"]


def test_what_it_cost_is_in_the_answer_and_not_in_the_contract(acme: ToolContext) -> None:
    with asking(acme, text(f"trait('country') = 'ES' AND {BOUGHT}")) as (context, _):
        answer = build(context, SPANISH)
        assert answer.spent is not None
        assert (answer.spent.requests, answer.spent.tokens_in, answer.spent.tokens_out) == (1, 1, 1)
        assert "spent" not in answer.to_json()
        assert build(context, FULL).spent is None


def test_what_the_model_says_of_words_is_read_leniently() -> None:
    assert chosen("Sure:\n1) A\n2. B\n3: C\n9: A", 3, 2) == [0, 1, None]
    assert chosen('{"1": "B", "2": "-"}', 2, 2) == [1, None]
    assert chosen("no idea", 1, 1) == [None]


def test_words_that_no_span_holds_are_left_over() -> None:
    prompt = "Clients in Spain who bought"
    start = prompt.index("Spain")
    assert [each.text for each in left_over(prompt, [Span(start, start + 5)])] == ["bought"]
