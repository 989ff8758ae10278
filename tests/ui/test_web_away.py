"""What the page says when a part that it needs is gone in the middle, and how it goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import make_url

from agent.checkpoints import AWAY
from tests.conftest import copied
from tests.ui.browsing import AGAIN, again, card, muster, reach, review_of, reviewed, say
from tests.ui.conftest import Server
from tests.ui.wire import Wire, wire
from tests.ui.worlds import World
from tests.workspace import postgres_server
from workspace.settings import load_settings
from workspace.store import Store

pytestmark = pytest.mark.browser


@pytest.fixture
def kept_away(
    world: World, world_made: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Server, Wire, str]]:
    """A server, the line to its PostgreSQL, and the address of that."""
    if not postgres_server.installed():
        pytest.skip("PostgreSQL is not installed here")
    url = make_url(postgres_server.new_database(request.getfixturevalue("postgres")))
    home = tmp_path / "served"
    copied(world_made, home)
    assert url.port is not None
    with wire(url.port) as line:
        by_line = url.set(port=line.port).render_as_string(hide_password=False)
        server = Server(home, {"MUSTER_DATABASE_URL": by_line}).start()
        yield server, line, url.render_as_string(hide_password=False)
        server.stop()


def test_a_store_that_is_away_is_said_and_nothing_is_lost_or_saved_twice(
    kept_away: tuple[Server, Wire, str], world: World, page: Page
) -> None:
    server, line, url = kept_away
    review = review_of(page, server, world.lacking)
    shown = reach(review)
    review.get_by_label("Name of the audience").fill("Saved at last")
    line.cut()
    review.get_by_role("button", name="Save").click()
    expect(card(page, "review").get_by_role("alert")).to_contain_text(AWAY)
    expect(card(page, "saved")).to_have_count(0)
    line.mend()
    review = reviewed(page)
    expect(review.get_by_label("Name of the audience")).to_have_value("Saved at last")
    save, saved = review.get_by_role("button", name="Save"), card(page, "saved")
    # The first connections after it is back may still be refused: a person tries again, as told.
    again(
        lambda: save.click(timeout=AGAIN),
        lambda: expect(saved).to_contain_text("Saved at last", timeout=AGAIN),
    )

    settings = load_settings(home=server.home, workspace=world.name, database_url=url)
    (kept,) = Store(settings.store_url).audiences(world.name)
    assert (kept.name, muster(server.home, "preview", kept.query)["reach"]) == (
        "Saved at last",
        shown,
    )


def test_an_index_that_is_gone_is_made_again(own_server: Server, world: World, page: Page) -> None:
    shown = reach(review_of(page, own_server, world.lacking))
    shutil.rmtree(own_server.home / "indexes")
    say(page, "start over")
    say(page, world.buying)
    review = reviewed(page)
    expect(review.locator("code")).to_have_text(f"{world.query} AND {world.orders(90, 2)}")
    say(page, "which fields about email do I have")
    expect(card(page, "fields").locator("tbody tr").first).to_be_visible()
    own_server.kill()
    own_server.start()
    assert reach(review_of(page, own_server, world.lacking)) == shown
