"""What every tool works with: the workspace and its parts, the store, and who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from audience.catalog import Catalog
from workspace.opening import Progress, Workspace, open_workspace, silent
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings

if TYPE_CHECKING:
    from workspace.index import FieldIndex
    from workspace.runner import Runner
    from workspace.store import Store

LOCAL_PERSON = LOCAL


class Parts:
    """The parts of an opened workspace, each opened when a tool first needs it, and shared."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        progress: Progress,
        engine: str | None = None,
    ) -> None:
        self.workspace = workspace
        self.settings = settings
        self._progress = progress
        self._engine = engine

    @cached_property
    def store(self) -> Store:
        from workspace.store import Store

        return Store(self.settings.store_url)

    @cached_property
    def index(self) -> FieldIndex:
        from workspace.index import FieldIndex

        return FieldIndex(self.workspace, self.settings, self._progress)

    @cached_property
    def runner(self) -> Runner:
        from workspace.runner import open_runner

        return open_runner(self.workspace, self._engine)


@dataclass(frozen=True)
class ToolContext:
    """One workspace as one person sees it. Copies share the opened parts; threads may share it."""

    parts: Parts
    person: str = LOCAL_PERSON
    as_of: datetime | None = None
    """Asked for by the caller; else the workspace's, else now."""
    progress: Progress = field(default=silent, compare=False)

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        workspace: str | None = None,
        *,
        person: str | None = None,
        as_of: datetime | None = None,
        progress: Progress = silent,
        engine: str | None = None,
    ) -> ToolContext:
        """Opens a workspace by name; see `workspace.opening.open_workspace` for errors.

        `person` acts, else whom the settings name. `engine` is the address of a warehouse that holds
        the workspace's tables, to count there.
        """
        settings = settings or load_settings()
        opened = open_workspace(settings, workspace, progress, engine)
        person = person or settings.person or LOCAL_PERSON
        return cls(Parts(opened, settings, progress, engine), person, as_of, progress)

    @property
    def workspace(self) -> Workspace:
        return self.parts.workspace

    @property
    def settings(self) -> Settings:
        return self.parts.settings

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def index(self) -> FieldIndex:
        return self.parts.index

    @property
    def runner(self) -> Runner:
        return self.parts.runner

    @property
    def catalog(self) -> Catalog:
        """The workspace's fields and, read anew each time, its saved audiences."""
        from workspace.saved import audiences_of

        saved = audiences_of(self.settings, self.workspace.name)
        return self.workspace.catalog.with_audiences(saved)

    @property
    def event_roles(self) -> Mapping[str, str]:
        """What people said that events are for, read anew each time."""
        from workspace.event_roles import said_roles

        return said_roles(self.settings, self.workspace.name)

    def catalog_for(self, query: str) -> Catalog:
        """The catalog that `query` needs: the store is opened only where an audience may be meant."""
        from workspace.saved import catalog_for

        return catalog_for(self.settings, self.workspace, query)

    def moment(self, override: datetime | None = None) -> datetime:
        """The instant at which audiences are evaluated."""
        return self.workspace.as_of(override or self.as_of)
