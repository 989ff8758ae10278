"""Drafts in dialogue: built, refined, asked about, edited by hand, undone; nothing dropped, nothing lost."""

from __future__ import annotations

from tests.agent.driving import Talk
from tools.answer import Answer
from tools.context import ToolContext
from tools.preview_audience import preview_audience

SPENDERS = "Customers who have orders greater than $50"
FRANCE = "Customers in France who opened an email"


async def test_a_description_becomes_a_counted_draft_that_waits_for_review(talk: Talk) -> None:
    await talk.say(SPENDERS)
    review = talk.review
    assert review["status"] == "draft"
    assert review["query"] == "event('Order Completed').where(property('total') > 50).count() >= 1"
    assert review["prompts"] == [SPENDERS]
    (condition,) = review["conditions"]
    ((start, end),) = condition["spans"]
    assert "orders greater than $50" in SPENDERS[start:end]
    tools = talk.session.tools()
    assert review["reach"] == preview_audience(tools, review["query"]).reach
    stages = [each["stage"] for each in talk.events if each["type"] == "progress"]
    assert list(dict.fromkeys(stages)) == ["fields", "conditions", "count"]


async def test_every_stage_that_starts_ends(talk: Talk) -> None:
    for words in (SPENDERS, "customers who", "zzz qqq xxx yyy www vvv"):
        await talk.say(words)
        states = [
            (each["stage"], each["state"]) for each in talk.events if each["type"] == "progress"
        ]
        running = {stage for stage, state in states if state == "running"}
        assert running == {stage for stage, state in states if state != "running"}


async def test_an_audience_of_its_own_is_offered_as_replace_or_add(talk: Talk) -> None:
    await talk.say(SPENDERS)
    first = talk.review["query"]
    await talk.say(FRANCE)
    question = talk.card("question")
    replace_it, add_to_it, keep_it = (each["text"] for each in question["options"])
    assert replace_it.startswith("Replace")
    assert add_to_it.startswith("Add")
    assert keep_it.startswith("Never mind")
    assert not talk.in_review  # nothing can be saved while the question is open
    await talk.act("answer_question", option=1, question=question["question"])
    both = talk.review
    assert both["query"].startswith(f"{first} AND ")
    assert [each["turn"] for each in both["conditions"]] == [0, 1, 1]
    assert all(each["spans"] for each in both["conditions"])
    assert both["prompts"] == [SPENDERS, FRANCE]
    await talk.say("undo")
    assert talk.review["query"] == first


async def test_replace_takes_the_new_audience_alone(talk: Talk) -> None:
    await talk.say(SPENDERS)
    first = talk.review["query"]
    await talk.say(FRANCE)
    await talk.say("replace")
    assert first not in talk.review["query"]
    await talk.say("undo")
    assert talk.review["query"] == first


async def test_a_change_says_what_it_changed_and_keeps_the_words_of_the_rest(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.say("only those in Spain")
    review = talk.review
    assert review["query"].endswith("AND trait('country') = 'ES'")
    assert review["changed_from"]["query"] == review["query"].split(" AND ")[0]
    assert review["difference"]
    words = [
        [review["prompts"][each["turn"]][start:end] for start, end in each["spans"]]
        for each in review["conditions"]
    ]
    assert words == [["orders greater than $50"], ["Spain"]]


async def test_words_that_change_a_condition_belong_to_it_too(talk: Talk) -> None:
    for words in (
        "Customers in Spain who bought in the last 30 days",
        "make it 60 days",
        "only women",
    ):
        await talk.say(words)
    where, bought, who = talk.review["conditions"]
    assert bought["turn"] == 0
    assert bought["later"] == [{"turn": 1, "spans": [[0, len("make it 60 days")]]}]
    assert (who["turn"], where["later"], who["later"]) == (2, [], [])
    await talk.say("make it 90 days and only those with the app")
    later = [each["turn"] for each in talk.review["conditions"][1]["later"]]
    assert later == [1, 3]


async def test_there_is_always_a_way_back_to_the_draft(talk: Talk) -> None:
    await talk.say(SPENDERS)
    query = talk.review["query"]
    for no in ("never mind", "no"):
        await talk.say(FRANCE)
        assert not talk.in_review
        await talk.say(no)
        assert talk.review["query"] == query


async def test_words_that_are_left_over_never_make_a_draft(talk: Talk) -> None:
    await talk.say("Customers with orders greater than $50 who juggle flamingos")
    assert not talk.in_review
    campaign = await talk.session.campaign(talk.thread_id)
    assert campaign.draft is None


async def test_a_refusal_keeps_the_draft_and_its_review(talk: Talk) -> None:
    await talk.say(SPENDERS)
    before = talk.review["query"]
    await talk.say("x" * 301)
    assert talk.review["query"] == before
    assert "300" in talk.text


async def test_a_short_first_description_is_refused_and_a_short_change_is_not(talk: Talk) -> None:
    await talk.say("big spenders ok")
    assert not talk.in_review
    assert "20 characters" in talk.text


async def test_undo_and_redo(talk: Talk) -> None:
    await talk.say("undo")
    assert "nothing to undo" in talk.text
    await talk.say(SPENDERS)
    query = talk.review["query"]
    await talk.say("undo")
    assert not talk.in_review
    await talk.say("redo")
    assert talk.review["query"] == query


async def test_a_hand_edit_is_checked_counted_and_kept_apart(talk: Talk) -> None:
    await talk.say(SPENDERS)
    condition = talk.review["query"]
    await talk.resume({"type": "edit", "query": f"{condition} AND trait('country') = 'ES'"})
    review = talk.review
    assert review["edited"] is True
    assert review["reach"] < preview_audience(talk.session.tools(), condition).reach  # type: ignore[operator]
    # The condition that was not touched still knows its words; the new one has none.
    assert [bool(each["spans"]) for each in review["conditions"]] == [True, False]


async def test_building_anew_asks_before_it_overwrites_hand_edits(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.resume({"type": "edit", "query": "trait('country') = 'ES'"})
    await talk.resume({"type": "respond", "message": FRANCE, "replace": True})
    assert "edited the conditions by hand" in talk.text
    await talk.say("no")
    assert talk.review["query"] == "trait('country') = 'ES'"
    await talk.resume({"type": "respond", "message": FRANCE, "replace": True})
    await talk.say("yes")
    assert talk.review["edited"] is False
    assert "'FR'" in talk.review["query"]


async def test_a_hand_edit_that_is_not_valid_changes_nothing(talk: Talk) -> None:
    await talk.say(SPENDERS)
    before = talk.review["query"]
    await talk.resume({"type": "edit", "query": "trait('no_such_trait') = 'x'"})
    assert talk.notices == ["invalid_query"]
    assert talk.review["query"] == before


async def test_a_name_given_by_the_person_stays_when_conditions_change(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.say("call it Good ones")
    assert talk.review["name"] == "Good ones"
    await talk.resume({"type": "edit", "query": "trait('country') = 'ES'"})
    assert talk.review["name"] == "Good ones"


async def test_personal_data_is_refused_and_kept_nowhere(talk: Talk) -> None:
    secret = "ada.lovelace@example.com"
    await talk.say(f"Customers like {secret} who bought in the last 30 days")
    assert talk.notices == ["personal_data"]
    await talk.act("build_conditions", prompt=f"customers called {secret}")
    assert talk.notices == ["personal_data"]
    home = talk.session.tools().settings.home
    for file in home.rglob("checkpoints.db*"):
        assert secret.encode() not in file.read_bytes()


async def test_a_message_of_a_megabyte_is_answered(talk: Talk) -> None:
    await talk.say("customers " * 100_000)
    assert talk.notices == ["prompt_too_long"]


async def test_odd_text_is_answered_and_shown_as_text(talk: Talk) -> None:
    for words in (
        "<script>alert(1)</script> customers in Spain",
        "customers'); DROP TABLE users; -- who bought",
        "customers \x00 in Spain who bought",
        "**bold** _customers_ [link](javascript:alert(1))",
        "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
        "顧客でスペインに住んでいて最近購入した人たちを見つけてください",
    ):
        await talk.say(words)
        assert talk.text or talk.notices
        assert "unexpected" not in talk.notices
        assert "<script>" not in talk.text


async def test_it_answers_questions_about_the_draft(talk: Talk) -> None:
    await talk.say("how many")
    assert "no draft yet" in talk.text
    await talk.say(SPENDERS)
    reach = talk.review["reach"]
    await talk.say("how many people is that?")
    assert f"{reach:,} people" in talk.text
    inside = preview_audience(talk.session.tools(), talk.review["query"], members=True).members
    assert inside is not None
    await talk.say(f"why is user {inside[0]} in?")
    assert talk.card("why")["in"] is True
    await talk.say("why is user nobody_0 not in?")
    assert "no user with the id" in talk.text


async def test_a_draft_that_equals_a_saved_audience_is_said(talk: Talk) -> None:
    await talk.say(SPENDERS)
    await talk.say("save it as Spenders")
    await talk.say(SPENDERS)
    assert [each["code"] for each in talk.review["warnings"]] == ["same_as_saved"]
    await talk.resume(
        {
            "type": "edit",
            "query": "event('Order Completed').where(property('total') > 51).count() >= 1",
        }
    )
    assert "near_saved" in [each["code"] for each in talk.review["warnings"]]


async def test_a_draft_that_matches_nobody_or_everybody_is_said(talk: Talk) -> None:
    await talk.act("edit_conditions", query="trait('age') > 300")
    assert "matches_nobody" in [each["code"] for each in talk.review["warnings"]]
    await talk.act("edit_conditions", query="trait('created_at').exists()")
    assert "matches_nearly_all" in [each["code"] for each in talk.review["warnings"]]


def test_an_answer_has_exactly_the_keys_of_the_contract() -> None:
    assert list(Answer("failed").to_json("x")) == [
        "id", "status", "query", "type", "kind", "name", "description", "reach", "universe",
        "conditions", "unmatched", "assumptions", "question", "problem", "model", "ms",
    ]  # fmt: skip
    assert Answer("draft", members=("b",)).to_json()["members"] == ["b"]


def test_contexts_share_their_parts(shop_settings: object) -> None:
    from dataclasses import replace

    from workspace.settings import Settings

    assert isinstance(shop_settings, Settings)
    context = ToolContext.open(shop_settings)
    assert replace(context, person="ada").index is context.index
