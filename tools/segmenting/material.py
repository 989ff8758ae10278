"""What is fetched of people to find segments in: as much as the strategy calls for, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from audience.catalog import Catalog, EventField, Field, PropertyField
from tools.context import ToolContext
from tools.segmenting.base import Base
from tools.segmenting.fields import (
    adds_up,
    main_event,
    told_events,
    usable_dates,
    usable_properties,
    usable_traits,
)
from tools.segmenting.grounds import LEAST_KNOWN, Material
from tools.segmenting.relevance import names_field, of_fields, spoken_of
from workspace.people import Wanted

MOST_PEOPLE = 20_000
_MOST_TRAITS = 40
_MOST_PROPERTIES = 6
_MOST_VALUES = 8
_MOST_DATES = 4
_MOST_SUMS = 3


def material_of(
    context: ToolContext,
    base: Base,
    texts: Sequence[str],
    near: Mapping[str, float],
    *,
    as_of: datetime,
    most: int = MOST_PEOPLE,
    seed: int = 0,
) -> Material:
    """The columns of the base's people, or of a sample of about `most`, from bounded queries."""
    catalog = context.workspace.catalog
    everybody = max((each.seen.count for each in catalog.user_traits), default=0)
    main = main_event(catalog)
    events = told_events(catalog)
    if main is not None and main.event not in events:
        events = (main.event, *events)
    traits = [
        each
        for each in usable_traits(catalog)
        if each.seen.count >= 0.5 * LEAST_KNOWN * max(everybody, 1) or each.type == "boolean"
    ]
    traits.sort(key=lambda each: (-_near(each, near), -each.seen.count, each.name))
    properties = [each for event in events for each in usable_properties(event)]
    properties.sort(
        key=lambda each: (
            -_near(each, near),
            main is None or each.event != main.event.name,
            each.event,
            each.name,
        )
    )
    dates = sorted(usable_dates(catalog), key=lambda each: (-_near(each, near), each.name))
    chosen = tuple(properties[:_MOST_PROPERTIES])
    paid = () if main is None or main.money is None else (main.money,)
    sums = (*paid, *_amounts(events, paid, texts, near, catalog))
    wanted = Wanted(
        traits=(*traits[:_MOST_TRAITS], *dates[:_MOST_DATES]),
        events=events,
        sums=sums,
        values={each: _values(each, texts) for each in chosen},
        conditions=tuple(each.bound for each in base.leanings),
    )
    people = context.runner.people(
        base.bound, wanted, as_of=as_of, everybody=base.size, most=most, seed=seed
    )
    return Material(
        people=people,
        main=main,
        events=events,
        traits=tuple(traits[:_MOST_TRAITS]),
        dates=tuple(dates[:_MOST_DATES]),
        properties=chosen,
        sums=sums,
        leanings=base.leanings,
        catalog=catalog,
        texts=tuple(texts),
    )


def _values(property: PropertyField, texts: Sequence[str]) -> tuple[str, ...]:
    """Those that the strategy speaks of, then the most frequent."""
    spoken = spoken_of(property.stats.values, texts)
    return tuple(dict.fromkeys((*spoken, *property.stats.values)))[:_MOST_VALUES]


def _amounts(
    events: Sequence[EventField],
    taken: Sequence[PropertyField],
    texts: Sequence[str],
    near: Mapping[str, float],
    catalog: Catalog,
) -> list[PropertyField]:
    """Numbers of events that the strategy speaks of."""
    found = [
        each
        for event in events
        for each in event.properties
        if each not in taken and adds_up(each) and names_field(each, texts, catalog)
    ]
    return sorted(found, key=lambda each: (-_near(each, near), each.event, each.name))[:_MOST_SUMS]


def _near(field: Field, near: Mapping[str, float]) -> float:
    return round(of_fields((field,), near), 3)
