"""What went wrong on the train split, for those who work on the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.figures import Result


def failures(results: Sequence[Result]) -> Iterator[dict[str, Any]]:
    """Every case of the train split that is not right, silently wrong ones first.

    The test split is never listed: nobody is to tune on it.
    """
    wrong = [each for each in results if each.case.split == "train" and not each.score.right]
    for each in sorted(wrong, key=lambda one: not one.score.silently_wrong):
        case, answer = each.case, each.answer
        yield {
            "id": case.id,
            "workspace": case.workspace,
            "tags": list(case.tags),
            "kind": kind_of_failure(each),
            **({"context": list(case.context)} if case.context else {}),
            "prompt": case.prompt,
            "gold": case.query or (case.code and f"refused: {case.code}") or case.status,
            **({"also": list(case.also)} if case.also else {}),
            **({"options": list(case.options)} if case.options else {}),
            "got": answer.status if answer.code is None else f"{answer.status}: {answer.code}",
            "query": answer.query,
            "unmatched": list(answer.unmatched),
            "question": answer.question,
            "choices": [f"{text} → {query}" if query else text for text, query in answer.choices],
            "message": answer.message,
            "assumptions": list(answer.assumptions),
        }


def kind_of_failure(result: Result) -> str:
    """In one word or two, the worst first."""
    if result.score.wider:
        return "wider"
    if result.score.silently_wrong:
        return "silently wrong"
    if result.answer.status == "failed":
        return "failed"
    if result.score.asked_needlessly:
        return "asked needlessly"
    if result.score.refused_needlessly:
        return "refused needlessly"
    return f"should be {result.case.code or result.case.status}"


def write_failures(results: Sequence[Result], path: Path) -> int:
    """One JSON object a line; gives how many."""
    rows = [json.dumps(row, ensure_ascii=False) for row in failures(results)]
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return len(rows)
