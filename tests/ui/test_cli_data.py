"""muster import, workspaces, fields, doctor, terms: what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli import make_acme, make_plan_only, muster


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """MUSTER_HOME of the test."""
    return tmp_path / "muster"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = make_acme(tmp_path / "acme")
    assert muster("import", str(folder)).status == 0
    return folder


def test_an_import_reports_what_it_found_and_the_workspace_is_listed(tmp_path: Path) -> None:
    report = muster("import", str(make_acme(tmp_path / "folder")), "--json").json
    assert (report["name"], report["users"], report["events"]) == ("acme", 6, 12)
    (listed,) = muster("workspaces", "--json").json["workspaces"]
    assert listed == {
        "name": "acme", "users": 6, "events": 12, "fields": report["fields"],
        "as_of": "2026-11-22T00:00:00Z",
    }  # fmt: skip


def test_without_a_workspace_the_list_is_empty_and_nothing_is_made(home: Path) -> None:
    assert muster("workspaces", "--json").json == {"workspaces": []}
    assert "no workspace yet" in muster("workspaces").out
    assert not home.exists()


def test_a_name_is_taken_once_unless_it_is_replaced(acme: Path) -> None:
    again = muster("import", str(acme), "--json")
    assert (again.status, again.json["error"]["code"]) == (1, "workspace_exists")
    assert muster("import", str(acme), "--replace").status == 0
    assert muster("import", str(acme), "--name", "other").status == 0
    names = [each["name"] for each in muster("workspaces", "--json").json["workspaces"]]
    assert names == ["acme", "other"]


def test_what_cannot_be_imported_is_an_error_in_words_and_in_json(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "nowhere"):
        in_json = muster("import", str(folder), "--json")
        assert in_json.status == 1
        assert set(in_json.json) == {"error"}
        assert in_json.json["error"]["message"]
        in_words = muster("import", str(folder))
        assert (in_words.status, in_words.out) == (1, "")
        assert "Error" in in_words.err
    assert muster("workspaces", "--json").json == {"workspaces": []}


@pytest.mark.usefixtures("acme")
def test_fields_are_listed_nearest_first() -> None:
    fields = muster("fields", "people who bought bags", "-k", "3", "--json").json["fields"]
    assert len(fields) == 3
    category = next(each for each in fields if each["name"] == "category")
    assert category | {"score": 0} == {
        "kind": "property", "name": "category", "event": "Order Completed", "type": "text",
        "values": ["bags", "shoes"], "origin": "custom", "active": True,
        "last_seen": "2026-11-20T10:00:00Z", "score": 0,
    }  # fmt: skip
    scores = [each["score"] for each in fields]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.usefixtures("acme")
def test_without_words_every_field_is_listed() -> None:
    names = {each["name"] for each in muster("fields", "--json").json["fields"]}
    assert {"Order Completed", "total", "category", "country", "age", "email", "vip"} <= names
    assert len(muster("fields", "-k", "2", "--json").json["fields"]) == 2
    assert "country" in muster("fields").out


def test_the_fields_of_a_plan_without_data_are_found(tmp_path: Path) -> None:
    muster("import", str(make_plan_only(tmp_path / "travel")))
    fields = muster("fields", "destination of the trip", "--json").json["fields"]
    assert (fields[0]["name"], fields[0]["values"]) == ("destination", ["Rome"])
    preview = muster("preview", "event('Trip Booked').count() >= 1", "--json").json
    assert (preview["reach"], preview["universe"]) == (None, None)
    built = muster("build", "People who booked a trip to Rome last week", "--json").json
    assert built["reach"] is None


def test_an_unknown_workspace_is_an_error_with_the_nearest_name(acme: Path) -> None:
    ran = muster("fields", "-w", "acne", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "unknown_workspace")
    assert "acme" in ran.json["error"]["message"]


def test_an_invalid_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PROMPT_MIN", "many")
    ran = muster("workspaces", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "invalid_setting")
    assert "MUSTER_PROMPT_MIN" in ran.json["error"]["message"]


@pytest.mark.usefixtures("acme")
def test_doctor_says_that_a_key_alone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    found = muster("doctor", "--json")
    assert found.json["ok"] is True
    assert any(
        "OPENAI_API_KEY" in each["message"] and "changes nothing" in each["message"]
        for each in found.json["checks"]
    )
    assert "sk-secret" not in found.out
    assert "acme" in muster("doctor").out


@pytest.mark.usefixtures("acme")
def test_doctor_says_what_a_model_still_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    found = muster("doctor", "--model", "small", "--json").json
    wrong = {each["check"]: each["message"] for each in found["checks"] if not each["ok"]}
    assert found["ok"] is False
    assert "muster terms --accept" in wrong["terms"]
    assert "does not answer" in wrong["model"]


@pytest.mark.usefixtures("acme")
def test_what_is_sent_is_nothing_or_the_whole_request_without_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert muster("doctor", "--what-is-sent", "--json").json == {"sent": None}
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    ran = muster("doctor", "--what-is-sent", "--model", "small", "--json")
    sent = ran.json["sent"]
    assert sent["address"] == "https://api.openai.com/v1/chat/completions"
    assert sent["body"]["model"] == "small"
    assert sent["body"]["messages"][-1]["role"] == "user"
    assert sent["body"]["tools"]
    assert "sk-secret" not in ran.out
    assert "ana@example.com" not in ran.out


@pytest.mark.usefixtures("acme")
def test_terms_are_shown_and_accepted() -> None:
    before = muster("terms", "--json").json
    assert (before["accepted"], before["by"]) == (False, None)
    assert "What is never sent" in before["terms"]
    after = muster("terms", "--accept", "--json").json
    assert (after["accepted"], after["by"]) == (True, "local")
    assert muster("terms", "--json").json["at"] == after["at"]
    assert "Accepted for acme by local" in muster("terms").out
