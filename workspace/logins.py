"""Who may sign in with a password. Passwords are kept as Argon2 hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from audience.problems import MusterError
from workspace.audit import moment, note, utc
from workspace.connection import one_writer, transaction
from workspace.models import roles, users
from workspace.permissions import Role, require
from workspace.persons import person_name

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 8, 200  # characters of a password


class UserExists(MusterError):
    """Somebody of this name signs in already."""

    code = "user_exists"


class UnknownUser(MusterError):
    """Nobody of this name signs in with a password."""

    code = "unknown_user"


class WeakPassword(MusterError):
    """A password that is too short, or too long to be one."""

    code = "weak_password"


@dataclass(frozen=True)
class Login:
    """Somebody who signs in with a password."""

    name: str
    changed_at: datetime
    """When the password was set: who signed in before has to sign in again."""


class Logins:
    """`url` is the store's address. Logins are of the installation, roles of a workspace."""

    def __init__(self, url: str) -> None:
        self._url = url

    def all(self) -> tuple[Login, ...]:
        """By name."""
        with transaction(self._url) as connection:
            found = connection.execute(select(users).order_by(users.c.name)).mappings()
            return tuple(Login(row["name"], utc(row["changed_at"])) for row in found)

    def find(self, name: str) -> Login | None:
        return next((each for each in self.all() if each.name == name), None)

    def add(
        self,
        workspace: str,
        name: str,
        password: str,
        role: Role,
        *,
        by: str,
        at: datetime | None = None,
    ) -> str:
        """An owner lets somebody sign in, with a role in a workspace. Gives the name as it is kept.

        Raises `UserExists`, `WeakPassword`, `persons.InvalidPerson` and `NotAllowed`.
        """
        name, hashed, when = person_name(name), _hashed(password), moment(at)
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, "logins")
            require(connection, workspace, by, "owner")
            if _hash_of(connection, name) is not None:
                raise UserExists(
                    f"{name} signs in already. Change what they may do with: "
                    f"muster user role {name} {role}"
                )
            connection.execute(
                insert(users).values(name=name, password=hashed, created_at=when, changed_at=when)
            )
            note(connection, when, workspace, by, "user_added", name, {})
            give_role(connection, workspace, name, role, by, when)
        return name

    def remove(self, workspace: str, name: str, *, by: str, at: datetime | None = None) -> str:
        """An owner keeps somebody out from now on, with all their roles. Raises `UnknownUser`."""
        name = person_name(name)
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, "logins")
            require(connection, workspace, by, "owner")
            gone = connection.execute(delete(users).where(users.c.name == name)).rowcount
            gone += connection.execute(delete(roles).where(roles.c.person == name)).rowcount
            if not gone:
                raise _unknown(name)
            note(connection, moment(at), workspace, by, "user_removed", name, {})
        return name

    def set_password(
        self,
        workspace: str,
        name: str,
        password: str,
        *,
        by: str,
        at: datetime | None = None,
    ) -> str:
        """Another password; whoever is signed in as `name` has to sign in again."""
        name, hashed, when = person_name(name), _hashed(password), moment(at)
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, "logins")
            require(connection, workspace, by, "owner")
            changed = connection.execute(
                update(users).where(users.c.name == name).values(password=hashed, changed_at=when)
            )
            if changed.rowcount == 0:
                raise _unknown(name)
            note(connection, when, workspace, by, "password", name, {})
        return name

    def verified(self, name: str, password: str) -> str | None:
        """The name as it is kept when the password is right, else None. Takes as long for nobody."""
        from argon2.exceptions import VerificationError

        try:
            name = person_name(name)
        except MusterError:
            name = ""
        with transaction(self._url) as connection:
            hashed = _hash_of(connection, name)
        try:
            _hasher().verify(hashed or _nobodys(), password[: LONGEST + 1])
        except VerificationError:
            return None
        return name if hashed is not None else None


def give_role(
    connection: Connection, workspace: str, person: str, role: Role, by: str, at: datetime
) -> None:
    """Writes a role that was checked before."""
    mine = (roles.c.workspace == workspace, roles.c.person == person)
    connection.execute(delete(roles).where(*mine))
    connection.execute(insert(roles).values(workspace=workspace, person=person, role=role))
    note(connection, at, workspace, by, "role", person, {"role": role})


def _hash_of(connection: Connection, name: str) -> str | None:
    found = connection.execute(select(users.c.password).where(users.c.name == name)).scalar()
    return None if found is None else str(found)


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"A password has {SHORTEST} to {LONGEST} characters.")
    return _hasher().hash(password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash that is compared where there is none: a wrong name takes as long as a wrong password."""
    return _hasher().hash("nobody's password")


def _unknown(name: str) -> UnknownUser:
    return UnknownUser(f"Nobody called {name} is known here. See who is: muster user list")
