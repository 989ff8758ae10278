"""What was used, where the event of it is called by another verb, and lists of what was done."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

EVENTS = ("Planner Used", "Board Opened", "Backup Created", "Macro Triggered")
VIEWED = TraitField(
    "viewed_topics", "viewed_topics", "list", "user", "", seen=SEEN,
    stats=ValueStats(values=("chess", "opera"), complete=True),
)  # fmt: skip
CATALOG = Catalog(tuple(EventField(each, each, (), seen=SEEN) for each in EVENTS), (VIEWED,))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("used the board in the last 14 days", "event('Board Opened').within(14 days).count() >= 1"),
        ("used macros at least 5 times", "event('Macro Triggered').count() >= 5"),
        ("people who tried the backup feature", "event('Backup Created').count() >= 1"),
        ("never touched the planner", "event('Planner Used').count() = 0"),
        ("used the planner this week", "event('Planner Used').where(context('timestamp') >= '2026-09-07' AND context('timestamp') < '2026-09-14').count() >= 1"),
        ("people who never viewed opera", "NOT trait('viewed_topics').contains('opera')"),
    ],
)  # fmt: skip
def test_what_was_used(prompt: str, query: str) -> None:
    reading = read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF, prompt_min=3))
    assert reading.status == "draft", reading
    assert show(reading.root) == query
