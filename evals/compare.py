"""Two runs over the same cases: what changed, and whether more than chance would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from evals.figures import Result

_RESAMPLES = 4_000


def compare(before: Sequence[Result], after: Sequence[Result]) -> Mapping[str, Any]:
    """Figures of `after` less those of `before`, over the cases that both have.

    Each difference carries a 95 % interval, from resampling the cases with a fixed seed. Changed
    cases are named by their ids; those of the test split carry no prompt anywhere.
    """
    old = {each.case.id: each for each in before}
    pairs = [(old[each.case.id], each) for each in after if each.case.id in old]
    drafts = [pair for pair in pairs if pair[1].case.status == "draft"]
    return {
        "cases": len(pairs),
        "right": _difference(pairs, lambda each: each.score.right),
        "silently_wrong": _difference(pairs, lambda each: each.score.silently_wrong),
        "wider": _difference(pairs, lambda each: each.score.wider),
        "asked_needlessly": _difference(drafts, lambda each: each.score.asked_needlessly),
        "now_right": [b.case.id for a, b in pairs if b.score.right and not a.score.right],
        "now_wrong": [b.case.id for a, b in pairs if a.score.right and not b.score.right],
        "now_silently_wrong": [
            b.case.id for a, b in pairs if b.score.silently_wrong and not a.score.silently_wrong
        ],
        "other_query": [
            b.case.id
            for a, b in pairs
            if a.answer.query != b.answer.query and a.score.right == b.score.right
        ],
    }


def _difference(
    pairs: Sequence[tuple[Result, Result]], of: Callable[[Result], bool]
) -> dict[str, Any]:
    changes = [int(of(after)) - int(of(before)) for before, after in pairs]
    if not changes:
        return {"value": None, "interval": None, "sure": False}
    rng = Random(1)
    means = sorted(
        sum(rng.choices(changes, k=len(changes))) / len(changes) for _ in range(_RESAMPLES)
    )
    low, high = means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES)]
    return {
        "value": sum(changes) / len(changes),
        "interval": (low, high),
        "sure": low > 0 or high < 0,
    }
