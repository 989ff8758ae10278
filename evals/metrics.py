"""The figures as deepeval metrics of our own: deterministic, without a model, a key or a network.

deepeval is imported here only, so that a plain run pays nothing for it. A test case carries its
`Result` in `metadata["result"]`; `test_cases` makes them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

os.environ.setdefault("DEEPEVAL_TELEMETRY_OPT_OUT", "1")
os.environ.setdefault("DEEPEVAL_DISABLE_DOTENV", "1")  # it would read .env when it is imported

from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase

from evals.failures import kind_of_failure
from evals.figures import Result


class ResultMetric(BaseMetric):  # type: ignore[misc]
    """A metric that reads its score from the test case's `Result`; None: it does not arise."""

    title: ClassVar[str]

    def __init__(self, threshold: float = 1.0) -> None:
        self.threshold = threshold
        self.async_mode = False
        self.score: float | None = None
        self.success: bool | None = None
        self.reason: str | None = None

    def value(self, result: Result) -> bool | float | None:
        raise NotImplementedError

    def measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        result: Result = test_case.metadata["result"]
        value = self.value(result)
        self.skipped = value is None
        self.score = 1.0 if value is None else float(value)
        self.success = self.score >= self.threshold
        if value is None:
            self.reason = "does not arise here"
        else:
            self.reason = "right" if self.success else kind_of_failure(result)
        return self.score

    async def a_measure(self, test_case: LLMTestCase, *args: Any, **kwargs: Any) -> float:
        return self.measure(test_case)

    def is_successful(self) -> bool:
        return bool(self.success)

    @property
    def __name__(self) -> str:
        return self.title


class MembersEqual(ResultMetric):
    """A draft selects exactly the people of the gold query."""

    title = "Members equal"

    def value(self, result: Result) -> bool | None:
        return result.score.right if result.case.status == "draft" else None


class Valid(ResultMetric):
    """The query of the answer passes the validator."""

    title = "Valid"

    def value(self, result: Result) -> bool | None:
        return None if result.answer.query is None else result.valid


class FieldsRecall(ResultMetric):
    """The gold query's fields among the first ten that the index finds for the whole prompt."""

    title = "Fields recall at 10"

    def value(self, result: Result) -> float | None:
        return result.recall


class NotSilentlyWrong(ResultMetric):
    """No draft that selects others than were asked for, and none where none was due."""

    title = "Not silently wrong"

    def value(self, result: Result) -> bool:
        return not result.score.silently_wrong


class NotWiderThanAsked(ResultMetric):
    """No draft that selects all the right people and more."""

    title = "Not wider than asked"

    def value(self, result: Result) -> bool:
        return not result.score.wider


class AskedRightly(ResultMetric):
    """What has two readings, or lacks what only the person knows, is asked back."""

    title = "Asked rightly"

    def value(self, result: Result) -> bool | None:
        return result.score.asked_rightly


class RefusedRightly(ResultMetric):
    """What cannot be built is refused, with the right code."""

    title = "Refused rightly"

    def value(self, result: Result) -> bool | None:
        return result.score.refused_rightly


class SpansRight(ResultMetric):
    """Every condition points at whole words, and every number of the prompt is pointed at."""

    title = "Spans right"

    def value(self, result: Result) -> bool | None:
        return result.score.spans_right


class Quick(ResultMetric):
    """From prompt to checked query within `limit` milliseconds."""

    title = "Quick"

    def __init__(self, limit: float = 1_000.0) -> None:
        super().__init__()
        self.limit = limit

    def value(self, result: Result) -> bool:
        return result.answer.ms <= self.limit


class Frugal(ResultMetric):
    """No more than `limit` tokens sent and received; it does not arise where no model was asked."""

    title = "Frugal"

    def __init__(self, limit: int = 3_000) -> None:
        super().__init__()
        self.limit = limit

    def value(self, result: Result) -> bool | None:
        spent = result.answer.tokens_in + result.answer.tokens_out
        return spent <= self.limit if spent else None


def all_metrics() -> list[ResultMetric]:
    return [
        MembersEqual(),
        Valid(),
        FieldsRecall(threshold=0.5),
        NotSilentlyWrong(),
        NotWiderThanAsked(),
        AskedRightly(),
        RefusedRightly(),
        SpansRight(),
        Quick(),
        Frugal(),
    ]


def test_cases(results: Sequence[Result]) -> list[LLMTestCase]:
    """One for each result. Those of the test split are named by their ids alone."""
    return [
        LLMTestCase(
            name=each.case.id,
            input=each.case.prompt if each.case.split == "train" else each.case.id,
            actual_output=each.answer.query or each.answer.code or each.answer.status,
            expected_output=each.case.query or each.case.code or each.case.status,
            metadata={"result": each},
        )
        for each in results
    ]


def measure(results: Sequence[Result], out: Path | None = None) -> Any:
    """deepeval's own evaluation over these results; its files go to `out`. Gives its result."""
    if out is not None:
        os.environ["DEEPEVAL_RESULTS_FOLDER"] = str(out / "deepeval")
    from deepeval import evaluate
    from deepeval.evaluate import AsyncConfig, CacheConfig, DisplayConfig

    return evaluate(
        test_cases(results),
        metrics=all_metrics(),
        async_config=AsyncConfig(run_async=False),
        display_config=DisplayConfig(
            show_indicator=False, print_results=False, inspect_after_run=False
        ),
        cache_config=CacheConfig(write_cache=False),
    )
