"""What words of a prompt surely mean, as pieces of the query language that a model puts together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from audience.catalog import PropertyField
from audience.text import quoted
from tools.modelling.event_pieces import EventPieces, spoken_of
from tools.modelling.linking import Linked
from tools.modelling.literal_pieces import folds, piece, window
from tools.modelling.trait_pieces import (
    NAMED,
    consent_pieces,
    named_pieces,
    saved_pieces,
    valued_pieces,
)

MOST = 12


def fragments(words: Linked) -> tuple[str, ...]:
    """One line each: words as they were said, and what they are in a query."""
    taken: set[int] = set()
    used: set[int] = set()
    whole: set[int] = set()  # the words of whole conditions on who people are
    lines = [*saved_pieces(words, taken), *consent_pieces(words, whole)]
    taken |= whole | set(words.sentence.covered())
    found = sorted(spoken_of(words), key=lambda each: min(each.claimed))
    told = taken.union(*(each.claimed for each in found))
    named = list(named_pieces(words, told, used, whole))
    events = [each for each in found if not each.claimed <= taken | whole]  # "contract ends in …"
    taken = taken.union(whole, *(each.claimed for each in events))
    lines += EventPieces(words, events, taken, used).lines()
    lines += [*named, *valued_pieces(words, taken, used)]
    lines += [
        *_names(words, taken, {each.name for each in events}),
        *_literals(words, used),
        *(f"“{said}”: .{fold}(property(…)) in place of .count()" for said, fold in folds(words)),
        *_denials(words, used),
    ]
    return tuple(dict.fromkeys(lines))[:MOST]


def _names(words: Linked, taken: Collection[int], events: Collection[str]) -> Iterator[str]:
    """Properties of what was done that are named, and held to nothing yet."""
    valued = {(link.first, link.end) for link, _ in words.values}
    for link in words.links:
        if (link.first, link.end) in valued or set(range(link.first, link.end)) <= set(taken):
            continue
        for name in link.names[:1]:
            field = name.entry.field
            if name.score >= NAMED and isinstance(field, PropertyField) and field.event in events:
                where = f"property({quoted(field.name)}) in .where of event({quoted(field.event)})"
                yield f"“{words.sentence.said(link.first, link.end)}”: {where}"


def _literals(words: Linked, used: Collection[int]) -> Iterator[str]:
    for place, (_, item) in words.sentence.items.items():
        said = window(item) or piece(item)
        if said and item.ask is None and place not in used:
            yield f"“{item.text}”: {said}"


def _denials(words: Linked, used: Collection[int]) -> Iterator[str]:
    for place in words.denials:
        if place not in used:
            said = words.sentence.words[place].text
            yield f"“{said}”: .count() = 0 of what they did, NOT or .absent() of who they are"
