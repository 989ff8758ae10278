"""A thing that several events happen to: asked with each of these, where nothing else says which."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from tests.audience.english.worlds import AS_OF, SEEN

CATALOG = Catalog(
    events=tuple(
        EventField(name, name, (), seen=SEEN) for name in ("chapter_opened", "chapter_finished")
    ),
    user_traits=(
        TraitField(
            "city", "city", "text", "user", "", seen=SEEN, stats=ValueStats(values=("Oslo",))
        ),
    ),
)


def _options(prompt: str) -> list[str]:
    reading = read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))
    return [each.text for each in reading.question.options] if reading.question else []


@pytest.mark.parametrize(
    "prompt",
    ["Users whose first chapter was in the last 30 days", "Users who had a chapter in the last 30 days"],
)  # fmt: skip
def test_each_event_of_the_noun_is_offered(prompt: str) -> None:
    assert sorted(_options(prompt)) == [
        "“chapter” means chapter_finished",
        "“chapter” means chapter_opened",
    ]


def test_what_no_event_is_called_by_is_not_offered() -> None:
    assert not _options("Users whose first podcast was in the last 30 days")
