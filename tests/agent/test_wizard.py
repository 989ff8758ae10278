"""Rows A1 to A7 of the design, as rules over the campaign."""

from __future__ import annotations

import pytest

from agent import wizard
from agent.state import Campaign
from agent.wizard import Confirm, Refused
from tools.segments import Segment, Segmentation
from workspace.strategies import Persona, Strategy

SIX = tuple(Persona(key=f"p{number}", name=f"Persona {number}") for number in range(1, 7))
STRATEGY = Strategy(key="everyday", name="Everyday", personas=SIX)
OTHER = Strategy(key="winter", name="Winter", personas=SIX[:1])
WITHOUT = Strategy(key="clearance", name="Clearance")
MADE = Segmentation(
    segments=tuple(Segment(key=f"s{n}", name=f"Segment {n}") for n in range(3)), cut=0, how=""
)


def chosen(strategy: Strategy = STRATEGY) -> Campaign:
    step = wizard.choose_strategy(Campaign(), strategy)
    assert isinstance(step, Campaign)
    return step


def with_personas(*keys: str) -> Campaign:
    step = wizard.select_personas(chosen(), STRATEGY, keys)
    assert isinstance(step, Campaign)
    return step


def with_segments() -> Campaign:
    step = wizard.can_generate(chosen(), STRATEGY)
    assert isinstance(step, Campaign)
    return wizard.with_segments(step, MADE)


def test_a1_without_a_strategy_both_approaches_are_locked_with_a_warning() -> None:
    offered = wizard.approaches(None)
    assert [each.key for each in offered] == ["segments", "personas"]
    assert all(each.locked and each.why == wizard.NO_STRATEGY for each in offered)


@pytest.mark.parametrize("approach", ["segments", "personas"])
def test_a1_a_locked_approach_cannot_be_chosen(approach: wizard.ApproachKey) -> None:
    with pytest.raises(Refused) as refused:
        wizard.choose_approach(Campaign(), None, approach)
    assert refused.value.code == "no_strategy"


def test_a1_nothing_else_gets_round_the_lock() -> None:
    for step in (
        lambda: wizard.select_personas(Campaign(), None, ["p1"]),
        lambda: wizard.can_generate(Campaign(), None),
        lambda: wizard.choose_audience(Campaign(), None, "vips"),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.code == "no_strategy"


def test_a2_two_approaches_are_offered_each_with_what_it_is_best_for() -> None:
    offered = wizard.approaches(STRATEGY)
    assert [each.key for each in offered] == ["segments", "personas"]
    assert not any(each.locked for each in offered)
    assert all(len(each.best_for) >= 2 for each in offered)


def test_a4_new_segments_replace_all() -> None:
    campaign = with_segments()
    new = Segmentation(segments=(Segment(key="n", name="New"),), cut=1, how="")
    assert [each.key for each in wizard.with_segments(campaign, new).segments] == ["n"]


def test_a4_segments_that_did_not_come_about_replace_nothing() -> None:
    campaign = with_segments()
    with pytest.raises(Refused):
        wizard.with_segments(campaign, Segmentation(segments=(), cut=1, how=""))
    assert len(campaign.segments) == 3


def test_a5_one_to_five_personas_and_the_sixth_is_refused() -> None:
    assert with_personas("p1").personas == ("p1",)
    five = with_personas("p1", "p2", "p3", "p4", "p5")
    assert len(five.personas) == 5
    with pytest.raises(Refused) as refused:
        wizard.select_personas(five, STRATEGY, [*five.personas, "p6"])
    assert refused.value.code == "too_many_personas"


def test_a5_the_same_persona_counts_once() -> None:
    assert with_personas("p1", "p1", "p2").personas == ("p1", "p2")


def test_a5_a_persona_of_another_strategy_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        wizard.select_personas(chosen(OTHER), OTHER, ["p2"])
    assert refused.value.code == "unknown_persona"
    assert refused.value.suggestions == ("Persona 1",)


def test_a6_switching_asks_first_and_says_what_is_lost() -> None:
    step = wizard.choose_approach(with_segments(), STRATEGY, "personas")
    assert isinstance(step, Confirm)
    assert "the 3 segments" in step.text


def test_a6_switching_clears_the_others_selection() -> None:
    to_personas = wizard.choose_approach(with_segments(), STRATEGY, "personas", confirmed=True)
    assert isinstance(to_personas, Campaign)
    assert (to_personas.approach, to_personas.segments) == ("personas", ())
    back = wizard.can_generate(with_personas("p1", "p2"), STRATEGY, confirmed=True)
    assert isinstance(back, Campaign)
    assert (back.approach, back.personas) == ("segments", ())


def test_a6_switching_with_nothing_to_lose_does_not_ask() -> None:
    step = wizard.choose_approach(chosen(), STRATEGY, "segments")
    assert isinstance(step, Campaign)
    again = wizard.choose_approach(step, STRATEGY, "personas")
    assert isinstance(again, Campaign)
    assert again.approach == "personas"


def test_a7_a_strategy_without_personas_offers_segments_only() -> None:
    assert [each.key for each in wizard.approaches(WITHOUT)] == ["segments"]
    with pytest.raises(Refused) as refused:
        wizard.choose_approach(chosen(WITHOUT), WITHOUT, "personas")
    assert refused.value.code == "no_personas"
    with pytest.raises(Refused):
        wizard.select_personas(chosen(WITHOUT), WITHOUT, [])


def test_another_strategy_clears_what_came_from_the_old_one_after_a_yes() -> None:
    campaign = with_personas("p1")
    assert isinstance(wizard.choose_strategy(campaign, OTHER), Confirm)
    step = wizard.choose_strategy(campaign, OTHER, confirmed=True)
    assert isinstance(step, Campaign)
    assert (step.strategy, step.personas, step.approach) == ("winter", (), None)


def test_the_same_strategy_again_clears_nothing() -> None:
    step = wizard.choose_strategy(with_personas("p1"), STRATEGY)
    assert isinstance(step, Campaign)
    assert step.personas == ("p1",)


def test_a_saved_audience_clears_personas_and_segments_after_a_yes() -> None:
    for campaign in (with_personas("p1"), with_segments()):
        assert isinstance(wizard.choose_audience(campaign, STRATEGY, "vips"), Confirm)
        step = wizard.choose_audience(campaign, STRATEGY, "vips", confirmed=True)
        assert isinstance(step, Campaign)
        assert (step.audience, step.personas, step.segments) == ("vips", (), ())


def test_personas_take_the_place_of_a_saved_audience_after_a_yes() -> None:
    campaign = wizard.choose_audience(chosen(), STRATEGY, "vips")
    assert isinstance(campaign, Campaign)
    assert isinstance(wizard.select_personas(campaign, STRATEGY, ["p1"]), Confirm)
    step = wizard.select_personas(campaign, STRATEGY, ["p1"], confirmed=True)
    assert isinstance(step, Campaign)
    assert (step.audience, step.personas) == (None, ("p1",))


def test_a_rule_never_changes_the_campaign_it_was_given() -> None:
    campaign = with_segments()
    before = campaign.model_dump()
    wizard.choose_approach(campaign, STRATEGY, "personas", confirmed=True)
    wizard.choose_strategy(campaign, OTHER, confirmed=True)
    assert campaign.model_dump() == before
