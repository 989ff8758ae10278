"""Workspace folders for the tests, written file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from audience.catalog import Catalog
from workspace.catalog_store import load
from workspace.importer import ImportReport, import_folder

NOW = datetime(2026, 5, 31, tzinfo=UTC)
MAY = datetime.fromisoformat("2026-05-10T09:30:00")  # as a warehouse has it: naive, and UTC


def parquet(folder: Path, table: str, **columns: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), folder / f"{table}.parquet")


def text(folder: Path, name: str, content: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")


def event(folder: Path, table: str, name: str, users: list[Any], **columns: Any) -> None:
    """One row per user in `users`, in May."""
    size = len(users)
    fixed = {
        "id": [f"{table}-{index}" for index in range(size)],
        "user_id": users,
        "timestamp": [MAY] * size,
        "event": [table] * size,
        "event_text": [name] * size,
    }
    parquet(folder, table, **fixed | columns)


def plan(folder: Path, *rules: Mapping[str, Any]) -> None:
    text(folder, "tracking_plan.json", json.dumps({"rules": list(rules)}))


def track(key: str, properties: Mapping[str, Any], description: str = "") -> dict[str, Any]:
    schema = {
        "description": description,
        "properties": {"properties": {"properties": dict(properties)}},
    }
    return {"type": "TRACK", "key": key, "jsonSchema": schema, "version": 1}


def identify(traits: Mapping[str, Any], kind: str = "IDENTIFY") -> dict[str, Any]:
    return {"type": kind, "jsonSchema": {"properties": {"traits": {"properties": dict(traits)}}}}


def imported(folder: Path, home: Path, name: str = "w", **options: Any) -> ImportReport:
    return import_folder(folder, home, name, **{"replace": True, "now": NOW} | options)


def catalog(home: Path, name: str = "w") -> Catalog:
    return load(json.loads((home / "workspaces" / name / "catalog.json").read_bytes()))


def rows(home: Path, query: str, name: str = "w") -> list[tuple[Any, ...]]:
    database = str(home / "workspaces" / name / "data.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(query).fetchall()
