"""What cards show: numbers, shares and dates in words, and names from outside as the text they are."""

from __future__ import annotations

import pytest

from agent.events import card, review
from agent.words import safe
from ui.cards import drawn, plain
from ui.charts import figure_of


@pytest.mark.parametrize("text", ["loyalty_tier", "**a** [b](c) `d` <e> $5 | 6 \\ 7", "ünï_cødé"])
def test_text_made_harmless_for_markdown_is_shown_as_it_was(text: str) -> None:
    assert plain(safe(text)) == text


def test_a_question_shows_names_as_they_are() -> None:
    props = {
        "kind": "clarify",
        "text": f"Which one: {safe('loyalty_tier')}?",
        "options": [{"index": 0, "text": safe("a_b")}],
        "question": 1,
    }
    shown = drawn(card("question", props))
    assert shown["text"] == "Which one: loyalty_tier?"
    assert shown["options"] == [{"index": 0, "text": "a_b"}]
    assert (shown["card"], shown["open"]) == ("question", True)


def test_a_review_has_its_numbers_in_words() -> None:
    condition = {"query": "q", "english": "e", "reach": 1, "kept": None, "dropped": None}
    props = {
        "kind": "dynamic_plus",
        "type": "users",
        "reach": 1_234,
        "universe": 5_000_000,
        "conditions": [condition],
    }
    shown = drawn(review("id-1", props))
    assert shown["interrupt_id"] == "id-1"
    assert (shown["reach_text"], shown["universe_text"]) == ("1,234", "5,000,000 people")
    assert shown["share_text"] == "under 0.1%"
    assert shown["conditions"][0]["reach_text"] == "1 person"
    assert shown["conditions"][0]["kept_text"] is None


def test_a_review_without_data_has_no_numbers() -> None:
    props = {"kind": "dynamic", "type": "users", "reach": None, "universe": None, "conditions": []}
    shown = drawn(review("id-1", props))
    assert shown["reach_text"] is None
    assert shown["percent"] is None


def test_fields_say_when_they_were_last_seen() -> None:
    def field(**changes: object) -> dict[str, object]:
        return {"name": "x", "active": True, "last_seen": None, "values": []} | changes

    props = {
        "fields": [field(last_seen="2026-11-14T20:00:00+00:00"), field(), field(active=False)],
        "timezone": "Asia/Tokyo",
        "text": "",
    }
    shown = [each["last_seen_text"] for each in drawn(card("fields", props))["fields"]]
    assert shown == ["15 Nov 2026", "in use", "inactive"]


def test_charts_have_the_numbers_of_their_cards_and_no_markup() -> None:
    audiences = [
        {"key": "a", "name": "<b>A</b>", "reach": 10, "both": 4, "share": 0.2},
        {"key": "b", "name": "B", "reach": 9, "both": 9, "share": 0.5},
    ]
    props = drawn(card("comparison", {"reach": 20, "type": "users", "audiences": audiences}))
    figure = figure_of(props)
    assert figure is not None
    both, only_there = figure["data"]
    assert (both["x"], only_there["x"]) == ([4, 9], [6, 0])
    assert "<" not in "".join(both["y"])

    days = [{"day": "2026-09-14", "reach": 3}, {"day": "2026-09-15", "reach": 5}]
    props = drawn(card("reach", {"days": days, "type": "users", "query": "q"}))
    figure = figure_of(props)
    assert figure is not None
    assert figure["data"][0]["y"] == [3, 5]
    assert [each["reach_text"] for each in props["rows"]] == ["3 people", "5 people"]
    assert figure_of(drawn(card("saved", SAVED))) is None


SAVED = {"kind": "dynamic", "type": "users", "reach": 1, "universe": 2}


def test_numbers_of_a_person_are_written_as_people_write_them() -> None:
    event = {
        "event": "Order Completed",
        "timestamp": "2026-11-20T10:00:00Z",
        "properties": {"total": 1192.6, "quantity": 1200, "order_id": 1001, "coupon": None},
        "money": ["total"],
    }
    shown = drawn(
        card(
            "profile",
            {
                "id": "u1",
                "why": None,
                "timezone": "UTC",
                "currency": "USD",
                "money": ["lifetime_value"],
                "traits": {
                    "lifetime_value": 3685.4,
                    "points": 6291,
                    "birth_year": 1987,
                    "vip": True,
                },
                "events": [event],
            },
        )
    )
    assert shown["trait_rows"] == [
        ["lifetime_value", "$3,685.40"],
        ["points", "6,291"],
        ["birth_year", "1987"],
        ["vip", "true"],
    ]
    assert shown["recent"][0]["text"] == "total: $1,192.60, quantity: 1,200, order_id: 1001"


def test_places_left_are_counted() -> None:
    props = {"audiences": [], "dynamic_plus": 25, "dynamic_plus_limit": 25}
    shown = drawn(card("audiences", props))
    assert (shown["limit_text"], shown["full"]) == ("Dynamic Plus: 25 of 25 used, 0 left", True)
