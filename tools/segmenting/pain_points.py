"""Which pain points fit a segment: of the strategy, or seen in data. None is ever made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audience.catalog import EventField
from tools.segmenting.portraits import Portrait
from tools.segments import PainPoint
from workspace.settings import Settings
from workspace.strategies import Strategy

MOST = 3
_AGAIN = 0.1  # how much nearer a point must be that another segment has already


def pain_points(strategy: Strategy) -> tuple[PainPoint, ...]:
    """All that the strategy and its personas name, each once."""
    own = [
        PainPoint(text=each, source="strategy", of=strategy.name) for each in strategy.pain_points
    ]
    theirs = [
        PainPoint(text=text, source="persona", of=persona.name)
        for persona in strategy.personas
        for text in persona.pain_points
    ]
    return tuple(
        {each.text.casefold(): each for each in (*reversed(theirs), *reversed(own))}.values()
    )[::-1]


def seen_in_data(portrait: Portrait, troubles: Sequence[EventField]) -> tuple[PainPoint, ...]:
    """What troubles them more than everybody, as counted."""
    return tuple(
        PainPoint(text=portrait.events[each.name].text, source="data", of=each.name)
        for each in troubles
        if each.name in portrait.events
    )[:1]


def fitting(
    segments: Sequence[str], points: Sequence[PainPoint], settings: Settings
) -> tuple[tuple[PainPoint, ...], ...]:
    """For each segment, in words, the points nearest in meaning; every one gets some if there are any."""
    if not points or not segments:
        return tuple(() for _ in segments)
    from workspace.embedding import embedding_for

    embed = embedding_for(settings)
    told: Any = embed(list(segments))
    troubles: Any = embed([each.text for each in points])
    used = [0] * len(points)
    result = []
    for vector in told:
        near = [float(vector @ trouble) for trouble in troubles]
        places = sorted(
            range(len(points)), key=lambda place: (_AGAIN * used[place] - near[place], place)
        )[:MOST]
        for place in places:
            used[place] += 1
        result.append(tuple(points[place] for place in places))
    return tuple(result)
