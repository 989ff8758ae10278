"""Personas that are selected say what the workspace's fields know of them."""

from __future__ import annotations

from tests.agent.driving import Talk


async def test_selected_personas_come_with_conditions_and_reach(talk: Talk) -> None:
    await talk.act("choose_strategy", strategy="winter_launch")
    await talk.act("choose_approach", approach="personas")
    await talk.act("select_personas", personas=["skier", "northern_family"])
    shown = {each["key"]: each for each in talk.card("personas")["personas"]}
    skier = shown["skier"]["known"]
    assert "skiing" in skier["query"]
    assert 0 < skier["reach"] < skier["universe"]
    assert "Parents" in shown["northern_family"]["known"]["left_out"]
    assert shown["upgrader"]["known"] is None
    view = await talk.session.state(talk.thread_id)
    loaded = next(each["props"] for each in view["cards"] if each["kind"] == "personas")
    assert loaded == talk.card("personas")
