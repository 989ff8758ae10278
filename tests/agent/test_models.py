"""An outside model in the same graph: the same tools, the same rules, and the built-in one when it fails."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agent.graph import MOST_STEPS
from agent.session import open_session
from agent.toolbox import TOOLS, schemas
from tests.agent.driving import Talk
from tests.agent.model_server import ModelServer, call, serving
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings
from workspace.store import Store
from workspace.terms import VERSION

SPENDERS = "Customers who have orders greater than $50"
KEY = "sk-very-secret-key"


@asynccontextmanager
async def talking(
    settings: Settings,
    *answers: Any,
    accept: bool = True,
    first: bool = True,
    owner: str | None = None,
    refuses: tuple[str, ...] = (),
    seconds: float = 60,
) -> AsyncIterator[tuple[Talk, ModelServer]]:
    """A dialogue with a model that gives these answers."""
    with serving(*answers, owner=owner, refuses=refuses) as server:
        told = load_settings(
            home=settings.home,
            workspace="shop",
            model="test-model",
            openai_base_url=server.address,
            openai_api_key=KEY,
            model_timeout=seconds,
            builtin_first=first,
        )
        if accept:
            Store(told.store_url).accept_terms("shop", VERSION, person=LOCAL)
        async with open_session(told) as session:
            yield Talk(session), server


async def test_a_model_drives_the_same_tools(shop_settings: Settings) -> None:
    answers = (call("build_conditions", prompt=SPENDERS), {"content": "Here they are."})
    async with talking(shop_settings, *answers) as (talk, server):
        assert (await talk.say(SPENDERS)).strip() == "Here they are."
        pieces = [each["text"] for each in talk.events if each["type"] == "token"]
        assert pieces == ["Here ", "they ", "are. "]
        assert talk.review["status"] == "draft"
        first, second = server.requests
        names = {each["function"]["name"] for each in first["tools"]}
        assert names == {each.name for each in TOOLS.values() if not each.for_people}
        assert first["messages"][0]["role"] == "system"
        assert second["messages"][-1]["role"] == "tool"
        assert "people of 5,000" in second["messages"][-1]["content"]


async def test_a_model_cannot_save_and_cannot_answer_for_the_person(
    shop_settings: Settings,
) -> None:
    answers = (
        call("choose_strategy", strategy="winter_launch"),
        call("select_personas", personas=["skier"]),
        call("choose_approach", approach="segments"),
        call("answer_question", option=0),
        {"content": "Shall I?"},
        call("build_conditions", prompt=SPENDERS, mode="new"),
        call("save_audience", name="Sneaky"),
        {"content": "Saved."},
    )
    async with talking(shop_settings, *answers) as (talk, server):
        await talk.say("do everything at once")
        campaign = await talk.session.campaign(talk.thread_id)
        assert (campaign.approach, campaign.personas) == ("personas", ("skier",))
        assert campaign.pending is not None
        assert "Only the person can answer" in server.requests[-1]["messages"][-1]["content"]
        await talk.say("no")
        await talk.say(SPENDERS)
        assert Store(talk.session.tools().settings.store_url).audiences("shop") == ()


async def test_without_accepted_terms_nothing_is_sent(shop_settings: Settings) -> None:
    async with talking(shop_settings, accept=False) as (talk, server):
        await talk.say(SPENDERS)
        assert talk.notices == ["terms_not_accepted"]
        assert talk.in_review  # the built-in engine has answered
        assert server.requests == []


async def test_personal_data_is_not_sent(shop_settings: Settings) -> None:
    async with talking(shop_settings) as (talk, server):
        await talk.say("customers like ada.lovelace@example.com who bought")
        assert talk.notices == ["personal_data"]
        assert server.requests == []


@pytest.mark.parametrize("answer", [500, 401, 429, "this is no JSON", "{}"])
async def test_a_failing_model_costs_nothing(shop_settings: Settings, answer: Any) -> None:
    async with talking(shop_settings, *[answer] * 4) as (talk, _server):
        await talk.say(SPENDERS)
        assert talk.notices[0] == "model_unavailable"
        assert talk.in_review
        assert KEY not in str(talk.events)


async def test_a_model_that_cannot_be_reached_costs_nothing(shop_settings: Settings) -> None:
    told = load_settings(
        home=shop_settings.home,
        workspace="shop",
        model="gone",
        openai_base_url="http://127.0.0.1:9/v1",
        model_timeout=2,
    )
    Store(told.store_url).accept_terms("shop", VERSION, person=LOCAL)
    async with open_session(told) as session:
        talk = Talk(session)
        await talk.say(SPENDERS)
        assert "model_unavailable" in talk.notices
        assert talk.in_review


async def test_a_name_alone_is_not_enough(shop_settings: Settings) -> None:
    told = load_settings(home=shop_settings.home, workspace="shop", model="some-model")
    Store(told.store_url).accept_terms("shop", VERSION, person=LOCAL)
    async with open_session(told) as session:
        talk = Talk(session)
        await talk.say("hello")
        assert talk.notices == ["model_unavailable"]
        assert "Hello" in talk.text


async def test_wrong_tool_calls_are_told_to_the_model_and_change_nothing(
    shop_settings: Settings,
) -> None:
    answers = (
        call("no_such_tool", x=1),
        call("build_conditions", prompt=SPENDERS, confirmed=True),
        call("set_event_role", event="Order Completed", role="none"),  # a click's alone
        call("accept_terms", version=VERSION),
        {"content": "I give up."},
    )
    async with talking(shop_settings, *answers) as (talk, server):
        await talk.say(SPENDERS)
        assert not talk.in_review
        told = [each["messages"][-1]["content"] for each in server.requests[1:]]
        assert "no tool called" in told[0]
        assert "confirmed" in told[1]
        assert "no tool called set\\_event\\_role" in json.loads(told[2])["summary"]
        assert "no tool called accept\\_terms" in json.loads(told[3])["summary"]
        await talk.act("show_event_roles")
        roles = {each["event"]: each["by"] for each in talk.card("roles")["events"]}
        assert roles["Order Completed"] == "name"


async def test_a_model_that_never_stops_is_stopped(shop_settings: Settings) -> None:
    answers = [call("show_examples") for _ in range(MOST_STEPS + 5)]
    async with talking(shop_settings, *answers) as (talk, server):
        await talk.say("go on and on")
        assert "more steps" in talk.text
        assert len(server.requests) == MOST_STEPS


def test_every_tool_tells_a_model_what_it_is_for() -> None:
    for each in schemas():
        function = each["function"]
        assert len(function["description"]) > 20
        assert "confirmed" not in function["parameters"]["properties"]
    assert {
        "list_personas",
        "select_personas",
        "generate_segments",
        "lookup_fields",
        "build_conditions",
        "validate_conditions",
    } <= set(TOOLS)
