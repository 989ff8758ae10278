"""Who may be written to or called, however it is said."""

from __future__ import annotations

from typing import Any

import pytest

from audience.catalog import Catalog, EventField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN, request


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


def _catalog(*fields: TraitField) -> Catalog:
    return Catalog(events=(_CALLED, _OPENED), user_traits=fields)


def _event(name: str) -> EventField:
    return EventField(name, name.lower().replace(" ", "_"), (), seen=SEEN)


def _field(name: str, kind: Any, about: str = "", *values: str) -> TraitField:
    stats = ValueStats(values=values, complete=True, distinct=len(values))
    return TraitField(name, name, kind, "user", about, seen=SEEN, stats=stats)


_CALLED, _OPENED = _event("Support Called"), _event("Email Opened")
_KEPT_SO = _catalog(
    _field("em_optin", "boolean", "May get marketing e-mail"),
    _field("sms_status", "text", "", "granted", "denied", "pending"),
    _field("dnc", "number", "1 if on the do-not-call list, else 0", "0", "1"),
    _field("letters_declined_on", "date", "Day on which letters were declined"),
    _field("push", "text", "Push notifications", "opted_in", "opted_out", "never_asked"),
    _field("city", "text", "", "Leeds", "York"),
)
_KEPT_OTHERWISE = _catalog(
    _field("contact_permissions", "list", "Ways in which we may write", "email", "sms", "whatsapp"),
    _field("smsOptOut", "number", "1 = wants no text messages", "0", "1"),
    _field("phone_consent_at", "timestamp", "When they agreed to calls"),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers we may ring about this", "NOT trait('dnc') = '1'"),
        ("anybody on our do-not-call list", "trait('dnc') = '1'"),
        ("everybody who is not on the do not call list", "NOT trait('dnc') = '1'"),
        ("people fine with an email but not with texts",
         "trait('em_optin') = 'true' AND NOT trait('sms_status') = 'granted'"),
        ("email yes, text messages no, in York",
         "trait('em_optin') = 'true' AND trait('sms_status') = 'denied' AND trait('city') = 'York'"),
        ("may be emailed but not phoned", "trait('em_optin') = 'true' AND trait('dnc') = '1'"),
        ("people who said yes to push or to text", "trait('push') = 'opted_in' OR trait('sms_status') = 'granted'"),
        ("people who turned push down and called support",
         "trait('push') = 'opted_out' AND event('Support Called').count() >= 1"),
        ("people whom we have never asked about push", "trait('push') = 'never_asked'"),
        ("people who have not answered yet about texts", "trait('sms_status') = 'pending'"),
        ("people who said neither yes nor no to texts", "NOT trait('sms_status').one_of('granted', 'denied')"),
        ("we don't know whether they accept emails", "trait('em_optin').absent()"),
        ("anyone who still accepts letters from us", "trait('letters_declined_on').absent()"),
        ("customers who declined our letters", "trait('letters_declined_on').exists()"),
        ("asked us not to call them, opened an email", "trait('dnc') = '1' AND event('Email Opened').count() >= 1"),
        ("people who agreed to neither email nor text",
         "NOT trait('em_optin') = 'true' AND NOT trait('sms_status') = 'granted'"),
        ("everybody except those who opted out of emails", "NOT trait('em_optin') = 'false'"),
        ("sms granted but letters with offers declined",
         "trait('sms_status') = 'granted' AND trait('letters_declined_on').exists()"),
        ("no letter opt-out, in York", "trait('letters_declined_on').absent() AND trait('city') = 'York'"),
        ("may be emailed but texts not, please", "trait('em_optin') = 'true' AND NOT trait('sms_status') = 'granted'"),
        ("customers who have not opted out of email", "NOT trait('em_optin') = 'false'"),
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_kept(prompt: str, query: str) -> None:
    assert _read(prompt, _KEPT_SO) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers who may be sent emails", "trait('contact_permissions').contains('email')"),
        ("people without WhatsApp consent", "NOT trait('contact_permissions').contains('whatsapp')"),
        ("people with whom we may not talk by phone", None),
        ("people that are reachable by phone", "trait('phone_consent_at').exists()"),
    ],
)  # fmt: skip
def test_a_list_of_ways_and_a_day(prompt: str, query: str | None) -> None:
    assert _read(prompt, _KEPT_OTHERWISE) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "people who opened an email this week",
        "customers who called support and opened an email",
        "customers who called support twice",
    ],
)
def test_what_was_done_is_no_permission(prompt: str) -> None:
    assert "trait(" not in (_read(prompt, _KEPT_SO) or "trait(")


def test_a_permission_with_a_day_is_asked_about() -> None:
    assert _read("people who opted out of email last month", _KEPT_SO) is None


def _read(prompt: str, catalog: Catalog) -> str | None:
    reading = read_prompt(Request(prompt, catalog, NoFinder(), AS_OF))
    return show(reading.root) if reading.status == "draft" and reading.root is not None else None


def test_marketing_of_no_one_way_is_asked_about() -> None:
    reading = read_prompt(Request("people who opted out of marketing", _KEPT_SO, NoFinder(), AS_OF))
    assert reading.question is not None
    assert {each.text for each in reading.question.options} >= {"em_optin", "sms_status", "dnc"}


_SWITCHED = _catalog(
    _field("app push", "text", "", "On", "Off"),
    _field("text_flag", "number", "", "0", "1"),
    _field("newsletter opt in", "boolean"),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people with push notifications switched on", "trait('app push') = 'On'"),
        ("push messages turned off", "trait('app push') = 'Off'"),
        ("everyone who blocked our push messages", "trait('app push') = 'Off'"),
        ("people who disabled push and get the newsletter", "trait('app push') = 'Off' AND trait('newsletter opt in') = 'true'"),
        ("text subscribers with push on", "trait('text_flag') = '1' AND trait('app push') = 'On'"),
        ("everyone on our newsletter", "trait('newsletter opt in') = 'true'"),
        ("people we're allowed to text", "trait('text_flag') = '1'"),
        ("people who opted in to text messages since May 2026", None),  # no field knows the day
        ("people who get a push on weekdays", None),
    ],
)  # fmt: skip
def test_what_is_switched_on_or_off(prompt: str, query: str | None) -> None:
    assert _read(prompt, _SWITCHED) == query
