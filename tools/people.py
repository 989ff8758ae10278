"""What an owner decides and sees: the terms for an outside model, and the list of who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tools.context import ToolContext
from workspace.settings import BUILTIN


@dataclass(frozen=True)
class Terms:
    """The terms for outside models, and who accepted them, if anybody has."""

    version: str
    text: str
    person: str | None
    at: datetime | None
    model: str | None
    """The outside model that the settings name."""
    may_accept: bool


@dataclass(frozen=True)
class Deed:
    """Who did what, when, to what."""

    at: datetime
    person: str
    action: str
    subject: str
    detail: str


def show_terms(context: ToolContext) -> Terms:
    """Show the terms for using an outside model, and whether an owner has accepted them.

    Only a person accepts them, on the card that this shows.
    """
    from workspace.terms import VERSION, text

    name = context.workspace.name
    accepted = context.store.accepted_terms(name, VERSION)
    return Terms(
        VERSION,
        text(),
        None if accepted is None else accepted.person,
        None if accepted is None else accepted.at,
        None if context.settings.model == BUILTIN else context.settings.model,
        context.store.role(name, context.person) == "owner",
    )


def accept_terms(context: ToolContext, version: str) -> Terms:
    """Accept the terms, as they were shown, as an owner. Raises `NotAllowed`, `TermsChanged`."""
    from workspace.terms import VERSION, TermsChanged

    if version != VERSION:
        raise TermsChanged("These are not the terms of today any more. Read them again.")
    context.store.accept_terms(context.workspace.name, version, person=context.person)
    return show_terms(context)


def show_audit(context: ToolContext, most: int = 50) -> tuple[Deed, ...]:
    """Show who saved, renamed and deleted audiences, accepted terms and gave roles. For owners only."""
    found = context.store.audit(context.workspace.name, most, person=context.person)
    return tuple(
        Deed(
            each.at,
            each.person,
            each.action,
            each.subject,
            str(each.detail.get("to") or each.detail.get("role") or each.detail.get("query") or ""),
        )
        for each in found
    )
