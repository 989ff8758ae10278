"""Numbers of one thing each, and numbers of all of them together."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.kinds import simplified
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _event(name: str, told: str, *rows: tuple[str, str, str]) -> EventField:
    fields = tuple(
        PropertyField(
            name, each, each, kind, about, seen=SEEN, stats=ValueStats(values=VALUES.get(each, ()))
        )
        for each, kind, about in rows
    )
    return EventField(name, name.lower().replace(" ", "_"), fields, description=told, seen=SEEN)


VALUES = {"subject": ("maths", "art", "music"), "room": ("north", "south", "tower")}
CATALOG = Catalog(
    events=(
        _event("Help Requested", "Somebody asked for help", ("wait_secs", "number", "Seconds until somebody answered"), ("mins_to_fix", "number", "")),
        _event("Lesson Taken", "A lesson was taken", ("minutes", "number", "Length in minutes"), ("subject", "text", "Field of study"), ("room", "text", "")),
        _event("Quiz Built", "A quiz was made", ("steps", "number", "Steps that it has")),
        _event("Tokens Redeemed", "Tokens were spent", ("tokens", "number", "Tokens spent")),
        _event("Survey Answered", "A survey was answered", ("score", "number", "0 to 10")),
        _event("Basket Paid", "A basket was paid", ("total", "number", "Amount, GBP"), ("extras_total", "number", "Part of the amount that went on extras, GBP"), ("item_count", "number", "Number of dishes")),
        _event("File Downloaded", "A file was saved", ("size_mb", "number", "Size in megabytes")),
        _event("Payment Failed", "", ("attempt", "number", "Which attempt it was")),
        _event("Site Visited", "A visit to the website", ("seconds", "number", "Length of the visit in seconds")),
    ),
    user_traits=(
        TraitField("noticeCode", "noticeCode", "text", "user", "Notice period: N0 = can start at once, N1 = one month, N3 = three months", seen=SEEN, stats=ValueStats(values=("N0", "N1", "N3"))),
        TraitField("monthly_price", "monthly_price", "number", "user", "Price for a month, in pounds", seen=SEEN),
        TraitField("total_paid", "total_paid", "number", "user", "All that was ever paid, in pounds", seen=SEEN),
        TraitField("leaving_risk", "leaving_risk", "number", "user", "Forecast, 0 to 1", seen=SEEN),
        TraitField("avgReplyMin", "avgReplyMin", "number", "user", "Minutes until the first reply, on average", seen=SEEN),
    ),
)  # fmt: skip


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people who waited more than 5 minutes for help", "event('Help Requested').where(property('wait_secs') > 300).count() >= 1"),
        ("waited more than 10 minutes before requesting help", "event('Help Requested').where(property('wait_secs') > 600).count() >= 1"),
        ("built quizzes with 5 steps or more", "event('Quiz Built').where(property('steps') >= 5).count() >= 1"),
        ("people who redeemed more than 500 tokens", "event('Tokens Redeemed').sum(property('tokens')) > 500"),
        ("people who redeemed more than 500 tokens in one go", "event('Tokens Redeemed').where(property('tokens') > 500).count() >= 1"),
        ("visited the website for more than 5 minutes", "event('Site Visited').where(property('seconds') > 300).count() >= 1"),
        ("people who take longer than an hour to reply", "trait('avgReplyMin') > 60"),
        ("people who took lessons in three different rooms", "event('Lesson Taken').unique(property('room')).count() >= 3"),
        ("people who took lessons in exactly three different rooms", "event('Lesson Taken').unique(property('room')).count() = 3"),
        ("people who took lessons in at least two different fields", "event('Lesson Taken').unique(property('subject')).count() >= 2"),
    ],
)  # fmt: skip
def test_one_or_all_together(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(simplified(reading.root)) == query


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people whose last survey says 9 or 10", "event('Survey Answered').last(property('score')) >= 9 AND event('Survey Answered').last(property('score')) <= 10"),
        ("people who answered the survey with a zero", "event('Survey Answered').where(property('score') = 0).count() >= 1"),
        ("people who gave us a 3 or lower in a survey", "event('Survey Answered').where(property('score') <= 3).count() >= 1"),
        ("people who answered 3 surveys", "event('Survey Answered').count() = 3"),
        ("people who paid for a basket with 5 or more dishes", "event('Basket Paid').where(property('item_count') >= 5).count() >= 1"),
        ("paid baskets containing at least 5 dishes", "event('Basket Paid').where(property('item_count') >= 5).count() >= 1"),
        ("people who spent more on extras than £40 in a single basket", "event('Basket Paid').where(property('extras_total') > 40).count() >= 1"),
        ("people on three months' notice", "trait('noticeCode') = 'N3'"),
        ("people paying more than £15 a month", "trait('monthly_price') > 15"),
        ("people who pay £15 or more a month", "trait('monthly_price') >= 15"),
        ("downloaded a file bigger than 100 MB", "event('File Downloaded').where(property('size_mb') > 100).count() >= 1"),
        ("whose payment failed on the third attempt", "event('Payment Failed').where(property('attempt') = 3).count() >= 1"),
        ("people with a leaving risk above 70%", "trait('leaving_risk') > 0.7"),
        ("people with a notice period of 1 month", "trait('noticeCode') = 'N1'"),
    ],
)  # fmt: skip
def test_numbers_by_what_stands_around_them(prompt: str, query: str) -> None:
    test_one_or_all_together(prompt, query)
