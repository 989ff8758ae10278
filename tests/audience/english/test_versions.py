"""Which version of the app people have, as a number or as a text, and flags that say how a thing is."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

VALUES = ("2.9.1", "3.0.0", "3.4.0")
TEXT = TraitField(
    "build_version", "build_version", "text", "user", "", seen=SEEN,
    stats=ValueStats(values=VALUES, complete=True),
)  # fmt: skip
NUMBER = TraitField(
    "AppVersion", "AppVersion", "number", "user", "", seen=SEEN,
    stats=ValueStats(minimum="1", maximum="4"),
)  # fmt: skip
FLAG = TraitField(
    "Expired Card", "Expired Card", "boolean", "user", "", seen=SEEN,
    stats=ValueStats(values=("true", "false"), complete=True),
)  # fmt: skip


def _read(prompt: str, *traits: TraitField) -> Reading:
    return read_prompt(Request(prompt, Catalog((), traits), NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("trait", "prompt", "query"),
    [
        (NUMBER, "on version 3 of the app", "trait('AppVersion') = 3"),
        (NUMBER, "app v3 users", "trait('AppVersion') = 3"),
        (NUMBER, "app version below 3", "trait('AppVersion') < 3"),
        (TEXT, "people running version 3 of our app", "trait('build_version').one_of('3.0.0', '3.4.0')"),
        (TEXT, "not on app version 2", "trait('build_version') != '2.9.1'"),
    ],
)  # fmt: skip
def test_a_version_is_had(trait: TraitField, prompt: str, query: str) -> None:
    reading = _read(prompt, trait)
    assert reading.status == "draft", reading
    assert show(reading.root) == query


def test_a_card_is_no_expired_one() -> None:
    assert _read("customers with a card", FLAG).status != "draft"
    assert _read("customers with an expired card", FLAG).status == "draft"
