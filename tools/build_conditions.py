"""English to conditions: one prompt becomes a checked, counted draft, a question, or a refusal."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter

from audience.bound import Bound
from audience.catalog import AudienceType, Catalog
from audience.english.reading import Draft, Reading, Request
from audience.problems import NotSupported, Problem
from audience.query import Origin, conditions
from tools.answer import (
    Answer,
    Choice,
    Condition,
    Leftover,
    Milliseconds,
    Question,
    Status,
)
from tools.assumptions import of_query, quoting
from tools.context import ToolContext
from tools.origins import placed
from workspace.settings import BUILTIN

log = logging.getLogger(__name__)

UNEXPECTED = Problem(
    "unexpected", "Something went wrong. Nothing is lost; try again, or say it another way."
)
LEAVE_OUT = "Leave out {words}"

# What the validator finds in a tree that an engine proposes, as a refusal of the prompt.
_REFUSALS = {
    "unknown_event": "unknown_field",
    "unknown_property": "unknown_field",
    "unknown_trait": "unknown_field",
}
_BLOCKING_WARNINGS = {"contradiction": "impossible", "lookback_exceeded": "lookback_exceeded"}


@dataclass(frozen=True)
class Read:
    """A reading, by whom, and why an outside model could not be asked, where it should have been."""

    reading: Reading
    model: str = BUILTIN
    failure: Problem | None = None


@dataclass(frozen=True)
class Basis:
    """The draft that a prompt continues in a dialogue, and the prompt's place among the turns."""

    draft: Draft | None = None
    turn: int = 0


def build(
    context: ToolContext,
    prompt: str,
    *,
    earlier: Sequence[str] = (),
    refine: str | None = None,
    members: bool = False,
    as_of: datetime | None = None,
    allow_sensitive: bool = False,
    audience_type: AudienceType | None = None,
    basis: Basis | None = None,
    counts: bool = True,
    shortest: int | None = None,
) -> Answer:
    """Turn a description of an audience into conditions over the fields that the workspace has.

    Use it for every description, and for every change to the draft ("only those in Spain"). It
    counts people, explains each condition, and says what it did not understand; it saves nothing.

    `earlier` are the conversation's prompts, oldest first; `refine` is a query that the prompt
    changes; `basis` is the same for a dialogue that keeps its draft. Without `counts` nobody is
    counted; `shortest` is another least length of a first description. Raises `MusterError` when `refine` is not a valid query. Whatever else goes wrong is an
    answer of status `failed`.
    """
    started = perf_counter()
    moment = context.moment(as_of)
    if refine is not None:
        basis = _refined(context, refine, audience_type)
    try:
        return _build(
            context,
            (*earlier, prompt),
            basis or Basis(),
            members=members,
            as_of=moment,
            allow_sensitive=allow_sensitive,
            audience_type=audience_type,
            counts=counts,
            shortest=shortest,
            started=started,
        )
    except Exception:
        log.exception("Building an audience failed.")
        return Answer("failed", audience_type or "users", problem=UNEXPECTED, ms=_spent(started))


def _build(
    context: ToolContext,
    prompts: Sequence[str],
    basis: Basis,
    *,
    members: bool,
    as_of: datetime,
    allow_sensitive: bool,
    audience_type: AudienceType | None,
    counts: bool,
    shortest: int | None,
    started: float,
) -> Answer:
    from audience.english.conversation import converse

    context.progress("Finding the fields", 0.1)
    catalog = context.catalog
    request = Request(
        prompt=prompts[-1],
        catalog=catalog,
        finder=context.index,
        as_of=as_of,
        audience_type=audience_type,
        draft=basis.draft,
        turn=basis.turn,
        prompt_min=context.settings.prompt_min if shortest is None else shortest,
        prompt_max=context.settings.prompt_max,
        allow_sensitive=allow_sensitive,
        roles=context.event_roles,
        recently_days=context.settings.recently_days,
    )
    if context.settings.model == BUILTIN:
        read = Read(converse(prompts, request))
        spent = None
    else:
        from tools.modelling.conversation import converse_with_model
        from tools.modelling.spending import metered, total

        with metered() as meter:
            read = converse_with_model(prompts, request, context)
        spent = total(meter) if meter else None
    context.progress("Checking the conditions", 0.6)
    answer, bound = checked(closed(read.reading), catalog)
    answer = replace(answer, model=read.model, ms=_spent(started), spent=spent)
    if read.failure is not None:  # the best guess stays in `query`
        status: Status = "failed" if read.failure.code == "model_unavailable" else "refused"
        return replace(answer, status=status, problem=read.failure, question=None)
    if bound is None or not counts:
        return answer
    context.progress("Counting people", 0.7)
    return counted(context, answer, bound, members=members, as_of=as_of, started=started)


def closed(reading: Reading) -> Reading:
    """The reading, except that a draft which leaves words over becomes a question about them."""
    if reading.status != "draft" or not reading.unmatched:
        return reading
    from audience.english.reading import Option
    from audience.english.reading import Question as Asked

    words = ", ".join(f"“{each.text}”" for each in reading.unmatched)
    question = Asked(
        f"No condition accounts for {words}. Say it another way, or leave it out.",
        (Option(LEAVE_OUT.format(words=words), reading.root),),
    )
    return replace(reading, status="clarify", question=question)


def checked(reading: Reading, catalog: Catalog) -> tuple[Answer, Bound | None]:
    """The answer without counts, and the bound tree where there is a valid one.

    The only gate: a draft whose tree does not pass the validator becomes a refusal.
    """
    from audience.kinds import simplified
    from audience.validator import check

    answer = Answer(
        reading.status,
        reading.type,
        unmatched=tuple(Leftover(each.text, each.start, each.end) for each in reading.unmatched),
        assumptions=tuple(quoting(each) for each in reading.assumptions),
        question=_question(reading),
        problem=_masked(reading.problem),
        difference=reading.difference,
        next=reading.next,
    )
    if reading.problem is not None and reading.problem.code == "personal_data":
        return replace(answer, unmatched=()), None
    if reading.root is None:
        if reading.status == "draft":
            problem = Problem("not_understood", "These words could not be read as an audience.")
            answer = replace(answer, status="refused", problem=problem)
        return answer, None
    result = check(simplified(reading.root), catalog, audience_type=reading.type)
    blocking = _blocking(result.problems) if reading.status == "draft" else None
    if blocking is not None:
        answer = replace(answer, status="refused", problem=blocking)
    if result.bound is None:
        return answer, None
    return replace(described(answer, result.bound), warnings=result.problems), result.bound


def described(answer: Answer, bound: Bound) -> Answer:
    """The answer with the query, its kind, name and description, and its conditions in words."""
    from audience.describer import describe_condition
    from audience.naming import description_of, name_of
    from audience.printer import show

    root, catalog = bound.root, bound.catalog
    return replace(
        answer,
        type=bound.type,
        query=show(root),
        kind=bound.kind,
        name=name_of(root, catalog, audience_type=bound.type),
        description=description_of(root, catalog, audience_type=bound.type),
        conditions=tuple(
            Condition(
                query=show(each),
                english=describe_condition(each, catalog, audience_type=bound.type),
                spans=each.origin.spans,
                turn=each.origin.turn,
            )
            for each in conditions(root)
        ),
        assumptions=(
            *answer.assumptions,
            *(each for each in of_query(root) if each not in answer.assumptions),
        ),
        root=root,
    )


def counted(
    context: ToolContext,
    answer: Answer,
    bound: Bound,
    *,
    as_of: datetime,
    started: float,
    members: bool = False,
) -> Answer:
    """The answer with reach, universe and what each condition keeps; unchanged without data."""
    before = perf_counter()
    try:
        preview = context.runner.preview(bound, members=members, as_of=as_of)
    except NotSupported as error:
        return replace(answer, status="refused", problem=Problem("impossible", error.message))
    except Exception:
        log.exception("Counting an audience failed.")
        return replace(answer, status="failed", problem=UNEXPECTED, ms=_spent(started))
    counts = preview.conditions
    return replace(
        answer,
        reach=preview.reach,
        universe=preview.universe,
        members=None if preview.members is None else tuple(preview.members),
        conditions=tuple(
            replace(each, reach=count.reach, kept=count.kept, dropped=count.dropped)
            for each, count in zip(answer.conditions, counts, strict=True)
        ),
        ms=Milliseconds(
            read=answer.ms.read,
            reach=(perf_counter() - before) * 1000,
            total=(perf_counter() - started) * 1000,
        ),
    )


def _refined(context: ToolContext, query: str, audience_type: AudienceType | None) -> Basis:
    """A query given as text counts as turn 0, without words; the prompt that changes it as turn 1."""
    from audience.validator import bind

    bound = bind(query, context.catalog, audience_type=audience_type)
    return Basis(Draft(placed(bound.root, Origin()), bound.type), turn=1)


def _question(reading: Reading) -> Question | None:
    from audience.printer import show

    if reading.question is None:
        return None
    return Question(
        quoting(reading.question.text),
        tuple(
            Choice(option.text, None if option.root is None else show(option.root), option.root)
            for option in reading.question.options
        ),
    )


def _blocking(problems: Sequence[Problem]) -> Problem | None:
    for problem in problems:
        if problem.severity == "error":
            code = _REFUSALS.get(problem.code, "impossible")
        elif problem.code in _BLOCKING_WARNINGS:
            code = _BLOCKING_WARNINGS[problem.code]
        else:
            continue
        return Problem(code, problem.message, suggestions=problem.suggestions)
    return None


def _masked(problem: Problem | None) -> Problem | None:
    """The problem with personal data that its words echo made unreadable."""
    if problem is None:
        return None
    from audience.english.guards.personal import mask

    return replace(
        problem,
        message=mask(problem.message),
        suggestions=tuple(mask(each) for each in problem.suggestions),
    )


def _spent(started: float) -> Milliseconds:
    spent = (perf_counter() - started) * 1000
    return Milliseconds(read=spent, total=spent)
