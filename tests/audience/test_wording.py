"""Values for people."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from audience.catalog import TraitField
from audience.query import Duration, Literal
from audience.wording import (
    country_name,
    duration_words,
    is_money,
    is_naming,
    listed,
    moment_words,
    money_words,
    month_words,
    number_words,
    text_words,
)


def test_numbers_and_money() -> None:
    assert number_words(Decimal("1234567.50")) == "1,234,567.5"
    assert number_words(Decimal("0.123456789012345")) == "0.123456789012345"
    assert number_words(Decimal("9" * 30)).count("9") == 30
    assert money_words(Decimal("1234.5"), "USD") == "$1,234.50"
    assert money_words(Decimal(50), "EUR") == "€50.00"
    assert money_words(Decimal("0.125"), "USD") == "$0.125"
    assert money_words(Decimal(1200), "JPY") == "¥1,200"
    assert money_words(Decimal(5), "points") == "5 points"


@pytest.mark.parametrize("name", ["birth_year", "yearOfBirth", "zip", "order_number", "year"])
def test_years_and_codes_are_said_digit_by_digit(name: str) -> None:
    assert is_naming(name)
    assert number_words(Decimal(1987), naming=is_naming(name)) == "1987"


@pytest.mark.parametrize("name", ["number_of_orders", "orders_last_year_count", "age", "years"])
def test_other_numbers_have_their_marks(name: str) -> None:
    assert not is_naming(name)


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("total", "", True),
        ("lifetimeValue", "", True),
        ("average_order_value", "", True),
        ("price_usd", "", True),
        ("revenue_90_days", "", True),
        ("orders_count", "", False),
        ("total_orders", "", False),
        ("quantity", "", False),
        ("discount_percent", "", False),
        ("age", "", False),
        ("due", "The amount still owed, in dollars", True),
        ("secs", "Time spent, in seconds", False),
        ("total", "What was paid at the time of the order", True),
        ("due", "The amount still owed, in cents", False),
        ("amountMinor", "", False),
        ("fee_cents", "", False),
    ],
)
def test_money_is_told_by_name_or_description(name: str, description: str, expected: bool) -> None:
    assert is_money(TraitField(name, name, "number", description=description)) is expected
    assert not is_money(TraitField(name, name, "text", description=description))


def test_times() -> None:
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert moment_words(noon, "UTC") == "January 31, 2026 at 12:00 PM UTC"
    assert moment_words(noon, "Asia/Tokyo") == "January 31, 2026 at 9:00 PM (Asia/Tokyo)"
    assert (
        moment_words(datetime(2026, 1, 30, 23, tzinfo=UTC), "Europe/Madrid") == "January 31, 2026"
    )
    assert duration_words(Duration(1, "day")) == "1 day"
    assert duration_words(Duration(48, "hour")) == "48 hours"
    assert month_words(Literal("5")) == "May"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Spain", "Spain"),
        ("New York", "New York"),
        ("AT&T", "AT&T"),
        ("a, b", "“a, b”"),
        ("salt and pepper", "“salt and pepper”"),
        ("", "“”"),
        (" x", "“ x”"),
        ("two\nlines", "“two lines”"),
        ("(x)", "“(x)”"),
    ],
)
def test_texts_that_could_be_taken_for_words_of_the_sentence_are_quoted(
    text: str, words: str
) -> None:
    assert text_words(text) == words


def test_lists() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"


def test_numbers_of_twenty_digits_and_more() -> None:
    assert number_words(Decimal("99999999999999999999.5")) == "99,999,999,999,999,999,999.5"
    assert money_words(Decimal(10) ** 29, "USD") == "$100,000,000,000,000,000,000,000,000,000.00"


@pytest.mark.parametrize(
    ("text", "field", "name"),
    [
        ("ES", "country", "Spain"),
        ("GB", "billing_country", "United Kingdom"),
        ("GB", "countryCode", "United Kingdom"),
        ("XX", "country", None),
        ("Spain", "country", None),
        ("CA", "state", None),
        ("ES", "county", None),
    ],
)
def test_codes_of_countries_are_said_as_names(text: str, field: str, name: str | None) -> None:
    assert country_name(text, field) == name
