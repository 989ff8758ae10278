"""All but one value of a field, the noun after a value, days to come, and why something was done."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from audience.catalog import Catalog, EventField, PropertyField, Seen, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN

WHY = ("price", "service", "moved")


@cache
def boats() -> Catalog:
    return Catalog(
        events=(
            _event("Mooring Ended", "A mooring was given up", SEEN, _of("Mooring Ended", "reason", WHY)),
            _event("Regatta Seen", "A live race was followed", SEEN),
            _event("Regatta Party Seen", "Several people saw a regatta", Seen()),
        ),
        user_traits=(
            _trait("kinds_insured", "list", "Kinds of policy held", ("boat", "caravan")),
            _trait("cover_grade", "text", "Grade of cover", ("basic", "full")),
            _trait("berth", "text", "", ("inner", "outer")),
            _trait("pay_rhythm", "text", "", ("monthly", "yearly")),
            _trait("home_kind", "text", "O owns a boat, L has a loan, R rents", ("O", "L", "R")),
            _trait("next_renewal_on", "date", "Day of the next renewal", maximum="2027-05-01"),
            _trait("auto_renews", "boolean", "Moorings renew by themselves"),
            _trait("arrears_sum", "number", "Fee overdue in euros, 0 if nothing is", minimum="0"),
            _trait("mobile_number", "text"),
            _trait("ended_on", "date", maximum="2026-09-01"),
            _trait("mooring_state", "text", "", ("active", "ended")),
        ),
    )  # fmt: skip


def _event(name: str, about: str, seen: Seen, *properties: PropertyField) -> EventField:
    return EventField(name, name.lower().replace(" ", "_"), properties, about, seen=seen)


def _of(event: str, name: str, values: tuple[str, ...]) -> PropertyField:
    return PropertyField(
        event, name, name, "text", seen=SEEN, stats=ValueStats(values, complete=True)
    )


def _trait(
    name: str, kind: Any, about: str = "", values: tuple[str, ...] = (), **known: str
) -> TraitField:
    stats = ValueStats(values, complete=bool(values), **known)  # type: ignore[arg-type]
    return TraitField(name, name, kind, description=about, seen=SEEN, stats=stats)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, boats(), NoFinder(), AS_OF))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("people in any berth other than inner", "NOT trait('berth') = 'inner'"),
        ("people in any berth but inner", "NOT trait('berth') = 'inner'"),
        ("people whose berth is anything but inner", "NOT trait('berth') = 'inner'"),
        ("people with caravan insurance in an outer berth",
         "trait('kinds_insured').contains('caravan') AND trait('berth') = 'outer'"),
        ("yearly payers in an outer berth", "trait('pay_rhythm') = 'yearly' AND trait('berth') = 'outer'"),
        ("people with a loan in an outer berth", "trait('home_kind') = 'L' AND trait('berth') = 'outer'"),
        ("people whose renewal date is next month",
         "trait('next_renewal_on') >= '2026-10-01' AND trait('next_renewal_on') <= '2026-10-31'"),
        ("their renewal is coming up in the next two weeks", "trait('next_renewal_on').within_next(14 days)"),
        ("people with over 50 euros overdue", "trait('arrears_sum') > 50"),
        ("people who have something overdue", "trait('arrears_sum') > 0"),
        ("people with a mobile number on file", "trait('mobile_number').exists()"),
        ("people with no mobile number on file", "trait('mobile_number').absent()"),
        ("people who ended their mooring over the price in the last 60 days",
         "event('Mooring Ended').where(property('reason') = 'price').within(60 days).count() >= 1"),
        ("saw a regatta in the last 30 days", "event('Regatta Seen').within(30 days).count() >= 1"),
    ],
)  # fmt: skip
def test_what_is_told(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (prompt, reading.unmatched, reading.question, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query
