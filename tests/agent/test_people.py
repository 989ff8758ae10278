"""Two people on one session: each has dialogues of their own, and no more rights than their role."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from agent.session import NotYours, Session, Window, open_session
from tests.agent.driving import Talk
from workspace.persons import LOCAL
from workspace.settings import Settings
from workspace.store import Store

PROMPT = "Customers who don't have a phone number."


@pytest.fixture
def store(shop_settings: Settings) -> Store:
    store = Store(shop_settings.store_url)
    store.set_role("shop", "vic", "viewer", by=LOCAL)
    store.set_role("shop", "ed", "editor", by=LOCAL)
    return store


async def test_a_viewer_looks_and_builds_and_cannot_save(session: Session, store: Store) -> None:
    talk = Talk(session, person="vic")
    await talk.say(PROMPT)
    reach = talk.review["reach"]
    assert reach > 0
    for decide in (
        lambda: talk.resume({"type": "approve", "name": "Mine"}),
        lambda: talk.say("save it as Mine"),
    ):
        await decide()
        assert talk.notices == ["not_allowed"]
        assert talk.review["reach"] == reach  # the draft stays
    assert store.audiences("shop") == ()
    assert store.campaigns("shop") == ()
    assert [each.action for each in store.audit("shop", person=LOCAL)] == ["role", "role"]


async def test_a_viewer_cannot_delete_in_any_way(session: Session, store: Store) -> None:
    editor = Talk(session, "thread-ed", person="ed")
    await editor.say(PROMPT)
    await editor.resume({"type": "approve", "name": "Kept"})
    assert [each.created_by for each in _saved(store)] == ["ed"]

    viewer = Talk(session, "thread-vic", person="vic")
    for attempt in (
        lambda: viewer.say("delete the audience Kept"),
        lambda: viewer.act("delete_audience", audience="kept"),
        lambda: viewer.act("delete_audience", audience="kept", confirmed=True),
    ):
        await attempt()
        if "question" in [each.get("kind") for each in viewer.events]:
            await viewer.act(
                "answer_question", option=0, question=viewer.card("question")["question"]
            )
        assert set(viewer.notices) & {"not_allowed", "invalid_arguments"}, viewer.events
    assert [each.key for each in store.audiences("shop")] == ["kept"]


async def test_nobody_acts_in_a_dialogue_of_somebody_else(session: Session, store: Store) -> None:
    mine = Talk(session, person="ed")
    await mine.say(PROMPT)
    theirs = Talk(session, person="vic")
    for attempt in (
        lambda: theirs.say("undo"),
        lambda: theirs.act("discard_draft"),
        lambda: theirs.resume({"type": "approve", "name": "Stolen"}, mine.review_id),
        lambda: theirs.resume({"type": "reject"}, mine.review_id),
        lambda: theirs.carry_on(),
    ):
        await attempt()
        assert theirs.notices == ["not_allowed"]
        assert len(theirs.events) == 1  # nothing of it is shown
    with pytest.raises(NotYours):
        await session.state("thread-1", person="vic")
    with pytest.raises(NotYours):
        await session.state("thread-1")
    view = await session.state("thread-1", person="ed")
    assert view["review"] is not None
    assert view["review"]["interrupt_id"] == mine.review_id
    assert store.audiences("shop") == ()


async def test_a_payload_cannot_say_who_acts(session: Session, store: Store) -> None:
    talk = Talk(session, person="vic")
    await talk.say(PROMPT)
    tampered: list[dict[str, Any]] = [
        {"type": "approve", "name": "X", "person": "local"},
        {"type": "approve", "name": "X", "role": "owner"},
        {"type": "approve", "name": "X", "request_key": "k"},
    ]
    for decision in tampered:
        await talk.resume(decision)
        assert talk.notices == ["invalid_decision"]
    assert store.audiences("shop") == ()


async def test_a_role_counts_from_the_moment_it_is_given(session: Session, store: Store) -> None:
    talk = Talk(session, person="vic")
    await talk.say(PROMPT)
    await talk.resume({"type": "approve", "name": "Later"})
    assert talk.notices == ["not_allowed"]
    store.set_role("shop", "vic", "editor", by=LOCAL)
    await talk.resume({"type": "approve", "name": "Later"})
    assert talk.card("saved")["key"] == "later"
    assert store.audit("shop", person=LOCAL)[0].person == "vic"


async def test_a_forgotten_dialogue_is_gone(shop_settings: Settings) -> None:
    async with open_session(shop_settings) as session:
        talk = Talk(session)
        await talk.say(PROMPT)
        await session.forget("thread-1")
        view = await session.state("thread-1", person="somebody")
        assert view["review"] is None
        assert view["campaign"] == {}


def _saved(store: Store) -> list[Any]:
    from sqlalchemy import select

    from workspace.connection import transaction
    from workspace.models import audiences

    with transaction(store._url) as connection:
        return list(connection.execute(select(audiences)))


async def test_a_click_in_a_window_that_is_behind_changes_nothing(session: Session) -> None:
    """Two windows on one campaign: what was done in one is not undone by a click in the other."""
    first, second = Talk(session, window=Window()), Talk(session, window=Window())
    await first.act("choose_strategy", strategy="everyday_outdoor")
    await second.act("show_strategies")  # now both have seen the same
    await first.act("choose_approach", approach="personas")
    keys = [each["key"] for each in first.card("personas")["personas"]]
    await first.act("select_personas", personas=keys[:2], how="set")

    await second.act("choose_approach", approach="segments")
    assert second.notices == ["out_of_date"]
    assert (await session.campaign("thread-1")).personas == tuple(keys[:2])
    # Told so, it has seen how things stand, and its next click counts.
    await second.act("select_personas", personas=keys[2:3], how="add")
    assert second.notices == []
    assert (await session.campaign("thread-1")).personas == tuple(keys[:3])
    # Two quick clicks in one window are both carried out.
    await asyncio.gather(
        second.act("select_personas", personas=keys[:1], how="remove"),
        second.act("select_personas", personas=keys[1:2], how="remove"),
    )
    assert (await session.campaign("thread-1")).personas == tuple(keys[2:3])


async def test_two_windows_at_one_review_save_it_once(session: Session, store: Store) -> None:
    first, second = Talk(session, window=Window()), Talk(session, window=Window())
    await first.say(PROMPT)
    review = first.review_id
    await asyncio.gather(
        first.resume({"type": "approve", "name": "One"}, review),
        second.resume({"type": "approve", "name": "Two"}, review),
    )
    assert sorted(first.notices + second.notices) == ["out_of_date"]
    assert len(store.audiences("shop")) == 1
