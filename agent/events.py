"""What the dialogue tells the page: small typed dicts, safe to send as JSON.

Every dict has a `type`. A page shows what it gets; it holds no rule and no truth of its own.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from typing_extensions import TypedDict

Stage = Literal["strategy", "audience", "fields", "conditions", "count", "review", "saved", "model"]
CardKind = Literal[
    "strategies",  # pick a strategy
    "approaches",  # the two approaches, locked or open
    "personas",  # pick 1 to 5
    "segments",  # what generate_segments made
    "question",  # text and options as buttons
    "draft",  # a draft that cannot be saved yet: conditions, unmatched words
    "saved",  # a success, with what was saved
    "audience",  # one saved audience: conditions and numbers
    "reach",  # how large an audience was day by day
    "audiences",  # saved audiences, Dynamic Plus used and left
    "fields",  # fields of the workspace
    "profiles",  # people found
    "profile",  # one person's traits and events
    "why",  # in or out, condition by condition
    "comparison",  # overlap of the draft with others
    "brief",  # the hand-over
    "examples",  # prompts to start from
    "terms",  # what an owner accepts before an outside model is used
    "audit",  # who did what, for owners
    "roles",  # what events are for, to see and to correct
]


class Progress(TypedDict):
    """Something that takes a moment. A stage is `running` once and then `done` or `failed`."""

    type: Literal["progress"]
    stage: Stage
    state: Literal["running", "done", "failed"]
    detail: str


class Token(TypedDict):
    """A piece of an answer that a model is still writing; the whole follows as a `message`."""

    type: Literal["token"]
    text: str


class Message(TypedDict):
    """What the assistant says, in Markdown; names and values in it are escaped."""

    type: Literal["message"]
    text: str


class Card(TypedDict):
    """A card. One of the same kind that stands already is out of date and is replaced."""

    type: Literal["card"]
    kind: CardKind
    props: dict[str, Any]


class Review(TypedDict):
    """The graph waits for the person's decision on the draft. An earlier review is out of date."""

    type: Literal["review"]
    interrupt_id: str
    props: dict[str, Any]


class Notice(TypedDict):
    """Something that the person should know and that is no answer: a refusal, an inert click."""

    type: Literal["notice"]
    level: Literal["info", "warning", "error"]
    code: str
    text: str


Event = Progress | Token | Message | Card | Review | Notice


class View(TypedDict):
    """Where a dialogue stands: what a page shows after a reload."""

    campaign: dict[str, Any]
    review: Review | None
    cards: list[Card]
    unfinished: bool
    """A process was killed in the middle of a turn; `Session.carry_on` finishes it."""


def progress(
    stage: Stage, state: Literal["running", "done", "failed"], detail: str = ""
) -> Progress:
    return {"type": "progress", "stage": stage, "state": state, "detail": detail}


def message(text: str) -> Message:
    return {"type": "message", "text": text}


def token(text: str) -> Token:
    return {"type": "token", "text": text}


def card(kind: CardKind, props: dict[str, Any]) -> Card:
    """`props` become plain JSON: tuples are lists."""
    return {"type": "card", "kind": kind, "props": json.loads(json.dumps(props))}


def review(interrupt_id: str, props: dict[str, Any]) -> Review:
    return {"type": "review", "interrupt_id": interrupt_id, "props": props}


def notice(level: Literal["info", "warning", "error"], code: str, text: str) -> Notice:
    return {"type": "notice", "level": level, "code": code, "text": text}
