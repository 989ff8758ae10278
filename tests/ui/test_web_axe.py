"""axe-core finds nothing serious on any card: on a laptop in light, and on a phone in dark."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from agent.events import CardKind
from tests.ui.browsing import (
    AGAIN,
    again,
    card,
    choose_profile,
    choose_strategy,
    review_of,
    say,
    tick,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

SEEN = "() => [...document.querySelectorAll('.mu[data-card]')].map((each) => each.dataset.card)"
WIDER = """() => [...document.querySelectorAll(".mu, .mu *")].filter((each) =>
    !each.closest(".mu-scroll") && each.getBoundingClientRect().right > window.innerWidth + 1
).map((each) => each.outerHTML.slice(0, 200))"""
NARROW = f"({WIDER})().length === 0 && document.documentElement.scrollWidth <= window.innerWidth"
BY_WORDS = {
    "fields": "which fields about email do I have",
    "profiles": "show profiles",
    "audiences": "list audiences",
    "examples": "show me examples",
    "terms": "show the terms",
    "audit": "show the audit list",
    "roles": "show event roles",
}
AMBIGUOUS = "Customers who bought frobnicators at the moon base last week"


def test_every_card_of_every_kind(server: Server, world: World, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # a colour half faded in is not the colour
    seen: set[str] = set()

    choose_profile(page, server, "Plan a campaign")
    expect(card(page, "approaches").get_by_role("alert")).to_be_visible()
    choose_strategy(page, f"{world.personas} personas")
    card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas").click()
    boxes = card(page, "personas").get_by_role("checkbox")
    expect(boxes).to_have_count(world.personas)
    tick(boxes.first)
    expect(card(page, "personas")).to_contain_text("1 of 5")
    card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    yes = card(page, "question").get_by_role("button").filter(has_text="Yes")
    expect(yes).to_be_visible()
    seen |= _checked(page, "strategies", "approaches", "personas", "question")
    yes.click()
    card(page, "segments").get_by_role("button", name="Generate segments").click()
    expect(card(page, "segments").locator(".mu-condition").nth(1)).to_be_visible()
    say(page, "write the brief")
    seen |= _checked(page, "segments", "brief")

    review = review_of(page, server, world.lacking)
    seen |= _checked(page, "review")
    review.get_by_role("button", name=f"Edit: {world.lacks}").click()
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    seen |= _checked(page, "review")
    review.get_by_label("Name of the audience").fill("Seen by axe")
    review.get_by_role("button", name="Cancel").first.click()
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_be_visible()
    for kind, words in BY_WORDS.items():
        say(page, words)
        expect(card(page, kind)).to_be_visible()
    card(page, "profiles").locator("tbody button").first.click()
    expect(card(page, "profile")).to_be_visible()
    say(page, AMBIGUOUS)
    expect(card(page, "draft")).to_be_visible()
    say(page, "start over")
    say(page, world.buying)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    say(page, "compare it with Seen by axe")
    expect(card(page, "comparison")).to_be_visible()
    say(page, "show the reach by day")
    expect(card(page, "reach")).to_be_visible()
    say(page, "view the audience Seen by axe")
    expect(card(page, "audience")).to_be_visible()
    say(page, f"why is user {world.person} in")
    expect(card(page, "why")).to_be_visible()
    seen |= _checked(page, *BY_WORDS, "review", "saved", "draft", "comparison", "reach", "audience")

    assert seen == {*get_args(CardKind), "review"}


def _checked(page: Page, *kinds: str) -> set[str]:
    """The kinds of the cards on the page, these among them; they pass on a laptop and on a phone."""
    for kind in kinds:
        expect(card(page, kind)).to_be_visible()
    _passes(page)
    _in_theme(page, "Dark")
    page.set_viewport_size({"width": 360, "height": 740})
    _passes(page)
    page.wait_for_function(NARROW)  # charts are drawn anew for it
    page.set_viewport_size({"width": 1280, "height": 900})
    _in_theme(page, "Light")
    return set(page.evaluate(SEEN))


def _in_theme(page: Page, name: str) -> None:
    item = page.get_by_role("menuitem", name=name)

    def choose() -> None:
        if not item.is_visible():
            page.get_by_role("button", name="Toggle theme").click(timeout=AGAIN)
        item.click(timeout=AGAIN)

    drawn = expect(page.locator("html"))
    again(choose, lambda: drawn.to_have_class(re.compile(name.lower()), timeout=AGAIN))
    expect(page.locator("[data-aria-hidden='true']")).to_have_count(0)  # the menu is closed


def _passes(page: Page) -> None:
    found = Axe().run(page, context=".mu", options={"resultTypes": ["violations"]})
    assert _serious(found.response) == []


def _serious(response: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for each in response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
