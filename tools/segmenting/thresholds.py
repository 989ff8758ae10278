"""Thresholds that people can remember."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

_SERIES = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8)
_WHOLE = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75)
_LEAST_SHARE = 0.04  # of people, between one threshold and the next


def thresholds(
    values: Any, *, known: int, most: int = 3, whole: bool = False
) -> tuple[Decimal, ...]:
    """Rounded numbers that part `values` (an array without NaN) into groups of like size, ascending.

    `known` is for how many people the groups are; each threshold parts off at least 4 % of them.
    """
    import numpy

    if not len(values):
        return ()
    found: list[Decimal] = []
    wanted = (0.5,) if most == 1 else (1 / 3, 2 / 3) if most == 2 else (0.25, 0.5, 0.75)
    for share in wanted:
        near = rounded(float(numpy.quantile(values, share)), whole=whole)
        if near is not None and near not in found:
            found.append(near)
    kept: list[Decimal] = []
    below = 0
    for each in sorted(found):
        under = int((values < float(each)).sum())
        above = len(values) - under
        if min(under - below, above) >= _LEAST_SHARE * known:
            kept.append(each)
            below = under
    return tuple(kept)


def rounded(number: float, *, whole: bool = False) -> Decimal | None:
    """The nearest number of 1, 2, 3, 5, 10, 15 … ; None where there is none above 0."""
    if number <= 0 or (whole and number < 0.5):
        return None
    if whole and number <= _WHOLE[-1]:
        return Decimal(min(_WHOLE, key=lambda each: (abs(each - number), each)))
    power = 0
    scaled = number
    while scaled >= 10:
        scaled, power = scaled / 10, power + 1
    while scaled < 1:
        scaled, power = scaled * 10, power - 1
    near = min((*_SERIES, 10.0), key=lambda each: (abs(each - scaled), each))
    result = (Decimal(str(near)) * (Decimal(10) ** power)).normalize()
    return Decimal(f"{result:f}")


def rounded_age(number: float) -> Decimal:
    """Ages are spoken of in steps of five years."""
    return Decimal(max(5, 5 * round(number / 5)))
