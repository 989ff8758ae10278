"""How many people two audiences share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audience.bound import Bound
from audience.catalog import AudienceType
from audience.query import And, joined
from tools.context import ToolContext
from workspace.runner import NoData


@dataclass(frozen=True)
class Shared:
    """`share` is of all who are in either (Jaccard), 0 to 1; 0 where both are empty."""

    first: int
    second: int
    both: int

    @property
    def share(self) -> float:
        either = self.first + self.second - self.both
        return self.both / either if either else 0.0


def compare_audiences(
    context: ToolContext,
    query: str,
    others: Sequence[str],
    *,
    audience_type: AudienceType | None = None,
    as_of: datetime | None = None,
) -> tuple[Shared, ...]:
    """Compare an audience with others: how large each is, and how many people are in both.

    Raises `InvalidQuery` and `workspace.runner.NoData`.
    """
    from audience.validator import bind

    catalog = context.catalog
    bound = bind(query, catalog, audience_type=audience_type)
    first = _reach(context, bound, as_of)
    return tuple(
        shared(context, bound, bind(each, catalog, audience_type=bound.type), first, as_of)
        for each in others
    )


def shared(
    context: ToolContext, one: Bound, other: Bound, reach: int, as_of: datetime | None = None
) -> Shared:
    """What `one`, of this reach, shares with `other`. Nobody is fetched: three counts do."""
    from audience.validator import bind

    both = bind(joined(And, (one.root, other.root)), one.catalog, audience_type=one.type)
    return Shared(reach, _reach(context, other, as_of), _reach(context, both, as_of))


def _reach(context: ToolContext, bound: Bound, as_of: datetime | None) -> int:
    reach = context.runner.preview(bound, as_of=context.moment(as_of)).reach
    if reach is None:
        raise NoData("This workspace has no data, so overlaps cannot be counted.")
    return reach
