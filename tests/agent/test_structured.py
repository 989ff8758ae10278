"""Servers without tool calls, and small models: the same dialogue by answers of a form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent.graph import MOST_STEPS
from tests.agent.model_server import Fault
from tests.agent.test_models import SPENDERS, talking
from workspace.settings import Settings


def step(tool: str, **arguments: Any) -> dict[str, Any]:
    return {"content": json.dumps({"tool": tool, "arguments": arguments})}


async def test_a_campaign_without_tool_calls(shop_settings: Settings) -> None:
    answers = (
        step("choose_strategy", strategy="everyday_outdoor"),
        step("select_personas", personas=["weekend_hiker"]),
        {"content": json.dumps({"say": "With pleasure."})},
    )
    async with talking(shop_settings, *answers, owner="llamacpp") as (talk, server):
        await talk.say("it is to go with what we do for everyday things")
        await talk.say("it is meant for those on their feet on a Sunday")
        campaign = await talk.session.campaign(talk.thread_id)
        assert (campaign.strategy, campaign.personas) == ("everyday_outdoor", ("weekend_hiker",))
        await talk.say(SPENDERS)
        assert talk.review["status"] == "draft"
        assert "> 50" in talk.review["query"]  # of the person's words, not of the model's
        assert await talk.say("that makes me glad, my friend") == "With pleasure."
        assert all("tools" not in each for each in server.requests)
        assert all("grammar" in each for each in server.requests)
        assert "weekend_hiker" in server.requests[1]["messages"][1]["content"]


async def test_commands_need_no_model(shop_settings: Settings) -> None:
    async with talking(shop_settings, owner="llamacpp") as (talk, server):
        await talk.say("show strategies")
        assert talk.card("strategies")
        await talk.say("help")
        assert server.requests == []


async def test_a_server_that_refuses_tools_is_driven_without(shop_settings: Settings) -> None:
    answers = (step("show_examples"), step("show_examples"))
    async with talking(shop_settings, *answers, refuses=("tools",)) as (talk, server):
        for _ in range(2):
            await talk.say("what could a person like me possibly ask")
            assert talk.card("examples")
        assert ["tools" in each for each in server.requests] == [True, False, False]


async def test_an_answer_that_is_no_call_is_taken_for_a_description(
    shop_settings: Settings,
) -> None:
    query = "trait('country') = 'ES' AND event('Order Completed').count() >= 1"
    for answer in (
        {"content": "build it"},
        {"content": '{"tool": "no_such_tool"}'},
        step("select_personas", persona="weekend_hiker"),
        step("set_event_role", event="Order Completed", role="none"),  # a click's alone
    ):
        answers = (answer, {"content": query})
        async with talking(shop_settings, *answers, owner="llamacpp") as (talk, _):
            await talk.say("Clienti della Spagna che hanno comprato qualcosa")
            shown = talk.review if talk.in_review else talk.card("draft")
            assert shown["query"] == query


async def test_a_description_in_another_language_is_known_as_one(shop_settings: Settings) -> None:
    query = "trait('country') = 'ES' AND event('Order Completed').within(30 days).count() >= 1"
    async with talking(shop_settings, {"content": query}, owner="llamacpp") as (talk, server):
        await talk.say("Clientes de España que compraron en los últimos 30 días")
        assert talk.review["query"] == query
        assert len(server.requests) == 1  # for the query; none to choose a tool


@pytest.mark.parametrize("fault", [401, Fault("cut"), {"content": " "}])
async def test_it_fails_as_any_model_does(shop_settings: Settings, fault: Any) -> None:
    async with talking(shop_settings, *[fault] * 6, owner="llamacpp") as (talk, _):
        await talk.say("on and on it has to go")
        assert talk.notices[0] == "model_unavailable"
        assert talk.text  # the built-in engine has answered
        await talk.say(SPENDERS)
        assert talk.in_review


async def test_a_small_model_that_goes_on_and_on_is_stopped(shop_settings: Settings) -> None:
    answers = [step("show_examples")] * (MOST_STEPS + 3)
    async with talking(shop_settings, *answers, owner="llamacpp") as (talk, server):
        await talk.say("on and on it has to go")
        assert len(server.requests) == 1  # what tools return is told without the model
