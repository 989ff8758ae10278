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
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=5
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
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=5
        )
        assert any("calls no tools" in each.message for each in model_findings(settings))
        assert not server_of(settings).tools


def test_a_key_that_is_refused_ends_it(tmp_path: Path) -> None:
    with serving(401, owner="x") as server:
        settings = load_settings(
            home=tmp_path, model="test-model", openai_base_url=server.address, model_timeout=5
        )
        (only,) = model_findings(settings)
        assert not only.ok
        assert "OPENAI_API_KEY" in only.message


def test_the_built_in_engine_asks_nobody(tmp_path: Path) -> None:
    assert model_findings(load_settings(home=tmp_path)) == ()
