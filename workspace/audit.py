"""The list of who did what: written in the transaction that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from workspace import clock
from workspace.models import audit


@dataclass(frozen=True)
class AuditEntry:
    at: datetime
    person: str
    action: str
    """save, rename, delete, accept_terms, role, user_added, user_removed or password."""
    subject: str
    """The key of an audience, the version of the terms, or the name of a person."""
    detail: Mapping[str, Any]


def note(
    connection: Connection,
    at: datetime,
    workspace: str,
    person: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
) -> None:
    connection.execute(
        insert(audit).values(
            at=at,
            workspace=workspace,
            person=person,
            action=action,
            subject=subject,
            detail=dict(detail),
        )
    )


def entries(connection: Connection, workspace: str, most: int) -> tuple[AuditEntry, ...]:
    """Newest first."""
    chosen = (
        select(audit).where(audit.c.workspace == workspace).order_by(audit.c.id.desc()).limit(most)
    )
    return tuple(
        AuditEntry(utc(row["at"]), row["person"], row["action"], row["subject"], row["detail"])
        for row in connection.execute(chosen).mappings()
    )


def moment(at: datetime | None) -> datetime:
    return (at or clock.now()).astimezone(UTC)


def utc(at: datetime) -> datetime:
    """SQLite gives back what it was given without its zone, which always was UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
