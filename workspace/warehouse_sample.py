"""Rows of a warehouse's tables to read its catalog from: all of a small table, some of a large one.

A sample is taken of the pages of a table, where the engine can, else of the latest or first rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audience.catalog import EventField
from workspace.warehouse import TableSize, Warehouse
from workspace.warehouse_tables import as_imported

MOST_ROWS = 200_000  # of a table that is read whole
SAMPLE = 100_000  # rows, about, of a larger one
FEW = 1_000  # rows, where even a sample takes too long


@dataclass(frozen=True)
class Rows:
    """One table as the catalog is read from it: `rows` that it has (about, unless `whole`), `seen` here."""

    table: Any
    rows: int
    seen: int
    distinct: Mapping[str, float]  # as TableSize has it
    whole: bool = True


class Sampler:
    """Ways to look at a table, none of which reads more rows than are allowed."""

    def __init__(self, warehouse: Warehouse, as_of: datetime, since: datetime) -> None:
        """`since` is from when on an event counts as active; both are naive UTC."""
        self._warehouse = warehouse
        self._as_of = as_of
        self._since = since

    def whole(self, table: str, size: TableSize) -> Rows | None:
        if size.rows is not None and size.rows > MOST_ROWS:
            return None
        stored = self._warehouse.stored(table)
        if self.count(stored.limit(MOST_ROWS + 1)) > MOST_ROWS:
            return None
        if table in ("users", "accounts"):
            source = self._warehouse.users() if table == "users" else self._warehouse.accounts()
            known = source.filter(source["id"].notnull())
        else:
            source = self._warehouse.event(EventField(table, table))
            users = self._warehouse.users()
            its, theirs = (each.cast("string") for each in (source["user_id"], users["id"]))
            known = source.semi_join(users, its == theirs)
        count = self.count(known)
        return Rows(known, count, count, {})

    def sampled(self, table: str, size: TableSize) -> Rows | None:
        if size.rows is None or not size.sampled:
            return self._recent(table, size) or self.first(table, size, SAMPLE)
        stored = self._warehouse.stored(table)
        part = stored.sample(min(1.0, SAMPLE / max(size.rows, 1)), method="block", seed=1)
        rows = self._part(table, part.limit(2 * SAMPLE), size)
        return rows if rows.seen else None

    def _recent(self, table: str, size: TableSize) -> Rows | None:
        """Of events that come in no known order, those that say whether it is still active."""
        if table in ("users", "accounts"):
            return None
        stored = self._warehouse.stored(table)
        at = stored["timestamp"]
        since = self._since.replace(tzinfo=UTC)
        lately = stored.filter(at <= self.moment(at), at >= self._literal(at, since))
        rows = self._part(table, lately.limit(SAMPLE), size)
        return rows if rows.seen else None

    def first(self, table: str, size: TableSize, most: int) -> Rows:
        return self._part(table, self._warehouse.stored(table).limit(most), size)

    def _part(self, table: str, part: Any, size: TableSize) -> Rows:
        read = as_imported(table, part, unique=True)
        key = read["id" if table in ("users", "accounts") else "user_id"]
        read = read.filter(key.notnull())
        count = self.count(read)
        return Rows(read, max(size.rows or 0, count), count, size.distinct, whole=False)

    def count(self, table: Any) -> int:
        ((count,),) = self._warehouse.rows(table.count().as_table())
        return int(count)

    def moment(self, at: Any) -> Any:
        return self._literal(at, self._as_of.replace(tzinfo=UTC))

    def _literal(self, at: Any, moment: datetime) -> Any:
        from audience.compiler.comparators import instant

        return instant(at.cast("timestamp") if at.type().is_date() else at, moment)
