"""A text that was read once in a request is not read again: parts of a prompt, each by itself."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from audience.english.read import Read, read_text
from audience.english.reading import Request


def read_once(
    request: Request, *, accounts: bool = False, prefer: frozenset[str] = frozenset()
) -> Read:
    """What `read_text` gives, kept in the request; of the hints and answers, those to its own words."""
    text = request.prompt
    hints = tuple(each for each in request.hints if text[each.start : each.end].strip())
    settled = {span: item for span, item in request.settled.items() if text[slice(*span)].strip()}
    told = tuple(
        (each.start, each.end, id(each.event), *((id(e.entry), e.value, e.event, e.also) for e in each.values))
        for each in hints
    )  # fmt: skip
    key: Hashable = (text, request.turn, accounts, prefer, told, tuple(settled.items()))
    if key not in request.kept:
        own = replace(request, hints=hints, settled=settled)
        request.kept[key] = read_text(own, accounts=accounts, prefer=prefer)
    return _copied(request.kept[key])


def _copied(read: Read) -> Read:
    """The same with lists of its own, to which those who judge it add."""
    context = replace(
        read.context,
        used=set(read.context.used),
        assumptions=[*read.context.assumptions],
        ties=[*read.context.ties],
        unknown_values=[*read.context.unknown_values],
        asks=[*read.context.asks],
        unclear=set(read.context.unclear),
    )
    return replace(read, context=context, ties=context.ties)
