"""What each event of a workspace is for, as the built-in engine takes it: to see, and to correct."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Literal

from audience.problems import MusterError
from tools.context import ToolContext
from workspace.event_roles import NONE, said_roles, say_role


class UnknownRole(MusterError):
    """No such event or role; the message names the nearest."""

    code = "unknown_role"


@dataclass(frozen=True)
class EventRole:
    """An event and its role; `by` is None where it has none."""

    event: str
    role: str | None
    by: Literal["name", "person"] | None

    def to_json(self) -> dict[str, Any]:
        return {"event": self.event, "role": self.role, "by": self.by}


def known_roles() -> tuple[str, ...]:
    """The roles that an event may play: purchase, view, sign_up and so on."""
    from audience.english.schema import roles

    return tuple(role.name for role in roles("events"))


def event_roles(context: ToolContext) -> tuple[EventRole, ...]:
    """Every event of the workspace with its role, found from its name or said by a person."""
    from audience.english.lexicon import lexicon_of

    said = said_roles(context.settings, context.workspace.name)
    entries = lexicon_of(context.workspace.catalog, said).events
    return tuple(
        EventRole(
            entry.field.name,
            None if entry.role in (None, NONE) else entry.role,
            "person" if entry.field.name in said else "name" if entry.role else None,
        )
        for entry in sorted(entries, key=lambda each: each.field.name.lower())
    )


def set_event_role(context: ToolContext, event: str, role: str | None) -> EventRole:
    """Says what an event is for (`none`: for nothing that is known); with None the name decides again.

    Raises `UnknownRole`, and `workspace.permissions.NotAllowed` for who may only look.
    """
    from workspace.permissions import NotAllowed

    names = [each.name for each in context.workspace.catalog.events]
    if event not in names:
        raise UnknownRole(f"There is no event called {event}.{_nearest(event, names)}")
    if role is not None and role != NONE and role not in known_roles():
        every = (*known_roles(), NONE)
        raise UnknownRole(
            f"There is no role called {role}.{_nearest(role, every)} The roles: {', '.join(every)}."
        )
    if context.store.role(context.workspace.name, context.person) == "viewer":
        raise NotAllowed(f"{context.person} may only look at the workspace. An editor can do this.")
    say_role(context.settings, context.workspace.name, event, role)
    return next(each for each in event_roles(context) if each.event == event)


def _nearest(text: str, names: list[str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(text, names, n=3)
    return f" Did you mean {', '.join(near)}?" if near else ""
