"""For everybody: by keyboard alone, on a phone, with names for what is on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.browsing import card, choose_profile, choose_strategy, review_of, saved, say
from tests.ui.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROMPT = "Customers in California who bought at least twice in the last 90 days"
NAMELESS = """() => [...document.querySelectorAll(
    ".mu button, .mu input, .mu select, .mu textarea, .mu summary, .mu section"
)].filter((each) => !(
    each.getAttribute("aria-label") || (each.labels && each.labels.length)
    || (each.matches("button, summary") && each.textContent.trim())
)).map((each) => each.outerHTML)"""
WIDER = """() => [...document.querySelectorAll(".mu, .mu *")].filter((each) =>
    !each.closest(".mu-scroll") && each.getBoundingClientRect().right > window.innerWidth + 1
).map((each) => each.outerHTML.slice(0, 200))"""


def test_keyboard_alone_edits_and_saves(server: Server, page: Page) -> None:
    page.goto(server.url)
    # The field to write in is drawn anew when the page has its profiles.
    expect(page.locator("#starters button").first).to_be_visible()
    _tab_to(page, page.locator("#chat-input"))
    page.keyboard.type("Customers who don't have a phone number.")
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.keyboard.press("Enter")
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()

    _tab_to(page, review.get_by_role("button", name="Edit: phone is not set"))
    page.keyboard.press("Enter")
    _tab_to(page, review.get_by_label("Exclude"))
    page.keyboard.press("Space")
    _tab_to(page, review.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    review = card(page, "review")
    expect(review.locator(".mu-condition")).to_contain_text("phone is set")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()

    name = review.get_by_label("Name of the audience")
    _tab_to(page, name)
    name.press("Control+a")
    page.keyboard.type("By keyboard")
    _tab_to(page, review.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(card(page, "saved")).to_contain_text("By keyboard")
    assert len(saved(server, "By keyboard")) == 1


def _tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(60):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {wanted}.")


def test_a_phone_shows_it_all_and_everything_has_a_name(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    review = review_of(page, server, PROMPT)
    review.get_by_role("button", name="Edit: Order Completed").click()
    expect(review.get_by_label("Order Completed, when: how long")).to_be_visible()
    say(page, "which fields about email do I have")
    expect(card(page, "fields")).to_be_visible()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(WIDER) == []

    choose_profile(page, server, "Plan a campaign")
    choose_strategy(page, "6 personas")
    personas = card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas")
    personas.click()
    expect(card(page, "personas").get_by_role("checkbox")).to_have_count(6)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
