"""Twenty-five chats at once on a real server, while the command line works on the same state."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied
from tests.ui.browsing import muster
from tests.ui.conftest import Server
from tests.ui.crowds import crowd
from tests.ui.sockets import Chat, Refused, chat, visitor

CHATS = 25


@pytest.fixture(scope="module")
def shop_server(shop_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demo workspace, which here may hold any number of audiences."""
    home = tmp_path_factory.mktemp("crowded") / "home"
    copied(shop_made, home)
    config = (home / "workspaces" / "shop").resolve() / "workspace.yaml"
    lines = config.read_text().splitlines(keepends=True)
    config.unlink()  # it is a link to the file of the other tests
    config.write_text("".join(each for each in lines if "dynamic_plus_limit" not in each))
    running = Server(home).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


async def test_chats_side_by_side_each_get_their_own(shop_server: Server, tmp_path: Path) -> None:
    server, name = shop_server, "Crowd"
    built, beside = await asyncio.gather(
        crowd(server, CHATS, name), asyncio.to_thread(_meanwhile, server)
    )
    assert beside["query"] == "event('Order Completed').count() >= 1"
    assert [each.number for each in built] == list(range(CHATS))
    for each in built:
        assert f"> {20 + each.number})" in each.query
    reaches = [each.reach for each in built]
    assert reaches == sorted(reaches, reverse=True)  # a higher bound never has more people
    assert len(set(reaches)) > 5

    there = (await asyncio.to_thread(muster, server.home, "audiences"))["audiences"]
    stored = {each["key"]: each for each in there if each["name"].startswith(name)}
    assert {key: each["query"] for key, each in stored.items()} == {
        each.key: each.query for each in built
    }
    counted = await asyncio.to_thread(_previews, server, tmp_path, stored)
    assert counted == {each.key: each.reach for each in built}


def _meanwhile(server: Server) -> dict[str, Any]:
    """Another process at work: it counts, saves, exports and deletes."""
    query = "event('Order Completed').count() >= 1"
    muster(server.home, "preview", query)
    kept = muster(server.home, "save", query, "--name", "Beside the crowd")
    assert "error" not in kept, kept
    key = str(kept["key"])
    assert "error" not in muster(server.home, "export", query, "--to", "segment")
    gone: dict[str, Any] = muster(server.home, "audiences", "--delete", key)["deleted"]
    return gone


def _previews(server: Server, folder: Path, stored: dict[str, Any]) -> dict[str, int]:
    """What the command line counts for every stored query, by its key."""
    file = folder / "stored.jsonl"
    lines = [{"id": key, "query": each["query"]} for key, each in stored.items()]
    file.write_text("\n".join(json.dumps(each) for each in lines))
    return {each["id"]: each["reach"] for each in _lines(server, file)}


def _lines(server: Server, file: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "preview", "--batch", str(file), "--json"],
        env={"MUSTER_HOME": str(server.home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_a_megabyte_is_answered_and_others_go_on(server: Server) -> None:
    async with visitor(server.url) as http, chat(http) as long, chat(http) as short:
        await asyncio.gather(
            long.say("customers who bought " * 50_000),
            short.say("Customers who don't have a phone number."),
        )
        assert "1,050,000 characters" in await long.text("characters")
        assert (await short.card("review"))["reach"] > 0


TAMPERED: list[tuple[str, dict[str, Any]]] = [
    ("review", {"interrupt_id": ["a", 1], "decision": {"type": "approve", "name": "T"}}),
    ("review", {"interrupt_id": None, "decision": {"type": "approve", "name": "T"}}),
    ("review", {"interrupt_id": "{id}", "decision": {"type": "approve", "name": ["T"]}}),
    ("review", {"interrupt_id": "{id}", "decision": {"type": "approve", "name": "x" * 400}}),
    ("review", {"interrupt_id": "{id}", "decision": {"type": "edit", "query": "trait('no') = 1"}}),
    ("review", {"interrupt_id": "{id}", "decision": {"type": "edit", "query": "x" * 30_000}}),
    ("review", {"interrupt_id": "{id}", "decision": None}),
    ("act", {"card": "review", "tool": "accept_terms", "arguments": {"version": "9"}}),
    ("act", {"card": "review", "tool": "delete_audience", "arguments": {"audience": "no_such"}}),
    ("act", {"card": "review", "tool": {"a": 1}, "arguments": [1]}),
    ("act", {"card": {"x": 1}, "tool": "select_personas", "arguments": {"personas": ["nobody"]}}),
    ("act", {}),
    ("ask", {"changes": [{"path": "../..", "set": "<script>"}]}),
    ("no_such_action", {}),
]


async def test_tampered_payloads_change_nothing(server: Server) -> None:
    async with visitor(server.url) as http, chat(http) as page:
        await page.say("Customers who don't have a phone number.")
        review = await page.card("review")
        before = await asyncio.to_thread(muster, server.home, "audiences")
        for name, payload in TAMPERED:
            sent = json.loads(json.dumps(payload).replace("{id}", review["interrupt_id"]))
            answer = await page.click(name, **sent)
            assert answer.status_code == (404 if name == "no_such_action" else 200), (name, sent)
        assert await asyncio.to_thread(muster, server.home, "audiences") == before
        now = await page.card("review")
        assert (now["query"], now["reach"]) == (review["query"], review["reach"])
        decision = {"type": "approve", "name": "After all that"}
        await page.click("review", interrupt_id=now["interrupt_id"], decision=decision)
        assert (await page.card("saved"))["reach_text"].startswith(f"{review['reach']:,} ")


async def test_a_click_that_has_no_page_or_is_none_is_answered(server: Server) -> None:
    click = {"card": "strategies", "tool": "show_strategies", "arguments": {}}
    async with visitor(server.url) as http:
        page = Chat(server.url, http, None)
        answer = await page.click("act", **click)
        assert answer.status_code == 410
        assert "Reload it" in answer.json()["detail"]
        await page.open()  # as after a restart: it is the same page
        assert (await page.click("act", **click)).status_code == 200
        await page.card("strategies")
        for action in ({}, {"name": "act"}, {"name": ["act"], "payload": {}}, {"name": 1}):
            body = {"sessionId": page.session_id, "action": action}
            assert (await http.post("/project/action", json=body)).status_code == 422
        await page.close()


async def test_what_no_page_says_is_not_heard(server: Server) -> None:
    async with visitor(server.url) as http, chat(http) as page:
        messages: list[Any] = [
            None,
            [],
            "hello",
            {"message": None},
            {"message": {"id": "1", "output": "x"}},
        ]
        for said in messages:
            await page.tell("client_message", said)
        for event in ("edit_message", "audio_chunk", "stop", "connection_successful"):
            await page.tell(event, [{"message": {}}])
        await page.say("Customers who don't have a phone number.")
        assert (await page.card("review"))["reach"] > 0
        for id in (
            "",
            "../../../" + "x" * 27,
            "/" + "x" * 35,
        ):  # Chainlit has a folder of this name
            other = Chat(server.url, http, None)
            other.session_id = id
            with pytest.raises(Refused):
                await other.open()


async def test_small_talk_names_no_chat(server: Server) -> None:
    wanted = "Customers who don't have a phone number."
    async with visitor(server.url) as http, chat(http) as page:
        await page.say("hello")
        await page.until(lambda: page.texts or None, "answer")
        await page.say(wanted)
        await page.until(lambda: page.name if page.name == wanted else None, "name")
        asked = {"pagination": {"first": 50}, "filter": {}}
        listed = (await http.post("/project/threads", json=asked)).json()["data"]
        (name,) = [each["name"] for each in listed if each["id"] == page.thread_id]
        assert name == wanted


async def test_a_page_with_two_sockets_is_spoken_to_where_it_listens(server: Server) -> None:
    async with visitor(server.url) as http, chat(http) as first:
        await first.say("Customers who don't have a phone number.")
        reach = (await first.card("review"))["reach"]
        first.elements.clear()
        second = Chat(first.url, http, None)
        second.session_id = first.session_id
        await second.open()
        assert (await second.card("review"))["reach"] == reach  # all that was said, again
        await second.close()
        # Chainlit would go on speaking to the second.
        assert (await first.card("review"))["reach"] == reach
        await first.say("only those in Spain")
        await first.card("review", lambda props: props["reach"] < reach)


async def test_a_click_that_takes_long_shows_it_and_is_stopped(server: Server) -> None:
    async with visitor(server.url) as http, chat(http) as page:
        await page.act("strategies", "choose_strategy", strategy="everyday_outdoor")
        await page.act("approaches", "choose_approach", approach="segments")
        page.busy = False
        generating = asyncio.create_task(page.act("segments", "generate_segments"))
        await page.stop()
        await page.text("stopped")
        await generating
        assert page.cards("segments")[-1]["segments"] == []
        # Nothing is stuck: the chat goes on.
        await page.say("Customers who don't have a phone number.")
        assert (await page.card("review"))["reach"] > 0
