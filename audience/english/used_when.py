"""What was used in what was done: "used a coupon when they ordered" is an order with a coupon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.events import EventMatch
from audience.english.links import Link, NameLink
from audience.english.pieces import Piece
from audience.english.sentence import Word, low_at

USING = frozenset(["used", "use", "uses", "using", "applied", "entered"])
_GIVING = USING | {
    "paid",
    "pay",
    "paying",
    "got",
    "get",
    "received",
    "gave",
    "give",
    "left",
    "added",
}
_A = frozenset(["a", "an", "any", "the", "their", "no"])
_WHEN = frozenset(["when", "while", "as", "upon", "on", "for", "whenever"])
_CALLED = 0.85  # a field by its name, or another word for it


def used_when(
    words: Sequence[Word], places: Sequence[int], found: Sequence[Link], matches: list[EventMatch]
) -> EventMatch | None:
    """What was done there, where it is known what was used in it; None where nothing of that is said."""
    use = next((place for place in places if words[place].low in _GIVING), None)
    if use is None or low_at(words, use + 1) not in _A:
        return None
    last = max(places)
    when = next((place for place in range(use + 1, last) if words[place].low in _WHEN), None)
    if when is None:
        return None
    nouns = [link for link in found if use < link.first and link.end <= when]
    for each in matches:
        done = frozenset(place for place in each.claimed if place > when)
        if each.anchored and done and any(_names(link, each.name) for link in nouns):
            return replace(each, claimed=done)
    return None


def is_given(words: Sequence[Word], first: int, named: NameLink) -> bool:
    """ "used a discount code": the noun right behind the verb, whatever it is called otherwise."""
    if named.event is None or named.score < _CALLED:
        return False
    place = first - 1 - (low_at(words, first - 1) in _A)
    return low_at(words, place) in _GIVING


def is_of_it(
    words: Sequence[Word], piece: Piece, found: Sequence[Link], match: EventMatch, before: str
) -> bool:
    """ "exchanged a ticket and paid a fee": what a field of the event before is called, and no other deed."""
    first = piece.first
    if piece.connector.op != "and" or piece.connector.then or words[first].low not in _GIVING:
        return False
    noun = first + 1 + (low_at(words, first + 1) in _A)
    if noun == first + 1 or noun >= piece.end:
        return False
    called = {words[place].stem for place in range(noun, piece.end)} & set(match.entry.words)
    return not called and any(
        link.first == noun and link.end == piece.end and _names(link, before) for link in found
    )


def _names(link: Link, event: str) -> bool:
    return any(each.event == event and each.score >= _CALLED for each in link.names)
