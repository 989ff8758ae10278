"""Any text at all: no error, offsets that hold, windows that are not turned round, bounded work."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from audience.english.literals import every_literal, literals
from audience.english.literals.items import Calendar, Future, Range, Rolling
from audience.english.literals.lexicon import CLASSES, NUMBERS
from audience.english.literals.wording import worded

CORPUS = Path(__file__).parent / "corpus"
ODD = ["$", "€", "%", "+", "-", "/", ".", ",", "(", "<", ">=", "!=", "'s", '"', "2025-02-30", "31/31/31",
       "99999999999999999999", "1e9", "½", "٣", "１２", "İ", "ß", "\u200b", "\x00", "\ud83d", "9999-12-31", "0001-01-01",
       "0 days", "in the last 99999999 years", "29 February 2023", "-5", "L0D", "Q9", "1,2,3", "24/7"]  # fmt: skip
ZONES = ["UTC", "America/New_York", "Asia/Tokyo", "Pacific/Apia", "Asia/Kathmandu"]


def texts(count: int) -> list[str]:
    """Random and mutated sentences, the same in every run."""
    choose = random.Random(20261122)
    loaded = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.yaml"))
    ]
    groups = [group for each in loaded for group in each.get("groups", [each])]
    phrases = [
        str(one) for group in groups for case in group.get("cases", ()) for one in case["phrases"]
    ]
    words = sorted(word.strip("~^") for word in CLASSES) + sorted(NUMBERS) + ODD

    def one() -> str:
        parts = choose.choices(phrases if choose.random() < 0.5 else words, k=choose.randint(1, 12))
        letters = list(choose.choice([" ", " ", ""]).join(parts)[:300])
        for _ in range(choose.choice([0, 1, 3])):
            letters[choose.randrange(len(letters))] = choose.choice(" 0123456789-/.abcxyz$%+é")
        return "".join(letters)

    return [one() for _ in range(count)]


def test_no_text_is_an_error_and_offsets_hold() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for number, text in enumerate(texts(600)):
        as_of = start + timedelta(hours=131 * number)
        end = (-1, 0)
        for item in literals(text, as_of=as_of, timezone=ZONES[number % len(ZONES)]):
            assert text[item.start : item.end] == item.text
            assert item.start >= end[1] or (item.start, item.end) == end
            end = (item.start, item.end)
            assert worded(item)
            match item:
                case Calendar():
                    assert item.since < item.until
                    assert item.first <= item.last
                case Rolling(newest=newest, oldest=oldest) if newest and oldest:
                    assert newest.hours < oldest.hours
                case Future(soonest=soonest, latest=latest) if soonest and latest:
                    assert soonest.hours < latest.hours
                case Range(low=low, high=high) if low is not None and high is not None:
                    assert low <= high


@pytest.mark.parametrize(
    "unit",
    ["a ", "1 ", "1-2-3-", "in the last ", "one and ", "from 1 March to ", "between 1 and ", "$", "may ", "half a ",
     "more than 3 and ", "in ", "1 day ", "at least ", "1,", "two hundred and ", "the 1st of "],
)  # fmt: skip
def test_the_readings_of_a_hostile_text_grow_with_its_length(unit: str) -> None:
    as_of = datetime(2026, 11, 22, tzinfo=UTC)
    short, long = (len(every_literal(unit * times, as_of=as_of)) for times in (20, 80))
    assert long <= 5 * short + 20


def test_a_day_at_the_end_of_the_calendar_is_no_error() -> None:
    as_of = datetime(9999, 12, 31, 12, tzinfo=UTC)
    for text in (
        "today",
        "tomorrow",
        "next year",
        "this year",
        "until 9999-12-31",
        "in the next month",
    ):
        literals(text, as_of=as_of)
