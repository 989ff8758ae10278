"""Figures of a run: shares with their 95 % intervals, by split, workspace and tag."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from evals.dataset import Case
from evals.scoring import Answered, Score


@dataclass(frozen=True)
class Result:
    """One case, its answer and its score; `recall` is of the gold query's fields."""

    case: Case
    answer: Answered
    score: Score
    valid: bool = True
    recall: float | None = None


@dataclass(frozen=True)
class Share:
    """`hits` of `total`, with a 95 % interval after Wilson; all None where there is nothing."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.total:
            return None
        z, n, p = 1.96, self.total, self.hits / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "value": self.value, "interval": self.interval}

    def __str__(self) -> str:
        if self.value is None or self.interval is None:
            return "–"
        low, high = self.interval
        return f"{self.value:.1%} ({self.hits}/{self.total}, {low:.1%}–{high:.1%})"


@dataclass(frozen=True)
class Figures:
    """The figures that `README.md` names and explains, for some results."""

    right: Share
    silently_wrong: Share
    wider: Share
    asked_needlessly: Share
    refused_needlessly: Share
    asked_rightly: Share
    refused_rightly: Share
    valid: Share
    spans_right: Share
    recall: float | None
    ms_median: float | None
    ms_p95: float | None
    tokens: float | None  # sent and received, of a prompt on average; None where no model was asked
    failed: int

    def to_json(self) -> dict[str, Any]:
        return {
            key: value.to_json() if isinstance(value, Share) else value
            for key, value in vars(self).items()
        }


def figures(results: Sequence[Result]) -> Figures:
    """Shares of right, silently wrong and wider are of all cases; needless ones of the drafts."""
    drafts = [each for each in results if each.case.status == "draft"]
    recalls = [each.recall for each in results if each.recall is not None]
    spent = sorted(each.answer.ms for each in results)
    return Figures(
        right=_share(results, lambda each: each.score.right),
        silently_wrong=_share(results, lambda each: each.score.silently_wrong),
        wider=_share(results, lambda each: each.score.wider),
        asked_needlessly=_share(drafts, lambda each: each.score.asked_needlessly),
        refused_needlessly=_share(drafts, lambda each: each.score.refused_needlessly),
        asked_rightly=_share(results, lambda each: each.score.asked_rightly),
        refused_rightly=_share(results, lambda each: each.score.refused_rightly),
        valid=_share(results, lambda each: each.valid),
        spans_right=_share(results, lambda each: each.score.spans_right),
        recall=sum(recalls) / len(recalls) if recalls else None,
        ms_median=median(spent) if spent else None,
        ms_p95=spent[min(len(spent) - 1, int(0.95 * len(spent)))] if spent else None,
        tokens=_tokens(results),
        failed=sum(each.answer.status == "failed" for each in results),
    )


def by_tag(results: Sequence[Result]) -> Mapping[str, Figures]:
    """Each tag's figures, the worst share of right answers first."""
    return _worst_first(results, lambda case: case.tags)


def by_workspace(results: Sequence[Result]) -> Mapping[str, Figures]:
    return _worst_first(results, lambda case: (case.workspace,))


def _worst_first(
    results: Sequence[Result], names: Callable[[Case], Iterable[str]]
) -> Mapping[str, Figures]:
    groups: dict[str, list[Result]] = {}
    for each in results:
        for name in names(each.case):
            groups.setdefault(name, []).append(each)
    made = {name: figures(group) for name, group in groups.items()}
    return dict(sorted(made.items(), key=lambda pair: (pair[1].right.value or 0.0, pair[0])))


def _tokens(results: Sequence[Result]) -> float | None:
    spent = sum(each.answer.tokens_in + each.answer.tokens_out for each in results)
    return spent / len(results) if spent else None


def _share(results: Sequence[Result], of: Callable[[Result], bool | None]) -> Share:
    known = [value for value in map(of, results) if value is not None]
    return Share(sum(known), len(known))
