"""The people that segments are cut from: everybody, or those whom the person's words describe."""

from __future__ import annotations

from audience.bound import Bound
from audience.problems import MusterError
from tools.answer import Answer
from tools.build_conditions import build
from tools.context import ToolContext

_BEGINNINGS = ("", "customers ", "customers who ", "customers with ", "customers for ")


class ContextNotUnderstood(MusterError):
    """The words do not say whom the segments shall be about."""

    code = "context_not_understood"


def base_of(context: ToolContext, about: str) -> Bound | None:
    """The audience that `about` describes, read by the engine that reads every description.

    A fragment such as "in Spain" will do. Raises `ContextNotUnderstood` when words are left over:
    segments are never made for fewer words than were said.
    """
    from audience.validator import bind

    about = about.strip()
    if not about:
        return None
    first: Answer | None = None
    for beginning in _BEGINNINGS:
        answer = build(
            context, f"{beginning}{about}", counts=False, audience_type="users", shortest=0
        )
        first = first or answer
        if answer.status == "draft" and answer.query is not None:
            return bind(answer.query, context.catalog)
        if answer.problem is not None and answer.problem.code in _FINAL:
            first = answer
            break
    assert first is not None
    reason = (
        first.problem.message if first.problem else first.question.text if first.question else ""
    )
    raise ContextNotUnderstood(
        f"The segments are as they were, because “{about[:80]}” was not understood as a group of "
        f"people. {reason}".strip(),
        suggestions=first.problem.suggestions if first.problem else (),
    )


_FINAL = frozenset(
    {"unexpected", "personal_data", "prompt_too_long", "sensitive_attribute", "lookback_exceeded"}
)
