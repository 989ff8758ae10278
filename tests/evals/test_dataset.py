"""The corpus is what issue and README say: large, mixed, split by id, and every gold query sound."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.corpus_check import problems
from evals.dataset import BrokenDataset, load, split_of
from evals.worlds import WORKSPACES, eval_settings, prepare

ROW = {
    "id": "x-1",
    "workspace": "shop",
    "prompt": "people who bought something",
    "query": "event('Order Completed').count() >= 1",
    "status": "draft",
    "tags": ["counts"],
    "split": "train",
}


def test_it_is_large_and_mixed() -> None:
    cases = load()
    kinds = Counter(case.status for case in cases)
    assert len(cases) >= 600
    assert kinds["clarify"] + kinds["refused"] >= 120
    assert {case.workspace for case in cases} == set(WORKSPACES)
    # The third that is drawn by their ids: whoever adds train prompts adds test prompts too.
    assert 0.32 < sum(case.split == "test" for case in cases) / len(cases) < 0.34


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_gold_query_runs_and_selects_some(eval_home: Path, workspace: str) -> None:
    prepare([workspace], eval_settings())
    assert list(problems(load(workspaces=[workspace]))) == []


def test_filters_combine() -> None:
    chosen = load(workspaces=["lumen"], split="test", tags=["counts", "sums"])
    assert chosen
    assert all(case.workspace == "lumen" and case.split == "test" for case in chosen)
    assert all({"counts", "sums"} & set(case.tags) for case in chosen)


def test_the_split_hangs_on_the_id_alone() -> None:
    assert all(case.split == split_of(case.id) for case in load())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"status": "maybe"}, "unknown status"),
        ({"query": None}, "a draft has a query"),
        ({"status": "refused", "query": None}, "a refusal has a code"),
        ({"reason": "typo"}, "unknown keys"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW) + "\n" + json.dumps(ROW | change) + "\n")
    with pytest.raises(BrokenDataset, match=complaint) as error:
        load(folder=tmp_path)
    assert "a.jsonl, line 2" in error.value.message


def test_a_file_of_ones_own_needs_little(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"id": "mine-1", "workspace": "acme", "prompt": "Who?", "status": "clarify"}\n')
    (case,) = load(folder=own)
    assert (case.split, case.tags, case.query) == ("train", (), None)
    with pytest.raises(BrokenDataset, match="no dataset"):
        load(folder=tmp_path / "missing.jsonl")
