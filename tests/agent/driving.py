"""Driving a dialogue in tests: events in lists, and what stands out in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from agent.events import Event, Review
from agent.session import Session, Window
from tools.context import LOCAL_PERSON


class Talk:
    """One thread of a session."""

    def __init__(
        self,
        session: Session,
        thread_id: str = "thread-1",
        *,
        person: str = LOCAL_PERSON,
        window: Window | None = None,
    ) -> None:
        self.session = session
        self.thread_id = thread_id
        self.who: dict[str, Any] = {"person": person, "window": window}
        self.events: list[Event] = []

    async def say(self, text: str) -> str:
        return await self._all(self.session.say(self.thread_id, text, **self.who))

    async def act(self, tool: str, **arguments: Any) -> str:
        acting = self.session.act(self.thread_id, tool, arguments, **self.who)
        return await self._all(acting)

    async def resume(self, decision: Any, interrupt_id: str | None = None) -> str:
        which = interrupt_id or self.review_id
        resuming = self.session.resume(self.thread_id, which, decision, **self.who)
        return await self._all(resuming)

    async def carry_on(self) -> str:
        return await self._all(self.session.carry_on(self.thread_id, **self.who))

    async def stop(self) -> str:
        return await self._all(self.session.stop(self.thread_id, **self.who))

    @property
    def review_id(self) -> str:
        """The id of the review that the newest turn ended with."""
        return str(self._review["interrupt_id"])

    @property
    def review(self) -> dict[str, Any]:
        props: dict[str, Any] = self._review["props"]
        return props

    @property
    def in_review(self) -> bool:
        return any(each["type"] == "review" for each in self.events)

    def card(self, kind: str) -> dict[str, Any]:
        """The newest card of this kind in the newest turn."""
        cards = [
            each["props"] for each in self.events if each["type"] == "card" and each["kind"] == kind
        ]
        assert cards, f"no card {kind} in {self.events}"
        return cards[-1]

    @property
    def _review(self) -> Review:
        reviews = [each for each in self.events if each["type"] == "review"]
        assert reviews, f"no review in {self.events}"
        return reviews[-1]

    @property
    def notices(self) -> list[str]:
        return [each["code"] for each in self.events if each["type"] == "notice"]

    @property
    def text(self) -> str:
        return "\n".join(each["text"] for each in self.events if each["type"] == "message")

    async def _all(self, events: AsyncIterator[Event]) -> str:
        self.events = [each async for each in events]
        return self.text
