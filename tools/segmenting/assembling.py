"""Segments put together: the cut, the counts, the portraits, the pain points."""

from __future__ import annotations

from collections.abc import Sequence

from audience.bound import Bound
from audience.describer import describe_condition
from audience.printer import show
from audience.query import Aggregate, Boolean, Comparison, Events, Trait, conditions, walk
from tools.context import ToolContext
from tools.segmenting.cutting import MOST, Cut
from tools.segmenting.fields import (
    age_trait,
    main_event,
    told_events,
    usable_properties,
    usable_traits,
)
from tools.segmenting.pain_points import fitting, pain_points
from tools.segmenting.portraits import DAYS, Portrait, Portraits, name_of
from tools.segments import Overlap, Segment, Segmentation
from workspace.breakdown import Breakdown
from workspace.breakdown import Comparison as Compared
from workspace.strategies import Persona, Strategy


def assembled(
    context: ToolContext,
    strategy: Strategy,
    cut: Cut,
    bounds: Sequence[Bound],
    breakdown: Breakdown,
    *,
    about: str,
    number: int,
    base: Bound | None,
) -> Segmentation:
    """The segments of a cut, largest first, with everything that can be said of them."""
    catalog = context.workspace.catalog
    traits = [each for each in usable_traits(catalog) if each.type != "number"]
    age = age_trait(catalog)
    traits += [] if age is None else [age]
    events = told_events(catalog)
    main = main_event(catalog)
    properties = () if main is None else usable_properties(main.event)
    compared = breakdown.compare(
        bounds,
        traits=traits,
        events=events,
        properties=properties,
        catalog_events={each.name: each for each in catalog.events},
        days=DAYS,
    )
    portraits = Portraits(compared, traits, events, properties)
    shown = [portraits.of(place, _fields(bound.root)) for place, bound in enumerate(bounds)]
    names = _distinct([name_of(labels) for labels in cut.labels])
    points = pain_points(strategy)
    fits = fitting(
        [f"{name}. {_in_words(portrait)}" for name, portrait in zip(names, shown, strict=True)],
        points,
        context.settings,
    )
    keys = [_key(name) for name in names]
    universe = context.runner.preview(bounds[0], as_of=context.moment()).universe or compared.base
    segments = tuple(
        Segment(
            key=keys[place],
            name=names[place],
            demographics=portrait.demographics,
            geography=portrait.geography,
            interests=portrait.interests,
            behaviours=(*_done(bounds[place]), *portrait.behaviours)[:4],
            pain_points=fits[place],
            query=show(bounds[place].root),
            english=tuple(
                describe_condition(each, catalog) for each in conditions(bounds[place].root)
            ),
            reach=compared.sizes[place],
            universe=universe,
            share=compared.sizes[place] / universe if universe else None,
            facts=portrait.facts,
            overlaps=_overlaps(place, keys, compared),
        )
        for place, portrait in enumerate(shown)
    )
    return Segmentation(
        segments=segments,
        cut=number,
        how=_how(cut, number),
        context=about.strip(),
        base=None if base is None else show(base.root),
        base_reach=compared.base,
        covered=compared.in_some / compared.base if compared.base else None,
    )


def from_words(strategy: Strategy, about: str) -> Segmentation:
    """Without data: what the strategy says, and nothing that would have to be counted."""
    people: Sequence[Persona] = strategy.personas[:MOST]
    points = pain_points(strategy)
    if people:
        segments = tuple(
            Segment(
                key=each.key,
                name=each.name,
                demographics=each.demographics or strategy.audience.demographics,
                geography=each.geography or strategy.audience.geography,
                interests=each.interests,
                behaviours=each.behaviours,
                pain_points=tuple(
                    point for point in points if point.of in (each.name, strategy.name)
                )[:3],
                grounded=False,
            )
            for each in people
        )
    else:
        thoughts = (*strategy.audience.interests, *strategy.audience.behaviours)[:MOST]
        segments = tuple(
            Segment(
                key=_key(each),
                name=each[0].upper() + each[1:],
                demographics=strategy.audience.demographics,
                geography=strategy.audience.geography,
                interests=(each,) if each in strategy.audience.interests else (),
                behaviours=(each,) if each in strategy.audience.behaviours else (),
                pain_points=points[:3],
                grounded=False,
            )
            for each in thoughts
        )
    how = "Taken from the strategy's words, because this workspace has no data to find groups in:"
    return Segmentation(segments=segments, cut=0, how=how, context=about.strip())


def _how(cut: Cut, number: int) -> str:
    ways = " and ".join(each.how for each in cut.dimensions)
    again = "Cut another way, by" if number else "Found in your data, by"
    return f"{again} {ways}:"


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


def _distinct(names: Sequence[str]) -> list[str]:
    """Names that were cut to the same text told apart by a number."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name[:55].rstrip()} ({seen[name]})")
    return distinct


def _key(name: str) -> str:
    from audience.nearest import snake_case

    return snake_case(name)
