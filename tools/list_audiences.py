"""The saved audiences of a workspace."""

from __future__ import annotations

from dataclasses import dataclass

from audience.catalog import SavedAudience
from tools.context import ToolContext
from tools.naming import named


@dataclass(frozen=True)
class SavedAudiences:
    """Every saved audience, oldest first; `dynamic_plus_limit` is None where there is no limit."""

    audiences: tuple[SavedAudience, ...]
    dynamic_plus: int
    dynamic_plus_limit: int | None

    @property
    def full(self) -> bool:
        """No Dynamic Plus audience can be saved until one is deleted."""
        return self.dynamic_plus_limit is not None and self.dynamic_plus >= self.dynamic_plus_limit


def list_audiences(context: ToolContext) -> SavedAudiences:
    """List the saved audiences, and how many Dynamic Plus audiences can still be saved."""
    audiences = context.catalog.audiences
    return SavedAudiences(
        audiences,
        sum(each.kind == "dynamic_plus" for each in audiences),
        context.workspace.config.dynamic_plus_limit,
    )


def find_audience(context: ToolContext, audience: str) -> SavedAudience:
    """The saved audience with this key or name. Raises `tools.errors.NotFound`."""
    return named(audience, list_audiences(context).audiences, "audience")
