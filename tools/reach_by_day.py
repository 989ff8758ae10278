"""How large an audience was on each of the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from audience.catalog import AudienceType
from tools.context import ToolContext
from workspace.runner import NoData

DAYS = 14


@dataclass(frozen=True)
class DayCount:
    """The reach at the same time of day, `at`."""

    at: datetime
    reach: int


def reach_by_day(
    context: ToolContext,
    query: str,
    *,
    days: int = DAYS,
    audience_type: AudienceType | None = None,
) -> tuple[DayCount, ...]:
    """Count an audience as of each of the last days, the oldest first and today last.

    Events count up to each day; traits are as they are now, because a workspace keeps no older ones.
    Raises `InvalidQuery` and `workspace.runner.NoData`.
    """
    from audience.validator import bind

    bound = bind(query, context.catalog, audience_type=audience_type)
    today = context.moment()
    counts = []
    for ago in range(days - 1, -1, -1):
        context.progress("Counting day by day", (days - ago) / days)
        at = today - timedelta(days=ago)
        reach = context.runner.preview(bound, as_of=at).reach
        if reach is None:
            raise NoData("This workspace has no data, so nothing can be counted day by day.")
        counts.append(DayCount(at, reach))
    return tuple(counts)
