"""The web app: Chainlit's callbacks, and nothing else. What they show is in `ui.page`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import chainlit as cl
from chainlit.oauth_providers import get_configured_oauth_providers
from chainlit.types import ThreadDict

from agent.events import Event, progress
from agent.session import Session, open_session
from audience.problems import MusterError
from ui.guarding import guard
from ui.hand import answer
from ui.history import ChatHistory
from ui.page import Page, again, thread_id
from ui.signing_in import Door, read_token, ways_of
from ui.sockets import watch_sockets
from ui.starters import starters_of
from workspace.settings import load_settings

SENTENCE = "Describe an audience"
CAMPAIGN = "Plan a campaign"

SIGNED_OUT = "Your sign-in has ended. Reload this page to sign in again; nothing is lost."

DRAWN_AFTER = 1.0
"""Seconds. Chainlit draws a resumed chat after its hook; what is sent before that is lost."""

AT_ONCE = 0.3
"""Seconds. What takes longer shows that it is busy, and can be stopped."""

settings = load_settings()
door = Door(settings, ways_of(settings, oauth=bool(get_configured_oauth_providers())))
guard(door)
watch_sockets(again)
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
    return ChatHistory(settings.history_url, forget=lambda thread: session().forget(thread))


if door.ways.password:

    @cl.password_auth_callback
    async def by_password(name: str, password: str) -> cl.User | None:
        return _user(await asyncio.to_thread(door.by_password, name, password))


if door.ways.oauth:

    @cl.oauth_callback
    async def by_provider(
        provider_id: str,
        token: str,
        raw_user_data: dict[str, str],
        default_user: cl.User,
        id_token: str | None = None,
    ) -> cl.User | None:
        return _user(await asyncio.to_thread(door.by_provider, default_user.identifier))


if door.ways.local or door.ways.header:

    @cl.header_auth_callback
    async def by_header(headers: Any) -> cl.User | None:
        return _user(door.by_header(headers))


def _user(person: str | None) -> cl.User | None:
    return None if person is None else cl.User(identifier=person)


@cl.set_chat_profiles
async def entries(user: cl.User | None, _language: str | None = None) -> list[cl.ChatProfile]:
    return [
        cl.ChatProfile(
            name=SENTENCE,
            markdown_description="Say in a sentence who it is for. No strategy needed.",
            icon="/public/avatar.svg",
            default=True,
            starters=[] if user is None else await starters(user.identifier),
        ),
        cl.ChatProfile(
            name=CAMPAIGN,
            markdown_description="Start from a strategy: AI segments from your own people, or your personas.",
            icon="/public/campaign.svg",
        ),
    ]


async def starters(person: str) -> list[cl.Starter]:
    found = await asyncio.to_thread(starters_of, session(), person)
    return [cl.Starter(label=label, message=prompt) for label, prompt in found]


@cl.on_chat_start
async def opened() -> None:
    if cl.user_session.get("chat_profile") == CAMPAIGN and (here := await page()):
        await here.show(_opening(session().act(thread_id(), "show_strategies", {}, **here.who)))


async def _opening(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    """Says that something is done, for as long as nothing is there: Chainlit shows no start of a chat."""
    yield progress("strategy", "running")
    async for event in events:
        yield event


@cl.on_chat_resume
async def resumed(thread: ThreadDict) -> None:
    here = await page()
    if here is None:
        return
    view = await session().state(thread_id(), **here.who)
    # Chainlit resumes a chat twice where its profile is not the first one: the page learns of that
    # profile only with the chat, draws itself anew, and connects again. Somebody may have clicked
    # meanwhile.
    if not await here.adopt(thread, view):
        here.follow()
    if view["unfinished"]:
        task = asyncio.create_task(_carry_on(here))
        _running.add(task)
        task.add_done_callback(_running.discard)


async def _carry_on(here: Page) -> None:
    """Finish the turn in which the server was killed."""
    await asyncio.sleep(DRAWN_AFTER)
    await _stoppable(here.show(session().carry_on(thread_id(), **here.who)))


@cl.on_message
async def said(message: cl.Message) -> None:
    if here := await page():
        words = message.content
        await here.show(session().say(thread_id(), words, **here.who), said=words)


@cl.on_stop
async def stopped() -> None:
    """A stop is a decision: what was stopped is dropped, and no reload carries it on."""
    if here := await page():
        await here.show(session().stop(thread_id(), **here.who))


@cl.action_callback("act")
async def clicked(action: cl.Action) -> None:
    """A click on a card: a tool call by the person."""
    here = await page()
    if here is None:
        return
    payload = action.payload
    tool, arguments = str(payload.get("tool")), payload.get("arguments")
    given = arguments if isinstance(arguments, dict) else {}
    events = session().act(thread_id(), tool, given, **here.who)
    kind = str(payload.get("card"))
    await _stoppable(here.show(events, clicked=kind), lambda busy: here.busy(kind, busy))


@cl.action_callback("review")
async def decided(action: cl.Action) -> None:
    """The decision on a review; which one it is about comes with it, so an old click does nothing."""
    here = await page()
    if here is None:
        return
    payload = action.payload
    sent = payload.get("decision")
    decision: dict[str, Any] = sent if isinstance(sent, dict) else {}
    interrupt_id = str(payload.get("interrupt_id"))
    events = session().resume(thread_id(), interrupt_id, decision, **here.who)
    await _stoppable(here.show(events, clicked="review"), lambda busy: here.busy("review", busy))


@cl.action_callback("ask")
async def asked(action: cl.Action) -> dict[str, Any]:
    """What the condition editor asks about changes that are not applied yet. Changes nothing."""
    here = await page(aloud=False)
    if here is None:
        return {"problem": {"text": SIGNED_OUT}}
    view = await session().state(thread_id(), person=here.person)
    workspace = view["campaign"].get("workspace")
    tools = await asyncio.to_thread(session().tools, here.person, workspace)
    return await asyncio.to_thread(answer, view["review"], action.payload, tools)


async def _stoppable(
    turn: Coroutine[Any, Any, None], show: Callable[[bool], Awaitable[None]] | None = None
) -> None:
    """What a click does, as what words do: it shows that it is busy, and Stop ends it."""
    task = asyncio.create_task(turn)
    done, _ = await asyncio.wait({task}, timeout=AT_ONCE)
    if not done:
        cl.context.session.current_task = task
        await cl.context.emitter.task_start()
        if show is not None:
            await show(True)
        await asyncio.wait({task})
        if show is not None:
            await show(False)
        await cl.context.emitter.task_end()
    if not task.cancelled():
        task.result()


def session() -> Session:
    if _session is None:
        raise MusterError("The app is still starting. Try again in a moment.")
    return _session


async def page(*, aloud: bool = True) -> Page | None:
    """The page of this chat, made when it is first needed.

    None where the sign-in has ended, which is said `aloud`: a page that is open stays connected.
    """
    said = read_token(cl.context.session.token)
    if said is None or not await asyncio.to_thread(door.lets_stay, said):
        if aloud:
            await cl.Message(SIGNED_OUT).send()
        return None
    found = cl.user_session.get("page")
    if not isinstance(found, Page):
        found = Page(session(), said.person)
        cl.user_session.set("page", found)
    return found
