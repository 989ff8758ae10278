"""A workspace whose data stay in a warehouse: only its catalog is read, and kept as an import's is.

The version's folder holds the address in a file of its own, which nobody else may read.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from audience.catalog import Catalog
from audience.glossary import faults
from workspace import clock
from workspace.catalog_store import dump
from workspace.config import WorkspaceConfig, load_config
from workspace.importer import ACTIVE_DAYS, EventReport, ImportReport, Progress
from workspace.opening import ENGINE_FILE
from workspace.plan import Plan, load_plan
from workspace.source import DESCRIBING, InvalidFolder
from workspace.strategies import load_strategies
from workspace.versions import check_free, checked_name, new_version
from workspace.warehouse import open_warehouse
from workspace.warehouse_catalog import SECONDS, WarehouseReport, read_warehouse


def connect_warehouse(
    url: str,
    home: Path,
    name: str | None = None,
    *,
    folder: Path | None = None,
    replace: bool = False,
    progress: Progress = lambda _stage, _share: None,
    now: datetime | None = None,
    active_days: int = ACTIVE_DAYS,
) -> ImportReport:
    """Makes a workspace of the warehouse at `url`; a `folder` may describe it, as an import's does.

    It is called `name`, else as workspace.yaml says, else as the schema or the database is.
    Raises `InvalidWarehouse`, `DatabaseError`, `UnknownEngine` and what an import raises.
    """
    progress("Connecting", 0.0)
    if folder is not None and not folder.is_dir():
        raise InvalidFolder(f"{folder} is not a folder. Give one that holds workspace.yaml.")
    config = load_config(folder / "workspace.yaml") if folder else WorkspaceConfig()
    plan = load_plan(folder / "tracking_plan.json") if folder else Plan()
    if folder:
        load_strategies(folder / "strategies.yaml")
    chosen = checked_name(name or config.name or name_in(url))
    check_free(home, chosen, replace=replace)
    catalog, seen = look_at(url, plan, config, progress=progress, now=now, active_days=active_days)
    report = _report(chosen, catalog, seen, (*plan.notes, *_unused(folder)))
    with new_version(home, chosen, replace=replace) as version:
        _write(version, folder, url, catalog, report)
    return report


def look_at(
    url: str,
    plan: Plan,
    config: WorkspaceConfig,
    *,
    progress: Progress = lambda _stage, _share: None,
    now: datetime | None = None,
    active_days: int = ACTIVE_DAYS,
) -> tuple[Catalog, WarehouseReport]:
    """The catalog of the warehouse at `url`; nothing is written."""
    warehouse = open_warehouse(url, seconds=SECONDS)
    try:
        return read_warehouse(
            warehouse,
            plan,
            config,
            as_of=config.as_of or now or clock.now(),
            active_days=active_days,
            progress=progress,
        )
    finally:
        warehouse.close()


def name_in(url: str) -> str:
    """What the warehouse at an address is called: its schema, else its database or folder."""
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/").rpartition("/")[2]
    return dict(parse_qsl(parts.query)).get("schema") or path or "warehouse"


def _unused(folder: Path | None) -> tuple[str, ...]:
    files = sorted(each.name for each in folder.iterdir() if each.is_file()) if folder else []
    return tuple(f"{each} is not used" for each in files if each not in DESCRIBING)


def _report(
    name: str, catalog: Catalog, seen: WarehouseReport, notes: tuple[str, ...]
) -> ImportReport:
    events = tuple(
        EventReport(each.name, each.table, seen.rows[each.table], unknown_users=0, duplicates=0)
        for each in catalog.events
        if each.table in seen.rows
    )
    return ImportReport(
        name=name,
        has_data=True,
        users=seen.rows["users"],
        accounts=seen.rows.get("accounts", 0),
        events=sum(each.rows for each in events),
        fields=sum(1 for _ in catalog.fields()),
        tables=events,
        notes=(*notes, *seen.notes, *faults(catalog)),
    )


def _write(
    version: Path, folder: Path | None, url: str, catalog: Catalog, report: ImportReport
) -> None:
    for each in DESCRIBING:
        if folder and (folder / each).exists():
            shutil.copyfile(folder / each, version / each)
    with open(os.open(version / ENGINE_FILE, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(url)
    (version / "catalog.json").write_text(json.dumps(dump(catalog)), encoding="utf-8")
    (version / "report.json").write_text(json.dumps(asdict(report)), encoding="utf-8")
