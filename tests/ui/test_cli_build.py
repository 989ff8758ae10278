"""muster build: English to conditions, one at a time and by the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.cli import batch, make_acme, muster
from workspace.importer import import_folder

SHAPE = {
    "id", "status", "query", "type", "kind", "name", "description", "reach", "universe", "conditions",
    "unmatched", "assumptions", "question", "problem", "model", "ms",
}  # fmt: skip
BAGS = "Everyone in Spain who bought bags in the last 90 days"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    import_folder(make_acme(folder / "acme"), folder / "home")
    return folder / "home"


@pytest.fixture(autouse=True)
def _home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    shutil.copytree(made, home, symlinks=True)
    monkeypatch.setenv("MUSTER_HOME", str(home))


def test_a_draft_has_everything_that_programs_rely_on() -> None:
    ran = muster("build", BAGS, "--members", "--json")
    assert ran.status == 0
    answer = ran.json
    assert set(answer) == SHAPE | {"members"}
    assert (answer["id"], answer["status"], answer["model"]) == (None, "draft", "builtin")
    assert (answer["reach"], answer["universe"]) == (len(answer["members"]), 6)
    assert set(answer["ms"]) == {"read", "reach", "total"}
    previewed = muster("preview", answer["query"], "--members", "--json").json
    assert previewed["members"] == answer["members"]
    assert [each["query"] for each in previewed["conditions"]] == [
        each["query"] for each in answer["conditions"]
    ]
    said = {BAGS[start:end] for each in answer["conditions"] for start, end in each["spans"]}
    assert "Spain" in " ".join(said)
    assert {each["turn"] for each in answer["conditions"]} == {0}


def test_nothing_is_saved_by_building(tmp_path: Path) -> None:
    muster("build", BAGS)
    assert muster("audiences", "--json").json["audiences"] == []


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("short", "prompt_too_short"),
        ("", "prompt_too_short"),
        (" " * 400, "prompt_too_short"),
        ("x" * 301, "prompt_too_long"),
        ("é" * 5_000_000, "prompt_too_long"),
    ],
)
def test_a_refusal_is_an_answer(prompt: str, code: str, tmp_path: Path) -> None:
    if len(prompt) < 100_000:  # longer ones cannot be an argument of a process
        ran = muster("build", prompt, "--json")
        assert (ran.status, ran.json["status"], ran.json["problem"]["code"]) == (0, "refused", code)
    (line,) = muster("build", "--batch", batch(tmp_path, [{"id": 1, "prompt": prompt}])).lines
    assert (line["id"], line["status"], line["problem"]["code"]) == (1, "refused", code)


def test_the_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PROMPT_MAX", "40")
    assert muster("build", BAGS, "--json").json["problem"]["code"] == "prompt_too_long"


def test_personal_data_is_refused_and_not_echoed() -> None:
    ran = muster("build", "People like ana.lopez@example.com who bought bags", "--json")
    assert (ran.status, ran.json["problem"]["code"]) == (0, "personal_data")
    assert "ana.lopez" not in ran.out


def test_words_that_no_condition_accounts_for_are_never_a_draft() -> None:
    answer = muster("build", "Everyone in Spain who bought purple flumquats", "--json").json
    assert answer["status"] != "draft"
    assert muster("build", "Everyone in Spain who bought purple flumquats").out


def test_a_query_can_be_refined() -> None:
    answer = muster("build", "only those in Spain", "--refine", "trait('age') > 30", "--json").json
    assert answer["status"] == "draft"
    assert {each["query"]: each["turn"] for each in answer["conditions"]} == {
        "trait('age') > 30": 0,
        "trait('country') = 'ES'": 1,
    }
    invalid = muster("build", "only those in Spain", "--refine", "trait(", "--json")
    assert (invalid.status, invalid.json["error"]["code"]) == (1, "invalid_query")


def test_a_batch_answers_every_line_and_continues_conversations(tmp_path: Path) -> None:
    lines: list[object] = [
        {"id": "a", "prompt": BAGS},
        {"id": "b", "prompt": "only those over 40", "context": [BAGS]},
        {"id": "c", "prompt": 7},
        {"id": "d", "prompt": BAGS, "context": "not a list"},
        b"{",
        {"id": "e", "prompt": "People \x00 in Spain \ud800 who bought <b>bags</b> 🎉"},
        {"id": "f", "prompt": BAGS},
    ]
    answers = muster("build", "--batch", batch(tmp_path, lines), "--members").lines
    assert [each["id"] for each in answers] == ["a", "b", "c", "d", None, "e", "f"]
    first, second = answers[:2]
    assert (first["status"], second["status"]) == ("draft", "draft")
    assert set(second["members"]) < set(first["members"])
    assert {each["turn"] for each in second["conditions"]} == {0, 1}
    for broken in answers[2:5]:
        assert broken["status"] == "failed"
        assert broken["error"]["code"] == broken["problem"]["code"] == "invalid_line"
    assert set(answers[5]) >= SHAPE
    assert {key: first[key] for key in ("query", "members")} == {
        key: answers[6][key] for key in ("query", "members")
    }


def test_people_get_words_and_not_json() -> None:
    said = muster("build", BAGS).out
    assert "Reach" in said
    assert "of 6 users" in said
    assert "{" not in said
    refused = muster("build", "Everyone who bought 9 in the last 10000 days")
    assert refused.status == 0
    assert "365" in refused.out
