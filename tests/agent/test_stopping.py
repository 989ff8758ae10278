"""A stop is a decision: what was stopped is dropped, and nothing carries it on later."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from agent.events import Event
from agent.session import Session, open_session
from tests.agent.driving import Talk
from workspace.settings import Settings

TEXANS = "Customers in Texas who bought in the last 30 days"
STAGES = ("fields", "count")


async def _stopped(turn: AsyncIterator[Event], stage: str) -> None:
    """Listen to a turn, and cancel it when it says that it is at this stage."""

    async def listened() -> None:
        async for event in turn:
            if event["type"] == "progress" and event["stage"] == stage:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(listened())


@pytest.mark.parametrize("stage", STAGES)
async def test_the_first_description_is_dropped(shop_settings: Settings, stage: str) -> None:
    async with open_session(shop_settings) as session:
        talk = Talk(session)
        await _stopped(session.say("thread-1", TEXANS), stage)
        await talk.stop()
        assert talk.events == []
    async with open_session(shop_settings) as session:
        view = await session.state("thread-1")
        assert not view["unfinished"]
        assert view["review"] is None
        talk = Talk(session)
        await talk.carry_on()
        assert talk.events == []
        await talk.say(TEXANS)
        assert talk.in_review
        assert talk.review["prompts"] == [TEXANS]


async def test_the_draft_that_stood_before_is_reviewed_again(talk: Talk, session: Session) -> None:
    await talk.say(TEXANS)
    before = talk.review
    await _stopped(session.say("thread-1", "only women"), "count")
    await talk.stop()
    assert talk.review["query"] == before["query"]
    assert not (await session.state("thread-1"))["unfinished"]
    await talk.resume({"type": "approve", "name": "Texans"})
    assert talk.card("saved")["query"] == before["query"]


async def test_a_stopped_decision_leaves_the_review(talk: Talk, session: Session) -> None:
    await talk.say(TEXANS)
    decision = {"type": "respond", "message": "Customers without a phone", "replace": True}
    await _stopped(session.resume("thread-1", talk.review_id, decision), "count")
    await talk.stop()
    assert talk.review["prompts"] == [TEXANS]
    await talk.say("undo")
    assert "unexpected" not in talk.notices


async def test_a_click_that_was_stopped_made_nothing(talk: Talk, session: Session) -> None:
    await talk.act("choose_strategy", strategy="everyday_outdoor")
    await _stopped(session.act("thread-1", "generate_segments", {}), "audience")
    await talk.stop()
    assert (await session.campaign("thread-1")).segments == ()
    assert not (await session.state("thread-1"))["unfinished"]


async def test_a_stop_after_the_end_changes_nothing(talk: Talk, session: Session) -> None:
    await talk.say(TEXANS)
    review = talk.review_id
    await talk.stop()
    assert talk.review_id == review
