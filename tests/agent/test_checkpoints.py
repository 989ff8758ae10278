"""Dialogues outlive their process, in SQLite and in PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from agent.checkpoints import CheckpointsUnavailable, open_checkpoints
from agent.session import Session, open_session
from tests.agent.driving import Talk
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings
from workspace.store import Store

PROMPT = "Customers in California who bought at least twice in the last 90 days"


async def test_a_review_waits_for_whoever_opens_it_next(kept_settings: Settings) -> None:
    async with open_session(kept_settings) as session:
        talk = Talk(session)
        await talk.say(PROMPT)
        review = talk.review
    async with open_session(kept_settings) as session:
        view = await session.state("thread-1")
        assert view["review"] is not None
        assert view["review"]["props"]["query"] == review["query"]
        again = Talk(session)
        await again.resume({"type": "approve", "name": "Kept"}, view["review"]["interrupt_id"])
        assert again.card("saved")["query"] == review["query"]
    assert [each.name for each in Store(kept_settings.store_url).audiences("shop")] == ["Kept"]


async def test_null_bytes_and_long_words_do_not_break_a_dialogue(kept_settings: Settings) -> None:
    async with open_session(kept_settings) as session:
        talk = Talk(session)
        await talk.say("customers\x00 who bought \x00\x01 in the last 30 days")
        assert talk.in_review
        await talk.say("customers who bought " * 50_000)
        assert talk.notices == ["prompt_too_long"]
        assert talk.in_review


async def test_sessions_that_open_a_new_database_at_once_all_find_it_ready(
    kept_settings: Settings,
) -> None:
    async def opened() -> None:
        async with open_checkpoints(kept_settings) as saver:
            assert [each async for each in saver.alist(None)] == []

    await asyncio.gather(*(opened() for _ in range(4)))


async def test_a_database_that_cannot_be_reached_is_said_without_its_password(
    shop_settings: Settings,
) -> None:
    url = "postgresql://someone:hidden@127.0.0.1:1/nowhere"
    settings = load_settings(home=shop_settings.home, database_url=url)
    with pytest.raises(CheckpointsUnavailable, match="MUSTER_DATABASE_URL") as raised:
        async with open_session(settings):
            raise AssertionError("it was opened")
    assert "hidden" not in raised.value.message


# A process that takes steps and is killed, as by kill -9, at the first event that is asked for. -----

KILLED = """
import asyncio, json, os, signal, sys
from agent.session import open_session

async def main():
    steps, fatal = json.loads(sys.argv[1])
    async with open_session() as session:
        for how, *what in steps:
            if how == "decide":
                view = await session.state("thread-1")
                what = [view["review"]["interrupt_id"], *what]
            turn = {"say": session.say, "act": session.act, "decide": session.resume}[how]
            async for event in turn("thread-1", *what):
                if [how, event.get("stage") or event.get("kind") or event["type"]] == fatal:
                    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
STRATEGY = ["act", "choose_strategy", {"strategy": "everyday_outdoor"}]
STEPS: dict[str, tuple[list[list[Any]], list[str]]] = {
    "fields are looked up": ([["say", PROMPT]], ["say", "fields"]),
    "people are counted": ([["say", PROMPT]], ["say", "count"]),
    "a strategy is chosen": ([STRATEGY], ["act", "approaches"]),
    "segments are made": (
        [STRATEGY, ["act", "generate_segments", {}]],
        ["act", "audience"],
    ),
    "the review is shown": ([["say", PROMPT]], ["say", "review"]),
    "it is saved": (
        [["say", PROMPT], ["decide", {"type": "approve", "name": "Once"}]],
        ["decide", "saved"],
    ),
}


def _environment(settings: Settings) -> dict[str, str]:
    kept = {"MUSTER_HOME": str(settings.home), "MUSTER_WORKSPACE": "shop"}
    if settings.database_url is not None:
        kept["MUSTER_DATABASE_URL"] = settings.database_url.get_secret_value()
    return {**os.environ, **kept}


def _kill(settings: Settings, step: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, json.dumps(STEPS[step])],
        env=_environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]


async def _carried_on(session: Session) -> Talk:
    """The dialogue after it was opened again, as a page opens it."""
    talk = Talk(session)
    if (await session.state("thread-1"))["unfinished"]:
        talk.events = [each async for each in session.carry_on("thread-1")]
    view = await session.state("thread-1")
    assert not view["unfinished"]
    if view["review"] is not None and not talk.in_review:
        talk.events = [*talk.events, view["review"]]
    return talk


@pytest.mark.parametrize("step", [name for name in STEPS if name != "it is saved"])
async def test_killed_while(shop_settings: Settings, step: str) -> None:
    _kill(shop_settings, step)
    async with open_session(shop_settings) as session:
        talk = await _carried_on(session)
        campaign = await session.campaign("thread-1")
        if STEPS[step][0][0][0] == "say":
            assert talk.review["reach"] == talk.review["conditions"][-1]["kept"]
            await talk.say("only those in Texas" if step == "the review is shown" else "undo")
            assert "unexpected" not in talk.notices
        else:
            assert campaign.strategy == "everyday_outdoor"
            assert (len(campaign.segments) > 1) == (step == "segments are made")


async def test_killed_while_it_is_saved_it_is_saved_once(kept_settings: Settings) -> None:
    _kill(kept_settings, "it is saved")
    async with open_session(kept_settings) as session:
        await _carried_on(session)
        assert (await session.campaign("thread-1")).saved == ("once",)
        store = Store(kept_settings.store_url)
        assert [each.name for each in store.audiences("shop")] == ["Once"]
        assert [each.action for each in store.audit("shop", person=LOCAL)] == ["save"]
