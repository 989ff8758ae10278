"""What was watched, where the event that tells of it is called otherwise."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _property(name: str, event: str, kind: FieldType, stats: ValueStats) -> PropertyField:
    return PropertyField(event, name, name, kind, seen=SEEN, stats=stats)


def _read(prompt: str, event: str) -> Reading:
    kinds = ValueStats(values=("Crime", "Romance"), complete=True)
    properties = (
        _property("style", event, "text", kinds),
        _property("minutes", event, "number", ValueStats(minimum="1", maximum="300")),
    )
    catalog = Catalog(events=(EventField(event, event, properties, seen=SEEN),), user_traits=())
    return read_prompt(Request(prompt, catalog, NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize("event", ["Playback Ended", "Title Viewed", "video_completed"])
@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("haven't watched anything in the last 30 days", ".within(30 days).count() = 0"),
        ("streamed more than 600 minutes in the last 30 days", ".within(30 days).sum(property('minutes')) > 600"),
        ("never watched a romance", ".where(property('style') = 'Romance').count() = 0"),
        ("crime viewers, last 30 days", ".where(property('style') = 'Crime').within(30 days).count() >= 1"),
    ],
)  # fmt: skip
def test_watching_is_known_by_what_tells_of_it(event: str, prompt: str, query: str) -> None:
    reading = _read(prompt, event)
    assert reading.status == "draft", reading
    assert show(reading.root) == f"event('{event}'){query}"
