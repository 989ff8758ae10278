"""One answer of a chat model: asked for with patience, whole, metered, and in the person's own words."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage, ToolMessage

from agent.builtin import BuiltinChatModel
from agent.discretion import WITHHELD
from agent.own_words import in_own_words
from agent.toolbox import schemas
from tools.context import ToolContext
from tools.modelling.client import OR_ELSE, ModelUnavailable, record
from tools.modelling.patience import patience
from tools.modelling.spending import Spent, spend
from tools.modelling.tracing import traced
from workspace.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

PRIVATE = "private"
"""Marks a message that quotes somebody's data: it was shown to the person, and no other is told."""
TOLD_ELSEWHERE = "told_elsewhere"
"""On a message that says more here than elsewhere: what it says there."""


async def answer_of(
    model: BaseChatModel, history: Sequence[BaseMessage], context: ToolContext
) -> AIMessage:
    """The model's next words or tool calls. What it took is metered.

    Raises `tools.modelling.client.ModelUnavailable`, and what the client of a model raises.
    """
    if isinstance(model, BuiltinChatModel):  # whoever asks others from there does all this itself
        return await model.bind_tools(schemas()).ainvoke(list(history))
    from langchain_openai import ChatOpenAI

    assert isinstance(model, ChatOpenAI)
    assert model.http_async_client is not None
    try:
        answer = await _asked(model, history, context.settings)
    finally:
        await model.http_async_client.aclose()
    return in_own_words(answer, history)


def without_persons(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """The messages as a model elsewhere may have them."""
    private = {
        each.tool_call_id
        for each in messages
        if isinstance(each, ToolMessage) and _is_private(each)
    }
    return [_withheld(each, private) for each in messages]


def quotes_a_person(messages: Sequence[BaseMessage]) -> bool:
    """Whether the newest tool results do; so does, then, what is said of them."""
    for each in reversed(messages):
        if not isinstance(each, ToolMessage):
            return False
        if _is_private(each):
            return True
    return False


async def _asked(
    model: ChatOpenAI, history: Sequence[BaseMessage], settings: Settings
) -> AIMessage:
    from tenacity import AsyncRetrying

    bound = model.bind_tools(schemas())
    told = without_persons(history)

    async def once() -> AIMessage:
        started = time.monotonic()
        with traced(settings, "tools") as span:
            answer = await bound.ainvoke(told)
            spent = _spent(answer, time.monotonic() - started)
            span(spent)
        await asyncio.to_thread(spend, settings, spent)
        return answer

    answer: AIMessage = await AsyncRetrying(**patience(settings))(once)
    fault = _fault(answer)
    record(settings, failure=bool(fault))
    if fault:
        raise ModelUnavailable(f"{settings.model} {fault}. {OR_ELSE}")
    return answer


def _fault(answer: AIMessage) -> str:
    """What is wrong with an answer that came; empty for a good one."""
    reason = answer.response_metadata.get("finish_reason")
    if reason in (None, "length"):
        return "gave an answer that was cut off"
    if answer.invalid_tool_calls:
        return "gave an answer that cannot be read"
    if not answer.tool_calls and not str(answer.text).strip():
        return "gave an empty answer"
    return ""


def _spent(answer: AIMessage, seconds: float) -> Spent:
    usage: dict[str, Any] = dict(answer.usage_metadata or {})
    return Spent(1, usage.get("input_tokens", 0), usage.get("output_tokens", 0), seconds)


def _is_private(message: ToolMessage) -> bool:
    return bool((message.artifact or {}).get(PRIVATE))


def _withheld(message: BaseMessage, private: Set[str | None]) -> BaseMessage:
    """`private`: the calls whose results are."""
    if isinstance(message, ToolMessage) and _is_private(message):
        content = json.dumps({"summary": WITHHELD, "data": {}})
        return message.model_copy(update={"content": content})
    if isinstance(message, SystemMessage) and TOLD_ELSEWHERE in message.additional_kwargs:
        content = message.additional_kwargs[TOLD_ELSEWHERE]
        return message.model_copy(update={"content": content, "additional_kwargs": {}})
    if not isinstance(message, AIMessage):
        return message
    changes: dict[str, Any] = {}
    if message.additional_kwargs.get(PRIVATE) and message.text:
        changes |= {"content": WITHHELD, "additional_kwargs": {}}
    if any(each["id"] in private for each in message.tool_calls):
        changes["tool_calls"] = [
            each | {"args": {}} if each["id"] in private else each for each in message.tool_calls
        ]
    return message.model_copy(update=changes) if changes else message
