"""Who may be written to or called, however it is said."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers who can be emailed", "trait('opt_in_email') = 'true'"),
        ("customers we may not email", "NOT trait('opt_in_email') = 'true'"),
        ("declined email, accepted text messages",
         "trait('opt_in_email') = 'false' AND trait('opt_in_sms') = 'true'"),
        ("people who are happy to get texts from us", "trait('opt_in_sms') = 'true'"),
        ("people who did not agree to receive emails", "NOT trait('opt_in_email') = 'true'"),
        ("customers who may be written to by post", "NOT trait('do_not_post') = 'true'"),
        ("customers who can't be posted to", "trait('do_not_post') = 'true'"),
        ("people who agreed to calls", "trait('call_consent') = 'GRANTED'"),
        ("people who refused our phone calls", "trait('call_consent') = 'DENIED'"),
        ("everybody on our email list", "trait('opt_in_email') = 'true'"),
    ],
)  # fmt: skip
def test_leave_to_reach_people_is_the_field_that_holds_it(prompt: str, query: str) -> None:
    reading = read_prompt(request("bare", prompt))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert show(reading.root) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people who may be pushed on their phones",  # no field holds that
        "people who accepted an estimate by email",
        "customers who can be reached",
    ],
)
def test_what_no_field_holds_is_no_consent(prompt: str) -> None:
    assert read_prompt(request("bare", prompt)).status != "draft"
