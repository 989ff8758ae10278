"""Which users' events tell anything: counted beside all others, those that do not need not be joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audience.catalog import Owner
from audience.compiler.comparators import any_of, settled
from audience.compiler.job import Frame, Job, count_meets, leaves
from audience.compiler.reducers import COUNTS, Grouped
from audience.query import Aggregate, Boolean, Comparison, Duration, Literal, Not


def telling(job: Job, group: Grouped, roots: Iterable[Boolean], owner: Owner) -> Grouped:
    """`group` without the rows of which every comparison of `roots` says what it says of no event."""
    frame = Frame(group.table, group.columns)
    told = []
    for node in _comparisons(job, roots, owner):
        if node.left in group.columns:
            without = of_nothing(job, node)
            if without is None:
                return group
            truth = job.truth(node, frame)
            told.append(~settled(truth) if without else truth)
    return replace(group, table=group.table.filter(any_of(told)))


def of_nothing(job: Job, node: Boolean) -> bool | None:
    """Whether a comparison of an aggregate, or its opposite, holds where there is no event; None: it takes
    more than the aggregate to tell."""
    if isinstance(node, Not):
        inner = of_nothing(job, node.item)
        return None if inner is None else not inner
    if not isinstance(node, Comparison):
        return None
    if not all(isinstance(each, Literal | Duration) for each in node.values):
        return None
    if isinstance(node.left, Aggregate) and node.left.reducer.method in COUNTS:
        return count_meets(node, 0, job.clock.timezone)
    return node.operator == "absent"


def _comparisons(job: Job, roots: Iterable[Boolean], owner: Owner) -> Iterator[Comparison]:
    """What `roots` compare, outside `where`; for a saved audience, what that compares."""
    for root in roots:
        for leaf in leaves(root):
            if isinstance(leaf, Comparison):
                key = job.saved_audience(leaf.left, owner)
                if key is None:
                    yield leaf
                else:
                    yield from _comparisons(job, [job.audiences[key].root], owner)
