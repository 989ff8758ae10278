"""How the browser tests use the page, and how they ask the command line for the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page, WebSocketRoute, expect

from tests.ui.conftest import PATIENCE, Server

expect.set_options(timeout=PATIENCE)

AGAIN = 5_000  # ms
SOCKET = "**/ws/socket.io/**"
BEFORE = "data-before"  # marks what Chainlit draws anew when the chat gets its address


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
    clicked: list[str] = []

    def send() -> None:
        if not clicked:  # what was written before may be lost
            page.locator("#chat-input").fill(text)
        page.locator("#chat-submit").click(timeout=AGAIN)
        clicked.append(text)

    def sent() -> None:
        assert clicked
        _expect_sent(page)

    mark_page(page)
    again(send, sent)
    expect_address(page)


def enter(page: Page) -> None:
    """Send what is written by the key, once the page is connected and takes it."""
    expect(page.locator("#chat-submit")).to_be_enabled()
    mark_page(page)
    again(
        lambda: page.locator("#chat-input").press("Enter", timeout=AGAIN),
        lambda: _expect_sent(page),
    )
    expect_address(page)


def _expect_sent(page: Page) -> None:
    """Chainlit takes no click and no key while it draws the field anew, with what is written in it."""
    expect(page.locator("#chat-input")).to_be_empty(timeout=AGAIN)


def again(act: Callable[[], object], seen: Callable[[], object]) -> None:
    """Do something until its effect is seen: what is drawn anew under a click or a key takes neither."""
    for _ in range(PATIENCE // AGAIN):
        with suppress(Error):
            act()
        with suppress(AssertionError):
            seen()
            return
    seen()


def tick(box: Locator) -> None:
    """Tick a box."""
    again(lambda: box.check(timeout=AGAIN), lambda: expect(box).to_be_checked(timeout=AGAIN))


def mark_page(page: Page) -> None:
    """Mark the page of a chat that has no address, before what gives it one; a phone draws nothing anew."""
    settled = "location.pathname.startsWith('/thread/') || innerWidth < 768"
    here = f"{settled} || each.setAttribute('{BEFORE}', '')"
    page.locator("#message-composer").evaluate(f"each => {here}")


def expect_address(page: Page) -> None:
    """Wait until the chat has its address, and the whole page is drawn anew for it."""
    expect(page).to_have_url(re.compile("/thread/"))
    expect(page.locator(f"#message-composer[{BEFORE}]")).to_have_count(0)


def type_into(page: Page, field: Locator, text: str) -> None:
    """Write by the keys alone, in the place of what is there."""

    def write() -> None:
        tab_to(page, field)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)

    again(write, lambda: expect(field).to_have_value(text, timeout=AGAIN))


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the tab key until it is there."""
    expect(wanted).to_be_enabled()
    for _ in range(120):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {wanted}.")


def review_of(page: Page, server: Server, text: str) -> Locator:
    """The review card of a description, said in a new chat."""
    page.goto(server.url)
    say(page, text)
    return reviewed(page)


def applied(page: Page) -> Locator:
    """The review, once what was applied in its editor stands in it: that can be undone."""
    expect(card(page, "review").locator("[data-at='undo']")).to_be_enabled()
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
    expect(page.locator("#starters button").first).to_be_enabled()
    chooser = page.locator("#chat-profiles")
    option = page.get_by_role("option", name=profile)

    def choose() -> None:
        if not option.is_visible():
            chooser.click(timeout=AGAIN)
        option.click(timeout=AGAIN)

    again(choose, lambda: expect(chooser).to_have_text(profile, timeout=AGAIN))


def choose_strategy(page: Page, text: str) -> None:
    """Click the first strategy that says `text`, and wait until its approaches can be chosen."""
    expect(card(page, "approaches")).to_be_visible()
    strategies = card(page, "strategies").get_by_role("button").filter(has_text=text)
    mark_page(page)
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
    """The connection between a page and the server, to be cut and mended.

    With `until`, the page hears nothing after these words before `release`.
    """

    def __init__(self, page: Page, until: str = "") -> None:
        self._page = page
        self._sockets: list[WebSocketRoute] = []
        self._until = until
        self._held: list[tuple[WebSocketRoute, str | bytes]] | None = None
        page.route_web_socket(SOCKET, self._pass)

    def _pass(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        if self._until:
            server.on_message(lambda said: self._hear(socket, said))
        self._sockets.append(socket)

    def _hear(self, socket: WebSocketRoute, said: str | bytes) -> None:
        if self._held is not None:
            self._held.append((socket, said))
            return
        socket.send(said)
        if self._until and self._until in str(said):
            self._held = []

    def release(self) -> None:
        held, self._held, self._until = self._held or [], None, ""
        for socket, said in held:
            with suppress(Error):  # one that is closed: the page hears it again through the next
                socket.send(said)

    def cut(self) -> None:
        self._page.route(SOCKET, lambda route: route.abort())
        for socket in self._sockets:
            socket.close()

    def mend(self) -> None:
        self._page.unroute(SOCKET)
