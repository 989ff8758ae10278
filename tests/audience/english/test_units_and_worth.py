"""Amounts in another unit than the field's, what took so long in all, and what something was worth."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _event(name: str, told: str, *rows: tuple[str, str, str, ValueStats]) -> EventField:
    fields = tuple(
        PropertyField(name, key, key, kind, about, seen=SEEN, stats=stats)
        for key, kind, about, stats in rows
    )
    return EventField(name, name.lower().replace(" ", "_"), fields, description=told, seen=SEEN)


NO = ValueStats()
CATALOG = Catalog(
    events=(
        _event("Files Uploaded", "Files were put into the cloud", ("sizeMb", "number", "", NO)),
        _event("Hike Finished", "", ("km", "number", "Length of the way", NO), ("region", "text", "", ValueStats(values=("Alps", "Tatra")))),
        _event("Course Watched", "A lesson was watched", ("secs", "number", "Length in seconds", ValueStats(minimum="60", maximum="5400")), ("topic", "text", "", ValueStats(values=("cooking", "drawing")))),
        _event("Work Logged", "Time was written down", ("minutes", "number", "Length in minutes", NO)),
        _event("Voucher Redeemed", "", ("voucherEur", "number", "", NO)),
        _event("Signed In", "", ("device", "text", "", ValueStats(values=("phone", "desktop")))),
    ),
    user_traits=(
        TraitField("storageGb", "storageGb", "number", "user", "Storage that is included", seen=SEEN),
        TraitField("totalSpent", "totalSpent", "number", "user", "All that was ever paid, in euros", seen=SEEN),
    ),
)  # fmt: skip


STORES = Catalog(
    events=(_event("List Left", "Somebody left a mailing list", ("list", "text", "", NO)),),
    user_traits=tuple(
        TraitField(name, name, "number", "user", "", seen=SEEN, stats=ValueStats(minimum="0", maximum="900"))
        for name in ("bonusPoints", "points_redeemed", "storage_used", "storage_bought")
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers with at least 50GB storage", "trait('storageGb') >= 50"),
        ("customers with less than 1 TB of storage", "trait('storageGb') < 1000"),
        ("people who uploaded more than 2 GB of files", "event('Files Uploaded').sum(property('sizeMb')) > 2000"),
        ("people who hiked more than 300 km in the Alps", "event('Hike Finished').where(property('region') = 'Alps').sum(property('km')) > 300"),
        ("people who watched cooking courses for more than 3 hours in the last 30 days", "event('Course Watched').where(property('topic') = 'cooking').within(30 days).sum(property('secs')) > 10800"),
        ("people who watched a course for more than 20 minutes", "event('Course Watched').where(property('secs') > 1200).count() >= 1"),
        ("people who watched drawing for more than 5 hours", "event('Course Watched').where(property('topic') = 'drawing').sum(property('secs')) > 18000"),
        ("users who logged more than 40 hours in the last 7 days", "event('Work Logged').within(7 days).sum(property('minutes')) > 2400"),
        ("users who logged in during the last 7 days", "event('Signed In').within(7 days).count() >= 1"),
        ("customers who redeemed a voucher worth at least 20 euros", "event('Voucher Redeemed').where(property('voucherEur') >= 20).count() >= 1"),
    ],
)  # fmt: skip
def test_an_amount_is_of_the_number_that_it_is_said_of(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers with more than 1000 points", "trait('bonusPoints') > 1000"),
        ("customers who have at least 200 points left", "trait('bonusPoints') >= 200"),
        ("customers with no points left", "NOT trait('bonusPoints') > 0"),
        ("customers who redeemed more than 1000 points", "trait('points_redeemed') > 1000"),
        ("customers who redeemed more points than they have left", "trait('points_redeemed') > trait('bonusPoints')"),
        ("customers with more points left than redeemed", "trait('bonusPoints') > trait('points_redeemed')"),
        ("customers with no storage left", "trait('storage_used') >= trait('storage_bought')"),
        ("customers who use less storage than they bought", "trait('storage_used') < trait('storage_bought')"),
    ],
)  # fmt: skip
def test_what_is_had_is_not_what_is_gone(prompt: str, query: str) -> None:
    reading = read_prompt(Request(prompt, STORES, NoFinder(), AS_OF))
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query
