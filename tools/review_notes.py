"""What should be said about a draft before it is saved."""

from __future__ import annotations

from collections.abc import Iterator

from audience.bound import Bound
from audience.catalog import SavedAudience
from audience.printer import show
from audience.problems import InvalidQuery, Problem
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


def like_saved(context: ToolContext, draft: Bound, reach: int | None) -> Iterator[Problem]:
    """Saved audiences of the same conditions, or of nearly the same members, newest last."""
    same_type = [each for each in draft.catalog.audiences if each.type == draft.type]
    query = show(draft.root)
    for saved in same_type:
        if saved.query == query:
            yield Problem(
                "same_as_saved",
                f"“{saved.name}” is saved already with the same conditions.",
                "warning",
                suggestions=(saved.key,),
            )
            return
    if not reach:
        return
    for saved in same_type[-MOST_COMPARED:]:
        yield from _near(context, draft, reach, saved)


def _of_saved(context: ToolContext, answer: Answer) -> Iterator[Problem]:
    from audience.validator import bind

    if answer.query is not None:
        draft = bind(answer.query, context.catalog, audience_type=answer.type)
        yield from like_saved(context, draft, answer.reach)


def _near(
    context: ToolContext, draft: Bound, reach: int, saved: SavedAudience
) -> Iterator[Problem]:
    from audience.validator import bind

    try:
        other = bind(saved.query, draft.catalog, audience_type=draft.type)
        overlap = shared(context, draft, other, reach)
    except InvalidQuery:
        return  # it cannot run any more, or the two are too long together
    if overlap.share >= NEARLY_EQUAL:
        yield Problem(
            "near_saved",
            f"“{saved.name}” is saved already and nearly the same: {overlap.share:.0%} of all "
            "who are in either are in both.",
            "warning",
            suggestions=(saved.key,),
        )
