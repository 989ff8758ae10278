"""Which event a purchase is, where none is called so: not one of gift cards beside orders kept as numbers."""

from __future__ import annotations

from audience.catalog import Catalog, EventField, FieldType, PropertyField, TraitField, ValueStats
from audience.english.lexicon import Lexicon
from tests.audience.english.worlds import SEEN

NUMBERS = ValueStats(minimum="0", maximum="40")


def _event(name: str) -> EventField:
    amount = PropertyField(name, "amount", "amount", "number", "", seen=SEEN, stats=NUMBERS)
    return EventField(name, name, (amount,), seen=SEEN)


def _trait(name: str, kind: FieldType = "number") -> TraitField:
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=NUMBERS)


def _purchases(events: tuple[str, ...], *traits: TraitField) -> list[str]:
    catalog = Catalog(events=tuple(map(_event, events)), user_traits=traits)
    return [each.field.name for each in Lexicon(catalog, {}).roles["purchase"]]


def test_what_comes_nearest_stands_in_for_a_purchase() -> None:
    assert _purchases(("Seat Reserved", "Page Seen")) == ["Seat Reserved"]
    assert _purchases(("Seat Reserved",), _trait("average order value")) == ["Seat Reserved"]


def test_orders_that_are_kept_as_numbers_have_no_stand_in() -> None:
    assert _purchases(("Egift Sold",), _trait("lifetimeOrders")) == []
    assert _purchases(("Gift Card Purchased",), _trait("last order date", "date")) == []
    assert _purchases(("Seat Reserved",), _trait("num_purchases")) == []


def test_an_order_is_an_order_beside_its_count() -> None:
    assert _purchases(("Order Placed", "Egift Sold"), _trait("total_orders")) == ["Order Placed"]
