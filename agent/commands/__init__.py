"""What the person wants, read from plain words: commands around the job, for the built-in model.

`understood` gives tool calls, or a `Talk` for small talk, or None for words that are no command: those
describe people, and are the English engine's to read.
"""

from __future__ import annotations

import re

from agent.commands.answers import answered
from agent.commands.base import Summary, Talk, Understood
from agent.commands.correcting import corrected
from agent.commands.rules import RULES

__all__ = ["Summary", "Talk", "Understood", "understood"]

_POLITE = re.compile(
    r"^(?:(?:please|ok(?:ay)?|so|now|then|well|great|good|fine|right|alright|and|also|actually|yes|yeah|oh|hmm+"
    r"|could you|can you|would you|will you|help me(?: to)?|i need(?: you)? to|how about we|why don'?t (?:we|you)"
    r"|(?:is it possible|i(?:'m| am) trying) to|can i|could i|may i|can we|could we"
    r"|i(?:'d| would) like(?: you)? to|i want(?: you)? to|i wanna|let'?s|let me|just|tell me|show me"
    r"|give me|go ahead and)[\s,]+)+",
    re.IGNORECASE,
)
_END = re.compile(r"(?:[\s,]+(?:please|thanks|thank you|for me|now))*[\s.!?]*$", re.IGNORECASE)
_PARTS = re.compile(
    r"\s*(?:[,;]\s*(?:and\s+)?(?:then\s+)?|\.\s+|\s+and\s+(?:then\s+)?|\s+then\s+)", re.I
)


def understood(text: str, summary: Summary) -> Understood:
    """The commands in `text`, in order, given the campaign as it stands."""
    answer = answered(text.strip(), summary)
    return answer or _several(text, summary) or _command(text, summary)


def _several(text: str, summary: Summary) -> Understood:
    """ "Do this and do that", where each half is a command of its own."""
    for gap in _PARTS.finditer(text):
        first = _command(text[: gap.start()], summary)
        if not isinstance(first, tuple):
            continue
        rest = understood(text[gap.end() :], summary)
        if isinstance(rest, tuple):
            return (*first, *rest)
    return None


def _command(text: str, summary: Summary) -> Understood:
    bare = _END.sub("", text).strip()
    asked = _POLITE.sub("", bare).strip()
    for words in dict.fromkeys((bare, asked, corrected(bare), corrected(asked))):
        for pattern, meaning in RULES:
            match = pattern.fullmatch(words)
            if match is not None:
                meant = meaning(match, summary)
                if meant is not None:
                    return meant
    return None
