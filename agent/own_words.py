"""What an outside model hands to the tools is what the person said, neither less nor something else.

A model that shortens a description makes the audience wider, and one that obeys text hidden in a field
would make another one. So its descriptions are held against the person's words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall

from agent.builtin import campaign_in
from agent.commands import understood
from audience.english.sentence import frame_words
from audience.english.tokens import tokens

_BUILD, _BY_HAND = "build_conditions", "edit_conditions"
_MEANT = ("negations", "or", "except", "only")  # frames whose words are never left out unseen


def in_own_words(answer: AIMessage, messages: Sequence[BaseMessage]) -> AIMessage:
    """The answer, in which descriptions that lost or gained a word are the person's own ones again.

    A query may be given by hand only where the person wrote it; else the words are built.
    """
    calls = [_by_words(each, messages) for each in answer.tool_calls]
    builds = [each for each in calls if each["name"] == _BUILD]
    if builds:
        said = _described(messages)
        given = {stem for each in builds for stem in _content(_prompt(each))}
        others = {stem for each in calls if each not in builds for stem in _content(_words(each))}
        known = {stem for text in _all_said(messages) for stem in _content(text)}
        lost, added = _content(said) - given - others, given - known
        if lost or added:
            first = builds[0] | {"args": builds[0]["args"] | {"prompt": said}}
            calls = [first if each is builds[0] else each for each in calls]
            calls = [each for each in calls if each is first or each["name"] != _BUILD]
    return answer if calls == answer.tool_calls else AIMessage(answer.content, tool_calls=calls)


def _by_words(call: ToolCall, messages: Sequence[BaseMessage]) -> ToolCall:
    if call["name"] != _BY_HAND:
        return call
    query = " ".join(str(call["args"].get("query", "")).split())
    if any(query in " ".join(text.split()) for text in _all_said(messages)):
        return call
    return ToolCall(name=_BUILD, args={"prompt": _described(messages)}, id=call["id"])


def _described(messages: Sequence[BaseMessage]) -> str:
    """What of the newest words describes people: without a command around it."""
    said = [*_all_said(messages), ""][0]
    meant = understood(said, campaign_in(messages))
    for each in meant if isinstance(meant, tuple) else ():
        if each.tool == _BUILD:
            return str(each.arguments["prompt"])
    return said


def _all_said(messages: Sequence[BaseMessage]) -> Iterator[str]:
    """What the person said, the newest first."""
    return (str(each.text) for each in reversed(messages) if isinstance(each, HumanMessage))


def _prompt(call: ToolCall) -> str:
    return str(call["args"].get("prompt", ""))


def _words(call: ToolCall) -> str:
    arguments: dict[str, Any] = call["args"]
    return f"{call['name']} {json.dumps(arguments, ensure_ascii=False)}"


def _content(text: str) -> frozenset[str]:
    """The stems of the words and numbers that say something."""
    return frozenset(each.stem for each in tokens(text) if each.is_word and each.low not in _idle())


@cache
def _idle() -> frozenset[str]:
    kinds = frame_words()
    idle = kinds["empty"] | kinds["and"] | kinds["subjects.users"] | kinds["subjects.accounts"]
    return frozenset(idle).difference(*(kinds[each] for each in _MEANT))
