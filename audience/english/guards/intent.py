"""Signs that a text asks for something other than an audience: to write, to chat, to run code, to obey.

These are signs from the shape of a request, not a table of known ones. Who decides knows more: whether
the words name fields of the workspace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audience.english.guards.data import load
from audience.english.guards.phrases import compiled

Reason = Literal["instructions", "writing", "code", "chat", "action", "question", "no_words"]

_SQL = re.compile(
    r"""\bselect\s+(?:distinct\s+)?(?:\*|[\w.]+\s*\(|[\w.]+\s*,|[\w.]+\.[\w.]+).{0,200}?\bfrom\s+\w
      | \binsert\s+into\s+\w+\s*(?:\(|values\b|select\b)
      | \bdelete\s+from\s+\w+\s*(?:where\b|;|$)
      | \bupdate\s+\w+\s+set\s+\w+\s*=
      | \b(?:drop|truncate|alter|create)\s+(?:table|database|schema|view)\b
      | \bunion\s+(?:all\s+)?select\b
      | (?:'|")\s*(?:or|and)\s+['"]?1['"]?\s*=\s*['"]?1
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CODE = re.compile(
    r"""<\s*/?\s*(?:script|html|body|div|img|iframe|svg)\b | \bdef\s+\w+\s*\( | \bfunction\s*\w*\s*\( | \bconsole\.log\b | \bprint\s*\(
      | ^\s*import\s+[\w.]+\s*(?:;|$|\bas\b) | \bfrom\s+[\w.]+\s+import\b | \bcurl\s+-?\S*https?:// | \brm\s+-rf\b | \$\{[^}]{1,80}\} | \{\{[^}]{1,80}\}\}
      | => \s*\{ | \bSystem\.out\b | \#include\b | ;\s*--
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class OtherIntent:
    """What a text seems to ask for, and the words at `[start, end)` that say so.

    `sure` stands whatever else is said. Otherwise it is only a sign: words that name people, events or
    fields outweigh it.
    """

    reason: Reason
    sure: bool
    start: int
    end: int


def not_an_audience(text: str) -> OtherIntent | None:
    """The first sign that `text` asks for something else than an audience, or None."""
    if not _LETTER.search(text):
        return OtherIntent("no_words", True, 0, len(text))
    code = _SQL.search(text) or _CODE.search(text)
    if code is not None:
        return OtherIntent("code", True, *code.span())
    people = _people().search(text)
    for reason, pattern in _patterns("sure"):
        match = pattern.search(text)
        if match is not None and not (people and _only_speaks_of(reason, match, text)):
            return OtherIntent(reason, True, *match.span())
    for reason, pattern in _patterns("signs"):
        match = pattern.search(text)
        if match is not None:
            return OtherIntent(reason, False, *match.span())
    return None


def speaks_of_people(text: str) -> bool:
    """Whether `text` has a word for people, accounts or audiences, or a relative such as "who"."""
    return _people().search(text) is not None


def _only_speaks_of(reason: Reason, match: re.Match[str], text: str) -> bool:
    """ "Make a list of customers who opened an email" writes nothing: the people come first."""
    if reason not in ("writing", "code"):
        return False
    first = _people().search(text)
    return first is not None and first.start() < match.end()


@cache
def _patterns(kind: Literal["sure", "signs"]) -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    data = load("intent.yaml")
    return tuple(
        (reason, compiled(phrases, data["groups"])) for reason, phrases in data[kind].items()
    )


@cache
def _people() -> re.Pattern[str]:
    return compiled(["{people}"], load("intent.yaml")["groups"])
