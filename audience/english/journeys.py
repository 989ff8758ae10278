"""The two ends of a journey: where it goes to and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.tokens import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audience.english.accounting.leaves import Leaf
    from audience.english.lexicon import Lexicon
    from audience.english.schema import Entry
    from audience.english.sentence import Sentence

_ENDS = {"from": stem("origin"), "to": stem("destination")}
_JOURNEYS = frozenset(
    map(stem, ("trip", "journey", "route", "connection", "ride", "travel", "crossing", "passage"))
)


def with_ends(properties: dict[str, Entry]) -> dict[str, Entry]:
    """The properties, where `to_port` beside `from_port` is a destination, and the other an origin."""
    known = {each.words for each in properties.values()}
    for name, each in properties.items():
        if (end := _end_of(each, known)) is not None:
            properties[name] = replace(each, about=each.about | {_ENDS[end]})
    return properties


def names_end(parts: Sequence[str], entry: Entry) -> bool:
    """ "destinations" of where journeys go to."""
    return len(parts) == 1 and parts[0] == _ENDS.get(entry.words[0]) and parts[0] in entry.about


def is_way_there(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "searched for a trip to Rome": a journey, where one of its ends is held and said right behind."""
    following = words.words[place + 1 : place + 3]
    if words.words[place].stem not in _JOURNEYS or len(following) < len(_ENDS):
        return False
    entries = [lexicon.by_event.get(each.name) for each in leaf.events()]
    held = {getattr(each, "name", None) for each in leaf.nodes()}
    return (
        following[0].low in _ENDS
        and place + 2 in leaf.places
        and any(
            each.field.name in held and each.words[:1] == (following[0].low,)
            for entry in entries
            if entry is not None
            for each in entry.properties.values()
            if _end_of(each, {other.words for other in entry.properties.values()})
        )
    )


def _end_of(entry: Entry, known: set[tuple[str, ...]]) -> str | None:
    side, *rest = entry.words or ("",)
    return side if side in _ENDS and all((end, *rest) in known for end in _ENDS) else None
