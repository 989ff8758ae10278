"""Asking: cases of one workspace through the tool that the chat and the command line use too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audience.mentioned import fields_of, id_of
from evals.baselines import OURS, asker
from evals.dataset import Case
from evals.members import MemberCounter
from evals.run import RECALL_AT, row_of
from evals.scoring import Answered, Score, recall, score
from evals.worlds import eval_settings, open_world
from tools.context import ToolContext
from tools.modelling.client import record
from workspace.settings import BUILTIN


def ask(
    workspace: str,
    cases: Sequence[Case],
    model: str | None = None,
    engine: str = OURS,
    *,
    own: bool = False,
) -> Iterator[dict[str, Any]]:
    """One row of `answers.jsonl` for each case, in order. `own`: of a workspace of the installation."""
    from audience.validator import check

    context = open_world(workspace, eval_settings(model, own=own))
    catalog = context.catalog
    for case, answer, scored in ask_cases(context, cases, engine=engine):
        valid = (
            answer.status != "failed"
            if answer.query is None
            else check(answer.query, catalog, audience_type=answer.type).valid
        )
        found = None
        if case.query is not None:
            gold = check(case.query, catalog, audience_type=case.type).root
            wanted = fields_of(gold) if gold is not None else ()
            nearest = context.index.find(" ".join((*case.context, case.prompt)), RECALL_AT)
            found = recall(wanted, [id_of(each.field) for each in nearest])
        yield row_of(case, answer, scored, valid, found)


def ask_cases(
    context: ToolContext,
    cases: Sequence[Case],
    counter: MemberCounter | None = None,
    engine: str = OURS,
) -> Iterator[tuple[Case, Answered, Score]]:
    """Each case with its answer and score."""
    members = counter or MemberCounter(context)
    answer_of = asker(engine, context)
    for case in cases:
        if context.settings.model != BUILTIN:
            record(context.settings, failure=False)  # a prompt that failed must not fail the next
        answer = answer_of(case)
        yield case, answer, score(case, answer, members.of)
