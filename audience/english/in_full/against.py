"""Two fields that are named in full and held against each other: "is before their sign-up date"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from audience.english.in_full.said import Said, of_types
from audience.english.schema import Entry

if TYPE_CHECKING:
    from audience.english.sentence import Word

Named = Callable[[int], tuple[int, tuple[Entry, ...]]]
"""The word after the longest whole name of a field that begins at a place, and those fields."""


def against(
    words: Sequence[Word], end: int, entries: Sequence[Entry], named: Named
) -> list[Said] | None:
    """How the field before `end` is compared, as a sign, and the other field; `None` where it is not."""
    first = end
    low = _low(words, end)
    denied = low in _IS_NOT
    while low in _IS or low in _IS_NOT or low == "not":
        denied = denied or low == "not"
        end += 1
        low = _low(words, end)
    for length in range(min(_LONGEST, len(words) - end - 1), 0, -1):
        said = " ".join(_low(words, place) for place in range(end, end + length))
        sign = _SIGNS.get(said)
        if sign is None:
            continue
        start = end + length
        start += _low(words, start) in _OWN
        if start >= len(words):
            return None
        last, others = named(start)
        told = _held(entries, others, _DENIED[sign] if denied else sign)
        if not told:
            return None
        sign = _DENIED[sign] if denied else sign
        held = Said(words[first].start, words[end + length - 1].end, low=sign)
        last += _theirs(words, last)
        return [held, Said(words[start].start, words[last - 1].end, names=told)]
    return None


def _theirs(words: Sequence[Word], place: int) -> int:
    """How many words behind a field only say that it is theirs: "the seats they bought"."""
    at = place + (_low(words, place) in ("that", "which"))
    if _low(words, at) not in ("they", "it") or _low(words, at + 1) not in _HAVING:
        return 0
    return at + 2 + (_low(words, at + 2) == "for") - place


_HAVING = frozenset(["have", "has", "own", "bought", "buy", "purchased", "pay", "paid", "licensed", "contracted", "booked"])  # fmt: skip


def _held(entries: Sequence[Entry], others: Sequence[Entry], sign: str) -> tuple[Entry, ...]:
    """Those of the other fields that can be held against one of the first."""
    for kinds in _ALIKE:
        if of_types(entries, *kinds) and (found := of_types(others, *kinds)):
            mine = of_types(entries, *kinds)
            apart = tuple(each for each in found if [each] != list(mine))
            return apart if "text" not in kinds or sign in ("=", "!=") else ()
    return ()


def _low(words: Sequence[Word], place: int) -> str:
    return words[place].text.lower() if place < len(words) else ""


_LONGEST = 6
_IS_NOT = frozenset(["isn't", "isnt", "isn’t", "wasn't", "wasnt", "wasn’t"])
_IS = frozenset(["is", "was", "are", "were", "falls", "fell", "lies", "comes", "came"])
_OWN = frozenset(["their", "the", "its", "own"])
_ALIKE = (("number",), ("date", "timestamp"), ("text",))
_DENIED = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "=": "!=", "!=": "="}
_PHRASES: Mapping[str, Sequence[str]] = {
    ">": (
        "more than", "higher than", "greater than", "larger than", "bigger than", "above", "over", "exceeds",
        "exceeding", "exceeded", "in excess of", "beyond", "after", "later than", "newer than", ">",
    ),
    "<": (
        "less than", "lower than", "fewer than", "smaller than", "below", "under", "before", "earlier than",
        "prior to", "sooner than", "older than", "<",
    ),
    ">=": (
        "at least", "no less than", "no lower than", "no fewer than", "at least as high as", "at least as much as",
        "at least as many as", "on or after", "no earlier than", ">=", "≥",
    ),
    "<=": (
        "at most", "no more than", "no higher than", "no greater than", "at most as high as", "on or before",
        "no later than", "<=", "≤",
    ),
    "=": (
        "the same as", "same as", "equal to", "equals", "identical to", "exactly", "the same day as",
        "on the same day as", "the same date as", "on the same date as", "=", "==",
    ),
    "!=": (
        "different from", "different to", "different than", "other than", "unequal to", "differs from", "!=", "<>",
    ),
}  # fmt: skip
_SIGNS = {said: sign for sign, phrases in _PHRASES.items() for said in phrases}
