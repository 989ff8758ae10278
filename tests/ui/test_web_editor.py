"""The condition editor in the browser: change, count, apply, undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.browsing import card, expect_reach, muster, reach, review_of
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def live(review: Locator, server: Server, query: str) -> int:
    """The number that the command line has for a query, once the editor shows it too."""
    wanted: int = muster(server.home, "preview", query)["reach"]
    expect(review.locator("[data-live]")).to_have_attribute("data-live", str(wanted))
    return wanted


def test_a_condition_is_changed_counted_applied_and_undone(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    before = reach(review)
    review.get_by_role("button", name="Edit: Order Completed").click()
    review.get_by_label("Order Completed, when: how long").fill("365")
    review.get_by_label("Order Completed, how often: value").fill("3")
    wanted = live(review, server, f"{world.query} AND {world.orders(365, 3)}")
    assert reach(review) == before
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)

    card(page, "review").get_by_role("button", name="Undo").click()
    expect_reach(card(page, "review"), before)
    expect(card(page, "review").locator(".mu-condition").nth(1)).to_contain_text("90 days")


def test_a_value_that_cannot_be_is_refused_in_place(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name="Edit: Order Completed").click()
    length = review.get_by_label("Order Completed, when: how long")
    length.fill("9999")
    part = review.locator(".mu-part").filter(has=page.get_by_label(": how long"))
    expect(part.get_by_role("alert")).to_contain_text("too long")
    expect(length).to_have_attribute("aria-invalid", "true")
    expect(review.get_by_role("button", name="Apply")).to_be_disabled()
    review.get_by_role("button", name="Cancel").click()
    expect(review.get_by_role("button", name="Save")).to_be_enabled()


def test_conditions_are_added_grouped_moved_and_left_out(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name="Add a condition").click()
    review.get_by_role("textbox", name="Search a field to add").fill(world.event)
    found = review.locator(".mu-field").first
    expect(found).to_contain_text(world.event)
    expect(found).to_contain_text("event")
    found.click()
    review.get_by_role("button", name=f"Add a property of {world.event}").click()
    review.get_by_role("textbox", name="Search the properties").fill(world.event_property)
    review.locator(".mu-field").first.click()
    orders = world.orders(90, 2)
    query = f"{world.query} AND {orders}"
    opened = (
        f"event('{world.event}').where(property('{world.event_property}').exists()).count() >= 1"
    )
    live(review, server, f"{query} AND {opened}")

    # The new one and the orders become a group; the state leaves its place, and what is undone is redone.
    review.get_by_label("Choose: Order Completed").check()
    review.get_by_label(f"Choose: {world.event}").check()
    review.get_by_role("button", name="Put the 2 chosen in a group").click()
    grouped = f"({orders} OR {opened})"
    live(review, server, f"{world.query} AND {grouped}")
    review.get_by_role("button", name=f"Move down: {world.is_value}").click()
    moved = live(review, server, f"{world.query} OR {grouped}")
    review.get_by_role("button", name="Undo").click()
    live(review, server, f"{world.query} AND {grouped}")
    review.get_by_role("button", name="Redo").click()
    assert live(review, server, f"{world.query} OR {grouped}") == moved
    review.get_by_label("leave out").check()
    wanted = live(review, server, f"NOT ({world.query} OR {grouped})")
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)
    expect(card(page, "review")).to_contain_text("Leave out people for whom")


def test_what_is_not_applied_outlives_a_reload_and_another_message(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name=f"Edit: {world.is_value}").click()
    against = review.get_by_label(f"{world.trait}: compared with")
    against.select_option(label=f"trait {world.rival}")
    orders = world.orders(90, 2)
    live(review, server, f"trait('{world.trait}') = trait('{world.rival}') AND {orders}")
    against.select_option(label="a value")
    review.get_by_label(f"{world.trait}: value").fill(world.value)
    review.get_by_label("Exclude").check()
    wanted = live(review, server, f"NOT {world.query} AND {orders}")
    page.reload()
    review = card(page, "review")
    expect(review.locator("[data-live]")).to_have_attribute("data-live", str(wanted))
    review.get_by_label("How these conditions are joined").select_option("or")
    wanted = live(review, server, f"NOT {world.query} OR {orders}")
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)
    expect(card(page, "review").locator(".mu-condition").first).to_contain_text(world.is_other)
