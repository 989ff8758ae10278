"""What every engine has to answer over `tests.audience.small_data`."""

from __future__ import annotations

import pytest

from audience.validator import bind
from tests.audience.small_data import AS_OF, CATALOG
from workspace.database import Database
from workspace.profiles import EventSeen, Profile, UnknownId
from workspace.runner import Runner


def counts_why_and_people(database: Database) -> None:
    runner = Runner(database)
    bound = bind("trait('plan') = 'free' AND event('Order Completed').count() >= 1", CATALOG)
    preview = runner.preview(bound, as_of=AS_OF)
    assert (preview.reach, preview.universe) == (1, 4)
    assert [(each.reach, each.kept, each.dropped) for each in preview.conditions] == [
        (1, 1, 3),
        (3, 1, 0),
    ]
    why = runner.why("bob", bound, AS_OF)
    assert [each.because for each in why.conditions] == [
        "plan is “pro”",
        "2 Order Completed events at any time",
    ]
    with pytest.raises(UnknownId):
        runner.why("'; DROP TABLE users; --", bound, AS_OF)
    assert runner.sample(bound, as_of=AS_OF) == (Profile("ann", {"plan": "free"}),)
    assert [each.id for each in runner.browse(CATALOG, limit=2)] == ["ann", "bob"]
    assert runner.recent_events("bob", CATALOG, limit=1, as_of=AS_OF) == (
        EventSeen("Order Completed", "2026-11-15T12:00:00Z", {"category": "boots"}),
    )
