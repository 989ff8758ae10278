"""Shares and their intervals, tables by tag, the comparison of two runs, and the gate."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audience.problems import MusterError
from evals.compare import compare
from evals.comparison import comparison
from evals.dataset import Case
from evals.failures import failures
from evals.figures import Result, Share, by_tag, figures
from evals.gate import fallen, write_baseline
from evals.page import page
from evals.report import lines, write_report
from evals.run import Summary, summarise
from evals.scoring import Answered, Score

RIGHT = Score(True, False, False, False, False, None, None, True)
WRONG = replace(RIGHT, right=False, silently_wrong=True, spans_right=False)


def result(number: int, score: Score, *tags: str, split: str = "train") -> Result:
    case = Case(
        id=f"c-{number}",
        workspace="shop",
        prompt=f"people of the {split} secret {number}",
        status="draft",
        split="test" if split == "test" else "train",
        query="trait('a') = 'b'",
        tags=tags,
    )
    return Result(case, Answered("draft", query="trait('a') = 'c'", ms=float(number)), score)


def run_of(rights: int, total: int = 40) -> Summary:
    """Half of the cases train, half test; the first `rights` of them right."""
    return summarise(
        "builtin",
        [
            result(n, RIGHT if n < rights else WRONG, "even" if n % 2 else "odd", split=("train", "test")[n % 2])
            for n in range(total)
        ],
    )  # fmt: skip


def test_an_interval_holds_the_share_and_narrows() -> None:
    few, many = Share(9, 10).interval, Share(900, 1000).interval
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert Share(0, 0).value is None
    assert str(Share(0, 0)) == "–"


def test_a_share_of_nothing_wrong_is_not_sure_to_be_zero() -> None:
    interval = Share(0, 50).interval
    assert interval is not None
    assert interval[0] == 0
    assert interval[1] > 0.01


def test_figures_of_drafts_and_of_all() -> None:
    asked = replace(RIGHT, right=False, asked_needlessly=True, spans_right=None)
    made = figures([result(1, RIGHT), result(2, WRONG), result(3, asked)])
    assert made.right == Share(1, 3)
    assert made.silently_wrong == Share(1, 3)
    assert made.asked_needlessly == Share(1, 3)
    assert made.spans_right == Share(1, 2)
    assert made.refused_rightly == Share(0, 0)


def test_the_worst_tag_comes_first() -> None:
    tags = by_tag([result(1, RIGHT, "good"), result(2, WRONG, "bad"), result(3, RIGHT, "good")])
    assert list(tags) == ["bad", "good"]


def test_a_comparison_names_what_changed_and_how_sure_it_is() -> None:
    before, after = run_of(10), run_of(30)
    found = compare(before.results, after.results)
    assert found["cases"] == 40
    assert found["right"]["value"] == pytest.approx(0.5)
    assert found["right"]["sure"]
    assert found["now_right"] == [f"c-{n}" for n in range(10, 30)]
    assert found["now_wrong"] == []
    assert not compare(after.results, after.results)["right"]["sure"]


def test_the_gate_holds_the_baseline_and_names_what_fell(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(run_of(30), path)
    assert fallen(run_of(30), path) == ()
    assert fallen(run_of(40), path) == ()
    said = fallen(run_of(20), path)
    assert any("right is 50.0%, the baseline says 75.0%" in each for each in said)
    assert any("silently wrong" in each for each in said)


def test_prompts_that_came_after_the_baseline_are_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(run_of(30), path)
    assert fallen(run_of(30, total=80), path) == ()  # forty more, all wrong
    assert fallen(run_of(20, total=80), path) != ()


def test_the_gate_refuses_to_judge_a_part(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(MusterError, match="no baseline"):
        fallen(run_of(30), path)
    write_baseline(run_of(30), path)
    with pytest.raises(MusterError, match="whole splits"):
        fallen(run_of(10, total=10), path)


def test_the_test_split_shows_no_prompt_anywhere(tmp_path: Path) -> None:
    summary = run_of(0)
    page = write_report(summary, tmp_path).read_text("utf-8")
    texts = [page, "\n".join(lines(summary)), json.dumps(summary.to_json())]
    texts.append((tmp_path / "failures.jsonl").read_text("utf-8"))
    assert "train secret" in page
    assert not any("test secret" in text for text in texts)
    assert all(row["id"] for row in failures(summary.results))


def test_the_page_stands_alone_and_escapes(tmp_path: Path) -> None:
    nasty = result(1, WRONG)
    nasty = replace(nasty, case=replace(nasty.case, prompt="<script>alert(1)</script>"))
    page = write_report(summarise("<b>", [nasty]), tmp_path).read_text("utf-8")
    assert "<script" not in page
    assert "<b>" not in page.replace("<b>0.0%</b>", "").replace("<b>100.0%</b>", "").replace(
        "<b>–</b>", ""
    )
    assert "http" not in page.replace("http-equiv", "")


def test_the_page_of_a_comparison_draws_and_lists_what_changed(tmp_path: Path) -> None:
    before, after = run_of(20), run_of(36)
    made = replace(after, comparison=compare(before.results, after.results), before=before.results)
    text = write_report(made, tmp_path).read_text("utf-8")
    assert text.count("<svg") == 3
    assert "+40.0 (" in text
    assert "50.0%" in text
    assert "90.0%" in text
    assert "Now right: 16" in text
    assert "c-20: people of the train secret 20" in text
    assert "people of the test secret" not in text
    assert "Of the test split: c-21" in text
    assert "before" not in made.to_json()
    same = replace(after, comparison=compare(after.results, after.results), before=after.results)
    assert "Now right" not in write_report(same, tmp_path).read_text("utf-8")


def test_a_comparison_with_no_case_in_common_is_said() -> None:
    before, after = run_of(20), run_of(36)
    strangers = [
        replace(each, case=replace(each.case, id=f"other-{each.case.id}"))
        for each in before.results
    ]
    text = "".join(comparison(compare(strangers, after.results), strangers, after.results))
    assert "over the 0 prompts" in text


def test_the_page_for_readers_has_the_tags_of_the_train_split_alone() -> None:
    text = "\n".join(page(run_of(30)))
    assert "| right | 75.0%" in text
    assert "| odd | 20 | 75.0% | 25.0% |" in text
    assert "Worst of those with at least 10 prompts: odd." in text
    assert "even" not in text  # is of the test split
    assert "secret" not in text
