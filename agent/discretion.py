"""What no model elsewhere is told of a campaign: a draft, or a saved audience, that names a person.

Such a condition was written by hand: words that hold personal data are refused. The person goes on
with it here, and only with it is a model's view of the campaign a smaller one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from agent.state import Campaign, Draft
from audience.catalog import AudienceType, SavedAudience
from tools.context import ToolContext
from tools.modelling.privacy import query_names_a_person, tells_of_a_person

WITHHELD = "This was shown to the person. What is known of single people stays with them."


def is_about_a_person(campaign: Campaign, context: ToolContext) -> bool:
    """Whether the draft, or what is being asked about it, names a person."""
    return any(
        query_names_a_person(query, context.catalog, type)
        for draft in (campaign.draft, campaign.attempt)
        if draft is not None
        for query, type in _queries(draft)
    )


def one_is_about_a_person(audiences: Iterable[SavedAudience], context: ToolContext) -> bool:
    """Whether one of these saved audiences names a person."""
    return any(tells_of_a_person(each, context.catalog) for each in audiences)


def as_told_elsewhere(
    summary: dict[str, Any], campaign: Campaign, context: ToolContext
) -> dict[str, Any]:
    """The summary of a campaign without what is about a person."""
    listed = {each["key"] for each in summary["audiences"]} | set(summary["saved"])
    listed.add(summary["audience"])
    private = [
        each
        for each in context.catalog.audiences
        if each.key in listed and tells_of_a_person(each, context.catalog)
    ]
    keys = {each.key for each in private}
    told = summary | {
        "audiences": [each for each in summary["audiences"] if each["key"] not in keys],
        "saved": [each for each in summary["saved"] if each not in keys],
        "audience": None if summary["audience"] in keys else summary["audience"],
    }
    about = is_about_a_person(campaign, context)
    if about:
        told |= {
            key: {"withheld": WITHHELD, "reach": summary[key]["reach"]}
            for key in ("draft", "attempt")
            if summary[key]
        }
    question = summary["question"]
    if question and (about or any(each.name in question["text"] for each in private)):
        told["question"] = {"text": WITHHELD, "options": []}
    return told


def _queries(draft: Draft) -> Iterator[tuple[str, AudienceType]]:
    asked = draft.question.options if draft.question else ()
    for query in (draft.query, draft.standing.query, *(each.query for each in asked)):
        if query is not None:
            yield query, draft.type
