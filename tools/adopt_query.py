"""A query that is not made from words: edited by hand, a segment's, a saved audience's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from time import perf_counter

from audience.catalog import AudienceType
from audience.problems import InvalidQuery
from audience.query import NOWHERE, Boolean
from tools.answer import Answer
from tools.build_conditions import counted, described
from tools.context import ToolContext
from tools.origins import placed


def adopt_query(
    context: ToolContext,
    query: str | Boolean,
    *,
    audience_type: AudienceType | None = None,
    as_of: datetime | None = None,
) -> Answer:
    """Make a query the draft: checked, described and counted.

    Use it when the person gives conditions in the query language. Raises `InvalidQuery`, which
    carries every problem.
    """
    from audience.validator import check

    started = perf_counter()
    catalog = context.catalog
    result = check(query, catalog, audience_type=audience_type)
    if result.bound is None:
        raise InvalidQuery(result.problems)
    bound = result.bound
    if isinstance(query, str):  # the places in its text are no words of a prompt
        bound = replace(bound, root=placed(bound.root, NOWHERE))
    answer = described(Answer("draft", warnings=result.problems), bound)
    return counted(context, answer, bound, as_of=context.moment(as_of), started=started)
