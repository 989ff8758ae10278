"""The main job in a real browser: what a person sees, and what the store then holds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import (
    Line,
    applied,
    card,
    choose_profile,
    enter,
    expect_reach,
    muster,
    reach,
    review_of,
    reviewed,
    saved,
    say,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser


def test_a_description_is_reviewed_saved_and_there_after_a_reload(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.lacking)
    expect(review).to_contain_text(world.lacks)
    expect(review.locator(".mu-word").last).to_contain_text(world.lacked.split("_")[0])
    shown = reach(review)

    review.get_by_label("Name of the audience").fill("Not known yet")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("Saved: Not known yet")
    expect(card(page, "review")).to_contain_text("out of date")
    key = card(page, "saved").get_attribute("data-audience")

    (kept,) = saved(server, "Not known yet")
    assert kept["key"] == key
    assert muster(server.home, "preview", kept["query"])["reach"] == shown

    page.reload()
    expect(card(page, "saved")).to_contain_text("Not known yet")
    card(page, "saved").get_by_role("button", name="View").click()
    expect(card(page, "audiences")).to_contain_text("Not known yet")


def test_what_is_being_done_is_said_for_as_long_as_it_is(
    server: Server, world: World, page: Page
) -> None:
    line = Line(page, until="Building conditions")
    page.goto(server.url)
    say(page, world.buying)
    expect(page.get_by_text("Building conditions")).to_be_visible()
    expect(page.locator("#stop-button")).to_be_visible()
    expect(card(page, "review")).to_have_count(0)
    line.release()
    reviewed(page)
    expect(page.get_by_text("Building conditions")).to_have_count(0)


def test_two_clicks_on_save_save_once(server: Server, world: World, page: Page) -> None:
    review = review_of(page, server, world.lacking)
    review.get_by_label("Name of the audience").fill("Saved by a double click")
    review.get_by_role("button", name="Save").dblclick()
    expect(card(page, "saved")).to_be_visible()
    assert len(saved(server, "Saved by a double click")) == 1


def test_two_browsers_at_one_review_save_once(
    server: Server, world: World, page: Page, other_page: Page
) -> None:
    review = review_of(page, server, world.lacking)
    expect(review.locator(".mu-badge")).to_have_text("Dynamic")
    expect(page).to_have_url(re.compile("/thread/"))
    other_page.goto(page.url)
    for each in (page, other_page):
        name = card(each, "review").get_by_label("Name of the audience")
        name.fill("Saved from two browsers")
    for each in (page, other_page):
        # The second may be out of date already: its button takes no click then.
        card(each, "review").get_by_role("button", name="Save").evaluate("each => each.click()")
    expect(card(page, "saved")).to_be_visible()
    expect(other_page.get_by_text("out of date").first).to_be_visible()
    assert len(saved(server, "Saved from two browsers")) == 1


def test_what_is_begun_to_be_written_outlives_another_profile(
    server: Server, world: World, page: Page
) -> None:
    page.goto(server.url)
    field = page.locator("#chat-input")
    field.fill(world.lacking)
    choose_profile(page, server, "Plan a campaign", there=True)
    expect(card(page, "strategies")).to_be_visible()
    expect(field).to_have_value(world.lacking)
    enter(page)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()


def test_modify_reopens_the_description(server: Server, world: World, page: Page) -> None:
    review = review_of(page, server, world.lacking)
    review.get_by_role("button", name="Modify").click()
    words = review.get_by_label("Describe it anew")
    expect(words).to_have_value(world.lacking)
    words.fill(world.having)
    review.get_by_role("button", name="Build again").click()
    expect(card(page, "review")).to_contain_text(world.has)


def test_modify_begins_with_all_that_stands_or_says_what_is_missing(
    server: Server, world: World, page: Page
) -> None:
    review_of(page, server, world.buying)
    say(page, "make it 60 days")
    expect(card(page, "review").locator("[data-part='change']")).to_contain_text("60 days")
    query = f"{world.query} AND {world.orders(60, 2)}"
    review = reviewed(page)
    expect(review.locator("code")).to_have_text(query)
    review.get_by_role("button", name="Modify").click()
    expect(review.get_by_label("Describe it anew")).to_have_value(re.compile("60 days"))
    review.get_by_role("button", name="Build again").click()
    expect(card(page, "review").locator(".mu-prompt")).to_have_count(1)
    review = reviewed(page)
    expect(review.locator("code")).to_have_text(query)

    # What the engine would read in another way is not put into one sentence: it is said to be missing.
    review.get_by_role("button", name="Edit the query").click()
    review.get_by_label("Query").fill(f"{query} AND NOT ({world.query} AND {world.orders(5, 7)})")
    review.get_by_role("button", name="Apply").click()
    review = applied(page)
    review.get_by_role("button", name="Modify").click()
    expect(review.get_by_role("note").filter(has_text="changed by hand")).to_be_visible()


def test_discard_puts_the_draft_away_and_saves_nothing(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.lacking)
    review.get_by_label("Name of the audience").fill("Put away")
    review.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The draft is discarded")).to_be_visible()
    expect(card(page, "review")).to_contain_text("out of date")
    assert saved(server, "Put away") == []
    say(page, "undo")
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()


def test_a_condition_can_be_removed(server: Server, world: World, page: Page) -> None:
    review = review_of(page, server, world.lacking_idle)
    expect(review.locator(".mu-condition")).to_have_count(2)
    remove = review.get_by_role("button", name=f"Remove: {world.lacks}")
    remove.press("Enter")
    expect(card(page, "review").locator(".mu-condition")).to_have_count(1)
    expect(card(page, "review")).not_to_contain_text(world.lacks)
    expect(card(page, "review").get_by_role("button", name="Edit: ")).to_be_focused()
    card(page, "review").get_by_role("button", name="Undo").press("Enter")
    expect(card(page, "review").locator(".mu-condition")).to_have_count(2)
    expect(page.locator("[data-at='undo']:focus, [data-at='redo']:focus")).to_be_visible()


def test_a_query_by_hand_is_counted_or_refused_and_kept(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.lacking)
    review.get_by_role("button", name="Edit the query").click()
    missing = f"trait('{world.trait}s') = 'x'"
    review.get_by_label("Query").fill(missing)
    expect(review.get_by_role("alert")).to_contain_text(f"Near to it: {world.trait}")
    expect(review.get_by_role("button", name="Apply")).to_be_disabled()
    expect(review.get_by_label("Query")).to_have_value(missing)

    review.get_by_label("Query").fill(world.query)
    wanted = muster(server.home, "preview", world.query)["reach"]
    expect(review.locator("[data-live]")).to_have_attribute("data-live", str(wanted))
    review.get_by_role("button", name="Apply").click()
    expect_reach(card(page, "review"), wanted)
    expect(card(page, "review")).to_contain_text(world.is_value)
    expect(card(page, "review").get_by_role("alert")).to_have_count(0)

    # What matches nobody, or leaves nobody out, is said before it is saved.
    for joined in ("AND", "OR"):
        query = f"{world.query} {joined} NOT {world.query}"
        (warning,) = muster(server.home, "check", query)["problems"]
        review = card(page, "review")
        review.get_by_role("button", name="Edit the query").click()
        review.get_by_label("Query").fill(query)
        review.get_by_role("button", name="Apply").click()
        note = card(page, "review").get_by_role("note").filter(has_text=warning["message"])
        expect(note).to_be_visible()
        expect(card(page, "review").locator("code")).to_have_text(query)
