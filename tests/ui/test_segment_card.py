"""What the card of segments shows: sizes, overlaps, profiles, where each pain point comes from."""

from __future__ import annotations

from agent.cards import personas_card, segments_card
from agent.state import Campaign
from tools.persona_conditions import Known
from tools.segments import Fact, Measure, Overlap, PainPoint, Segment, Segmentation
from ui.cards import drawn
from workspace.strategies import Persona, Strategy

LAPSED = Segment(
    key="lapsed",
    name="Lapsed",
    pain_points=(
        PainPoint(text="cold feet", of="Winter"),
        PainPoint(text="Order Refunded (9%)", source="data", of="Order Refunded"),
    ),
    query="trait('a') = 'b'",
    reach=400,
    universe=1_000,
    share=0.4,
    facts=(Fact(text="in Spain (39%, everybody 17%)", share=0.39, base=0.17, label="in Spain"),),
    measures=(
        Measure(
            text="Orders: 0.5 times a year on average (everybody 2)",
            label="Orders, times a year",
            value=0.5,
            base=2.0,
        ),
    ),
    overlaps=(Overlap(key="active", people=30, share=0.05),),
    confidence="medium",
)
ACTIVE = LAPSED.model_copy(
    update={
        "key": "active",
        "name": "Active",
        "reach": 200,
        "overlaps": (Overlap(key="lapsed", people=30, share=0.05),),
    }
)
MADE = Segmentation(
    segments=(LAPSED, ACTIVE),
    cut=0,
    how="By recency:",
    base_reach=600,
    covered=0.95,
    notes=("So.",),
)
CAMPAIGN = Campaign(made=MADE)


def test_sizes_and_overlaps_are_bars_and_words() -> None:
    shown = drawn(segments_card(CAMPAIGN))
    assert [(each["name"], each["percent"], each["text"]) for each in shown["sizes"]] == [
        ("Lapsed", 100.0, "400"),
        ("Active", 50.0, "200"),
    ]
    assert shown["overlaps"] == ["Active and Lapsed: 30 people, 5% of both together"]
    assert shown["covered_text"] == "Together they hold 95% of 600 people."
    assert (shown["how"], shown["notes"]) == ("By recency.", ["So."])


def test_a_profile_has_the_segment_against_everybody() -> None:
    first = drawn(segments_card(CAMPAIGN))["segments"][0]
    assert first["profile"] == [
        {"label": "in Spain", "own": 39.0, "base": 17.0, "text": "39%, everybody 17%"}
    ]
    assert first["averages"] == [
        {
            "label": "Orders",
            "own": 25.0,
            "base": 100.0,
            "text": "0.5 times a year (everybody 2)",
        }
    ]
    assert first["confidence_text"].startswith("Medium confidence")
    parts = {each["label"]: each["text"] for each in first["parts"]}
    assert "cold feet – from Winter" in parts["Pain points"]
    assert "seen in your data" in parts["Pain points"]


def test_behaviour_that_nothing_sets_apart_is_said_where_it_was_measured() -> None:
    own = LAPSED.model_copy(update={"interests": ("running",)})
    unmeasured = LAPSED.model_copy(update={"measures": ()})
    made = MADE.model_copy(update={"segments": (LAPSED, own, unmeasured)})
    shown = drawn(segments_card(Campaign(made=made)))["segments"]
    parts = [{part["label"]: part["text"] for part in each["parts"]} for each in shown]
    assert parts[0]["Behaviours"] == "Much like all whom they are compared with"
    assert all("Behaviours" not in each for each in parts[1:])


def test_segments_that_are_not_there_yet_have_neither_bars_nor_words_of_how() -> None:
    shown = drawn(segments_card(Campaign()))
    assert (shown["segments"], shown["sizes"], shown["covered_text"]) == ([], [], None)
    assert "how" not in shown


def test_segments_of_words_alone_have_no_bars() -> None:
    update = {"reach": None, "share": None, "universe": None}
    told = MADE.model_copy(update={"segments": (LAPSED.model_copy(update=update),)})
    assert drawn(segments_card(Campaign(made=told)))["sizes"] == []


def test_a_persona_shows_what_fields_know_of_it() -> None:
    ana, bea = (Persona(key=key, name=key) for key in ("ana", "bea"))
    strategy = Strategy(key="s", name="S", personas=(ana, bea))
    known = {"ana": Known("trait('a') = 'b'", ("a is b",), ("sings",), 12, 100)}
    shown = drawn(personas_card(Campaign(personas=("ana",)), strategy, known))["personas"]
    assert shown[0]["details"] == [
        {"label": "Conditions", "text": "a is b (12 people)"},
        {"label": "No field says", "text": "sings"},
    ]
    assert shown[1]["details"] == []
