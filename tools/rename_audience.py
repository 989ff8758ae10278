"""Giving a saved audience another name."""

from __future__ import annotations

from audience.catalog import SavedAudience
from tools.context import ToolContext
from tools.list_audiences import find_audience


def rename_audience(context: ToolContext, audience: str, name: str) -> SavedAudience:
    """Give a saved audience another name. Its key stays, so that whatever refers to it still does.

    Raises `tools.errors.NotFound`, and what the store raises for a bad name.
    """
    from audience.english.guards.personal import mask

    found = find_audience(context, audience)
    return context.store.rename_audience(
        context.workspace.name, found.key, mask(name), person=context.person
    )
