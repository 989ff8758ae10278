"""The main job in a real browser: what a person sees, and what the store then holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.conftest import PATIENCE, Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
expect.set_options(timeout=PATIENCE)

NO_PHONE = "Customers who don't have a phone number."


def muster(home: Path, *arguments: str) -> dict[str, Any]:
    """What the command line says, in a process of its own, on the state that the server uses."""
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments, "--json"],
        env={"MUSTER_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def card(page: Page, kind: str) -> Locator:
    """The newest card of a kind."""
    return page.locator(f"[data-card='{kind}']").last


def say(page: Page, text: str) -> None:
    page.locator("#chat-input").fill(text)
    # The page takes no message before it is connected.
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.locator("#chat-submit").click()


def choose_profile(page: Page, server: Server, profile: str) -> None:
    page.goto(server.url)
    page.locator("#chat-profiles").click()
    page.get_by_role("option", name=profile).click()


def test_a_description_is_reviewed_saved_and_there_after_a_reload(
    server: Server, page: Page
) -> None:
    page.goto(server.url)
    say(page, NO_PHONE)
    review = card(page, "review")
    expect(review).to_contain_text("phone is not set")
    shown = int(review.locator("[data-reach]").get_attribute("data-reach") or -1)

    review.get_by_label("Name of the audience").fill("No phone yet")
    review.get_by_role("button", name="Save").click()
    saved = card(page, "saved")
    expect(saved).to_contain_text("Saved: No phone yet")
    expect(card(page, "review")).to_contain_text("out of date")
    key = saved.get_attribute("data-audience")

    (kept,) = muster(server.home, "audiences")["audiences"]
    assert (kept["key"], kept["name"]) == (key, "No phone yet")
    assert muster(server.home, "preview", kept["query"])["reach"] == shown

    page.reload()
    expect(card(page, "saved")).to_contain_text("No phone yet")
    card(page, "saved").get_by_role("button", name="View").click()
    expect(card(page, "audiences")).to_contain_text("No phone yet")


def test_words_of_a_condition_are_marked(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, NO_PHONE)
    marked = card(page, "review").locator(".mu-word")
    expect(marked.last).to_contain_text("phone")


def test_campaign_from_strategy_to_personas_and_segments(server: Server, page: Page) -> None:
    choose_profile(page, server, "Plan a campaign")
    expect(card(page, "approaches")).to_contain_text("Choose a strategy first")
    expect(card(page, "approaches").get_by_role("button").first).to_be_disabled()

    with_personas = card(page, "strategies").get_by_role("button").filter(has_text="6 personas")
    with_personas.first.click()
    expect(card(page, "approaches")).not_to_contain_text("Choose a strategy first")
    card(page, "approaches").get_by_role("button").filter(has_text="Strategy personas").click()

    personas = card(page, "personas")
    boxes = personas.get_by_role("checkbox")
    expect(boxes).to_have_count(6)
    for index in range(5):
        boxes.nth(index).click()
        expect(personas).to_contain_text(f"{index + 1} of 5")
    boxes.nth(5).click()
    expect(personas.get_by_role("alert")).to_contain_text("up to 5")
    expect(personas).to_contain_text("5 of 5")

    card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    question = card(page, "question")
    expect(question).to_contain_text("clears the 5 selected personas")
    question.get_by_role("button").filter(has_text="Yes").click()
    segments = card(page, "segments")
    segments.get_by_role("button", name="Generate segments").click()
    expect(segments.locator(".mu-condition").nth(2)).to_be_visible()
    segments.get_by_role("button", name="Review as an audience").first.click()
    expect(card(page, "review")).to_contain_text("Save")


def test_a_killed_server_comes_back_to_the_same_review(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, NO_PHONE)
    expect(card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    address = page.url
    server.kill()
    server.start()
    page.goto(address)
    review = card(page, "review")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_be_visible()
    assert len(muster(server.home, "audiences")["audiences"]) == 1


def test_modify_reopens_the_description(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, NO_PHONE)
    review = card(page, "review")
    review.get_by_role("button", name="Modify").click()
    words = review.get_by_label("Describe it anew")
    expect(words).to_have_value(NO_PHONE)
    words.fill("Customers who do have a phone number.")
    review.get_by_role("button", name="Build again").click()
    expect(card(page, "review")).to_contain_text("phone is set")


def test_a_condition_can_be_removed_and_the_query_edited(server: Server, page: Page) -> None:
    page.goto(server.url)
    say(page, "Customers who don't have a phone number and have not purchased in the last 30 days")
    review = card(page, "review")
    expect(review.locator(".mu-condition")).to_have_count(2)
    review.get_by_role("button", name="Remove: phone is not set").click()
    expect(card(page, "review").locator(".mu-condition")).to_have_count(1)
    expect(card(page, "review")).not_to_contain_text("phone is not set")

    card(page, "review").get_by_text("The query, for experts").click()
    card(page, "review").get_by_label("Query").fill("trait('no such trait') = 'x'")
    card(page, "review").get_by_role("button", name="Check and count").click()
    expect(card(page, "review").get_by_role("alert")).to_contain_text("no such trait")


HOSTILE = [
    "<img src=x onerror=alert(1)> customers <script>alert(2)</script>",
    "'; DROP TABLE users; -- customers who bought",
    "**bold** [link](javascript:alert(1)) `code` customers",
    "顧客のなかで最近購入した人たちを全員お願いします",
    "👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥 👩‍🚀🛒🔥",
]


def test_hostile_text_is_text(server: Server, page: Page) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    for text in HOSTILE:
        page.goto(server.url)
        say(page, text)
        expect(page.locator("[data-step-type='user_message']")).to_contain_text(text[:10])
        expect(page.locator("[data-step-type='assistant_message']").first).to_be_visible()
        assert page.locator("script:has-text('alert(2)')").count() == 0
        assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
    assert not alerts
