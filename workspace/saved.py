"""The saved audiences of a workspace, at the least cost."""

from __future__ import annotations

from audience.catalog import Catalog, SavedAudience
from audience.problems import InvalidQuery
from audience.query import Trait, walk
from workspace.opening import Workspace
from workspace.settings import Settings


def audiences_of(settings: Settings, workspace: str) -> tuple[SavedAudience, ...]:
    """The saved audiences. SQLAlchemy is not imported where nothing was ever stored."""
    if settings.database_url is None and not settings.store_file.exists():
        return ()
    from workspace.store import Store

    return Store(settings.store_url).audiences(workspace)


def catalog_for(settings: Settings, workspace: Workspace, query: str) -> Catalog:
    """The workspace's catalog, with the saved audiences when `query` may refer to one."""
    from audience.reader import read

    catalog = workspace.catalog
    try:
        traits = {node.name for node in walk(read(query)) if isinstance(node, Trait)}
    except InvalidQuery:
        return catalog
    if all(catalog.trait(name) or catalog.trait(name, "account") for name in traits):
        return catalog
    return catalog.with_audiences(audiences_of(settings, workspace.name))
