"""How far people are with a thing, kept as a share, a flag or a status; and that it was done is no other deed."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


CATALOG = Catalog(
    events=(EventField("order_completed", "order_completed", (), seen=SEEN),),
    user_traits=(
        _trait("profile_completeness", "number", ValueStats(minimum="0.05", maximum="1.0")),
        _trait("training_progress", "number", ValueStats(minimum="0", maximum="100")),
        _trait("application_full", "boolean", ValueStats(values=("true", "false"), complete=True)),
        _trait("setup_stage", "text", ValueStats(values=("not_started", "in_progress", "completed"), complete=True)),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("profile complete", "trait('profile_completeness') = 1"),
        ("customers whose profile is still incomplete", "trait('profile_completeness') < 1"),
        ("people whose profile is under 40% filled in", "trait('profile_completeness') < 0.4"),
        ("profile less than half complete", "trait('profile_completeness') < 0.5"),
        ("haven't finished their training", "trait('training_progress') < 100"),
        ("finished the setup", "trait('setup_stage') = 'completed'"),
        ("in the middle of the setup", "trait('setup_stage') = 'in_progress'"),
        ("have not finished the setup", "trait('setup_stage').one_of('not_started', 'in_progress')"),
    ],
)  # fmt: skip
def test_a_stage_is_read_of_the_field_that_tells_it(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize("prompt", ["who completed the survey?", "finished a book last week"])
def test_that_it_was_completed_is_no_other_thing(prompt: str) -> None:
    reading = _read(prompt)
    assert reading.status != "draft" or reading.unmatched, reading.root and show(reading.root)
