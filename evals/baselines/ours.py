"""Ours: the tool that the chat and the command line use too, with whatever model the settings name."""

from __future__ import annotations

from dataclasses import replace

from evals.baselines import Asker
from evals.dataset import Case
from evals.scoring import Answered
from tools.answer import Answer
from tools.context import ToolContext
from workspace.settings import BUILTIN, Settings

_SERVICE = ("model_unavailable", "terms_not_accepted")


def asker(context: ToolContext) -> Asker:
    from tools.build_conditions import build

    def ask(case: Case) -> Answered:
        answer = build(context, case.prompt, earlier=case.context, counts=False)
        return _of_the_model(answer, context.settings)

    return ask


def _of_the_model(answer: Answer, settings: Settings) -> Answered:
    """What the built-in engine answers in a failed model's place is no answer of a model alone."""
    found = answered(answer)
    alone = settings.model != BUILTIN and not settings.builtin_first
    if alone and answer.model == BUILTIN and (answer.status != "refused" or found.code in _SERVICE):
        return replace(found, status="failed", query=None)
    return found


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
        tokens_in=answer.spent.tokens_in if answer.spent else 0,
        tokens_out=answer.spent.tokens_out if answer.spent else 0,
    )
