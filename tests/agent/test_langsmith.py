"""What LangSmith gets of a dialogue: nothing unless it is set, and then what a model gets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast

import pytest
from langsmith import run_trees, utils

from tests.agent.model_server import call
from tests.agent.test_models import KEY, SPENDERS, talking
from workspace.settings import Settings

SPANISH = "Clientes de España que compraron en los últimos 30 días"
QUERY = "trait('country') = 'ES'"


@contextmanager
def receiving(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What comes to a server of LangSmith's at the address in the environment, once this has ended."""
    came: list[str] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            came.append(body.decode("utf-8", "replace"))
            self._answer()

        def _answer(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("LANGSMITH_API_KEY", "a-key")
    monkeypatch.setenv("LANGSMITH_DISABLE_RUN_COMPRESSION", "true")
    monkeypatch.setattr(run_trees, "_CLIENT", None)
    forget_environment()
    try:
        yield came
        if run_trees._CLIENT is not None:
            run_trees._CLIENT.flush()
    finally:
        if run_trees._CLIENT is not None:
            run_trees._CLIENT.cleanup()
        forget_environment()
        server.shutdown()
        server.server_close()
        thread.join()


def forget_environment() -> None:
    """LangSmith reads each variable once."""
    cast(Any, utils.get_env_var).cache_clear()


async def talked(settings: Settings) -> None:
    """A dialogue with a draft that names a person, words for the model, and a query by the model."""
    answers = (
        {"content": "A fine day."},
        call("build_conditions", prompt=SPANISH, mode="new"),
        {"content": QUERY},
        *[{"content": "Here they are."}] * 3,
    )
    async with talking(settings, *answers) as (talk, server):
        await talk.act("edit_conditions", query="trait('first_name') = 'Annabella'")
        await talk.say("what a fine day it is today")
        await talk.act("discard_draft")
        await talk.say(SPANISH)
        assert len(server.requests) >= 3


async def test_requests_are_traced_where_it_is_set_and_nothing_else(
    shop_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving(monkeypatch) as came:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        await talked(shop_settings)
    sent = "".join(came)
    assert "what a fine day" in sent  # a request of the dialogue
    assert "Description: Clientes" in sent  # and one for conditions
    assert QUERY in sent
    for hidden in (KEY, "nnabella", '"by_person"'):
        assert hidden not in sent


async def test_nothing_is_sent_unless_it_is_set(
    shop_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving(monkeypatch) as came:
        monkeypatch.delenv("LANGSMITH_TRACING", raising=False)
        await talked(shop_settings)
    assert came == []


async def test_what_the_built_in_engine_does_is_no_request(
    shop_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving(monkeypatch) as came:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        async with talking(shop_settings, accept=False) as (talk, _):
            await talk.say(SPENDERS)
    assert came == []
