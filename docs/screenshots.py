"""Pictures of every card, made from the running app on the demo workspace: `make screenshots`.

Needs Chromium. Each card is taken light, dark and 360 pixels wide, into `cards/` next to this file;
`review.png` is the picture in the README.
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
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

FOLDER = Path(__file__).parent
CARDS = FOLDER / "cards"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PATIENCE = 120_000
CHARTED = ("comparison", "reach")
PROMPT = (
    "Customers in California who bought at least twice in the last 90 days "
    "but have not opened an email in the last 30 days"
)


@dataclass(frozen=True)
class Look:
    """How a set of pictures is taken; `suffix` ends their names."""

    suffix: str
    dark: bool = False
    width: int = 1280


LOOKS = (Look(""), Look("-dark", dark=True), Look("-phone", width=360))


def main() -> None:
    expect.set_options(timeout=PATIENCE)
    CARDS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        # Makes the demo workspace, which every set of pictures gets a copy of.
        _muster(made, "fields", "email")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for look in LOOKS:
            with _app(Path(made)) as url:
                _sentence(browser, url, look)
                _campaign(browser, url, look)
        browser.close()


def _sentence(browser: Browser, url: str, look: Look) -> None:
    page = _page(browser, look, height=1240)
    page.goto(url)
    _say(page, PROMPT)
    review = _reviewed(page)
    if look == LOOKS[0]:
        _shot(page, FOLDER / "review.png")
    _shot_of(page, look, "review")

    review.get_by_role("button", name="Edit: Order Completed").click()
    review.get_by_label("Order Completed, when: how long").fill("180")
    expect(review.locator("[data-outcome='ready']")).to_contain_text("more than before")
    review.get_by_role("button", name="Add a property of Order Completed").click()
    review.get_by_role("textbox", name="Search the properties").fill("cat")
    expect(review.locator(".mu-field").first).to_be_visible()
    _shot_of(page, look, "review", name="editor")
    review.get_by_role("button", name="Cancel").click()
    _say(page, "only women")
    expect(_card(page, "review").locator("[data-part='change']")).to_be_visible()
    review = _reviewed(page)
    _shot_of(page, look, "review", name="refined")

    for words, kind in (
        ("compare this with VIPs", "comparison"),
        ("show reach by day", "reach"),
        ("who is in it?", "profiles"),
    ):
        _say(page, words)
        expect(_card(page, kind)).to_be_visible()
        review = _reviewed(page)
        _shot_of(page, look, kind)
    _card(page, "profiles").locator("tbody button").first.click()
    expect(_card(page, "profile")).to_be_visible()
    _shot_of(page, look, "profile")

    _say(page, "save it as Californians to win back")
    expect(_card(page, "saved")).to_be_visible()
    _shot_of(page, look, "saved")
    _card(page, "saved").get_by_role("button", name="View").click()
    _shot_of(page, look, "audiences")
    _card(page, "audiences").get_by_role("button", name="View").first.click()
    _shot_of(page, look, "audience")
    for words, kind in (
        ("which fields about email do I have", "fields"),
        ("show examples", "examples"),
        ("show event roles", "roles"),
    ):
        _say(page, words)
        _shot_of(page, look, kind)
    _say(page, "Customers who bought shoes but not hats recently with gusto")
    expect(_card(page, "question")).to_be_visible()
    _shot_of(page, look, "question", "draft")
    page.context.close()


def _campaign(browser: Browser, url: str, look: Look) -> None:
    page = _page(browser, look, height=1240)
    page.goto(url)
    page.locator("#chat-profiles").click()
    page.get_by_role("option", name="Plan a campaign").click()
    expect(_card(page, "approaches")).to_be_visible()
    _shot_of(page, look, "strategies", "approaches")
    strategies = _card(page, "strategies").get_by_role("button")
    strategies.filter(has_text="6 personas").first.click()
    _card(page, "approaches").get_by_role("button").filter(has_text="personas").last.click()
    boxes = _card(page, "personas").get_by_role("checkbox")
    boxes.first.click()
    expect(_card(page, "personas")).to_contain_text("1 of 5")
    boxes.nth(2).click()
    expect(_card(page, "personas")).to_contain_text("2 of 5")
    _shot_of(page, look, "personas")
    _say(page, "write the brief")
    _shot_of(page, look, "brief")
    _card(page, "approaches").get_by_role("button").filter(has_text="AI segments").click()
    _card(page, "question").get_by_role("button").first.click()
    segments = _card(page, "segments")
    segments.get_by_role("button", name="Generate segments").click()
    expect(segments.locator(".mu-condition").first).to_be_visible()
    _shot_of(page, look, "segments")
    page.context.close()


def _page(browser: Browser, look: Look, *, height: int) -> Page:
    """A page of a new browser."""
    context = browser.new_context(
        viewport={"width": look.width, "height": height},
        color_scheme="dark" if look.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _card(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-card='{kind}']").last


def _reviewed(page: Page) -> Locator:
    """The newest review, once the turn is over and it can be decided."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("#stop-button")).to_have_count(0)
    expect(_card(page, "review").get_by_role("button", name="Save")).to_be_enabled()
    return _card(page, "review")


def _say(page: Page, text: str) -> None:
    page.wait_for_load_state("networkidle")
    page.locator("#chat-input").fill(text)
    expect(page.locator("#chat-submit")).to_be_enabled()
    page.locator("#chat-submit").click()


def _shot(page: Page, path: Path) -> None:
    """The page as it stands."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # until what moves has come to rest
    page.screenshot(path=path)


def _shot_of(page: Page, look: Look, *kinds: str, name: str | None = None) -> None:
    """Each card on its own with its chart, the window high enough for the longest."""
    window = page.viewport_size
    assert window is not None
    page.set_viewport_size({"width": window["width"], "height": 9000})
    for kind in kinds:
        card = _card(page, kind)
        expect(card).to_be_visible()
        message = page.locator("[data-step-type='assistant_message']").filter(has=card)
        if kind in CHARTED:
            expect(message.locator(".js-plotly-plot")).to_be_visible()
        page.wait_for_timeout(1500)
        shown = message if kind in CHARTED else card
        shown.screenshot(path=CARDS / f"{name or kind}{look.suffix}.png")
    page.set_viewport_size(window)


def _muster(home: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "ui.cli", *arguments, "--json"]
    environment = os.environ | {"MUSTER_HOME": home}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _app(made: Path) -> Iterator[str]:
    """The app on a copy of the state folder `made`, so that it begins with nothing saved."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(made, Path(folder) / "home", symlinks=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "chat", "--port", str(port), "--quiet"],
            env=os.environ | {"MUSTER_HOME": str(home)},
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
