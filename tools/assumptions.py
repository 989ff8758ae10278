"""What a query takes for granted that its words do not say."""

from __future__ import annotations

import re

from audience.query import Aggregate, Boolean, Comparison, Events, Not, children

_BELOW = {"less_than", "at_most"}
_ZERO_WITHOUT_EVENTS = {"count", "unique"}
_IN_WORDS = {
    "sum": "total",
    "avg": "average",
    "max": "highest value",
    "min": "lowest value",
    "first": "first value",
    "last": "last value",
    "mode": "most frequent value",
}


def of_query(root: Boolean) -> tuple[str, ...]:
    """One sentence for each comparison that leaves out people in a way that is easily overlooked."""
    found: list[str] = []
    _collect(root, found)
    return tuple(dict.fromkeys(found))


def quoting(text: str) -> str:
    """The engine's words with one kind of quotes, whichever of its dictionaries they come from."""
    return re.sub('"([^"]*)"', r"“\1”", text)


def _collect(node: Boolean, found: list[str]) -> None:
    match node:
        case Not():
            return  # a NOT takes people without the event in, as its words say
        case Comparison(
            left=Aggregate(events=Events(name=event), reducer=reducer), operator=operator
        ) if operator in _BELOW and reducer.method not in _ZERO_WITHOUT_EVENTS:
            found.append(
                f"People without any {event} in that time are left out: "
                f"they have no {_IN_WORDS[reducer.method]} to compare."
            )
        case Comparison():
            return
        case _:
            for child in children(node):
                _collect(child, found)  # type: ignore[arg-type]
