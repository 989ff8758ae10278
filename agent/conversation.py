"""What a model is given: its instructions, the campaign, and the newest part of what was said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage

from agent.discretion import as_told_elsewhere
from agent.speaking import TOLD_ELSEWHERE
from agent.state import Campaign
from agent.summary import summary_of
from tools.context import ToolContext
from tools.prompt_files import prompt
from workspace.settings import BUILTIN

MOST_MESSAGES = 40
MOST_CHARACTERS = 4_000  # of one tool result


def conversation(
    messages: Sequence[AnyMessage], campaign: Campaign, context: ToolContext
) -> list[AnyMessage]:
    """The system message with the campaign as JSON, then the newest messages from a person's on."""
    summary = summary_of(campaign, context)
    system = SystemMessage(_instructions(summary))
    if context.settings.model != BUILTIN:
        elsewhere = as_told_elsewhere(summary, campaign, context)
        system.additional_kwargs[TOLD_ELSEWHERE] = _instructions(elsewhere)
    return [system, *_newest(_answered(messages))]


def newest_turn(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The instructions, and what came since the person spoke last."""
    places = [place for place, each in enumerate(messages) if isinstance(each, HumanMessage)]
    return [messages[0], *messages[max(1, places[-1] if places else 1) :]]


def _instructions(summary: dict[str, Any]) -> str:
    told = json.dumps(summary, ensure_ascii=False)
    return prompt("dialogue").replace("{campaign}", told)


def _answered(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Without tool calls that were never answered: a run that was stopped left them behind."""
    answers = {each.tool_call_id for each in messages if isinstance(each, ToolMessage)}
    kept: list[AnyMessage] = []
    for each in messages:
        if isinstance(each, AIMessage) and any(
            call["id"] not in answers for call in each.tool_calls
        ):
            continue
        if isinstance(each, AIMessage):
            each = _without_names(each)
        kept.append(_shortened(each) if isinstance(each, ToolMessage) else each)
    return kept


def _without_names(message: AIMessage) -> AIMessage:
    """What people are looked up by may be somebody's name: no model is told."""
    if not any(call["name"] == "find_profiles" for call in message.tool_calls):
        return message
    calls = [
        call | {"args": {}} if call["name"] == "find_profiles" else call
        for call in message.tool_calls
    ]
    return message.model_copy(update={"tool_calls": calls})


def _shortened(message: ToolMessage) -> ToolMessage:
    content = str(message.content)
    if len(content) <= MOST_CHARACTERS:
        return message
    summary = json.loads(content)["summary"]
    return message.model_copy(
        update={"content": json.dumps({"summary": summary, "data": "left out: too long"})}
    )


def _newest(messages: list[AnyMessage]) -> list[AnyMessage]:
    start = max(0, len(messages) - MOST_MESSAGES)
    while start > 0 and not isinstance(messages[start], HumanMessage):
        start -= 1
    return messages[start:]
