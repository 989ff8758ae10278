"""What a prompt says for sure, and the words of it as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audience.english.lexicon import ValueLink
from audience.english.schema import Entry

if TYPE_CHECKING:
    from audience.english.sentence import Word


@dataclass(frozen=True)
class Said:
    """What the characters `[start, end)` of a prompt say for sure: a field, a value of some, or `low`."""

    start: int
    end: int
    low: str = ""
    names: tuple[Entry, ...] = ()
    values: tuple[ValueLink, ...] = ()


def as_one(words: Sequence[Word], said: Sequence[Said]) -> list[Word]:
    """The words with each name and each value as one word that means nothing else."""
    found: list[Word] = []
    line, before = 0, None
    for word in words:
        inside = inside_of(word, said)
        if inside is None:
            found.append(word)
        elif word.start == inside.start and (inside.low or inside.names or inside.values):
            low, sure = _low(inside), bool(inside.names or inside.values)
            is_word = low not in _SIGNS
            whole = replace(word, low=low, stem=low, end=inside.end, is_word=is_word, mended=None)
            found.append(replace(whole, quoted=sure, line=word.line if before is None else line))
        if before is None:
            line = word.line  # a list goes on with the line of its field
        before = inside
    return found


def _low(said: Said) -> str:
    """A word that nothing else is called."""
    if said.values:
        return f"={said.values[0].value}"
    return called(said.names[0]) if said.names else said.low


def called(entry: Entry) -> str:
    """The one word that a field becomes where it is said in full."""
    return f"={entry.field.name}"


def blanked(text: str, said: Sequence[Said]) -> str:
    """`text` with a word that is no number or time in the place of each, every offset kept."""
    letters = list(text)
    for each in said:
        long = each.end - each.start
        sign = each.low.ljust(long) if each.low in _SIGNS else ""
        letters[each.start : each.end] = sign or ("x" if each.names or each.values else " ") * long
    return "".join(letters)


def inside_of(word: Word, said: Sequence[Said]) -> Said | None:
    """What is said for sure where the word stands."""
    return next((each for each in said if each.start <= word.start < each.end), None)


def of_types(entries: Sequence[Entry], *types: str) -> tuple[Entry, ...]:
    return tuple(each for each in entries if getattr(each.field, "type", None) in types)


def after(words: Sequence[Word], end: int) -> int:
    """The first word that does not begin before `end`."""
    return next((place for place, word in enumerate(words) if word.start >= end), len(words))


_SIGNS = frozenset([">", "<", ">=", "<=", "=", "!="])
