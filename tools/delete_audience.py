"""Deleting a saved audience."""

from __future__ import annotations

from audience.catalog import SavedAudience
from tools.context import ToolContext
from tools.list_audiences import find_audience


def delete_audience(context: ToolContext, audience: str) -> SavedAudience:
    """Delete a saved audience, by key or name, and give it back as it was.

    Raises `tools.errors.NotFound`, and what the store raises when others still refer to it.
    """
    found = find_audience(context, audience)
    return context.store.delete_audience(context.workspace.name, found.key, person=context.person)
