"""What should be said about a draft before it is saved."""

from __future__ import annotations

from collections.abc import Iterator

from audience.bound import Bound
from audience.catalog import AudienceType, SavedAudience
from audience.problems import MusterError, Problem
from tools.answer import Answer
from tools.compare_audiences import shared
from tools.context import ToolContext

NEARLY_ALL = 0.95
NEARLY_EQUAL = 0.9
MOST_COMPARED = 25


def review_notes(context: ToolContext, answer: Answer) -> tuple[Problem, ...]:
    """Warnings: the validator's, and nobody, nearly everybody, or nearly a saved audience matches.

    Codes of its own: `matches_nobody`, `matches_nearly_all`, `same_as_saved`, `near_saved`.
    """
    return (*answer.warnings, *_of_size(answer), *_of_saved(context, answer))


def _of_size(answer: Answer) -> Iterator[Problem]:
    if answer.reach is None or not answer.universe:
        return
    whom = "account" if answer.type == "accounts" else "person"
    if answer.reach == 0:
        yield Problem("matches_nobody", f"No {whom} matches these conditions today.", "warning")
    elif answer.reach >= NEARLY_ALL * answer.universe:
        share = answer.reach / answer.universe
        yield Problem(
            "matches_nearly_all",
            f"Nearly every {whom} matches ({share:.0%}), so this hardly narrows anything.",
            "warning",
        )


def _of_saved(context: ToolContext, answer: Answer) -> Iterator[Problem]:
    from audience.validator import bind

    if answer.query is None:
        return
    catalog = context.catalog
    same_type = [each for each in catalog.audiences if each.type == answer.type]
    for saved in same_type:
        if saved.query == answer.query:
            yield Problem(
                "same_as_saved",
                f"“{saved.name}” is saved already with the same conditions.",
                "warning",
                suggestions=(saved.key,),
            )
            return
    if not answer.reach:
        return
    draft = bind(answer.query, catalog, audience_type=answer.type)
    for saved in same_type[-MOST_COMPARED:]:
        yield from _near(context, draft, answer.reach, saved, answer.type)


def _near(
    context: ToolContext, draft: Bound, reach: int, saved: SavedAudience, type: AudienceType
) -> Iterator[Problem]:
    from audience.validator import bind

    try:
        other = bind(saved.query, draft.catalog, audience_type=type)
    except MusterError:
        return  # one that cannot run any more is told where audiences are listed
    overlap = shared(context, draft, other, reach)
    if overlap.share >= NEARLY_EQUAL:
        yield Problem(
            "near_saved",
            f"“{saved.name}” is saved already and nearly the same: {overlap.share:.0%} of all "
            "who are in either are in both.",
            "warning",
            suggestions=(saved.key,),
        )
