"""What cards show, made from the campaign and the workspace: views, without a rule of their own.

Everything in `props` is plain JSON and plain text: a page shows it as text, never as markup. Most
cards carry `revision`; a card with a smaller one than the newest is out of date.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from agent.events import Card, card
from agent.state import Campaign, Draft, Way
from agent.wizard import MOST_PERSONAS, NO_STRATEGY, approaches
from audience.catalog import SavedAudience
from audience.problems import MusterError
from tools.context import ToolContext
from tools.list_audiences import SavedAudiences
from tools.persona_conditions import Known, known_of
from workspace.strategies import Strategy

log = logging.getLogger(__name__)

KEEP = "Never mind, keep the draft"


def strategies_card(campaign: Campaign, strategies: Sequence[Strategy]) -> Card:
    """`strategies`: [{key, name, product, audience: {…}, pain_points, personas: n, selected}]."""
    return card(
        "strategies",
        {
            "strategies": [
                {
                    "key": each.key,
                    "name": each.name,
                    "product": each.product,
                    "audience": each.audience.model_dump(mode="json"),
                    "pain_points": list(each.pain_points),
                    "personas": len(each.personas),
                    "selected": each.key == campaign.strategy,
                }
                for each in strategies
            ],
            "revision": campaign.revision,
        },
    )


def approaches_card(campaign: Campaign, strategy: Strategy | None) -> Card:
    """`warning`: text | null; `approaches`: [{key, title, best_for, locked, why, selected}]."""
    return card(
        "approaches",
        {
            "warning": NO_STRATEGY if strategy is None else None,
            "approaches": [
                asdict(each) | {"selected": each.key == campaign.approach}
                for each in approaches(strategy)
            ],
            "revision": campaign.revision,
        },
    )


def personas_card(
    campaign: Campaign, strategy: Strategy, known: Mapping[str, Known] | None = None
) -> Card:
    """`personas`: [{key, name, description, …, selected, known}]; `limit`: 5; `selected`: keys in order.

    `known` of a persona: {query, english, left_out, reach, universe}, or null where nobody looked.
    """
    return card(
        "personas",
        {
            "strategy": {"key": strategy.key, "name": strategy.name},
            "personas": [
                each.model_dump(mode="json")
                | {
                    "selected": each.key in campaign.personas,
                    "known": asdict(known[each.key]) if known and each.key in known else None,
                }
                for each in strategy.personas
            ],
            "limit": MOST_PERSONAS,
            "selected": list(campaign.personas),
            "revision": campaign.revision,
        },
    )


def segments_card(campaign: Campaign) -> Card:
    """`segments`: tools.segments.Segment as JSON; `context`: the words they were made for.

    Once they were made: `how`, `covered`, `base`, `base_reach`, `stability`, `sampled`, `notes`, `model`.
    """
    made = {"segments": [], "context": ""}
    if campaign.made is not None:
        made = campaign.made.model_dump(mode="json")
    return card("segments", made | {"revision": campaign.revision})


def question_card(campaign: Campaign) -> Card:
    """`text`, `options`: [{index, text}], `kind`: clarify | confirm, `question`: id.

    Answered by the action `answer_question` with {"option": index, "question": id}.
    """
    text, options, kind = question_of(campaign)
    return card(
        "question",
        {
            "kind": kind,
            "text": text,
            "options": [{"index": index, "text": each} for index, each in enumerate(options)],
            "question": campaign.asked,
        },
    )


def question_of(campaign: Campaign) -> tuple[str, tuple[str, ...], str]:
    """The open question, its options, and its kind; empty when nothing is asked."""
    if campaign.pending is not None:
        ways: tuple[Way, ...] = campaign.pending.options
        return campaign.pending.text, tuple(way.text for way in ways), "confirm"
    if campaign.attempt is not None and campaign.attempt.question is not None:
        question = campaign.attempt.question
        options = tuple(each.text for each in question.options)
        # With a draft there is always a way back to it.
        back = () if campaign.draft is None else (KEEP,)
        return question.text, (*options, *back), "clarify"
    return "", (), ""


def draft_props(campaign: Campaign, draft: Draft) -> dict[str, Any]:
    """The draft as the review card and the draft card show it.

    All of `agent.state.Draft` but what only the engine needs; `changed_from`, the conditions of the
    draft before, so that a refinement can be shown as before and after; and `cost`, what asking models
    has taken for it, in words, empty where it is nothing or the person is no owner.
    """
    before = next((each for each in reversed(campaign.past) if each is not None), None)
    shown = draft.model_dump(mode="json", exclude={"standing"})
    return shown | {
        "changed_from": None
        if before is None or not draft.difference
        else {
            "query": before.query,
            "reach": before.reach,
            "conditions": [each.english for each in before.conditions],
        },
        "can_undo": bool(campaign.past),
        "can_redo": bool(campaign.undone),
        "cost": campaign.cost,
        "revision": campaign.revision,
    }


def draft_card(campaign: Campaign) -> Card:
    """What the newest words became when that cannot be saved: its best guess and what is missing."""
    draft = cast(Draft, campaign.attempt or campaign.draft)
    return card("draft", draft_props(campaign, draft))


def saved_card(audience: SavedAudience, reach: int | None, universe: int | None) -> Card:
    """A success: `key`, `name`, `description`, `query`, `type`, `kind`, `reach`, `universe`."""
    return card("saved", asdict(audience) | {"reach": reach, "universe": universe})


def audiences_card(saved: SavedAudiences) -> Card:
    """`audiences`: [{key, name, description, query, type, kind}], `dynamic_plus`, `dynamic_plus_limit`."""
    return card(
        "audiences",
        {
            "audiences": [asdict(each) for each in saved.audiences],
            "dynamic_plus": saved.dynamic_plus,
            "dynamic_plus_limit": saved.dynamic_plus_limit,
        },
    )


OF_CAMPAIGN = frozenset(
    ["strategies", "approaches", "personas", "segments", "draft", "question", "review"]
)
"""Kinds of cards that hold as long as the campaign stands where they say; others hold by themselves."""


def current_cards(campaign: Campaign, context: ToolContext) -> list[Card]:
    """The cards that belong to where a campaign stands: what a page shows after a reload."""
    cards: list[Card] = []
    strategies = context.workspace.strategies
    strategy = next((each for each in strategies if each.key == campaign.strategy), None)
    if campaign.entry == "campaign":
        cards.append(strategies_card(campaign, strategies))
        cards.append(approaches_card(campaign, strategy))
        if campaign.approach == "personas" and strategy is not None:
            cards.append(personas_card(campaign, strategy, _known(campaign, strategy, context)))
        if campaign.approach == "segments":
            cards.append(segments_card(campaign))
    if campaign.attempt is not None:
        cards.append(draft_card(campaign))
    if question_of(campaign)[0]:
        cards.append(question_card(campaign))
    return cards


def _known(
    campaign: Campaign, strategy: Strategy, context: ToolContext
) -> Mapping[str, Known] | None:
    """What fields know of the selected personas; None where nobody can be counted at the moment."""
    chosen = [strategy.persona(key) for key in campaign.personas]
    try:
        return {each.key: known_of(context, each) for each in chosen if each is not None}
    except MusterError as error:
        log.info("Personas are shown without counts: %s", error.message)
        return None
