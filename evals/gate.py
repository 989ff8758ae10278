"""The gate: a run may not fall below the committed baseline.

It is about the prompts that the baseline was made with: a corpus may grow by what is hard to read. They
are known by their numbers, which grow too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audience.problems import MusterError
from evals.figures import Figures, Result, figures

if TYPE_CHECKING:
    from evals.run import Summary

_HIGHER = ("right", "asked_rightly", "refused_rightly", "valid", "spans_right")
_LOWER = ("silently_wrong", "wider", "asked_needlessly", "refused_needlessly")
_SLACK = 0.005  # half a point: one prompt of two hundred


def fallen(summary: Summary, path: Path) -> tuple[str, ...]:
    """What is worse than the baseline allows, in words. Splits that were not run are not judged.

    Raises `MusterError` when there is no baseline, or a part of a split only was run.
    """
    if not path.exists():
        raise MusterError(f"There is no baseline at {path}. Write one with write_baseline.")
    baseline: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    found: list[str] = []
    for name in summary.splits:
        wanted = baseline["splits"][name]
        made = figures(
            [
                each
                for each in summary.results
                if each.case.split == name and _number(each) <= _newest(baseline, each)
            ]
        )
        if made.right.total < wanted["cases"]:
            raise MusterError(
                f"The gate is about whole splits: {name} has {wanted['cases']} cases, "
                f"{made.right.total} were run."
            )
        found.extend(_worse(name, made, wanted))
    return tuple(found)


def write_baseline(summary: Summary, path: Path) -> None:
    """The shares of this run become what later runs may not undercut."""
    splits = {
        name: {
            "cases": made.right.total,
            **{key: _value(made, key) for key in (*_HIGHER, *_LOWER)},
        }
        for name, made in summary.splits.items()
    }
    newest: dict[str, int] = {}
    for each in summary.results:
        known = newest.get(each.case.workspace, 0)
        newest[each.case.workspace] = max(known, _number(each))
    found = {"model": summary.model, "newest": newest, "splits": splits}
    path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def _number(result: Result) -> int:
    return int(result.case.id.rpartition("-")[2])


def _newest(baseline: Mapping[str, Any], result: Result) -> int:
    """The highest number that the baseline knows of a workspace."""
    return int(baseline["newest"].get(result.case.workspace, 0))


def _worse(split: str, made: Figures, wanted: Mapping[str, Any]) -> Iterator[str]:
    for key in (*_HIGHER, *_LOWER):
        got, limit = _value(made, key), wanted[key]
        if got is None or limit is None:
            continue
        undercut = got < limit - _SLACK if key in _HIGHER else got > limit + _SLACK
        if undercut:
            yield f"{split}: {key.replace('_', ' ')} is {got:.1%}, the baseline says {limit:.1%}"


def _value(made: Figures, key: str) -> float | None:
    value = getattr(made, key).value
    return None if value is None else round(float(value), 4)
