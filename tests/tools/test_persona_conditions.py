"""Personas as conditions: what fields can say, counted, and what they cannot."""

from __future__ import annotations

from tools.context import ToolContext
from tools.persona_conditions import known_of
from tools.preview_audience import preview_audience
from tools.segmenting.pieces import pieces_of
from workspace.strategies import Persona


def _persona(**parts: object) -> Persona:
    return Persona.model_validate({"key": "ana", "name": "Ana", **parts})


def test_what_fields_can_say_is_counted_and_the_rest_is_named(shop: ToolContext) -> None:
    known = known_of(
        shop,
        _persona(
            demographics="30 to 50, works full time",
            interests=["hiking", "stamps"],
            behaviours=["ordered at least twice", "two to four orders a year", "reads reviews"],
        ),
    )
    assert known.query is not None
    assert "trait('interests').contains('hiking')" in known.query
    assert "event('Order Completed').count() >= 2" in known.query
    assert "exists()" not in known.query
    assert {"stamps", "works full time", "reads reviews"} <= set(known.left_out)
    counted = preview_audience(shop, known.query)
    assert (known.reach, known.universe) == (counted.reach, counted.universe)
    assert known.reach


def test_a_persona_that_no_field_knows_has_no_conditions(shop: ToolContext) -> None:
    known = known_of(shop, _persona(behaviours=["sings in the rain"]))
    assert (known.query, known.reach, known.left_out) == (None, None, ("sings in the rain",))


def test_a_thousands_separator_parts_nothing() -> None:
    persona = _persona(demographics="Income under 35,000 dollars, married; two kids")
    assert [text for _, text in pieces_of(persona)] == [
        "Income under 35,000 dollars",
        "married",
        "two kids",
    ]


def test_what_leaves_nobody_out_needs_no_condition() -> None:
    persona = _persona(demographics="All ages, married", geography="Everywhere.")
    assert [text for _, text in pieces_of(persona)] == ["married"]
