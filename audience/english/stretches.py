"""Stretches of a sentence that are known as a whole, each put together as one word with its condition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audience.query import Boolean

if TYPE_CHECKING:
    from audience.english.schema import Entry
    from audience.english.sentence import Word


@dataclass(frozen=True)
class Granted:
    """What such a stretch comes to."""

    tree: Boolean
    note: str = ""  # where the field says less than was said
    dated: bool = False  # it was said when, which the field cannot tell
    tied: tuple[tuple[Entry, Boolean], ...] = ()  # several fields may be meant, each with its tree


Stretch = tuple[int, int, Granted]  # the places of its words


def as_words(words: list[Word], text: str, stretches: Iterable[Stretch]) -> tuple[list[Word], str]:
    """The words with each stretch as one word, and `text` without it, every offset kept."""
    found, letters = list(words), list(text)
    taken = len(words)
    for first, end, granted in sorted(stretches, key=lambda each: -each[0]):
        if end > taken:
            continue  # it is said already
        taken = first
        start, last = words[first].start, words[end - 1].end
        low = f"\N{CHECK MARK}{first}"
        one = replace(words[first], low=low, stem=low, end=last, text=text[start:last])
        found[first:end] = [replace(one, granted=granted)]
        letters[start:last] = " " * (last - start)
    return found, "".join(letters)


def line_of(words: Sequence[Word]) -> tuple[str, list[int]]:
    """The words in lower case with one blank between them, and the place of each letter's word."""
    line, places = "", list[int]()
    for place, word in enumerate(words):
        said = "" if word.text == "-" else '" ' if word.quoted else f"{word.low} "
        if place > 0 and word.line != words[place - 1].line:
            said = f"\n {said}"
        line += said
        places += [place] * len(said)
    return line, places
