"""Saving, listing, comparing, deleting, explaining, and the brief that hands an audience on."""

from __future__ import annotations

import json

import pytest

from audience.problems import InvalidQuery
from tools.build_conditions import build
from tools.compare_audiences import compare_audiences
from tools.context import ToolContext
from tools.delete_audience import delete_audience
from tools.errors import NotFound
from tools.examples import examples
from tools.explain_person import explain_person
from tools.list_audiences import list_audiences
from tools.lookup_fields import lookup_fields
from tools.naming import named
from tools.preview_audience import preview_audience
from tools.profiles import find_profiles, show_profile
from tools.save_audience import save_audience
from tools.validate_conditions import validate_conditions
from tools.write_brief import write_brief
from workspace.runner import NoData
from workspace.store import DynamicPlusLimit

SPAIN = "trait('country') = 'ES'"
BOUGHT = "event('Order Completed').count() >= 1"


def test_a_saved_audience_can_be_part_of_another(acme: ToolContext) -> None:
    saved = save_audience(acme, SPAIN, "Spain")
    assert (saved.key, saved.kind, saved.query) == ("spain", "dynamic", SPAIN)
    members = preview_audience(acme, "trait('spain') = 'true'", members=True).members
    assert members == ("u1", "u3", "u5")


def test_the_same_request_saves_once(acme: ToolContext) -> None:
    one = save_audience(acme, SPAIN, "Spain", request_key="r1")
    two = save_audience(acme, SPAIN, "Spain again", request_key="r1")
    assert one == two
    assert len(list_audiences(acme).audiences) == 1


def test_a_key_is_never_the_name_of_a_trait(acme: ToolContext) -> None:
    assert save_audience(acme, SPAIN, "Country").key != "country"


def test_the_limit_of_dynamic_plus_audiences(acme: ToolContext) -> None:
    for number in range(2):
        save_audience(acme, f"event('Order Completed').count() >= {number + 1}", f"A{number}")
    there = list_audiences(acme)
    assert (there.dynamic_plus, there.dynamic_plus_limit, there.full) == (2, 2, True)
    with pytest.raises(DynamicPlusLimit):
        save_audience(acme, BOUGHT + " OR trait('age') > 3", "One more")
    assert save_audience(acme, SPAIN, "Dynamic is free").kind == "dynamic"
    delete_audience(acme, "A0")
    assert not list_audiences(acme).full


def test_a_query_that_is_not_valid_is_not_saved(acme: ToolContext) -> None:
    with pytest.raises(InvalidQuery):
        save_audience(acme, "trait('no_such') = 1", "Broken")
    assert list_audiences(acme).audiences == ()


def test_a_name_with_personal_data_is_masked(acme: ToolContext) -> None:
    saved = save_audience(acme, SPAIN, "Friends of ana@example.com")
    assert "ana@example.com" not in saved.name


def test_deleting_what_is_not_there_says_what_is(acme: ToolContext) -> None:
    save_audience(acme, SPAIN, "Spain")
    with pytest.raises(NotFound) as error:
        delete_audience(acme, "Spane")
    assert error.value.suggestions == ("Spain",)


def test_overlap_is_counted(acme: ToolContext) -> None:
    (shared,) = compare_audiences(acme, SPAIN, [BOUGHT])
    assert (shared.first, shared.second, shared.both) == (3, 3, 2)
    assert shared.share == pytest.approx(0.5)


def test_why_one_person_is_in_or_out(acme: ToolContext) -> None:
    why = explain_person(acme, "u2", f"{SPAIN} AND {BOUGHT}")
    assert not why.inside
    assert [each.inside for each in why.conditions] == [False, True]


def test_profiles(acme: ToolContext) -> None:
    assert [each.id for each in find_profiles(acme, limit=3)] == ["u1", "u10", "u2"]
    assert find_profiles(acme, "u3")[0].id == "u3"
    assert [each.id for each in find_profiles(acme, "u1")] == ["u1", "u10"]
    shown = show_profile(acme, "u1").to_json()
    assert shown["traits"]["country"] == "ES"
    assert shown["events"][0]["event"] == "Order Completed"


def test_without_data_nobody_can_be_looked_at(plan_only: ToolContext) -> None:
    with pytest.raises(NoData):
        find_profiles(plan_only)
    with pytest.raises(NoData):
        explain_person(plan_only, "u1", "event('Trip Booked').count() >= 1")


def test_fields_are_found_by_words(acme: ToolContext) -> None:
    (best, *_) = lookup_fields(acme, "orders that were made", k=3)
    assert best.to_json()["name"] == "Order Completed"
    everything = lookup_fields(acme, inactive=True)
    assert {"event", "property", "trait"} == {each.field.kind for each in everything}
    assert all(each.score is None for each in everything)


def test_a_check_says_what_is_wrong_and_what_was_meant(acme: ToolContext) -> None:
    checked = validate_conditions(acme, "trait('contry') = 'ES'").to_json()
    assert checked["valid"] is False
    (problem,) = checked["problems"]
    assert problem["suggestions"] == ["country"]
    good = validate_conditions(acme, SPAIN).to_json()
    assert (good["valid"], good["query"], good["kind"]) == (True, SPAIN, "dynamic")


def test_every_example_builds(acme: ToolContext, shop: ToolContext, plan_only: ToolContext) -> None:
    for context in (acme, shop, plan_only):
        found = examples(context)
        assert len(found) >= 3
        for each in found:
            assert 20 <= len(each.prompt) <= 300
            assert build(context, each.prompt, counts=False).status == "draft"


def test_a_thing_is_found_by_key_name_or_part(shop: ToolContext) -> None:
    personas = shop.workspace.strategies[0].personas
    for text in ("weekend_hiker", "The Weekend Hiker", "the weekend hiker persona", "hiker"):
        assert named(text, personas, "persona").key == "weekend_hiker"
    with pytest.raises(NotFound):
        named("the", personas, "persona")


def test_a_brief_of_a_saved_audience(acme: ToolContext) -> None:
    saved = save_audience(acme, SPAIN, "Spain <b>", description="Those in Spain")
    (strategy,) = acme.workspace.strategies
    brief = write_brief(acme, strategy=strategy, audiences=(saved,))
    (group,) = brief.to_json()["groups"]
    assert (group["reach"], group["universe"]) == (3, 6)
    assert group["conditions"] == ["country is Spain (ES)"]
    text = brief.to_markdown()
    assert "# Audience brief: Walks" in text
    assert "3 of 6 people" in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    json.dumps(brief.to_json())


def test_a_brief_of_personas_has_their_voice(shop: ToolContext) -> None:
    strategy = shop.workspace.strategies[0]
    brief = write_brief(shop, strategy=strategy, personas=strategy.personas[:2])
    for persona, group in zip(strategy.personas, brief.groups, strict=False):
        assert group.voice == (persona.voice,)
        assert [each.text for each in group.pain_points] == list(persona.pain_points)
