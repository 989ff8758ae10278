"""People who sign in with a password, at a workspace with one Dynamic Plus place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import copied
from tests.ui.browsing import (
    applied,
    card,
    expect_reach,
    muster,
    reach,
    reviewed,
    saved,
    say,
    tick,
)
from tests.ui.conftest import Server, forget_saved
from tests.ui.worlds import World
from workspace.logins import Logins
from workspace.persons import LOCAL
from workspace.settings import load_settings

pytestmark = pytest.mark.browser

SECRET = "correct horse battery"


@pytest.fixture(scope="module")
def shared_door(
    world: World, world_made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server at which ann, an owner, signs in."""
    home = tmp_path_factory.mktemp("door") / "home"
    copied(world_made, home)
    config = (home / "workspaces" / world.name).resolve() / "workspace.yaml"
    lines = config.read_text().splitlines(keepends=True)
    config.unlink()  # it is a link to the file of the other tests
    kept = "".join(each for each in lines if "dynamic_plus_limit" not in each)
    config.write_text(f"{kept}\ndynamic_plus_limit: 1\n")
    settings = load_settings(home=home, workspace=world.name)
    Logins(settings.store_url).add(world.name, "ann", SECRET, "owner", by=LOCAL)
    running = Server(home).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


@pytest.fixture
def door(shared_door: Server, world: World) -> Iterator[Server]:
    """That server; what a test saves is deleted after it."""
    yield shared_door
    forget_saved(shared_door, world.name)


def sign_in(page: Page, server: Server, password: str = SECRET) -> None:
    page.goto(server.url)
    page.locator("#email").fill("ann")
    page.locator("#password").fill(password)
    page.locator("button[type='submit']").click()


def test_only_the_right_password_opens_the_page(door: Server, page: Page) -> None:
    sign_in(page, door, "a wrong guess")
    expect(page.get_by_role("alert")).to_contain_text("Check the name and the password")
    expect(page.locator("#chat-input")).to_have_count(0)
    sign_in(page, door)
    expect(page.locator("#chat-input")).to_be_visible()
    say(page, "show the audit list")
    expect(card(page, "audit")).to_contain_text("Let somebody sign in")


def test_at_the_limit_the_draft_stays_and_what_to_delete_is_offered(
    door: Server, world: World, page: Page
) -> None:
    muster(door.home, "save", f"event('{world.event}').count() >= 1", "--name", "Lookers")
    sign_in(page, door)
    say(page, world.buying)
    review = reviewed(page)
    expect(review.locator(".mu-badge")).to_have_text("Dynamic Plus")
    shown = reach(review)
    review.get_by_label("Name of the audience").fill("Regular buyers")
    review.get_by_role("button", name="Save").click()
    audiences = card(page, "audiences")
    expect(audiences).to_contain_text("All Dynamic Plus places are used")
    assert saved(door, "Regular buyers") == []
    expect_reach(card(page, "review"), shown)

    audiences.get_by_role("button", name="Delete Lookers…").click()
    audiences.get_by_role("button", name="Delete", exact=True).click()
    with page.expect_response("**/project/action"):
        card(page, "question").get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("is deleted").first).to_be_visible()
    # The review is shown again below that; the card that stood above is out of date then.
    expect(page.locator("[data-card='review'][data-stale='true']")).to_have_count(1)
    review = reviewed(page)
    expect_reach(review, shown)
    review.get_by_label("Name of the audience").fill("Regular buyers")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("Regular buyers")
    (kept,) = saved(door, "Regular buyers")
    assert muster(door.home, "preview", kept["query"])["reach"] == shown


def test_a_sign_in_that_ends_loses_nothing(door: Server, world: World, page: Page) -> None:
    sign_in(page, door)
    say(page, world.lacking)
    signed = time.time()
    review = reviewed(page)
    chat, shown = page.url, reach(review)
    review.get_by_label("Name of the audience").fill("Of another day")
    while time.time() < signed + 1:  # a sign-in knows its second only
        page.wait_for_timeout(50)
    settings = load_settings(home=door.home, workspace=world.name)
    Logins(settings.store_url).set_password(world.name, "ann", SECRET, by=LOCAL)
    review.get_by_role("button", name="Save").click()
    expect(page.locator("#password")).to_be_visible()
    assert saved(door, "Of another day") == []

    sign_in(page, door)
    expect(page.locator("#chat-input")).to_be_visible()
    page.goto(chat)
    review = card(page, "review")
    expect(review.get_by_label("Name of the audience")).to_have_value("Of another day")
    expect_reach(review, shown)
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("Of another day")
    assert len(saved(door, "Of another day")) == 1


def test_building_again_asks_before_it_overwrites_what_was_changed_by_hand(
    door: Server, world: World, page: Page
) -> None:
    sign_in(page, door)
    say(page, world.buying)
    review = reviewed(page)
    review.get_by_role("button", name=f"Edit: {world.is_value}").click()
    tick(review.get_by_label("Exclude"))
    review.get_by_role("button", name="Apply").click()
    review = applied(page)
    expect(review.locator(".mu-condition").first).to_contain_text(world.is_other)

    review.get_by_role("button", name="Modify").click()
    review.get_by_label("Describe it anew").fill(world.lacking)
    review.get_by_role("button", name="Build again").click()
    expect(card(page, "question")).to_contain_text("edited the conditions by hand")
    expect(card(page, "review").locator(".mu-condition").first).to_contain_text(world.is_other)
    card(page, "question").get_by_role("button").filter(has_text="Yes").click()
    expect(card(page, "review").locator(".mu-condition").first).to_contain_text(world.lacks)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
