"""The chat history: one of everything, written and read back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import chainlit as cl
import pytest
from chainlit.context import init_http_context
from chainlit.types import Feedback, Pagination, ThreadFilter

from tests.workspace import postgres_server
from ui.history import ChatHistory, InvalidThread

THREAD = "11111111-1111-4111-8111-111111111111"
EMAIL = "jane.doe@example.com"


@pytest.fixture(params=["sqlite", *(["postgres"] if postgres_server.installed() else [])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'history.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
async def history(url: str) -> AsyncIterator[ChatHistory]:
    opened = ChatHistory(url)
    yield opened
    await opened.close()


async def _everything(history: ChatHistory) -> dict[str, list[object]]:
    """All rows, by table."""
    return {
        table: list(await history.execute_sql(f'SELECT * FROM "{table}"', {}) or [])  # noqa: S608
        for table in ("users", "threads", "steps", "elements", "feedbacks")
    }


async def _thread(history: ChatHistory) -> None:
    init_http_context(thread_id=THREAD)
    person = await history.create_user(cl.User(identifier="local", metadata={"role": "owner"}))
    assert person is not None
    await history.update_thread(
        THREAD,
        name=f"People like {EMAIL}",
        user_id=person.id,
        metadata={"chat_profile": "Plan a campaign", "nested": {"list": [1, "zwei"]}},
        tags=["Plan a campaign"],
    )


def _step(**changes: object) -> dict[str, object]:
    step = {
        "id": "step-1",
        "threadId": THREAD,
        "name": "Looking up fields",
        "type": "tool",
        "input": "",
        "output": "12 fields",
        "createdAt": "2026-09-15T12:00:00Z",
        "start": "2026-09-15T12:00:00Z",
        "end": "2026-09-15T12:00:01Z",
        "streaming": False,
        "isError": False,
        "waitForAnswer": False,
        "showInput": False,
        "metadata": {"a": 1},
        "tags": ["x"],
        "generation": {"model": "m"},
        "defaultOpen": True,
        "autoCollapse": True,
        "command": "c",
        "modes": {"m": 1},
        "language": "en",
        "icon": "pencil",
    }
    return step | changes


async def test_who_opens_a_chat_sees_what_is_being_written(history: ChatHistory) -> None:
    await _thread(history)
    writes = [asyncio.create_task(history.create_step(_step(id=f"{n}"))) for n in range(20)]
    await asyncio.sleep(0)  # they have begun
    thread = await history.get_thread(THREAD)
    assert thread is not None
    assert len(thread["steps"]) == len(writes)
    await asyncio.gather(*writes)


async def test_one_of_everything_is_written_and_read_back(history: ChatHistory) -> None:
    await _thread(history)
    await history.create_step(_step())
    element = cl.CustomElement(
        id="element-1",
        thread_id=THREAD,
        for_id="step-1",
        name="ReviewCard",
        display="inline",
        props={"card": "review", "reach": 12, "conditions": [{"english": "state is CA"}]},
    )
    await history.create_element(element)
    await history.upsert_feedback(
        Feedback(forId="step-1", value=1, comment="good", threadId=THREAD)
    )

    thread = await history.get_thread(THREAD)
    assert thread is not None
    assert thread["metadata"] == {
        "chat_profile": "Plan a campaign",
        "nested": {"list": [1, "zwei"]},
    }
    (step,) = thread["steps"]
    assert (step["name"], step["output"], step["metadata"]) == (
        "Looking up fields",
        "12 fields",
        {"a": 1},
    )
    assert step["feedback"] is not None
    assert (step["feedback"]["value"], step["feedback"]["comment"]) == (1, "good")
    (read,) = thread["elements"] or []
    assert read["name"] == "ReviewCard"
    assert read["forId"] == "step-1"
    assert read["props"] == element.props

    person = await history.get_user("local")
    assert person is not None
    listed = await history.list_threads(Pagination(first=5), ThreadFilter(userId=person.id))
    assert [each["id"] for each in listed.data] == [THREAD]


async def test_a_card_that_changes_is_written_over(history: ChatHistory) -> None:
    await _thread(history)
    for reach in (1, 2):
        await history.create_element(
            cl.CustomElement(
                id="element-1", thread_id=THREAD, for_id="s", name="Card", props={"reach": reach}
            )
        )
    thread = await history.get_thread(THREAD)
    assert thread is not None
    assert [each["props"] for each in thread["elements"] or []] == [{"reach": 2}]


async def test_what_a_person_says_is_kept_without_personal_data(history: ChatHistory) -> None:
    await _thread(history)
    said = _step(id="said", type="user_message", output=f"People like {EMAIL}", name="You")
    await history.create_step(said)
    await history.update_step(said)
    everything = json.dumps(await _everything(history))
    assert "People like" in everything
    assert "jane.doe" not in everything


async def test_a_megabyte_and_null_bytes_are_kept_short(history: ChatHistory) -> None:
    await _thread(history)
    text = "customers\x00who bought " * 50_000
    await history.create_step(_step(id="said", type="user_message", output=text))
    thread = await history.get_thread(THREAD)
    assert thread is not None
    kept = thread["steps"][0]["output"]
    assert kept.startswith("customers")
    assert len(kept) < 10_000
    assert "\x00" not in kept


async def test_a_chat_that_begins_with_a_click_is_named_after_its_strategy(
    history: ChatHistory,
) -> None:
    person = await history.create_user(cl.User(identifier="local"))
    assert person is not None

    async def clicked(thread: str) -> None:
        await history.update_thread(thread, name="act", user_id=person.id)

    async def named(thread: str, strategy: str) -> str:
        told = await history.name_campaign(thread, strategy, ["Spring", "Club"], "local")
        kept = await history.get_thread(thread)
        assert kept is not None
        assert kept["name"] == told
        return told

    other, third = THREAD.replace("1", "2"), THREAD.replace("1", "3")
    await clicked(THREAD)
    kept = await history.get_thread(THREAD)
    assert kept is not None
    assert kept["name"] == "A campaign"
    assert await named(THREAD, "Spring") == "Spring"
    await clicked(other)
    assert await named(other, "Spring") == "Spring (2)"
    assert await named(other, "Club") == "Club"
    assert await named(other, "Spring") == "Spring (2)"
    await history.update_thread(other, name="For the board")
    assert await named(other, "Club") == "For the board"
    # Chainlit writes what was clicked behind what the click did.
    assert await named(third, "Club") == "Club"
    await clicked(third)
    assert await named(third, "Club") == "Club"


async def test_a_failed_write_is_an_error(history: ChatHistory) -> None:
    await _thread(history)
    with pytest.raises(Exception, match="no_such_column"):
        await history.create_step(_step(no_such_column="x"))


async def test_a_deleted_thread_leaves_nothing_behind(history: ChatHistory) -> None:
    await _thread(history)
    await history.create_step(_step())
    await history.upsert_feedback(Feedback(forId="step-1", value=0, threadId=THREAD))
    await history.create_element(
        cl.CustomElement(id="e", thread_id=THREAD, for_id="step-1", name="Card", props={"a": 1})
    )
    await history.delete_thread(THREAD)
    assert await history.get_thread(THREAD) is None
    everything = await _everything(history)
    assert [table for table, rows in everything.items() if rows] == ["users"]


async def test_an_id_that_is_none_is_never_written(history: ChatHistory) -> None:
    await _thread(history)
    hostile = "x') OR ('1'='1"
    with pytest.raises(InvalidThread):
        await history.update_thread(hostile, name="mine")
    with pytest.raises(InvalidThread):
        await history.create_step(_step(threadId=hostile))
    assert await history.get_thread(hostile) is None
    assert len((await _everything(history))["threads"]) == 1


async def test_people_see_their_own_chats_only(history: ChatHistory) -> None:
    await _thread(history)
    other = await history.create_user(cl.User(identifier="ann"))
    assert other is not None
    mine = "22222222-2222-4222-8222-222222222222"
    await history.update_thread(mine, name="Ann's", user_id=other.id)
    listed = await history.list_threads(Pagination(first=5), ThreadFilter(userId=other.id))
    assert [each["id"] for each in listed.data] == [mine]
    assert await history.get_thread_author(mine) == "ann"
    assert await history.get_thread_author("33333333-3333-4333-8333-333333333333") == ""


def test_histories_that_are_opened_at_once_all_find_their_tables(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: ChatHistory(url), range(4)))
    for each in opened:
        asyncio.run(each.close())


async def test_a_person_who_comes_by_many_pages_at_once_is_one(history: ChatHistory) -> None:
    people = await asyncio.gather(
        *(history.create_user(cl.User(identifier="ann")) for _ in range(8))
    )
    assert len({each.id for each in people if each is not None}) == 1
    assert None not in people
