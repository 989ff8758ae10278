"""One chat's page: shows what the dialogue says, and keeps each kind of card standing once.

A card that is replaced stays where it is, closed. Truth lives in the dialogue; a page can be thrown
away and drawn again from `agent.events.View`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import chainlit as cl

from agent.events import Event, View
from agent.session import Session
from ui.cards import ELEMENTS, STAGES, drawn

REVIEW = "review"


class Page:
    """The cards that stand on one chat's page, by kind."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._standing: dict[str, cl.CustomElement] = {}

    async def show(self, events: AsyncIterator[Event], *, clicked: str | None = None) -> list[str]:
        """Show events as they come.

        `clicked`: the kind of card whose click caused them. That card changes in place, and the
        notices come back, for the card to show where the person is looking.
        """
        notices: list[str] = []
        stages: dict[str, cl.Step] = {}
        async for event in events:
            match event["type"]:
                case "progress":
                    await self._progress(stages, event)
                case "message":
                    await cl.Message(event["text"]).send()
                case "card" | "review":
                    await self._card(event, in_place=clicked)
                case "notice" if clicked is not None:
                    notices.append(event["text"])
                case "notice":
                    await cl.Message(event["text"]).send()
                case "token":
                    pass  # the whole answer follows as a message
        if await self._session.review_id(thread_id()) is None:
            await self._close(REVIEW)
        return notices

    def adopt(self, thread: dict[str, Any], view: View) -> None:
        """Draw a resumed chat's cards again, from where the dialogue stands.

        Changes `thread` in place, before it is sent to the browser.
        """
        current: dict[str, dict[str, Any]] = {}
        if view["review"] is not None:
            current[REVIEW] = drawn(view["review"])
        for card in view["cards"]:
            current[card["kind"]] = drawn(card)
        for element in reversed(thread.get("elements") or []):
            kind = (element.get("props") or {}).get("card")
            if kind is None:
                continue
            if kind in current and kind not in self._standing:
                element["props"] = current[kind]
                self._standing[kind] = cl.CustomElement(
                    id=element["id"],
                    thread_id=element["threadId"],
                    for_id=element["forId"],
                    name=element["name"],
                    props=element["props"],
                )
            else:
                element["props"] = element["props"] | {"open": False}

    async def _card(self, event: Event, *, in_place: str | None) -> None:
        props = drawn(event)
        kind = props["card"]
        standing = self._standing.get(kind)
        if standing is not None and kind == in_place:
            standing.props = props
            await standing.update()
            return
        await self._close(kind)
        element = cl.CustomElement(name=ELEMENTS[kind], props=props, display="inline")
        await cl.Message(content="", elements=[element]).send()
        self._standing[kind] = element

    async def _close(self, kind: str) -> None:
        element = self._standing.pop(kind, None)
        if element is not None:
            element.props = element.props | {"open": False}
            await element.update()

    async def _progress(self, stages: dict[str, cl.Step], event: Any) -> None:
        stage = event["stage"]
        if stage not in stages:
            stages[stage] = cl.Step(name=STAGES[stage], type="tool", show_input=False)
            await stages[stage].send()
        step = stages[stage]
        if event["detail"]:
            step.output = event["detail"]
        if event["state"] != "running":
            step.end = cl.utils.utc_now()
            step.is_error = event["state"] == "failed"
            await step.update()


def thread_id() -> str:
    """The id of this chat, the same for Chainlit and for the dialogue."""
    return str(cl.context.session.thread_id)
