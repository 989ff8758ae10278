"""Languages as words or locales, never as countries; a tier that only its changes tell; all but one of them."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _of(*values: str) -> ValueStats:
    return ValueStats(values=values, complete=True, distinct=len(values))


def _trait(name: str, *values: str) -> TraitField:
    return TraitField(name, name, "text", "user", seen=SEEN, stats=_of(*values))


LOCALE = _trait("browser_locale", "en-GB", "fr-FR", "fr_CA", "es-ES")
TONGUE = _trait("mother_tongue_language", "English", "French", "Spanish")
HOME = _trait("country", "France", "Spain", "Italy")
STEP = EventField(
    "Guild Rank Changed",
    "Guild Rank Changed",
    (
        PropertyField("Guild Rank Changed", "new_rank", "new_rank", "text", seen=SEEN,
                      stats=_of("bronze", "silver", "gold")),
    ),
    seen=SEEN,
)  # fmt: skip
LINE = EventField(
    "Line Bought",
    "Line Bought",
    (
        PropertyField("Line Bought", "shelf", "shelf", "text", seen=SEEN, stats=_of("coats", "bags")),
        PropertyField("Line Bought", "amount", "amount", "number", seen=SEEN),
    ),
    seen=SEEN,
)  # fmt: skip


def _read(prompt: str, *traits: TraitField) -> Reading:
    return read_prompt(Request(prompt, Catalog((STEP, LINE), traits), NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "traits", "query"),
    [
        ("customers who speak French", (LOCALE, HOME), "trait('browser_locale').one_of('fr-FR', 'fr_CA')"),
        ("Spanish speakers in France", (LOCALE, HOME), "trait('browser_locale') = 'es-ES' AND trait('country') = 'France'"),
        ("customers who speak French", (TONGUE, HOME), "trait('mother_tongue_language') = 'French'"),
        ("customers who live in France", (LOCALE, HOME), "trait('country') = 'France'"),
        ("all languages but English", (TONGUE, HOME), "NOT trait('mother_tongue_language') = 'English'"),
        ("people who are gold right now", (HOME,), "event('Guild Rank Changed').last(property('new_rank')) = 'gold'"),
        ("people whose rank was changed to gold in the last 30 days", (HOME,),
         "event('Guild Rank Changed').where(property('new_rank') = 'gold').within(30 days).count() >= 1"),
        ("coat spend > 300 last 365 days", (HOME,),
         "event('Line Bought').where(property('shelf') = 'coats').within(365 days).sum(property('amount')) > 300"),
    ],
)  # fmt: skip
def test_it_is_read(prompt: str, traits: tuple[TraitField, ...], query: str) -> None:
    reading = _read(prompt, *traits)
    assert reading.root is not None, (reading.question, reading.problem)
    assert (reading.status, show(reading.root)) == ("draft", query)


@pytest.mark.parametrize("prompt", ["customers who speak French", "Spanish and Italian speakers"])
def test_a_country_is_no_language(prompt: str) -> None:
    assert _read(prompt, HOME).status != "draft"


def test_a_flag_of_some_of_them_is_not_told_by_their_noun() -> None:
    flag = TraitField(
        "weekly_donor", "weekly_donor", "boolean", "user", seen=SEEN, stats=_of("true", "false")
    )
    last = TraitField("last_donation", "last_donation", "date", "user", seen=SEEN)
    some = _read("weekly donors who last donated more than 30 days ago", flag, last).root
    every = _read("donors who last donated more than 30 days ago", flag, last).root
    assert some is not None
    assert every is not None
    assert (
        show(some)
        == "trait('weekly_donor') = 'true' AND trait('last_donation').before_last(30 days)"
    )
    assert show(every) == "trait('last_donation').before_last(30 days)"
