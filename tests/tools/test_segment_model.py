"""A model that proposes cuts and writes words: a real server that answers as told, well and badly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy
import pytest

from audience.query import Comparison, Literal, Not, Trait
from tests.agent.model_server import Fault, ModelServer, serving
from tests.tools.crowds import make_crowd, opened
from tools.context import ToolContext
from tools.generate_segments import generate_segments
from tools.segmenting.cutting import COVERED, FAITHFUL
from tools.segmenting.features import one_step
from tools.segmenting.labels import Label
from tools.segmenting.proposing import proposals
from tools.segments import Segmentation
from workspace.persons import LOCAL
from workspace.settings import load_settings
from workspace.terms import VERSION

WORDS = {"content": "\n".join(f"{n}: Group {'abcdef'[n - 1]} | Tea people." for n in range(1, 7))}


def _cuts(*by: Sequence[str], groups: Any = 4) -> dict[str, Any]:
    return {"content": json.dumps({"cuts": [{"by": list(each), "groups": groups} for each in by]})}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> ToolContext:
    folder = tmp_path_factory.mktemp("model")
    return opened(make_crowd(folder / "crowd"), folder / "home")


@pytest.fixture(scope="module")
def plain(crowd: ToolContext) -> Segmentation:
    return generate_segments(crowd, "tea")


@contextmanager
def _asked(crowd: ToolContext, *answers: Any) -> Iterator[tuple[ToolContext, ModelServer]]:
    """The crowd with a model that gives these answers, one after the other."""
    with serving(*answers) as server:
        settings = load_settings(
            home=crowd.settings.home,
            workspace="crowd",
            model="test-model",
            openai_base_url=server.address,
            model_timeout=60,
        )
        yield ToolContext.open(settings), server


def test_nothing_is_sent_before_the_terms_were_accepted(
    crowd: ToolContext, plain: Segmentation
) -> None:
    with _asked(crowd, WORDS) as (context, server):
        made = generate_segments(context, "tea")
    assert server.requests == []
    assert made.segments == plain.segments
    assert made.model == "builtin"
    assert "must accept the terms" in made.notes[-1]


@pytest.fixture
def accepted(crowd: ToolContext) -> ToolContext:
    crowd.store.accept_terms("crowd", VERSION, person=LOCAL)
    return crowd


def test_a_proposed_cut_is_made_and_worded(accepted: ToolContext, plain: Segmentation) -> None:
    with _asked(accepted, _cuts(["Article Read", "age"]), WORDS) as (context, server):
        made = generate_segments(context, "tea")
    assert len(server.requests) == 2
    assert (
        made.how == "Found in your data, by Article Read in a year and age, as test-model proposed:"
    )
    assert {each.query for each in made.segments} != {each.query for each in plain.segments}
    assert all("Article Read" in (s.query or "") or "age" in (s.query or "") for s in made.segments)
    assert made.covered is not None
    assert made.covered >= COVERED
    assert all((each.faithful or 0) >= FAITHFUL for each in made.segments)
    assert [each.name for each in made.segments][:2] == ["Group a", "Group b"]
    assert {each.summary for each in made.segments} == {"Tea people."}
    assert made.model == "test-model"
    assert made.notes == plain.notes
    body = server.requests[0]  # it chooses among what may be used, and is held to it
    schema = body["response_format"]["json_schema"]["schema"]
    names = schema["properties"]["cuts"]["items"]["properties"]["by"]["items"]["enum"]
    assert {"recency", "frequency", "value", "age", "country", "Article Read"} <= set(names)
    told = json.dumps(body)
    assert "Loose leaf tea" in told
    for never in ("religion", "catholic", "pregnan", "customer_code", "remarks", "member", "u17"):
        assert never not in told


def test_generating_again_takes_the_next_proposal_and_then_goes_on_by_itself(
    accepted: ToolContext,
) -> None:
    told = _cuts(["recency", "age"], ["tea green of Order Completed", "country"])
    found = []
    for cut in range(3):
        with _asked(accepted, told, {"content": "-"}) as (context, _):
            found.append(generate_segments(context, "tea", cut=cut))
    assert [each.how.endswith("as test-model proposed:") for each in found] == [True, True, False]
    assert len({tuple(each.query for each in made.segments) for made in found}) == 3
    assert not any("cut is built in" in note for made in found for note in made.notes)


HOLDS = numpy.array([True, False])
TEA = Comparison(Trait("tea"), "equals", (Literal("green"),))
KNOWN = {
    key: one_step(
        key, key, (), family, 0.0, holds=HOLDS, reached=TEA, short=Not(TEA), yes=Label(), no=Label()
    )
    for key, family in {
        "age": "age", "recency": "recency", "value": "amount", "frequency": "amount", "tea": "tea"
    }.items()
}  # fmt: skip


def test_proposals_are_taken_in_their_order_as_far_as_they_hold() -> None:
    answer = _cuts(["recency", "age"], ["made up"], ["tea"])["content"]
    assert [[each.key for each in cut.features] for cut in proposals(answer, KNOWN)] == [
        ["recency", "age"],
        ["tea"],
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "By age, I think.",
        "",
        "[]",
        "{}",
        '{"cuts": 3}',
        '{"cuts": [3, {"by": "age", "groups": 4}, {"groups": 4}]}',
        '{"cuts": [{"by": [["age"], {}], "groups": 4}]}',
        '{"cuts": [{"by": ["age"], "groups": true}]}',
        _cuts(["age", "made up"])["content"],
        _cuts(["value", "frequency"])["content"],  # the same told twice
        _cuts(["age", "age"])["content"],
        _cuts([])["content"],
        _cuts(list(KNOWN))["content"],  # too many
        _cuts(["recency", "age"], groups=2)["content"],
        _cuts(["recency", "age"], groups="four")["content"],
    ],
)
def test_what_does_not_hold_is_no_proposal(answer: str) -> None:
    assert proposals(answer, KNOWN) == ()


def test_a_sensitive_field_cannot_be_proposed_and_the_built_in_cut_is_made(
    accepted: ToolContext, plain: Segmentation
) -> None:
    with _asked(accepted, _cuts(["religion", "age"]), {"content": "-"}) as (context, _):
        made = generate_segments(context, "tea")
    assert made.segments == plain.segments
    assert made.how == plain.how
    assert "test-model proposed none of what is known here" in " ".join(made.notes)


def test_a_proposal_that_parts_nobody_clearly_is_said(
    accepted: ToolContext, plain: Segmentation
) -> None:
    proposed = _cuts(["said ordered at least twice"])  # two groups at the most
    with _asked(accepted, proposed, {"content": "-"}) as (context, _):
        made = generate_segments(context, "tea")
    assert made.segments == plain.segments
    assert made.how == plain.how
    assert "does not part these people clearly" in " ".join(made.notes)


@pytest.mark.parametrize("answer", [401, {"content": ""}, Fault("cut")])
def test_a_model_that_fails_is_asked_no_more_and_nothing_is_lost(
    accepted: ToolContext, plain: Segmentation, answer: Any
) -> None:
    with _asked(accepted, *[answer] * 9) as (context, server):
        made = generate_segments(context, "tea")
    assert made.segments == plain.segments
    assert (made.how, made.model) == (plain.how, "builtin")
    assert len(made.notes) == len(plain.notes) + 1
    assert made.notes[-1].startswith("The cut and the words are built in: ")
    assert len(server.requests) <= 3


@pytest.mark.parametrize("answer", [401, {"content": "1: Whales | 7,777 whales."}])
def test_words_that_fail_or_are_invented_leave_the_cut_that_was_proposed(
    accepted: ToolContext, answer: Any
) -> None:
    with _asked(accepted, _cuts(["recency", "age"]), answer) as (context, _):
        made = generate_segments(context, "tea")
    assert made.how.endswith("as test-model proposed:")
    assert not any("whales" in each.summary for each in made.segments)
    assert made.model == "builtin"
    assert made.notes[-1].startswith("The words are built in: ")
