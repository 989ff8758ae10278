"""One side of values that are an order by themselves; where the order is not sure, a question."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _stats(*values: str) -> ValueStats:
    return ValueStats(values, complete=True, distinct=len(values))


def _choice(name: str, *values: str) -> TraitField:
    return TraitField(name, name, "text", "user", seen=SEEN, stats=_stats(*values))


SKILL = PropertyField(
    "Game Won", "difficulty", "difficulty", "text", stats=_stats("easy", "normal", "hard")
)
CATALOG = Catalog(
    events=(EventField("Game Won", "game_won", properties=(SKILL,), seen=SEEN),),
    user_traits=(
        _choice("language_level", "B1", "A2", "C1", "A1", "B2"),
        _choice("loyalty_tier", "GOLD", "SILVER", "BRONZE", "PLATINUM"),
        _choice("card", "white", "black", "metal"),
        _choice("plan", "free", "pro", "team"),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people at language level B1 or above", "trait('language_level').one_of('B1', 'B2', 'C1')"),
        ("people with a language level of A2 or below", "trait('language_level').one_of('A1', 'A2')"),
        ("people below language level B1", "trait('language_level').one_of('A1', 'A2')"),
        ("customers who are at least gold on the pro plan", "trait('loyalty_tier').one_of('GOLD', 'PLATINUM') AND trait('plan') = 'pro'"),
        ("customers with the silver tier or higher", "trait('loyalty_tier').one_of('SILVER', 'GOLD', 'PLATINUM')"),
        ("customers who are platinum or better", "trait('loyalty_tier') = 'PLATINUM'"),
        ("customers with gold or platinum tier", "trait('loyalty_tier').one_of('GOLD', 'PLATINUM')"),
        ("people who won a game on normal difficulty or harder", "event('Game Won').where(property('difficulty').one_of('normal', 'hard')).count() >= 1"),
    ],
)  # fmt: skip
def test_one_side_of_an_order(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


def test_the_values_are_told() -> None:
    told = "“gold tier or above” means GOLD, PLATINUM."
    assert told in _read("customers with the gold tier or above").assumptions


@pytest.mark.parametrize(
    "prompt",
    [
        "customers with the metal card or above",
        "customers on the pro plan or higher",
        "customers with nothing below gold tier",
    ],
)
def test_an_order_that_is_not_sure_is_asked_about(prompt: str) -> None:
    assert _read(prompt).status == "clarify"
