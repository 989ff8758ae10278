"""Words with their place in the text, their base form and their stem."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from audience.english.data import load

_SIZES = r"(?i:gb|mb|tb|kb|km|kg|kwh|lbs)\b"  # glued to a number: "5gb"
_PIECES = re.compile(
    rf"(?P<measured>\d+(?={_SIZES}))|(?P<word>\b(?:i\.e|e\.g)\b\.?|[^\W_]+(?:['’][^\W\d_]+)*)|(?P<symbol>>=|<=|==|!=|&&|\|\||[^\w\s])",
    re.UNICODE,
)
_BETWEEN = re.compile(r"[\W_]+")
_NAME_WORDS = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_CAMEL = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d{2,})"
    rf"|(?<=\d)(?={_SIZES})"
)


@dataclass(frozen=True)
class Token:
    """A word or a symbol of the text, `[start, end)`."""

    text: str
    low: str  # lower case, straight apostrophe, no possessive, no accents
    stem: str
    start: int
    end: int
    line: int
    is_word: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Words, numbers and symbols of `text`, in order; underscores and white space part them."""
    found = []
    line, last = 0, 0
    for match in _PIECES.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        raw = match.group()
        is_word = match.lastgroup != "symbol"
        low = normal(raw) if is_word else raw
        found.append(
            Token(
                raw, low, stem(low) if is_word else raw, match.start(), match.end(), line, is_word
            )
        )
    return tuple(found)


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """Lower case without accents and without a possessive ending."""
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        word = word[:-1]  # "CTOs"
    low = word.lower().replace("’", "'")
    if low.endswith("'s") and low not in _KEPT:
        low = low[:-2]
    if low.endswith("ys") and len(low) > 4 and low[-3] not in "aeiou":
        low = low[:-2] + "ies"  # "companys"
    return plain(low)


def plain(text: str) -> str:
    """`text` without accents."""
    if text.isascii():
        return text
    return "".join(
        each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)
    )


_KEPT = frozenset({"who's", "that's", "it's", "let's", "there's", "what's", "he's", "she's"})


_TRADES = {"accounting": "bookkeeping", "accountancy": "bookkeeping"}  # no accounts
_IN_U = frozenset(["menus", "gurus", "emus"])  # plurals that look like Latin singulars
_STEMMING = Lock()  # the stemmer keeps the word it works on, so it serves one thread at a time


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _irregular() -> dict[str, str]:
    return {str(form): str(base) for form, base in load("verbs.yaml").items()}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem by which words are compared; irregular forms go to their base form first."""
    word = _TRADES.get(word, word)
    base = _irregular().get(word, word.removesuffix("s") if word in _IN_U else word)
    if not base.isalpha() or len(base) < 3:
        return base
    with _STEMMING:
        return str(_stemmer().stemWord(base))


def stem_set(*words: str) -> frozenset[str]:
    return frozenset(map(stem, words))


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The lower-case words of a field's name in any style: `orderCompleted`, `order_completed`."""
    spaced = _CAMEL.sub(" ", name)
    return tuple(normal(word) for word in _NAME_WORDS.findall(spaced))


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in name_words(text))


def joined(text: str) -> str:
    """`text` in lower case with nothing but its letters and digits."""
    return _BETWEEN.sub("", plain(text.lower()))
