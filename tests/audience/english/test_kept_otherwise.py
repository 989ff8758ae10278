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


NUMBER = ValueStats(minimum="0", maximum="5000")
WALLET = (
    _event("Coin Wallet Updated", newBalance=("number", NUMBER), reason=("text", ValueStats())),
    _event("Level Reached", level=("number", NUMBER)),
    _trait("city", "text", "Oslo", "Bergen"),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("users with fewer than 50 coins", "event('Coin Wallet Updated').last(property('newBalance')) < 50"),
        ("users with no coins left", "event('Coin Wallet Updated').last(property('newBalance')) = 0"),
        ("a coin balance between 10 and 20", "event('Coin Wallet Updated').last(property('newBalance')) >= 10 AND event('Coin Wallet Updated').last(property('newBalance')) <= 20"),
        ("users at level 50 or above", "event('Level Reached').max(property('level')) >= 50"),
        ("users in Oslo below level 10", "trait('city') = 'Oslo' AND event('Level Reached').max(property('level')) < 10"),
    ],
)  # fmt: skip
def test_what_only_events_tell_is_what_the_last_of_them_told(prompt: str, query: str) -> None:
    assert _query(prompt, *WALLET) == query


def test_the_event_itself_is_still_what_happened() -> None:
    wanted = "event('Coin Wallet Updated').within(7 days).count() >= 1"
    assert _query("users whose coin wallet was updated in the last 7 days", *WALLET[:1]) == wanted
