"""What comes from outside is text: in the browser nothing of it runs, and each gets an answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import say
from tests.ui.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = {
    "html": "<img src=x onerror=alert(1)> customers <script>alert(2)</script>",
    "sql": "'; DROP TABLE users; -- customers who bought",
    "markdown": "**bold** [link](javascript:alert(1)) ![x](http://127.0.0.1:1/x) customers",
    "script": "顧客のなかで最近購入した人たちを全員お願いします",
    "emoji": "👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥",
    "null bytes": "customers\x00 who bought \x00\x01 in the last 30 days",
    "a megabyte": "customers who bought " * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_text(server: Server, page: Page, text: str) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(server.url)
    say(page, text)
    expect(page.locator("[data-step-type='user_message']")).to_contain_text(text[:9])
    answer = page.locator("[data-step-type='assistant_message']").first
    expect(answer).to_contain_text(" ")
    expect(answer).not_to_contain_text("Something went wrong")
    assert page.locator("script:has-text('alert(2)')").count() == 0
    assert page.locator("img[src='x'], img[src*='127.0.0.1:1'], a[href^='javascript']").count() == 0
    assert alerts == []
