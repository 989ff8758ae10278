"""The patterns of rules: "in? the? @last {n:quantity} (day | days)" → a small automaton."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

_PIECE = re.compile(r"\s*(\{[^}]*\}|[()|?]|[^\s(){}|?]+)")
R = TypeVar("R")


class Call(NamedTuple):
    """A step that another category takes, captured under a label."""

    category: str
    label: str


@dataclass(frozen=True)
class Automaton(Generic[R]):
    """All patterns of all categories. A state is a number; it has steps, and rules that end there."""

    words: list[list[tuple[str, int]]] = field(default_factory=list)
    calls: list[list[tuple[Call, int]]] = field(default_factory=list)
    done: list[list[R]] = field(default_factory=list)

    def state(self) -> int:
        self.words.append([])
        self.calls.append([])
        self.done.append([])
        return len(self.done) - 1

    def add(self, start: int, pattern: str, rule: R) -> None:
        """Adds what `pattern` allows, from state `start`. Raises ValueError."""
        pieces = list(_pieces(pattern))
        ends, rest = self._alternatives([start], pieces)
        if rest or start in ends:
            raise ValueError(f"The pattern {pattern!r} has a bracket too many, or can be empty.")
        for end in ends:
            self.done[end].append(rule)

    def _alternatives(
        self, starts: Sequence[int], pieces: list[str]
    ) -> tuple[list[int], list[str]]:
        ends: list[int] = []
        while True:
            found, pieces = self._sequence(starts, pieces)
            ends += found
            if not pieces or pieces[0] != "|":
                return list(dict.fromkeys(ends)), pieces
            pieces = pieces[1:]

    def _sequence(self, starts: Sequence[int], pieces: list[str]) -> tuple[list[int], list[str]]:
        at = list(starts)
        while pieces and pieces[0] not in ("|", ")"):
            if pieces[0] == "(":
                ends, pieces = self._alternatives(at, pieces[1:])
                if not pieces:
                    raise ValueError("A bracket of a pattern is not closed.")
            else:
                ends = [self._step(at, pieces[0])]
            pieces = pieces[1:]
            if pieces and pieces[0] == "?":
                ends, pieces = [*ends, *at], pieces[1:]
            at = list(dict.fromkeys(ends))
        return at, pieces

    def _step(self, starts: Sequence[int], piece: str) -> int:
        target = self.state()
        for start in starts:
            if piece.startswith("{"):
                label, _, category = piece[1:-1].partition(":")
                self.calls[start].append((Call(category or label, label), target))
            else:
                self.words[start].append((piece, target))
        return target


def _pieces(pattern: str) -> Iterator[str]:
    at, end = 0, len(pattern.rstrip())
    while at < end:
        match = _PIECE.match(pattern, at)
        if match is None:
            raise ValueError(f"The pattern {pattern!r} cannot be read at {at}.")
        yield match.group(1)
        at = match.end()
