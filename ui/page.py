"""One chat's page: shows what the dialogue says, and keeps each kind of card standing once.

A card that is replaced stays where it is, closed. Truth lives in the dialogue; a page can be thrown
away and drawn again from `agent.events.View`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine
from typing import Any
from weakref import WeakSet, WeakValueDictionary

import chainlit as cl
from chainlit.context import init_ws_context
from chainlit.data import get_data_layer
from chainlit.element import Element
from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.step import StepDict
from chainlit.types import ThreadDict
from chainlit.user_session import user_sessions
from typing_extensions import TypedDict

from agent.cards import OF_CAMPAIGN
from agent.events import Card, Event, Review, View
from agent.session import Session, Window
from ui.cards import ELEMENTS, STAGES, drawn, plain
from ui.charts import chart_of
from ui.hand import with_structure
from ui.history import CLICKED, ChatHistory

REVIEW = "review"
AWAY = "store_unavailable"
"""The code of the last notice of a turn for which what Muster keeps could not be reached."""

HISTORY_BEHIND = 1.0
"""Seconds. Chainlit writes its history behind what it shows."""

_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_pages: WeakValueDictionary[str, WeakSet[Page]] = WeakValueDictionary()
_following: set[asyncio.Task[None]] = set()  # a task that nothing holds may be collected


class Who(TypedDict):
    """Who is at a page, and what it has shown them: what the session wants to know with every turn."""

    person: str
    window: Window


class Page:
    """The cards that stand on one chat's page, by kind."""

    def __init__(self, session: Session, person: str) -> None:
        self.person = person
        self.who: Who = {"person": person, "window": Window()}
        self._session = session
        self._standing: dict[str, cl.CustomElement] = {}
        self._removed: list[StepDict] = []
        chat = cl.context.session
        assert isinstance(chat, WebsocketSession)
        self._chat = chat
        self._follows = False
        self._named: str | None = None  # the strategy that the chat is named after
        self._talk: str | None = None  # the first words, where they were small talk, else empty
        self._of_chat = _pages.setdefault(thread_id(), WeakSet())
        self._of_chat.add(self)

    async def show(
        self, events: AsyncIterator[Event], *, clicked: str | None = None, said: str | None = None
    ) -> None:
        """Show events as they come.

        `said`: the words that caused them. `clicked`: the kind of card whose click caused them. That card
        changes in place, as does the next below it, and it shows the notices, because there the person
        is looking.
        """
        await self._tell_address()
        # Two turns at once would mix up their cards; the lock is the chat's, not the page's.
        async with _turns.setdefault(thread_id(), asyncio.Lock()):
            shown = await self._show(events, clicked)
            if said is not None:
                await self._name_by_words(said, bool(shown - {"examples"}))
        for other in tuple(self._of_chat):
            if other is not self and other.person == self.person:
                other.follow()

    def follow(self) -> None:
        """Draw this chat again soon: another page of it has shown something.

        That may be another browser, or this one before its connection was lost: Chainlit gives it a
        new page then, and what a click still shows goes to the old one.
        """
        if not self._follows and sio.manager.is_connected(self._chat.socket_id, "/"):
            self._follows = True
            _in_background(self._redraw())

    def again(self) -> None:
        """Say again what was said: the page has a new connection, and may have missed some of it."""
        _in_background(self._repeat())

    async def _show(self, events: AsyncIterator[Event], clicked: str | None) -> set[str]:
        """The kinds of card that were shown."""
        notices: list[str] = []
        asked: str | None = None
        shown: set[str] = set()  # the kinds of this turn: what comes again changes in place
        away = False
        working = _Working(self._removed)
        try:
            async for event in events:
                away = event["type"] == "notice" and event["code"] == AWAY
                match event["type"]:
                    case "progress":
                        await working.show(event["stage"], event["detail"])
                    case "message":
                        await working.stop()
                        if asked is None or not plain(event["text"]).startswith(asked):
                            await cl.Message(event["text"]).send()
                    case "card" | "review":
                        await working.stop()
                        shown.add(await self._card(event, clicked=clicked, shown=shown))
                        if event["type"] == "card" and event["kind"] == "question":
                            # The card says it, with its answers.
                            asked = plain(event["props"]["text"])
                    case "notice" if clicked is not None:
                        notices.append(event["text"])
                    case "notice":
                        await cl.Message(event["text"]).send()
                    case "token":
                        pass  # the whole answer follows as a message
        finally:
            await working.stop()
        if not away:  # else nobody knows, and nothing was changed
            if await self._session.review_id(thread_id()) is None:
                await self._close(REVIEW)
            await self._name_chat()
        if clicked is not None:
            await self._tell(clicked, notices)
        return shown

    async def _name_by_words(self, said: str, brought: bool) -> None:
        """Chainlit names a chat after its first words; where they were small talk, they name nothing."""
        layer = get_data_layer()
        if brought and self._talk and isinstance(layer, ChatHistory):
            await self._tell_name(await layer.rename(thread_id(), self._talk, said))
        if brought or self._talk is None:
            self._talk = "" if brought else said

    async def _name_chat(self) -> None:
        """Give the chat of a campaign the name of its strategy, also in the list beside the page."""
        standing = self._standing.get("strategies")
        strategies = [] if standing is None else standing.props["strategies"]
        chosen = next((each["name"] for each in strategies if each["selected"]), None)
        layer = get_data_layer()
        if chosen is None or chosen == self._named or not isinstance(layer, ChatHistory):
            return
        names = [each["name"] for each in strategies]
        name = await layer.name_campaign(thread_id(), chosen, names, self.person)
        self._named = chosen
        await self._tell_name(name)

    async def _tell_address(self) -> None:
        """Chainlit gives a chat its address beside the list of chats, which a phone does not show."""
        if self._chat.has_first_interaction:
            told = {"chat": thread_id()}
            await sio.emit("window_message", told, to=self._chat.socket_id)

    async def _tell_name(self, name: str) -> None:
        """Chainlit's page looks at the names of chats again when it hears of a first interaction."""
        told = {"interaction": name, "thread_id": thread_id()}
        await sio.emit("first_interaction", told, to=self._chat.socket_id)

    async def busy(self, kind: str, busy: bool) -> None:
        """Show on a card whether its click takes long: Chainlit draws it anew then, and it forgets."""
        element = self._standing.get(kind)
        if element is not None and element.props.get("busy", False) != busy:
            element.props = element.props | {"busy": busy}
            await element.update()

    async def _tell(self, kind: str, notices: list[str]) -> None:
        """Say on the card of this kind what became of a click on it."""
        element = self._standing.get(kind)
        if element is None:
            for text in notices:
                await cl.Message(text).send()
        elif notices or "said" in element.props:
            element.props = element.props | {"said": plain(" ".join(notices))}
            await element.update()

    async def adopt(self, thread: ThreadDict, view: View) -> bool:
        """Draw a resumed chat's cards again, from where the dialogue stands.

        Changes `thread` in place, before it is sent to the browser. False: the history, which is
        behind what was shown, does not know of every card yet.
        """
        current: dict[str, dict[str, Any]] = {}
        if view["review"] is not None:
            current[REVIEW] = _drawn(view["review"])
        for card in view["cards"]:
            current[card["kind"]] = drawn(card)
        # What was being done when a server was killed is not being done any more.
        thread["steps"] = [each for each in thread["steps"] if each["type"] != "tool"]
        for element in _newest_first(thread):
            kind = (element.get("props") or {}).get("card")
            if kind is None:
                continue
            if kind in self._standing or (kind in OF_CAMPAIGN and kind not in current):
                element["props"] = element["props"] | {"open": False}
                continue
            element["props"] = current.get(kind, element["props"])
            self._standing[kind] = cl.CustomElement(
                id=element["id"],
                thread_id=element["threadId"],
                for_id=element["forId"],
                name=element["name"],
                props=element["props"],
            )
        self._standing = dict(reversed(self._standing.items()))
        return current.keys() <= self._standing.keys()

    async def _repeat(self) -> None:
        # Not from the history, which is behind; and what the page has already stays as it is, with
        # what somebody has begun to change in it.
        emitter = init_ws_context(self._chat).emitter
        async with _turns.setdefault(thread_id(), asyncio.Lock()):
            for message in cl.chat_context.get():
                # The step that it belongs to may be among what was missed.
                await emitter.send_step({**message.to_dict(), "parentId": None})
                for element in getattr(message, "elements", []):
                    await emitter.send_element(element.to_dict())
            while self._removed:
                await emitter.delete_step(self._removed.pop())
            await self._tell_address()
            if self._chat.has_first_interaction:
                await self._tell_name(self._named or CLICKED)

    async def _redraw(self) -> None:
        init_ws_context(self._chat)
        await asyncio.sleep(HISTORY_BEHIND)
        self._follows = False
        layer = get_data_layer()
        assert layer is not None
        async with _turns.setdefault(thread_id(), asyncio.Lock()):
            thread = await layer.get_thread(thread_id())
            if thread is not None:
                self._standing.clear()
                view = await self._session.state(thread_id(), **self.who)
                await self.adopt(thread, view)
                await cl.context.emitter.resume_thread(thread)

    async def _card(
        self, event: Card | Review, *, clicked: str | None, shown: Collection[str]
    ) -> str:
        """Show a card; its kind."""
        props = _drawn(event)
        kind: str = props["card"]
        standing, chart = self._standing.get(kind), chart_of(props)
        below = clicked is not None and clicked == self._above(kind)
        if standing is not None and chart is None and (kind == clicked or below or kind in shown):
            standing.props = props
            await standing.update()
            return kind
        await self._close(kind)
        element = cl.CustomElement(name=ELEMENTS[kind], props=props, display="inline")
        elements: list[Element] = [element] if chart is None else [element, chart]
        await cl.Message(content="", elements=elements).send()
        self._standing[kind] = element
        return kind

    def _above(self, kind: str) -> str | None:
        """The kind of the card that stands next above the one of this kind."""
        kinds = [None, *self._standing]
        return kinds[kinds.index(kind) - 1] if kind in self._standing else None

    async def _close(self, kind: str) -> None:
        element = self._standing.pop(kind, None)
        if element is not None:
            element.props = element.props | {"open": False}
            await element.update()


def _newest_first(thread: ThreadDict) -> list[Any]:
    """The cards as their messages came: the history keeps them in the order in which it was written."""
    said = {each["id"]: each["createdAt"] or "" for each in thread["steps"]}
    elements: list[Any] = list(thread.get("elements") or [])
    return sorted(elements, key=lambda each: said.get(each["forId"] or "", ""), reverse=True)


def _drawn(event: Card | Review) -> dict[str, Any]:
    props = drawn(event)
    return with_structure(props) if event["type"] == "review" else props


class _Working:
    """One line that says what is being done, for as long as something is."""

    def __init__(self, removed: list[StepDict]) -> None:
        """`removed` takes each line that was shown and is not any more."""
        self._removed = removed
        self._step: cl.Step | None = None

    async def show(self, stage: str, detail: str) -> None:
        if self._step is None:
            self._step = cl.Step(name=STAGES[stage], type="tool", show_input=False)
            self._step.output = detail
            await self._step.send()
        else:
            self._step.name, self._step.output = STAGES[stage], detail
            await self._step.update()

    async def stop(self) -> None:
        if self._step is not None:
            await self._step.remove()
            self._removed.append(self._step.to_dict())
            self._step = None


def again(chat: WebsocketSession) -> None:
    """Show again what stands on the page of a chat, if it has one."""
    page = (user_sessions.get(chat.id) or {}).get("page")
    if isinstance(page, Page):
        page.again()


def _in_background(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    _following.add(task)
    task.add_done_callback(_following.discard)


def thread_id() -> str:
    """The id of this chat, the same for Chainlit and for the dialogue."""
    return str(cl.context.session.thread_id)
