"""Whom the campaign is for: strategy, approach, personas, segments, or a saved audience."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from agent import wizard
from agent.actions.base import (
    Action,
    Arguments,
    Desk,
    Nothing,
    Outcome,
    ask_of_sensitive,
    documented,
    settled,
)
from agent.cards import approaches_card, personas_card, segments_card, strategies_card
from agent.state import Call, Campaign
from agent.words import counted, listed, people, safe, share
from tools.generate_segments import generate_segments
from tools.list_audiences import find_audience
from tools.list_personas import find_strategy, list_personas, list_strategies
from tools.persona_conditions import Known, known_of
from tools.segmenting.base import SensitiveContext
from tools.segments import Segmentation
from tools.select_personas import select_personas
from workspace.strategies import Persona

Name = Annotated[str, Field(max_length=300)]


class WhichStrategy(Arguments):
    strategy: Name = Field(description="Key or name of the strategy.")


class WhichApproach(Arguments):
    approach: Literal["segments", "personas"]


class WhichPersonas(Arguments):
    personas: tuple[Name, ...] = Field(
        max_length=50, description="Keys or names of all that shall be selected, 1 to 5."
    )
    how: Literal["set", "add", "remove"] = Field(
        "set", description="Replace the selection, add to it, or take away from it."
    )


class About(Arguments):
    context: str = Field(
        "",
        max_length=2000,
        description="Optional: whom the segments shall be about, in the person's own words.",
    )


class WhichAudience(Arguments):
    audience: Name = Field(description="Key or name of a saved audience.")


def _show_strategies(desk: Desk, _: Nothing) -> Outcome:
    strategies = list_strategies(desk.context)
    campaign = wizard.started(desk.campaign)
    if not strategies:
        return Outcome(
            campaign,
            "This workspace has no strategies. You can still describe an audience in a sentence.",
        )
    names = [f"**{safe(each.name)}**" for each in strategies]
    text = ""
    if desk.strategy is None:
        text = f" {wizard.NO_STRATEGY}"
    return Outcome(
        campaign,
        f"There {'is' if len(names) == 1 else 'are'} {counted(len(names), 'strategy', 'strategies')}: {listed(names)}.{text}",
        {"strategies": [{"key": each.key, "name": each.name} for each in strategies]},
        (
            strategies_card(campaign, strategies),
            approaches_card(campaign, desk.strategy),
        ),
    )


def _choose_strategy(desk: Desk, arguments: WhichStrategy) -> Outcome:
    strategy = find_strategy(desk.context, arguments.strategy)
    step = wizard.choose_strategy(desk.campaign, strategy, confirmed=desk.confirmed)

    def done(campaign: Campaign) -> Outcome:
        text = f"The strategy is **{safe(strategy.name)}**."
        if not strategy.personas:
            text += " It has no personas yet, so AI segments are the way to choose an audience."
        return Outcome(
            campaign,
            text,
            {
                "strategy": strategy.key,
                "personas": [each.name for each in strategy.personas],
            },
            (
                strategies_card(campaign, list_strategies(desk.context)),
                approaches_card(campaign, strategy),
            ),
        )

    again = Call(tool="choose_strategy", arguments={"strategy": strategy.key})
    return settled(desk, step, again, done)


def _choose_approach(desk: Desk, arguments: WhichApproach) -> Outcome:
    strategy = desk.strategy
    step = wizard.choose_approach(
        desk.campaign, strategy, arguments.approach, confirmed=desk.confirmed
    )

    def done(campaign: Campaign) -> Outcome:
        assert strategy is not None
        approaches = approaches_card(campaign, strategy)
        if arguments.approach == "personas":
            text = f"Pick up to {wizard.MOST_PERSONAS} personas."
            return Outcome(campaign, text, {}, (approaches, personas_card(campaign, strategy)))
        text = "Say whom the segments shall be about if you like, then generate them."
        return Outcome(campaign, text, {}, (approaches, segments_card(campaign)))

    again = Call(tool="choose_approach", arguments={"approach": arguments.approach})
    return settled(desk, step, again, done)


def _list_personas(desk: Desk, _: Nothing) -> Outcome:
    if desk.campaign.strategy is None or desk.strategy is None:
        raise wizard.Refused("no_strategy", wizard.NO_STRATEGY)
    personas = list_personas(desk.context, desk.campaign.strategy)
    if not personas:
        raise wizard.Refused(
            "no_personas", f"{desk.strategy.name} has no personas yet, so AI segments are the way."
        )
    names = [f"**{safe(each.name)}**" for each in personas]
    return Outcome(
        desk.campaign,
        f"{safe(desk.strategy.name)} has {counted(len(names), 'persona')}: {listed(names)}.",
        {"personas": [_short(each) for each in personas]},
        (personas_card(desk.campaign, desk.strategy),),
    )


def _select_personas(desk: Desk, arguments: WhichPersonas) -> Outcome:
    strategy = desk.strategy
    if strategy is None:
        raise wizard.Refused("no_strategy", wizard.NO_STRATEGY)
    named = select_personas(desk.context, strategy.key, arguments.personas)
    keys = tuple(each.key for each in named)
    before = desk.campaign.personas
    if arguments.how == "add":
        keys = (*before, *keys)
    elif arguments.how == "remove":
        keys = tuple(key for key in before if key not in keys)
    step = wizard.select_personas(desk.campaign, strategy, keys, confirmed=desk.confirmed)

    def done(campaign: Campaign) -> Outcome:
        chosen = [strategy.persona(key) for key in campaign.personas]
        names = [f"**{safe(each.name)}**" for each in chosen if each is not None]
        text = (
            f"Selected: {listed(names)} ({len(names)} of up to {wizard.MOST_PERSONAS})."
            if names
            else "No persona is selected now."
        )
        known = {each.key: known_of(desk.context, each) for each in chosen if each is not None}
        text += "".join(
            f"\n- {_told(each, known[each.key])}" for each in chosen if each is not None
        )
        return Outcome(
            campaign,
            text,
            {"selected": [_short(each) for each in chosen if each is not None]},
            (personas_card(campaign, strategy, known),),
            quiet=True,
        )

    again = Call(tool="select_personas", arguments={"personas": list(keys)})
    return settled(desk, step, again, done)


def _generate_segments(desk: Desk, arguments: About) -> Outcome:
    strategy = desk.strategy
    step = wizard.can_generate(desk.campaign, strategy, confirmed=desk.confirmed)
    again = Call(tool="generate_segments", arguments={"context": arguments.context})

    def done(campaign: Campaign) -> Outcome:
        assert strategy is not None
        desk.start("audience", "Looking for groups in your data")
        # The same words once more ask for another cut; other words start with the first.
        before = campaign.made
        more = before is not None and before.context == arguments.context.strip()
        try:
            made = generate_segments(
                replace(desk.context, progress=lambda doing, _: desk.start("audience", doing)),
                strategy.key,
                about=arguments.context,
                cut=before.cut + 1 if before is not None and more else 0,
                allow_sensitive=desk.sensitive,
            )
        except SensitiveContext as error:
            desk.done("audience")
            return ask_of_sensitive(desk.campaign, again, error.message)
        desk.done("audience", counted(len(made.segments), "segment"))
        changed = wizard.with_segments(campaign, made)
        return Outcome(
            changed,
            _made(made, replaced=before is not None),
            {"segments": [_facts(made, index) for index in range(len(made.segments))]},
            (segments_card(changed),),
        )

    return settled(desk, step, again, done)


def _use_audience(desk: Desk, arguments: WhichAudience) -> Outcome:
    found = find_audience(desk.context, arguments.audience)
    step = wizard.choose_audience(desk.campaign, desk.strategy, found.key, confirmed=desk.confirmed)

    def done(campaign: Campaign) -> Outcome:
        text = f"The campaign is for the saved audience **{safe(found.name)}**."
        return Outcome(campaign, text, {"audience": found.key, "query": found.query})

    again = Call(tool="use_audience", arguments={"audience": found.key})
    return settled(desk, step, again, done)


def _made(made: Segmentation, *, replaced: bool) -> str:
    sizes = [
        f"**{safe(each.name)}**"
        + ("" if each.reach is None else f" ({people(each.reach, each.type)})")
        for each in made.segments
    ]
    text = f"{made.how} {counted(len(sizes), 'segment')}: {listed(sizes)}."
    if made.covered is not None and made.base_reach:
        text += f" Together they hold {share(round(made.covered * made.base_reach), made.base_reach)} of {people(made.base_reach)}."
    if made.notes:
        text += f" {' '.join(map(safe, made.notes))}"
    return f"{text} They take the place of those before." if replaced else text


def _facts(made: Segmentation, index: int) -> dict[str, object]:
    segment = made.segments[index]
    return segment.model_dump(
        mode="json", include={"key", "name", "query", "english", "reach", "share"}
    )


def _told(persona: Persona, known: Known) -> str:
    """How many people a persona's conditions hold for, and what of it no field can say."""
    text = f"**{safe(persona.name)}**: "
    if known.query is None:
        return text + "no field of this workspace says any of it, so it has no conditions."
    text += "" if known.reach is None else f"{people(known.reach)}. "
    text += f"Where {safe('; '.join(known.english))}."
    if known.left_out:
        unsaid = ", ".join(f"“{safe(each)}”" for each in known.left_out)
        text += f" No field says {unsaid}."
    return text


def _short(persona: Persona) -> dict[str, str]:
    return {"key": persona.key, "name": persona.name, "description": persona.description}


ACTIONS = (
    Action("show_strategies", documented(list_strategies), Nothing, _show_strategies),
    Action(
        "choose_strategy",
        "Choose the strategy that the campaign follows. Approaches are locked until there is one.",
        WhichStrategy,
        _choose_strategy,
    ),
    Action(
        "choose_approach",
        "Choose how to say whom the campaign is for: AI segments, or personas of the strategy.",
        WhichApproach,
        _choose_approach,
    ),
    Action("list_personas", documented(list_personas), Nothing, _list_personas),
    Action("select_personas", documented(select_personas), WhichPersonas, _select_personas),
    Action("generate_segments", documented(generate_segments), About, _generate_segments),
    Action(
        "use_audience",
        "Make a saved audience the one that the campaign is for, in place of segments or personas.",
        WhichAudience,
        _use_audience,
    ),
)
