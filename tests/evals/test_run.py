"""A run end to end on real workspaces: it resumes, reports, compares, and says what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audience.problems import MusterError
from evals import run
from evals.__main__ import main
from evals.dataset import Case, load
from evals.run import Options, evaluate, read_results
from tests.ui.cli import make_acme
from workspace.importer import import_folder

FEW = ("lookback", "too-short")


def test_a_run_resumes_and_compares(eval_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    options = Options(workspaces=("planboard",), tags=FEW, out=out, jobs=1)
    first = evaluate(options)
    assert len(first.results) == len(load(workspaces=["planboard"], tags=FEW)) >= 6
    assert all(each.valid for each in first.results)
    assert {path.name for path in out.iterdir()} >= {"answers.jsonl", "report.json", "report.html"}
    rows = (out / "answers.jsonl").read_text("utf-8").splitlines()
    (out / "answers.jsonl").write_text("\n".join(rows[:4]) + '\n{"id": "planb', "utf-8")
    second = evaluate(options)
    assert [each.score for each in second.results] == [each.score for each in first.results]
    assert [each.answer.query for each in second.results] == [
        each.answer.query for each in first.results
    ]
    third = evaluate(Options(workspaces=("planboard",), tags=FEW, jobs=1, compare=out))
    assert third.comparison is not None
    assert third.comparison["cases"] == len(first.results)
    assert third.comparison["now_wrong"] == []


def test_only_what_is_new_in_the_corpus_is_asked(
    eval_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = run._answers

    def answers(cases: Sequence[Case], options: Options) -> Iterator[dict[str, Any]]:
        asked.extend(each.id for each in cases)
        return real(cases, options)

    monkeypatch.setattr(run, "_answers", answers)
    options = Options(workspaces=("planboard",), tags=("too-short",), out=tmp_path, jobs=1)
    evaluate(options)
    before, asked[:] = list(asked), []
    evaluate(replace(options, tags=("too-short", "too-long")))
    assert before
    assert asked
    assert not set(before) & set(asked)
    mine = load(workspaces=["planboard"], tags=["too-short"])
    monkeypatch.setattr(run, "load", lambda **_: [replace(each, prompt="Few") for each in mine])
    asked[:] = []
    evaluate(options)
    assert asked == before


def test_what_is_never_a_draft_is_scored_as_a_refusal(eval_home: Path) -> None:
    summary = evaluate(Options(workspaces=("planboard",), tags=("too-short", "too-long"), jobs=1))
    assert summary.all.refused_rightly.value == 1.0
    assert summary.all.silently_wrong.value == 0.0


def test_nothing_to_run_is_an_error(eval_home: Path) -> None:
    with pytest.raises(MusterError, match="No case"):
        evaluate(Options(tags=("no such tag",)))


def test_a_folder_without_a_run_cannot_be_compared_with(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="holds no run"):
        read_results(tmp_path)


def test_the_command_prints_one_object(eval_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--workspace", "planboard", "--tag", "too-short", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["cases"] == 1
    assert said["figures"]["right"]["total"] == 1


def test_a_mistake_is_said_without_a_traceback(
    eval_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--workspace", "nowhere"]) == 1
    assert "No case" in capsys.readouterr().err


def test_prompts_of_ones_own_on_a_workspace_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))
    folder = make_acme(tmp_path / "acme")
    import_folder(folder, tmp_path / "home", "acme", replace=False, progress=lambda *_: None)
    own = tmp_path / "own.jsonl"
    row = {"id": "mine-1", "workspace": "acme", "prompt": "Customers who live in Spain"}
    right = row | {"status": "draft", "query": "trait('country') = 'ES'"}
    wrong = right | {"id": "mine-2", "query": "trait('country') = 'FR'"}
    own.write_text(json.dumps(right) + "\n" + json.dumps(wrong) + "\n")
    assert main(["run", "--dataset", str(own), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["figures"]["right"]["value"], said["cases"]) == (0.5, 2)
    assert main(["run", "--dataset", str(own), "--gate"]) == 1
    assert "about the corpus" in capsys.readouterr().err
