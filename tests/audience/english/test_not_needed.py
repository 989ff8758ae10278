"""Questions that were not needed: words that a condition says already, and those that it does not."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from tests.audience.english.worlds import drafted, request

RIDE, APPLIED, STAY = "event('Ride Completed')", "event('Application Submitted')", "event('Stay Ended')"  # fmt: skip
NOT_DONE = "NOT trait('onboarding_completed') = 'true'"


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        # The verb of the noun that the event is called by.
        ("candidates who have not applied yet", f"{APPLIED}.count() = 0"),
        ("applied twice in the last week", f"{APPLIED}.within(7 days).count() = 2"),
        # The thing that every such event has, and a verb that only takes it.
        ("candidates who applied for a job", f"{APPLIED}.count() >= 1"),
        ("riders that took a bike from Old Town", f"{RIDE}.where(property('start_zone') = 'Old Town').count() >= 1"),
        ("people who prefer the Central store", "trait('preferred_store') = 'Central'"),
        # Two numbers of two things.
        ("nps below 7 and 2+ rides this month", f"trait('nps_score') < 7 AND {RIDE}.where(context('timestamp') >= '2026-09-01' AND context('timestamp') < '2026-10-01').count() >= 2"),
        ("nps above 3 and below 9 seats", "trait('nps_score') > 3 AND trait('seats') < 9"),
        ("nps above 3 and below 7 in Porto", "trait('nps_score') > 3 AND trait('nps_score') < 7 AND trait('home_city') = 'Porto'"),
        # A flag that is said in two parts.
        ("onboarding not completed, lives in Porto", f"{NOT_DONE} AND trait('home_city') = 'Porto'"),
        ("onboarding has not been completed yet", NOT_DONE),
        ("medical form not signed yet, lives in Porto", "NOT trait('medical_form_signed') = 'true' AND trait('home_city') = 'Porto'"),
        ("next charge within 14 days", "trait('billing_on').within_next(14 days)"),
        ("people with plus or free tier", "trait('tier').one_of('plus', 'free')"),
        ("onboarding not completed, plus tier", f"{NOT_DONE} AND trait('tier') = 'plus'"),
        ("no ride in 60 days, lives in Porto", f"{RIDE}.within(60 days).count() = 0 AND trait('home_city') = 'Porto'"),
        ("no application in 90 days", f"{APPLIED}.within(90 days).count() = 0"),
        ("repeat riders, 3+ rides this month", f"{RIDE}.where(context('timestamp') >= '2026-09-01' AND context('timestamp') < '2026-10-01').count() >= 3"),
        ("families with kids in a detached house", "trait('has_kids') = 'true' AND trait('home_type') = 'detached'"),
        ("candidates with incomplete profiles", "trait('profile_complete') = 'false'"),
        ("people working in retail in Leeds", "trait('industry') = 'Retail' AND trait('home_city') = 'Leeds'"),
        # Leave for one way, and for another.
        ("customers who agreed to sms but not email", "trait('sms_consent') = 'true' AND NOT trait('email_consent') = 'true'"),
        ("people who have not consented to email and agreed to sms", "NOT trait('email_consent') = 'true' AND trait('sms_consent') = 'true'"),
        ("people who agreed to sms but did not click an email", "trait('sms_consent') = 'true' AND event('Email Clicked').count() = 0"),
        # How many, how long, how much: of the one number that counts it.
        ("candidates with 5+ years of experience", "trait('years_experience') >= 5"),
        ("booked a table for 6 or more people", "event('Table Booked').where(property('party_size') >= 6).count() >= 1"),
        ("guests who booked for two", "event('Table Booked').where(property('party_size') = 2).count() >= 1"),
        ("candidates who got an offer over 60000", "event('Offer Received').where(property('salary') > 60000).count() >= 1"),
        ("abandoned a cart worth more than 40", "event('Cart Abandoned').where(property('cart_value') > 40).count() >= 1"),
        ("riders that paid more than 8 euros for a ride", f"{RIDE}.where(property('fare') > 8).count() >= 1"),
        ("riders that paid more than 8 euros on rides", f"{RIDE}.sum(property('fare')) > 8"),
        ("3 or more rides longer than 30 minutes", f"{RIDE}.where(property('duration_min') > 30).count() >= 3"),
        ("guests who had a stay of at least 5 nights", f"{STAY}.where(property('nights') >= 5).count() >= 1"),
        ("cancelled a trip less than 3 days before departure", "event('Trip Cancelled').where(property('days_before_departure') < 3).count() >= 1"),
        # The event, though a number is called by the same words.
        ("opened an urgent ticket about billing", "event('Support Ticket Opened').where(property('priority') = 'urgent' AND property('topic') = 'billing').count() >= 1"),
        ("users with open tickets in Leeds", "trait('tickets_open') > 0 AND trait('home_city') = 'Leeds'"),
        # One number of a range of ages.
        ("riders in Porto aged over 45", "trait('home_city') = 'Porto' AND trait('age_group').one_of('45-54', '55+')"),
    ],
)  # fmt: skip
def test_is_said_already(prompt: str, query: str) -> None:
    assert drafted("pedals", prompt) == query


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("candidates who actively applied in May", "actively"),
        ("riders who lost a bike in Porto", "lost"),
        ("riders who took a photo in Porto", "photo"),
        ("candidates who applied for a medal in May", "medal"),
        ("booked a table for 2 adults", "2 adults"),
        ("people with 5+ years of sailing in Leeds", "sailing"),
        ("riders in Porto over 50", "over 50"),
        ("riders in Porto aged 46 or over", "aged 46"),
        ("guests with at least 2 spa stays", "spa"),
        ("onboarding not completed in the last 30 days", "in the last 30 days"),
        ("people who prefer the Central station", "station"),
        ("cancelled a trip before departure", "before departure"),
        ("riders with a ride over 30 kg", "30 kg"),
        ("families with a detached house", "families"),
        ("repeat riders in Porto", "repeat"),
        ("a detached garage in Porto", "garage"),
        ("who received an email in May", "received"),
    ],
)
def test_has_a_meaning_of_its_own(prompt: str, left: str) -> None:
    reading = read_prompt(request("pedals", prompt))
    assert reading.status != "draft", reading.root
    assert any(left in each.text for each in reading.unmatched), reading.unmatched
