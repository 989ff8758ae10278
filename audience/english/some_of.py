"""Lists that say how many of them must hold: "any of: …", "all of these: …", "two of the following: …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.interpret import Interpreter
from audience.english.pieces import Connector, Piece

_HELD = {"all": "and", "each": "and", "both": "and", "any": "or", "either": "or"}
_POINTING = frozenset(["these", "those", "the", "following", "this", "list", "below", "conditions"])
_REACH = 4  # words between "of" and its colon


def with_lists(pieces: tuple[Piece, ...], interpreter: Interpreter) -> tuple[Piece, ...]:
    """`pieces` with the list that stands after "any of:" as one of them; other numbers are asked."""
    found = _head(interpreter)
    if found is None:
        return pieces
    first, colon = found
    held = _how_many(first, interpreter)
    heading = set(range(first, colon + 1))
    if held is None:
        interpreter.context.unclear |= heading
        return pieces
    before = [replace(each, end=min(each.end, first)) for each in pieces if each.first < first]
    listed = [
        replace(each, first=max(each.first, colon + 1)) for each in pieces if each.end > colon + 1
    ]
    interpreter.context.used |= heading
    for place in heading:
        interpreter.world.sentence.items.pop(place, None)
    if held == "or":
        listed = _alternatives(listed, interpreter)
    if not listed:
        return pieces
    head = listed[0].connector
    listed[0] = replace(listed[0], connector=Connector())
    whole = Piece(
        replace(head, line=False, op="none"), listed[0].first, listed[-1].end, tuple(listed)
    )
    return (*(each for each in before if each.first < each.end), whole)


def _head(interpreter: Interpreter) -> tuple[int, int] | None:
    """Where "at least two of these:" begins, and its colon."""
    words = interpreter.words
    for colon, word in enumerate(words):
        if word.text != ":":
            continue
        for of in range(colon - 1, max(0, colon - _REACH) - 1, -1):
            if words[of].low == "of" and of > 0:
                first = _first(of, interpreter)
                return None if first is None else (first, colon)
            if words[of].low not in _POINTING:
                break
    return None


def _first(of: int, interpreter: Interpreter) -> int | None:
    """Where the number before this "of" begins; None where none stands there."""
    words, covered = interpreter.words, interpreter.world.covered
    place = of - 1
    number = place in covered
    place = covered.get(place, place)
    if not number and words[place].low not in {*_HELD, "one"}:
        return None
    if number and place and words[place - 1].low in ("any", "all"):
        place -= 1
    return place


def _how_many(first: int, interpreter: Interpreter) -> str | None:
    """Whether all of the list must hold, or any; None for any other number."""
    words, items = interpreter.words, interpreter.world.sentence.items
    number = next((at for at in (first, first + 1) if at in items), None)
    if number is None:
        return _HELD.get(words[first].low, "or")
    return "or" if items[number][1].text.lower() in _ANY else None


_ANY = frozenset(["at least one", "at least 1", "one or more", "1 or more", "one", "min 1"])


def _alternatives(pieces: Sequence[Piece], interpreter: Interpreter) -> list[Piece]:
    """Each of them by itself is enough; an "and" among them may mean anything, and is asked."""
    found = []
    for place, piece in enumerate(pieces):
        connector = piece.connector
        if place and connector.op == "and" and connector.places:
            interpreter.context.unclear.update(connector.places)
        if place and (connector.line or connector.op in ("comma", "and")):
            connector = replace(connector, op="or", comma=False)
        found.append(replace(piece, connector=connector))
    return found
