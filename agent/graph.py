"""The dialogue as a graph.

    start ─┬─ chat ⇄ tools ─┬─ review (waits for the person) ─┬─ save ─ end
           ├─ tools         ├─ reply ─ review                 ├─ tools
           ├─ refuse        └─ end                            └─ review
           └─ review

`chat` is the model; `tools` runs what it, or a click, asks for; `reply` says in words what a click did.
After a turn that was stopped, `start` leads back to the review of the draft that stood before, if any.
Nothing with a side effect stands before the interrupt in its node, and nothing is saved but in `save`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast
from uuid import uuid4

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from agent import drafting
from agent.actions.base import Desk, Outcome
from agent.actions.people import current_terms
from agent.cards import audiences_card, draft_props, saved_card
from agent.conversation import conversation, newest_turn
from agent.discretion import is_about_a_person
from agent.events import Event, message, notice, progress
from agent.models import chat_model
from agent.review import Approve, Edit, Reject, Respond, decision
from agent.speaking import PRIVATE, answer_of, quotes_a_person
from agent.state import Call, Campaign, GraphState, campaign_of, dumped
from agent.toolbox import run
from agent.words import people, safe
from audience.problems import MusterError
from tools.context import ToolContext
from tools.list_audiences import list_audiences
from tools.modelling.client import is_too_long
from tools.modelling.spending import Spent, metered, total
from tools.save_audience import save_audience
from workspace.terms import TermsNotAccepted

MOST_STEPS = 8  # rounds of tool calls in one turn; a model that wants more is told to stop

Next = Literal["chat", "tools", "reply", "review", "save", "__end__"]
Graph = CompiledStateGraph[GraphState, "Surroundings", GraphState, GraphState]


@dataclass(frozen=True)
class Surroundings:
    """What a run needs and no checkpoint holds."""

    tools: ToolContext
    thread_id: str
    model: Callable[[ToolContext], BaseChatModel] = chat_model


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> Graph:
    """The compiled graph; without a checkpointer it forgets, and cannot be reviewed."""
    graph = StateGraph(GraphState, context_schema=Surroundings)
    graph.add_node("chat", _chat, destinations=("tools", "review", END))
    graph.add_node("tools", _tools, destinations=("chat", "reply"))
    graph.add_node("reply", _reply, destinations=("review", END))
    graph.add_node("refuse", _refuse, destinations=("review", END))
    graph.add_node("review", _review, destinations=("tools", "save"))
    graph.add_node("save", _save, destinations=("review", END))
    graph.add_conditional_edges(START, _first, ["chat", "tools", "refuse", "review", END])
    return graph.compile(checkpointer=checkpointer)


def spoken(text: str) -> dict[str, Any]:
    """The graph's input for the person's words."""
    return _turn([HumanMessage(text)])


def clicked(tool: str, arguments: dict[str, Any], said: str | None = None) -> dict[str, Any]:
    """The graph's input for a click: a tool call that the person makes."""
    messages: list[Any] = [] if said is None else [HumanMessage(said)]
    return _turn([*messages, _call_message(tool, arguments)]) | {"by_person": True}


def declined(text: str, code: str, why: str) -> dict[str, Any]:
    """The graph's input for words that no model may see; `text` is masked already."""
    return _turn([HumanMessage(text)]) | {"refusal": {"code": code, "message": why}}


def stopped(state: GraphState | dict[str, Any]) -> dict[str, Any]:
    """The graph's input that ends a turn in the middle: what it was about to do is not done any more."""
    last = state["messages"][-1]
    calls = last.tool_calls if isinstance(last, AIMessage) else []
    results = [_not_done(each, "the person stopped it") for each in calls]
    return _turn([*results, AIMessage("Stopped, as you wished.")])


def _turn(messages: list[Any]) -> dict[str, Any]:
    return {
        "messages": messages,
        "steps": 0,
        "by_person": False,
        "fallback": False,
        "refusal": None,
        "decision": None,
    }


def _first(state: GraphState) -> Literal["chat", "tools", "refuse", "review", "__end__"]:
    if state.get("refusal"):
        return "refuse"
    last = state["messages"][-1]
    if not isinstance(last, AIMessage):
        return "chat"
    return "tools" if last.tool_calls else _rest(campaign_of(state))


def _rest(campaign: Campaign) -> Literal["review", "__end__"]:
    """Where a turn ends: at the review of the draft, if one is ready for it."""
    return "review" if campaign.to_review is not None else "__end__"


async def _chat(state: GraphState, runtime: Runtime[Surroundings]) -> Command[Next]:
    """The model answers, or asks for tools."""
    tools = runtime.context.tools
    campaign = campaign_of(state)
    if state["steps"] >= MOST_STEPS:
        text = "That took more steps than I may take at once. Say what to do next."
        runtime.stream_writer(message(text))
        return Command(update={"messages": [AIMessage(text)]}, goto=_rest(campaign))
    history = await asyncio.to_thread(conversation, state["messages"], campaign, tools)
    with metered() as meter:
        answer, fallback = await _answer(runtime, history, fallback=bool(state.get("fallback")))
    if quotes_a_person(history) or is_about_a_person(campaign, tools):
        answer.additional_kwargs[PRIVATE] = True
    update: dict[str, Any] = {"messages": [answer], "by_person": False, "fallback": fallback}
    if meter:
        campaign = await asyncio.to_thread(_costing, campaign, meter, tools)
        update["campaign"] = dumped(campaign)
    if answer.tool_calls:
        return Command(update=update, goto="tools")
    runtime.stream_writer(message(str(answer.text)))
    return Command(update=update, goto=_rest(campaign))


async def _answer(
    runtime: Runtime[Surroundings], history: list[Any], *, fallback: bool
) -> tuple[AIMessage, bool]:
    """The model's answer; the built-in one's, after a notice, once the model could not be had.

    A model that cannot read all that was said is told of the newest turn alone.
    """
    from agent.builtin import BuiltinChatModel
    from agent.models import failure, is_simpler

    tools = runtime.context.tools
    while not fallback:
        try:
            model = await asyncio.to_thread(runtime.context.model, tools)
            return await answer_of(model, history, tools), False
        except Exception as error:
            if is_simpler(tools, error):
                continue
            newest = newest_turn(history)
            if is_too_long(error) and len(newest) < len(history):
                history = newest
                continue
            code, text = failure(error, tools)
            runtime.stream_writer(notice("warning", code, text))
            if code == TermsNotAccepted.code:
                runtime.stream_writer(await asyncio.to_thread(current_terms, tools))
            break
    return await answer_of(BuiltinChatModel(), history, tools), True


async def _tools(state: GraphState, runtime: Runtime[Surroundings]) -> Command[Next]:
    """Run the tool calls of the last message, one after the other, each on what the last one left."""
    last = cast(AIMessage, state["messages"][-1])
    by_person = bool(state.get("by_person"))
    campaign = campaign_of(state)
    if by_person or state["steps"] == 0:
        campaign = campaign.model_copy(update={"turn": campaign.turn + 1})
    results: list[ToolMessage] = []
    for call in last.tool_calls:
        if results and results[-1].status == "error":  # the next one counted on it
            results.append(_not_done(call, "the call before it failed"))
            continue
        desk = Desk(
            campaign,
            runtime.context.tools,
            call=run,
            by_person=by_person,
            emit=runtime.stream_writer,
        )
        asked = Call(tool=call["name"], arguments=call["args"])
        with metered() as meter:
            outcome = await asyncio.to_thread(run, desk, asked)
        campaign = await asyncio.to_thread(_costing, outcome.campaign, meter, desk.context)
        for each in outcome.cards:
            runtime.stream_writer(each)
        private = outcome.private or await asyncio.to_thread(_is_private, desk, campaign)
        results.append(_result(call, outcome, private=private))
    update = {"messages": results, "campaign": dumped(campaign), "steps": state["steps"] + 1}
    return Command(update=update, goto="reply" if by_person else "chat")


def _is_private(desk: Desk, after: Campaign) -> bool:
    """Whether a tool may have told of a person: the draft that it found, or left, names one."""
    return any(is_about_a_person(each, desk.context) for each in (desk.campaign, after))


def _costing(campaign: Campaign, meter: list[Spent], tools: ToolContext) -> Campaign:
    """The campaign with what was spent; in words for owners."""
    if not meter:
        return campaign
    spent = total([campaign.spent, *meter])
    role = tools.store.role(tools.workspace.name, tools.person)
    words = f"{tools.settings.model}: {spent.words(tools.settings)}"
    return drafting.with_cost(campaign, spent, words if role == "owner" else "")


def _not_done(call: ToolCall, why: str) -> ToolMessage:
    """The answer to a call that was not carried out: said to models, not to people."""
    content = {"summary": "", "data": {"not done": why}}
    return ToolMessage(
        json.dumps(content),
        tool_call_id=call["id"] or "",
        name=call["name"],
        status="error",
        artifact={"quiet": True, "code": "not_done"},
    )


def _result(call: ToolCall, outcome: Outcome, *, private: bool) -> ToolMessage:
    content = {"summary": outcome.summary, "data": dict(outcome.data)}
    return ToolMessage(
        json.dumps(content, ensure_ascii=False, default=str),
        tool_call_id=call["id"] or "",
        name=call["name"],
        status="error" if outcome.failed else "success",
        artifact={"quiet": outcome.quiet, "code": outcome.code, PRIVATE: private},
    )


def _reply(state: GraphState, runtime: Runtime[Surroundings]) -> Command[Next]:
    """Say what a click did, without a model: it knows no more than the tools have said."""
    campaign = campaign_of(state)
    texts = []
    for each in reversed(state["messages"]):
        if not isinstance(each, ToolMessage):
            break
        summary = str(json.loads(str(each.content))["summary"])
        facts = each.artifact or {}
        if each.status == "error" and summary:
            runtime.stream_writer(notice("warning", facts.get("code") or "refused", summary))
        elif not facts.get("quiet"):
            texts.append(summary)
    if not texts:
        return Command(goto=_rest(campaign))
    text = "\n\n".join(reversed(texts))
    runtime.stream_writer(message(text))
    said = _said(text, private=quotes_a_person(state["messages"]))
    return Command(update={"messages": [said]}, goto=_rest(campaign))


def _said(text: str, *, private: bool) -> AIMessage:
    return AIMessage(text, additional_kwargs={PRIVATE: True} if private else {})


def _refuse(state: GraphState, runtime: Runtime[Surroundings]) -> Command[Next]:
    refusal = state.get("refusal") or {}
    text = str(refusal.get("message", ""))
    runtime.stream_writer(notice("warning", str(refusal.get("code", "refused")), text))
    return Command(
        update={"messages": [AIMessage(text)], "refusal": None}, goto=_rest(campaign_of(state))
    )


def _review(state: GraphState) -> Command[Next]:
    """Wait for the person. What comes back is checked, and carried out in the next node."""
    campaign = campaign_of(state)
    draft = campaign.to_review
    assert draft is not None
    answer = interrupt(draft_props(campaign, draft))
    request_key = answer.pop("request_key", None) or uuid4().hex
    match decision(answer):
        case Approve() as approved:
            chosen = approved.model_dump() | {"request_key": request_key}
            return Command(update={"decision": chosen}, goto="save")
        case Edit() as edited:
            arguments = edited.model_dump(exclude={"type"}) | {"audience_type": draft.type}
            return _called("edit_conditions", arguments)
        case Respond(message=text, replace=anew):
            mode = "new" if anew else "auto"
            return _called("build_conditions", {"prompt": text, "mode": mode}, said=text)
        case Reject():
            return _called("discard_draft", {})


def _called(tool: str, arguments: dict[str, Any], said: str | None = None) -> Command[Next]:
    return Command(update=clicked(tool, arguments, said), goto="tools")


async def _save(state: GraphState, runtime: Runtime[Surroundings]) -> Command[Next]:
    """Save what was reviewed. Run twice with the same decision, it saves once."""
    campaign = campaign_of(state)
    chosen = state["decision"] or {}
    tools, emit = runtime.context.tools, runtime.stream_writer
    private = await asyncio.to_thread(is_about_a_person, campaign, tools)
    emit(progress("saved", "running"))
    try:
        saved = await asyncio.to_thread(_saved, campaign, chosen, runtime.context)
    except MusterError as error:
        emit(progress("saved", "failed"))
        emit(notice("warning", error.code, safe(error.message, 600)))
        if error.code == "dynamic_plus_limit":
            emit(await asyncio.to_thread(lambda: audiences_card(list_audiences(tools))))
        # The draft stays, and so does the review.
        said = _said(safe(error.message, 600), private=private)
        return Command(update={"messages": [said], "decision": None}, goto=_rest(campaign))
    changed, text, card_event = saved
    emit(progress("saved", "done"))
    emit(card_event)
    emit(message(text))
    return Command(
        update={
            "messages": [_said(text, private=private)],
            "campaign": dumped(changed),
            "decision": None,
        },
        goto="__end__",
    )


def _saved(
    campaign: Campaign, chosen: dict[str, Any], context: Surroundings
) -> tuple[Campaign, str, Event]:
    draft = campaign.draft
    assert draft is not None
    assert draft.query is not None
    tools = context.tools
    audience = save_audience(
        tools,
        draft.query,
        chosen.get("name") or draft.name or "Audience",
        description=chosen.get("description") or draft.description,
        audience_type=draft.type,
        request_key=chosen["request_key"],
    )
    changed = drafting.saved(campaign, audience.key)
    tools.store.save_campaign(
        context.thread_id,
        tools.workspace.name,
        audience.name,
        audience_key=audience.key,
        person=tools.person,
    )
    text = f"Saved: **{safe(audience.name)}**"
    if draft.reach is not None:
        text += f", {people(draft.reach, draft.type)} as of now"
    text += ". Describe another audience whenever you like."
    if campaign.cost:
        text += f" It took {safe(campaign.cost)}."
    return changed, text, saved_card(audience, draft.reach, draft.universe)


def _call_message(tool: str, arguments: dict[str, Any]) -> AIMessage:
    call = ToolCall(name=tool, args=arguments, id=f"click_{uuid4().hex[:12]}", type="tool_call")
    return AIMessage("", tool_calls=[call])
