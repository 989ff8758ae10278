"""Items in plain English: what a person chooses between."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audience.english.literals import literals
from audience.english.literals.wording import worded

AS_OF = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("25", "25"),
        ("2,500", "2,500"),
        ("$50", "50 USD"),
        ("20%", "20%"),
        ("third", "number 3"),
        ("at least 3", "at least 3"),
        ("between 25 and 34", "25 to 34"),
        ("more than 3 but less than 5", "more than 3 and less than 5"),
        ("over €1,000", "more than 1,000 EUR"),
        ("exactly twice", "exactly 2 times"),
        ("not 3", "anything but 3"),
        ("aged 25 to 34", "25 to 34 years old"),
        ("more than", "more than"),
        ("7-day", "7 days"),
        ("for more than a day", "more than 1 day"),
        ("in 3 to 5 days", "3 days to 5 days"),
        ("within a week", "within 7 days"),
        ("in the last 24 hours", "in the last 24 hours"),
        ("more than 14 days ago", "14 days ago or longer"),
        ("30 to 60 days ago", "30 days to 60 days ago"),
        ("next 7 days", "in the next 7 days"),
        ("more than 30 days from now", "30 days from now or later"),
        ("on 2025-03-01", "1 March 2025"),
        ("in May 2025", "1 May 2025 to 31 May 2025"),
        ("since 1 March 2025", "from 1 March 2025 on"),
        ("before 1 March 2025", "up to 28 February 2025"),
        ("at any time", "at any time"),
        ("on weekends", "on weekends"),
    ],
)
def test_an_item_in_words(phrase: str, words: str) -> None:
    (item,) = literals(phrase, as_of=AS_OF)
    assert worded(item) == words


def test_the_options_of_a_question_differ_in_words() -> None:
    for phrase in (
        "2 weeks ago",
        "on 3/1/2025",
        "around 50",
        "last weekend",
        "from 1 March 2025",
        "mid-thirties",
    ):
        (item,) = literals(phrase, as_of=AS_OF)
        assert item.ask is not None
        options = [worded(option) for option in item.ask.options]
        assert len(options) == len(set(options)) >= 2
