"""The server is killed: nothing is lost, and the page goes on where it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import card, review_of, saved, say
from tests.ui.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_killed_server_comes_back_to_the_same_review(own_server: Server, page: Page) -> None:
    review = review_of(page, own_server, "Customers who don't have a phone number.")
    conditions = review.locator(".mu-condition").all_inner_texts()
    address = page.url
    own_server.kill()
    own_server.start()
    page.goto(address)
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    assert review.locator(".mu-condition").all_inner_texts() == conditions
    review.get_by_label("Name of the audience").fill("After the crash")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_be_visible()
    assert len(saved(own_server, "After the crash")) == 1


def test_a_server_killed_in_the_middle_of_a_turn_finishes_it(
    own_server: Server, page: Page
) -> None:
    page.goto(own_server.url)
    say(page, "Customers who don't have a phone number.")
    expect(page.get_by_text("Looking up fields").or_(card(page, "review")).first).to_be_visible()
    expect(page).to_have_url(re.compile("/thread/"))
    own_server.kill()
    own_server.start()
    page.goto(page.url)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    expect(card(page, "review")).to_contain_text("phone is not set")
