"""The condition editor in the browser: change, count, apply, undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import card, expect_reach, muster, reach, review_of
from tests.ui.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROMPT = "Customers in California who bought at least twice in the last 90 days"
ORDERS = "event('Order Completed').within({0} days).count() >= {1}"


def test_a_condition_is_changed_counted_applied_and_undone(server: Server, page: Page) -> None:
    review = review_of(page, server, PROMPT)
    before = reach(review)
    review.get_by_role("button", name="Edit: Order Completed").click()
    review.get_by_label("Order Completed, when: how long").fill("365")
    review.get_by_label("Order Completed, how often: value").fill("3")
    wanted = muster(server.home, "preview", f"trait('state') = 'CA' AND {ORDERS.format(365, 3)}")[
        "reach"
    ]
    expect(review.locator("[data-outcome='ready']")).to_contain_text(f"{wanted:,} ")
    assert reach(review) == before
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)

    card(page, "review").get_by_role("button", name="Undo").click()
    expect_reach(card(page, "review"), before)
    expect(card(page, "review").locator(".mu-condition").nth(1)).to_contain_text("90 days")


def test_a_value_that_cannot_be_is_refused_in_place(server: Server, page: Page) -> None:
    review = review_of(page, server, PROMPT)
    review.get_by_role("button", name="Edit: Order Completed").click()
    review.get_by_label("Order Completed, when: how long").fill("9999")
    expect(review.locator("[data-outcome='ready']")).to_have_class("mu-stop")
    expect(review.get_by_role("button", name="Apply")).to_be_disabled()
    review.get_by_role("button", name="Cancel").click()
    expect(review.get_by_role("button", name="Save")).to_be_enabled()


def test_and_or_and_exclude(server: Server, page: Page) -> None:
    review = review_of(page, server, PROMPT)
    review.get_by_label("How these conditions are joined").select_option("or")
    expect(card(page, "review")).to_contain_text("either state is CA or Order Completed")
    wanted = muster(server.home, "preview", f"trait('state') = 'CA' OR {ORDERS.format(90, 2)}")
    expect_reach(card(page, "review"), wanted["reach"])

    review = card(page, "review")
    review.get_by_role("button", name="Edit: state is CA").click()
    review.get_by_label("Exclude").check()
    review.get_by_role("button", name="Apply").click()
    expect(card(page, "review").locator(".mu-condition").first).to_contain_text("state is not CA")
