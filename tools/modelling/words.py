"""Which words of a prompt each condition of a model comes from, and which words none accounts for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from audience.english.reading import Unmatched
from audience.english.sentence import frame_words
from audience.english.tokens import tokens
from audience.query import Span

_LINE = re.compile(r"\s*(\d{1,2})\s*[:.)]\s*(.+)")
_FRAMES = (
    "empty", "subjects.users", "subjects.accounts", "relatives", "negations", "and", "or", "but",
    "except", "only", "everybody", "unmarked", "missing",
)  # fmt: skip


def quoted(text: str, answer: str, count: int) -> list[tuple[Span, ...]]:
    """The places of the quotes in `answer`, for each of `count` conditions; invented quotes are none."""
    spans: list[list[Span]] = [[] for _ in range(count)]
    for line in answer.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None or not 1 <= int(match[1]) <= count:
            continue
        for quote in match[2].split("|"):
            span = _place(text, quote.strip().strip("\"'“”‘’`"))
            if span is not None:
                spans[int(match[1]) - 1].append(span)
    return [tuple(sorted(set(each))) for each in spans]


def left_over(text: str, spans: Sequence[Span]) -> tuple[Unmatched, ...]:
    """The content words that stand in no span, neighbours together."""
    found: list[Unmatched] = []
    after = 0
    for token in tokens(text):
        inside = any(span.start <= token.start and token.end <= span.end for span in spans)
        if inside or not _says_something(token.low, token.is_word):
            continue
        if found and not text[after : token.start].strip():
            found[-1] = Unmatched(text[found[-1].start : token.end], found[-1].start, token.end)
        else:
            found.append(Unmatched(token.text, token.start, token.end))
        after = token.end
    return tuple(found)


def _place(text: str, quote: str) -> Span | None:
    if not quote:
        return None
    start = text.casefold().find(quote.casefold())
    if start < 0 or len(text.casefold()) != len(text):
        return None
    return Span(start, start + len(quote))


def _says_something(low: str, is_word: bool) -> bool:
    if not is_word:
        return False
    return low not in _empty() and not any(low in frame_words().get(name, ()) for name in _FRAMES)


@cache
def _empty() -> frozenset[str]:
    text = files(__package__).joinpath("empty_words.yaml").read_text("utf-8")
    languages: dict[str, list[str]] = yaml.safe_load(text)
    return frozenset(
        token.low for words in languages.values() for word in words for token in tokens(str(word))
    )
