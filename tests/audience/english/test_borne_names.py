"""A value is not read into a word that is only part of what something else is called."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _of(*values: str) -> ValueStats:
    return ValueStats(values=values, complete=True)


def _trait(name: str, kind: FieldType, stats: ValueStats) -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


def _number(event: str, name: str, about: str, top: int) -> PropertyField:
    stats = ValueStats(minimum="0", maximum=str(top))
    return PropertyField(event, name, name, "number", about, seen=SEEN, stats=stats)


CATALOG = Catalog(
    events=(
        EventField("Gift Card Issued", "Gift Card Issued", (), seen=SEEN),
        EventField("Bought In Game", "Bought In Game", (), seen=SEEN),
        EventField(
            "Invoice Settled",
            "Invoice Settled",
            (_number("Invoice Settled", "daysLate", "Days after the due date", 60),),
            seen=SEEN,
        ),
        EventField(
            "Meter Read",
            "Meter Read",
            (_number("Meter Read", "kwh", "Kilowatt hours on the invoice", 2400),),
            seen=SEEN,
        ),
    ),
    user_traits=(
        _trait("kiosk_screen", "text", _of("touch", "keys")),
        _trait("order_channel", "text", _of("kiosk", "desk", "card", "app")),
    ),
)


def _read(prompt: str) -> Reading:
    return read_prompt(Request(prompt, CATALOG, NoFinder(), AS_OF, prompt_min=3))


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers at the kiosk with a touch screen", "trait('kiosk_screen') = 'touch'"),
        ("customers with a gift card", "event('Gift Card Issued').count() >= 1"),
        ("people without a gift card", "event('Gift Card Issued').count() = 0"),
        ("customers whose order channel is the kiosk", "trait('order_channel') = 'kiosk'"),
        ("people who made an in-app purchase", "event('Bought In Game').count() >= 1"),
        ("settled an invoice more than 10 days late", "event('Invoice Settled').where(property('daysLate') > 10).count() >= 1"),
    ],
)  # fmt: skip
def test_a_word_of_another_name_is_no_value(prompt: str, query: str) -> None:
    reading = _read(prompt)
    assert reading.status == "draft", (reading.unmatched, reading.problem)
    assert reading.root is not None
    assert show(reading.root) == query
