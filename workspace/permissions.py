"""What a person may do in a workspace."""

from __future__ import annotations

from typing import Literal, cast, get_args

from sqlalchemy import Connection, select

from audience.problems import MusterError
from workspace.models import roles
from workspace.persons import LOCAL

Role = Literal["viewer", "editor", "owner"]  # each may do what those before it may

MAY: dict[Role, str] = {
    "viewer": "look at everything, describe audiences and count people",
    "editor": "save, rename and delete audiences as well",
    "owner": "accept terms, give roles and read the list of who did what as well",
}


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
    role = role_of(connection, workspace, person)
    if ranks.index(role) < ranks.index(least):
        raise NotAllowed(
            f"{person} is {role} in the workspace {workspace}, and this takes {least}. "
            f"An owner can change that: muster user role {person} {least}"
        )
