"""What may not enter a dialogue: personal data, which is masked at once, and endless text."""

from __future__ import annotations

from typing import Any

from agent.graph import declined
from tools.build_conditions import build
from tools.context import ToolContext

LONGEST = 5_000  # characters of one message; an audience takes far fewer
KEPT = 200


def decline(text: str, context: ToolContext) -> dict[str, Any] | None:
    """The graph's input for words that must not go on, with a masked copy; None when they may."""
    from audience.english.guards.personal import mask, personal_data

    if len(text) > LONGEST:
        message = f"That has {len(text):,} characters. Describe the audience in at most {context.settings.prompt_max}."
        return declined(mask(text[:KEPT]) + "…", "prompt_too_long", message)
    if not text.strip():
        return declined("", "prompt_too_short", "Say whom you want to reach.")
    if not personal_data(text):
        return None
    problem = build(context, text, counts=False).problem
    message = (
        problem.message
        if problem is not None and problem.code == "personal_data"
        else "That has personal data in it, which is not needed to describe an audience. "
        "It was not kept. Say it without."
    )
    return declined(mask(text), "personal_data", message)


def decline_arguments(arguments: dict[str, Any], context: ToolContext) -> dict[str, Any] | None:
    """The same for what a click carries: every text that is meant as a description."""
    for name in ("prompt", "context"):
        text = arguments.get(name)
        if isinstance(text, str) and text.strip():
            found = decline(text, context)
            if found is not None:
                return found
    return None
