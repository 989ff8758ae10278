"""What a person may do in a workspace."""

from __future__ import annotations

from typing import Literal, cast, get_args

from sqlalchemy import Connection, select

from audience.problems import MusterError
from workspace.models import roles

LOCAL = "local"  # the one who has this machine; owns every workspace on it
Role = Literal["viewer", "editor", "owner"]  # each may do what those before it may


class NotAllowed(MusterError):
    """The person's role does not allow it."""

    code = "not_allowed"


def role_of(connection: Connection, workspace: str, person: str) -> Role:
    chosen = select(roles.c.role).where(roles.c.workspace == workspace, roles.c.person == person)
    found = connection.execute(chosen).scalar()
    if found is None:
        return "owner" if person == LOCAL else "viewer"
    return cast(Role, found)


def require(connection: Connection, workspace: str, person: str, least: Role) -> None:
    ranks = get_args(Role)
    if ranks.index(role_of(connection, workspace, person)) < ranks.index(least):
        raise NotAllowed(f"{person} needs the role {least} in the workspace {workspace} for this.")
