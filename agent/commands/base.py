"""What a command is: the campaign in short, and what words are understood to mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agent.state import Call

Topic = Literal[
    "greeting",
    "thanks",
    "bye",
    "help",
    "status",
    "nothing",
    "draft",
    "term",
    "own term",
    "handing on",
]
Summary = Mapping[str, Any]
"""What `agent.summary.summary_of` gives."""


@dataclass(frozen=True)
class Talk:
    """Words that want words, and no tool."""

    topic: Topic
    about: str = ""


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
    """The things whose name or key stands in `text`; or, `near`, the one that has all of its words.

    Articles and plurals do not matter.
    """
    said = f" {_bare(text)} "
    found = [
        each
        for each in things
        if f" {_bare(each['name'])} " in said or f" {_bare(each['key'])} " in said
    ]
    words = {word for word in said.split() if word not in _FILLERS}
    if found or not near or not words:
        return found
    like = [each for each in things if words <= set(_bare(each["name"]).split())]
    return like if len(like) == 1 else []


def unnamed(text: str, things: Sequence[Mapping[str, Any]]) -> list[str]:
    """The parts of an enumeration that name none of the things: they must not be lost."""
    parts = [each.strip() for each in re.split(r",|\band\b|&|\+", text, flags=re.I)]
    return [
        each for each in parts if set(_bare(each).split()) - _FILLERS and not named(each, things)
    ]


def _bare(text: str) -> str:
    """Its words in lower case and the singular, without articles."""
    words = (word for word in folded(text).split() if word not in ("the", "a", "an"))
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
    )
