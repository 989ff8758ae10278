"""The built-in chat model: deterministic, without network or key, and it speaks the same tool calls.

It sees what any model sees: the instructions with the campaign in them, and the messages. Commands
become tool calls; every other sentence is taken for a description and handed, unchanged, to
build_conditions. What it says is what tools have returned, and an offer of the next step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
)
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from agent.commands import Summary, Talk, understood
from agent.offers import next_step, talk
from agent.state import Call


class BuiltinChatModel(BaseChatModel):
    """Answers from rules alone."""

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """It knows its tools; nothing has to be bound."""
        return self

    @property
    def _llm_type(self) -> str:
        return "muster-builtin"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        summary = campaign_in(messages)
        last = messages[-1]
        if isinstance(last, ToolMessage):
            answer = AIMessage(told(messages, summary))
        elif isinstance(last, HumanMessage):
            answer = self._meant(str(last.text), messages, summary)
        else:
            answer = AIMessage(talk("status", summary))
        return ChatResult(generations=[ChatGeneration(message=answer)])

    def _meant(self, text: str, messages: Sequence[BaseMessage], summary: Summary) -> AIMessage:
        """The answer to what the person said last."""
        return asked(text, summary)


def campaign_in(messages: Sequence[BaseMessage]) -> Summary:
    """The campaign that stands between its marks in the instructions."""
    system = next(each for each in messages if isinstance(each, SystemMessage))
    text = str(system.text).split("<campaign>\n", 1)[1].rsplit("\n</campaign>", 1)[0]
    summary: Summary = json.loads(text)
    return summary


def asked(text: str, summary: Summary) -> AIMessage:
    """The tool calls that the words ask for; a description of people where they are no command."""
    meant = understood(text, summary)
    if isinstance(meant, Talk):
        return AIMessage(talk(meant.topic, summary, meant.about))
    calls = meant or (Call(tool="build_conditions", arguments={"prompt": text}),)
    return AIMessage(
        "",
        tool_calls=[
            ToolCall(
                name=each.tool,
                args=each.arguments,
                id=f"builtin_{uuid4().hex[:12]}",
                type="tool_call",
            )
            for each in calls
        ],
    )


def told(messages: Sequence[BaseMessage], summary: Summary) -> str:
    """What the tools have returned since the person spoke, and the next step."""
    texts: list[str] = []
    last = ""
    for each in reversed(messages):
        if not isinstance(each, ToolMessage):
            break
        told = str(json.loads(str(each.content))["summary"])
        texts.extend([told] if told else [])
        last = last or str(each.name)
    offer = next_step(last, summary)
    return "\n\n".join([*reversed(texts), *([offer] if offer else [])])
