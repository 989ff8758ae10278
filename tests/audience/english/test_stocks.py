"""Gems and points that are spent so many at once, lengths of a run of days, and what people have now."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

NO = ValueStats()


def _event(name: str, *rows: tuple[str, FieldType, ValueStats]) -> EventField:
    fields = tuple(
        PropertyField(name, key, key, kind, "", seen=SEEN, stats=stats) for key, kind, stats in rows
    )
    return EventField(name, name, fields, seen=SEEN)


def _trait(name: str) -> TraitField:
    stats = ValueStats(minimum="0", maximum="900")
    return TraitField(name, name, "number", "user", "", seen=SEEN, stats=stats)


WHOLE = ValueStats(minimum="5", maximum="480")
CATALOG = Catalog(
    events=(
        _event("rubies_spent", ("amount", "number", WHOLE), ("thing", "text", ValueStats(values=("hat", "dragon")))),
        _event("wallet_used", ("kind", "text", ValueStats(values=("tokens", "diamonds"))), ("qty", "number", WHOLE)),
        _event("premium_paid", ("amount", "number", ValueStats(minimum="12.50", maximum="99.90"))),
        _event("streak_broken", ("length", "number", NO)),
        _event("clip_watched", ("seconds", "number", NO)),
    ),
    user_traits=tuple(_trait(each) for each in ("current_streak", "best_streak", "xp", "rubies", "goal_minutes")),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("users who spent at least 500 rubies on hats", "event('rubies_spent').where(property('thing') = 'hat').sum(property('amount')) >= 500"),
        ("users who spent more than 1,000 rubies in the last 30 days", "event('rubies_spent').within(30 days).sum(property('amount')) > 1000"),
        ("users who spent rubies at least 3 times", "event('rubies_spent').count() >= 3"),
        ("users who used more than 50 tokens", "event('wallet_used').where(property('kind') = 'tokens').sum(property('qty')) > 50"),
        ("customers who paid at least 3 premiums", "event('premium_paid').count() >= 3"),
        ("users with a streak of 30 days or more", "trait('current_streak') >= 30"),
        ("users with over 2 weeks streak", "trait('current_streak') > 14"),
        ("users with a streak over 30", "trait('current_streak') > 30"),
        ("users whose best streak is over 30 days", "trait('best_streak') > 30"),
        ("users who broke a streak longer than 50 days", "event('streak_broken').where(property('length') > 50).count() >= 1"),
        ("users who watched clips for more than 10 minutes in total", "event('clip_watched').sum(property('seconds')) > 600"),
        ("users who have earned more than 10,000 XP", "trait('xp') > 10000"),
    ],
)  # fmt: skip
def test_so_many_of_it(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", reading.question
    assert reading.root is not None
    assert show(reading.root) == query


def test_what_was_earned_may_be_spent() -> None:
    assert _read("users who earned more than 500 rubies").status == "clarify"


def test_a_sum_of_them_is_told() -> None:
    assert any(
        "every rubies_spent" in each
        for each in _read("users who spent at least 500 rubies").assumptions
    )


def test_what_it_was_spent_on_tells_which() -> None:
    bought = (
        _event("card_payment", ("amount", "number", NO), ("kind", "text", ValueStats(values=("travel", "food")))),
        _event("crypto_bought", ("amount", "number", NO), ("coin", "text", ValueStats(values=("ETH", "BTC")))),
    )  # fmt: skip
    prompt = "customers who spent more than €500 on travel"
    reading = read_prompt(Request(prompt, Catalog(events=bought), NoFinder(), AS_OF))
    assert reading.status == "draft", reading.question
