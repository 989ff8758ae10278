"""The commands that the built-in model understands, and what it leaves to the English engine."""

from __future__ import annotations

from typing import Any

import pytest

from agent.commands import Talk, understood

CAMPAIGN: dict[str, Any] = {
    "workspace": "shop",
    "strategies": [
        {"key": "everyday_outdoor", "name": "Everyday outdoor"},
        {"key": "winter_launch", "name": "Winter jacket launch"},
    ],
    "strategy": {"key": "everyday_outdoor", "name": "Everyday outdoor"},
    "approach": "personas",
    "context": "",
    "personas": [
        {"key": "busy_parent", "name": "The Busy Parent"},
        {"key": "weekend_hiker", "name": "The Weekend Hiker"},
    ],
    "selected_personas": [],
    "segments": [
        {"key": "active", "name": "Active customers", "reach": 1427},
        {"key": "lapsed", "name": "Lapsed customers", "reach": 900},
    ],
    "audience": None,
    "draft": None,
    "attempt": None,
    "question": None,
    "audiences": [
        {"key": "vips", "name": "VIPs"},
        {"key": "spanish_buyers", "name": "Spanish buyers"},
    ],
    "glossary": {"VIP": "vip is true"},
    "saved": [],
    "waiting_for_review": False,
    "can_undo": False,
}
DRAFT = {"name": "Spanish buyers 2", "query": "trait('country') = 'ES'"}


def calls(text: str, **changes: Any) -> list[tuple[str, dict[str, Any]]] | str | None:
    meant = understood(text, CAMPAIGN | changes)
    if isinstance(meant, Talk):
        return meant.topic
    return None if meant is None else [(each.tool, each.arguments) for each in meant]


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("which strategies are there?", "show_strategies", {}),
        ("plan a campaign", "show_strategies", {}),
        ("use winter jacket launch", "choose_strategy", {"strategy": "winter_launch"}),
        ("Please go with the Winter jacket launch strategy", "choose_strategy", {"strategy": "winter_launch"}),
        ("personas", "choose_approach", {"approach": "personas"}),
        ("let's use AI segments", "choose_approach", {"approach": "segments"}),
        ("which personas are there", "list_personas", {}),
        ("use the Busy Parent", "select_personas", {"personas": ["busy_parent"], "how": "set"}),
        ("also use the weekend hiker", "select_personas", {"personas": ["weekend_hiker"], "how": "add"}),
        ("remove the Busy Parent persona", "select_personas", {"personas": ["busy_parent"], "how": "remove"}),
        ("generate segments", "generate_segments", {"context": ""}),
        ("Generate segments for people in Spain", "generate_segments", {"context": "people in Spain"}),
        ("open the second segment", "use_segment", {"segment": "lapsed"}),
        ("open the Busy Parent", "use_persona", {"persona": "busy_parent"}),
        ("open VIPs", "edit_audience", {"audience": "vips"}),
        ("use Active customers", "use_segment", {"segment": "active"}),
        ("use the audience VIPs", "use_audience", {"audience": "vips"}),
        ("I want to plan a campain for winter", "choose_strategy", {"strategy": "winter_launch"}),
        ("help me set up a new campaign", "show_strategies", {}),
        ("wich personnas are there", "list_personas", {}),
        ("use the Busy Parents persona", "select_personas", {"personas": ["busy_parent"], "how": "set"}),
        ("use busy parent and weekend hikers", "select_personas", {"personas": ["busy_parent", "weekend_hiker"], "how": "set"}),
        ("also use Eco Minded", "select_personas", {"personas": ["Eco Minded"], "how": "add"}),
        ("use the busy parent and Eco Minded", "select_personas", {"personas": ["busy_parent", "Eco Minded"], "how": "set"}),
        ("use the third segment", "use_segment", {"segment": "the third segment"}),
        ("tell me more about the second one", "use_segment", {"segment": "lapsed"}),
        ("how many customers do I have in total?", "preview_audience", {"everybody": True}),
        ("how many dynamic plus audiences can I still save?", "list_audiences", {}),
        ("who is in it?", "find_profiles", {"inside": True}),
        ("show me some people in it", "find_profiles", {"inside": True}),
        ("show reach by day", "reach_by_day", {}),
        ("how did it change over time", "reach_by_day", {}),
        ("what do you know about returns?", "lookup_fields", {"text": "returns"}),
        ("compare this with people in Spain", "compare_audiences", {"audience": "people in Spain"}),
        ("duplicate VIPs", "edit_audience", {"audience": "vips", "copied": True}),
        ("view VIPs", "show_audience", {"audience": "vips"}),
        ("rename VIPs to Best customers", "rename_audience", {"audience": "vips", "name": "Best customers"}),
        ("rename it to Best customers", "rename_audience", {"audience": "vips", "name": "Best customers"}),
        ("forget the last change", "undo", {}),
        ("undo", "undo", {}),
        ("take that back", "undo", {}),
        ("how many people is that?", "preview_audience", {}),
        ("how many", "preview_audience", {}),
        ("what's the reach of the draft", "preview_audience", {}),
        ("why is user 123 not in?", "explain_person", {"id": "123"}),
        ("Why isn't customer u_00042 in the audience", "explain_person", {"id": "u_00042"}),
        ("show me profile u_00042", "show_profile", {"id": "u_00042"}),
        ("which fields about email do I have?", "lookup_fields", {"text": "email", "inactive": False}),
        ("what events are there", "lookup_fields", {"text": "", "inactive": False}),
        ("list inactive fields", "lookup_fields", {"text": "", "inactive": True}),
        ("show fields for orders", "lookup_fields", {"text": "orders", "inactive": False}),
        ("compare this with VIPs", "compare_audiences", {"audience": "vips"}),
        ("compare", "compare_audiences", {}),
        ("list my audiences", "list_audiences", {}),
        ("delete the audience VIPs", "delete_audience", {"audience": "vips"}),
        ("edit Spanish buyers", "edit_audience", {"audience": "spanish_buyers"}),
        ("save it as “Big spenders”", "save_audience", {"name": "Big spenders"}),
        ("write the brief", "write_brief", {}),
        ("show me some examples", "show_examples", {}),
        ("trait('country') = 'ES'", "edit_conditions", {"query": "trait('country') = 'ES'"}),
    ],
)  # fmt: skip
def test_commands(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert calls(text, saved=["vips"]) == [(tool, arguments)]


@pytest.mark.parametrize(
    "text",
    [
        "Customers in Spain who bought in the last 30 days",
        "How many customers in Spain bought shoes last month?",
        "show users in Spain",
        "find people who bought shoes",
        "customers with no events in the last 30 days",
        "drop the email part",
        "who are VIPs",
        "what is the number of VIPs",
        "add those who opened an email",
        "make it 60 days",
        "only those in Spain",
        "people who use the app every day",
        "exclude staff",
        "customers who saved items to their wishlist",
        "Help desk users who opened a ticket",
        "save the whales supporters",
        "what customers in Spain bought",
        "also use the app every day",
        "who bought shoes and is a member",
        "people who compare prices",
        "too many emails opened but nothing bought in 30 days",
    ],
)
def test_descriptions_are_no_commands(text: str) -> None:
    assert calls(text) is None
    assert calls(text, draft=DRAFT) is None


def test_two_commands_in_one_sentence_are_done_in_order() -> None:
    assert calls("use the Busy Parent persona and tell me how many people that is") == [
        ("select_personas", {"personas": ["busy_parent"], "how": "set"}),
        ("preview_audience", {}),
    ]


def test_a_command_and_a_description_are_not_torn_apart() -> None:
    assert calls("use cases and customers in Spain") is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [("hi", "greeting"), ("Hello there!", "greeting"), ("thanks a lot", "thanks"), ("what can you do?", "help"), ("where are we", "status"), ("bye", "bye"), ("who did I pick so far?", "status"), ("ok", "status"), ("never mind", "status"), ("what is a trait?", "term"), ("what does Dynamic Plus mean", "term"), ("export this to klaviyo", "handing on"), ("can you send an email to them?", "handing on"), ("are you a robot", "help"), ("what should I do next?", "status"), ("what does VIP mean?", "own term"), ("what are VIPs", "own term"), ("what's the difference between Dynamic and Dynamic Plus?", "term")],
)  # fmt: skip
def test_small_talk(text: str, topic: str) -> None:
    assert calls(text) == topic


QUESTION = {"text": "Replace or add?", "options": ["Replace", "Add", "Keep the draft as it is"]}
CONFIRM = {"text": "Go ahead?", "options": ["Yes, go ahead", "No, keep it as it is"]}


@pytest.mark.parametrize(
    ("text", "option"),
    [("Replace", 0), ("add", 1), ("the second one", 1), ("3", 2), ("option 1", 0), ("keep", 2)],
)
def test_answers_to_a_question(text: str, option: int) -> None:
    assert calls(text, question=QUESTION) == [("answer_question", {"option": option})]


@pytest.mark.parametrize(
    ("text", "option"), [("yes", 0), ("Go ahead.", 0), ("no", 1), ("never mind", 1)]
)
def test_yes_and_no(text: str, option: int) -> None:
    assert calls(text, question=CONFIRM) == [("answer_question", {"option": option})]


def test_other_words_do_not_answer_a_question() -> None:
    assert calls("only those in Spain", question=QUESTION) is None
    assert calls("4", question=QUESTION) is None


def test_a_part_of_the_draft_is_not_taken_for_a_saved_audience() -> None:
    assert calls("delete the spanish part", draft=DRAFT) is None
    assert calls("remove VIPs", draft=DRAFT) == [("delete_audience", {"audience": "vips"})]


@pytest.mark.parametrize(
    "text",
    ["what's in the draft?", "show me the query", "what did you change?", "explain the second condition", "why 30 days?", "describe it"],
)  # fmt: skip
def test_questions_about_the_draft(text: str) -> None:
    assert calls(text, draft=DRAFT) == "draft"


def test_what_comes_after_a_second_verb_is_not_taken_for_the_first() -> None:
    assert calls("also use Eco Minded and remove the busy parent") == [
        ("select_personas", {"personas": ["Eco Minded"], "how": "add"}),
        ("select_personas", {"personas": ["busy_parent"], "how": "remove"}),
    ]


def test_never_mind_puts_the_question_away_and_keeps_the_draft() -> None:
    question = {"text": "Which one?", "options": ["This", "That"]}
    assert calls("never mind", question=question) == [("discard_draft", {})]
    assert calls("cancel", question=question, draft=DRAFT) == [("undo", {})]
