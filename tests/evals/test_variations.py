"""Variations of prompts: what they change, and what they leave alone."""

from __future__ import annotations

from evals.variations import (
    content_words,
    other_number,
    paraphrases,
    with_a_strange_word,
    without_a_word,
)

PROMPT = "customers who bought shoes in the last 14 days"


def said(prompt: str) -> dict[str, str]:
    return {each.kind: each.prompt for each in paraphrases(prompt)}


def test_content_words_are_those_that_say_something() -> None:
    assert [word.group() for word in content_words(PROMPT)] == ["bought", "shoes"]


def test_a_heading_says_nothing_of_the_audience() -> None:
    for heading in ("Winter push: ", "Winter push – ", "Winter push:\n- "):
        assert [word.group() for word in content_words(heading + PROMPT)] == ["bought", "shoes"]


def test_each_content_word_is_left_out_and_swapped_once() -> None:
    assert [each.prompt for each in without_a_word(PROMPT)] == [
        "customers who shoes in the last 14 days",
        "customers who bought in the last 14 days",
    ]
    assert all("brimpled" in each.prompt for each in with_a_strange_word(PROMPT))


def test_paraphrases_keep_what_is_said() -> None:
    found = said(PROMPT)
    assert found["weeks"] == "customers who bought shoes in the last 2 weeks"
    assert found["window first"] == "In the last 14 days: customers who bought shoes"
    assert found["polite"].startswith("Could you please show me customers who")
    assert "small letters" not in found  # there are none but small ones


def test_capitals_that_tell_a_value_are_kept() -> None:
    assert "small letters" not in said("Customers in the US who bought shoes")


def test_a_clause_with_two_parts_keeps_its_window_where_it_is() -> None:
    assert "window first" not in said(
        "customers who viewed hats and bought shoes in the last 14 days"
    )


def test_a_number_is_raised_in_prompt_and_query_alike() -> None:
    query = "event('Order Completed').within(14 days).count() >= 1"
    changed = other_number(PROMPT, query)
    assert changed is not None
    assert changed.prompt.endswith("last 15 days")
    assert changed.query == query.replace("14", "15")


def test_a_number_that_the_query_says_otherwise_is_left_alone() -> None:
    assert (
        other_number("people with 2 weeks of orders", "event('A').within(14 days).count() >= 1")
        is None
    )
    assert other_number("people with 3 orders in 30 days", "event('A').count() >= 3") is None
