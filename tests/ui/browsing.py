"""How the browser tests use the page, and how they ask the command line for the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.ui.conftest import PATIENCE, Server

expect.set_options(timeout=PATIENCE)

AGAIN = 5_000  # ms
SOCKET = "**/ws/socket.io/**"


def muster(home: Path, *arguments: str) -> dict[str, Any]:
    """What the command line says, in a process of its own, on the state that the server uses."""
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments, "--json"],
        env={"MUSTER_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def saved(server: Server, name: str) -> list[dict[str, Any]]:
    """The saved audiences of this name."""
    return [each for each in muster(server.home, "audiences")["audiences"] if each["name"] == name]


def card(page: Page, kind: str) -> Locator:
    """The newest card of a kind."""
    return page.locator(f"[data-card='{kind}']").last


def say(page: Page, text: str) -> None:
    """Write a message and send it, once the page is connected and takes one."""
    page.locator("#chat-input").fill(text)
    page.locator("#chat-submit").click()
    expect_address(page)


def enter(page: Page) -> None:
    """Send what is written by the key; Chainlit takes no Enter while it draws the field anew."""
    expect(page.locator("#chat-submit")).to_be_enabled()
    for _ in range(PATIENCE // AGAIN):
        page.locator("#chat-input").press("Enter")
        with suppress(AssertionError):
            expect(page.locator("#chat-input")).to_be_empty(timeout=AGAIN)
            break
    expect_address(page)


def expect_address(page: Page) -> None:
    """Wait until the chat has its address: Chainlit draws the whole page anew for it."""
    expect(page).to_have_url(re.compile("/thread/"))


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tab key until it is there."""
    expect(wanted).to_be_enabled()
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {wanted}.")


def review_of(page: Page, server: Server, text: str) -> Locator:
    """The review card of a description, said in a new chat."""
    page.goto(server.url)
    say(page, text)
    return reviewed(page)


def reviewed(page: Page) -> Locator:
    """The review card of what was said, once its turn is over."""
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    expect(page.locator("#stop-button")).to_have_count(0)
    return card(page, "review")


def choose_profile(page: Page, server: Server, profile: str, *, there: bool = False) -> None:
    """Begin a chat of this profile; with `there`, from the page as it is."""
    if not there:
        page.goto(server.url)
    # Chainlit begins a chat of the first profile: a choice in the middle of that may begin two.
    page.wait_for_load_state("networkidle")
    page.locator("#chat-profiles").click()
    page.get_by_role("option", name=profile).click()


def choose_strategy(page: Page, text: str) -> None:
    """Click the first strategy that says `text`, and wait until its approaches can be chosen."""
    expect(card(page, "approaches")).to_be_visible()
    strategies = card(page, "strategies").get_by_role("button").filter(has_text=text)
    with page.expect_response("**/project/action"):
        strategies.first.click()
    expect(page.locator("[data-card='approaches']")).to_have_count(1)  # it changes where it stands
    expect(card(page, "approaches").get_by_role("button").last).to_be_enabled()
    expect_address(page)


def expect_reach(review: Locator, people: int) -> None:
    """Wait until a review shows this number of people."""
    expect(review.locator("[data-reach]")).to_have_attribute("data-reach", str(people))


def reach(review: Locator) -> int:
    """The number of people that a review shows."""
    return int(review.locator("[data-reach]").get_attribute("data-reach") or -1)


class Line:
    """The connection between a page and the server, to be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket(SOCKET, self._pass)

    def _pass(self, socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        self._sockets.append(socket)

    def cut(self) -> None:
        self._page.route(SOCKET, lambda route: route.abort())
        for socket in self._sockets:
            socket.close()

    def mend(self) -> None:
        self._page.unroute(SOCKET)
