"""Counting: in one query, or from what was kept of earlier counts.

Kept is for whom each condition holds, one array per condition with a byte for each row of `users` (or
`accounts`), so that an edit counts anew only what it changes; and where the events of each user lie. Only for the
embedded engine: from a warehouse nothing is copied out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from audience.bound import Bound
from audience.catalog import EventField
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Not,
    combined,
    conditions,
    top_level,
)
from workspace.runs import Runs, runs_of

if TYPE_CHECKING:
    from workspace.database import Database, DuckDatabase

    Flags = Any  # a numpy array of booleans

MOST_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Tally:
    """Counts of an audience; `conditions` are reach, kept and dropped of each, as `Preview` has them."""

    reach: int
    universe: int
    conditions: tuple[tuple[int, int | None, int | None], ...]


def counted(database: Database, bound: Bound, as_of: datetime) -> Tally:
    """Counts `bound` on any engine, in one query that gives one row."""
    from audience.compiler import compile_counts, texts_of
    from audience.compiler.stages import UNIVERSE

    counts = compile_counts(bound, database, as_of)
    (row,) = database.rows(counts.table, texts_of(bound))
    found = dict(zip(counts.table.columns, row, strict=True))
    by_condition: list[tuple[int, int | None, int | None]] = []
    for each in counts.conditions:
        kept = dropped = None
        if each.kept is not None and each.before is not None:
            kept = found[each.kept]
            dropped = found[each.before] - found[each.kept]
        by_condition.append((found[each.reach], kept, dropped))
    return Tally(found[counts.reach], found[UNIVERSE], tuple(by_condition))


class KeptFlags:
    """Counts on one database, of which it keeps what each condition holds for. Threads may share it."""

    def __init__(self, database: DuckDatabase, most_bytes: int = MOST_BYTES) -> None:
        self._database = database
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()  # flags, and where events lie
        self._lock = threading.Lock()

    def tally(self, bound: Bound, as_of: datetime) -> Tally:
        """Counts `bound`; only conditions that are not kept are asked of the engine, in one query."""
        nodes = tuple(dict.fromkeys(conditions(bound.root)))
        with self._lock:
            held = self._held(bound, nodes, as_of)
        everybody = held.pop(None)
        universe = int(everybody.sum())
        left, before = everybody, universe
        counted: list[tuple[int, int | None, int | None]] = []
        for part in top_level(bound.root):
            left = left & combined(part, held)
            kept = int(left.sum())
            for node in conditions(part):
                reach = int(held[node].sum())
                counted.append(
                    (reach, kept, before - kept) if node == part else (reach, None, None)
                )
            before = kept
        return Tally(before, universe, tuple(counted))

    def _held(
        self, bound: Bound, nodes: Sequence[Boolean], as_of: datetime
    ) -> dict[Boolean | None, Flags]:
        """The flags of each node, and under None those of everybody there is."""
        around = (bound.type, as_of, bound.catalog.timezone, _referred(bound))
        keys: dict[Boolean | None, Hashable] = {None: (bound.type, None)}
        keys |= {node: (node, *around) for node in nodes}
        missing = [node for node in nodes if keys[node] not in self._kept]
        if missing or keys[None] not in self._kept:
            everybody = self._kept.get(keys[None])
            if everybody is not None and len(missing) == 1:
                (changed,) = missing
                flags = self._counting(bound, changed, everybody, as_of)
                if flags is None:
                    flags = self._holding(bound, changed, everybody, as_of)
                self._kept[keys[changed]] = flags
            else:
                for node, flags in self._counted(bound, missing, as_of).items():
                    self._kept[keys[node]] = flags
        found = {}
        for node, key in keys.items():
            self._kept.move_to_end(key)
            found[node] = self._kept[key]
        while len(self._kept) > 1 and sum(each.nbytes for each in self._kept.values()) > self._most:
            self._kept.popitem(last=False)
        return found

    def _holding(self, bound: Bound, node: Boolean, everybody: Flags, as_of: datetime) -> Flags:
        """One condition anew, which is what an edit is: the engine gives only those it holds for."""
        import numpy

        from audience.compiler import compile_rows, texts_of

        table, row = compile_rows(bound, node, self._database, as_of)
        flags = numpy.zeros_like(everybody)
        flags[self._database.columns(table, texts_of(bound))[row]] = True
        return flags

    def _counting(
        self, bound: Bound, node: Boolean, everybody: Flags, as_of: datetime
    ) -> Flags | None:
        """`_holding` for a count of events that is compared with a constant; None for anything else.

        The engine gives the numbers of the rows, which is a scan: it groups nothing and joins nothing.
        """
        import numpy

        from audience.compiler import compile_counted, count_meets, texts_of

        if isinstance(node, Not):
            inner = self._counting(bound, node.item, everybody, as_of)
            return None if inner is None else everybody & ~inner
        zone = bound.catalog.timezone
        aggregate = _counted_by(node)
        if aggregate is None or bound.type != "users" or count_meets(node, 0, zone) is None:
            return None
        table, row, event = compile_counted(bound, aggregate, self._database, as_of)
        runs = self._runs(event)
        if not runs.whole:
            return None
        rows = self._database.columns(table, texts_of(bound))[row]
        counts = runs.counts(rows, len(everybody))
        met = numpy.zeros(counts.max(initial=0) + 1, dtype=bool)
        for each in numpy.flatnonzero(numpy.bincount(counts)):
            met[each] = count_meets(node, int(each), zone)
        return everybody & met[counts]

    def _runs(self, event: EventField) -> Runs:
        key = ("runs", event.table)
        found = self._kept.get(key)
        if not isinstance(found, Runs):
            found = self._kept[key] = runs_of(self._database, event)
        self._kept.move_to_end(key)
        return found

    def _counted(
        self, bound: Bound, nodes: Sequence[Boolean], as_of: datetime
    ) -> Mapping[Boolean | None, Flags]:
        import numpy

        from audience.compiler import compile_flags, texts_of

        table, row, columns = compile_flags(bound, nodes, self._database, as_of)
        found = self._database.columns(table, texts_of(bound))
        rows = found[row]
        size = int(rows.max()) + 1 if len(rows) else 0

        def spread(values: Any) -> Flags:
            flags = numpy.zeros(size, dtype=bool)
            flags[rows] = values
            return flags

        return {None: spread(True), **{node: spread(found[name]) for node, name in columns.items()}}


def _counted_by(node: Boolean) -> Aggregate | None:
    """The number of events that `node` compares, if it compares one."""
    aggregate = node.left if isinstance(node, Comparison) else None
    if isinstance(aggregate, Aggregate) and aggregate.reducer.method == "count":
        return aggregate
    return None


def _referred(bound: Bound) -> Hashable:
    """The saved audiences that conditions may refer to, as they read now."""
    return tuple((key, each.root, _referred(each)) for key, each in sorted(bound.members.items()))
