"""Special categories of personal data, in words and in fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.catalog import EventField, Field, PropertyField, TraitField
from audience.english.guards.sensitive import sensitive_field, sensitive_topic, sensitive_words

CORPUS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "sensitive.yaml").read_text(encoding="utf-8")
)


def pairs(key: str) -> list[tuple[str, str]]:
    return [(topic, each) for topic, texts in CORPUS[key].items() for each in texts]


def field(name: str) -> Field:
    if " " in name:
        return EventField(name, name.lower().replace(" ", "_"))
    return TraitField(name, name, "text")


@pytest.mark.parametrize(("topic", "text"), pairs("sensitive"))
def test_words_of_a_special_category_are_seen(topic: str, text: str) -> None:
    assert sensitive_topic(text) == topic


@pytest.mark.parametrize("text", CORPUS["none"])
def test_other_words_pass(text: str) -> None:
    assert sensitive_topic(text) is None


@pytest.mark.parametrize(("topic", "name"), pairs("fields"))
def test_a_field_is_judged_by_its_name(topic: str, name: str) -> None:
    assert sensitive_field(field(name)) == topic


@pytest.mark.parametrize("name", CORPUS["plain_fields"])
def test_other_fields_pass(name: str) -> None:
    assert sensitive_field(field(name)) is None


def test_a_field_is_judged_by_its_description_too() -> None:
    told = TraitField("trait_17", "trait_17", "text", description="The religion a person gave us")
    assert sensitive_field(told) == "religion"
    assert (
        sensitive_field(TraitField("trait_17", "trait_17", "text", description="Shoe size")) is None
    )


def test_a_property_is_judged_with_its_event() -> None:
    def distance(event: str) -> Field:
        return PropertyField(event, "race", "race", "text")

    assert sensitive_field(distance("Race Registered")) is None
    assert sensitive_field(distance("Profile Completed")) == "ethnicity"


def test_the_place_of_the_words_is_told() -> None:
    text = "Customers in Madrid who are pregnant"
    (found,) = sensitive_words(text)
    assert text[found.start : found.end] == "pregnant"
