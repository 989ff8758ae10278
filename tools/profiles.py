"""The people of a workspace, one at a time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audience.catalog import AudienceType
from tools.context import ToolContext
from workspace.profiles import EventSeen, Profile, UnknownId


@dataclass(frozen=True)
class ShownProfile:
    """One person (or account): the traits that are set, and the newest events."""

    profile: Profile
    events: tuple[EventSeen, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.profile.id,
            "traits": {
                name: value for name, value in self.profile.traits.items() if value is not None
            },
            "events": [
                {
                    "event": each.event,
                    "timestamp": each.timestamp,
                    "properties": dict(each.properties),
                }
                for each in self.events
            ],
        }


def find_profiles(
    context: ToolContext,
    text: str = "",
    *,
    audience_type: AudienceType = "users",
    limit: int = 20,
) -> tuple[Profile, ...]:
    """List people by id: the first ones, or those with `text` in their id or a trait, such as a name.

    Who has exactly this id comes first. Raises `workspace.runner.NoData`.
    """
    catalog = context.workspace.catalog
    text = text.strip()
    if not text:
        return context.runner.browse(catalog, type=audience_type, limit=limit)
    found = context.runner.search(text, catalog, type=audience_type, limit=limit)
    same: tuple[Profile, ...] = ()
    with suppress(UnknownId):
        same = (context.runner.profile(text, catalog, type=audience_type),)
    others = (each for each in found if each.id not in {one.id for one in same})
    return (*same, *others)[:limit]


def find_members(
    context: ToolContext,
    query: str,
    *,
    audience_type: AudienceType | None = None,
    limit: int = 20,
) -> tuple[Profile, ...]:
    """List the first people of an audience by id, with the traits that its conditions compare.

    Raises `InvalidQuery` and `workspace.runner.NoData`.
    """
    from audience.validator import bind

    bound = bind(query, context.catalog, audience_type=audience_type)
    return context.runner.sample(bound, limit=limit, as_of=context.moment())


def show_profile(
    context: ToolContext,
    id: str,
    *,
    audience_type: AudienceType = "users",
    events: int = 20,
    as_of: datetime | None = None,
) -> ShownProfile:
    """Show one person: the traits that are set, and what happened last.

    Raises `workspace.profiles.UnknownId` and `workspace.runner.NoData`.
    """
    catalog = context.workspace.catalog
    profile = context.runner.profile(id, catalog, type=audience_type)
    newest: tuple[EventSeen, ...] = ()
    if audience_type == "users":
        newest = context.runner.recent_events(
            id, catalog, limit=events, as_of=context.moment(as_of)
        )
    return ShownProfile(profile, newest)
