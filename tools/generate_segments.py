"""Segments of the workspace's own people, for a strategy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from audience.bound import Bound
from audience.problems import MusterError
from audience.query import Boolean
from tools.context import ToolContext
from tools.list_personas import find_strategy
from tools.segmenting.assembling import assembled, from_words
from tools.segmenting.base import base_of
from tools.segmenting.cutting import SMALLEST, find_cut, ranked
from tools.segmenting.dimensions import (
    WINDOWS,
    Dimension,
    flat,
    of_activity,
    of_doing,
    of_matches,
    of_past,
    of_thirds,
    of_values,
)
from tools.segmenting.fields import (
    kind_of,
    main_event,
    told_events,
    usable_properties,
    usable_traits,
)
from tools.segmenting.relevance import relevance, spoken_of, texts_of
from tools.segments import Segmentation
from workspace.breakdown import Breakdown


class TooFewPeople(MusterError):
    """The people cannot be parted into groups that are large enough."""

    code = "too_few_people"


def generate_segments(
    context: ToolContext,
    strategy: str,
    *,
    about: str = "",
    cut: int = 0,
    as_of: datetime | None = None,
) -> Segmentation:
    """Part the people of the workspace into 3 to 6 distinct segments for the chosen strategy.

    Each has a name, demographics, geography, interests and behaviours, pain points of the strategy,
    conditions that run, a size, and what it shares with the others. `about` restricts them to people
    described in words. Generating again cuts another way and replaces all segments.

    The same arguments on the same data give the same segments. Raises `ContextNotUnderstood`,
    `TooFewPeople`, `tools.errors.NotFound`.
    """
    chosen = find_strategy(context, strategy)
    if not context.workspace.catalog.has_data:
        return from_words(chosen, about)
    moment = context.moment(as_of)
    base = base_of(context, about)
    breakdown = context.runner.breakdown(base, as_of=moment)
    size = breakdown.size()
    if size < 3 * SMALLEST:
        raise TooFewPeople(
            f"There are {size:,} people to part, too few for segments of at least {SMALLEST}. "
            "Widen the description."
        )
    counter = _Counter(context, base, moment)
    texts = texts_of(chosen, about)
    dimensions = ranked(
        tuple(_dimensions(context, breakdown, size, texts)), relevance(texts, context.index)
    )
    made = find_cut(dimensions, cut, size, counter)
    if made is None:
        raise TooFewPeople(
            f"What is known of these {size:,} people does not part them into three groups of at "
            f"least {SMALLEST}. Widen the description."
        )
    bounds = [counter.bound(condition) for condition in made.conditions]
    return assembled(context, chosen, made, bounds, breakdown, about=about, number=cut, base=base)


def _dimensions(
    context: ToolContext, breakdown: Breakdown, size: int, texts: Sequence[str]
) -> Iterator[Dimension]:
    """Every way of parting the people that their data gives."""
    catalog = context.workspace.catalog
    main = main_event(catalog)
    if main is not None:
        yield from of_activity(main, breakdown.activity(main.event, main.money, WINDOWS))
    events = told_events(catalog)
    for event in events:
        bought = main is not None and main.is_purchase and event == main.event
        for property in usable_properties(event):
            if values := spoken_of(property.stats.values, texts):
                number = breakdown.doers(event, property, values)
                yield from _only(of_past(event, property, values, number, size, bought=bought))
    for name, number in breakdown.lately(events, WINDOWS[-1]).items():
        done = catalog.event(name)
        if done is not None and (main is None or done != main.event):
            yield from _only(of_doing(done, number, size))
    traits = usable_traits(catalog)
    for trait in traits:
        if trait.type == "number":
            bounds = breakdown.thirds(trait)
            known = min(1.0, trait.seen.count / size)
            yield from _only(None if bounds is None else of_thirds(trait, bounds, known))
    counts = breakdown.values([each for each in traits if each.type != "number"])
    for trait in traits:
        if trait.type == "number":
            continue
        if trait.type != "list":
            yield from _only(of_values(trait, counts[trait.name], size))
        if trait.type == "boolean" or kind_of(trait) == "behaviours":
            continue
        values = spoken_of([value for value, _ in counts[trait.name]], texts)
        if values and len(values) < len(counts[trait.name]):
            number = breakdown.holders(trait, values)
            yield from _only(of_matches(trait, values, number, size))


def _only(dimension: Dimension | None) -> Iterator[Dimension]:
    if dimension is not None:
        yield dimension


class _Counter:
    """Counts people of the base for whom a condition holds."""

    def __init__(self, context: ToolContext, base: Bound | None, as_of: datetime) -> None:
        self._context = context
        self._root = None if base is None else base.root
        self._as_of = as_of
        self._catalog = context.catalog

    def __call__(self, condition: Boolean) -> int:
        preview = self._context.runner.preview(self.bound(condition), as_of=self._as_of)
        return preview.reach or 0

    def bound(self, condition: Boolean) -> Bound:
        from audience.validator import bind

        return bind(flat(self._root, condition), self._catalog)
