"""Means of a segment's people against everybody's: how often, how much, how long ago."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audience.catalog import Catalog
from audience.wording import is_money, money_words, number_words
from tools.segmenting.grounds import Material
from tools.segmenting.labels import plain
from tools.segments import Measure
from workspace.people import YEAR

if TYPE_CHECKING:
    from tools.segmenting.features import Flags

_ALL = "{everybody}"


def measures_of(
    material: Material, holds: Flags, catalog: Catalog, everybody: str
) -> tuple[Measure, ...]:
    """What people of the base for whom the rule holds do on average, in the people it was found in.

    `everybody` is what those are called whom they are compared with.
    """
    return tuple(
        each.model_copy(update={"text": each.text.replace(_ALL, everybody)})
        for each in _measures(material, holds, catalog)
    )


def _measures(material: Material, holds: Flags, catalog: Catalog) -> Iterator[Measure]:
    import numpy

    main = material.main
    if main is None or not holds.any():
        return
    name = main.event.name
    done = material.people.events[name]
    counts = done.within[YEAR]
    yield _measure(name, "{} times a year", counts, holds, _plain_number)
    if main.money is not None:
        spent = numpy.nan_to_num(done.sums[main.money.name])
        money = is_money(main.money)

        def shown(number: Decimal) -> str:
            return money_words(number, catalog.currency) if money else _plain_number(number)

        yield _measure(f"{plain(main.money.name)} of {name}", "{} a year", spent, holds, shown)
    ever = ~numpy.isnan(done.last)
    if (ever & holds).sum() >= 0.5 * holds.sum():
        last = done.last[ever]
        yield _measure(
            f"last {name}", "{} days ago", last, holds[ever], lambda n: number_words(round(n))
        )


def _measure(of: str, said: str, values: Any, holds: Any, shown: Any) -> Measure:
    """`said` has a place for the number: "{} times a year"."""
    value, base = float(values[holds].mean()), float(values.mean())
    own, everybody = (
        shown(Decimal(str(round(each, 0 if abs(each) >= 100 else 1)))) for each in (value, base)
    )
    text = f"{of}: {said.format(own)} on average ({_ALL} {everybody})"
    label = f"{of}, {said.format('').strip()}"
    return Measure(text=text, label=label, value=round(value, 2), base=round(base, 2))


def _plain_number(number: Decimal) -> str:
    return number_words(
        number.normalize() if number != number.to_integral() else Decimal(int(number))
    )
