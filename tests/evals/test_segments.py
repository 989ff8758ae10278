"""The measurement of segments: what it counts, on groups whose figures are known."""

from __future__ import annotations

import numpy
import pytest

from evals.foretelling import _cut, _fifths, _interval, _lift, _told
from evals.segments import Measured, lines
from evals.worlds import WORKSPACES

HALF = numpy.repeat([0, 1], 200)
REDEEMED = numpy.concatenate([numpy.ones(100), numpy.zeros(300)])
EVERYONE = numpy.ones(400)


def test_lift_is_of_the_best_group_over_everybody() -> None:
    assert _lift(HALF, REDEEMED, EVERYONE) == pytest.approx(2.0)
    few = numpy.where(numpy.arange(400) < 20, 2, HALF)  # 20 are too few to be the best
    assert _lift(few, REDEEMED, EVERYONE) == pytest.approx((80 / 180) / 0.25)


def test_what_groups_tell_is_nothing_where_they_are_alike_and_all_where_they_decide() -> None:
    alike = numpy.tile([0, 1], 200)
    decided = REDEEMED.astype(int)
    spread = -(0.25 * numpy.log2(0.25) + 0.75 * numpy.log2(0.75))
    assert _told(alike, REDEEMED, EVERYONE) == pytest.approx(0.0)
    assert _told(decided, REDEEMED, EVERYONE) == pytest.approx(spread)
    assert 0 < _told(HALF, REDEEMED, EVERYONE) < spread


def test_people_in_no_group_are_a_group_of_their_own_and_never_the_best() -> None:
    outside = numpy.where(REDEEMED == 1, -1, 0)
    assert _lift(outside, REDEEMED, EVERYONE) == 0.0
    assert _told(outside, REDEEMED, EVERYONE) > 0.8


def test_groups_are_cut_from_the_highest_score_downwards() -> None:
    score = numpy.arange(10.0)
    assert _cut(score, [3, 7]).tolist() == [1] * 7 + [0] * 3
    assert sorted(_cut(score, [3, 3, 3]).tolist()) == [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    assert _fifths(numpy.arange(10.0)).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_an_interval_holds_the_difference() -> None:
    alike = numpy.tile([0, 1], 200)
    whole, low, high = _interval(_told, HALF, alike, REDEEMED)
    assert low < whole < high
    assert low > 0


def _row(**changes: object) -> Measured:
    good = {
        "workspace": "shop", "strategy": "s", "cut": 0, "segments": 4, "base": 900, "overlap": 0.0,
        "covered": 1.0, "conditions": 4, "f1": 0.9, "f1_mean": 0.95, "same_seed": True,
        "other_seed": 1.0, "stability": 0.9, "sensitive": 0, "smallest": 60, "seconds": 1.0,
    }  # fmt: skip
    return Measured(**{**good, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "missed",
    [
        {"overlap": 0.16}, {"covered": 0.69}, {"conditions": 5}, {"f1": 0.74}, {"same_seed": False},
        {"other_seed": 0.59}, {"sensitive": 1}, {"smallest": 49},
    ],
)  # fmt: skip
def test_a_row_reaches_its_aims_or_misses_one(missed: dict[str, object]) -> None:
    assert _row().reached
    assert not _row(**missed).reached


def test_the_table_shows_all_figures() -> None:
    row = {**_row().__dict__, "reached": True}
    found = {"segments": [row], "aims": {"overlap": "small"}, "reached": 1, "of": 1, "useful": None}
    text = "\n".join(lines(found))
    assert "| shop | s | 0 | 4 | 0.0 | 1.0 | 4 | 0.9 |" in text
    assert "1 of 1" in text
    assert "grocer" in WORKSPACES
