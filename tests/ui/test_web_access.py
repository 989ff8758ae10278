"""By keyboard alone. What is on the page, and how it looks on a phone, is in `test_web_axe`."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import applied, card, enter, reviewed, saved, tab_to, type_into
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser


def test_keyboard_alone_edits_and_saves(server: Server, world: World, page: Page) -> None:
    page.goto(server.url)
    # The field to write in is drawn anew when the page has its profiles.
    expect(page.locator("#starters button").first).to_be_enabled()
    type_into(page, page.locator("#chat-input"), world.lacking)
    enter(page)
    review = reviewed(page)

    tab_to(page, review.get_by_role("button", name=f"Edit: {world.lacks}"))
    page.keyboard.press("Enter")
    tab_to(page, review.get_by_label("Exclude"))
    page.keyboard.press("Space")
    tab_to(page, review.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    review = applied(page)
    expect(review.locator(".mu-condition")).to_contain_text(world.has)

    type_into(page, review.get_by_label("Name of the audience"), "By keyboard")
    tab_to(page, review.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(card(page, "saved")).to_contain_text("By keyboard")
    assert len(saved(server, "By keyboard")) == 1
