"""The server is killed in the middle of each step, and the campaign goes on where it was.

Between the click on Save and its answer, see `test_web_beside`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import copied
from tests.ui.browsing import (
    AGAIN,
    again,
    card,
    choose_profile,
    choose_strategy,
    muster,
    review_of,
    say,
    tick,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser


SHOWN = """card => [
    card.querySelector("code").textContent, card.querySelector("[data-reach]").dataset.reach
]"""


@pytest.fixture(scope="module")
def mortal(world_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is killed and started again by every test."""
    home = tmp_path_factory.mktemp("mortal") / "home"
    copied(world_made, home)
    running = Server(home).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


def _describing(page: Page, server: Server, world: World) -> None:
    page.goto(server.url)
    say(page, world.lacking)
    expect(page.get_by_text("Looking up fields").or_(card(page, "review")).first).to_be_visible()


def _refining(page: Page, server: Server, world: World) -> None:
    review_of(page, server, world.lacking_idle)
    say(page, "make it 60 days")
    expect(page.locator("[data-step-type='user_message']")).to_have_count(2)


def _choosing_another_strategy(page: Page, server: Server, world: World) -> None:
    _with_a_strategy(page, server, world)
    with page.expect_request("**/project/action"):
        card(page, "strategies").get_by_role("button").nth(1).click()


def _selecting_a_persona(page: Page, server: Server, world: World) -> None:
    _with_a_strategy(page, server, world)
    card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas").click()
    with page.expect_request(lambda each: "select_personas" in (each.post_data or "")):
        card(page, "personas").get_by_role("checkbox").first.click()


def _generating(page: Page, server: Server, world: World) -> None:
    _with_a_strategy(page, server, world)
    card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    with page.expect_request(lambda each: "generate_segments" in (each.post_data or "")):
        card(page, "segments").get_by_role("button", name="Generate segments").click()


def _with_a_strategy(page: Page, server: Server, world: World) -> None:
    choose_profile(page, server, "Plan a campaign")
    choose_strategy(page, f"{world.personas} personas")


def _reviewed(page: Page, server: Server) -> None:
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    query, shown = review.evaluate(
        SHOWN
    )  # both of one draft: what was interrupted may bring another
    assert int(shown) == muster(server.home, "preview", query)["reach"]


def _refined(page: Page, server: Server) -> None:
    _reviewed(page, server)
    say(page, "make it 45 days")
    expect(card(page, "review")).to_contain_text("in the last 45 days")
    _reviewed(page, server)


def _another_strategy(page: Page, server: Server) -> None:
    chosen = card(page, "strategies").get_by_role("button").nth(1)
    again(
        lambda: chosen.click(timeout=AGAIN),
        lambda: expect(chosen).to_have_attribute("aria-pressed", "true", timeout=AGAIN),
    )
    expect(card(page, "approaches").get_by_role("button").first).to_be_enabled()


def _selected(page: Page, server: Server) -> None:
    box = card(page, "personas").get_by_role("checkbox").nth(1)
    tick(box)
    expect(card(page, "personas")).to_contain_text(re.compile("[12] of 5"))


def _generated(page: Page, server: Server) -> None:
    segments = card(page, "segments")
    generate = segments.get_by_role("button", name=re.compile("Generate (segments|again)"))
    made = segments.locator(".mu-condition").nth(1)
    again(lambda: generate.click(timeout=AGAIN), lambda: expect(made).to_be_visible(timeout=AGAIN))


STEPS: dict[str, tuple[Callable[[Page, Server, World], None], Callable[[Page, Server], None]]] = {
    "a description is read": (_describing, _reviewed),
    "a draft is changed": (_refining, _refined),
    "a strategy is chosen": (_choosing_another_strategy, _another_strategy),
    "a persona is selected": (_selecting_a_persona, _selected),
    "segments are made": (_generating, _generated),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_server_killed_in_the_middle_goes_on(
    mortal: Server, world: World, page: Page, step: str
) -> None:
    begin, go_on = STEPS[step]
    begin(page, mortal, world)
    expect(page).to_have_url(re.compile("/thread/"))
    mortal.kill()
    mortal.start()
    page.goto(page.url)
    go_on(page, mortal)
