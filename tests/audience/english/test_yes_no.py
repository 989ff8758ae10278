"""Flags that are kept as texts."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.english.yes_no import with_flags
from audience.printer import show
from tests.audience.english.worlds import catalog, request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who have a locker", "trait('LCKR_FLG') = 'Y'"),
        ("everybody without a locker", "NOT trait('LCKR_FLG') = 'Y'"),
        ("people with SMS marketing ok", "trait('sms_marketing_ok') = 'Y'"),
        ("people who did not agree to SMS marketing", "NOT trait('sms_marketing_ok') = 'Y'"),
        ("annual members with a locker", "trait('MBR_TYP_CD') = 'ANN' AND trait('LCKR_FLG') = 'Y'"),
        ("people who booked a yoga class late",
         "event('Class Booked').where(property('class_type') = 'yoga' AND property('late_flag') = 'yes').count() >= 1"),
    ],
)  # fmt: skip
def test_a_flag_is_written_in_its_own_codes(prompt: str, query: str) -> None:
    reading = read_prompt(request("flags", prompt))
    assert reading.status == "draft", (reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("guests who opted in to email", "trait('OptIn_Email') = 'Y'"),
        ("guests with no email opt-in", "NOT trait('OptIn_Email') = 'Y'"),
        ("guests whom we may call", "NOT trait('no_calls') = '1'"),
        ("guests whom we are allowed to ring", "NOT trait('no_calls') = '1'"),
        ("guests with more than 2 no-shows", "trait('no_shows') > 2"),
    ],
)
def test_a_flag_that_says_no(prompt: str, query: str) -> None:
    reading = read_prompt(request("inn", prompt))
    assert reading.status == "draft", (reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query


def test_only_texts_of_yes_and_no_are_flags() -> None:
    changed, flags = with_flags(catalog("flags"))
    assert flags.traits == {"LCKR_FLG": ("Y", "N"), "sms_marketing_ok": ("Y", "N")}
    assert flags.properties == {"LATE_FLG": ("Y", "N"), "late_flag": ("yes", "no")}
    assert [each.type for each in changed.user_traits] == ["boolean", "boolean", "text", "text"]
