"""The page of a run for readers of the repository: the splits, then the train split by tag.

`python -m evals run --write evals/FIGURES.md`. Of the test split its scores alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evals.figures import Figures, Share, by_tag, by_workspace

if TYPE_CHECKING:
    from evals.run import Summary

ENOUGH = 10  # prompts of a tag, to be named as one of the worst
_WORST = 8
_AIMS = {
    "right": "at least 95 %",
    "silently_wrong": "at most 1 %",
    "wider": "",
    "asked_needlessly": "at most 5 %",
    "refused_needlessly": "",
    "asked_rightly": "",
    "refused_rightly": "at least 95 %",
    "valid": "",
    "spans_right": "",
}
_COLUMNS = ("right", "silently_wrong", "asked_needlessly", "refused_rightly")


def page(summary: Summary) -> Iterator[str]:
    """Lines of Markdown."""
    yield (
        "# Figures of the built-in engine"
        if summary.model == "builtin"
        else (f"# Figures of {summary.model}")
    )
    yield ""
    yield "Made by `python -m evals run --write evals/FIGURES.md`; [README.md](README.md) says what each figure means."
    yield ""
    yield from _table(("", *summary.splits, "aim"), _of_splits(summary.splits))
    train = [each for each in summary.results if each.case.split == "train"]
    if not train:
        return
    tags = by_tag(train)
    often = [name for name, made in tags.items() if made.right.total >= ENOUGH]
    yield f"## The train split by tag, the worst first ({len(train):,} prompts)"
    yield ""
    yield f"Worst of those with at least {ENOUGH} prompts: {', '.join(often[:_WORST])}."
    yield ""
    yield from _of_groups("tag", tags)
    yield "## The train split by workspace"
    yield ""
    yield from _of_groups("workspace", by_workspace(train))


def _of_splits(splits: Mapping[str, Figures]) -> Iterator[tuple[str, ...]]:
    yield ("prompts", *(f"{made.right.total:,}" for made in splits.values()), "")
    for key, aim in _AIMS.items():
        cells = (_with_interval(getattr(made, key)) for made in splits.values())
        yield (key.replace("_", " "), *cells, aim)


def _of_groups(title: str, groups: Mapping[str, Figures]) -> Iterator[str]:
    head = (title, "prompts", *(each.replace("_", " ") for each in _COLUMNS))
    rows = (
        (name, str(made.right.total), *(_percent(getattr(made, key)) for key in _COLUMNS))
        for name, made in groups.items()
    )
    yield from _table(head, rows)


def _with_interval(share: Share) -> str:
    if share.interval is None:
        return "–"
    low, high = share.interval
    return f"{_percent(share)} ({low:.1%} to {high:.1%})"


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.1%}"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
