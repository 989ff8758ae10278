"""What a command is: the campaign in short, and what words are understood to mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agent.state import Call

Summary = Mapping[str, Any]
"""What `agent.summary.summary_of` gives."""


@dataclass(frozen=True)
class Talk:
    """Words that want words, and no tool."""

    topic: Literal["greeting", "thanks", "help", "status", "nothing"]


Understood = tuple[Call, ...] | Talk | None
Meaning = Callable[["re.Match[str]", Summary], Understood]

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_FILLERS = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "my",
        "and",
        "with",
        "for",
        "strategy",
        "persona",
        "personas",
        "audience",
        "segment",
        "segments",
        "saved",
    ]
)


def call(tool: str, **arguments: Any) -> Call:
    return Call(tool=tool, arguments=arguments)


def folded(text: str) -> str:
    """Only its words, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


def named(
    text: str, things: Sequence[Mapping[str, Any]], *, near: bool = True
) -> list[Mapping[str, Any]]:
    """The things whose name or key stands in `text`; or, `near`, the one that has all of its words."""
    said = f" {folded(text)} "
    found = [
        each
        for each in things
        if f" {folded(each['name'])} " in said or f" {folded(each['key'])} " in said
    ]
    words = {word for word in said.split() if word not in _FILLERS}
    if found or not near or not words:
        return found
    like = [each for each in things if words <= set(folded(each["name"]).split())]
    return like if len(like) == 1 else []
