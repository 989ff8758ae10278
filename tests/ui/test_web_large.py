"""The web app on data that is not the demo's: a real shop's, with a million and a half events.

With `MUSTER_TEST_EVENTS=5000000`, also on a generated workspace of so many (`make test-large`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.chats import make_large
from tests.ui.browsing import card, muster, reach, review_of, saved, say
from tests.ui.conftest import Server
from workspace.grocer import make_grocer
from workspace.importer import import_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@dataclass(frozen=True)
class World:
    """A workspace, and a description of some of its people."""

    name: str
    prompt: str
    condition: str
    events: int = 0


WORLDS = [
    World(
        "grocer", "Shoppers who bought at least 20 times in the last 90 days", "at least 20 times"
    )
]
if "MUSTER_TEST_EVENTS" in os.environ:
    prompt = "Customers with state CA who bought at least 4 times in the last 90 days"
    events = int(os.environ["MUSTER_TEST_EVENTS"])
    WORLDS.append(World("large", prompt, "at least 4 times", events))


def _served(world: World, folder: Path) -> Server:
    if world.events:
        make_large(folder / world.name, world.events)
    else:
        make_grocer(folder / world.name)
    home = folder / "home"
    import_folder(folder / world.name, home, world.name)
    return Server(home).start()


@pytest.mark.parametrize("world", WORLDS, ids=lambda each: each.name)
def test_built_reviewed_explained_and_saved_across_a_restart(
    world: World, tmp_path: Path, page: Page
) -> None:
    server = _served(world, tmp_path)
    try:
        beside = _command_line(server, world)
        review = review_of(page, server, world.prompt)
        shown = reach(review)
        expect(review.locator(".mu-condition").last).to_contain_text(world.condition)
        query = str(review.locator("code").text_content())
        assert muster(server.home, "preview", query)["reach"] == shown
        assert json.loads(beside.communicate()[0])["reach"] == shown

        say(page, "who is in it?")
        someone = card(page, "profiles").locator("tbody button").first
        id = someone.inner_text()
        someone.click()
        expect(card(page, "profile")).to_contain_text("In the draft")
        say(page, f"why is {id} in")
        expect(card(page, "why")).to_contain_text("In the audience")
        assert muster(server.home, "why", id, query)["in"] is True

        _saved_across_a_restart(server, page)
        (kept,) = saved(server, "Kept")
        assert (kept["query"], muster(server.home, "preview", query)["reach"]) == (query, shown)
        assert "Traceback" not in server.log()
    finally:
        server.stop()


def _command_line(server: Server, world: World) -> subprocess.Popen[bytes]:
    """A second process at work on the same state."""
    arguments = ["build", world.prompt, "--members", "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *arguments],
        env={"MUSTER_HOME": str(server.home), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
    )


def _saved_across_a_restart(server: Server, page: Page) -> None:
    """Save, with the server gone between the click and its answer: it is saved once, or to be decided."""
    expect(page).to_have_url(re.compile("/thread/"))
    review = card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    review.get_by_label("Name of the audience").fill("Kept")
    with page.expect_request("**/project/action"):
        review.get_by_role("button", name="Save").click()
    server.kill()
    server.start()
    page.goto(page.url)
    decided = card(page, "saved").or_(card(page, "review").get_by_role("button", name="Save"))
    expect(decided.first).to_be_visible()
    if not saved(server, "Kept"):
        review = card(page, "review")
        review.get_by_label("Name of the audience").fill("Kept")
        review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("Kept")
