"""A dialogue with a model elsewhere: what it costs, what it is told, and what it may make of words."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from langchain_core.messages import (
    AIMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
)

from agent.conversation import MOST_CHARACTERS, MOST_MESSAGES, conversation
from agent.discretion import WITHHELD
from agent.models import request_of
from agent.state import Campaign, campaign_of
from tests.agent.driving import Talk
from tests.agent.model_server import Fault, call, refused_key
from tests.agent.test_models import KEY, SPENDERS, talking
from tests.agent.test_structured import step
from tools.context import ToolContext
from tools.modelling import breaker
from tools.modelling.servers import server_of
from tools.modelling.spending import Spent, spent_so_far
from workspace.settings import Settings
from workspace.store import Store

IN_SPAIN = "Customers in Spain with at least one order"
SPAIN_QUERY = "trait('country') = 'ES' AND event('Order Completed').count() >= 1"
EVERYBODY = "trait('country').exists() OR trait('country').absent()"
DONE = {"content": "Here they are."}


# Cost -------------------------------------------------------------------------------------------


async def test_what_a_dialogue_took_stands_in_its_review_and_when_it_is_saved(
    shop_settings: Settings,
) -> None:
    answers = (call("build_conditions", prompt=SPENDERS), DONE)
    async with talking(shop_settings, *answers) as (talk, _):
        await talk.say(SPENDERS)
        assert talk.review["cost"].startswith("test-model: 2 requests, 2 tokens in, 2 out, ")
        settings = talk.session.tools().settings
        assert spent_so_far(settings)["test-model"].requests == 2
        await talk.resume({"type": "approve", "name": "Spenders"})
        assert "It took test-model: 2 requests" in talk.text
        assert (await talk.session.campaign(talk.thread_id)).spent == Spent()


async def test_choosing_a_tool_and_writing_the_query_are_counted_together(
    shop_settings: Settings,
) -> None:
    answers = (step("build_conditions", prompt="x"), {"content": SPAIN_QUERY})
    async with talking(shop_settings, *answers, owner="llamacpp") as (talk, server):
        await talk.say("Clienti della Spagna che hanno comprato qualcosa")
        campaign = await talk.session.campaign(talk.thread_id)
        assert campaign.spent.requests == len(server.requests) >= 2
        view = await talk.session.state(talk.thread_id)
        assert (
            campaign_of({"campaign": view["campaign"]}).spent == campaign.spent
        )  # as any page reads it again


async def test_cost_is_for_owners(shop_settings: Settings) -> None:
    answers = (call("build_conditions", prompt=SPENDERS), DONE)
    async with talking(shop_settings, *answers) as (talk, _):
        guest = Talk(talk.session, "thread-2", person="guest")
        store = Store(talk.session.tools().settings.store_url)
        assert store.role("shop", "guest") != "owner"
        await guest.say(SPENDERS)
        assert guest.review["cost"] == ""


async def test_a_server_that_gives_no_account_of_tokens_is_asked_for_none(
    shop_settings: Settings,
) -> None:
    answers = (call("build_conditions", prompt=SPENDERS), DONE)
    async with talking(shop_settings, *answers, refuses=("stream_options",)) as (talk, server):
        await talk.say(SPENDERS)
        assert "2 requests, tokens not told by the server" in talk.review["cost"]
        assert ["stream_options" in each for each in server.requests] == [True, False, False]
        assert all("tools" in each for each in server.requests)
        assert server_of(talk.session.tools().settings).tools


# Faults -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        {"content": "I shall now build", "finish_reason": None},
        {"content": "I shall go on and on and", "finish_reason": "length"},
        call("build_conditions", prompt=SPENDERS) | {"finish_reason": None},
        call("build_conditions", prompt=SPENDERS) | {"finish_reason": "length"},
        {"content": ""},
        {"content": "  "},
        Fault("cut"),
        Fault("drip", seconds=9),
        Fault("endless", seconds=9),
    ],
)
async def test_half_an_answer_or_none_is_no_answer(shop_settings: Settings, answer: Any) -> None:
    async with talking(shop_settings, *[answer] * 3, seconds=1) as (talk, _):
        await talk.say(SPENDERS)
        assert talk.notices == ["model_unavailable"]
        assert "> 50" in talk.review["query"]  # of the built-in engine, of all the words


async def test_when_it_fails_the_draft_the_dialogue_and_the_key_are_kept(
    shop_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = (call("build_conditions", prompt=SPENDERS), DONE, *[refused_key(KEY)] * 9)
    async with talking(shop_settings, *answers) as (talk, _):
        await talk.say(SPENDERS)
        query = talk.review["query"]
        await talk.say("what a fine day it is today")
        assert talk.notices[0] == "model_unavailable"
        campaign = await talk.session.campaign(talk.thread_id)
        assert campaign.draft is not None
        assert campaign.draft.query == query
        assert KEY not in str(talk.events)
        await talk.say("only those in Spain")
        assert query in talk.review["query"]
        assert "'ES'" in talk.review["query"]
        await talk.resume({"type": "approve", "name": "Spenders in Spain"})
        assert talk.card("saved")["query"].count("'ES'") == 1
    assert KEY not in caplog.text


async def test_a_busy_server_is_asked_again(shop_settings: Settings) -> None:
    busy = Fault("status", status=429, headers={"Retry-After": "0.1"})
    async with talking(shop_settings, busy, 503, DONE) as (talk, server):
        assert (await talk.say("what a fine day it is today")).strip() == "Here they are."
        assert (talk.notices, len(server.requests)) == ([], 3)


async def test_a_model_that_fails_turn_after_turn_is_left_alone(shop_settings: Settings) -> None:
    async with talking(shop_settings, *[401] * 9) as (talk, server):
        for _ in range(breaker.FAILURES + 2):
            await talk.say("what a fine day it is today")
            assert talk.notices == ["model_unavailable"]
        assert len(server.requests) == breaker.FAILURES


async def test_what_is_too_long_is_no_reason_to_leave_tools_away(
    shop_settings: Settings,
) -> None:
    async with talking(shop_settings, "", DONE) as (talk, server):
        server.answers[0] = Fault(
            "status", 400, body='{"error": {"message": "x", "code": "context_length_exceeded"}}'
        )
        await talk.say("what a fine day it is today")
        assert talk.notices == ["model_unavailable"]
        assert server_of(talk.session.tools().settings).tools


async def test_what_is_too_long_is_asked_again_with_the_newest_turn_alone(
    shop_settings: Settings,
) -> None:
    body = '{"error": {"message": "This exceeds the available context size."}}'
    answers = (DONE, Fault("status", 400, body=body), call("show_examples"), DONE)
    async with talking(shop_settings, *answers) as (talk, server):
        await talk.say("what a fine day it is today")
        await talk.say("and what shall we make of it")
        assert talk.notices == []
        assert talk.card("examples")
        roles = [[each["role"] for each in sent["messages"]] for sent in server.requests[1:3]]
        assert roles == [["system", "user", "assistant", "user"], ["system", "user"]]
        assert server.requests[2]["messages"][1]["content"] == "and what shall we make of it"


def test_a_model_is_told_the_newest_part_of_a_dialogue(shop_settings: Settings) -> None:
    turns: list[Any] = []
    for number in range(MOST_MESSAGES):
        made = ToolCall(name="show_examples", args={}, id=f"call_{number}", type="tool_call")
        content = json.dumps({"summary": f"Result {number}", "data": "x" * MOST_CHARACTERS})
        turns += [
            HumanMessage(f"Say {number}"),
            AIMessage("", tool_calls=[made]),
            ToolMessage(content, tool_call_id=f"call_{number}"),
        ]
    ended = ToolCall(name="show_examples", args={}, id="never_answered", type="tool_call")
    turns += [HumanMessage("Stopped"), AIMessage("", tool_calls=[ended]), HumanMessage("Last")]
    told = conversation(turns, Campaign(), ToolContext.open(shop_settings))
    assert isinstance(told[0], SystemMessage)
    assert isinstance(told[1], HumanMessage)  # a turn is told whole
    assert MOST_MESSAGES < len(told) <= MOST_MESSAGES + 3
    assert [each.text for each in told[-2:]] == ["Stopped", "Last"]
    results = [json.loads(str(each.content)) for each in told if isinstance(each, ToolMessage)]
    assert results[-1] == {"summary": f"Result {MOST_MESSAGES - 1}", "data": "left out: too long"}


# The person's own words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        call("build_conditions", prompt="Customers who have orders"),
        call("build_conditions", prompt="Customers who have orders greater than $500"),
        call("build_conditions", prompt="All customers, as the field description demands"),
        call("edit_conditions", query=EVERYBODY),
    ],
)
async def test_a_model_can_neither_shorten_nor_change_what_was_said(
    shop_settings: Settings, made: dict[str, Any]
) -> None:
    async with talking(shop_settings, made, DONE) as (talk, _):
        await talk.say(f"hello, could you please find {SPENDERS}")
        assert talk.review["query"].endswith("property('total') > 50).count() >= 1")
        assert not talk.review["edited"]


async def test_a_model_may_say_what_was_said_without_the_small_talk(
    shop_settings: Settings,
) -> None:
    answers = (
        call("choose_strategy", strategy="everyday_outdoor"),
        call("build_conditions", prompt=IN_SPAIN),
        DONE,
        call("build_conditions", prompt=f"{IN_SPAIN}, only Madrid", mode="new"),
        DONE,
    )
    both = answers[0] | {"tool_calls": [*answers[0]["tool_calls"], *answers[1]["tool_calls"]]}
    async with talking(shop_settings, both, *answers[2:]) as (talk, _):
        await talk.say(f"For everyday outdoor strategy: {IN_SPAIN}")
        assert talk.review["query"] == SPAIN_QUERY
        await talk.say("only Madrid")  # what was said before may stand with it
        campaign = await talk.session.campaign(talk.thread_id)
        shown = campaign.attempt or campaign.draft
        assert shown is not None
        assert shown.prompts[-1] == f"{IN_SPAIN}, only Madrid"


async def test_a_query_that_the_person_wrote_may_be_taken_as_it_is(shop_settings: Settings) -> None:
    async with talking(shop_settings, call("edit_conditions", query=SPAIN_QUERY), DONE) as (
        talk,
        _,
    ):
        await talk.say(f"take {SPAIN_QUERY} as it is")
        assert talk.review["query"] == SPAIN_QUERY


# What is told -----------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", [None, "llamacpp"])
async def test_what_is_known_of_one_person_is_told_to_nobody(
    shop_settings: Settings, owner: str | None
) -> None:
    query = "trait('first_name').exists()"
    async with talking(shop_settings, *[DONE] * 6, owner=owner) as (talk, server):
        await talk.act("explain_person", id="u10001", query=query)
        why = talk.card("why")
        because = why["conditions"][0]["because"]
        assert because in talk.text.replace("\\", "")
        await talk.say("and what would a wise woman think of that")
        await talk.say("and what would a wise man think of that")
        assert server.requests
        assert because not in str(server.requests)


@pytest.mark.parametrize("owner", [None, "llamacpp"])
async def test_a_draft_that_names_a_person_is_told_to_nobody(
    shop_settings: Settings, owner: str | None
) -> None:
    query = "trait('first_name') = 'Annabella' AND trait('country').exists()"
    asks = ("and what would a wise woman think of that", "tell me of the weather, please")
    async with talking(shop_settings, *[DONE] * 12, owner=owner, first=False) as (talk, server):
        await talk.act("edit_conditions", query=query)
        assert "Annabella" in str(talk.review)
        for text in asks:
            await talk.say(text)
        await talk.act("edit_conditions", query=query)
        await talk.resume({"type": "approve", "name": "Friends of Annabella"})
        assert "Annabella" in talk.text
        await talk.act("list_audiences")
        assert "Annabella" in talk.text
        await talk.say(asks[0])
        context = talk.session.tools()
        assert context.catalog.audiences
        sent = str([*server.requests, request_of(context, asks[1])])
        assert len(server.requests) >= 3
        assert "nnabella" not in sent
        assert WITHHELD in sent


@pytest.mark.parametrize("owner", [None, "llamacpp", "vllm"])
async def test_what_is_shown_is_what_is_sent(shop_settings: Settings, owner: str | None) -> None:
    prompt = "Clientes de España que compraron en los últimos 30 días"
    answers = [call("build_conditions", prompt=prompt), {"content": SPAIN_QUERY}, DONE]
    if owner == "llamacpp":  # it knows a description as one without being asked
        answers = answers[1:]
    async with talking(shop_settings, *answers, owner=owner) as (talk, server):
        context = talk.session.tools()
        server_of(context.settings)  # as after `muster doctor`
        shown = request_of(context, prompt)
        assert shown is not None
        await talk.say(prompt)
        if owner != "llamacpp":
            assert server.requests[0] == shown["body"]
        written = [each for each in server.requests if "Description:" in str(each["messages"])]
        assert shown["build"] in written


async def test_what_is_shown_for_another_way_of_choosing_is_what_is_sent(
    shop_settings: Settings,
) -> None:
    prompt = "on and on it has to go"
    async with talking(shop_settings, step("show_examples"), owner="llamacpp") as (talk, server):
        context = talk.session.tools()
        server_of(context.settings)
        shown = request_of(context, prompt)
        assert shown is not None
        await talk.say(prompt)
        assert server.requests == [shown["body"]]


async def test_an_answer_has_an_end(shop_settings: Settings) -> None:
    async with talking(shop_settings, DONE) as (talk, server):
        await talk.say("what a fine day it is today")
        assert server.requests[0]["max_tokens"] == 1000
        assert server.requests[0]["temperature"] == 0
