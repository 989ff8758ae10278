"""The server is killed in the middle of a turn; between a click and its answer, see `test_web_beside`."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import card, say
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_server_killed_in_the_middle_of_a_turn_finishes_it(
    own_server: Server, world: World, page: Page
) -> None:
    page.goto(own_server.url)
    say(page, world.lacking)
    expect(page.get_by_text("Looking up fields").or_(card(page, "review")).first).to_be_visible()
    expect(page).to_have_url(re.compile("/thread/"))
    own_server.kill()
    own_server.start()
    page.goto(page.url)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    expect(card(page, "review")).to_contain_text(world.lacks)
