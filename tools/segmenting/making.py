"""Features made of what people do: when, how often, for how much, and with what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audience.catalog import EventField, PropertyField
from audience.query import (
    Aggregate,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Not,
    Property,
    Reducer,
    Where,
    Within,
)
from tools.segmenting.base import Leaning
from tools.segmenting.features import Feature, Step, one_step
from tools.segmenting.fields import MainEvent
from tools.segmenting.grounds import OF_STRATEGY, Material, named, parts, scale
from tools.segmenting.labels import Label, not_of_property, of_property, plain
from tools.segmenting.relevance import spoken_of
from tools.segmenting.thresholds import thresholds
from tools.segmenting.trait_features import of_date, of_trait_values
from workspace.people import YEAR, Done

if TYPE_CHECKING:
    from tools.segmenting.features import Flags

_PRIOR = {"recency": 0.35, "value": 0.3, "frequency": 0.25}
_OF_CONTEXT = 1.0


def features_of(material: Material) -> tuple[Feature, ...]:
    """All that tell people apart; what is the same for nearly everybody makes none."""
    people = material.people
    found: list[Feature | None] = []
    if material.main is not None:
        found += _of_main(material.main, people.events[material.main.event.name])
    for event in material.events:
        done = people.events[event.name]
        if material.main is None or event != material.main.event:
            found.append(_of_doing(event, done, named(event, material)))
        for property in material.properties:
            if property.event == event.name:
                found += _of_values(event, property, done, material)
        for amount in material.sums:
            if amount.event == event.name and (
                material.main is None or amount != material.main.money
            ):
                found.append(_of_amount(event, amount, done.sums[amount.name], material))
    for trait in material.traits:
        found += of_trait_values(trait, people.traits[trait.name], material)
    found += [of_date(each, people.traits[each.name]) for each in material.dates]
    for leaning, holds in zip(material.leanings, people.holds, strict=True):
        found.append(_of_leaning(leaning, holds))
    return tuple(each for each in found if each is not None)


def _of_main(main: MainEvent, done: Done) -> Iterator[Feature | None]:
    name, doers = main.event.name, "customers" if main.is_purchase else "people"
    never = "prospects" if main.is_purchase else "people"
    days = [each for each in (YEAR, 180, 90, 30) if parts(done.within[each] > 0)]
    steps: list[Step] = []
    if parts(done.ever > 0):
        steps.append(_counted(name, None, 1, done.ever > 0))
    for each in _apart([done.within[each] > 0 for each in days], steps):
        steps.append(_counted(name, days[each], 1, done.within[days[each]] > 0))
    if steps:
        ever = steps[0].reached == _times(name, None, "at_least", 1)

        def label(low: int, high: int) -> Label:
            if low == len(steps):
                return Label(before="Recent" if len(steps) > 1 else "Active", noun=doers)
            if high == 0:
                return Label(noun=never) if ever else Label(before="Inactive", noun=doers)
            if high == len(steps):
                return Label(before="Past" if ever and low == 1 else "Active", noun=doers)
            if low == 0:
                return Label(before="Inactive", noun="people" if ever else doers)
            return Label(before="Lapsed" if ever and low == 1 else "At-risk", noun=doers)

        yield scale(
            "recency",
            f"when {name} happened last",
            (main.event,),
            "recency",
            _PRIOR["recency"],
            steps,
            label,
        )
    counts = done.within[YEAR]
    yield _often("frequency", main.event, counts, doers, _PRIOR["frequency"])
    if main.money is not None:
        yield _of_value(main, main.money, done.sums[main.money.name], doers)


def _often(key: str, event: EventField, counts: Any, doers: str, prior: float) -> Feature | None:
    bounds = _bounds(counts)
    if not bounds:
        return None
    steps = [_counted(event.name, YEAR, int(each), counts >= float(each)) for each in bounds]

    def label(low: int, high: int) -> Label:
        if low == len(steps):
            return Label(before="Frequent" if bounds[-1] > 1 else "Active", noun=doers)
        if high == 0:
            return Label(before="Inactive" if bounds[0] == 1 else "Infrequent", noun=doers)
        if high == len(steps):
            return Label(before="Repeat" if bounds[low - 1] > 1 else "Active", noun=doers)
        once = bounds[low - 1] == 1 and bounds[high] == 2 if low else False
        return Label(
            before="One-time" if once else "Occasional" if low else "Infrequent", noun=doers
        )

    how = f"how often {event.name} happened in a year"
    return scale(key, how, (event,), "amount", prior, steps, label)


def _of_value(main: MainEvent, money: PropertyField, spent: Any, doers: str) -> Feature | None:
    steps = _summed(main.event, money, spent)

    def label(low: int, high: int) -> Label:
        word = "Medium-value" if low else "Low-value"
        return Label(before="High-value" if low == len(steps) else word, noun=doers)

    how = f"the {plain(money.name)} of {main.event.name} in a year"
    return scale("value", how, (main.event, money), "amount", _PRIOR["value"], steps, label)


def _of_amount(
    event: EventField, amount: PropertyField, sums: Any, material: Material
) -> Feature | None:
    steps = _summed(event, amount, sums)
    name = plain(amount.name)

    def label(low: int, high: int) -> Label:
        much = "high" if low == len(steps) else "some" if low else "little"
        return Label(after=f"with {much} {name}", no=not low)

    key = f"{amount.name} of {event.name}"
    prior = named(amount, material)
    return scale(
        key, f"the {name} of {event.name} in a year", (event, amount), name, prior, steps, label
    )


def _summed(event: EventField, amount: PropertyField, sums: Any) -> list[Step]:
    import numpy

    known = ~numpy.isnan(sums)
    some_have = sums[known & (sums > 0)]
    total = Aggregate(_lately(event.name, YEAR), Reducer("sum", Property(amount.name)))
    everybody = bool(known.all())
    steps = []
    for each in thresholds(some_have, known=len(sums), most=2):
        reached = Comparison(total, "at_least", (Literal(each),))
        less = Comparison(total, "less_than", (Literal(each),))
        with numpy.errstate(invalid="ignore"):
            holds = sums >= float(each)
        if parts(holds):
            steps.append(Step(reached, less if everybody else Not(reached), less, holds))
    return steps


def _of_doing(event: EventField, done: Done, prior: float) -> Feature | None:
    counts = done.within[YEAR]
    bounds = _bounds(counts)[:2]
    if not bounds:
        return None
    steps = [_counted(event.name, YEAR, int(each), counts >= float(each)) for each in bounds]
    spoken = event.name.replace("_", " ")

    def label(low: int, high: int) -> Label:
        if low == 0:
            few = bounds[high]
            fewer = f"without {spoken}" if few == 1 else f"with fewer than {few} {spoken}"
            return Label(after=fewer, no=True)
        many = bounds[low - 1]
        return Label(after=f"with {spoken}" if many == 1 else f"with {many} or more {spoken}")

    return scale(event.name, f"{event.name} in a year", (event,), event.name, prior, steps, label)


def _of_values(
    event: EventField, property: PropertyField, done: Done, material: Material
) -> Iterator[Feature | None]:
    """What of it: for each frequent value, and for those that the strategy speaks of, who had it."""
    bought = (
        material.main is not None and material.main.is_purchase and event == material.main.event
    )
    values = [value for name, value in done.values if name == property.name]
    same = sum(each.property(property.name) is not None for each in material.catalog.events)
    where_done = f" in {event.name}" if same > 1 else ""
    spoken = spoken_of(values, material.texts)
    for value in values:
        counts = done.values[property.name, value]
        bounds = _bounds(counts)
        if not bounds:
            continue
        # The threshold that parts people most evenly.
        least = min(bounds, key=lambda each: abs(float((counts >= float(each)).mean()) - 0.4))
        holds = counts >= float(least)
        if not parts(holds):
            continue
        where = Where(Comparison(Property(property.name), "equals", (Literal(value),)))
        had = Aggregate(
            Events(event.name, (where, *_lately(event.name, YEAR).filters)), Reducer("count")
        )
        yield one_step(
            f"{property.name} {value} of {event.name}",
            f"{plain(property.name)} {value}",
            (event, property),
            f"{event.name} {property.name}",
            OF_STRATEGY if value in spoken else 0.0,
            holds=holds,
            reached=Comparison(had, "at_least", (Literal(least),)),
            short=Comparison(had, "less_than", (Literal(least),))
            if least > 1
            else Comparison(had, "equals", (Literal(Decimal(0)),)),
            yes=of_property(value, int(least), bought=bought, where=where_done),
            no=not_of_property(value, int(least), bought=bought, where=where_done),
        )


def _of_leaning(leaning: Leaning, holds: Flags) -> Feature | None:
    if not parts(holds):
        return None
    root = leaning.bound.root
    return one_step(
        f"said {leaning.words}",
        f"“{leaning.words}”",
        (),
        f"said {leaning.words}",
        _OF_CONTEXT if leaning.of_context else OF_STRATEGY,
        holds=holds,
        reached=root,
        short=Not(root),
        yes=Label(after=leaning.name),
        no=Label(before="Other", no=True),
    )


def _bounds(counts: Any) -> tuple[Decimal, ...]:
    """Thresholds of a count: 1 where many have none, and what parts those who have some."""
    some_have = counts[counts > 0]
    bounds = list(thresholds(some_have, known=len(counts), most=2, whole=True))
    one = Decimal(1)
    if one not in bounds and parts(counts > 0):
        bounds.insert(0, one)
    return tuple(each for each in bounds if parts(counts >= float(each)))


def _apart(flags: Sequence[Any], steps: Sequence[Step]) -> Iterator[int]:
    """Those of nested groups that differ enough from the one before; two at most."""
    before = steps[-1].holds.sum() if steps else None
    found = 0
    for place, each in enumerate(flags):
        if found < 2 and (before is None or each.sum() <= 0.85 * before):
            before, found = each.sum(), found + 1
            yield place


def _counted(event: str, days: int | None, least: int, holds: Any) -> Step:
    fewer = (
        _times(event, days, "equals", 0) if least == 1 else _times(event, days, "less_than", least)
    )
    return Step(_times(event, days, "at_least", least), fewer, fewer, holds)


def _times(event: str, days: int | None, operator: str, count: int) -> Comparison:
    counted = Aggregate(_lately(event, days), Reducer("count"))
    return Comparison(counted, operator, (Literal(Decimal(count)),))


def _lately(event: str, days: int | None) -> Events:
    filters: tuple[Filter, ...] = () if days is None else (Within(Duration(days, "day")),)
    return Events(event, filters)
