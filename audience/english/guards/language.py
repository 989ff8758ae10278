"""Which language a prompt is in, where it is surely not English.

Short English, names and values of the workspace, and words that nobody knows must never be taken for
another language; so a prompt is told to be another one only when little of it is known, something
speaks for that language, and a detector is sure that it is not English.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING

from audience.english.guards.data import load

if TYPE_CHECKING:
    from lingua import LanguageDetector

Known = Callable[[str], bool] | Collection[str]

_WORD = re.compile(r"(?:(?<!\w)|(?<=[0-9])(?=[^\x00-\x7f]))[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru", "ARABIC": "ar",
            "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "THAI": "th",
            "GEORGIAN": "ka", "ARMENIAN": "hy"}  # fmt: skip
_ENOUGH_ENGLISH = 0.4  # of the words
_FEW_FOREIGN = 0.4
_SURELY_NOT_ENGLISH = 0.05  # what the detector may still give to English
_LONG = 5  # letters of a word that alone tells its language
_A_WORD = 0.5  # what a word of a language adds to the detector's confidence in it
_DENSE = ("zh", "ja", "ko")  # a letter says as much as two of an alphabet


def language_of(text: str, known: Known = ()) -> str | None:
    """The ISO 639-1 code of the language of `text` where it is surely not English, else None.

    `known` tells which words are names, values or English words of the workspace, in lower case.
    """
    is_known = known if callable(known) else frozenset(known).__contains__
    written = [match.group().replace("’", "'") for match in _WORD.finditer(text)]
    words = [word.lower() for word in written]
    neutral = _english() | _neutral()
    foreign = [word for word in words if word not in neutral and not is_known(word)]
    script = _script("".join(foreign), "".join(words))
    if script is not None or not words:
        return script
    said = sum(word in _english() for word in words)
    telling = [word for word in foreign if word not in _weak()]
    surely = _without_english(telling) if said == 0 else None
    if surely is not None:
        return surely
    english = said / len(words)
    if english >= _ENOUGH_ENGLISH or len(foreign) / len(words) < _FEW_FOREIGN:
        return None
    # A capital inside a sentence is a name's, in most languages; names say nothing here.
    plain = [word.lower() for word in (written[0], *filter(str.islower, written[1:]))]
    telling = [word for word in plain if word in foreign]
    if not telling and english == 0:
        telling = foreign
    support = _support(telling)
    marked = any(letter > "\x7f" for word in telling[1:] for letter in word)
    if sum(support.values()) and max(support.values()) <= said and not marked:
        return None  # as much of it is English
    weak = english == 0 and any(word in _weak() for word in telling)
    return _detected(" ".join(telling), support) if support or marked or weak else None


def _script(foreign: str, letters: str) -> str | None:
    """The language of a script other than Latin, where half of all letters are in it."""
    languages: Counter[str] = Counter()
    for letter, count in Counter(foreign).items():
        name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        if name in _SCRIPTS:
            languages[_SCRIPTS[name]] += count
    found = sum(languages.values())
    if any(code in languages for code in _DENSE):
        found *= 2
        letters += foreign
    if not found or found < len(letters) / 2:
        return None
    return "ja" if languages["ja"] else languages.most_common(1)[0][0]


def _support(words: list[str]) -> Counter[str]:
    """How many words only another language has, by language."""
    return Counter(
        code for code, own in _foreign().items() for word in words if word in own and len(word) > 1
    )


def _without_english(words: list[str]) -> str | None:
    """The language of words none of which is English, where two of them, or a long one, are its own."""
    support = _support(words)
    if not support:
        return None
    most = max(support.values())
    codes = [code for code, count in support.items() if count == most]
    sure = [w for w in words if len(w) >= _LONG and any(w in _foreign()[code] for code in codes)]
    if most < 2 and not sure:
        return None
    if len(codes) == 1:
        return codes[0]
    values = _detector().compute_language_confidence_values(" ".join(words))
    scores = {each.language.iso_code_639_1.name.lower(): each.value for each in values}
    return max(codes, key=lambda code: scores.get(code, 0.0))


def _detected(text: str, support: Counter[str]) -> str | None:
    values = _detector().compute_language_confidence_values(text)
    scores = {each.language.iso_code_639_1.name.lower(): each.value for each in values}
    if scores.get("en", 0.0) > _SURELY_NOT_ENGLISH:
        return None
    return max(scores, key=lambda code: scores[code] + support[code] * _A_WORD)


@cache
def _english() -> frozenset[str]:
    return frozenset(load("language.yaml")["english"])


@cache
def _foreign() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in load("language.yaml")["foreign"].items()}


@cache
def _neutral() -> frozenset[str]:
    return frozenset(load("language.yaml")["neutral"])


@cache
def _weak() -> frozenset[str]:
    return frozenset(load("language.yaml")["weak"])


@cache
def _detector() -> LanguageDetector:
    """About 40 MB and half a second, and only for prompts of which little is known."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [
        getattr(IsoCode639_1, code.upper()) for code in ("en", *load("language.yaml")["foreign"])
    ]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes)
    return builder.with_low_accuracy_mode().build()
