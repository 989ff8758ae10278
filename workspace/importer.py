"""The one door by which a workspace comes in: a folder of files becomes a version of a workspace.

All or nothing: the new version is built aside and put in place when it is complete; whatever is wrong
with the folder is an error that names file, column and row, and leaves what was there untouched.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from audience.catalog import Catalog
from audience.glossary import faults
from audience.problems import MusterError
from workspace import clock
from workspace.catalog_reader import read_catalog
from workspace.catalog_store import dump
from workspace.catalog_values import Layout
from workspace.config import load_config
from workspace.loading import Counts, Loader, StoredTable
from workspace.plan import Plan, load_plan
from workspace.source import DESCRIBING, Folder, Source, look_into
from workspace.strategies import load_strategies
from workspace.versions import check_free, checked_name, new_version

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str, float], None]
ACTIVE_DAYS = 90
MEMORY = "1GB"  # of DuckDB; what does not fit is spilled to disk
_LOADED = 0.75  # the share of an import after which the catalog is read


class ImportFailed(MusterError):
    """An import that the engine or the disk could not complete."""

    code = "import_failed"


@dataclass(frozen=True)
class EventReport:
    """One event's file, in rows. `unknown_users` and `duplicates` were left out."""

    name: str
    table: str
    rows: int
    unknown_users: int
    duplicates: int


@dataclass(frozen=True)
class ImportReport:
    """What an import found; as JSON it is the version's `report.json`. Counts are rows."""

    name: str
    has_data: bool
    users: int = 0
    accounts: int = 0
    groups: int = 0
    events: int = 0
    fields: int = 0  # events, properties and traits of the catalog
    unknown_users: int = 0  # events of users that users.parquet does not list
    duplicates: int = 0  # events whose id was there already
    tables: tuple[EventReport, ...] = ()
    notes: tuple[str, ...] = ()  # what a person may want to look at


def import_folder(
    folder: Path,
    home: Path,
    name: str | None = None,
    *,
    replace: bool = False,
    progress: Progress = lambda _stage, _share: None,
    now: datetime | None = None,
    active_days: int = ACTIVE_DAYS,
) -> ImportReport:
    """Imports a workspace folder under `name`, else its own name, else the folder's.

    `now` stands for as_of where workspace.yaml fixes none. `progress` is told the stage and the share
    that is done, 0 to 1.
    Raises `InvalidFolder`, `InvalidFile`, `InvalidName`, `WorkspaceExists`, `ImportFailed`.
    """
    progress("Looking at the files", 0.0)
    found = look_into(folder)
    config = load_config(folder / "workspace.yaml")
    load_strategies(folder / "strategies.yaml")
    plan = load_plan(folder / "tracking_plan.json")
    chosen = checked_name(name or config.name or folder.resolve().name)
    check_free(home, chosen, replace=replace)
    with _explained(), new_version(home, chosen, replace=replace) as version:
        with _database(version) as connection:
            load = _Import(connection, found, plan, progress)
            layout = load.tables()
            catalog = read_catalog(
                connection,
                layout,
                config,
                as_of=config.as_of or now or clock.now(),
                active_days=active_days,
                progress=lambda share: progress(
                    "Reading the catalog", _LOADED + share * (1 - _LOADED)
                ),
            )
        report = load.report(chosen, catalog)
        _write(version, folder, catalog, report)
    progress("Done", 1.0)
    return report


class _Import:
    """Loads each file in turn and keeps count."""

    def __init__(
        self, connection: DuckDBPyConnection, folder: Folder, plan: Plan, progress: Progress
    ) -> None:
        self._loader = Loader(connection, plan, self._within_file)
        self._folder = folder
        self._plan = plan
        self._progress = progress
        self._read = 0  # bytes of the files before the present one
        self._reading: Source | None = None
        self._counts: dict[str, Counts] = {}
        self._events: list[StoredTable] = []

    def tables(self) -> Layout:
        users, accounts = self._profiles()
        for source in self._folder.events:
            table = self._loaded(source, self._loader.event)
            self._events.append(self._unique(table))
        self._plan_only_events()
        return Layout(users, accounts, tuple(self._events), self._folder.has_data)

    def report(self, name: str, catalog: Catalog) -> ImportReport:
        events = tuple(
            EventReport(each.name, each.table, counts.rows, counts.unknown, counts.doubles)
            for each in self._events
            if (counts := self._counts.get(each.table)) is not None
        )
        notes = [*self._plan.notes]
        for counts in self._counts.values():
            notes += counts.notes
        notes += [f"{each} is not used" for each in self._folder.unused]
        notes += faults(catalog)
        return ImportReport(
            name=name,
            has_data=self._folder.has_data,
            users=self._rows("users"),
            accounts=self._rows("accounts"),
            groups=self._rows("groups"),
            events=sum(each.rows for each in events),
            fields=sum(1 for _ in catalog.fields()),
            unknown_users=sum(each.unknown_users for each in events),
            duplicates=sum(each.duplicates for each in events),
            tables=events,
            notes=tuple(notes),
        )

    def _profiles(self) -> tuple[StoredTable, StoredTable | None]:
        folder, plan, loader = self._folder, self._plan, self._loader
        users = (
            loader.empty("users", plan.user_traits)
            if folder.users is None
            else self._loaded(folder.users, partial(loader.profiles, planned=plan.user_traits))
        )
        accounts = None
        if folder.accounts is not None:
            accounts = self._loaded(
                folder.accounts, partial(loader.profiles, planned=plan.account_traits)
            )
        elif plan.account_traits or folder.groups is not None:
            accounts = loader.empty("accounts", plan.account_traits)
        if folder.groups is not None:
            self._reading = folder.groups
            self._within_file(0.0)
            self._counts["groups"] = loader.groups(folder.groups)
            self._read += folder.groups.size
        elif accounts is not None:
            loader.empty("groups", ())
        return users, accounts

    def _loaded(
        self, source: Source, load: Callable[[Source], tuple[StoredTable, Counts]]
    ) -> StoredTable:
        self._reading = source
        self._within_file(0.0)
        table, self._counts[source.table] = load(source)
        self._read += source.size
        return table

    def _within_file(self, share: float) -> None:
        """Tells how far the import is when `share` of the present file is done."""
        folder = self._folder
        sources = [folder.users, folder.accounts, folder.groups, *folder.events]
        total = max(sum(each.size for each in sources if each), 1)
        if self._reading is not None:
            done = self._read + share * self._reading.size
            self._progress(f"Reading {self._reading.path.name}", _LOADED * done / total)

    def _unique(self, table: StoredTable) -> StoredTable:
        """`table`, called by its slug where another event has its name."""
        if all(each.name != table.name for each in self._events):
            return table
        self._counts[table.table].notes.append(
            f"Two tables hold {table.name}; the events of {table.table} are called {table.table}"
        )
        return replace(table, name=table.table)

    def _plan_only_events(self) -> None:
        tables = {"users", "accounts", "groups"} | {each.table.casefold() for each in self._events}
        names = {each.name for each in self._events}
        for rule in self._plan.events:
            if rule.name not in names and rule.table.casefold() not in tables:
                tables.add(rule.table.casefold())
                self._events.append(self._loader.empty_event(rule))

    def _rows(self, table: str) -> int:
        return self._counts.get(table, Counts()).rows


@contextmanager
def _explained() -> Iterator[None]:
    """What goes wrong in the engine or on the disk, in words."""
    import duckdb

    try:
        yield
    except (duckdb.Error, OSError) as error:
        reason = str(error).strip().split("\n", 1)[0].rstrip(".")
        raise ImportFailed(
            f"The import could not be completed ({reason}). What was there is unchanged."
        ) from error


def _database(version: Path) -> DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(
        str(version / "data.duckdb"),
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(version / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    return connection


def _write(version: Path, folder: Path, catalog: Catalog, report: ImportReport) -> None:
    shutil.rmtree(version / "spill", ignore_errors=True)
    for each in DESCRIBING:
        if (folder / each).exists():
            shutil.copyfile(folder / each, version / each)
    (version / "catalog.json").write_text(json.dumps(dump(catalog)), encoding="utf-8")
    (version / "report.json").write_text(json.dumps(asdict(report)), encoding="utf-8")
