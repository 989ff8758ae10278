"""A second opinion by a model: does an answer say what was asked? 1 to 5, with a reason.

Not a figure of its own and in no gate: who is selected is what counts. It is for reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

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
    """One line each, as soon as it is known; gives the mean score, None where there is none.

    What is there already, of the same answer by the same judge, is not asked again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = _kept(path)
    path.write_text("".join(map(_line, kept.values())), "utf-8")
    marks = {each.case.id: _mark(each, settings) for each in results}
    todo = [
        each for each in results if kept.get(each.case.id, {}).get("mark") != marks[each.case.id]
    ]
    for each in judged(todo, settings):
        kept[each.id] = vars(each) | {"mark": marks[each.id]}
        with path.open("a", encoding="utf-8") as file:
            file.write(_line(kept[each.id]))
    rows = (kept[id] for id in marks if id in kept)
    scores = [row["score"] for row in rows if row["score"] is not None]
    return sum(scores) / len(scores) if scores else None


def _kept(path: Path) -> dict[str, dict[str, Any]]:
    """The judgements there are, by case; without those that failed, and half lines."""
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            if row["score"] is not None and row["mark"]:
                found[row["id"]] = row
    return found


def _mark(result: Result, settings: Settings) -> str:
    said = [settings.model, *result.case.context, result.case.prompt, result.answer.query]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _judgement(id: str, answer: str) -> Judgement:
    try:
        found = json.loads(answer)
        score, reason = int(found["score"]), str(found["reason"])
    except (ValueError, KeyError, TypeError):
        return Judgement(id, None, "The judge's answer cannot be read.")
    return Judgement(id, score if WORST <= score <= BEST else None, reason)
