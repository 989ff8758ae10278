"""Pictures of every card, made from the running app on the demo workspace: `make screenshots`.

Needs Chromium. The pictures land next to this file; `review.png` is the one of the README.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 120_000
PROMPT = (
    "Customers in California who bought at least twice in the last 90 days "
    "but have not opened an email in the last 30 days"
)


def main() -> None:
    expect.set_options(timeout=PATIENCE)
    with _app() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        _sentence(browser, url)
        _campaign(browser, url)
        browser.close()


def _sentence(browser: Browser, url: str) -> None:
    page = _page(browser, height=1240)
    page.goto(url)
    _say(page, PROMPT)
    review = _card(page, "review")
    expect(review.get_by_role("button", name="Save")).to_be_enabled()
    _shot(page, "review")

    review.get_by_role("button", name="Edit: Order Completed").click()
    review.get_by_label("Order Completed, when: how long").fill("180")
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    _shot(page, "editor")
    review.get_by_role("button", name="Cancel").click()
    address = page.url

    for name, dark, width in (("review-dark", True, 1280), ("review-phone", False, 360)):
        other = _page(browser, dark=dark, width=width, height=1240, like=page)
        other.goto(address)
        expect(_card(other, "review").get_by_role("button", name="Save")).to_be_enabled()
        _shot(other, name)
        other.context.close()

    review.get_by_label("Name of the audience").fill("Californians to win back by post")
    review.get_by_role("button", name="Save").click()
    expect(_card(page, "saved")).to_be_visible()
    _shot_of(page, "saved")
    _card(page, "saved").get_by_role("button", name="View").click()
    _shot_of(page, "audiences")
    _say(page, "which fields about email do I have")
    _shot_of(page, "fields")
    _say(page, "Customers who bought shoes but not hats recently with gusto")
    _shot_of(page, "question", "draft")
    page.context.close()


def _campaign(browser: Browser, url: str) -> None:
    page = _page(browser, height=1240)
    page.goto(url)
    page.locator("#chat-profiles").click()
    page.get_by_role("option", name="Plan a campaign").click()
    expect(_card(page, "approaches")).to_be_visible()
    _shot_of(page, "strategies", "approaches")
    strategies = _card(page, "strategies").get_by_role("button")
    strategies.filter(has_text="6 personas").first.click()
    _card(page, "approaches").get_by_role("button").filter(has_text="personas").last.click()
    boxes = _card(page, "personas").get_by_role("checkbox")
    boxes.first.click()
    expect(_card(page, "personas")).to_contain_text("1 of 5")
    boxes.nth(2).click()
    expect(_card(page, "personas")).to_contain_text("2 of 5")
    _shot_of(page, "personas")
    _card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    _card(page, "question").get_by_role("button").first.click()
    segments = _card(page, "segments")
    segments.get_by_role("button", name="Generate segments").click()
    expect(segments.locator(".mu-condition").first).to_be_visible()
    _shot_of(page, "segments")
    page.context.close()


def _page(
    browser: Browser,
    *,
    dark: bool = False,
    width: int = 1280,
    height: int = 900,
    like: Page | None = None,
) -> Page:
    """A page of a new browser; `like`: with the cookies of another page's."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    if like is not None:
        context.add_cookies([dict(each) for each in like.context.cookies()])  # type: ignore[misc]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _card(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-card='{kind}']").last


def _say(page: Page, text: str) -> None:
    page.locator("#chat-input").fill(text)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.locator("#chat-submit").click()


def _shot(page: Page, name: str) -> None:
    """The page as it stands, its top in view."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # until what moves has come to rest
    page.screenshot(path=FOLDER / f"{name}.png")


def _shot_of(page: Page, *kinds: str) -> None:
    """Each card on its own, the window high enough for the longest."""
    window = page.viewport_size
    assert window is not None
    page.set_viewport_size({"width": window["width"], "height": 2600})
    for kind in kinds:
        card = _card(page, kind)
        expect(card).to_be_visible()
        page.wait_for_timeout(1500)
        card.screenshot(path=FOLDER / f"{kind}.png")
    page.set_viewport_size(window)


@contextmanager
def _app() -> Iterator[str]:
    """The app on a state folder of its own, with the demo workspace."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "chat", "--port", str(port), "--quiet"],
            env=os.environ | {"MUSTER_HOME": home},
            stdin=subprocess.DEVNULL,
        )
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{url}/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
