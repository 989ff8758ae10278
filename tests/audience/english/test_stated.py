"""What is not known of people where a status has a value of its own for it, and what only sounds like it."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


def _values(*values: str) -> ValueStats:
    return ValueStats(values=values, complete=True, distinct=len(values))


_RESULT = PropertyField(
    "Check Done", "outcome", "outcome", "text", stats=_values("missed", "passed")
)
CATALOG = Catalog(
    events=(
        EventField("Check Done", "Check Done", (_RESULT,), seen=SEEN),
        EventField("vehicle_registered", "vehicle_registered", (), seen=SEEN),
    ),
    user_traits=(
        _trait("photo_status", "text", _values("accepted", "blurred", "missing")),
        _trait("joined_on", "date", ValueStats(minimum="2024-01-02", maximum="2026-09-08")),
        _trait(
            "Next Boiler Service", "date", ValueStats(minimum="2026-01-02", maximum="2027-09-08")
        ),
        _trait("daysToLeaseEnd", "number", ValueStats(minimum="-40", maximum="300")),
        _trait("repairs2026", "number", ValueStats(minimum="0", maximum="9")),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people without a photo", "trait('photo_status') = 'missing'"),
        ("people who have a photo", "trait('photo_status').exists() AND NOT trait('photo_status') = 'missing'"),
        ("customers who registered in the last 14 days", "trait('joined_on').within_last(14 days)"),
        ("boiler service due within the next 30 days", "trait('Next Boiler Service').within_next(30 days)"),
        ("customers with an overdue boiler service", "trait('Next Boiler Service') < '2026-09-10'"),
        ("whose lease ends in the next 60 days", "trait('daysToLeaseEnd') >= 0 AND trait('daysToLeaseEnd') <= 60"),
    ],
)  # fmt: skip
def test_is_read(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", reading.question or reading.problem
    assert reading.root is not None
    assert show(reading.root) == query


def test_who_missed_something_is_not_missing() -> None:
    reading = _read("people who missed a check")
    assert reading.root is None or "photo_status" not in show(reading.root)
