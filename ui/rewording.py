"""What a review's Modify begins with: words for all that stands, or what is missing in them."""

from __future__ import annotations

from typing import Any

from tools.build_conditions import build
from tools.context import ToolContext
from workspace.settings import BUILTIN


def reworded(props: dict[str, Any], tools: ToolContext) -> dict[str, str]:
    """`text` to begin with; `missing` says what of the draft these words do not hold, if anything.

    A draft that one message made begins with that. Later messages are put behind the first, or the
    description is taken, where the same conditions come of it.
    """
    said = _said(props)
    if len(said) == 1 and not props["edited"]:
        return {"text": said[0], "missing": ""}
    joined = ", ".join(each.strip().rstrip(".,;") for each in said)
    for text in (joined, props["description"] or ""):
        if 0 < len(text) <= tools.settings.prompt_max and _means(text, props, tools):
            return {"text": text, "missing": ""}
    lost = [f"“{each}”" for each in said[1:]]
    if props["edited"]:
        lost.append("what was changed by hand")
    missing = f"These words do not hold {', '.join(lost)}. Add what should stay." if lost else ""
    return {"text": said[0] if said else "", "missing": missing}


def _said(props: dict[str, Any]) -> list[str]:
    """The messages that conditions come from."""
    turns = {
        place["turn"]
        for condition in props["conditions"]
        for place in (condition, *condition["later"])
        if place["spans"]
    }
    return [text for turn, text in enumerate(props["prompts"]) if turn in turns]


def _means(text: str, props: dict[str, Any], tools: ToolContext) -> bool:
    """Whether the built-in engine makes the same of it. A model is not asked: that takes long."""
    if tools.settings.model != BUILTIN:
        return False
    answer = build(tools, text, counts=False, audience_type=props["type"])
    return answer.status == "draft" and answer.query == props["query"]
