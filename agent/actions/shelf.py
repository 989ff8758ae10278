"""What is kept: saved audiences, saving one, deleting one, and the brief that hands one on."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

from pydantic import Field

from agent import drafting, wizard
from agent.actions.base import Action, Arguments, Desk, Nothing, Outcome, ask, documented
from agent.cards import audiences_card
from agent.discretion import one_is_about_a_person
from agent.events import card
from agent.state import Call, Way
from agent.words import counted, listed, people, safe
from tools.delete_audience import delete_audience
from tools.list_audiences import find_audience, list_audiences
from tools.preview_audience import preview_audience
from tools.rename_audience import rename_audience
from tools.save_audience import save_audience
from tools.write_brief import write_brief

Name = Annotated[str, Field(max_length=300)]


class WhichAudience(Arguments):
    audience: Name = Field(description="Key or name of a saved audience.")


class Renaming(WhichAudience):
    name: Name = Field(description="The new name.")


class Saving(Arguments):
    name: Name | None = Field(None, description="The name that the person wants, if any.")


def _list_audiences(desk: Desk, _: Nothing) -> Outcome:
    saved = list_audiences(desk.context)
    if not saved.audiences:
        text = "No audience has been saved yet. Describe one, review it, and save it."
        return Outcome(desk.campaign, text, {"audiences": []}, (audiences_card(saved),))
    names = [f"**{safe(each.name)}**" for each in saved.audiences[:20]]
    text = f"{counted(len(saved.audiences), 'saved audience')}: {listed(names)}."
    if len(saved.audiences) > len(names):
        text = (
            f"{counted(len(saved.audiences), 'saved audience')}, the first of them {listed(names)}."
        )
    if saved.dynamic_plus_limit is not None:
        left = max(0, saved.dynamic_plus_limit - saved.dynamic_plus)
        text += (
            f" Dynamic Plus: {saved.dynamic_plus} of {saved.dynamic_plus_limit} used, {left} left."
        )
    return Outcome(
        desk.campaign,
        text,
        {"audiences": [{"key": each.key, "name": each.name} for each in saved.audiences]},
        (audiences_card(saved),),
        private=one_is_about_a_person(saved.audiences, desk.context),
    )


def _show_audience(desk: Desk, arguments: WhichAudience) -> Outcome:
    found = find_audience(desk.context, arguments.audience)
    counts = preview_audience(desk.context, found.query, audience_type=found.type)
    size = (
        ""
        if counts.reach is None or counts.universe is None
        else f": {people(counts.reach, found.type)} of {counts.universe:,} today"
    )
    props = asdict(found) | counts.to_json()
    data = {"key": found.key, "query": found.query, "reach": counts.reach}
    text = f"**{safe(found.name)}**{size}."
    private = one_is_about_a_person([found], desk.context)
    return Outcome(
        desk.campaign, text, data, (card("audience", props),), quiet=True, private=private
    )


def _rename_audience(desk: Desk, arguments: Renaming) -> Outcome:
    before = find_audience(desk.context, arguments.audience)
    renamed = rename_audience(desk.context, before.key, arguments.name)
    return Outcome(
        desk.campaign,
        f"**{safe(before.name)}** is called **{safe(renamed.name)}** now. Its key is still {safe(renamed.key)}.",
        {"key": renamed.key, "name": renamed.name},
        (audiences_card(list_audiences(desk.context)),),
        quiet=True,
        private=one_is_about_a_person([before, renamed], desk.context),
    )


def _delete_audience(desk: Desk, arguments: WhichAudience) -> Outcome:
    found = find_audience(desk.context, arguments.audience)
    private = one_is_about_a_person([found], desk.context)
    if not desk.confirmed:
        again = Call(tool="delete_audience", arguments={"audience": found.key})
        asked = ask(
            desk.campaign,
            f"Delete the saved audience {found.name}? This cannot be undone.",
            (Way(text="Yes, delete it", call=again), Way(text="No, keep it")),
        )
        return replace(asked, private=private)
    gone = delete_audience(desk.context, found.key)
    campaign = desk.campaign
    if campaign.audience == gone.key:
        campaign = campaign.model_copy(update={"audience": None})
    return Outcome(
        campaign,
        f"**{safe(gone.name)}** is deleted.",
        {"deleted": gone.key},
        (audiences_card(list_audiences(desk.context)),),
        private=private,
    )


def _save_audience(desk: Desk, arguments: Saving) -> Outcome:
    """Nothing is saved here: the draft goes to the person, who decides."""
    campaign = desk.campaign
    if campaign.draft is None:
        raise wizard.Refused("no_draft", "There is no draft to save. Describe an audience first.")
    if arguments.name is not None:
        campaign = drafting.renamed(campaign, arguments.name, None)
    if campaign.to_review is None:
        raise wizard.Refused(
            "question_open", "Answer the open question first; then the draft can be saved."
        )
    assert campaign.draft is not None
    return Outcome(
        campaign,
        f"**{safe(campaign.draft.name or '')}** is ready to save. Review it, then choose Save.",
        {"saved": False},
    )


def _write_brief(desk: Desk, _: Nothing) -> Outcome:
    campaign = desk.campaign
    if not wizard.ready(campaign) and not campaign.saved:
        raise wizard.Refused(
            "nothing_chosen",
            "Choose whom the campaign is for first: segments, personas, or a saved audience.",
        )
    strategy = desk.strategy
    personas = tuple(
        each for each in (strategy.personas if strategy else ()) if each.key in campaign.personas
    )
    there = {each.key: each for each in list_audiences(desk.context).audiences}
    keys = [campaign.audience] if campaign.audience else list(campaign.saved)
    chosen = tuple(there[key] for key in keys if key in there)
    brief = write_brief(
        desk.context,
        strategy=strategy,
        personas=personas,
        segments=campaign.segments,
        audiences=() if personas or campaign.segments else chosen,
        about=campaign.context,
    )
    names = [f"**{safe(each.name)}**" for each in brief.groups]
    return Outcome(
        campaign,
        f"The brief is ready, for {listed(names)}.",
        {"groups": [each.name for each in brief.groups]},
        (card("brief", {"markdown": brief.to_markdown(), "brief": brief.to_json()}),),
        private=one_is_about_a_person(chosen, desk.context),
    )


ACTIONS = (
    Action("list_audiences", documented(list_audiences), Nothing, _list_audiences),
    Action(
        "show_audience",
        "Show one saved audience: its conditions, and how many people it has today.",
        WhichAudience,
        _show_audience,
    ),
    Action("rename_audience", documented(rename_audience), Renaming, _rename_audience),
    Action("delete_audience", documented(delete_audience), WhichAudience, _delete_audience),
    Action("save_audience", documented(save_audience), Saving, _save_audience),
    Action("write_brief", documented(write_brief), Nothing, _write_brief),
)
