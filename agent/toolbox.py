"""Every tool of the dialogue, by name, for models and for clicks alike."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from agent.actions import campaign, draft, look, people, roles, shelf
from agent.actions.base import Action, Desk, Outcome
from agent.checkpoints import AWAY, is_away
from agent.state import Call
from agent.words import listed, safe
from audience.problems import MusterError

log = logging.getLogger(__name__)

TOOLS: Mapping[str, Action[Any]] = {
    each.name: each
    for each in (
        *campaign.ACTIONS,
        *draft.ACTIONS,
        *look.ACTIONS,
        *shelf.ACTIONS,
        *people.ACTIONS,
        *roles.ACTIONS,
    )
}
UNEXPECTED = "Something went wrong, and nothing was changed. Try again, or say it another way."


def schemas() -> list[dict[str, Any]]:
    """The tools as OpenAI-compatible models take them."""
    return [each.schema() for each in TOOLS.values() if not each.for_people]


def run(desk: Desk, call: Call) -> Outcome:
    """Run one tool call. What goes wrong is an outcome that leaves the campaign as it was.

    What only a click asks for is not there for anybody else, whatever a text told a model.
    """
    tool = TOOLS.get(call.tool)
    if tool is None or (tool.for_people and not desk.by_person):
        return _failed(desk, "unknown_tool", f"There is no tool called {safe(call.tool, 60)}.")
    try:
        arguments = tool.arguments.model_validate(call.arguments)
    except ValidationError as error:
        return _failed(desk, "invalid_arguments", f"{call.tool}: {_in_words(error)}")
    try:
        return tool.run(desk, arguments)
    except MusterError as error:
        text = safe(error.message, 600)
        if error.suggestions and not any(each in error.message for each in error.suggestions):
            text += f" There are: {listed([safe(each) for each in error.suggestions[:8]])}."
        return _failed(desk, error.code, text)
    except Exception as error:
        if is_away(error):
            log.warning("The tool %s failed: %s", call.tool, error)
            return _failed(desk, "store_unavailable", AWAY)
        log.exception("The tool %s failed.", call.tool)
        return _failed(desk, "unexpected", UNEXPECTED)


def _failed(desk: Desk, code: str, text: str) -> Outcome:
    return Outcome(desk.campaign, text, {"error": code}, failed=True, code=code)


def _in_words(error: ValidationError) -> str:
    found = [
        f"{'.'.join(str(step) for step in each['loc']) or 'arguments'}: {each['msg']}"
        for each in error.errors(include_url=False, include_input=False)
    ]
    return safe("; ".join(found[:5]), 400)
