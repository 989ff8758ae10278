"""A page whose connection changes shows everything all the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import Line, card, choose_profile, choose_strategy, review_of, say
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

SETTINGS = "**/project/settings?*chat_profile=Plan*"


def test_a_second_connection_of_one_page_takes_nothing_away(
    server: Server, world: World, page: Page
) -> None:
    choose_profile(page, server, "Describe an audience")
    page.route(SETTINGS, lambda route: None)
    page.locator("#chat-profiles").click()
    with page.expect_websocket(), page.expect_request(SETTINGS):
        page.get_by_role("option", name="Plan a campaign").click()
    # Chainlit's page connects again when its settings come later than its first connection.
    with page.expect_websocket():
        page.unroute(SETTINGS)  # what was held goes on
    choose_strategy(page, f"{world.personas} personas")


def test_what_was_said_while_the_connection_was_cut_is_shown_when_it_is_back(
    server: Server, world: World, page: Page
) -> None:
    line = Line(page)
    choose_profile(page, server, "Plan a campaign")
    expect(card(page, "approaches").get_by_role("alert")).to_be_visible()

    line.cut()
    with page.expect_response("**/project/action"):
        card(page, "strategies").get_by_role("button").filter(
            has_text=f"{world.personas} personas"
        ).first.click()
    expect(card(page, "approaches").get_by_role("alert")).to_be_visible()
    line.mend()
    expect(card(page, "approaches").get_by_role("button").last).to_be_enabled()
    expect(page).to_have_url(re.compile("/thread/"))


def test_a_review_changed_while_the_connection_was_cut_can_be_saved(
    server: Server, world: World, page: Page
) -> None:
    line = Line(page)
    review = review_of(page, server, world.three)
    line.cut()
    with page.expect_response("**/project/action"):
        review.get_by_role("button", name=re.compile("^Remove: ")).first.click()
    line.mend()
    expect(card(page, "review").locator(".mu-condition")).to_have_count(2)
    say(page, "only those who ordered twice")
    expect(card(page, "review").locator(".mu-condition")).to_have_count(3)
