"""Segments put together: the cut, the counts, the portraits, the pain points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from audience.bound import Bound
from audience.describer import describe_condition
from audience.nearest import snake_case
from audience.printer import show
from audience.query import Aggregate, Boolean, Comparison, Events, Trait, conditions, walk
from tools.context import ToolContext
from tools.segmenting.base import SMALLEST, Base
from tools.segmenting.cutting import Cut, Part
from tools.segmenting.fields import age_trait, troubles, usable_properties, usable_traits
from tools.segmenting.grounds import Material
from tools.segmenting.labels import names_of
from tools.segmenting.measures import measures_of
from tools.segmenting.pain_points import fitting, pain_points, seen_in_data
from tools.segmenting.portraits import DAYS, Portrait, Portraits
from tools.segmenting.words import summary_of
from tools.segments import Overlap, Segment, Segmentation
from workspace.breakdown import Comparison as Compared
from workspace.strategies import Strategy

_MOST_TRAITS = 40  # that portraits are made of


@dataclass(frozen=True)
class Ground:
    """What the segments stand on."""

    context: ToolContext
    strategy: Strategy
    base: Base
    material: Material
    as_of: datetime


def assembled(
    ground: Ground, cut: Cut, bounds: Sequence[Bound], *, about: str, number: int
) -> Segmentation:
    """The segments of a cut, largest first, with everything that can be said of them.

    One that turns out smaller than 50 people is left out.
    """
    context, material = ground.context, ground.material
    catalog = context.workspace.catalog
    compared, portraits = _compared(ground, bounds)
    kept = [place for place, size in enumerate(compared.sizes) if size >= SMALLEST]
    if len(kept) < len(bounds):
        cut_parts = tuple(cut.parts[place] for place in kept)
        bounds = [bounds[place] for place in kept]
        compared, portraits = _compared(ground, bounds)
    else:
        cut_parts = cut.parts
    shown = [portraits.of(place, _fields(bound.root)) for place, bound in enumerate(bounds)]
    names = names_of(
        [part.labels for part in cut_parts],
        [[fact.label for fact in portrait.facts] for portrait in shown],
    )
    fits = fitting(
        [f"{name}. {_in_words(portrait)}" for name, portrait in zip(names, shown, strict=True)],
        pain_points(ground.strategy),
        context.settings,
    )
    keys = _keys(names)
    trouble = troubles(catalog)
    universe = context.runner.breakdown(None, as_of=ground.as_of).size()
    plain = (
        Segment(
            key=keys[place],
            name=names[place],
            demographics=portrait.demographics,
            geography=portrait.geography,
            interests=portrait.interests,
            behaviours=(*_done(bounds[place]), *portrait.behaviours)[:4],
            pain_points=(*fits[place], *seen_in_data(portrait, trouble)),
            query=show(bounds[place].root),
            english=tuple(
                describe_condition(each, catalog) for each in conditions(bounds[place].root)
            ),
            reach=compared.sizes[place],
            universe=universe,
            share=compared.sizes[place] / universe if universe else None,
            facts=portrait.facts,
            measures=measures_of(material, cut_parts[place].holds, catalog, _everybody(ground)),
            overlaps=_overlaps(place, keys, compared),
            faithful=round(cut_parts[place].f1, 3),
            confidence=_confidence(cut_parts[place], cut, compared.sizes[place]),
        )
        for place, portrait in enumerate(shown)
    )
    segments = tuple(each.model_copy(update={"summary": summary_of(each)}) for each in plain)
    return Segmentation(
        segments=segments,
        cut=number,
        how=_how(cut, number, context.settings.model),
        context=about.strip(),
        base=None if ground.base.bound is None else show(ground.base.bound.root),
        base_reach=compared.base,
        covered=compared.in_some / compared.base if compared.base else None,
        stability=round(cut.stability, 3),
        sampled=material.people.share,
        notes=ground.base.notes,
    )


def _compared(ground: Ground, bounds: Sequence[Bound]) -> tuple[Compared, Portraits]:
    catalog = ground.context.workspace.catalog
    traits = [
        *(each for each in ground.material.traits if each.type != "number"),
        *(each for each in usable_traits(catalog) if each.type != "number"),
    ]
    traits = list(dict.fromkeys(traits))[:_MOST_TRAITS]
    age = age_trait(catalog)
    traits += [] if age is None else [age]
    main = ground.material.main
    properties = () if main is None else usable_properties(main.event)
    properties = tuple(dict.fromkeys((*properties, *ground.material.properties)))
    events = ground.material.events
    breakdown = ground.context.runner.breakdown(ground.base.bound, as_of=ground.as_of)
    compared = breakdown.compare(
        bounds,
        traits=traits,
        events=events,
        properties=properties,
        catalog_events={each.name: each for each in catalog.events},
        days=DAYS,
    )
    return compared, Portraits(compared, traits, events, properties, _everybody(ground))


def _everybody(ground: Ground) -> str:
    return "everybody" if ground.base.bound is None else "the base"


def _confidence(part: Part, cut: Cut, size: int) -> Literal["high", "medium", "low"]:
    """By how well the rule describes its cluster, how steady the cut is, and how many people it has."""
    if part.f1 >= 0.9 and cut.stability >= 0.85 and size >= 4 * SMALLEST:
        return "high"
    if part.f1 >= 0.8 and cut.stability >= 0.7 and size >= 2 * SMALLEST:
        return "medium"
    return "low"


def _how(cut: Cut, number: int, model: str) -> str:
    ways = [each.how for each in cut.features]
    said = ways[0] if len(ways) == 1 else f"{', '.join(ways[:-1])} and {ways[-1]}"
    again = "Cut another way, by" if number else "Found in your data, by"
    who = f", as {model} proposed" if cut.proposed else ""
    return f"{again} {said}{who}:"


def _done(bound: Bound) -> tuple[str, ...]:
    """The segment's own conditions on events, in words."""
    return tuple(
        describe_condition(each, bound.catalog)
        for each in conditions(bound.root)
        if any(isinstance(node, Aggregate) for node in walk(each))
    )


def _fields(root: Boolean) -> frozenset[str]:
    """The names of the events and traits that a query compares."""
    return frozenset(
        node.name for node in walk(root) if isinstance(node, Events | Trait)
    ) | frozenset(
        node.left.reducer.property.name
        for node in walk(root)
        if isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and node.left.reducer.property is not None
    )


def _in_words(portrait: Portrait) -> str:
    return ". ".join(
        part
        for part in (
            portrait.demographics,
            portrait.geography,
            *portrait.interests,
            *portrait.behaviours,
        )
        if part
    )


def _overlaps(place: int, keys: Sequence[str], compared: Compared) -> tuple[Overlap, ...]:
    found = []
    for other, key in enumerate(keys):
        if other == place:
            continue
        pair = (min(place, other), max(place, other))
        both = compared.pairs[pair]
        either = compared.sizes[place] + compared.sizes[other] - both
        found.append(Overlap(key=key, people=both, share=both / either if either else 0.0))
    return tuple(found)


def _keys(names: Sequence[str]) -> list[str]:
    keys: list[str] = []
    for number, name in enumerate(names, 1):
        key = snake_case(name)
        keys.append(key if key and key not in keys else f"segment_{number}")
    return keys
