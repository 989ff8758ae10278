"""What comes from outside is text: in the browser nothing of it runs, and each gets an answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import card, expect_reach, muster, review_of, reviewed, say, tick
from tests.ui.conftest import Server
from tests.ui.worlds import World
from tests.workspace import folders
from workspace.importer import import_folder

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=alert(1)> customers <script>alert(2)</script>",
    "'; DROP TABLE users; -- customers who bought",
    "**bold** [link](javascript:alert(1)) ![x](http://127.0.0.1:1/x) customers",
    "顧客のなかで最近購入した人たちを全員お願いします",
    "👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥",
    "customers\x00 who bought \x00\x01 in the last 30 days",
    "customers who bought " * 2_500,  # a megabyte: see `test_crowd`
)


def test_hostile_text_is_text(server: Server, page: Page) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(server.url)
    answers = page.locator("[data-step-type='assistant_message']")
    for text in HOSTILE:
        before = answers.count()
        say(page, text)
        expect(page.locator("[data-step-type='user_message']").last).to_contain_text(text[:9])
        expect(answers.nth(before)).to_contain_text(" ")
        expect(page.locator("#stop-button")).to_have_count(0)
    assert page.get_by_text("Something went wrong").count() == 0
    assert page.locator("script:has-text('alert(2)')").count() == 0
    assert page.locator("img[src='x'], img[src*='127.0.0.1:1'], a[href^='javascript']").count() == 0
    assert alerts == []


BOLD = "<b>bold</b>"
IMAGE = "<img src=x onerror=alert(7)>"
SCRIPT = "<script>alert(8)</script> **bold** [link](javascript:alert(9))"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Server]:
    """A server on a workspace whose ids, names and values would be markup."""
    people = [f"{BOLD}{number}" for number in range(30)]
    folders.parquet(tmp_path / "in", "users", id=people, city=[IMAGE, SCRIPT, "Madrid"] * 10)
    folders.event(tmp_path / "in", "opened", SCRIPT, people[::2], page=[IMAGE] * 15)
    import_folder(tmp_path / "in", tmp_path / "home", "hostile")
    running = Server(tmp_path / "home").start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


def test_hostile_names_and_values_are_text(hostile: Server, page: Page) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(hostile.url)
    say(page, f"trait('city') = '{IMAGE}'")
    review = reviewed(page)
    expect(review.locator(".mu-condition")).to_contain_text(IMAGE)
    expect_reach(review, 10)
    review.get_by_label("Name of the audience").fill(f"{BOLD} {IMAGE}")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text(f"{BOLD} {IMAGE}")
    for words, kind, shown in (
        ("which fields do I have", "fields", IMAGE),
        ("show profiles", "profiles", BOLD),
        ("list my audiences", "audiences", f"{BOLD} {IMAGE}"),
        ("show the audit list", "audit", "Save"),
    ):
        say(page, words)
        expect(card(page, kind)).to_contain_text(shown)
    card(page, "profiles").locator("tbody button").first.click()
    expect(card(page, "profile")).to_contain_text(SCRIPT[:25])
    page.reload()
    expect(card(page, "profile")).to_contain_text(IMAGE)
    assert page.locator("img[src='x'], .mu b:text-is('bold'), a[href^='javascript']").count() == 0
    assert page.locator("script:has-text('alert(8)')").count() == 0
    assert alerts == []


TAMPERED: list[dict[str, Any]] = [
    {"name": "review", "payload": {"interrupt_id": "0", "decision": {"type": "approve"}}},
    {"name": "review", "payload": {"decision": {"type": "change", "changes": [{"path": [99]}]}}},
    {"name": "review", "payload": {"decision": {"type": "remove", "index": "first"}}},
    {"name": "review", "payload": {"decision": "approve", "interrupt_id": None}},
    {"name": "act", "payload": {"card": "review", "tool": "no_such_tool", "arguments": {}}},
    {"name": "act", "payload": {"tool": "save_audience", "arguments": {"name": "Tampered"}}},
    {"name": "act", "payload": {"tool": "select_personas", "arguments": ["all"]}},
    {"name": "ask", "payload": {"what": "edit", "changes": "DROP TABLE users"}},
    {"name": "ask", "payload": {"what": "count", "query": ["trait('state')"]}},
    {"name": "ask", "payload": {"what": "fields", "text": {"a": 1}, "event": 7}},
    {"name": "ask", "payload": {}},
]


def test_tampered_clicks_change_nothing(server: Server, world: World, page: Page) -> None:
    sent: list[dict[str, Any]] = []
    page.on(
        "request",
        lambda request: (
            sent.append(request.post_data_json) if request.url.endswith("/action") else None
        ),
    )
    review = review_of(page, server, world.lacking)
    before = muster(server.home, "audiences")
    review.get_by_role("button", name=f"Edit: {world.lacks}").click()
    tick(review.get_by_label("Exclude"))
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    for action in TAMPERED:
        answer = page.request.post(
            f"{server.url}/project/action",
            data={"sessionId": sent[0]["sessionId"], "action": {"id": "0"} | action},
        )
        assert answer.ok, (action, answer.text())
    assert muster(server.home, "audiences") == before
    page.reload()
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    expect(review.locator(".mu-condition")).to_contain_text(world.lacks)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_that_leaves_while_it_asks_leaves_no_error(server: Server, method: str) -> None:
    begun = (
        f"{method} /ws/socket.io/?EIO=4&transport=polling HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{server.port}\r\nContent-Length: 9\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as left:
        left.sendall(begun.encode())
    # The server looks at what came in the order in which it came.
    assert httpx.get(f"{server.url}/").status_code == 200
