"""What may happen to the draft of a campaign, as pure functions: new, changed, undone, saved."""

from __future__ import annotations

from agent.state import Campaign, Draft, Pending
from agent.wizard import Refused
from tools.modelling.spending import Spent

KEPT = 30  # drafts that undo can go back to


def with_draft(campaign: Campaign, draft: Draft) -> Campaign:
    """Take a complete draft; the one before can be had back by undo."""
    return _changed(
        campaign,
        entry=campaign.entry or "sentence",
        draft=draft,
        attempt=None,
        pending=None,
        past=(*campaign.past, campaign.draft)[-KEPT:],
        undone=(),
    )


def with_attempt(campaign: Campaign, attempt: Draft) -> Campaign:
    """Take words that leave something to ask. The draft, if any, stands but cannot be saved yet."""
    return _changed(
        campaign,
        entry=campaign.entry or "sentence",
        attempt=attempt,
        pending=None,
        asked=campaign.asked + 1,
    )


def without_attempt(campaign: Campaign) -> Campaign:
    """Drop what was being asked, and go on with the draft as it stands."""
    return _changed(campaign, attempt=None, pending=None)


def asked(campaign: Campaign, pending: Pending) -> Campaign:
    """Put a question that must be answered before anything is saved."""
    return _changed(campaign, pending=pending, asked=campaign.asked + 1)


def without_pending(campaign: Campaign) -> Campaign:
    """The question has been answered."""
    return _changed(campaign, pending=None)


def undo(campaign: Campaign) -> Campaign:
    """Back to the draft before the last change; an open question counts as the last change."""
    if campaign.attempt is not None:
        return without_attempt(campaign)
    if not campaign.past:
        raise Refused("nothing_to_undo", "There is nothing to undo.")
    return _changed(
        campaign,
        draft=campaign.past[-1],
        past=campaign.past[:-1],
        undone=(*campaign.undone, campaign.draft),
        pending=None,
    )


def redo(campaign: Campaign) -> Campaign:
    if not campaign.undone:
        raise Refused("nothing_to_redo", "There is nothing to do again.")
    return _changed(
        campaign,
        draft=campaign.undone[-1],
        past=(*campaign.past, campaign.draft)[-KEPT:],
        undone=campaign.undone[:-1],
        pending=None,
    )


def discarded(campaign: Campaign) -> Campaign:
    """Away with the draft; undo brings it back."""
    if campaign.draft is None and campaign.attempt is None:
        raise Refused("no_draft", "There is no draft to discard.")
    past = campaign.past if campaign.draft is None else (*campaign.past, campaign.draft)[-KEPT:]
    return _changed(campaign, draft=None, attempt=None, pending=None, past=past, undone=())


def saved(campaign: Campaign, key: str) -> Campaign:
    """The draft has become a saved audience; the next description starts a new one."""
    return _changed(
        campaign,
        draft=None,
        attempt=None,
        pending=None,
        past=(),
        undone=(),
        spent=Spent(),
        cost="",
        saved=campaign.saved if key in campaign.saved else (*campaign.saved, key),
    )


def with_cost(campaign: Campaign, spent: Spent, words: str) -> Campaign:
    """What the audience has taken so far; that is no change of the draft."""
    return campaign.model_copy(update={"spent": spent, "cost": words})


def renamed(campaign: Campaign, name: str | None, description: str | None) -> Campaign:
    """The draft with another name or description; neither can be empty."""
    if campaign.draft is None:
        raise Refused("no_draft", "There is no draft to name.")
    changes: dict[str, object] = {}
    if name is not None:
        if not name.strip():
            raise Refused("no_name", "An audience needs a name.")
        changes |= {"name": name.strip(), "named": True}
    if description is not None:
        changes["description"] = description.strip()
    return _changed(campaign, draft=campaign.draft.model_copy(update=changes))


def _changed(campaign: Campaign, **changes: object) -> Campaign:
    return campaign.model_copy(update={**changes, "revision": campaign.revision + 1})
