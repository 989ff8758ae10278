"""What is right, silently wrong, wider than asked, and asked without need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.dataset import Case
from evals.scoring import Answered, Members, recall, score, spans_right

PEOPLE = {"some": "ab", "more": "abc", "others": "xy", "twin": "ab", "nobody": ""}


def members_of(query: str, type: str) -> Members:
    return frozenset(PEOPLE[query])


WANTED = Case(
    id="t-1",
    workspace="shop",
    prompt="people with 3 orders in Spain",
    status="draft",
    split="train",
    query="some",
)
ASKED = replace(WANTED, status="clarify", query=None)
REFUSED = replace(WANTED, status="refused", query=None, code="impossible")


def draft(query: str) -> Answered:
    return Answered("draft", query=query)


def test_other_text_with_the_same_people_is_right() -> None:
    scored = score(WANTED, draft("twin"), members_of)
    assert scored.right
    assert not scored.silently_wrong


def test_a_draft_of_other_people_is_silently_wrong_but_not_wider() -> None:
    scored = score(WANTED, draft("others"), members_of)
    assert (scored.right, scored.silently_wrong, scored.wider) == (False, True, False)


def test_a_draft_with_people_too_many_is_wider_than_asked() -> None:
    scored = score(WANTED, draft("more"), members_of)
    assert (scored.silently_wrong, scored.wider) == (True, True)


def test_any_of_several_gold_queries_will_do() -> None:
    case = replace(WANTED, query="others", also=("some",))
    assert score(case, draft("twin"), members_of).right


def test_people_of_the_other_audience_type_are_not_right() -> None:
    assert not score(WANTED, replace(draft("some"), type="accounts"), members_of).right


def test_asking_without_need_is_neither_right_nor_silently_wrong() -> None:
    scored = score(WANTED, Answered("clarify", query="some"), members_of)
    assert (scored.right, scored.silently_wrong, scored.asked_needlessly) == (False, False, True)


def test_a_draft_where_a_question_was_due_is_silently_wrong() -> None:
    scored = score(ASKED, draft("some"), members_of)
    assert (scored.silently_wrong, scored.asked_rightly) == (True, False)


def test_an_accepted_question_is_right() -> None:
    case = replace(WANTED, accept=("clarify",))
    scored = score(case, Answered("clarify"), members_of)
    assert (scored.right, scored.asked_needlessly) == (True, False)


@pytest.mark.parametrize(("offered", "right"), [("twin", True), ("others", False), (None, False)])
def test_a_question_must_offer_a_right_reading(offered: str | None, right: bool) -> None:
    case = replace(ASKED, options=("some", "more"))
    answer = Answered("clarify", choices=(("nothing", None), ("this", offered)))
    assert score(case, answer, members_of).right is right


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (Answered("refused", code="impossible"), True),
        (Answered("refused", code="unknown_field"), False),
        (Answered("clarify"), False),
        (draft("nobody"), False),
    ],
)
def test_a_refusal_needs_the_right_code(answer: Answered, right: bool) -> None:
    scored = score(REFUSED, answer, members_of)
    assert scored.refused_rightly is right
    assert scored.silently_wrong is (answer.status == "draft")


def test_another_code_can_be_accepted() -> None:
    case = replace(REFUSED, accept=("refused:not_understood",))
    assert score(case, Answered("refused", code="not_understood"), members_of).right


@pytest.mark.parametrize(
    ("spans", "right"),
    [
        (((0, ((12, 20),)), (0, ((24, 29),))), True),  # "3 orders", "Spain"
        (((0, ((14, 20),)), (0, ((24, 29),))), False),  # the number is left out
        (((0, ((12, 18),)), (0, ((24, 29),))), False),  # inside a word
        (((0, ((12, 20),)), (0, ())), False),  # a condition from nowhere
        (((0, ((12, 20),)), (0, ((24, 99),))), False),  # beyond the end
        (((1, ((12, 20),)),), False),  # a turn that was not
    ],
)
def test_spans(spans: tuple[tuple[int, tuple[tuple[int, int], ...]], ...], right: bool) -> None:
    assert spans_right(WANTED, Answered("draft", spans=spans)) is right


def test_numbers_of_a_list_are_not_asked_for() -> None:
    case = replace(WANTED, prompt="1. orders\n2. in Spain")
    assert spans_right(case, Answered("draft", spans=((0, ((3, 9),)), (0, ((13, 21),)))))


def test_recall() -> None:
    assert recall(["a", "b"], ["b", "c"]) == 0.5
    assert recall([], ["b"]) is None
