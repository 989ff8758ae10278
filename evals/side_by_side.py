"""Several runs over the cases that all of them have: what `make eval-local` ends with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from evals.compare import compare
from evals.figures import Share, figures
from evals.run import read_results

OURS = ("built-in", "ours-alone", "ours-engine-first")
_SHARES = ("right", "silently_wrong", "wider", "valid")
_TOKENS = ("tokens_in", "tokens_out")
TITLES = {
    "built-in": "the built-in engine",
    "ours-alone": "ours, the model alone",
    "ours-engine-first": "ours, engine first",
    "whole-schema": "(a) the model with the whole schema",
    "self-query": "(b) LangChain, self-query",
    "auto-retriever": "(c) LlamaIndex, auto-retriever",
    "sql-agent": "(d) Vanna, SQL",
}


def measured(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """A row for each run: its shares, and what a prompt took. The first run's cases that all others
    have too are compared; a run of fewer cases (an SQL agent's) is compared over its own."""
    runs = {folder.name: read_results(folder) for folder in folders}
    largest = max((len(each) for each in runs.values()), default=0)
    whole = [each for each in runs.values() if len(each) == largest]
    shared = {result.case.id for result in whole[0]} if whole else set()
    rows = []
    for name, results in runs.items():
        mine = [each for each in results if each.case.id in shared]
        made = figures(mine)
        row: dict[str, Any] = {"run": name, "prompts": len(mine)}
        row |= {key: getattr(made, key).to_json() for key in _SHARES}
        row |= {
            key: mean(getattr(each.answer, key) for each in mine) if mine else None
            for key in _TOKENS
        }
        row["seconds"] = made.ms_median and made.ms_median / 1000
        rows.append(row | {"failed": made.failed})
    return rows


def lead(folders: Sequence[Path]) -> Iterator[str]:
    """How far each of ours is ahead of the best of the other ways, prompt by prompt."""
    runs = {folder.name: read_results(folder) for folder in folders if folder.exists()}
    others = {name: found for name, found in runs.items() if name not in OURS and found}
    if not others:
        return
    best = max(others, key=lambda name: figures(others[name]).right.value or 0.0)
    for name in OURS:
        found = compare(others[best], runs.get(name, ()))
        if not found["cases"]:
            continue
        row = found["right"]
        low, high = row["interval"]
        yield (
            f"{name} against {best}, the best of the other ways: {100 * row['value']:+.1f} points "
            f"(95 %: {100 * low:+.1f} to {100 * high:+.1f}; {found['cases']} prompts)"
        )


def lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as a Markdown table."""
    yield (
        "| way | prompts | right first time | silently wrong | wider than asked | valid "
        "| tokens in | tokens out | seconds |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        shares = [str(Share(row[key]["hits"], row[key]["total"])) for key in _SHARES]
        tokens = ["–" if row[key] is None else f"{row[key]:,.0f}" for key in _TOKENS]
        seconds = "–" if row["seconds"] is None else f"{row['seconds']:.1f}"
        title = TITLES.get(row["run"], row["run"])
        yield f"| {' | '.join([title, str(row['prompts']), *shares, *tokens, seconds])} |"


def page(folders: Sequence[Path]) -> str:
    """The table with what it says, as a page of Markdown."""
    return "\n".join(
        [
            "# Ours and four other ways with the same small model",
            "",
            "Written by `python -m evals table`; what the columns and the ways are stands in "
            "[README.md](README.md). Prompts are of the test split, one choice of them for all ways, a "
            "third of it for (d). Shares carry 95 % intervals (Wilson); tokens are of one prompt on "
            "average, seconds the median. A way with fewer prompts than its choice has was not run to "
            "its end.",
            "",
            *lines(measured(folders)),
            "",
            *(f"- {each}" for each in lead(folders)),
            "",
        ]
    )
