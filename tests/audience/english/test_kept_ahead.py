"""What is to come or to end, kept as a date, as the days until then or as a flag."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

TODAY = AS_OF.date().isoformat()
LATE = AS_OF.replace(year=AS_OF.year + 1).date().isoformat()


def _trait(name: str, kind: FieldType) -> TraitField:
    top = "300" if kind == "number" else LATE
    low = "0" if kind == "number" else TODAY
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=ValueStats(minimum=low, maximum=top))  # fmt: skip


def _read(prompt: str, *traits: TraitField) -> Reading:
    return read_prompt(Request(prompt, Catalog(user_traits=traits), NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "dated", "days"),
    [
        ("guests with an upcoming stay", f"trait('nextArrival') >= '{TODAY}'", "trait('days_until_stay').exists()"),
        ("guests with no stay coming up", "trait('nextArrival').absent()", "trait('days_until_stay').absent()"),
        ("guests arriving in the next 10 days", "trait('nextArrival').within_next(10 days)", "trait('days_until_stay') <= 10"),
        ("people whose next stay is at least 60 days away", "trait('nextArrival').after_next(60 days)", "trait('days_until_stay') >= 60"),
    ],
)  # fmt: skip
def test_what_is_to_come(prompt: str, dated: str, days: str) -> None:
    for trait, query in (
        (_trait("nextArrival", "date"), dated),
        (_trait("days_until_stay", "number"), days),
    ):
        reading = _read(prompt, trait)
        assert reading.status == "draft", (trait.name, reading.question)
        assert reading.root is not None
        assert show(reading.root) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people whose membership has run out", f"trait('Contract End') < '{TODAY}'"),
        ("everyone whose contract is over", f"trait('Contract End') < '{TODAY}'"),
        ("memberships running out in the next 30 days", "trait('Contract End').within_next(30 days)"),
        ("people with no contract end on file", "trait('Contract End').absent()"),
    ],
)  # fmt: skip
def test_what_ends(prompt: str, query: str) -> None:
    reading = _read(prompt, _trait("Contract End", "date"))
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    ["people who stayed with us in May", "people with a stay", "whose voucher has run out"],
)
def test_other_things_are_not_read_so(prompt: str) -> None:
    reading = _read(prompt, _trait("days_until_stay", "number"), _trait("Contract End", "date"))
    assert reading.status != "draft"
