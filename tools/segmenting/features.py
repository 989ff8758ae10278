"""Features: what people are told apart by. Each is made of conditions that an audience can have.

A feature knows for whom of the people each of its conditions holds, so that a rule made of them can
be judged before it is run, and says what a rule says in the audience language.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log
from typing import TYPE_CHECKING, Any

from audience.catalog import Field, TraitField
from audience.query import Aggregate, Boolean, Comparison, Literal, Not, Trait
from tools.segmenting.labels import Label, of_another, of_trait

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Flags = NDArray[numpy.bool_]
    Numbers = NDArray[numpy.float64]


@dataclass(frozen=True)
class Said:
    """What a rule says of one feature."""

    conditions: tuple[Boolean, ...]
    label: Label


@dataclass(frozen=True)
class Step:
    """One step up a scale. `short` is the complement of `reached`; `between` says it of those who
    reached the step before."""

    reached: Boolean
    short: Boolean
    between: Boolean
    holds: Flags


@dataclass(frozen=True)
class Feature:
    """`key` is unique; no cut takes two features of one `family`, which tell the same again.

    `prior` is how much it tells whatever the strategy says; `how` are words for "cut by …".
    """

    key: str
    how: str
    fields: tuple[Field, ...]
    family: str
    prior: float

    def flags(self) -> tuple[Flags, ...]:
        """For whom each condition holds."""
        raise NotImplementedError

    def columns(self) -> tuple[Numbers, ...]:
        """What clusters are found in: numbers from 0 to 1."""
        raise NotImplementedError

    def codes(self) -> NDArray[numpy.int64]:
        """The group of each person, from 0."""
        raise NotImplementedError

    def said(self, held: Collection[int], lacking: Collection[int]) -> Said:
        """What a rule says by which of the conditions hold and which do not."""
        raise NotImplementedError


@dataclass(frozen=True)
class Scale(Feature):
    """Steps, each reached only by those who reached the one before.

    `labels` has one for each place that a rule may end in: (lowest, highest) step, both from 0.
    """

    steps: tuple[Step, ...]
    labels: tuple[tuple[Label, ...], ...]

    def flags(self) -> tuple[Flags, ...]:
        return tuple(each.holds for each in self.steps)

    def columns(self) -> tuple[Numbers, ...]:
        import numpy

        total: Numbers = numpy.sum([each.holds for each in self.steps], axis=0) / len(self.steps)
        return (total,)

    def codes(self) -> NDArray[numpy.int64]:
        import numpy

        total: NDArray[numpy.int64] = numpy.sum([each.holds for each in self.steps], axis=0)
        return total

    def said(self, held: Collection[int], lacking: Collection[int]) -> Said:
        low = max(held) + 1 if held else 0
        high = min(lacking) if lacking else len(self.steps)
        found: list[Boolean] = []
        if low:
            found.append(self.steps[low - 1].reached)
        if high < len(self.steps):
            step = self.steps[high]
            found.append(step.between if low else step.short)
        return Said(once(found), self.labels[low][high])


@dataclass(frozen=True)
class Choice(Feature):
    """One value of several; those with none of them, or with a rare one, have no group of their own."""

    trait: TraitField
    values: tuple[str, ...]
    holds: tuple[Flags, ...]

    def flags(self) -> tuple[Flags, ...]:
        return self.holds

    def columns(self) -> tuple[Numbers, ...]:
        import numpy

        return tuple(each.astype(numpy.float64) * 0.75 for each in self.holds)

    def codes(self) -> NDArray[numpy.int64]:
        import numpy

        total: NDArray[numpy.int64] = numpy.sum(
            [each * (number + 1) for number, each in enumerate(self.holds)], axis=0
        )
        return total

    def said(self, held: Collection[int], lacking: Collection[int]) -> Said:
        if held:
            values = tuple(self.values[place] for place in sorted(held)[:1])
            return Said((is_one(self.trait, values),), of_trait(self.trait, values))
        values = tuple(self.values[place] for place in sorted(lacking))
        return Said((Not(is_one(self.trait, values)),), of_another(self.trait))


def balance(feature: Feature) -> float:
    """1 where the groups are of one size; 0 where one holds all."""
    import numpy

    codes = feature.codes()
    shares = numpy.bincount(codes) / max(len(codes), 1)
    spread = -sum(float(share) * log(float(share)) for share in shares if share > 0)
    groups = len(feature.flags()) + 1
    return spread / log(groups)


def once(found: Sequence[Boolean]) -> tuple[Boolean, ...]:
    """At least 2 and less than 3 times is 2 times."""
    match found:
        case [
            Comparison(Aggregate() as one, "at_least", (Literal(Decimal() as least),)),
            Comparison(Aggregate() as two, "less_than", (Literal(Decimal() as most),)),
        ] if one == two and one.reducer.method == "count" and most == least + 1:
            return (Comparison(one, "equals", (Literal(least),)),)
    return tuple(found)


def is_one(trait: TraitField, values: tuple[str, ...]) -> Comparison:
    operator = "equals" if len(values) == 1 else "one_of"
    return Comparison(Trait(trait.name), operator, tuple(Literal(each) for each in values))


def one_step(
    key: str,
    how: str,
    fields: tuple[Field, ...],
    family: str,
    prior: float,
    *,
    holds: Any,
    reached: Boolean,
    short: Boolean,
    yes: Label,
    no: Label,
) -> Scale:
    """A feature that holds or does not."""
    step = Step(reached, short, short, holds)
    return Scale(key, how, fields, family, prior, (step,), ((no, no), (yes, yes)))
