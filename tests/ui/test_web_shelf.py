"""Saved audiences, people, fields and charts in the browser: what a person sees is what the store holds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import (
    applied,
    card,
    expect_reach,
    muster,
    review_of,
    reviewed,
    saved,
    say,
    tick,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser


def test_a_saved_audience_is_viewed_renamed_copied_and_deleted(
    server: Server, world: World, page: Page
) -> None:
    muster(server.home, "save", world.query, "--name", "Of one kind")
    page.goto(server.url)
    say(page, "list my audiences")
    audiences = card(page, "audiences")
    audiences.get_by_role("button", name="View Of one kind").click()
    wanted = muster(server.home, "preview", world.query)["reach"]
    expect_reach(card(page, "audience"), wanted)

    audiences.get_by_role("button", name="Rename Of one kind").click()
    audiences.get_by_label("New name of Of one kind").fill("The same people")
    audiences.get_by_role("button", name="Rename", exact=True).click()
    expect(audiences.get_by_text("The same people", exact=True)).to_be_visible()
    (renamed,) = saved(server, "The same people")
    assert renamed["key"] == "of_one_kind"

    audiences.get_by_role("button", name="Duplicate The same people").click()
    review = card(page, "review")
    expect(review.get_by_label("Name of the audience")).to_have_value("The same people, copy")
    expect_reach(review, wanted)
    expect(review.get_by_role("note")).to_contain_text("saved already with the same conditions")

    audiences.get_by_role("button", name="Delete The same people…").click()
    expect(audiences).to_contain_text("Delete it for good?")
    assert len(saved(server, "The same people")) == 1
    audiences.get_by_role("button", name="Delete", exact=True).click()
    question = card(page, "question")
    question.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("is deleted").first).to_be_visible()
    assert saved(server, "The same people") == []
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()


def test_a_saved_audience_is_edited_as_a_new_draft(
    server: Server, world: World, page: Page
) -> None:
    muster(server.home, "save", world.query, "--name", "The first")
    page.goto(server.url)
    say(page, "list my audiences")
    audiences = card(page, "audiences")
    audiences.get_by_role("button", name="Edit The first as a new draft").click()
    review = reviewed(page)
    expect(review.locator("code")).to_have_text(world.query)
    review.get_by_role("button", name=f"Edit: {world.is_value}").click()
    tick(review.get_by_label("Exclude"))
    review.get_by_role("button", name="Apply").click()
    review = applied(page)
    review.get_by_label("Name of the audience").fill("The others")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("The others")
    assert [each["query"] for each in saved(server, "The first")] == [world.query]
    assert [each["query"] for each in saved(server, "The others")] == [f"NOT {world.query}"]


def test_who_is_in_and_why_and_charts_that_outlive_a_reload(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.of_value)
    query = str(review.locator("code").inner_text() or review.locator("code").text_content())
    members = set(muster(server.home, "preview", query, "--members")["members"])
    say(page, "who is in it?")
    people = card(page, "profiles")
    expect(people.locator("tbody button").first).to_be_visible()
    shown = people.locator("tbody button").all_inner_texts()
    assert shown
    assert set(shown) <= members
    people.locator("tbody button").first.click()
    profile = card(page, "profile")
    expect(profile).to_contain_text(shown[0])
    expect(profile).to_contain_text("In the draft")

    muster(server.home, "save", world.orders(90, 2), "--name", "Recent buyers")
    say(page, "compare this with Recent buyers")
    row = card(page, "comparison").locator("tbody tr").filter(has_text="Recent buyers")
    both = muster(server.home, "preview", f"{query} AND {world.orders(90, 2)}")["reach"]
    expect(row).to_contain_text(f"{both:,} people")
    say(page, "show reach by day")
    expect(card(page, "reach")).to_be_visible()
    # Drawn by Plotly, from this server alone: the page may load nothing from anywhere else.
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    page.reload()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    card(page, "reach").get_by_text("The numbers as a table").click()
    expect(card(page, "reach").locator("tbody tr")).to_have_count(14)
    expect(card(page, "reach").locator("tbody tr").last).to_contain_text(f"{len(members):,} people")


def test_help_is_at_hand(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, "show examples")
    examples = card(page, "examples")
    expect(examples).to_contain_text("The first minute")
    expect(examples).to_contain_text("What works best")
    first = examples.get_by_role("button").first
    prompt = first.locator("span").last.inner_text()
    first.click()
    expect(page.locator("[data-step-type='user_message']").last).to_contain_text(prompt)
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    say(page, "which inactive fields do I have")
    fields = card(page, "fields")
    expect(fields.locator("tbody tr").first).to_be_visible()
    fields.get_by_label("Search fields").fill("order")
    others = fields.locator("tbody tr").filter(has_not_text=re.compile("order", re.I))
    expect(others).to_have_count(0)
    expect(fields.locator("tbody tr").first).to_be_visible()
