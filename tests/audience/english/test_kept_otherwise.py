"""What is kept in other words than it is said in: flags with a noun of people, states of a moment, codes."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, *values: str, low: str = "", high: str = "") -> TraitField:
    stats = ValueStats(
        values=values, complete=bool(values), minimum=low or None, maximum=high or None
    )
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


def _event(name: str, **properties: tuple[FieldType, ValueStats]) -> EventField:
    fields = tuple(
        PropertyField(name, key, key, kind, "", seen=SEEN, stats=stats)
        for key, (kind, stats) in properties.items()
    )
    return EventField(name, name, fields, seen=SEEN)


def _read(prompt: str, *fields: TraitField | EventField) -> Reading:
    catalog = Catalog(
        events=tuple(each for each in fields if isinstance(each, EventField)),
        user_traits=tuple(each for each in fields if isinstance(each, TraitField)),
    )
    return read_prompt(Request(prompt, catalog, NoFinder(), AS_OF))


def _query(prompt: str, *fields: TraitField | EventField) -> str:
    reading = _read(prompt, *fields)
    assert reading.status == "draft", (reading.status, reading.unmatched, reading.question)
    assert reading.root is not None
    return show(reading.root)


GAME = (_trait("paying_player", "boolean"), _trait("coins", "number", low="0", high="900"))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("players with more than 50 coins", "trait('coins') > 50"),
        ("paying players with over 50 coins", "trait('paying_player') = 'true' AND trait('coins') > 50"),
    ],
)  # fmt: skip
def test_a_noun_of_people_is_no_flag_that_says_more(prompt: str, query: str) -> None:
    assert _query(prompt, *GAME) == query


def test_business_tells_which_people() -> None:
    kind = _trait("acct_code", "text", "SAV", "JNT")
    assert _read("people with a joint or a business account", kind).status != "draft"
