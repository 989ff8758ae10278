"""What `muster doctor` finds out of a model's server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.agent.model_server import call, serving
from tools.modelling.probing import model_findings
from tools.modelling.servers import server_of
from workspace.settings import load_settings


def text(content: str) -> dict[str, Any]:
    return {"content": content}


@pytest.mark.parametrize(
    ("owner", "refuses", "answers", "said"),
    [
        ("llamacpp", (), (text("ultramarine"),), "held to a grammar, as llama.cpp takes it"),
        ("vllm", (), (text("ultramarine"), call("greet")), "held to a grammar, as vLLM takes it"),
        ("x", (), (text('{"word": "ultramarine"}'), call("greet")), "held to a JSON schema"),
        ("x", (), (text("Hello"), call("greet")), "does not keep to it"),
        ("x", ("response_format",), (text("Hello"), call("greet")), "held to nothing"),
    ],
)
def test_the_form_is_tried(
    tmp_path: Path, owner: str, refuses: tuple[str, ...], answers: Any, said: str
) -> None:
    with serving(*answers, owner=owner, refuses=refuses) as server:
        settings = load_settings(
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=60
        )
        found = {each.check: each for each in model_findings(settings)}
        assert said in found["grammar"].message
        assert found["grammar"].ok
        assert ("calls tools" in found["tools"].message) == (owner != "llamacpp")
        assert "embeds no words" in found["embedding"].message
        assert "1 request" in found["spent"].message


def test_a_server_without_tools_is_remembered(tmp_path: Path) -> None:
    with serving(text("x"), owner="x", refuses=("tools",)) as server:
        settings = load_settings(
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=60
        )
        assert any("calls no tools" in each.message for each in model_findings(settings))
        assert not server_of(settings).tools


def test_a_key_that_is_refused_ends_it(tmp_path: Path) -> None:
    with serving(401, owner="x") as server:
        settings = load_settings(
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=60
        )
        (only,) = model_findings(settings)
        assert not only.ok
        assert "OPENAI_API_KEY" in only.message


def test_an_address_without_such_a_model_says_where_to_look(tmp_path: Path) -> None:
    with serving(404, owner="x") as server:
        settings = load_settings(
            home=tmp_path, model="other", openai_base_url=server.address, model_timeout=60
        )
        (only,) = model_findings(settings)
        assert not only.ok
        assert "MUSTER_MODEL" in only.message
        assert "/v1" in only.message


EMBEDDED = '{"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0, "embedding": [0.5, 0.5]}]}'


@pytest.mark.parametrize(
    ("answer", "ok", "said"),
    [
        (EMBEDDED, True, "words-1 answers, 2 numbers a text"),
        (401, False, "OPENAI_API_KEY"),
        ("no JSON", False, "MUSTER_EMBEDDING"),
        ('{"object": "list", "data": []}', False, "MUSTER_EMBEDDING"),
    ],
)
def test_an_embedding_behind_an_address_is_tried(
    tmp_path: Path, answer: Any, ok: bool, said: str
) -> None:
    with serving(answer) as server:
        settings = load_settings(home=tmp_path, embedding="words-1", openai_base_url=server.address)
        (only,) = model_findings(settings)
        assert (only.check, only.ok) == ("embedding", ok)
        assert said in only.message
        assert [each["input"] for each in server.requests] == [["hello"]]


def test_the_built_in_engine_asks_nobody(tmp_path: Path) -> None:
    assert model_findings(load_settings(home=tmp_path)) == ()
