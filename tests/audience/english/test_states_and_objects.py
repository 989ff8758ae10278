"""What is wished, owned or expected was not done, and what belongs to a deed goes to no other field."""

from __future__ import annotations

import pytest

from audience.english.engine import read_prompt
from audience.printer import show
from tests.audience.english.worlds import request


def left(prompt: str) -> str:
    """The words that no condition accounts for; the prompt must be asked about."""
    reading = read_prompt(request("transit", prompt))
    assert reading.status != "draft", reading.root and show(reading.root)
    return " ".join(each.text for each in reading.unmatched)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("people who don't want to be posted a letter", "want"),
        ("people who have never attended a chess evening", "attended"),
        ("people who are about to leave us soon", "about"),
    ],
)
def test_how_things_stand_is_nothing_that_was_done(prompt: str, words: str) -> None:
    assert words in left(prompt)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("people who bought luggage but no insurance", "luggage"),
        ("people who invited a friend that joined a squad", "joined"),
        ("people who bought a pillow or insurance or chess", "chess"),
        ("people who never opened a mail or opened a mail in May", "or"),
        ("people who called the helpline about a late delivery", "delivery"),
        ("people who bought anything but insurance", "anything"),
        ("people who exported everything they opened", "everything"),
        ("people who were sent the Spring mail but no open of that mail", "that"),
        ("companies that exported more than 40 reports altogether", "altogether"),
        ("everybody who drives a Falcon", "drives"),
        ("people who spent more than 300 gems", "more than 300"),
        ("people who spent over 300 euros on fares so far", "over 300"),
        ("mails in the past 14 days: three or more sent, clicks zero", "14 days"),
    ],
)
def test_what_belongs_to_a_deed_goes_to_no_other_field(prompt: str, words: str) -> None:
    assert words in left(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("people who never told us their hobbies", "trait('hobbies').absent()"),
        ("people whose last ride was last month", "trait('last_ride_on') >= '2026-08-01' AND trait('last_ride_on') <= '2026-08-31'"),
        ("companies that downgraded because of budget", "ANY event('Plan Downgraded').where(property('why') = 'budget').count() >= 1"),
        ("riders with less than 5 euros in their purse", "trait('purse_balance') < 5"),
        ("people who came through radio and had a ride", "trait('source') = 'radio' AND event('ride_done').count() >= 1"),
        ("people who bought more than 10 tombola tickets", "event('Tombola Ticket Bought').sum(property('tickets')) > 10"),
        ("sponsors and members, but no couriers", "trait('relation').one_of('sponsor', 'member') AND NOT trait('is_courier') = 'true'"),
        ("people who searched one way routes to Rome", "event('Route Searched').where(property('one_way') = 'true' AND property('goal') = 'Rome').count() >= 1"),
        ("people who were sent the Spring mail but never opened or clicked", "event('Mail Sent').where(property('campaign') = 'Spring').count() >= 1 AND event('Mail Opened').where(property('campaign') = 'Spring').count() = 0 AND event('Mail Clicked').where(property('campaign') = 'Spring').count() = 0"),
        ("riders who paid a fare of over 5 euros", "event('Fare Paid').where(property('amount') > 5).count() >= 1"),
        ("people who had a ride last month", "event('ride_done').where(context('timestamp') >= '2026-08-01' AND context('timestamp') < '2026-09-01').count() >= 1"),
        ("people who did not open anything but had a ride", "event('Mail Opened').count() = 0 AND event('ride_done').count() >= 1"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_thing_itself_is_read(prompt: str, wanted: str) -> None:
    reading = read_prompt(request("transit", prompt))
    assert reading.status == "draft", reading.unmatched
    assert reading.root is not None
    assert show(reading.root) == wanted


def test_a_deed_that_stands_for_a_thing_has_to_be_said() -> None:
    reading = read_prompt(request("transit", "people who booked in June"))
    assert reading.question is not None
    assert {each.text for each in reading.question.options} == {
        "Trial Drive Booked",
        "Repair Booked",
    }
