"""Phrases of the data files, found in a text.

`a|b` is either word, `word*` any word that begins so, `word?` may be missing, `{group}` any word of
a group, `...` up to five words, `^` the beginning and `$` the end of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

_GAP = r"[\s,;:-]+"
_ANY = r"(?:[^\s.?!]+\s+){0,5}?"
_WORD = re.compile(r"(?<![\w-])\w+")
_STEM = 3  # letters by which words with a star are looked up


class Phrases:
    """Phrases under labels; each is tried only where a word of the text can begin it."""

    def __init__(
        self, labelled: Mapping[str, Iterable[str]], groups: Mapping[str, Iterable[str]]
    ) -> None:
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        for label, phrases in labelled.items():
            for written in phrases:
                for name, words in groups.items():
                    written = written.replace(f"{{{name}}}", "|".join(words))
                self._add(_Phrase(label, written))

    def _add(self, phrase: _Phrase) -> None:
        for word in phrase.first_words():
            if word.endswith("*"):
                self._by_stem[word[:_STEM]].append(phrase)
            else:
                self._by_word[word].append(phrase)

    def found(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Every phrase in `text` with its label, in any case, as whole words, by where it begins."""
        for index, token in enumerate(_WORD.finditer(text)):
            word = token.group().lower()
            for phrase in (*self._by_word.get(word, ()), *self._by_stem.get(word[:_STEM], ())):
                if index == 0 or not phrase.at_beginning:
                    match = phrase.pattern.match(text, token.start())
                    if match is not None:
                        yield phrase.label, match

    def blanked(self, text: str, blank: str) -> str:
        """`text` with every letter of the phrases replaced, so that places stay."""
        for _, match in self.found(text):
            text = text[: match.start()] + blank * len(match.group()) + text[match.end() :]
        return text


class _Phrase:
    def __init__(self, label: str, written: str) -> None:
        self.label = label
        pieces = written.split()
        self.at_beginning = pieces[0] == "^"
        self._pieces = pieces[self.at_beginning :]

    def first_words(self) -> Iterator[str]:
        """The words that can begin it, up to a hyphen or an apostrophe; stems keep their star."""
        for piece in self._pieces:
            optional = piece.endswith("?")
            for word in piece.rstrip("?").split("|"):
                head = re.split(r"[^\w*]", word, maxsplit=1)[0]
                yield head.lower()
            if not optional:
                return

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        found, gap = "", ""
        for piece in self._pieces:
            if piece == "$":
                found += r"(?=\W*\Z)"
            elif piece == "...":
                found, gap = f"{found}{gap}{_ANY}", ""
            elif piece.endswith("?"):
                word = _choices(piece[:-1])
                found += f"(?:{gap}{word})?" if gap else f"(?:{word}{_GAP})?"
            else:
                found, gap = f"{found}{gap}{_choices(piece)}", _GAP
        return re.compile(rf"{found}(?!\w)", re.IGNORECASE)


def _choices(piece: str) -> str:
    choices = (re.escape(each).replace(r"\*", r"\w*") for each in piece.split("|"))
    return f"(?:{'|'.join(choices)})"
