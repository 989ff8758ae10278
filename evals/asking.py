"""Asking: cases of one workspace through the tool that the chat and the command line use too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audience.mentioned import fields_of, id_of
from evals.dataset import Case
from evals.members import MemberCounter
from evals.run import RECALL_AT, row_of
from evals.scoring import Answered, Score, recall, score
from evals.worlds import eval_settings, open_world
from tools.answer import Answer
from tools.context import ToolContext


def ask(
    workspace: str, cases: Sequence[Case], model: str | None = None
) -> Iterator[dict[str, Any]]:
    """One row of `answers.jsonl` for each case, in order."""
    from audience.validator import check

    context = open_world(workspace, eval_settings(model))
    catalog = context.catalog
    for case, answer, scored in ask_cases(context, cases):
        valid = (
            answer.query is None or check(answer.query, catalog, audience_type=answer.type).valid
        )
        found = None
        if case.query is not None:
            gold = check(case.query, catalog, audience_type=case.type).root
            wanted = fields_of(gold) if gold is not None else ()
            nearest = context.index.find(" ".join((*case.context, case.prompt)), RECALL_AT)
            found = recall(wanted, [id_of(each.field) for each in nearest])
        yield row_of(case, answer, scored, valid, found)


def ask_cases(
    context: ToolContext, cases: Sequence[Case], counter: MemberCounter | None = None
) -> Iterator[tuple[Case, Answered, Score]]:
    """Each case with its answer and score."""
    from tools.build_conditions import build

    members = counter or MemberCounter(context)
    for case in cases:
        answer = answered(build(context, case.prompt, earlier=case.context, counts=False))
        yield case, answer, score(case, answer, members.of)


def answered(answer: Answer) -> Answered:
    """The parts of an answer that are scored."""
    problem, question = answer.problem, answer.question
    return Answered(
        status=answer.status,
        query=answer.query,
        type=answer.type,
        code=problem.code if problem else None,
        message=problem.message if problem else None,
        question=question.text if question else None,
        choices=tuple((each.text, each.query) for each in question.options) if question else (),
        spans=tuple(
            (each.turn, tuple((span.start, span.end) for span in each.spans))
            for each in answer.conditions
        ),
        unmatched=tuple(each.text for each in answer.unmatched),
        assumptions=answer.assumptions,
        ms=answer.ms.read,
    )
