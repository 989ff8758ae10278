"""The page keeps still while somebody reads and clicks, and takes nothing that it has no use for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browsing import (
    applied,
    card,
    choose_profile,
    choose_strategy,
    review_of,
    reviewed,
    say,
)
from tests.ui.conftest import PATIENCE, Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

WATCHED = """new PerformanceObserver((seen) => { for (const each of seen.getEntries())
    if (!each.hadRecentInput) window.jumped = (window.jumped || 0) + each.value
}).observe({ type: "layout-shift", buffered: true })"""
GOOD = 0.1  # what the browsers' own measure, the cumulative layout shift, calls good


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps(server: Server, world: World, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCHED)
    review = review_of(page, server, world.buying)
    say(page, "make it 60 days")
    expect(card(page, "review").locator("[data-part='change']")).to_be_visible()
    review = reviewed(page)
    review.get_by_role("button", name="Edit: Order Completed").click()
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    review.get_by_label("Order Completed, when: how long").fill("365")
    expect(review.get_by_label("Query")).to_have_value(f"{world.query} AND {world.orders(365, 2)}")
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    review.get_by_role("button", name="Apply").click()
    applied(page)
    say(page, "show reach by day")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    reviewed(page)
    assert page.evaluate("window.jumped || 0") <= GOOD
    page.reload()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    reviewed(page)
    assert page.evaluate("window.jumped || 0") <= GOOD
    context.close()


def test_a_button_that_is_drawn_anew_while_it_is_pressed_takes_the_click(
    server: Server, world: World, page: Page, other_page: Page
) -> None:
    choose_profile(page, server, "Plan a campaign")
    choose_strategy(page, f"{world.personas} personas")
    other_page.goto(page.url)
    choices = card(page, "strategies").get_by_role("button")
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "true")
    choices.nth(1).scroll_into_view_if_needed()
    box = choices.nth(1).bounding_box()
    assert box is not None
    choices.nth(1).evaluate("each => { window.pressed = each }")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    card(other_page, "strategies").get_by_role("button").nth(2).click()
    page.wait_for_function("!window.pressed.isConnected")
    expect(choices.nth(2)).to_have_attribute("aria-pressed", "true")
    page.mouse.up()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    for each in (page, other_page):
        chosen = card(each, "strategies").locator("[aria-pressed='true']")
        expect(chosen).to_have_count(1)
        expect(card(each, "strategies").get_by_role("button").nth(1)).to_have_attribute(
            "aria-pressed", "true"
        )


DROPPED = """each => {
    const files = new DataTransfer()
    files.items.add(new File(["id,email"], "customers.csv", { type: "text/csv" }))
    for (const kind of ["dragenter", "dragover", "drop"])
        each.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }))
    each.dispatchEvent(new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true }))
}"""


def test_a_file_is_taken_nowhere(server: Server, world: World, page: Page) -> None:
    answers: list[int] = []
    page.on(
        "response",
        lambda each: answers.append(each.status) if "/project/file" in each.url else None,
    )
    page.goto(server.url)
    expect(page.locator("#starters button").first).to_be_enabled()
    expect(page.locator("input[type='file']")).to_have_count(0)
    page.locator("#chat-input").evaluate(DROPPED)
    review = review_of(page, server, world.lacking)
    page.locator("#chat-input").evaluate(DROPPED)
    review.locator("textarea").first.evaluate(DROPPED)
    expect(page.get_by_text("customers.csv: Muster does not take this").last).to_be_visible()
    expect(page.locator("#message-composer")).not_to_contain_text("customers.csv")
    assert set(answers) == {404}
    given = {"file": {"name": "customers.csv", "mimeType": "text/csv", "buffer": b"id,email"}}
    answer = page.request.post(f"{server.url}/project/file?session_id=x", multipart=given)
    assert answer.status == 404
    expect(reviewed(page).locator(".mu-condition")).to_contain_text(world.lacks)
