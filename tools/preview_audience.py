"""Counting who matches a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audience.bound import Bound
from audience.catalog import AudienceType
from audience.query import Boolean
from tools.answer import Condition
from tools.context import ToolContext


@dataclass(frozen=True)
class Previewed:
    """Who matches; numbers are None in a workspace that has only a tracking plan."""

    bound: Bound
    reach: int | None
    universe: int | None
    members: tuple[str, ...] | None
    conditions: tuple[Condition, ...]
    ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """What `muster preview --json` prints."""
        return {
            "reach": self.reach,
            "universe": self.universe,
            "members": None if self.members is None else list(self.members),
            "conditions": [
                {
                    "query": each.query,
                    "english": each.english,
                    "reach": each.reach,
                    "kept": each.kept,
                    "dropped": each.dropped,
                }
                for each in self.conditions
            ],
            "ms": round(self.ms, 1),
        }


def preview_audience(
    context: ToolContext,
    query: str | Boolean | Bound,
    *,
    members: bool = False,
    as_of: datetime | None = None,
    audience_type: AudienceType | None = None,
) -> Previewed:
    """Count who matches a query, of how many, and what each of its conditions keeps and drops.

    Raises `InvalidQuery`, which carries every problem of the query.
    """
    from audience.validator import bind

    bound = (
        query
        if isinstance(query, Bound)
        else bind(query, context.catalog, audience_type=audience_type)
    )
    counted = context.runner.preview(bound, members=members, as_of=context.moment(as_of))
    return Previewed(
        bound,
        counted.reach,
        counted.universe,
        counted.members,
        tuple(
            Condition(
                each.query, each.english, reach=each.reach, kept=each.kept, dropped=each.dropped
            )
            for each in counted.conditions
        ),
        counted.ms,
    )
