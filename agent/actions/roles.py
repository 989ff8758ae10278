"""What events are for: to see, and to correct where a name says it wrong or not at all."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.actions.base import Action, Arguments, Desk, Nothing, Outcome, documented
from agent.events import card
from agent.words import counted, safe
from tools.event_roles import event_roles, known_roles, set_event_role

Name = Annotated[str, Field(max_length=500)]


class Role(Arguments):
    event: Name
    role: Name | None = Field(description="A role, `none`, or null: its name decides.")


def _show(desk: Desk, _: Nothing) -> Outcome:
    found = event_roles(desk.context)
    known = sum(each.role is not None for each in found)
    text = (
        f"Of {counted(len(found), 'event')}, {known} {'has' if known == 1 else 'have'} a role that plain words "
        "such as “bought” or “signed up” are read by. Correct on the card what is wrong."
    )
    return _told(desk, text)


def _set(desk: Desk, arguments: Role) -> Outcome:
    now = set_event_role(desk.context, arguments.event, arguments.role)
    what = "no role now" if now.role is None else f"the role {safe(now.role.replace('_', ' '))} now"
    return _told(desk, f"**{safe(now.event)}** has {what}.")


def _told(desk: Desk, text: str) -> Outcome:
    found = [each.to_json() for each in event_roles(desk.context)]
    props = {"events": found, "roles": list(known_roles())}
    return Outcome(desk.campaign, text, props, (card("roles", props),), quiet=True)


ACTIONS = (
    Action("show_event_roles", documented(event_roles), Nothing, _show),
    Action("set_event_role", documented(set_event_role), Role, _set, for_people=True),
)
