"""Who a query selects, counted once for each version of a workspace and kept on disk."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from audience.catalog import AudienceType, Catalog
from audience.problems import MusterError
from tools.context import ToolContext


class MemberCounter:
    """The members of queries in one workspace. Several processes may share its file."""

    def __init__(self, context: ToolContext) -> None:
        version = context.workspace.path.name
        folder = context.settings.home / "members"
        folder.mkdir(parents=True, exist_ok=True)
        self._context = context
        self._catalog: Catalog = context.catalog
        self._as_of: datetime = context.moment()
        self._known: dict[tuple[str, AudienceType], frozenset[str]] = {}
        self._kept = _Kept(folder / f"{version}.sqlite")

    def of(self, query: str, type: AudienceType | None = None) -> frozenset[str]:
        """The ids that `query` selects. Raises `MusterError` when it cannot be run."""
        from audience.printer import show
        from audience.validator import bind

        bound = bind(query, self._catalog, audience_type=type)
        key = (show(bound.root), bound.type)
        if key not in self._known:
            # What a query means depends on the saved audiences that it names as well.
            named = "\n".join(
                f"{k}: {show(each.root)}" for k, each in sorted(bound.members.items())
            )
            text = f"{bound.type} {self._as_of.isoformat()}\n{key[0]}\n{named}"
            members = self._kept.get(text)
            if members is None:
                runner = self._context.runner
                if runner is None:
                    raise MusterError("A workspace without data has nobody to count.")
                members = frozenset(runner.members(bound, as_of=self._as_of))
                self._kept.put(text, members)
            self._known[key] = members
        return self._known[key]


class _Kept:
    """Query text → ids, in an SQLite file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS members (query TEXT PRIMARY KEY, ids TEXT NOT NULL)"
        )

    def get(self, query: str) -> frozenset[str] | None:
        row = self._connection.execute(
            "SELECT ids FROM members WHERE query = ?", (query,)
        ).fetchone()
        return None if row is None else frozenset(row[0].split("\n")) - {""}

    def put(self, query: str, members: frozenset[str]) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO members VALUES (?, ?)", (query, "\n".join(sorted(members)))
        )
