"""Opening a workspace: which one, where it lies, what it says of itself."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audience.catalog import Catalog, SavedAudience
from audience.problems import MusterError
from workspace import clock
from workspace.config import WorkspaceConfig, load_config
from workspace.locks import locked
from workspace.settings import Settings
from workspace.strategies import Strategy, load_strategies
from workspace.versions import Hold

DEMO = "shop"
ENGINE_FILE = "engine"  # in a version's folder: the address of the warehouse that has the data
Progress = Callable[[str, float], None]
"""What is being done, and the share of it that is done, 0 to 1."""


def silent(_stage: str, _share: float) -> None:
    """The progress callback of those who do not want to know."""


class UnknownWorkspace(MusterError):
    """No workspace of this name; `suggestions` holds the nearest names."""

    code = "unknown_workspace"


class BrokenWorkspace(MusterError):
    """A workspace whose files cannot be read."""

    code = "broken_workspace"


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. `path` is one version of it: an import that runs meanwhile makes another."""

    name: str
    path: Path
    catalog: Catalog
    config: WorkspaceConfig = field(default_factory=WorkspaceConfig)
    strategies: tuple[Strategy, ...] = ()
    engine: str | None = None
    """The address of the warehouse that holds the data, where they are not in a file of their own."""
    hold: Hold | None = field(default=None, repr=False, compare=False)
    """Keeps the version's files, some of which are opened late, from being removed by an import."""

    @property
    def data(self) -> Path | None:
        """The DuckDB file; None where a warehouse has the data, or there is only a tracking plan."""
        if self.engine is not None or not self.catalog.has_data:
            return None
        return self.path / "data.duckdb"

    def as_of(self, override: datetime | None = None) -> datetime:
        """The instant at which audiences are evaluated: asked for, else fixed, else now."""
        return override or self.config.as_of or clock.now()

    def with_audiences(self, audiences: tuple[SavedAudience, ...]) -> Workspace:
        """The same workspace with these saved audiences in its catalog."""
        return replace(self, catalog=self.catalog.with_audiences(audiences))


@dataclass(frozen=True)
class WorkspaceSummary:
    """`users` and `events` count rows; `fields` counts events, properties and traits."""

    name: str
    users: int
    events: int
    fields: int
    as_of: datetime | None


def workspaces_folder(settings: Settings) -> Path:
    return settings.home / "workspaces"


def workspace_names(settings: Settings) -> tuple[str, ...]:
    """The names of the workspaces there are, sorted."""
    folder = workspaces_folder(settings)
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            each.name
            for each in folder.iterdir()
            if not each.name.startswith(".") and (each / "catalog.json").is_file()
        )
    )


def chosen_name(settings: Settings, name: str | None = None) -> str:
    """The name asked for, else the setting's, else that of the only workspace, else the demo's."""
    asked = name or settings.workspace
    if asked:
        return asked
    names = workspace_names(settings)
    return names[0] if len(names) == 1 else DEMO


def open_workspace(
    settings: Settings,
    name: str | None = None,
    progress: Progress = silent,
    engine: str | None = None,
) -> Workspace:
    """Opens the workspace called `name`; see `chosen_name`. The demo is made when it is not there;
    unless `engine`, the address of a warehouse, is given: then that is looked at, and nothing kept.

    The catalog has no saved audiences in it: who has the store adds them, by `with_audiences`.
    Raises `UnknownWorkspace`, `BrokenWorkspace`, and `workspace.yaml_file.InvalidFile`.
    """
    chosen = chosen_name(settings, name)
    names = workspace_names(settings)
    if chosen not in names:
        if chosen != DEMO:
            raise _unknown(chosen, names)
        if engine is not None and name is None and not settings.workspace:
            return _of_warehouse(settings, engine, progress)
        _make_demo(settings, progress)
    return _read(workspaces_folder(settings) / chosen)


def _read(link: Path) -> Workspace:
    """Reads the version that `link` leads to; again when an import put another in its place."""
    path = link.resolve()
    hold = Hold(path)
    try:
        opened = Workspace(
            link.name,
            path,
            _catalog(path, link.name),
            load_config(path / "workspace.yaml"),
            load_strategies(path / "strategies.yaml"),
            _engine(path),
            hold,
        )
    except MusterError:
        if link.resolve() == path:
            raise
    else:
        if link.resolve() == path:  # what the link leads to, and is held, is not removed
            return opened
    return _read(link)


def _of_warehouse(settings: Settings, engine: str, progress: Progress) -> Workspace:
    """A workspace for as long as it is open."""
    from workspace.connecting import look_at, name_in
    from workspace.plan import Plan

    config = WorkspaceConfig()
    catalog, _ = look_at(
        engine, Plan(), config, progress=progress, active_days=settings.active_days
    )
    name = name_in(engine)
    return Workspace(name, workspaces_folder(settings) / name, catalog, config, engine=engine)


def list_workspaces(settings: Settings) -> tuple[WorkspaceSummary, ...]:
    """Every workspace there is, by name."""
    return tuple(_summary(settings, name) for name in workspace_names(settings))


def _summary(settings: Settings, name: str) -> WorkspaceSummary:
    path = (workspaces_folder(settings) / name).resolve()
    report = _json(path / "report.json", name)
    return WorkspaceSummary(
        name=name,
        users=int(report.get("users") or 0),
        events=int(report.get("events") or 0),
        fields=int(report.get("fields") or 0),
        as_of=load_config(path / "workspace.yaml").as_of,
    )


def _catalog(path: Path, name: str) -> Catalog:
    from workspace.catalog_store import load

    try:
        return load(_json(path / "catalog.json", name))
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(name, f"its catalog cannot be read ({error})") from error


def _engine(path: Path) -> str | None:
    file = path / ENGINE_FILE
    try:
        return file.read_text(encoding="utf-8") if file.exists() else None
    except OSError as error:
        raise BrokenWorkspace(f"{file} cannot be read ({error.strerror}).") from error


def _json(path: Path, name: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _broken(name, f"{path.name} cannot be read") from error
    if not isinstance(content, dict):
        raise _broken(name, f"{path.name} is not what an import writes")
    return content


def _broken(name: str, reason: str) -> BrokenWorkspace:
    return BrokenWorkspace(
        f"The workspace {name!r} cannot be opened: {reason}. Import it again with --replace."
    )


def _unknown(name: str, names: tuple[str, ...]) -> UnknownWorkspace:
    shown = re.sub(r"[^\w .-]", "?", name)[:60]
    nearest = tuple(difflib.get_close_matches(name, (*names, DEMO), n=3, cutoff=0.5))
    if nearest:
        hint = f"Did you mean {' or '.join(nearest)}?"
    else:
        hint = f"There {'is' if len(names) == 1 else 'are'}: {', '.join(names) or 'none yet'}."
    return UnknownWorkspace(f"There is no workspace called {shown}. {hint}", suggestions=nearest)


def _make_demo(settings: Settings, progress: Progress) -> None:
    """Generates the demo and imports it through the door that every workspace comes in by."""
    from workspace.importer import import_folder
    from workspace.shop import make_shop

    with locked(settings.home / "locks" / f"{DEMO}.lock"):
        if DEMO in workspace_names(settings):  # another process made it while this one waited
            return
        progress("Making the demo workspace", 0.0)
        with TemporaryDirectory(prefix="muster-") as scratch:
            folder = Path(scratch) / DEMO
            make_shop(folder)
            import_folder(
                folder,
                settings.home,
                DEMO,
                progress=progress,
                active_days=settings.active_days,
            )
