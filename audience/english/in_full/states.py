"""Whether a field that is named in full holds anything at all: "is not known", "filled in", "no value for"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audience.english.in_full.said import Said
from audience.english.schema import Entry

if TYPE_CHECKING:
    from audience.english.sentence import Word


def state(words: Sequence[Word], place: int, entries: Sequence[Entry]) -> list[Said]:
    """ "is not known", "is filled in": whether the field holds anything at all."""
    lows = [word.text.lower() for word in words[place : place + 5]]
    verb = next(iter(lows), "")
    denied, at = verb in _IS_NOT, int(verb in _IS)
    while verb in _IS and at < len(lows) and lows[at] in _STILL:
        denied, at = denied or lows[at] == "not", at + 1
    low = lows[at] if at < len(lows) else ""
    types = {entry.field.type for entry in entries}  # type: ignore[union-attr]
    if low == "filled" and lows[at + 1 : at + 2] != ["in"]:
        return []
    if not entries or low not in (_THERE | _NOT_THERE if verb in _IS else _ALONE):
        return []
    if "number" in types and low == "empty" and not denied:
        return []  # "the balance is empty": 0
    if "boolean" in types and low not in _TOLD:
        return []  # "marketing consent is not set": refused, or never asked?
    last = words[place + at + (low == "filled")]
    there = (low in _THERE) != denied
    return [Said(words[place].start, last.end, low="not missing" if there else "missing")]


def no_value(words: Sequence[Word], place: int) -> list[Said]:
    """ "no value for" before a name."""
    lows = [word.text.lower() for word in words[max(0, place - 3) : place]]
    if lows[:1] in (["no"], ["without"]) and lows[1:] in (
        ["value", "for"],
        ["value", "in"],
        ["entry", "for"],
    ):
        return [Said(words[place - 3].start, words[place - 1].end, low="missing")]
    return []


_IS_NOT = frozenset(["isn't", "isnt", "isn’t", "aren't", "arent", "aren’t"])
_IS = _IS_NOT | {"is", "are", "was"}
_STILL = frozenset(["not", "still", "yet", "currently"])
_ALONE = frozenset(["filled", "missing", "unknown"])
_TOLD = frozenset(["known", "unknown", "missing", "blank"])
_THERE = frozenset(
    ["known", "set", "filled", "present", "available", "given", "recorded", "specified", "provided"]
)
_NOT_THERE = frozenset(
    ["missing", "unknown", "empty", "blank", "unset", "null", "undefined", "absent", "unspecified"]
)
