"""A second opinion by a model: does an answer say what was asked? 1 to 5, with a reason.

Not a figure of its own and in no gate: who is selected is what counts. It is for reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.figures import Result
from tools.modelling.client import ModelUnavailable, Shape, ask
from tools.prompt_files import prompt
from workspace.settings import Settings

WORST, BEST = 1, 5
_SCHEMA = {
    "type": "object",
    "properties": {
        "reason": {"type": "string", "maxLength": 300},
        "score": {"type": "integer", "minimum": WORST, "maximum": BEST},
    },
    "required": ["reason", "score"],
    "additionalProperties": False,
}
_SHAPE = Shape(f"start: %json {json.dumps(_SCHEMA)}\n", _SCHEMA)


@dataclass(frozen=True)
class Judgement:
    """`score` is None where the judge gave none that can be read."""

    id: str
    score: int | None
    reason: str


def judged(results: Sequence[Result], settings: Settings) -> Iterator[Judgement]:
    """Of every answer with a query. The judge sees no gold answer."""
    for each in results:
        if each.answer.query is None:
            continue
        said = "\n".join((*each.case.context, each.case.prompt))
        content = f"The description:\n{said}\n\nThe query:\n{each.answer.query}"
        messages = [
            {"role": "system", "content": prompt("judge")},
            {"role": "user", "content": content},
        ]
        try:
            yield _judgement(each.case.id, ask(settings, messages, _SHAPE, most=160).text)
        except ModelUnavailable as error:
            yield Judgement(each.case.id, None, error.message)


def write_judgements(results: Sequence[Result], settings: Settings, path: Path) -> float | None:
    """One line each; gives the mean score, None where there is none."""
    found = list(judged(results, settings))
    lines = [json.dumps(vars(each), ensure_ascii=False) + "\n" for each in found]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf-8")
    scores = [each.score for each in found if each.score is not None]
    return sum(scores) / len(scores) if scores else None


def _judgement(id: str, answer: str) -> Judgement:
    try:
        found = json.loads(answer)
        score, reason = int(found["score"]), str(found["reason"])
    except (ValueError, KeyError, TypeError):
        return Judgement(id, None, "The judge's answer cannot be read.")
    return Judgement(id, score if WORST <= score <= BEST else None, reason)
