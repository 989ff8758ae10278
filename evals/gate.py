"""The gate: a run may not fall below the committed baseline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audience.problems import MusterError
from evals.figures import Figures

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
    for name, made in summary.splits.items():
        wanted = baseline["splits"][name]
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
    path.write_text(
        json.dumps({"model": summary.model, "splits": splits}, indent=1) + "\n", "utf-8"
    )


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
