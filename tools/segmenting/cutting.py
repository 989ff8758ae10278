"""Cutting a base of people into segments along two dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audience.query import Boolean
from tools.segmenting.dimensions import Dimension, Label, flat
from tools.segmenting.relevance import of_fields

FEWEST, MOST = 3, 6
WANTED = 5
SMALLEST = 50  # people; no smaller group is named
_LARGE = 0.25  # a share of the base above which a segment is worth parting again
_HELD = 0.7  # of a segment's people, the share that its parts must hold
_PRIOR = {"recency": 0.5, "value": 0.2, "frequency": 0.15}
_OF_STRATEGY = 0.3  # for what the strategy itself speaks of

Part = tuple[tuple[Label, ...], Boolean, int]


@dataclass(frozen=True)
class Cut:
    """Segments that do not overlap: what each is called by, its condition, and its size."""

    dimensions: tuple[Dimension, ...]
    labels: tuple[tuple[Label, ...], ...]
    conditions: tuple[Boolean, ...]
    sizes: tuple[int, ...]


def ranked(
    dimensions: Sequence[Dimension], relevance: Mapping[str, float]
) -> tuple[Dimension, ...]:
    """The dimensions that tell most about people for this strategy first."""

    def score(dimension: Dimension) -> float:
        near = of_fields(dimension.fields, relevance)
        prior = _OF_STRATEGY if dimension.key.endswith(" of the strategy") else 0.0
        return dimension.balance * (0.4 + 0.6 * near) + _PRIOR.get(dimension.key, prior)

    return tuple(sorted(dimensions, key=lambda each: (-score(each), each.key)))


def find_cut(
    dimensions: Sequence[Dimension],
    number: int,
    base: int,
    count: Callable[[Boolean], int],
) -> Cut | None:
    """The cut of this number, of all that give enough segments, round and round; None if none does.

    `count` counts the people of a condition within the base.
    """
    found: list[Cut] = []
    for first, second in _pairs(dimensions):
        made = _made(first, second, base, count)
        if made is None or any(made.conditions == each.conditions for each in found):
            continue
        found.append(made)
        if len(found) > number:
            return made
    return found[number % len(found)] if found else None


def _pairs(dimensions: Sequence[Dimension]) -> list[tuple[Dimension, Dimension | None]]:
    """Neighbours in the ranking first, so that one cut after the other shows something new."""
    few = dimensions[:8]
    pairs: list[tuple[Dimension, Dimension | None]] = [
        (few[place], few[place + distance])
        for distance in range(1, len(few))
        for place in range(len(few) - distance)
        if not few[place].family or few[place].family != few[place + distance].family
    ]
    return [*pairs, *((each, None) for each in few)]


def _made(
    first: Dimension, second: Dimension | None, base: int, count: Callable[[Boolean], int]
) -> Cut | None:
    parts: list[Part] = [
        ((group.label,), group.condition, count(group.condition)) for group in first.groups
    ]
    parts = [each for each in parts if each[2] >= SMALLEST]
    whole = {id(each[1]) for each in parts}  # not parted yet
    while second is not None and len(parts) < WANTED:
        large = [each for each in parts if id(each[1]) in whole and each[2] > _LARGE * base]
        if not large:
            break
        largest = max(large, key=lambda each: each[2])
        whole.discard(id(largest[1]))
        smaller = [
            ((*largest[0], group.label), condition, count(condition))
            for group in second.groups
            for condition in (flat(largest[1], group.condition),)
        ]
        smaller = sorted(
            (each for each in smaller if each[2] >= SMALLEST), key=lambda each: -each[2]
        )[: MOST - len(parts) + 1]
        held = sum(each[2] for each in smaller)
        if len(smaller) > 1 and held >= _HELD * largest[2]:
            place = parts.index(largest)
            parts[place : place + 1] = smaller
    if len(parts) < FEWEST:
        return None
    parts = sorted(parts, key=lambda each: -each[2])[:MOST]
    used = (
        (first,) if second is None or all(len(each[0]) == 1 for each in parts) else (first, second)
    )
    return Cut(
        tuple(used),
        tuple(each[0] for each in parts),
        tuple(each[1] for each in parts),
        tuple(each[2] for each in parts),
    )
