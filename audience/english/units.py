"""Pieces made ready for reading: cut after the noun that they are about, and at "after …ing"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audience.english.interpret import Interpreter
from audience.english.literals.items import Length, Within
from audience.english.pieces import Connector, Piece


def prepared(pieces: tuple[Piece, ...], interpreter: Interpreter) -> tuple[Piece, ...]:
    return tuple(each for piece in pieces for each in _cut_sequences(piece, interpreter))


def _cut_sequences(piece: Piece, interpreter: Interpreter) -> Iterator[Piece]:
    if piece.inner:
        yield replace(piece, inner=prepared(piece.inner, interpreter))
        return
    words, sentence = interpreter.words, interpreter.world.sentence
    for place in range(piece.first, piece.end):
        if place in interpreter.world.covered:
            continue
        low = words[place].low
        rest = interpreter.content(place + 1, piece.end)
        if low in ("after", "before", "since", "following", "prior") and rest:
            change = {
                "after": low in ("after", "since", "following"),
                "before": low in ("before", "prior"),
            }
            yield from _cut_subject(replace(piece, end=place), interpreter)
            yield Piece(Connector(**change, places=(place,)), place + 1, piece.end)
            return
        if low in ("of", "from") and rest and _ends_length(place, interpreter):
            yield from _cut_subject(replace(piece, end=place), interpreter)
            yield Piece(Connector(after=True, places=(place,)), place + 1, piece.end)
            return
    del sentence
    yield from _cut_subject(piece, interpreter)


def _ends_length(place: int, interpreter: Interpreter) -> bool:
    """Whether "within 7 days" ends right before this word."""
    for first, (end, item) in interpreter.world.sentence.items.items():
        if end == place and first < place and isinstance(item, Within | Length):
            return True
    return False


def _cut_subject(piece: Piece, interpreter: Interpreter) -> Iterator[Piece]:
    """ "gold members in Spain": what stands before the noun, and what stands after it."""
    if piece.first >= piece.end:
        return
    noun = None
    for place in range(piece.first, piece.end):
        if place in interpreter.world.covered or _inside_link(place, interpreter):
            continue
        if interpreter.is_plain_subject(place):
            noun = place
            break
    if noun is None:
        yield piece
        return
    first = replace(piece, end=noun + 1, connector=replace(piece.connector, subject=True))
    yield first
    if noun + 1 < piece.end:
        yield Piece(Connector(post=True), noun + 1, piece.end)


def _inside_link(place: int, interpreter: Interpreter) -> bool:
    return any(
        link.first <= place < link.end and link.length > 1 and link.score >= 0.7
        for link in interpreter.world.found
    )
