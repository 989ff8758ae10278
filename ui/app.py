"""The web app: Chainlit's callbacks, and nothing else. What they show is in `ui.page`."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import chainlit as cl
from chainlit.types import ThreadDict

from agent.session import Session, open_session
from audience.problems import MusterError
from tools.context import LOCAL_PERSON
from ui.guarding import guard
from ui.hand import answer
from ui.history import ChatHistory
from ui.page import Page, thread_id
from ui.starters import starters_of
from workspace.settings import load_settings

SENTENCE = "Describe an audience"
CAMPAIGN = "Plan a campaign"

DRAWN_AFTER = 1.0
"""Seconds. Chainlit draws a resumed chat after its hook; what is sent before that is lost."""

settings = load_settings()
guard()
_open = AsyncExitStack()
_session: Session | None = None
_running: set[asyncio.Task[None]] = set()  # a task that nothing holds may be collected


@cl.on_app_startup
async def open_dialogue() -> None:
    global _session
    _session = await _open.enter_async_context(open_session(settings))


@cl.on_app_shutdown
async def close_dialogue() -> None:
    await _open.aclose()


@cl.data_layer
def history() -> ChatHistory:
    return ChatHistory(settings.history_url)


@cl.header_auth_callback
async def local_person(_headers: Any) -> cl.User:
    """Without any sign-in set up there is one person, on this machine only."""
    return cl.User(identifier=LOCAL_PERSON, display_name="You")


@cl.set_chat_profiles
async def entries(_user: cl.User | None, _language: str | None = None) -> list[cl.ChatProfile]:
    return [
        cl.ChatProfile(
            name=SENTENCE,
            markdown_description="Say in a sentence who it is for. No strategy needed.",
            icon="/public/avatar.svg",
            default=True,
            starters=await starters(),
        ),
        cl.ChatProfile(
            name=CAMPAIGN,
            markdown_description="Start from a strategy: AI segments from your own people, or your personas.",
            icon="/public/campaign.svg",
        ),
    ]


async def starters() -> list[cl.Starter]:
    found = await asyncio.to_thread(starters_of, session(), LOCAL_PERSON)
    return [cl.Starter(label=label, message=prompt) for label, prompt in found]


@cl.on_chat_start
async def opened() -> None:
    if cl.user_session.get("chat_profile") == CAMPAIGN:
        await page().show(session().act(thread_id(), "show_strategies", {}))


@cl.on_chat_resume
async def resumed(thread: ThreadDict) -> None:
    view = await session().state(thread_id())
    await page().adopt(thread, view)
    if view["unfinished"]:
        task = asyncio.create_task(_carry_on())
        _running.add(task)
        task.add_done_callback(_running.discard)


async def _carry_on() -> None:
    """Finish the turn in which the server was killed."""
    await asyncio.sleep(DRAWN_AFTER)
    await page().show(session().carry_on(thread_id()))


@cl.on_message
async def said(message: cl.Message) -> None:
    await page().show(session().say(thread_id(), message.content))


@cl.action_callback("act")
async def clicked(action: cl.Action) -> None:
    """A click on a card: a tool call by the person."""
    payload = action.payload
    tool, arguments = str(payload.get("tool")), payload.get("arguments")
    card = str(payload.get("card"))
    events = session().act(thread_id(), tool, arguments if isinstance(arguments, dict) else {})
    await page().show(events, clicked=card)


@cl.action_callback("review")
async def decided(action: cl.Action) -> None:
    """The decision on a review; which one it is about comes with it, so an old click does nothing."""
    payload = action.payload
    sent = payload.get("decision")
    decision: dict[str, Any] = sent if isinstance(sent, dict) else {}
    events = session().resume(thread_id(), str(payload.get("interrupt_id")), decision)
    await page().show(events, clicked="review")


@cl.action_callback("ask")
async def asked(action: cl.Action) -> dict[str, Any]:
    """What the condition editor asks about changes that are not applied yet. Changes nothing."""
    view = await session().state(thread_id())
    tools = await asyncio.to_thread(
        session().tools, LOCAL_PERSON, view["campaign"].get("workspace")
    )
    return await asyncio.to_thread(answer, view["review"], action.payload, tools)


def session() -> Session:
    if _session is None:
        raise MusterError("The app is still starting. Try again in a moment.")
    return _session


def page() -> Page:
    """The page of this chat, made when it is first needed."""
    found = cl.user_session.get("page")
    if not isinstance(found, Page):
        found = Page(session())
        cl.user_session.set("page", found)
    return found
