"""What people decide about themselves: terms for an outside model; and the list of who did what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.actions.base import Action, Arguments, Desk, Nothing, Outcome, documented
from agent.events import Card, card
from agent.words import counted, safe
from tools.context import ToolContext
from tools.people import Terms, accept_terms, show_audit, show_terms
from workspace.times import moment_text


class Version(Arguments):
    version: Annotated[str, Field(max_length=20)] = Field(
        description="The version of the terms that the person has read."
    )


def _show_terms(desk: Desk, _: Nothing) -> Outcome:
    return _told(desk, show_terms(desk.context))


def _accept_terms(desk: Desk, arguments: Version) -> Outcome:
    return _told(desk, accept_terms(desk.context, arguments.version))


def _told(desk: Desk, terms: Terms) -> Outcome:
    if terms.person is None:
        said = "The terms for an outside model are not accepted yet."
    else:
        said = f"The terms for an outside model are accepted, by {safe(terms.person)}."
    return Outcome(
        desk.campaign,
        said,
        {"accepted": terms.person is not None},
        (terms_card(terms, desk.context.workspace.config.timezone),),
    )


def current_terms(context: ToolContext) -> Card:
    """The card of the terms as they stand."""
    return terms_card(show_terms(context), context.workspace.config.timezone)


def terms_card(terms: Terms, timezone: str) -> Card:
    """`version`, `text` (Markdown), `person` and `at` of who accepted | null, `model`, `may_accept`."""
    return card(
        "terms",
        {
            "version": terms.version,
            "text": terms.text,
            "person": terms.person,
            "at": None if terms.at is None else moment_text(terms.at, timezone),
            "model": terms.model,
            "may_accept": terms.may_accept,
        },
    )


def _show_audit(desk: Desk, _: Nothing) -> Outcome:
    deeds = show_audit(desk.context)
    if not deeds:
        return Outcome(desk.campaign, "Nothing was saved, deleted or accepted yet.")
    timezone = desk.context.workspace.config.timezone
    rows = [
        {
            "at": moment_text(each.at, timezone),
            "person": each.person,
            "action": each.action,
            "subject": each.subject,
            "detail": each.detail,
        }
        for each in deeds
    ]
    said = f"The last {counted(len(deeds), 'thing')} that people did here."
    return Outcome(desk.campaign, said, {"shown": len(deeds)}, (card("audit", {"rows": rows}),))


ACTIONS = (
    Action("show_terms", documented(show_terms), Nothing, _show_terms),
    Action("accept_terms", documented(accept_terms), Version, _accept_terms, for_people=True),
    Action("show_audit", documented(show_audit), Nothing, _show_audit),
)
