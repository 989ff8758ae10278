"""Words that can keep nobody out are not asked about; where the same words matter, they are."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _stats(*values: str) -> ValueStats:
    return ValueStats(values, complete=True, distinct=len(values))


def _choice(name: str, about: str, *values: str) -> TraitField:
    return TraitField(name, name, "text", "user", about, seen=SEEN, stats=_stats(*values))


def _number(name: str) -> TraitField:
    return TraitField(name, name, "number", "user", seen=SEEN, stats=ValueStats(minimum="0"))


def _event(name: str, **properties: tuple[str, ...]) -> EventField:
    return EventField(
        name,
        name.lower().replace(" ", "_"),
        tuple(
            PropertyField(name, each, each, "text" if values else "number", stats=_stats(*values))
            for each, values in properties.items()
        ),
        seen=SEEN,
    )


CATALOG = Catalog(
    events=(
        _event("Ticket Booked", price=(), seats=()),
        _event("Complaint Sent", topic=("luggage", "delay")),
        _event("Invited Friend"),
        _event("Referral Accepted"),
        _event("Trip Cancelled", cancelled_by=("rider", "driver")),
    ),
    user_traits=(
        _choice("tier", "", "silver", "gold"),
        _choice("seat_preference", "", "window", "aisle"),
        _choice("adviser", "Their personal adviser", "Kim", "Okoye"),
        _choice("home_pier", "Pier that is used most", "North", "South"),
        _choice("country", "", "Spain", "France"),
        _choice("interests", "Interests picked in the welcome tour", "sailing", "chess"),
        TraitField("auto_renew", "auto_renew", "boolean", "user", seen=SEEN),
        _number("shows_followed"),
        _number("courses_done"),
        _number("payment_failures"),
        _number("wallet_balance"),
        _number("visits_30d"),
        _number("roaming_mb_this_month"),
        TraitField("direct_debit", "direct_debit", "boolean", "user", seen=SEEN),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who prefer to sit by the window", "trait('seat_preference') = 'window'"),
        ("whose personal adviser is Okoye", "trait('adviser') = 'Okoye'"),
        ("picked sailing when asked", None),
        ("people who picked sailing", "trait('interests') = 'sailing'"),
        ("gold people from anywhere in Spain", "trait('tier') = 'gold' AND trait('country') = 'Spain'"),
        ("gold everywhere except in France", "trait('tier') = 'gold' AND NOT trait('country') = 'France'"),
        ("people who are on the gold tier today", "trait('tier') = 'gold'"),
        ("those with more than 10 shows followed in total", "trait('shows_followed') > 10"),
        ("those who mostly use the North pier", "trait('home_pier') = 'North'"),
        ("people who do not renew automatically", "NOT trait('auto_renew') = 'true'"),
        ("sent a complaint about luggage problems", "event('Complaint Sent').where(property('topic') = 'luggage').count() >= 1"),
        ("sent an invite at least twice", "event('Invited Friend').count() >= 2"),
        ("people who completed at least 3 courses", "trait('courses_done') >= 3"),
        ("people who have ever had a payment failure", "trait('payment_failures') > 0"),
        ("5 visits or more in the past 30 days", "trait('visits_30d') >= 5"),
        ("people who used more than 2 GB of data this month", "trait('roaming_mb_this_month') > 2000"),
        ("consumed between 1 and 3 gigs so far this month", "trait('roaming_mb_this_month') >= 1000 AND trait('roaming_mb_this_month') <= 3000"),
        ("people who used more than 2 GB of data last month", None),
        ("people with a direct debit set up", "trait('direct_debit') = 'true'"),
        ("people in teh gold tier", "trait('tier') = 'gold'"),
    ],
)  # fmt: skip
def test_words_that_keep_nobody_out(prompt: str, query: str | None) -> None:
    reading = _read(prompt)
    if query is None:
        assert reading.status == "clarify", reading
    else:
        assert reading.status == "draft", (prompt, reading)
        assert reading.root is not None
        assert show(reading.root) == query


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("gold people from anywhere near Spain", "anywhere"),
        ("booked a ticket for themselves", "themselves"),
        ("cancelled a trip themselves", "themselves"),
        ("people with a personal ticket booked", "personal"),
        ("booked tickets above 50 in total silence", "silence"),
        ("sent an accepted referral", "sent"),
        ("5 visits or more in the past 60 days", "60"),
        ("people who have ever been in the gold tier", "ever"),
        ("people who booked tickets and mostly sit at the back", "mostly"),
    ],
)
def test_the_same_words_where_they_matter(prompt: str, word: str) -> None:
    reading = _read(prompt)
    assert reading.status == "clarify", (prompt, reading.root and show(reading.root))
    assert any(word in each.text for each in reading.unmatched), reading.unmatched
