"""A chat with a real server as a browser has it, without a browser: a cookie, a socket, and clicks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import socketio

PATIENCE = 120.0  # seconds; a limit for a broken server, never a measurement


class Refused(Exception):
    """The server does not let this socket in."""


class Chat:
    """One chat: what stands on its page, by id, in the order in which it came."""

    def __init__(self, url: str, http: httpx.AsyncClient, thread_id: str | None) -> None:
        self.http = http
        self.thread_id = thread_id
        self.session_id = str(uuid4())
        self.messages: dict[str, dict[str, Any]] = {}
        self.elements: dict[str, dict[str, Any]] = {}
        self.resumed: dict[str, Any] | None = None
        self.name = ""
        self.busy = False
        self.url = url
        self._changed = asyncio.Event()
        self._socket = socketio.AsyncClient(reconnection=False)

    async def open(self) -> None:
        on = self._socket.on
        on("new_message", self._message)
        on("update_message", self._message)
        on("element", self._element)
        on("first_interaction", self._begun)
        on("resume_thread", self._resumed)
        on("task_start", self._busy)
        auth = {"sessionId": self.session_id, "clientType": "webapp", "userEnv": "{}"}
        auth["threadId"] = self.thread_id or ""
        own = {name: value for name, value in self.http.headers.items() if name.startswith("x-")}
        own["Cookie"] = "; ".join(f"{each.name}={each.value}" for each in self.http.cookies.jar)
        try:
            await self._socket.connect(
                self.url,
                socketio_path="/ws/socket.io",
                headers=own,
                auth=auth,
                transports=["websocket"],
                wait_timeout=int(PATIENCE),
            )
        except socketio.exceptions.ConnectionError as error:
            raise Refused(str(error)) from error
        await self._socket.emit("connection_successful")

    async def close(self) -> None:
        await self._socket.disconnect()

    async def say(self, text: str) -> None:
        message = {
            "id": str(uuid4()),
            "threadId": "",
            "name": "user",
            "type": "user_message",
            "output": text,
            "createdAt": "2026-11-22T12:00:00Z",
        }
        await self.tell("client_message", {"message": message, "fileReferences": []})

    async def tell(self, event: str, said: Any) -> None:
        """What a page says through its socket."""
        await self._socket.emit(event, said)

    async def click(self, name: str, **payload: Any) -> httpx.Response:
        """What a card sends; the answer comes when the server is done with it."""
        return await self.http.post(
            f"{self.url}/project/action",
            json={
                "sessionId": self.session_id,
                "action": {"id": str(uuid4()), "name": name, "payload": payload},
            },
        )

    async def act(self, card: str, tool: str, **arguments: Any) -> None:
        answer = await self.click("act", card=card, tool=tool, arguments=arguments)
        assert answer.status_code == 200, answer.text

    def cards(self, kind: str) -> list[dict[str, Any]]:
        """The props of every card of a kind, oldest first."""
        shown = [each["props"] for each in self.elements.values() if each["type"] == "custom"]
        return [each for each in shown if each["card"] == kind]

    @property
    def texts(self) -> list[str]:
        return [each["output"] for each in self.messages.values() if each["output"]]

    async def card(self, kind: str, holds: Callable[[dict[str, Any]], bool] | None = None) -> Any:
        """The newest card of a kind, open, once there is one and it holds."""

        def found() -> dict[str, Any] | None:
            standing = [each for each in self.cards(kind) if each["open"]]
            return next((each for each in standing[-1:] if holds is None or holds(each)), None)

        return await self.until(found, f"a card {kind}")

    async def text(self, part: str) -> str:
        found: str = await self.until(
            lambda: next((each for each in self.texts if part in each), None), repr(part)
        )
        return found

    async def until(self, found: Callable[[], Any], what: str) -> Any:
        async def waited() -> Any:
            while (there := found()) is None:
                self._changed.clear()
                await self._changed.wait()
            return there

        try:
            return await asyncio.wait_for(waited(), PATIENCE)
        except TimeoutError:
            said = [each["props"].get("said", "") for each in self.elements.values()]
            raise AssertionError(f"There is no {what}; only {self.texts}, {said}") from None

    async def stop(self) -> None:
        """Stop what the page shows to be busy with."""
        await self.until(lambda: self.busy or None, "work")
        await self._socket.emit("stop")

    def _busy(self, _: Any) -> None:
        self.busy = True
        self._changed.set()

    def _message(self, step: dict[str, Any]) -> None:
        self.messages[step["id"]] = step
        self._changed.set()

    def _element(self, element: dict[str, Any]) -> None:
        self.elements[element["id"]] = element
        self._changed.set()

    def _begun(self, interaction: dict[str, Any]) -> None:
        self.thread_id = interaction["thread_id"]
        self.name = interaction["interaction"]
        self._changed.set()

    def _resumed(self, thread: dict[str, Any]) -> None:
        self.resumed = thread
        self.messages = {each["id"]: each for each in thread["steps"]}
        self.elements = {each["id"]: each for each in thread["elements"]}
        self._changed.set()


@asynccontextmanager
async def visitor(
    url: str, headers: dict[str, str] | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with cookies of their own, who has looked at the page."""
    async with httpx.AsyncClient(base_url=url, headers=headers or {}, timeout=PATIENCE) as http:
        await http.get("/", headers={"Accept": "text/html"})
        yield http


@asynccontextmanager
async def chat(http: httpx.AsyncClient, thread_id: str | None = None) -> AsyncIterator[Chat]:
    """A page of somebody's, on a new chat or an old one. Raises `Refused`."""
    opened = Chat(str(http.base_url).rstrip("/"), http, thread_id)
    try:
        await opened.open()
        yield opened
    finally:
        await opened.close()
