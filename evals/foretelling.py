"""Whether segments made of the past tell who does what next: the grocer's coupons and spending.

Segments are made as of the end of several months; what households do in the three months after is
compared with that of as many RFM groups, of RFM groups of the same sizes, and of random groups of the
same sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tools.context import ToolContext
from tools.generate_segments import segments_for
from workspace.people import YEAR, Wanted
from workspace.strategies import Strategy

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Labels = NDArray[numpy.int64]
    Numbers = NDArray[numpy.float64]

CUTS = tuple(datetime(2017, month, 1, tzinfo=UTC) for month in (7, 8, 9, 10))
DAYS = 92
_RESAMPLED = 1_000
_SHUFFLED = 200
_LEAST = 50  # households, for a group to count as the best
_SEED = 7


def foretold(context: ToolContext, strategies: Sequence[Strategy]) -> dict[str, Any]:
    """One row for each strategy and cut of the year, and the means of all.

    `lift` is the share of the best group that redeems a coupon by that of everybody; `told` the mutual
    information of group and redeeming, in bits; `spend` the mean of the group that spends most by that
    of everybody. `more_*` are the differences from RFM groups of the same sizes, with 95 % intervals
    from resampled households.
    """
    rows = [_row(context, strategy, moment) for strategy in strategies for moment in CUTS]
    figures = [key for key, value in rows[0].items() if isinstance(value, float)]
    means = {key: round(sum(row[key] for row in rows) / len(rows), 4) for key in figures}
    better = {
        f"{key}_better": f"{sum(row[key][1] > 0 for row in rows)} of {len(rows)} surely, "
        f"{sum(row[key][0] > 0 for row in rows)} in all"
        for key in ("more_lift", "more_told")
    }
    return {"rows": rows, "mean": means | better}


def _row(context: ToolContext, strategy: Strategy, moment: datetime) -> dict[str, Any]:
    import numpy

    from evals.segments import assigned

    then = replace(context, as_of=moment)
    made = segments_for(then, strategy, as_of=moment)
    ids, groups = assigned(then, made)
    redeemed, spent = _after(then, ids, moment)
    number = len(made.segments)
    order = _by_lift(groups, redeemed, number)
    score = _rfm(then, moment)
    equal = _cut(score, [len(ids) // number] * number)
    sized = _cut(score, [int((groups == each).sum()) for each in order])
    rng = numpy.random.default_rng(_SEED)
    shuffled = [rng.permutation(groups) for _ in range(_SHUFFLED)]
    everyone = numpy.ones(len(ids))
    return {
        "strategy": strategy.key,
        "as_of": f"{moment:%Y-%m-%d}",
        "segments": number,
        "redeem": round(float(redeemed.mean()), 4),
        "lift": round(_lift(groups, redeemed, everyone), 3),
        "lift_rfm": round(_lift(equal, redeemed, everyone), 3),
        "lift_rfm_sized": round(_lift(sized, redeemed, everyone), 3),
        "lift_random": round(_mean([_lift(each, redeemed, everyone) for each in shuffled]), 3),
        "told": round(_told(groups, redeemed, everyone), 4),
        "told_rfm": round(_told(equal, redeemed, everyone), 4),
        "told_rfm_sized": round(_told(sized, redeemed, everyone), 4),
        "told_random": round(_mean([_told(each, redeemed, everyone) for each in shuffled]), 4),
        "spend": round(_lift(groups, spent, everyone), 3),
        "spend_rfm": round(_lift(equal, spent, everyone), 3),
        "spend_rfm_sized": round(_lift(sized, spent, everyone), 3),
        "more_lift": _interval(_lift, groups, sized, redeemed),
        "more_told": _interval(_told, groups, sized, redeemed),
    }


def _after(context: ToolContext, ids: Sequence[str], moment: datetime) -> tuple[Numbers, Numbers]:
    """Who redeems a coupon in the time after, 0 or 1, and what each household spends."""
    import numpy

    from audience.validator import bind

    later = moment + timedelta(days=DAYS)
    query = f"event('Coupon Redeemed').within({DAYS} days).count() >= 1"
    who = set(context.runner.members(bind(query, context.catalog), as_of=later))
    redeemed = numpy.array([float(id in who) for id in ids])
    # The data begin with the year, so that a year's sum is all that was spent before.
    both = (numpy.nan_to_num(_orders(context, each).sums["total"]) for each in (later, moment))
    after, before = both
    return redeemed, numpy.maximum(after - before, 0.0)


def _orders(context: ToolContext, moment: datetime) -> Any:
    catalog = context.workspace.catalog
    orders = catalog.event("Order Completed")
    total = orders.property("total") if orders else None
    assert orders is not None
    assert total is not None
    people = context.runner.people(
        None, Wanted(events=(orders,), sums=(total,)), as_of=moment, everybody=1, most=1, seed=0
    )
    return people.events[orders.name]


def _rfm(context: ToolContext, moment: datetime) -> Numbers:
    """The sum of three scores from 1 to 5, by fifths: recency, frequency, money; ties by money."""
    import numpy

    done = _orders(context, moment)
    money = numpy.nan_to_num(done.sums["total"])
    recency = -numpy.nan_to_num(done.last, nan=1e6)
    scores = sum(_fifths(each) for each in (recency, done.within[YEAR], money))
    found: Numbers = scores + money / (money.max() + 1)
    return found


def _fifths(values: Numbers) -> Numbers:
    import numpy

    ranks = numpy.argsort(numpy.argsort(values, kind="stable"), kind="stable")
    found: Numbers = 1.0 + numpy.floor(5 * ranks / len(values))
    return found


def _cut(score: Numbers, sizes: Sequence[int]) -> Labels:
    """Groups of these sizes, from the highest score downwards; the last takes what is left."""
    import numpy

    groups = numpy.full(len(score), len(sizes) - 1)
    start = 0
    order = numpy.argsort(-score, kind="stable")
    for number, size in enumerate(sizes):
        groups[order[start : start + size]] = number
        start += size
    return groups


def _by_lift(groups: Labels, outcome: Numbers, number: int) -> list[int]:
    def rate(each: int) -> float:
        inside = groups == each
        return -float(outcome[inside].mean()) if inside.any() else 0.0

    return sorted(range(number), key=rate)


def _lift(groups: Labels, outcome: Numbers, weights: Numbers) -> float:
    """The best group's mean by everybody's."""
    import numpy

    sizes = numpy.bincount(groups + 1, weights)
    sums = numpy.bincount(groups + 1, weights * outcome)
    base = float(sums.sum() / sizes.sum())
    large = sizes[1:] >= _LEAST
    if not base or not large.any():
        return 0.0
    return float((sums[1:][large] / sizes[1:][large]).max() / base)


def _told(groups: Labels, outcome: Numbers, weights: Numbers) -> float:
    """Mutual information of the group and a yes or no, in bits."""
    import numpy

    sizes = numpy.bincount(groups + 1, weights)
    yes = numpy.bincount(groups + 1, weights * outcome)
    total = sizes.sum()
    found = 0.0
    for part, whole in ((yes, yes.sum()), (sizes - yes, total - yes.sum())):
        some = part > 0
        found += float(
            (part[some] / total * numpy.log2(part[some] * total / (sizes[some] * whole))).sum()
        )
    return found


def _interval(figure: Any, ours: Labels, theirs: Labels, outcome: Numbers) -> list[float]:
    """The difference, and its 95 % interval over resampled households."""
    import numpy

    rng = numpy.random.default_rng(_SEED)
    count = len(outcome)
    everyone = numpy.ones(count)
    found = []
    for _ in range(_RESAMPLED):
        weights = numpy.bincount(rng.integers(0, count, count), minlength=count).astype(float)
        found.append(figure(ours, outcome, weights) - figure(theirs, outcome, weights))
    low, high = numpy.quantile(found, [0.025, 0.975])
    whole = figure(ours, outcome, everyone) - figure(theirs, outcome, everyone)
    return [round(float(each), 4) for each in (whole, low, high)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
