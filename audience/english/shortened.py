"""Codes that shorten words: GLD is gold where another value of the field is SLV, VGN vegan beside VEG.

A code by itself may be short for many words. So a field's codes are held together against words that
stand in one line (shortened.yaml), and most of them must be short for one of these each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from audience.english.data import load
from audience.english.schema import spelt_out

_LONGEST, _TELLING = 4, 3  # letters of a code, and of one that begins a word or stands inside it
_FEWEST, _SHARE = 2, 0.6  # of a field's values, those that the words of a line explain


@lru_cache(maxsize=4096)
def spelt_in_full(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Values of a field and what they are short for; a value with several ways to say it several times."""
    needed = max(_FEWEST, len(values) * _SHARE)
    codes = [each for each in values if each.isalpha() and 1 < len(each) <= _LONGEST]
    if len(codes) < needed:
        return ()
    found = [told for line in load("shortened.yaml") if (told := _explained(codes, line))]
    most = max(map(len, found), default=0)
    best = [each for each in found if len(each) == most]
    if len(best) != 1 or most < needed:
        return ()
    return tuple(
        (code, said)
        for code, word in best[0].items()
        for said in word.split("|")
        if said != code.lower()
    )


def _explained(codes: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """The codes that are short for one word of the line, and for which: the surest first, each word once."""
    fits = {code: {word: _fit(code.lower(), word) for word in line} for code in codes}
    found: dict[str, str] = {}
    for sureness in (_SURE, _LIKELY, _POSSIBLE):
        left = [word for word in line if word not in found.values()]
        fitting = {
            code: [word for word in left if fits[code][word] == sureness]
            for code in codes
            if code not in found
        }
        often = Counter(word for words in fitting.values() for word in words)
        for code, words in fitting.items():
            if len(words) == 1 and often[words[0]] == 1:
                found[code] = words[0]
    return found


def _fit(code: str, word: str) -> int:
    """How surely the code is short for one of the ways to say it (parted by `|`); 0: it is not."""
    return max(_fit_one(code, each) for each in word.split("|"))


def _fit_one(code: str, word: str) -> int:
    parts = word.split()
    if len(parts) > 1:
        return _SURE if code == "".join(each[0] for each in parts) else 0
    if code[0] != word[0]:
        return 0
    if word in (code, spelt_out(code)) or code == _without_vowels(word):
        return _SURE
    if len(code) < _TELLING:
        return 0  # "pt" is as well Portuguese
    if word.startswith(code):
        return _LIKELY
    letters = iter(word)
    return _POSSIBLE if all(letter in letters for letter in code) else 0


def _without_vowels(word: str) -> str:
    """ "pass" → "ps": the first letter and the consonants, of double ones the first."""
    kept = word[0] + "".join(each for each in word[1:] if each not in "aeiou")
    return "".join(letter for letter, _ in groupby(kept))


_SURE, _LIKELY, _POSSIBLE = 3, 2, 1
