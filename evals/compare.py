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
    tags = sorted({tag for _, each in pairs for tag in each.case.tags})
    return {
        "cases": len(pairs),
        "right": _difference(pairs, _is_right),
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
        "tags": {
            tag: _shares([pair for pair in pairs if tag in pair[1].case.tags], _is_right)
            for tag in tags
        },
    }


def _is_right(result: Result) -> bool:
    return result.score.right


def _shares(pairs: Sequence[tuple[Result, Result]], of: Callable[[Result], bool]) -> dict[str, Any]:
    """How many, and the share of them in either run."""
    before, after = (sum(of(pair[run]) for pair in pairs) for run in (0, 1))
    total = len(pairs)
    return {
        "cases": total,
        "before": before / total if total else None,
        "after": after / total if total else None,
    }


def _difference(
    pairs: Sequence[tuple[Result, Result]], of: Callable[[Result], bool]
) -> dict[str, Any]:
    changes = [int(of(after)) - int(of(before)) for before, after in pairs]
    if not changes:
        return {"value": None, "interval": None, "sure": False} | _shares(pairs, of)
    rng = Random(1)
    means = sorted(
        sum(rng.choices(changes, k=len(changes))) / len(changes) for _ in range(_RESAMPLES)
    )
    low, high = means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES)]
    return {
        "value": sum(changes) / len(changes),
        "interval": (low, high),
        "sure": low > 0 or high < 0,
    } | _shares(pairs, of)
