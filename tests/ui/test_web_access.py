"""By keyboard alone. What is on the page, and how it looks on a phone, is in `test_web_axe`."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.browsing import AGAIN, card, saved
from tests.ui.conftest import PATIENCE, Server
from tests.ui.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_keyboard_alone_edits_and_saves(server: Server, world: World, page: Page) -> None:
    page.goto(server.url)
    # The field to write in is drawn anew when the page has its profiles.
    expect(page.locator("#starters button").first).to_be_visible()
    _tab_to(page, page.locator("#chat-input"))
    page.keyboard.type(world.lacking)
    expect(page.locator("#chat-submit")).to_be_enabled()
    _enter(page)
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()

    _tab_to(page, review.get_by_role("button", name=f"Edit: {world.lacks}"))
    page.keyboard.press("Enter")
    _tab_to(page, review.get_by_label("Exclude"))
    page.keyboard.press("Space")
    _tab_to(page, review.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    review = card(page, "review")
    expect(review.locator(".mu-condition")).to_contain_text(world.has)
    expect(review.get_by_role("button", name="Save")).to_be_enabled()

    name = review.get_by_label("Name of the audience")
    _tab_to(page, name)
    name.press("Control+a")
    page.keyboard.type("By keyboard")
    _tab_to(page, review.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(card(page, "saved")).to_contain_text("By keyboard")
    assert len(saved(server, "By keyboard")) == 1


def _enter(page: Page) -> None:
    """Send what is written; Chainlit takes no Enter while it draws the field anew."""
    for _ in range(PATIENCE // AGAIN):
        page.locator("#chat-input").press("Enter")
        try:
            expect(page.locator("#chat-input")).to_be_empty(timeout=AGAIN)
            return
        except AssertionError:
            continue


def _tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {wanted}.")
