"""A conversation folded into one reading: each prompt describes, refines or answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.engine import read_prompt
from audience.english.reading import Reading, Request


def converse(prompts: Sequence[str], request: Request) -> Reading:
    """The reading of the last prompt, in the conversation that the earlier ones make.

    `request.prompt` is ignored; `request.draft` and `request.turn` are where it starts.
    """
    draft, reading = request.draft, None
    for place, prompt in enumerate(prompts):
        turn = request.turn + place
        reading = read_prompt(replace(request, prompt=prompt, draft=draft, turn=turn))
        if reading.next is not None:
            draft = reading.next
    if reading is None:
        raise ValueError("A conversation needs at least one prompt.")
    return reading
