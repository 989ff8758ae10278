"""Where people stand with a trial, as a status, a flag, a day or events."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


VALUES = ValueStats(values=("never", "active", "paid", "ended"), complete=True)
DAYS = ValueStats(minimum="2025-01-02", maximum="2027-09-08")
KEPT = {
    "status": Catalog((), (_trait("trial_phase", "text", VALUES),)),
    "day": Catalog((), (_trait("trial_until", "date", DAYS),)),
    "events": Catalog(
        tuple(EventField(e, e, (), seen=SEEN) for e in ("Trial Converted", "Trial Ended")), ()
    ),
}


def _read(prompt: str, kept: str) -> Reading:
    return read_prompt(Request(prompt, KEPT[kept], NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("kept", "prompt", "query"),
    [
        ("status", "people who are trialling us right now", "trait('trial_phase') = 'active'"),
        ("status", "currently in their trial", "trait('trial_phase') = 'active'"),
        ("status", "never had a trial", "trait('trial_phase') = 'never'"),
        ("status", "turned their trial into a paid subscription", "trait('trial_phase') = 'paid'"),
        ("day", "customers who never took a free trial", "trait('trial_until').absent()"),
        ("events", "trial converters", "event('Trial Converted').count() >= 1"),
        ("events", "trial ran out in the past 14 days", "event('Trial Ended').within(14 days).count() >= 1"),
    ],
)  # fmt: skip
def test_trials(kept: str, prompt: str, query: str) -> None:
    reading = _read(prompt, kept)
    assert reading.status == "draft", reading
    assert show(reading.root) == query
