"""Features made of traits: values, amounts, and how long ago a date is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from audience.catalog import TraitField
from audience.query import Comparison, Duration, Literal, Not, Trait
from tools.segmenting.features import Choice, Feature, Step, is_one, one_step
from tools.segmenting.fields import kind_of
from tools.segmenting.grounds import (
    LEAST_KNOWN,
    LEAST_SHARE,
    MOST_SHARE,
    OF_STRATEGY,
    Material,
    named,
    parts,
    scale,
)
from tools.segmenting.labels import Label, of_trait, plain, some
from tools.segmenting.relevance import spoken_of
from tools.segmenting.thresholds import rounded_age, thresholds
from workspace.people import YEAR

_MOST_VALUES = 6


def of_trait_values(
    trait: TraitField, values: Sequence[Any], material: Material
) -> Iterator[Feature | None]:
    import numpy

    known = sum(each is not None for each in values)
    name = plain(trait.name)
    if trait.type == "number":
        yield _of_number(trait, values, named(trait, material) / 2)
        return
    if trait.type == "boolean":
        holds = numpy.array([each == "true" for each in values])
        yes = Comparison(Trait(trait.name), "equals", (Literal("true"),))
        short = name.removeprefix("is ").removeprefix("has ")
        if parts(holds):
            yield one_step(
                trait.name, short, (trait,), trait.name, named(trait, material) / 2,
                holds=holds, reached=yes, short=Not(yes),
                yes=Label(after=f"with {short}"), no=Label(after=f"without {short}", no=True),
            )  # fmt: skip
        return
    listed = [_items(trait, each) for each in values]
    counts: dict[str, int] = {}
    for each in listed:
        for value in each:
            counts[value] = counts.get(value, 0) + 1
    frequent = sorted(
        (
            value
            for value, number in counts.items()
            if LEAST_SHARE * len(values) <= number <= MOST_SHARE * len(values)
        ),
        key=lambda value: (-counts[value], value),
    )[:_MOST_VALUES]
    if trait.type == "list":
        for value in frequent:
            yield _of_holding(trait, (value,), listed, 0.0)
    elif len(frequent) > 1 and known >= LEAST_KNOWN * len(values):
        flags = tuple(numpy.array([value in each for each in listed]) for value in frequent)
        yield Choice(
            trait.name,
            name,
            (trait,),
            trait.name,
            named(trait, material) / 2,
            trait,
            tuple(frequent),
            flags,
        )
    spoken = spoken_of(sorted(counts), material.texts)
    if spoken and len(spoken) < len(counts):
        yield _of_holding(trait, spoken, listed, OF_STRATEGY)


def of_date(trait: TraitField, values: Sequence[Any]) -> Feature | None:
    """How long ago a date is; one that lies ahead makes no feature."""
    import numpy

    ago = numpy.array([numpy.nan if each is None else each for each in values], dtype=float)
    known = ~numpy.isnan(ago)
    if known.sum() < LEAST_KNOWN * len(ago) or (ago[known] < 0).mean() > 0.02:
        return None
    steps: list[Step] = []
    for days in (730, YEAR, 180, 90):
        with numpy.errstate(invalid="ignore"):
            holds = (ago >= 0) & (ago <= days)
        lately = Comparison(Trait(trait.name), "within_last", (Duration(days, "day"),))
        if parts(holds) and (not steps or holds.sum() < 0.9 * steps[-1].holds.sum()):
            steps.append(Step(lately, Not(lately), Not(lately), holds))
    if not steps:
        return None
    steps = steps[-2:]
    name = plain(trait.name)
    days_of = [
        each.reached.values[0].amount
        for each in steps
        if isinstance(each.reached, Comparison) and isinstance(each.reached.values[0], Duration)
    ]

    def label(low: int, high: int) -> Label:
        if low:
            return Label(after=f"with {name} in the last {days_of[low - 1]} days")
        return Label(after=f"without {name} in the last {days_of[high]} days", no=True)

    return scale(trait.name, name, (trait,), trait.name, 0.0, steps, label)


def _of_holding(
    trait: TraitField, values: tuple[str, ...], listed: Sequence[Sequence[str]], prior: float
) -> Feature | None:
    """Whether a trait has one of the values."""
    import numpy

    # In a list, as in the language, a value is found inside a longer one as well.
    holds = numpy.array(
        [any(value in item for value in values for item in each) for each in listed]
    )
    if trait.type != "list":
        holds = numpy.array([bool(set(values) & set(each)) for each in listed])
    if not parts(holds):
        return None
    has = (
        Comparison(Trait(trait.name), "contains", tuple(Literal(each) for each in values))
        if trait.type == "list"
        else is_one(trait, values)
    )
    where = kind_of(trait) == "geography"
    no = "elsewhere" if where else f"not {of_trait(trait, values).after}"
    return one_step(
        f"{trait.name} {' '.join(values)}",
        f"{plain(trait.name)} {some(values)}",
        (trait,),
        trait.name,
        prior,
        holds=holds,
        reached=has,
        short=Not(has),
        yes=of_trait(trait, values),
        no=Label(after=no, no=True),
    )


def _of_number(trait: TraitField, values: Sequence[Any], prior: float) -> Feature | None:
    import numpy

    numbers = numpy.array([numpy.nan if each is None else each for each in values], dtype=float)
    known = ~numpy.isnan(numbers)
    if known.sum() < LEAST_KNOWN * len(numbers):
        return None
    name = plain(trait.name)
    whole = bool((numbers[known] == numpy.round(numbers[known])).all())
    bounds = thresholds(numbers[known], known=len(numbers), most=2, whole=whole)
    if name == "age":
        ages = {
            rounded_age(float(numpy.quantile(numbers[known], share))) for share in (1 / 3, 2 / 3)
        }
        bounds = tuple(sorted(ages))
    everybody = bool(known.all())
    steps = []
    for each in bounds:
        reached = Comparison(Trait(trait.name), "at_least", (Literal(each),))
        less = Comparison(Trait(trait.name), "less_than", (Literal(each),))
        with numpy.errstate(invalid="ignore"):
            holds = numbers >= float(each)
        if parts(holds):
            steps.append(Step(reached, less if everybody else Not(reached), less, holds))
    if not steps:
        return None
    said = "aged" if name == "age" else f"with {name}"
    shown = [
        each.reached.values[0].value
        for each in steps
        if isinstance(each.reached, Comparison) and isinstance(each.reached.values[0], Literal)
    ]

    def label(low: int, high: int) -> Label:
        if not low:
            under = (
                f"{said} under {shown[high]}" if everybody else f"not {said} {shown[high]} or more"
            )
            return Label(after=under, no=not everybody)
        if high == len(steps):
            return Label(after=f"{said} {shown[low - 1]} or more")
        return Label(after=f"{said} {shown[low - 1]} to {shown[high]}")

    return scale(trait.name, name, (trait,), trait.name, prior, steps, label)


def _items(trait: TraitField, value: Any) -> tuple[str, ...]:
    """The values that a person has: of a list, all of its items."""
    if value is None or value == "":
        return ()
    if trait.type == "list":
        return tuple(each for each in str(value).strip("[]").split(", ") if each)
    return (str(value),)
