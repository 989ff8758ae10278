"""muster local-model: what it says when it cannot, and the doctor with a model that can be had."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.agent.model_server import call, serving
from tests.ui.cli import make_acme, muster
from workspace.local_model.fetching import model_file
from workspace.settings import load_settings


def test_only_a_model_is_served(tmp_path: Path) -> None:
    other = tmp_path / "notes.gguf"
    other.write_text("hello")
    for path in (other, tmp_path / "none.gguf"):
        ran = muster("local-model", "--file", str(path), "--port", str(_free()), "--json")
        assert ran.status == 1
        assert ran.json["error"]["code"] == "model_not_served"


def test_an_address_that_is_taken_is_said(tmp_path: Path) -> None:
    model = tmp_path / "small.gguf"
    model.write_bytes(b"GGUF")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = muster("local-model", "--file", str(model), "--port", port, "--json")
        assert ran.json["error"]["code"] == "address_in_use"


def test_a_model_that_is_there_is_not_fetched_again() -> None:
    path = model_file(load_settings().home)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF")
    ran = muster("local-model", "--fetch-only", "--json")
    assert ran.json == {"file": str(path), "model": path.stem}
    assert str(path) in muster("local-model", "--fetch-only").err


def test_the_doctor_tries_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    muster("import", str(make_acme(tmp_path / "acme")), "--name", "acme")
    muster("terms", "--accept")
    answers = ({"content": "ultramarine"}, call("greet", name="you"))
    with serving(*answers, owner="vllm") as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        found = muster("doctor", "--model", "test-model", "--json").json
    assert found["ok"] is True
    said = {each["check"]: each["message"] for each in found["checks"]}
    assert "as vLLM takes it" in said["grammar"]
    assert said["tools"] == "the server calls tools"
    assert "test-model: 1 request" in said["spent"]


@pytest.mark.parametrize(
    ("owner", "said"), [("ollama", "which lists test-model"), (None, "which lists no models")]
)
def test_the_doctor_tries_a_model_that_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: str | None, said: str
) -> None:
    muster("import", str(make_acme(tmp_path / "acme")), "--name", "acme")
    muster("terms", "--accept")
    answers = ({"content": '{"word": "ultramarine"}'}, call("greet", name="you"))
    with serving(*answers, owner=owner) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        found = muster("doctor", "--model", "test-model-by-another-name", "--json").json
    assert found["ok"] is True
    models = [each["message"] for each in found["checks"] if each["check"] == "model"]
    assert said in models[0]


@pytest.mark.parametrize(("status", "said"), [(403, "OPENAI_API_KEY"), (500, "status 500")])
def test_the_doctor_says_what_is_wrong_with_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, said: str
) -> None:
    muster("import", str(make_acme(tmp_path / "acme")), "--name", "acme")
    muster("terms", "--accept")
    with serving(owner=status) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        found = muster("doctor", "--model", "test-model", "--json").json
    wrong = [each["message"] for each in found["checks"] if not each["ok"]]
    assert len(wrong) == 1
    assert said in wrong[0]
    assert server.requests == []


def test_the_doctor_asks_for_the_terms_of_an_outside_embedding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    muster("import", str(make_acme(tmp_path / "acme")), "--name", "acme")
    monkeypatch.setenv("MUSTER_EMBEDDING", "words-1")
    with serving() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        found = muster("doctor", "--json").json
    wrong = {each["check"]: each["message"] for each in found["checks"] if not each["ok"]}
    assert set(wrong) == {"terms"}
    assert server.requests == []


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
