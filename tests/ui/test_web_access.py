"""By keyboard alone, and on a phone. How every card looks on one is in `test_web_axe`."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import (
    applied,
    card,
    enter,
    expect_reach,
    reach,
    reviewed,
    saved,
    tab_to,
    type_into,
)
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


def test_a_chat_on_a_phone_is_there_after_a_reload(
    server: Server, world: World, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(server.url)
    expect(page.locator("#starters button").first).to_be_enabled()
    page.locator("#chat-input").fill(world.lacking)
    page.locator("#chat-submit").click()
    shown = reach(reviewed(page))
    expect(page).to_have_url(re.compile("/thread/"))
    page.reload()
    expect_reach(reviewed(page), shown)

    # Another chat has another address, and the strategy that is chosen brings what comes next in sight.
    chat = page.url
    page.locator("#chat-profiles").click()
    page.get_by_role("option", name="Plan a campaign").click()
    expect(page.get_by_role("dialog")).to_contain_text("stays in the list of your chats")
    page.get_by_role("button", name="Confirm").click()
    strategies = card(page, "strategies").get_by_role("button")
    strategies.filter(has_text=f"{world.personas} personas").first.click()
    expect(card(page, "approaches").get_by_role("alert")).to_have_count(0)
    expect(card(page, "approaches").get_by_role("heading")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("/thread/"))
    assert page.url != chat
    page.reload()
    expect(card(page, "approaches").get_by_role("button").last).to_be_enabled()
