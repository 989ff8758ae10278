"""A model's words for segments: taken only where every number in them is a fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tools.modelling.client import Message
from tools.segmenting.words import facts_of, holds, numbers, reworded, summary_of
from tools.segments import Fact, Measure, Segment, Segmentation

SEGMENT = Segment(
    key="lapsed",
    name="Lapsed customers",
    query="event('Order Completed').within(90 days).count() = 0",
    english=("Order Completed did not happen in the last 90 days",),
    reach=1_104,
    universe=5_000,
    share=0.2208,
    facts=(Fact(text="churn risk high (39%, everybody 17%, 2.4 times)", share=0.39, base=0.17),),
    measures=(Measure(text="0.6 orders a year on average", label="orders", value=0.6, base=1.1),),
)
OTHER = SEGMENT.model_copy(update={"key": "new", "name": "New customers", "reach": 320})
MADE = Segmentation(segments=(SEGMENT, OTHER), cut=0, how="By recency:")


def _answers(text: str, seen: list[Sequence[Message]] | None = None) -> Segmentation:
    def answered(messages: Sequence[Message]) -> str:
        if seen is not None:
            seen.append(messages)
        return text

    return reworded(MADE, answered, "some-model")


@pytest.mark.parametrize(
    "text",
    [
        "1,104 people who have not ordered for 90 days.",
        "1104 people, 22% of everybody. 39 % of them are at high risk of leaving.",
        "They used to buy and have stopped.",
    ],
)
def test_words_that_keep_to_the_facts_are_taken(text: str) -> None:
    made = _answers(f"1: Gone quiet | {text}")
    assert (made.segments[0].name, made.segments[0].summary) == ("Gone quiet", text)
    assert made.segments[0].query == SEGMENT.query
    assert made.segments[1] == OTHER
    assert made.model == "some-model"


@pytest.mark.parametrize(
    "line",
    [
        "1: Gone quiet | 1,200 people who have stopped.",  # another number
        "1: Gone quiet | 39 people of them are at risk.",  # a share as a count
        "1: Gone quiet | Half of them will come back.",  # a number in words
        "1: Gone quiet | They buy twice as often.",
        "1: Gone quiet | ½ of them will come back.",
        "1: Top 10 | They have stopped.",
        f"1: {'x' * 61} | They have stopped.",
        f"1: Gone quiet | {'They have stopped. ' * 20}",
        "1: New customers | They have stopped.",  # the name of another
        "3: Gone quiet | There is no third.",
        "Gone quiet, as they say",
        "",
    ],
)
def test_words_that_do_not_keep_to_the_facts_leave_the_built_in_ones(line: str) -> None:
    made = _answers(line)
    assert made.segments == MADE.segments
    assert made.model == "builtin"
    assert "did not keep to the facts" in made.notes[-1]


def test_a_number_of_another_segment_is_not_a_fact_of_this_one() -> None:
    assert holds(OTHER, "New", "They are 320.")
    assert not holds(SEGMENT, "New", "They are 320.")


def test_the_model_is_told_facts_and_nothing_else() -> None:
    seen: list[Sequence[Message]] = []
    _answers("1: Gone quiet | They have stopped.", seen)
    (messages,) = seen
    told = messages[1]["content"].splitlines()
    assert {line for line in told if line} == {
        "1: Lapsed customers",
        "2: New customers",
        *facts_of(SEGMENT),
        *facts_of(OTHER),
    }


def test_built_in_words_keep_to_the_facts() -> None:
    assert holds(SEGMENT, SEGMENT.name, summary_of(SEGMENT))
    assert numbers("2.4 times, 39 percent, twice 1,104") == {"2.4", "39%", "twice", "1104"}
