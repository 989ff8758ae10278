"""The store: saved audiences, campaigns, accepted terms, roles, and the list of who did what.

It is the same on SQLite and on PostgreSQL, and several processes may use it at once. Importing this
module imports SQLAlchemy; `workspace.saved.audiences_of` avoids that where there is nothing to read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from audience.bound import Kind
from audience.catalog import AudienceType, SavedAudience
from audience.problems import InvalidQuery, MusterError
from workspace.audience_names import NAME_LENGTH, checked_name, free_key
from workspace.audit import AuditEntry, entries, moment, note, utc
from workspace.connection import one_writer, transaction
from workspace.logins import give_role
from workspace.models import audiences, campaigns, roles, terms
from workspace.permissions import NotAllowed, Role, require, role_of
from workspace.persons import person_name


class UnknownAudience(MusterError):
    """No saved audience has this key."""

    code = "unknown_audience"


class AudienceInUse(MusterError):
    """A saved audience that others refer to cannot be deleted."""

    code = "audience_in_use"


class DynamicPlusLimit(MusterError):
    """The workspace holds all the Dynamic Plus audiences that it may; `suggestions` are their keys."""

    code = "dynamic_plus_limit"


@dataclass(frozen=True)
class Campaign:
    """A campaign and the audience it is for; its id is that of its dialogue."""

    id: str
    workspace: str
    name: str
    person: str
    updated_at: datetime
    audience_key: str | None = None
    brief: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Acceptance:
    """Who accepted which terms, and when."""

    version: str
    person: str
    at: datetime


class Store:
    """`url` is a SQLAlchemy address. Nothing is opened before it is used."""

    def __init__(self, url: str) -> None:
        self._url = url

    # Audiences ------------------------------------------------------------------------------------

    def audiences(self, workspace: str) -> tuple[SavedAudience, ...]:
        """The saved audiences of a workspace, oldest first."""
        with transaction(self._url) as connection:
            return _audiences(connection, workspace)

    def audience(self, workspace: str, key: str) -> SavedAudience:
        """Raises `UnknownAudience`."""
        return _known(self.audiences(workspace), key)

    def save_audience(
        self,
        workspace: str,
        name: str,
        description: str,
        query: str,
        type: AudienceType,
        kind: Kind,
        limit: int | None,
        request_key: str | None = None,
        *,
        trait_names: Collection[str] = (),
        person: str,
        at: datetime | None = None,
    ) -> SavedAudience:
        """Saves a checked query, once for each `request_key`, and gives it its key.

        `limit` is how many Dynamic Plus audiences the workspace may hold; `trait_names` are names
        that no key may take. Raises `InvalidName`, `DynamicPlusLimit`, `NotAllowed`.
        """
        name = checked_name(name)
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, workspace)
            require(connection, workspace, person, "editor")
            if request_key is not None and (
                saved := _by_request(connection, workspace, request_key)
            ):
                return saved
            there = _audiences(connection, workspace)
            if kind == "dynamic_plus":
                _check_limit(there, limit)
            key = free_key(name, {each.key for each in there}, trait_names)
            saved = SavedAudience(key, name, query, type, kind, description)
            when = moment(at)
            connection.execute(
                insert(audiences).values(
                    workspace=workspace,
                    key=key,
                    name=name,
                    description=description,
                    query=query,
                    type=type,
                    kind=kind,
                    request_key=request_key,
                    created_at=when,
                    created_by=person,
                )
            )
            detail = {"query": query, "name": name}
            note(connection, when, workspace, person, "save", key, detail)
            return saved

    def rename_audience(
        self,
        workspace: str,
        key: str,
        name: str,
        *,
        person: str,
        at: datetime | None = None,
    ) -> SavedAudience:
        """Gives an audience another name; its key stays. Raises `UnknownAudience`, `InvalidName`."""
        name = checked_name(name)
        with transaction(self._url, writes=True) as connection:
            require(connection, workspace, person, "editor")
            before = _known(_audiences(connection, workspace), key)
            connection.execute(
                update(audiences)
                .where(audiences.c.workspace == workspace, audiences.c.key == key)
                .values(name=name)
            )
            detail = {"from": before.name, "to": name}
            note(connection, moment(at), workspace, person, "rename", key, detail)
        return self.audience(workspace, key)

    def delete_audience(
        self, workspace: str, key: str, *, person: str, at: datetime | None = None
    ) -> SavedAudience:
        """Deletes an audience and gives back what it was.

        Raises `UnknownAudience`, and `AudienceInUse` when another audience refers to it.
        """
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, workspace)
            require(connection, workspace, person, "editor")
            there = _audiences(connection, workspace)
            gone = _known(there, key)
            users = [each for each in there if each.key != key and _refers_to(each.query, key)]
            if users:
                raise AudienceInUse(
                    f"{gone.name} is part of {', '.join(each.name for each in users)}. "
                    "Delete those first.",
                    suggestions=tuple(each.key for each in users),
                )
            connection.execute(
                delete(audiences).where(audiences.c.workspace == workspace, audiences.c.key == key)
            )
            detail = {"query": gone.query, "name": gone.name}
            note(connection, moment(at), workspace, person, "delete", key, detail)
            return gone

    # Campaigns ------------------------------------------------------------------------------------

    def save_campaign(
        self,
        id: str,
        workspace: str,
        name: str,
        *,
        audience_key: str | None = None,
        brief: Mapping[str, Any] | None = None,
        person: str,
        at: datetime | None = None,
    ) -> Campaign:
        """Writes a campaign as it stands now, over what was there under the same id."""
        campaign = Campaign(
            id, workspace, name[:NAME_LENGTH], person, moment(at), audience_key, dict(brief or {})
        )
        values = {
            each.name: getattr(campaign, each.name)
            for each in fields(campaign)
            if each.name != "id"
        }
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, workspace)
            require(connection, workspace, person, "editor")
            changed = connection.execute(
                update(campaigns).where(campaigns.c.id == id).values(**values)
            )
            if changed.rowcount == 0:
                values["created_at"] = campaign.updated_at
                connection.execute(insert(campaigns).values(id=id, **values))
        return campaign

    def campaigns(self, workspace: str) -> tuple[Campaign, ...]:
        """The campaigns of a workspace, the one changed last first."""
        chosen = (
            select(campaigns)
            .where(campaigns.c.workspace == workspace)
            .order_by(campaigns.c.updated_at.desc(), campaigns.c.id)
        )
        with transaction(self._url) as connection:
            return tuple(
                Campaign(
                    row["id"],
                    row["workspace"],
                    row["name"],
                    row["person"],
                    utc(row["updated_at"]),
                    row["audience_key"],
                    row["brief"],
                )
                for row in connection.execute(chosen).mappings()
            )

    # Terms, roles, audit --------------------------------------------------------------------------

    def accept_terms(
        self, workspace: str, version: str, *, person: str, at: datetime | None = None
    ) -> Acceptance:
        """An owner accepts the terms for outside models; a second time changes nothing."""
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, workspace)
            require(connection, workspace, person, "owner")
            before = _accepted(connection, workspace, version)
            if before is not None:
                return before
            acceptance = Acceptance(version, person, moment(at))
            connection.execute(
                insert(terms).values(
                    workspace=workspace, version=version, person=person, at=acceptance.at
                )
            )
            note(connection, acceptance.at, workspace, person, "accept_terms", version, {})
            return acceptance

    def accepted_terms(self, workspace: str, version: str) -> Acceptance | None:
        with transaction(self._url) as connection:
            return _accepted(connection, workspace, version)

    def role(self, workspace: str, person: str) -> Role:
        """What a person may do; the local user owns, others view until they are given a role."""
        with transaction(self._url) as connection:
            return role_of(connection, workspace, person)

    def roles(self, workspace: str) -> dict[str, Role]:
        """Who was given which role, by name."""
        chosen = select(roles).where(roles.c.workspace == workspace).order_by(roles.c.person)
        with transaction(self._url) as connection:
            return {row["person"]: row["role"] for row in connection.execute(chosen).mappings()}

    def set_role(
        self,
        workspace: str,
        person: str,
        role: Role,
        *,
        by: str,
        at: datetime | None = None,
    ) -> str:
        """An owner gives `person` a role; gives their name as it is kept.

        Raises `NotAllowed` and `persons.InvalidPerson`.
        """
        if role not in get_args(Role):
            raise NotAllowed(f"{role!r} is not a role. There are viewer, editor and owner.")
        person = person_name(person)
        with transaction(self._url, writes=True) as connection:
            one_writer(connection, workspace)
            require(connection, workspace, by, "owner")
            give_role(connection, workspace, person, role, by, moment(at))
        return person

    def audit(self, workspace: str, most: int = 100, *, person: str) -> tuple[AuditEntry, ...]:
        """For owners: saves, renamings, deletes, acceptances and roles given, newest first."""
        with transaction(self._url) as connection:
            require(connection, workspace, person, "owner")
            return entries(connection, workspace, most)


def _check_limit(there: Collection[SavedAudience], limit: int | None) -> None:
    plus = [each for each in there if each.kind == "dynamic_plus"]
    if limit is None or len(plus) < limit:
        return
    which = f"Delete one first: {', '.join(each.key for each in plus)}." if plus else ""
    raise DynamicPlusLimit(
        f"This workspace may hold {limit} Dynamic Plus audiences and holds {len(plus)}. {which}".strip(),
        suggestions=tuple(each.key for each in plus),
    )


def _refers_to(query: str, key: str) -> bool:
    from audience.query import Trait, walk
    from audience.reader import read

    if key not in query:
        return False
    try:
        return any(isinstance(node, Trait) and node.name == key for node in walk(read(query)))
    except InvalidQuery:
        return True  # it cannot be said: keep what it may need


def _audiences(connection: Connection, workspace: str) -> tuple[SavedAudience, ...]:
    chosen = select(audiences).where(audiences.c.workspace == workspace).order_by(audiences.c.id)
    return tuple(_saved(row) for row in connection.execute(chosen).mappings())


def _by_request(connection: Connection, workspace: str, request_key: str) -> SavedAudience | None:
    chosen = select(audiences).where(
        audiences.c.workspace == workspace, audiences.c.request_key == request_key
    )
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _saved(row)


def _saved(row: RowMapping) -> SavedAudience:
    return SavedAudience(
        row["key"], row["name"], row["query"], row["type"], row["kind"], row["description"]
    )


def _known(there: Collection[SavedAudience], key: str) -> SavedAudience:
    found = next((each for each in there if each.key == key), None)
    if found is None:
        import difflib

        nearest = tuple(difflib.get_close_matches(key, [each.key for each in there], n=3))
        hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        raise UnknownAudience(
            f"No saved audience has the key {key[:100]!r}.{hint}", suggestions=nearest
        )
    return found


def _accepted(connection: Connection, workspace: str, version: str) -> Acceptance | None:
    chosen = select(terms).where(terms.c.workspace == workspace, terms.c.version == version)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else Acceptance(row["version"], row["person"], utc(row["at"]))
