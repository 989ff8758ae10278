"""The review: one decision, once, by the person, on what was shown."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent.review import Approve, InvalidDecision, Reject, decided_in_words, decision
from agent.session import Session, open_session
from tests.agent.driving import Talk
from workspace.persons import LOCAL
from workspace.settings import Settings
from workspace.store import Store

SPENDERS = "Customers who have orders greater than $50"


def saved(session: Session) -> list[str]:
    settings = session.tools().settings
    return [each.name for each in Store(settings.store_url).audiences("shop")]


async def test_approve_saves_what_was_shown(talk: Talk) -> None:
    await talk.say(SPENDERS)
    shown = talk.review
    await talk.resume({"type": "approve", "name": "Spenders"})
    card = talk.card("saved")
    assert (card["name"], card["key"], card["query"]) == ("Spenders", "spenders", shown["query"])
    assert (card["reach"], card["universe"]) == (shown["reach"], shown["universe"])
    assert not talk.in_review
    assert saved(talk.session) == ["Spenders"]


async def test_save_in_words_is_the_persons_decision(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.say("please save it as “Big spenders”.")
    assert saved(talk.session) == ["Big spenders"]


async def test_without_a_draft_there_is_nothing_to_save(talk: Talk) -> None:
    await talk.say("save it as Nothing")
    assert "no draft" in talk.text
    assert saved(talk.session) == []


async def test_a_stale_id_is_inert(talk: Talk) -> None:
    await talk.say(SPENDERS)
    old = talk.review_id
    await talk.say("how many")  # the review comes again, under another id
    assert talk.review_id != old
    await talk.resume({"type": "approve"}, old)
    assert talk.notices == ["out_of_date"]
    assert saved(talk.session) == []


async def test_a_double_click_saves_once(talk: Talk) -> None:
    await talk.say(SPENDERS)
    review = talk.review_id
    await talk.resume({"type": "approve"}, review)
    await talk.resume({"type": "approve"}, review)
    assert talk.notices == ["out_of_date"]
    assert len(saved(talk.session)) == 1


async def test_two_clicks_at_once_save_once(talk: Talk) -> None:
    await talk.say(SPENDERS)
    review = talk.review_id
    other = Talk(talk.session, talk.thread_id)
    await asyncio.gather(
        talk.resume({"type": "approve"}, review), other.resume({"type": "approve"}, review)
    )
    assert sorted([talk.notices, other.notices]) == [[], ["out_of_date"]]
    assert len(saved(talk.session)) == 1


async def test_two_processes_that_decide_at_once_save_once(
    talk: Talk, shop_settings: Settings
) -> None:
    await talk.say(SPENDERS)
    review = talk.review_id
    async with open_session(shop_settings) as elsewhere:
        other = Talk(elsewhere, talk.thread_id)
        await asyncio.gather(
            talk.resume({"type": "approve"}, review), other.resume({"type": "approve"}, review)
        )
    assert len(saved(talk.session)) == 1


@pytest.mark.parametrize(
    "payload",
    [None, {}, "yes", {"type": "save"}, {"type": "approve", "extra": 1}, {"type": "edit"}],
)
async def test_what_is_no_decision_changes_nothing(talk: Talk, payload: object) -> None:
    await talk.say(SPENDERS)
    review = talk.review_id
    await talk.resume(payload)
    assert talk.notices == ["invalid_decision"]
    assert talk.review_id == review
    assert saved(talk.session) == []


async def test_reject_discards_and_undo_brings_back(talk: Talk) -> None:
    await talk.say(SPENDERS)
    query = talk.review["query"]
    await talk.resume({"type": "reject"})
    assert not talk.in_review
    await talk.say("undo")
    assert talk.review["query"] == query


async def test_an_empty_name_is_refused_and_the_review_stays(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.resume({"type": "approve", "name": "\x00\x01"})
    assert talk.notices == ["invalid_name"]
    assert talk.in_review
    assert saved(talk.session) == []


async def test_at_the_dynamic_plus_limit_the_draft_stays_until_one_is_deleted(
    talk: Talk, shop_settings: Settings
) -> None:
    tools = talk.session.tools()
    limit = tools.workspace.config.dynamic_plus_limit
    assert limit is not None
    store = Store(shop_settings.store_url)
    for number in range(limit):
        store.save_audience(
            "shop",
            f"Old {number}",
            "",
            f"event('Order Completed').count() >= {number + 7}",
            "users",
            "dynamic_plus",
            limit,
            person=LOCAL,
        )
    await talk.say(SPENDERS)
    assert talk.review["kind"] == "dynamic_plus"
    await talk.resume({"type": "approve", "name": "One more"})
    assert talk.notices == ["dynamic_plus_limit"]
    assert len(talk.card("audiences")["audiences"]) == limit
    assert talk.in_review
    await talk.say("delete the audience Old 3")
    await talk.say("yes")
    await talk.resume({"type": "approve", "name": "One more"})
    assert "One more" in saved(talk.session)


async def test_a_model_cannot_save_or_delete(talk: Talk) -> None:
    """What a model calls prepares; only the person's decision saves."""
    await talk.say(SPENDERS)
    await talk.act("save_audience", name="Prepared")
    assert talk.review["name"] == "Prepared"
    assert saved(talk.session) == []


async def test_a_second_device_sees_the_same_review(talk: Talk, shop_settings: Settings) -> None:
    await talk.say(SPENDERS)
    async with open_session(shop_settings) as elsewhere:
        view = await elsewhere.state(talk.thread_id)
        assert view["review"] is not None
        assert view["review"]["interrupt_id"] == talk.review_id
        assert view["review"]["props"]["query"] == talk.review["query"]


_KILLED_SAVING = """
import asyncio, os, signal, sys
from agent.session import open_session
from workspace.settings import load_settings
from workspace.store import Store
from workspace.persons import LOCAL

kept = Store.save_audience

def save_and_die(self, *args, **kwargs):
    kept(self, *args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

Store.save_audience = save_and_die

async def main():
    async with open_session(load_settings(workspace="shop")) as session:
        review = None
        async for event in session.say("thread-1", sys.argv[1]):
            if event["type"] == "review":
                review = event["interrupt_id"]
        async for event in session.resume("thread-1", review, {"type": "approve", "name": "Once"}):
            pass

asyncio.run(main())
"""


async def test_a_process_killed_right_after_saving_saves_once(
    shop_settings: Settings, tmp_path: Path
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED_SAVING)
    killed = subprocess.run(
        [sys.executable, str(script), SPENDERS],
        env=os.environ | {"MUSTER_HOME": str(shop_settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    async with open_session(shop_settings) as session:
        assert saved(session) == ["Once"]
        assert (await session.state("thread-1"))["unfinished"]
        talk = Talk(session)
        await talk.say("list my audiences")  # what was decided is finished first
        assert talk.card("saved")["key"] == "once"
        assert saved(session) == ["Once"]
        assert not talk.in_review


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("save", Approve(name=None, description=None)),
        ("Save it.", Approve(name=None, description=None)),
        ("yes, save it as VIPs in Spain", Approve(name="VIPs in Spain", description=None)),
        ("discard it", Reject()),
        ("only those in Spain", None),
        ("save those who bought twice", None),
        ("customers who saved it", None),
    ],
)
def test_decisions_in_words(text: str, expected: object) -> None:
    assert decided_in_words(text) == expected


def test_a_decision_is_checked() -> None:
    with pytest.raises(InvalidDecision):
        decision({"type": "approve", "query": "x"})
