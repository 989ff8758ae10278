"""The campaign in dialogue: rows A1 to A8, by words and by clicks, on the real demo workspace."""

from __future__ import annotations

import pytest

from agent.session import Session
from tests.agent.driving import Talk

SPAIN = "Customers in Spain with at least one order"


async def chosen(talk: Talk, strategy: str = "everyday_outdoor") -> None:
    await talk.act("choose_strategy", strategy=strategy)


async def test_a1_approaches_are_locked_until_a_strategy_is_chosen(talk: Talk) -> None:
    await talk.say("plan a campaign")
    card = talk.card("approaches")
    assert card["warning"]
    assert [each["locked"] for each in card["approaches"]] == [True, True]
    await talk.act("choose_approach", approach="personas")
    assert talk.notices == ["no_strategy"]
    await talk.say("generate segments")
    assert "Choose a strategy first" in talk.text
    await chosen(talk)
    card = talk.card("approaches")
    assert card["warning"] is None
    assert [each["locked"] for each in card["approaches"]] == [False, False]


async def test_a5_five_personas_and_the_sixth_is_refused(talk: Talk) -> None:
    await chosen(talk)
    await talk.say("personas")
    keys = [each["key"] for each in talk.card("personas")["personas"]]
    assert len(keys) >= 6
    await talk.act("select_personas", personas=keys[:5])
    assert talk.card("personas")["selected"] == keys[:5]
    assert talk.text == ""  # the card shows it
    await talk.act("select_personas", personas=keys[5:6], how="add")
    assert talk.notices == ["too_many_personas"]
    assert (await talk.session.campaign(talk.thread_id)).personas == tuple(keys[:5])


async def test_a6_switching_asks_first_then_clears(talk: Talk) -> None:
    await chosen(talk)
    await talk.say("use the weekend hiker")
    await talk.say("segments")
    assert "clears the selected persona" in talk.text
    assert talk.card("question")["kind"] == "confirm"
    await talk.say("no")
    campaign = await talk.session.campaign(talk.thread_id)
    assert (campaign.approach, campaign.personas) == ("personas", ("weekend_hiker",))
    await talk.say("segments")
    await talk.say("yes")
    campaign = await talk.session.campaign(talk.thread_id)
    assert (campaign.approach, campaign.personas) == ("segments", ())


async def test_a6_an_answer_to_an_older_question_changes_nothing(talk: Talk) -> None:
    await chosen(talk)
    await talk.say("use the weekend hiker")
    await talk.say("segments")
    old = talk.card("question")["question"]
    await talk.say("no")
    await talk.say("use winter jacket launch")
    await talk.act("answer_question", option=0, question=old)
    assert talk.notices == ["out_of_date"]
    assert (await talk.session.campaign(talk.thread_id)).personas == ("weekend_hiker",)


async def test_a7_a_strategy_without_personas_offers_segments_only(talk: Talk) -> None:
    await chosen(talk, "spring_clearance")
    assert [each["key"] for each in talk.card("approaches")["approaches"]] == ["segments"]
    await talk.say("personas")
    assert "no personas" in talk.text


async def test_a3_a4_segments_are_made_and_made_anew(talk: Talk) -> None:
    await chosen(talk, "winter_launch")
    await talk.say("generate segments")
    first = talk.card("segments")["segments"]
    assert 3 <= len(first) <= 6
    for each in first:
        assert each["name"]
        assert each["demographics"]
        assert each["geography"]
        assert each["behaviours"] or each["interests"]
        assert each["pain_points"]
        assert each["query"]
    await talk.say("generate again")
    second = talk.card("segments")["segments"]
    assert {each["query"] for each in second} != {each["query"] for each in first}
    assert "take the place" in talk.text
    told = [each["detail"] for each in talk.events if each["type"] == "progress"]
    assert "Looking at what people do" in told
    campaign = await talk.session.campaign(talk.thread_id)
    assert [each.key for each in campaign.segments] == [each["key"] for each in second]
    view = await talk.session.state(talk.thread_id)
    loaded = next(each["props"] for each in view["cards"] if each["kind"] == "segments")
    assert loaded == talk.card("segments")  # with how they were made, after a reload too
    assert "another way" in loaded["how"]


async def test_a4_segments_stay_when_new_ones_cannot_be_made_and_become_drafts(talk: Talk) -> None:
    await chosen(talk, "winter_launch")
    await talk.say("generate segments")
    segment = talk.card("segments")["segments"][0]
    before = (await talk.session.campaign(talk.thread_id)).made
    assert before is not None
    for context, code in {
        "flibbertigibbets of the moon": "context_not_understood",
        "xq zv " * 50: "context_not_understood",
        "customers older than 120": "nobody_matches",
        "customers in Spain older than 50": "too_few_people",
    }.items():
        await talk.act("generate_segments", context=context)
        assert talk.notices == [code]
        assert (await talk.session.campaign(talk.thread_id)).made == before
    await talk.say("generate segments of catholics")
    assert talk.card("question")["options"][0]["text"] == "Yes, use it"
    await talk.say("no")
    assert (await talk.session.campaign(talk.thread_id)).made == before
    await talk.act("use_segment", segment=segment["key"])
    assert talk.review["reach"] == segment["reach"]
    assert talk.review["query"] == segment["query"]
    assert talk.review["source"] == {
        "kind": "segment",
        "key": segment["key"],
        "name": segment["name"],
    }


async def test_a8_the_chosen_personas_are_handed_on(talk: Talk) -> None:
    await talk.say("write the brief")
    assert "Choose whom the campaign is for first" in talk.text
    await chosen(talk)
    await talk.say("use the busy parent")
    await talk.say("write the brief")
    brief = talk.card("brief")
    assert "## The Busy Parent" in brief["markdown"]
    assert "children outgrow everything" in brief["markdown"]
    assert brief["brief"]["groups"][0]["voice"] == ["Friendly, to the point"]


async def test_an_audience_from_a_sentence_needs_no_strategy(talk: Talk) -> None:
    await talk.say("Customers who have orders greater than $50")
    assert talk.in_review
    campaign = await talk.session.campaign(talk.thread_id)
    assert (campaign.entry, campaign.strategy) == ("sentence", None)


async def test_choosing_a_saved_audience_clears_the_personas(talk: Talk) -> None:
    await talk.say("Customers who have orders greater than $50")
    await talk.say("save it as Spenders")
    await chosen(talk)
    await talk.say("use the busy parent")
    await talk.act("use_audience", audience="spenders")
    assert "clears the selected persona" in talk.text
    await talk.say("yes")
    campaign = await talk.session.campaign(talk.thread_id)
    assert (campaign.audience, campaign.personas) == ("spenders", ())
    await talk.say("write the brief")
    assert "## Spenders" in talk.card("brief")["markdown"]


async def test_two_threads_do_not_mix(session: Session) -> None:
    one, two = Talk(session, "one"), Talk(session, "two")
    await chosen(one)
    await chosen(two, "winter_launch")
    assert (await session.campaign("one")).strategy == "everyday_outdoor"
    assert (await session.campaign("two")).strategy == "winter_launch"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("choose_approach", {"approach": "everything"}),
        ("choose_strategy", {"strategy": "x" * 10_000}),
        ("choose_strategy", {"strategy": "winter_launch", "confirmed": True}),
        ("select_personas", {"personas": "weekend_hiker"}),
        ("answer_question", {"option": -1}),
        ("no_such_tool", {}),
    ],
)
async def test_a_tampered_click_is_refused_and_changes_nothing(
    talk: Talk, tool: str, arguments: dict[str, object]
) -> None:
    await talk.act(tool, **arguments)
    assert talk.notices in (["invalid_arguments"], ["unknown_tool"])
    assert (await talk.session.campaign(talk.thread_id)).strategy is None


async def test_personas_are_counted_as_far_as_fields_can_tell(talk: Talk) -> None:
    await chosen(talk)
    await talk.say("use the Busy Parent persona and tell me how many people that is")
    assert "The Busy Parent" in talk.text
    assert "people of 5,000" in talk.text
    assert "Not counted in" in talk.text
    await talk.say("open the busy parent")
    review = talk.review
    assert review["source"]["kind"] == "persona"
    assert "Suburbs" in " ".join(review["assumptions"])
    assert f"{review['reach']:,} people" in talk.text
