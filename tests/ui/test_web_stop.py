"""An outside model: its terms are accepted on their card, and the stop button ends a long answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.agent.model_server import Fault, serving
from tests.conftest import copied
from tests.ui.browsing import AGAIN, again, card, muster, say
from tests.ui.conftest import Server
from tests.ui.worlds import World

pytestmark = pytest.mark.browser

NEVER = Fault("slow", seconds=3600)


def test_what_is_stopped_stays_stopped_and_the_chat_goes_on(
    world: World, world_made: Path, tmp_path: Path, page: Page
) -> None:
    home = tmp_path / "served"
    copied(world_made, home)
    with serving(NEVER) as model:
        configured = {
            "MUSTER_MODEL": "test-model",
            "OPENAI_API_KEY": "none",
            "OPENAI_BASE_URL": model.address,
            "MUSTER_MODEL_TIMEOUT": "3600",
        }
        server = Server(home, configured).start()
        try:
            page.goto(server.url)
            say(page, "show the terms")
            terms = card(page, "terms")
            assert model.requests == []
            terms.get_by_role("button", name="Accept the terms").click()
            expect(terms.locator("[data-accepted]")).to_contain_text("Accepted by local")
            assert muster(home, "terms")["by"] == "local"
            say(page, world.buying)
            while not model.requests:
                page.wait_for_timeout(50)
            said = page.get_by_text("manually stopped")
            again(
                lambda: page.locator("#stop-button").click(timeout=AGAIN),
                lambda: expect(said).to_be_visible(timeout=AGAIN),
            )
            expect(page.locator("#stop-button")).to_have_count(0)
            page.reload()
            expect(page.get_by_text("manually stopped")).to_be_visible()
            expect(page.locator("#stop-button")).to_have_count(0)
            expect(card(page, "review")).to_have_count(0)
            say(page, "And who are you?")
            expect(page.get_by_text("That is all.")).to_be_visible()
            assert "Traceback" not in server.log()
        finally:
            server.stop()
