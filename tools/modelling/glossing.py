"""A prompt in another language, word by word in English: only to find what its words may name.

It is no translation. A word that is not known stays as it is, and every word knows the words of the
prompt that it stands for, so that what the dictionaries find in the gloss points into the prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from audience.english.tokens import Token, normal, tokens
from audience.query import Span

_STEMMERS = {"es": "spanish", "fr": "french", "de": "german", "pt": "portuguese"}


@dataclass(frozen=True)
class Gloss:
    """`pieces`: place in `text`, and the place in the prompt that it stands for."""

    text: str
    pieces: tuple[tuple[Span, Span], ...]

    def back(self, span: Span) -> Span:
        """Where the prompt says what `span` of the gloss says."""
        return _across(span, self.pieces)

    def here(self, span: Span) -> Span:
        """Where the gloss says what `span` of the prompt says."""
        return _across(span, [(mine, other) for other, mine in self.pieces])


def gloss(prompt: str, language: str | None) -> Gloss | None:
    """None for English, and for a language whose words are not known here."""
    if language not in _STEMMERS:
        return None
    text, pieces = "", []
    for said, place in _said(prompt, language):
        if not said:
            continue
        start = len(text) + (1 if text else 0)
        text = f"{text} {said}" if text else said
        pieces.append((Span(start, len(text)), place))
    return Gloss(text, tuple(pieces))


def _said(prompt: str, language: str) -> Iterator[tuple[str, Span]]:
    phrases, words, stem = _known(language)
    found = list(tokens(prompt))
    longest = max(map(len, phrases), default=1)
    place = 0
    while place < len(found):
        for length in range(min(longest, len(found) - place), 0, -1):
            part = tuple(each.low for each in found[place : place + length])
            if part in phrases:
                yield phrases[part], Span(found[place].start, found[place + length - 1].end)
                place += length
                break
        else:
            token = found[place]
            yield _word(token, words, stem), Span(token.start, token.end)
            place += 1


def _word(token: Token, words: Mapping[str, str], stem: Callable[[str], str]) -> str:
    if not token.is_word:
        return token.text
    country = _countries().get(token.low)
    return words.get(token.low) or words.get(stem(token.low)) or country or token.text


def _across(span: Span, pairs: list[tuple[Span, Span]] | tuple[tuple[Span, Span], ...]) -> Span:
    met = [there for here, there in pairs if here.start < span.end and span.start < here.end]
    if not met:
        return Span(0, 0)
    return Span(min(each.start for each in met), max(each.end for each in met))


@cache
def _known(
    language: str,
) -> tuple[Mapping[tuple[str, ...], str], Mapping[str, str], Callable[[str], str]]:
    """Phrases by their words, words by themselves and by their stems, and the stemmer."""
    import snowballstemmer

    stemmed = snowballstemmer.stemmer(_STEMMERS[language]).stemWord
    text = files(__package__).joinpath("counterparts.yaml").read_text("utf-8")
    said = yaml.safe_load(text)[language]
    phrases = {tuple(t.low for t in tokens(key)): value for key, value in said["phrases"].items()}
    words = {stemmed(normal(key)): value for key, value in said["words"].items()}
    words |= {normal(key): value for key, value in said["words"].items()}
    return phrases, words, stemmed


@cache
def _countries() -> Mapping[str, str]:
    """A country's name in the languages that are known here → its English name."""
    from babel import Locale

    english = Locale("en").territories
    return {
        normal(name): english[code]
        for language in _STEMMERS
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code in english
    }
