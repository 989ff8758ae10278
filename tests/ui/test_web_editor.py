"""The condition editor in the browser: change, count, apply, undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.ui.browsing import (
    AGAIN,
    Line,
    again,
    card,
    expect_reach,
    muster,
    reach,
    review_of,
    reviewed,
    say,
    tab_to,
    tick,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

ASKED = "**/project/action"


def live(review: Locator, server: Server, query: str) -> int:
    """The number that the command line has for a query, once the editor has it and shows it too."""
    wanted: int = muster(server.home, "preview", query)["reach"]
    expect(review.get_by_label("Query")).to_have_value(query)
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    expect(review.locator("[data-live]")).to_have_attribute("data-live", str(wanted))
    return wanted


def hover(target: Locator, lit: Locator, many: int) -> None:
    """Point at something until so many are lit: what stands above it may still grow."""
    again(
        lambda: target.hover(timeout=AGAIN), lambda: expect(lit).to_have_count(many, timeout=AGAIN)
    )


def pick(review: Locator, title: str, words: str, field: str) -> None:
    """Search a field in the picker of this title, and choose it."""
    search = review.get_by_role("textbox", name=title)
    search.fill(words)
    found = review.locator(".mu-field").filter(has_text=field).first
    again(
        lambda: found.click(timeout=AGAIN), lambda: expect(search).to_have_count(0, timeout=AGAIN)
    )


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

    orders = card(page, "review").locator(".mu-condition").nth(1)
    expect(orders).to_contain_text("365 days")
    expect(card(page, "review").get_by_role("button", name="Redo")).to_be_disabled()
    card(page, "review").get_by_role("button", name="Undo").click()
    expect_reach(card(page, "review"), before)
    expect(orders).to_contain_text("90 days")
    card(page, "review").get_by_role("button", name="Redo").click()
    expect_reach(card(page, "review"), wanted)
    expect(orders).to_contain_text("365 days")
    expect(orders).to_contain_text("not from your words")


def test_conditions_and_their_words_light_each_other_up(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    lit = review.locator(".mu-word[data-on='true']")
    rows = review.locator(".mu-condition")
    told = muster(server.home, "build", world.buying)["conditions"]
    expect(rows).to_have_count(len(told))
    for row, condition in zip(rows.all(), told, strict=True):
        words = [world.buying[start:end] for start, end in condition["spans"]]
        assert words
        hover(row, lit, len(words))
        expect(lit).to_have_text(words)
        page.mouse.move(0, 0)
        expect(lit).to_have_count(0)
        row.get_by_role("button", name="Edit").focus()
        expect(lit).to_have_text(words)
        row.get_by_role("button", name="Edit").blur()
        word = review.locator(".mu-word", has_text=words[0]).first
        hover(word, review.locator(".mu-condition[data-on='true']"), 1)
        expect(row).to_have_attribute("data-on", "true")

    # What is said later and changes a condition belongs to it, too.
    say(page, "make it 60 days")
    expect(card(page, "review").locator("[data-part='change']")).to_contain_text("60 days")
    review = reviewed(page)
    review.locator(".mu-condition").last.get_by_role("button", name="Edit").focus()
    lit = review.locator(".mu-word[data-on='true']")
    expect(lit.last).to_have_text("make it 60 days")
    expect(lit.first).to_have_text(world.buying[slice(*told[-1]["spans"][0])])


def test_a_condition_is_moved_by_keys_alone(server: Server, world: World, page: Page) -> None:
    review = review_of(page, server, world.buying)
    orders = world.orders(90, 2)
    tab_to(page, review.get_by_role("button", name="Group, move, exclude"))
    page.keyboard.press("Enter")
    down = review.get_by_role("button", name=f"Move down: {world.is_value}")
    up = review.get_by_role("button", name=f"Move up: {world.is_value}")
    tab_to(page, down)
    page.keyboard.press("Enter")
    expect(review.locator(".mu-condition").last).to_contain_text(world.is_value)
    expect(down).to_be_focused()  # it goes with what it moves
    page.keyboard.press("Enter")
    expect(review.get_by_role("alert")).to_contain_text("This is the last one already")
    expect(down).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(review.locator(".mu-condition").first).to_contain_text(world.is_value)
    expect(up).to_be_focused()
    page.keyboard.press("Tab")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    live(review, server, f"{orders} AND {world.query}")
    tab_to(page, review.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    expect(card(page, "review").locator(".mu-condition").last).to_contain_text(world.is_value)
    expect(card(page, "review").locator("code")).to_have_text(f"{orders} AND {world.query}")


def test_clicks_within_one_answers_time_are_all_done_in_their_order(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.three)
    rows = review.locator(".mu-condition")
    first, second, third = str(review.locator("code").text_content()).split(" AND ")
    review.get_by_role("button", name="Group, move, exclude").click()
    live(review, server, f"{first} AND {second} AND {third}")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if not held and "edit" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route(ASKED, hold)
    rows.nth(0).get_by_role("button", name="Remove: ").click()
    while not held:
        page.wait_for_timeout(50)
    rows.nth(2).get_by_role("button", name="Move down: ").click()  # it is the last one
    rows.nth(2).get_by_role("button", name="Move up: ").click()
    rows.nth(1).get_by_role("button", name="Remove: ").click()
    expect(rows).to_have_count(3)
    held[0].continue_()
    live(review, server, third)
    expect(review.get_by_role("alert")).to_contain_text("This is the last one already")
    for query in (f"{third} AND {second}", f"{second} AND {third}"):
        review.get_by_role("button", name="Undo").click()
        live(review, server, query)
    expect(review.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_into_the_query_comes_before_what_is_clicked_after_it(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name="Edit the query").click()
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    query, alert = review.get_by_label("Query"), review.get_by_role("alert")
    query.fill(f"{world.query} AND {world.orders(45, 2)}")
    review.get_by_role("button", name=f"Move down: {world.is_value}").click()
    live(review, server, f"{world.orders(45, 2)} AND {world.query}")
    expect(alert).to_have_count(0)

    # What cannot be is said, kept as it is typed, and nothing that is clicked is done without it.
    missing = f"trait('{world.trait}s') = 'x'"
    query.fill(missing)
    review.get_by_role("button", name=f"Move up: {world.is_value}").click()
    expect(alert).to_contain_text(f"{world.trait}s")
    expect(query).to_have_value(missing)
    review.get_by_role("button", name="Undo").click()
    live(review, server, f"{world.orders(45, 2)} AND {world.query}")
    expect(alert).to_have_count(0)


def test_a_value_that_cannot_be_is_refused_in_place_and_stays_on_a_page_drawn_anew(
    server: Server, world: World, page: Page
) -> None:
    line = Line(page)
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name="Edit: Order Completed").click()
    length = review.get_by_label("Order Completed, when: how long")
    length.fill("9999")
    part = review.locator(".mu-part").filter(has=page.get_by_label(": how long"))
    expect(part.get_by_role("alert")).to_contain_text("too long")
    expect(length).to_have_attribute("aria-invalid", "true")
    expect(review.get_by_role("button", name="Apply")).to_be_disabled()
    line.cut()
    expect(page.locator("#session-error")).to_be_visible()
    expect(length).to_have_value("9999")
    expect(part.get_by_role("alert")).to_contain_text("too long")
    line.mend()
    expect(page.locator("#session-error")).to_have_count(0)
    expect(length).to_have_value("9999")
    review.get_by_role("button", name="Cancel").click()
    expect(review.get_by_role("button", name="Save")).to_be_enabled()


def test_conditions_are_added_grouped_moved_and_left_out(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.buying)
    review.get_by_role("button", name="Add a condition").click()
    pick(review, "Search a field to add", world.event, f"{world.event} event")
    review.get_by_role("button", name=f"Add a property of {world.event}").click()
    pick(review, "Search the properties", world.event_property, world.event_property)
    orders = world.orders(90, 2)
    query = f"{world.query} AND {orders}"
    opened = (
        f"event('{world.event}').where(property('{world.event_property}').exists()).count() >= 1"
    )
    live(review, server, f"{query} AND {opened}")

    # The new one and the orders become a group; the state leaves its place, and what is undone is redone.
    tick(review.get_by_label("Choose: Order Completed"))
    tick(review.get_by_label(f"Choose: {world.event}"))
    review.get_by_role("button", name="Put the 2 chosen in a group").click()
    grouped = f"{world.query} AND ({orders} OR {opened})"
    live(review, server, grouped)
    review.get_by_role("button", name=f"Move down: {world.is_value}").click()
    flat = f"{world.query} OR {orders} OR {opened}"
    live(review, server, flat)
    review.get_by_role("button", name="Undo").click()
    live(review, server, grouped)
    review.get_by_role("button", name="Redo").click()
    live(review, server, flat)
    tick(review.get_by_label("leave out"))
    wanted = live(review, server, f"NOT ({flat})")
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
    tick(review.get_by_label("Exclude"))
    wanted = live(review, server, f"NOT {world.query} AND {orders}")
    review.get_by_label("Name of the audience").fill("Not yet saved")
    page.reload()
    review = card(page, "review")
    expect(review.get_by_label("Name of the audience")).to_have_value("Not yet saved")
    expect(review.locator("[data-live]")).to_have_attribute("data-live", str(wanted))
    review.get_by_label("How these conditions are joined").select_option("or")
    wanted = live(review, server, f"NOT {world.query} OR {orders}")
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)
    expect(card(page, "review").locator(".mu-condition").first).to_contain_text(world.is_other)
