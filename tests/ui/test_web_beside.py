"""The whole way beside another process, with the server killed between a click and its answer.

Here on data that is not the demo's: a real grocer's, with a million and a half events.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.ui.browsing import AGAIN, card, muster, reach, review_of, saved, say
from tests.ui.conftest import PATIENCE, Server
from tests.ui.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.worlds("grocer")]


def test_built_reviewed_explained_and_saved_across_a_restart(
    own_server: Server, world: World, page: Page
) -> None:
    server = own_server
    beside = _command_line(server, world)
    review = review_of(page, server, world.buying)
    shown = reach(review)
    expect(review.locator(".mu-condition").last).to_contain_text("at least 2 times")
    query = str(review.locator("code").text_content())
    assert query == f"{world.query} AND {world.orders(90, 2)}"
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


def _command_line(server: Server, world: World) -> subprocess.Popen[bytes]:
    """A second process at work on the same state."""
    arguments = ["build", world.buying, "--members", "--json"]
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
    # The click may have reached the dialogue: it is carried on then, while somebody may press Save again.
    for _ in range(PATIENCE // AGAIN):
        with suppress(AssertionError):
            expect(card(page, "saved")).to_be_visible(timeout=AGAIN)
            break
        with suppress(TimeoutError):
            review.get_by_label("Name of the audience").fill("Kept", timeout=AGAIN)
            review.get_by_role("button", name="Save").click(timeout=AGAIN)
    expect(card(page, "saved")).to_contain_text("Kept")
    assert len(saved(server, "Kept")) == 1
