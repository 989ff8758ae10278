"""Spelling: usual English words are left as they are, and literal phrases are read as mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from audience.english.literals.items import Item


def is_spelt_right(low: str) -> bool:
    """Whether `low` (lower case) is a usual English word, or a plain form of one."""
    return any(each in _words() for each in _bases(low))


def _bases(low: str) -> set[str]:
    """The word and what it may be a plural, a past or a participle of."""
    found = {low}
    for tail, instead in _TAILS:
        if low.endswith(tail) and len(low) - len(tail) > 2:
            base = low[: -len(tail)]
            found.add(base + instead)
            if not instead and tail in ("ed", "ing") and base[-1] == base[-2]:
                found.add(base[:-1])  # "planned"
    return found


_TAILS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
    ("ing", ""), ("ing", "e"), ("ly", ""),
)  # fmt: skip


@cache
def _words() -> frozenset[str]:
    text = (resources.files("audience.english") / "spelling.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def read_mended(
    text: str,
    mended: Sequence[tuple[int, int, str]],
    literals: Callable[[str], tuple[Item, ...]],
) -> tuple[Item, ...]:
    """The literal phrases of `text` as it would be without its misspelt words, at their places in it.

    `mended` are these words, `[start, end)` and what each was meant to be: "novmber", "last mnth".
    """
    moved = [each for each in mended if len(each[2]) != each[1] - each[0] and text[each[0]] != " "]
    if not moved:
        return literals(text)
    letters, places = list[str](), list[int]()
    place = 0
    for start, end, meant in moved:
        letters.append(text[place:start] + meant)
        places.extend(range(place, start))
        places.extend(min(start + at, end - 1) for at in range(len(meant)))
        place = end
    letters.append(text[place:])
    places.extend(range(place, len(text)))
    return tuple(_at(each, places) for each in literals("".join(letters)))


def _at(item: Item, places: Sequence[int]) -> Item:
    """The phrase at its place in the text as it was written."""
    ask = item.ask
    if ask is not None:
        ask = replace(ask, options=tuple(_at(each, places) for each in ask.options))
    parts = tuple(_at(each, places) for each in item.parts)
    start, end = places[item.start], places[item.end - 1] + 1
    return replace(item, start=start, end=end, ask=ask, parts=parts)
