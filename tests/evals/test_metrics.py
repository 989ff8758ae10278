"""deepeval's classes say what the plain functions say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.evals.test_figures import RIGHT, WRONG, result


def test_the_metrics_agree_with_the_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    from evals.metrics import AskedRightly, Frugal, MembersEqual, NotSilentlyWrong, measure
    from evals.metrics import test_cases as cases_of

    results = [result(1, RIGHT), result(2, WRONG, split="test")]
    right, wrong = cases_of(results)
    assert MembersEqual().measure(right) == 1.0
    assert MembersEqual().measure(wrong) == 0.0
    metric = NotSilentlyWrong()
    metric.measure(wrong)
    assert not metric.is_successful()
    assert metric.reason == "silently wrong"
    does_not_arise = AskedRightly()
    assert does_not_arise.measure(right) == 1.0
    assert does_not_arise.skipped
    spent = replace(results[0], answer=replace(results[0].answer, tokens_in=900, tokens_out=200))
    (case,) = cases_of([spent])
    assert Frugal(limit=1_100).measure(case) == 1.0
    assert Frugal(limit=1_000).measure(case) == 0.0
    frugal = Frugal()
    frugal.measure(right)  # the built-in engine spends nothing
    assert frugal.skipped
    assert "secret" in right.input
    assert "secret" not in wrong.input
    outcome = measure(results, tmp_path)
    assert [each.success for each in outcome.test_results] == [True, False]
