"""The saved audiences of a workspace, at the least cost."""

from __future__ import annotations

from audience.catalog import SavedAudience
from workspace.settings import Settings


def audiences_of(settings: Settings, workspace: str) -> tuple[SavedAudience, ...]:
    """The saved audiences. SQLAlchemy is not imported where nothing was ever stored."""
    if settings.database_url is None and not settings.store_file.exists():
        return ()
    from workspace.store import Store

    return Store(settings.store_url).audiences(workspace)
