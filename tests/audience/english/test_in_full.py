"""A field called by its whole name, with what is said of it: nothing else can be meant."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people whose club level is plus", "trait('club_level') = 'plus'"),
        ("people whose club level is neither plus nor none",
         "NOT trait('club_level') = 'plus' AND NOT trait('club_level') = 'none'"),
        ("club level plus, seg q B", "trait('club_level') = 'plus' AND trait('seg_q') = 'B'"),
        ("customers with a club level other than plus", "NOT trait('club_level') = 'plus'"),
        ("people whose bakes with is either friends or alone", "trait('bakes_with').one_of('friends', 'alone')"),
        ("customers with household 1 or 3+", "trait('household').one_of('1', '3+')"),
        ("customers whose seg q is any of A, B", "trait('seg_q').one_of('A', 'B')"),
        ("app build in (4.9.2, 5.1.0)", "trait('app_build').one_of('4.9.2', '5.1.0')"),
        ("people whose letter rhythm is never", "trait('letter_rhythm') = 'never'"),
        ("customers with found through walk_in", "trait('found_through') = 'walk_in'"),
        ("which people have B as their seg q?", "trait('seg_q') = 'B'"),
        ("customers whose club level is one of:\n- plus\n- none", "trait('club_level').one_of('plus', 'none')"),
        ("customers with seg q A and also those with seg q C", "trait('seg_q').one_of('A', 'C')"),
        ("only people whose seg q is A", "trait('seg_q') = 'A'"),
        ("people where newsletter is false", "trait('newsletter') = 'false'"),
        ("people whose brd cred bal is over 40", "trait('brd_cred_bal') > 40"),
        ("people with a brd cred bal of at least 4", "trait('brd_cred_bal') >= 4"),
        ("people whose lst ord dt is before 1 March 2026", "trait('lst_ord_dt') < '2026-03-01'"),
        ("people whose lst ord dt is after their member since", "trait('lst_ord_dt') > trait('member_since')"),
    ],
)  # fmt: skip
def test_a_value_behind_the_name_of_its_field(prompt: str, query: str) -> None:
    assert drafted("bakery", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who ordered a cake (cake size: large) in the last 30 days",
         "event('cake_ordered').where(property('cake_size') = 'large').within(30 days).count() >= 1"),
        ("people who ordered a cake where the counter was not North",
         "event('cake_ordered').where(NOT property('counter') = 'North').count() >= 1"),
        ("people who ordered a cake with a counter other than North",
         "event('cake_ordered').where(NOT property('counter') = 'North').count() >= 1"),
        ("people whose highest days ahead of any cake ordered is over 5",
         "event('cake_ordered').max(property('days_ahead')) > 5"),
        ("people whose cakes ordered in the last 90 days have a total tiers of more than 9",
         "event('cake_ordered').within(90 days).sum(property('tiers')) > 9"),
    ],
)  # fmt: skip
def test_a_property_called_by_its_name(prompt: str, query: str) -> None:
    assert drafted("bakery", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people whose loaf points is not known", "trait('loaf_points').absent()"),
        ("people whose loaf points is known", "trait('loaf_points').exists()"),
        ("people whose club level is not empty", "trait('club_level').exists()"),
        ("people whose club level is left blank", "trait('club_level').absent()"),
        ("people whose loaf points we know", "trait('loaf_points').exists()"),
        ("people whose member since is missing", "trait('member_since').absent()"),
        ("people with no value for loaf points", "trait('loaf_points').absent()"),
        ("people who have a club level filled in", "trait('club_level').exists()"),
        ("people whose weeks without order is at least 7", "trait('weeks_without_order') >= 7"),
        ("people with a minimum loaf points of 50", "trait('loaf_points') >= 50"),
    ],
)
def test_what_is_known_of_a_field(prompt: str, query: str) -> None:
    assert drafted("bakery", prompt) == query


def test_a_bullet_behind_a_value_begins_another_condition() -> None:
    prompt = "- household 1\n- ordered a cake in the last 30 days"
    query = "trait('household') = '1' AND event('cake_ordered').within(30 days).count() >= 1"
    assert drafted("bakery", prompt) == query


def test_a_name_behind_another_noun_is_not_taken_for_the_field() -> None:
    """ "the preferred counter" may be what is known of people, where "counter" is of what they did."""
    reading = read_prompt(request("bakery", "people whose preferred counter is North"))
    assert reading.status != "draft"
