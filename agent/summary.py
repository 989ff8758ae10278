"""The campaign in short, as a model sees it: names and numbers, never values of people."""

from __future__ import annotations

from typing import Any

from agent.cards import question_of
from agent.state import Campaign, Draft
from audience.catalog import Catalog
from audience.describer import describe
from audience.validator import check
from tools.context import ToolContext
from tools.modelling.privacy import names_a_person

MOST_NAMES = 40


def summary_of(campaign: Campaign, context: ToolContext) -> dict[str, Any]:
    """JSON with: workspace, strategies, strategy, approach, personas, selected_personas, segments, context,
    audience, draft, question, audiences, glossary, saved, waiting_for_review, can_undo."""
    strategies = context.workspace.strategies
    strategy = next((each for each in strategies if each.key == campaign.strategy), None)
    question, options, _kind = question_of(campaign)
    return {
        "workspace": context.workspace.name,
        "strategies": [{"key": each.key, "name": each.name} for each in strategies[:MOST_NAMES]],
        "strategy": None if strategy is None else {"key": strategy.key, "name": strategy.name},
        "approach": campaign.approach,
        "personas": [
            {"key": each.key, "name": each.name} for each in (strategy.personas if strategy else ())
        ][:MOST_NAMES],
        "selected_personas": list(campaign.personas),
        "segments": [
            {"key": each.key, "name": each.name, "reach": each.reach} for each in campaign.segments
        ],
        "context": campaign.context,
        "audience": campaign.audience,
        "draft": _draft(campaign.draft),
        "attempt": _draft(campaign.attempt),
        "question": {"text": question, "options": list(options)} if question else None,
        "audiences": [
            {"key": each.key, "name": each.name} for each in context.catalog.audiences[-MOST_NAMES:]
        ],
        "glossary": _glossary(context.catalog),
        "saved": list(campaign.saved),
        "waiting_for_review": campaign.to_review is not None,
        "can_undo": bool(campaign.past) or campaign.attempt is not None,
    }


def _glossary(catalog: Catalog) -> dict[str, str]:
    """What this company's terms mean, in words; not those that name a person."""
    found: dict[str, str] = {}
    for term, query in list(catalog.glossary.items())[:MOST_NAMES]:
        bound = check(query, catalog).bound
        if bound is not None and not names_a_person(bound.root, catalog):
            found[term] = describe(bound.root, catalog)
    return found


def _draft(draft: Draft | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    return {
        "name": draft.name,
        "query": draft.query,
        "conditions": [each.english for each in draft.conditions],
        "reach": draft.reach,
        "universe": draft.universe,
        "assumptions": list(draft.assumptions),
        "difference": list(draft.difference),
        "edited_by_hand": draft.edited,
        "not_understood": [each.text for each in draft.unmatched],
    }
