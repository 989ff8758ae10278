"""A time that only the person can date, where everything else of the prompt is read: it is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from audience.english.literals.items import Calendar, Item, OpenFrom, OpenTo, Vague
from audience.english.read import Read
from audience.english.reading import Question, Reading, Request

Again = Callable[[Request], Read]


def undated(request: Request, read: Read, again: Again) -> Reading | None:
    """ "points that expire before Easter": the question which days those are, where any would do."""
    vague = [
        item
        for _, item in read.sentence.items.values()
        if isinstance(item, Vague) and item.subject in ("season", "holiday")
    ]
    ask = vague[0].ask if len(vague) == 1 else None
    if ask is None:
        return None
    item = vague[0]
    settled = {**request.settled, (item.start, item.end): _any_such(item, request)}
    dated = again(replace(request, settled=settled))
    if dated.tree is None or dated.unmatched:
        return None
    return Reading("clarify", question=Question(ask.text))


def _any_such(item: Vague, request: Request) -> Item:
    """A time that stands where the phrase does: from a day on, up to one, or some days."""
    known = {"start": item.start, "end": item.end, "text": item.text}
    moment = request.as_of - timedelta(days=_BACK)
    match item.text.lower().split()[0]:
        case "since" | "after":
            return OpenFrom(**known, since=moment, first=moment.date())  # type: ignore[arg-type]
        case "before" | "by" | "until" | "till":
            return OpenTo(**known, until=moment, last=moment.date())  # type: ignore[arg-type]
        case _:
            days = {"since": moment, "until": request.as_of, "first": moment.date()}
            return Calendar(**known, **days, last=request.as_of.date(), grain="span")  # type: ignore[arg-type]


_BACK = 60  # days
