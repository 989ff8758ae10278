"""Planning a campaign in the browser: strategy, approach, personas or segments."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.browsing import (
    AGAIN,
    Line,
    card,
    choose_profile,
    choose_strategy,
    expect_address,
    muster,
    say,
    tick,
)
from tests.ui.conftest import PATIENCE, Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser


def test_from_strategy_to_personas_and_to_segments(
    server: Server, world: World, page: Page
) -> None:
    choose_profile(page, server, "Plan a campaign")
    approaches = card(page, "approaches")
    expect(approaches.get_by_role("alert")).to_contain_text("Choose a strategy first")
    for index in range(2):
        expect(approaches.get_by_role("button").nth(index)).to_be_disabled()

    choose_strategy(page, f"{world.personas} personas")
    expect(card(page, "approaches").get_by_role("alert")).to_have_count(0)
    card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas").click()

    personas = card(page, "personas")
    boxes = personas.get_by_role("checkbox")
    expect(boxes).to_have_count(world.personas)
    most = min(5, world.personas)
    for index in range(most):
        tick(boxes.nth(index))
        expect(personas).to_contain_text(f"{index + 1} of 5")
    if world.personas > most:
        boxes.nth(most).click()
        expect(personas.get_by_role("alert")).to_contain_text("up to 5")
        expect(personas.get_by_role("alert")).to_be_in_viewport()
        expect(personas).to_contain_text("5 of 5")

    card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    question = card(page, "question")
    expect(question).to_contain_text(f"clears the {most} selected personas")
    question.get_by_role("button").filter(has_text="Yes").click()
    segments = card(page, "segments")
    segments.get_by_role("button", name="Generate segments").click()
    expect(segments.locator(".mu-condition").nth(2)).to_be_visible()

    _expect_whole(segments, server)
    how = segments.locator(".mu-note").inner_text()
    page.reload()
    expect(card(page, "segments").locator(".mu-condition").nth(2)).to_be_visible()
    expect(card(page, "segments").locator(".mu-note")).to_have_text(how)
    expect(card(page, "segments").locator("[data-chart='sizes']")).to_be_visible()
    expect(card(page, "segments").locator("[data-chart='averages']").nth(2)).to_be_visible()
    sizes = page.locator("[data-card='segments'] [data-reach]")
    before = sizes.all_inner_texts()
    card(page, "segments").get_by_label("Anything to take into account").fill(world.of_value)
    card(page, "segments").get_by_role("button", name="Generate again").click()
    expect(sizes.first).not_to_have_text(before[0])
    expect(page.locator("[data-card='segments']")).to_have_count(1)
    card(page, "segments").get_by_role("button", name="Review as an audience").first.click()
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()


def _expect_whole(segments: Locator, server: Server) -> None:
    """Each has its parts, and conditions that hold for as many people as it says."""
    rows = segments.locator(".mu-list > .mu-condition")
    pains = 0
    for row in rows.all():
        for part in ("Demographics:", "Geography:", re.compile("Interests:|Behaviours:")):
            expect(row).to_contain_text(part)
        pains += "Pain points:" in row.inner_text()
        query = str(row.locator("code").text_content())
        wanted = muster(server.home, "preview", query)["reach"]
        expect(row.locator("[data-reach]")).to_have_attribute("data-reach", str(wanted))
    assert pains > 0


def test_two_browsers_at_one_campaign_and_the_brief_that_comes_of_it(
    server: Server, world: World, page: Page, other_page: Page
) -> None:
    choose_profile(page, server, "Plan a campaign")
    choose_strategy(page, f"{world.personas} personas")
    card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas").click()
    expect(card(page, "personas").get_by_role("checkbox")).to_have_count(world.personas)
    other_page.goto(page.url)
    for number, (here, there) in enumerate(((page, other_page), (other_page, page))):
        tick(card(here, "personas").get_by_role("checkbox").nth(number))
        for each in (here, there):
            expect(card(each, "personas")).to_contain_text(f"{number + 1} of 5")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    say(page, "write the brief")
    brief = card(page, "brief")
    copied, as_json = (_copied(page, brief, form) for form in ("Markdown", "JSON"))
    chosen = card(page, "personas").locator("[aria-checked='true'] strong").all_inner_texts()
    strategy = card(page, "strategies").locator("[aria-pressed='true'] strong").inner_text()
    named = [part for name in chosen for part in ("--persona", name)]
    written = muster(server.home, "brief", "--strategy", strategy, *named)
    assert [each["name"] for each in written["groups"]] == chosen
    assert json.loads(as_json)["groups"] == written["groups"]
    for each in written["groups"]:
        assert f"## {each['name']}" in copied
        assert each["query"] in copied
        assert f"{each['reach']:,} of" in copied


def _copied(page: Page, brief: Locator, form: str) -> str:
    brief.get_by_role("button", name=f"Copy as {form}").click()
    expect(brief.get_by_role("button", name="Copied")).to_be_visible()
    expect(brief.get_by_role("button", name=f"Copy as {form}")).to_have_count(0)
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_page_that_comes_back_in_the_middle_of_a_click_shows_what_it_did(
    server: Server, world: World, page: Page
) -> None:
    choose_profile(page, server, "Plan a campaign")
    strategies = card(page, "strategies").get_by_role("button")
    strategies.filter(has_text=f"{world.personas} personas").first.click()
    expect_address(page)
    for index in (2, 0):
        # The click is on its way, its answer is not: Chainlit sends it to a page that is gone.
        with page.expect_request("**/project/action"):
            strategies.nth(index).click()
        page.reload()
        # A server that has much to do may not have taken it: then nothing was done, and it is made again.
        for _ in range(PATIENCE // AGAIN):
            expect(strategies.nth(index)).to_be_enabled()
            with suppress(AssertionError):
                chosen = strategies.nth(index)
                expect(chosen).to_have_attribute("aria-pressed", "true", timeout=AGAIN)
                break
            strategies.nth(index).click()
        expect(strategies.nth(index)).to_have_attribute("aria-pressed", "true")
        expect(card(page, "approaches").get_by_role("alert")).to_have_count(0)


def test_a_campaign_says_that_it_opens_and_a_strategy_without_personas_offers_segments_only(
    server: Server, page: Page
) -> None:
    opening = "Opening your strategies"
    line = Line(page, until=opening)
    choose_profile(page, server, "Plan a campaign")
    expect(page.get_by_text(opening)).to_be_visible()
    expect(card(page, "strategies")).to_have_count(0)
    line.release()
    expect(card(page, "approaches")).to_be_visible()
    expect(page.get_by_text(opening)).to_have_count(0)
    without = card(page, "strategies").get_by_role("button").filter(has_text="No personas yet")
    without.first.click()
    approaches = card(page, "approaches").get_by_role("button")
    expect(approaches).to_have_count(1)
    expect(approaches.first).to_contain_text("AI segments")
