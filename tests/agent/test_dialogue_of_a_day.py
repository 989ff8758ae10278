"""What a marketer says around the job: every answer is what a tool has returned, and nothing is lost."""

from __future__ import annotations

from agent.session import Session
from tests.agent.driving import Talk
from tools.preview_audience import preview_audience


async def test_a_campaign_with_personas_in_plain_words(talk: Talk) -> None:
    await talk.say("I want to plan a campain for everyday outdoor")
    told = await talk.say("use the Busy Parents persona and tell me how many people that is")
    assert "Selected: **The Busy Parent**" in told
    assert "people of 5,000" in told
    told = await talk.say("also use Eco Minded and remove the busy parent")
    assert "no persona called “Eco Minded”" in told
    assert "No persona is selected" not in told
    campaign = await talk.session.campaign(talk.thread_id)
    assert campaign.personas == ("busy_parent",)
    assert "The Busy Parent" in await talk.say("who did I pick so far?")
    told = await talk.say("switch to AI segments")
    assert "clears" in told
    assert "Nothing was changed" in await talk.say("no")
    assert (await talk.session.campaign(talk.thread_id)).personas == ("busy_parent",)


async def test_words_of_which_nothing_can_be_placed_leave_nothing_behind(talk: Talk) -> None:
    told = await talk.say("the quick brown fox jumps over it")
    assert not talk.in_review
    campaign = await talk.session.campaign(talk.thread_id)
    assert campaign.attempt is None, told
    await talk.say("Customers in California")
    assert talk.review["query"] == "trait('state') = 'CA'"


async def test_questions_about_the_draft_and_about_what_was_saved_last(
    talk: Talk, session: Session
) -> None:
    assert "5,000 people" in await talk.say("how many customers do I have?")
    await talk.say("Customers who bought in the last 30 days")
    query = talk.review["query"]
    told = await talk.say("what's in the draft?")
    assert f"`{query}`" in told.replace("\\_", "_")
    told = await talk.say("compare this with VIPs")
    vips = preview_audience(session.tools(), session.tools().catalog.glossary["VIP"]).reach
    assert f"**VIP** ({vips} people)" in told
    told = await talk.say("compare this with people in California")
    assert (
        talk.card("comparison")["audiences"][0]["reach"]
        == preview_audience(session.tools(), "trait('state') = 'CA'").reach
    )
    await talk.say("who is in it?")
    inside = {each["id"] for each in talk.card("profiles")["profiles"]}
    members = preview_audience(session.tools(), query, members=True).members
    assert inside
    assert inside <= set(members or ())
    await talk.say("show reach by day")
    days = talk.card("reach")["days"]
    assert (len(days), days[-1]["reach"]) == (14, talk.review["reach"])
    await talk.say("save it as Recent")
    assert "**Recent**" in await talk.say("how many is that?")
    assert "is called **Buyers** now" in await talk.say("rename it to Buyers")
    await talk.say("duplicate Buyers")
    assert (talk.review["name"], talk.review["query"]) == ("Buyers, copy", query)


async def test_an_unknown_person_is_told_how_ids_look(talk: Talk) -> None:
    await talk.say("Customers in California")
    told = await talk.say("why is user 123 not in?")
    assert "no user with the id" in told
    assert "Ids look like" in told
