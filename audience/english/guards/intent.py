"""Signs that a text asks for something other than an audience: to write, to chat, to run code, to obey.

These are signs from the shape of a request, not a table of known ones. Who decides knows more: whether
the words name fields of the workspace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from audience.english.guards.data import load
from audience.english.guards.phrases import Phrases

Reason = Literal["instructions", "code", "writing", "chat", "question", "action", "no_words"]
_REASONS: tuple[Reason, ...] = get_args(Reason)  # of several the first is told

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
_ADVICE = re.compile(
    r"^\W*(?:please |can you |could you )?(?:recommend|suggest)\s+(?:me |us )?(?:a|an|some|the)\s+"
    r"(?!(?:\w+\s+){0,2}(?:audience|audiences|segment|segments|group|groups|list|cohort)\b)\w",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"^\W*(?:and |so )?how many\b((?:\W+\w+){1,3})", re.IGNORECASE)
_DEALS = re.compile(r"\b(?:orders|seats)\b", re.IGNORECASE)
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
    amount = _HOW_MANY.search(text)
    if amount is not None and not speaks_of_people(_after(amount)):
        return OtherIntent("question", True, *amount.span())
    advice = _ADVICE.search(text)
    if advice is not None and speaks_of_people(text):  # "recommend a tariff for heavy users"
        return OtherIntent("question", True, *advice.span())
    sure = [
        (reason, match)
        for reason, match in _phrases("sure").found(text)
        if not (reason in ("writing", "code") and _speaks_of_people_before(match.end(), text))
    ]
    found = sure or list(_phrases("signs").found(text))
    if not found:
        return None
    reason, match = min(found, key=lambda each: _REASONS.index(each[0]))
    return OtherIntent(_REASONS[_REASONS.index(reason)], bool(sure), *match.span())


def asks(text: str) -> bool:
    """Whether `text` begins as a question that is none for people: "how can we …", "when did …"."""
    return any(True for _ in _phrases("asks").found(text))


def _after(amount: re.Match[str]) -> str:
    """What is asked to be counted: orders and seats are no people, though they may stand for them."""
    return _DEALS.sub("", amount.group(1))


def speaks_of_people(text: str) -> bool:
    """Whether `text` has a word for people, accounts or audiences, or a relative such as "who"."""
    return _speaks_of_people_before(len(text), text)


def _speaks_of_people_before(end: int, text: str) -> bool:
    """ "Make a list of customers who opened an email" writes nothing: the people come first."""
    return any(match.start() < end for _, match in _people().found(text))


@cache
def _phrases(kind: Literal["sure", "signs", "asks"]) -> Phrases:
    data = load("intent.yaml")
    return Phrases(data[kind], data["groups"])


@cache
def _people() -> Phrases:
    return Phrases({"people": ["{people}"]}, load("intent.yaml")["groups"])
