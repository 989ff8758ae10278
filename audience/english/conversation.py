"""A conversation folded into one reading: each prompt describes, refines or answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audience.english.engine import read_prompt
from audience.english.reading import Question, Reading, Request
from audience.english.subject import begins_with_subject

_CHANGES = re.compile(
    r"^\W*(please |now |then )*(and|or|but|also|plus|exclude|excluding|except|without|not|minus|only|just|drop|remove"
    r"|leave|make (it|that)|change|instead|same|limit|narrow|raise|lower|extend)\b",
    re.IGNORECASE,
)


def converse(prompts: Sequence[str], request: Request) -> Reading:
    """The reading of the last prompt, in the conversation that the earlier ones make.

    `request.prompt` is ignored; `request.draft` and `request.turn` are where it starts.
    """
    draft, reading = request.draft, None
    for place, prompt in enumerate(prompts):
        turn = request.turn + place
        own = replace(request, prompt=prompt, draft=draft, turn=turn)
        refused = reading is not None and reading.status == "refused"
        if refused and draft is None and _changes_something(own):
            reading = _NOTHING_YET
            continue
        reading = read_prompt(own)
        if reading.next is not None:
            draft = reading.next
    if reading is None:
        raise ValueError("A conversation needs at least one prompt.")
    return reading


def _changes_something(request: Request) -> bool:
    """Whether a prompt only makes sense as a change to what came before it."""
    text = request.prompt
    return _CHANGES.match(text) is not None and not begins_with_subject(text, request.catalog)


_NOTHING_YET = Reading(
    "clarify",
    None,
    question=Question(
        "What was asked before could not be built, so there is nothing to change yet."
        " Describe the whole audience."
    ),
)
