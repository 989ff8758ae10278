"""Whether they would recommend us: a last score, the group it puts them in, or an event with a score."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

TEN = ValueStats(minimum="0", maximum="10")
GROUPS = ValueStats(values=("promoters", "passives", "detractors"), complete=True)
SCORE = TraitField("nps", "nps", "number", "user", "", seen=SEEN, stats=TEN)
GROUP = TraitField("nps_bucket", "nps_bucket", "text", "user", "", seen=SEEN, stats=GROUPS)
GIVEN = PropertyField("NPS Given", "points", "points", "number", seen=SEEN, stats=TEN)
EVENT = EventField("NPS Given", "NPS Given", (GIVEN,), seen=SEEN)
LAST = "event('NPS Given').last(property('points'))"


def _read(prompt: str, kept: str) -> Reading:
    events = (EVENT,) if kept == "event" else ()
    traits = {"score": (SCORE,), "group": (GROUP,)}.get(kept, ())
    return read_prompt(Request(prompt, Catalog(events, traits), NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("kept", "prompt", "query"),
    [
        ("score", "people who are promoters", "trait('nps') >= 9"),
        ("score", "customers with an NPS of 7 or 8", "trait('nps') >= 7 AND trait('nps') <= 8"),
        ("score", "never answered our NPS survey", "trait('nps').absent()"),
        ("group", "customers with an NPS of at least 9", "trait('nps_bucket') = 'promoters'"),
        ("group", "rated us 6 or lower on NPS", "trait('nps_bucket') = 'detractors'"),
        ("group", "with an NPS of 7 or more", "trait('nps_bucket').one_of('promoters', 'passives')"),
        ("event", "detractors", f"{LAST} <= 6"),
        ("event", "customers with an NPS of at least 9", f"{LAST} >= 9"),
        ("event", "responded to NPS in the last 90 days", "event('NPS Given').within(90 days).count() >= 1"),
        ("event", "haven't filled in the NPS survey", "event('NPS Given').count() = 0"),
    ],
)  # fmt: skip
def test_nps_is_read_of_what_keeps_it(kept: str, prompt: str, query: str) -> None:
    reading = _read(prompt, kept)
    assert reading.status == "draft", reading
    assert show(reading.root) == query


@pytest.mark.parametrize("prompt", ["customers with an NPS of 8 or more", "an average NPS over 7"])
def test_a_group_is_not_cut_through(prompt: str) -> None:
    assert _read(prompt, "group").status != "draft"
