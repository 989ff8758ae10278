"""Segments without data: what the strategy says, and nothing that would have to be counted."""

from __future__ import annotations

from collections.abc import Sequence

from audience.nearest import snake_case
from tools.segmenting.labels import shortened
from tools.segmenting.pain_points import pain_points
from tools.segments import Segment, Segmentation
from workspace.strategies import Persona, Strategy

MOST = 6


def from_words(strategy: Strategy, about: str, why: str) -> Segmentation:
    """One for each persona; without personas, one for each thing that the audience likes or does.

    None is grounded. `why` says why no data was used.
    """
    people: Sequence[Persona] = strategy.personas[:MOST]
    segments = [_of_persona(each, strategy) for each in people] if people else _thoughts(strategy)
    return Segmentation(
        segments=tuple(segments),
        cut=0,
        how=f"Taken from the strategy's words alone, because {why}:",
        context=about.strip(),
        notes=("They are not grounded: nobody was counted, and they have no conditions.",),
    )


def _of_persona(persona: Persona, strategy: Strategy) -> Segment:
    points = [each for each in pain_points(strategy) if each.of in (persona.name, strategy.name)]
    points.sort(key=lambda each: each.of != persona.name)
    return Segment(
        key=persona.key,
        name=shortened(persona.name),
        demographics=persona.demographics or strategy.audience.demographics,
        geography=persona.geography or strategy.audience.geography,
        interests=persona.interests or strategy.audience.interests,
        behaviours=persona.behaviours or strategy.audience.behaviours,
        pain_points=tuple(points[:3]),
        grounded=False,
    )


def _thoughts(strategy: Strategy) -> list[Segment]:
    audience = strategy.audience
    points = pain_points(strategy)[:3]
    thoughts = list(dict.fromkeys((*audience.interests, *audience.behaviours)))[:MOST]
    if not thoughts and (audience.demographics or audience.geography):
        thoughts = [audience.demographics or audience.geography]
    return [
        Segment(
            key=snake_case(each) or f"segment_{number}",
            name=shortened(each[0].upper() + each[1:]),
            demographics=audience.demographics,
            geography=audience.geography,
            interests=(each,) if each in audience.interests else (),
            behaviours=(each,) if each in audience.behaviours else (),
            pain_points=points,
            grounded=False,
        )
        for number, each in enumerate(thoughts, 1)
    ]
