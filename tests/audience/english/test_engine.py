"""Prompts of the corpus become their queries, are asked back, or are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audience.english.conversation import converse
from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from audience.query import Boolean, conditions
from audience.reader import read
from tests.audience.english.worlds import request, table

CORPUS = [
    pytest.param(workspace, prompt, wanted, id=f"{workspace}: {prompt[:60]}")
    for workspace, rows in table("corpus.yaml").items()
    for prompt, wanted in rows.items()
]
DRAFTS = [each for each in CORPUS if isinstance(each.values[2], str)]
TALKS = [
    pytest.param(workspace, prompts, wanted, id=f"{workspace}: {' / '.join(prompts)[:70]}")
    for workspace, rows in table("conversations.yaml").items()
    for prompts, wanted in rows
]


def canonical(root: Boolean | None) -> str:
    assert root is not None
    return show(simplified(root))


@pytest.mark.parametrize(("workspace", "prompt", "wanted"), CORPUS)
def test_corpus(workspace: str, prompt: str, wanted: Any) -> None:
    reading = read_prompt(request(workspace, prompt))
    if isinstance(wanted, str):
        assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
        assert canonical(reading.root) == canonical(read(wanted))
    elif "refused" in wanted:
        assert reading.status == "refused"
        assert reading.problem is not None
        assert reading.problem.code == wanted["refused"]
    else:
        assert reading.status == "clarify"
        left = " ".join(each.text for each in reading.unmatched)
        assert all(word in left for word in wanted["clarify"])


@pytest.mark.parametrize(("workspace", "prompts", "wanted"), TALKS)
def test_conversations(workspace: str, prompts: list[str], wanted: str) -> None:
    reading = converse(prompts, request(workspace, ""))
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert canonical(reading.root) == canonical(read(wanted))


@pytest.mark.parametrize(("workspace", "prompt", "wanted"), DRAFTS)
def test_every_condition_points_at_its_words(workspace: str, prompt: str, wanted: str) -> None:
    reading = read_prompt(request(workspace, prompt))
    assert reading.root is not None
    for condition in conditions(reading.root):
        assert condition.origin.spans
        assert all(0 <= span.start < span.end <= len(prompt) for span in condition.origin.spans)


@pytest.mark.parametrize(("workspace", "prompt", "wanted"), DRAFTS)
def test_an_unknown_word_never_vanishes(workspace: str, prompt: str, wanted: str) -> None:
    """An added word that nothing accounts for makes the draft a question."""
    added = f"{prompt.rstrip('.')} flurbish"
    reading = read_prompt(request(workspace, added))
    assert reading.status != "draft"


def test_the_choices_of_a_phrase_with_two_readings_run() -> None:
    reading = read_prompt(request("museum", "people who joined a tour on 05/06/2026"))
    assert reading.question is not None
    queries = [canonical(each.root) for each in reading.question.options]
    assert [query[query.index(">= '") + 4 :][:10] for query in queries] == [
        "2026-05-06",
        "2026-06-05",
    ]


def test_leaving_out_is_no_choice_where_a_condition_holds_the_words() -> None:
    prompt = "people who bought a ticket 4 times within 10 days in June"
    reading = read_prompt(request("museum", prompt))
    assert reading.question is not None
    assert not any("out “in June”" in each.text for each in reading.question.options)


def test_a_change_of_its_own_leaves_an_unanswered_question_open() -> None:
    prompts = ["people who joined a tour with Omar and wear hats", "and who get the bulletin"]
    reading = converse(prompts, request("museum", ""))
    assert reading.status == "clarify"
    assert reading.question is not None
    assert reading.question.text.startswith("Still open")
    done = converse([*prompts, "Go on without it"], request("museum", ""))
    assert done.status == "draft"
    assert "bulletin_opt_in" in canonical(done.root)


def test_a_change_after_a_refusal_is_no_audience_of_its_own() -> None:
    prompts = ["customers who flew to the moon in a balloon", "exclude anyone who opened an email"]
    reading = converse(prompts, request("store", ""))
    assert (reading.status, reading.root) == ("clarify", None)


def test_open_windows_end_where_the_history_does() -> None:
    asked = request("museum", "people who joined a tour more than 90 days ago")
    asked = replace(asked, catalog=replace(asked.catalog, lookback_days=400))
    reading = read_prompt(asked)
    assert canonical(reading.root) == "event('Tour Joined').between(90 days, 400 days).count() >= 1"


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("people who joined a tour 500 days ago", "lookback_exceeded"),
        ("people who joined no tour this year and at least five tours this month", "impossible"),
        ("how can we get more people to join a tour with friends?", "not_an_audience"),
        ("when did our keenest member join a tour?", "not_an_audience"),
        ("show me a chart of tours per week", "not_an_audience"),
        ("hi, can you please help me?", "not_an_audience"),
    ],
)
def test_what_is_no_audience_or_too_long_ago_is_refused_so(prompt: str, code: str) -> None:
    asked = request("museum", prompt)
    asked = replace(asked, catalog=replace(asked.catalog, lookback_days=400))
    problem = read_prompt(asked).problem
    assert problem is not None
    assert problem.code == code


def test_a_whole_audience_over_a_draft_is_offered_as_replace_or_add() -> None:
    prompts = ["customers in Spain who bought shoes", "customers in France with a phone number"]
    reading = converse(prompts, request("store", ""))
    assert reading.status == "clarify"
    assert reading.question is not None
    assert [each.text.split()[0] for each in reading.question.options] == ["Replace", "Add"]
    answered = converse([*prompts, "Replace the audience"], request("store", ""))
    assert canonical(answered.root) == canonical(
        read("trait('country') = 'FR' AND trait('phone').exists()")
    )


def test_text_that_is_a_query_is_read_as_one() -> None:
    text = "event('Order Completed').within(30 days).count() >= 2"
    reading = read_prompt(request("store", text))
    assert reading.status == "draft"
    assert canonical(reading.root) == text


@pytest.mark.parametrize("prompt", ["", " " * 30, "?!.,;:" * 5, "((((" * 8, "who who who who and or but", "\n" * 25 + "-", "in in in in in in in in in", "not not not not not not", "and or and or and or and", "'" * 30, "1 2 3 4 5 6 7 8 9 10 11", "before before after after then then"])  # fmt: skip
def test_odd_text_is_answered(prompt: str) -> None:
    assert read_prompt(request("store", prompt)).status in ("draft", "clarify", "refused")


def test_a_term_whose_query_cannot_be_read_is_named() -> None:
    asked = request("store", "VIPs who bought in the last 30 days")
    broken = replace(asked.catalog, glossary={"VIP": "trait('loyalty_tier') one_of ['gold']"})
    reading = read_prompt(replace(asked, catalog=broken))
    assert reading.status == "refused"
    assert reading.problem is not None
    assert "VIP" in reading.problem.message
    assert "workspace.yaml" in reading.problem.message
