"""Names of segments: from what they are; thresholds that people can remember."""

from __future__ import annotations

from decimal import Decimal

import numpy
import pytest

from tools.segmenting.labels import Label, name_of, names_of
from tools.segmenting.thresholds import rounded, thresholds

LAPSED = Label(before="Lapsed", noun="customers")
SPAIN = Label(after="in Spain")
NO_TEA = Label(after="without tea", no=True)


def test_names_are_read_as_words() -> None:
    assert name_of((LAPSED, SPAIN)) == "Lapsed customers in Spain"
    assert name_of((Label(before="Lapsed"), Label(before="Other"))) == "Other lapsed people"
    assert len(name_of((Label(after="with " + "x" * 100),))) == 60
    assert name_of((Label(after="with " + "tea leaves " * 9),)).endswith(" tea…")


def test_what_they_are_not_is_left_out_of_a_name_that_tells_without_it() -> None:
    names = names_of([(LAPSED, NO_TEA), (SPAIN, NO_TEA)], [(), ()])
    assert names == ["Lapsed customers", "People in Spain"]


def test_a_group_within_the_words_of_another_is_the_others() -> None:
    names = names_of([(LAPSED, NO_TEA), (LAPSED, SPAIN)], [(), ()])
    assert names == ["Other lapsed customers", "Lapsed customers in Spain"]


def test_like_names_are_told_apart() -> None:
    assert names_of([(LAPSED, NO_TEA), (LAPSED,)], [(), ()]) == [
        "Lapsed customers without tea",
        "Lapsed customers",
    ]
    assert names_of([(LAPSED,), (LAPSED,)], [("into tea",), ("into milk",)]) == [
        "Lapsed customers, into tea",
        "Lapsed customers, into milk",
    ]
    assert names_of([(LAPSED,), (LAPSED,)], [(), ()]) == [
        "Lapsed customers",
        "Lapsed customers (2)",
    ]


@pytest.mark.parametrize(
    ("number", "near"), [(237.17, "250"), (1.9, "2"), (8_800, "8000"), (0.013, "0.015"), (61, "60")]
)
def test_numbers_are_rounded_to_what_people_say(number: float, near: str) -> None:
    assert rounded(number) == Decimal(near)


def test_no_threshold_parts_off_a_handful() -> None:
    values = numpy.array([1.0] * 97 + [500.0] * 3)
    assert thresholds(values, known=100) == ()
    assert thresholds(numpy.array([]), known=0) == ()
    assert rounded(0) is None
