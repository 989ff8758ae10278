"""What cannot be built is said, asked about, or waits for an explicit yes; nothing is made of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import card, expect_reach, muster, say
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

EMAIL = "jane.doe@example.com"
REFUSED = {
    "Women": "at least 20 characters",
    "Customers who " + "bought and " * 30: "at most 300 characters",
    f"Customers whose email is {EMAIL}": "a person's own data",
    "A linked audience of customers with an open loan": "Linked audiences",
}


def test_a_refusal_says_why_and_makes_nothing(server: Server, page: Page) -> None:
    page.goto(server.url)
    answers = page.locator("[data-step-type='assistant_message']")
    for number, (words, why) in enumerate(REFUSED.items()):
        say(page, words)
        expect(answers.nth(number)).to_contain_text(why)
    expect(card(page, "review")).to_have_count(0)
    page.reload()
    expect(answers).to_have_count(len(REFUSED))
    expect(page.get_by_text(EMAIL)).to_have_count(0)  # it is kept nowhere


def test_a_sensitive_attribute_waits_for_an_explicit_yes(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, "Customers who are pregnant and bought in the last 30 days")
    question = card(page, "question")
    expect(question).to_contain_text("sensitive")
    expect(question.get_by_role("button")).to_have_count(2)
    expect(card(page, "review")).to_have_count(0)
    question.get_by_role("button").filter(has_text="No").click()
    expect(question.get_by_role("button").first).to_be_disabled()
    expect(card(page, "review")).to_have_count(0)


def test_words_without_a_condition_are_shown_and_keep_it_from_being_saved(
    server: Server, world: World, page: Page
) -> None:
    page.goto(server.url)
    say(page, f"{world.of_value} with frobnicators")
    draft = card(page, "draft")
    expect(draft.locator(".mu-left")).to_have_text("frobnicators")
    expect(card(page, "question")).to_contain_text("No condition accounts for “frobnicators”")
    expect(draft.get_by_role("button", name="Save")).to_have_count(0)
    card(page, "question").get_by_role("button").filter(has_text="Leave out").click()
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    expect_reach(review, muster(server.home, "preview", world.query)["reach"])
