"""The patterns of rules: "in? the? @last {n:quantity} (day | days)" → every sequence it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"\s*(\{[^}]*\}|[()|?]|[^\s(){}|?]+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence: a symbol, or a category captured under the name `symbol`."""

    symbol: str
    category: str | None = None


def expanded(pattern: str) -> tuple[tuple[Step, ...], ...]:
    """Every sequence of steps that the pattern allows, without repetition. Raises ValueError."""
    pieces = list(_pieces(pattern))
    sequences, rest = _alternatives(pieces)
    if rest:
        raise ValueError(f"The pattern {pattern!r} has a bracket too many.")
    return tuple(dict.fromkeys(tuple(each) for each in sequences if each))


def _pieces(pattern: str) -> Iterator[str]:
    at = 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise ValueError(f"The pattern {pattern!r} cannot be read at {at}.")
        yield match.group(1)
        at = match.end()


Sequences = list[tuple[Step, ...]]


def _alternatives(pieces: list[str]) -> tuple[Sequences, list[str]]:
    found: Sequences = []
    while True:
        sequences, pieces = _sequence(pieces)
        found += sequences
        if not pieces or pieces[0] != "|":
            return found, pieces
        pieces = pieces[1:]


def _sequence(pieces: list[str]) -> tuple[Sequences, list[str]]:
    found: Sequences = [()]
    while pieces and pieces[0] not in ("|", ")"):
        if pieces[0] == "(":
            inner, pieces = _alternatives(pieces[1:])
            if not pieces:
                raise ValueError("A bracket of a pattern is not closed.")
        else:
            inner = [(_step(pieces[0]),)]
        pieces = pieces[1:]
        if pieces and pieces[0] == "?":
            inner = [*inner, ()]
            pieces = pieces[1:]
        found = [before + after for before in found for after in inner]
    return found, pieces


def _step(piece: str) -> Step:
    if not piece.startswith("{"):
        return Step(piece)
    label, _, category = piece[1:-1].partition(":")
    return Step(label, category or label)
