"""Phrases of the data files → one pattern. `a|b` is either word, `word*` any word that begins so, `word?` may be missing,
`{group}` any word of a group, `...` up to five words, `^` the beginning and `$` the end of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_GAP = r"[\s,;:-]+"
_ANY = r"(?:[^\s.?!]+\s+){0,5}?"


def compiled(phrases: Iterable[str], groups: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """A pattern, in any case, that finds each of `phrases` as whole words."""
    forms = "|".join(_phrase(phrase, groups) for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{forms})(?!\w)", re.IGNORECASE)


def _phrase(phrase: str, groups: Mapping[str, Iterable[str]]) -> str:
    for name, words in groups.items():
        phrase = phrase.replace(f"{{{name}}}", "|".join(words))
    found, gap = "", ""
    for piece in phrase.split():
        match piece:
            case "^":
                found += r"(?<!\w\s)\A\W*"
            case "$":
                found += r"(?=\W*\Z)"
            case "...":
                found, gap = f"{found}{gap}{_ANY}", ""
            case _ if piece.endswith("?") and piece != "?":
                found += (
                    f"(?:{gap}{_word(piece[:-1])})?" if gap else f"(?:{_word(piece[:-1])}{_GAP})?"
                )
            case _:
                found, gap = f"{found}{gap}{_word(piece)}", _GAP
    return found


def _word(piece: str) -> str:
    choices = (re.escape(each).replace(r"\*", r"\w*") for each in piece.split("|"))
    return f"(?:{'|'.join(choices)})"
