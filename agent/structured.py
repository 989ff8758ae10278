"""A dialogue with a model whose server takes no tools, or that is too small for many of them.

Commands are understood by rules first, as the built-in model does. What is left is put to the model
with one line for each tool, and its answer is held to JSON that is a tool call or a short text. What
tools have returned is told by rules again: a small model would only say it worse.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
)
from pydantic import ValidationError

from agent.builtin import BuiltinChatModel, asked, campaign_in
from agent.commands import Summary, understood
from agent.own_words import in_own_words
from agent.speaking import without_persons
from agent.toolbox import TOOLS, schemas
from tools.modelling.client import Message, Shape, ask, request
from tools.modelling.servers import server_as_known
from tools.prompt_files import prompt
from workspace.settings import Settings

MOST_TOKENS = 200
_SAID = 4  # of the newest messages are shown
_LETTERS = 300  # of each
_SHOWN = ("strategies", "strategy", "approach", "personas", "selected_personas", "segments", "draft", "question", "audiences")  # fmt: skip


class StructuredChatModel(BuiltinChatModel):
    """Chooses tools by answers of a form where the rules do not understand what was said."""

    settings: Settings
    reads: Callable[[str, str | None], bool]
    """Whether the built-in engine reads words fully, as a description or as a change to a query."""

    @property
    def _llm_type(self) -> str:
        return "muster-structured"

    def _meant(self, text: str, messages: Sequence[BaseMessage], summary: Summary) -> AIMessage:
        if self.settings.builtin_first and self._is_clear(text, summary):
            return asked(text, summary)
        reply = ask(self.settings, request_messages(messages), _shape(), most=MOST_TOKENS)
        return in_own_words(_step(reply.text, text, summary), messages)

    def _is_clear(self, text: str, summary: Summary) -> bool:
        return understood(text, summary) is not None or self.reads(text, _query(summary))


def _query(summary: Summary) -> str | None:
    draft = summary.get("draft")
    return draft.get("query") if isinstance(draft, dict) else None


def request_body(settings: Settings, messages: Sequence[BaseMessage]) -> dict[str, Any]:
    """The request for the next step, as it is sent."""
    form = server_as_known(settings).form
    return request(settings, request_messages(messages), _shape(), form, MOST_TOKENS)


def request_messages(messages: Sequence[BaseMessage]) -> list[Message]:
    """What is sent: the tools in a line each, the campaign, and what was said last."""
    told = without_persons(messages)
    summary = campaign_in(told)
    shown = {key: summary[key] for key in _SHOWN if summary.get(key)}
    lines = []
    for each in told[-_SAID:]:
        if isinstance(each, SystemMessage | ToolMessage) or not str(each.text).strip():
            continue
        who = "Person" if isinstance(each, HumanMessage) else "Muster"
        lines.append(f"{who}: {str(each.text)[:_LETTERS]}")
    said = "\n".join(lines)
    campaign = json.dumps(shown, ensure_ascii=False)
    return [
        {"role": "system", "content": prompt("choose_tool").replace("{tools}", _tools())},
        {"role": "user", "content": f"The campaign:\n{campaign}\n\n{said}"},
    ]


def _tools() -> str:
    lines = []
    for each in schemas():
        function = each["function"]
        arguments = ", ".join(function["parameters"]["properties"])
        first = str(function["description"]).split(". ")[0].split("\n")[0].rstrip(".")
        lines.append(f"- {function['name']}({arguments}): {first}")
    return "\n".join(lines)


def _shape() -> Shape:
    """A call of one of the tools with its own arguments, or a text. JSON for every kind of server."""
    calls = [
        {
            "type": "object",
            "properties": {
                "tool": {"const": each["function"]["name"]},
                "arguments": _closed(each["function"]["parameters"]),
            },
            "required": ["tool", "arguments"],
            "additionalProperties": False,
        }
        for each in schemas()
    ]
    said = {
        "type": "object",
        "properties": {"say": {"type": "string", "maxLength": 400}},
        "required": ["say"],
        "additionalProperties": False,
    }
    schema = {"anyOf": [*calls, said]}
    return Shape(f"start: %json {json.dumps(schema)}\n", schema)


def _closed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {}, **parameters, "additionalProperties": False}


def _step(answer: str, text: str, summary: Summary) -> AIMessage:
    """The tool call, or the words; an answer of no form, or a call that no tool takes, is taken as a
    description of people: nobody who reads of missing arguments could mend them."""
    try:
        found = json.loads(answer)
    except ValueError:
        return asked(text, summary)
    if not isinstance(found, dict):
        return asked(text, summary)
    if isinstance(found.get("say"), str) and found["say"].strip():
        return AIMessage(found["say"].strip())
    arguments = found.get("arguments")
    if not isinstance(arguments, dict) or not _can_be_called(found.get("tool"), arguments):
        return asked(text, summary)
    if found["tool"] == "build_conditions":
        arguments = {
            **arguments,
            "prompt": text,
        }  # the person's own words, whatever it made of them
    call = ToolCall(
        name=found["tool"], args=arguments, id=f"structured_{uuid4().hex[:12]}", type="tool_call"
    )
    return AIMessage("", tool_calls=[call])


def _can_be_called(tool: Any, arguments: Mapping[str, Any]) -> bool:
    """Whether a tool of this name is offered, and takes these arguments."""
    action = TOOLS.get(tool) if isinstance(tool, str) else None
    if action is None or action.for_people:
        return False
    try:
        action.arguments.model_validate(arguments)
    except ValidationError:
        return False
    return True
