"""What features are made of: what was fetched of people, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from audience.catalog import Catalog, EventField, Field, PropertyField, TraitField
from tools.segmenting.base import Leaning
from tools.segmenting.features import Scale, Step
from tools.segmenting.fields import MainEvent
from tools.segmenting.labels import Label
from tools.segmenting.relevance import names_field
from workspace.people import People

LEAST_KNOWN = 0.4  # the share of people for whom a trait must be set
LEAST_SHARE, MOST_SHARE = 0.04, 0.96  # the shares between which a condition parts people
OF_STRATEGY = 0.3  # what a feature is worth that the strategy speaks of


@dataclass(frozen=True)
class Material:
    """What was fetched, and what it is of."""

    people: People
    main: MainEvent | None
    events: tuple[EventField, ...]
    traits: tuple[TraitField, ...]
    dates: tuple[TraitField, ...]
    properties: tuple[PropertyField, ...]
    sums: tuple[PropertyField, ...]
    leanings: tuple[Leaning, ...]
    texts: tuple[str, ...]
    catalog: Catalog


def named(field: Field, material: Material) -> float:
    """What it counts for that the strategy names a field."""
    return OF_STRATEGY if names_field(field, material.texts, material.catalog) else 0.0


def scale(
    key: str, how: str, fields: tuple[Any, ...], family: str, prior: float,
    steps: Sequence[Step], label: Callable[[int, int], Label],
) -> Scale | None:  # fmt: skip
    """A scale of these steps; `label` is called with each place that a rule may end in. None without steps."""
    if not steps:
        return None
    places = range(len(steps) + 1)
    labels = tuple(
        tuple(
            label(low, high) if (low, high) != (0, len(steps)) and high >= low else Label()
            for high in places
        )
        for low in places
    )
    return Scale(key, how, fields, family, prior, tuple(steps), labels)


def parts(holds: Any) -> bool:
    """Whether a condition parts people: it holds neither for nearly nobody nor for nearly all."""
    return LEAST_SHARE <= float(holds.mean()) <= MOST_SHARE if len(holds) else False
