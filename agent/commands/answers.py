"""Answers to an open question, in the person's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.commands.base import ORDINALS, Summary, call
from agent.state import Call

_YES = re.compile(
    r"(?:yes|y|yep|yeah|sure|ok|okay|go ahead|do it|please do|yes,? (?:please|go ahead|do it))[.! ]*",
    re.I,
)
_NO = re.compile(
    r"(?:no|n|nope|don'?t|never ?mind|cancel|stop|keep (?:it|them|the draft)(?: as (?:it is|they are))?"
    r"|no,? (?:thanks|thank you|don'?t|keep it))[.! ]*",
    re.I,
)


def answered(text: str, summary: Summary) -> tuple[Call, ...] | None:
    """The option that `text` chooses; None when it is no answer, or nothing is asked."""
    question = summary["question"]
    if not question:
        return None
    index = _option(text, question["options"])
    return None if index is None else (call("answer_question", option=index),)


def _option(text: str, options: Sequence[str]) -> int | None:
    plain = text.strip().strip(".!\"'“”").casefold()
    for index, option in enumerate(options):
        if plain == option.casefold():
            return index
    number = re.fullmatch(r"(?:option |number |the |#)?\s*(\d{1,2}|\w+?)(?: one| option)?", plain)
    if number is not None:
        chosen = number[1]
        if chosen.isdigit() and 1 <= int(chosen) <= len(options):
            return int(chosen) - 1
        if chosen in ORDINALS and ORDINALS.index(chosen) < len(options):
            return ORDINALS.index(chosen)
    if options and options[0].casefold().startswith("yes") and _YES.fullmatch(text):
        return 0
    if options and options[-1].casefold().startswith(("no", "never mind")) and _NO.fullmatch(text):
        return len(options) - 1
    starting = [i for i, option in enumerate(options) if option.casefold().startswith(plain)]
    return starting[0] if len(plain) >= 3 and len(starting) == 1 else None
