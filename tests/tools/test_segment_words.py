"""A model's words for segments: taken only where every number in them is a fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.agent.model_server import ModelServer, serving
from tests.tools.crowds import make_crowd, opened
from tools.context import ToolContext
from tools.generate_segments import generate_segments
from tools.modelling.client import Message
from tools.segmenting.words import facts_of, holds, numbers, reworded, summary_of
from tools.segments import Fact, Measure, Segment, Segmentation
from workspace.persons import LOCAL
from workspace.settings import load_settings
from workspace.terms import VERSION

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


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> ToolContext:
    folder = tmp_path_factory.mktemp("worded")
    return opened(make_crowd(folder / "crowd"), folder / "home")


def _asked(crowd: ToolContext, server: ModelServer) -> ToolContext:
    settings = load_settings(
        home=crowd.settings.home,
        workspace="crowd",
        model="test-model",
        openai_base_url=server.address,
        model_timeout=5,
    )
    return ToolContext.open(settings)


def test_a_model_words_segments_and_only_after_the_terms_were_accepted(crowd: ToolContext) -> None:
    plain = generate_segments(crowd, "tea")
    lines = [f"{n}: Group {'abcdef'[n - 1]} | Tea people." for n in range(1, 7)]
    with serving({"content": "\n".join(lines)}) as server:
        context = _asked(crowd, server)
        refused = generate_segments(context, "tea")
        assert server.requests == []
        assert refused.segments == plain.segments
        assert "built in" in refused.notes[-1]
        context.store.accept_terms("crowd", VERSION, person=LOCAL)
        made = generate_segments(context, "tea")
    assert len(server.requests) == 1
    assert [each.name for each in made.segments][:2] == ["Group a", "Group b"]
    assert {each.summary for each in made.segments} == {"Tea people."}
    assert [each.query for each in made.segments] == [each.query for each in plain.segments]
    assert made.model == "test-model"


@pytest.mark.parametrize("answer", [500, {"content": ""}, {"content": "1: Whales | 7,777 whales."}])
def test_a_model_that_fails_or_invents_leaves_the_built_in_words(
    crowd: ToolContext, answer: object
) -> None:
    plain = generate_segments(crowd, "tea")
    with serving(*[answer] * 5) as server:
        context = _asked(crowd, server)
        context.store.accept_terms("crowd", VERSION, person=LOCAL)
        made = generate_segments(context, "tea")
    assert made.segments == plain.segments
    assert made.model == "builtin"
    assert len(made.notes) == len(plain.notes) + 1
