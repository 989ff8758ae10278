"""What is still open, as a number of open ones or as a flag that there is one."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


MANY = ValueStats(minimum="0", maximum="40")
FLAG = ValueStats(values=("true", "false"), complete=True)
ALL = _trait("complaints_total", "number", MANY)
NUMBER = _trait("openComplaints", "number", MANY)
OPEN = _trait("has_pending_case", "boolean", FLAG)
MAILS = _trait("emails_opened", "number", MANY)


def _read(prompt: str, *traits: TraitField) -> Reading:
    return read_prompt(Request(prompt, Catalog((), traits), NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("trait", "prompt", "query"),
    [
        (NUMBER, "people with an unresolved complaint", "trait('openComplaints') > 0"),
        (NUMBER, "customers with no open complaints", "trait('openComplaints') = 0"),
        (NUMBER, "at least 2 open complaints", "trait('openComplaints') >= 2"),
        (OPEN, "still waiting on a support case", "trait('has_pending_case') = 'true'"),
        (OPEN, "everyone without an open support case", "NOT trait('has_pending_case') = 'true'"),
    ],
)
def test_what_is_open(trait: TraitField, prompt: str, query: str) -> None:
    reading = _read(prompt, ALL, trait)
    assert reading.status == "draft", reading
    assert show(reading.root) == query


def test_what_was_opened_is_not_open() -> None:
    reading = _read("people with pending emails", MAILS)
    assert reading.status != "draft"
