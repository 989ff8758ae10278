"""Why one person is in an audience, or out of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from audience.catalog import AudienceType
from tools.context import ToolContext

if TYPE_CHECKING:
    from workspace.runner import Why


def explain_person(
    context: ToolContext,
    id: str,
    query: str,
    *,
    as_of: datetime | None = None,
    audience_type: AudienceType | None = None,
) -> Why:
    """Say why a person (or account) is in an audience or not, condition by condition.

    Raises `InvalidQuery`, `workspace.profiles.UnknownId`, and `workspace.runner.NoData`.
    """
    from audience.validator import bind

    bound = bind(query, context.catalog, audience_type=audience_type)
    return context.runner.why(id, bound, context.moment(as_of))
