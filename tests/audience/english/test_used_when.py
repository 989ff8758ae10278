"""What was used, paid or given in what was done."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _event(name: str, told: str, *rows: tuple[str, str, str, tuple[str, ...]]) -> EventField:
    fields = tuple(
        PropertyField(name, key, key, kind, about, seen=SEEN, stats=ValueStats(values=values))
        for key, kind, about, values in rows
    )
    return EventField(name, name.lower().replace(" ", "_"), fields, description=told, seen=SEEN)


CATALOG = Catalog(
    events=(
        _event("Lesson Booked", "", ("promo_code", "text", "Promotion code used", ("SPRING", "FRIEND")), ("price", "number", "", ())),
        _event("Lesson Cancelled", "", ("fee_eur", "number", "Fee in euros, 0 if free", ()), ("reason", "text", "", ("ill", "busy"))),
        _event("Promo Claimed", "A promotion was claimed", ("code", "text", "", ("SPRING", "FRIEND"))),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who used a promo code when they booked a lesson", "event('Lesson Booked').where(property('promo_code').exists()).count() >= 1"),
        ("people who paid a fee when they cancelled a lesson", "event('Lesson Cancelled').where(property('fee_eur') > 0).count() >= 1"),
        ("people who cancelled a lesson and paid a fee", "event('Lesson Cancelled').where(property('fee_eur') > 0).count() >= 1"),
        ("people who cancelled a lesson without a fee", "event('Lesson Cancelled').count() >= 1 AND event('Lesson Cancelled').where(property('fee_eur') > 0).count() = 0"),
        ("people who booked a lesson without a promo code in the last 30 days", "event('Lesson Booked').within(30 days).count() >= 1 AND event('Lesson Booked').where(property('promo_code').exists()).within(30 days).count() = 0"),
        ("people who gave a reason when they cancelled a lesson", "event('Lesson Cancelled').where(property('reason').exists()).count() >= 1"),
    ],
)  # fmt: skip
def test_it_is_said_of_that_event(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


def test_who_used_none_may_have_done_nothing_and_is_asked_about() -> None:
    reading = _read("people who did not use a promo code when they booked a lesson")
    assert reading.status == "clarify"
