"""Which of its sockets a chat speaks through, and what it says again when that changes.

A page may open a second socket for its session before it has closed the first: Chainlit does when its
settings come late, and every browser does when its connection drops. The server may see both in any
order. Chainlit speaks to the one that it saw last, also when that one is closed already, and never
says again what a closed one was told: a card would stand as it was, or not at all.

What a page says is looked at before Chainlit sees it, which takes it as it comes: it would break on it,
or remove a folder that has the name of a session.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.socket import (
    WebSocketSessionAuth,
    clean_session,
    connect,
    connection_successful,
    disconnect,
    message,
    restore_existing_session,
    stop,
)
from chainlit.step import StepDict
from chainlit.types import MessagePayload

from ui.history import is_thread

Again = Callable[[WebsocketSession], None]

_SESSION = re.compile(r"[0-9a-fA-F-]{36}")
_WRITTEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""The id of a message that a page has made."""


def watch_sockets(again: Again) -> None:
    """Set up Chainlit's sockets. `again` shows once more what stands on the page of a session."""
    sockets = _Sockets(again)
    sio.handlers["/"].clear()  # what Chainlit hears besides has no use here
    sio.on("connect", sockets.connected)
    sio.on("disconnect", sockets.disconnected)
    sio.on("connection_successful", sockets.listens)
    sio.on("client_message", sockets.said)
    sio.on("stop", sockets.stopped)
    sio.on("clear_session", sockets.leaves)


class _Sockets:
    """The sockets that are open. A page listens to the one through which it last said so."""

    def __init__(self, again: Again) -> None:
        self._again = again
        self._open: dict[str, dict[str, Any]] = {}  # socket → session, and what it was opened with
        self._listening: list[str] = []  # the newest last

    async def connected(self, sid: str, environ: dict[str, Any], auth: Any) -> Any:
        accepted = await connect(sid, environ, _introduced(auth))
        session = WebsocketSession.get(sid)
        if session is not None:
            self._open[sid] = {"session": session.id, "environ": environ}
            self._settle(session)
            if _closed(sid):  # while Chainlit looked up who it is; nobody tells it
                await self.disconnected(sid)
        return accepted

    async def listens(self, sid: str, *_: Any) -> None:
        session = self._session(sid)
        if session is None:
            return
        self._listening.append(sid)
        self._settle(session)
        began = session.chat_started or session.has_first_interaction
        await connection_successful(sid)
        # Chainlit itself draws a chat that was opened from the history.
        if session.restored and began and not session.thread_id_to_resume:
            self._again(session)

    async def said(self, sid: str, payload: Any = None, *_: Any) -> None:
        session = self._session(sid)
        written = _message(payload, session) if session is not None else None
        if session is not None and written is not None:
            await message(session.socket_id, written)

    async def stopped(self, sid: str, *_: Any) -> None:
        session = self._session(sid)
        if session is not None:
            await stop(session.socket_id)

    async def leaves(self, sid: str, *_: Any) -> None:
        await clean_session(sid)

    async def disconnected(self, sid: str) -> None:
        session = WebsocketSession.get(sid)
        await disconnect(sid)
        self._open.pop(sid, None)
        self._listening = [each for each in self._listening if each != sid]
        if session is not None and not session.to_clear and self._settle(session):
            self._again(session)

    def _session(self, sid: str) -> WebsocketSession | None:
        """The session of a socket, also where Chainlit speaks to it through another one."""
        opened = self._open.get(sid)
        return WebsocketSession.get_by_id(opened["session"]) if opened else None

    def _settle(self, session: WebsocketSession) -> bool:
        """Speak to where the page listens; whether that is another socket than before."""
        mine = [each for each in self._listening if self._open[each]["session"] == session.id]
        if not mine or session.socket_id == mine[-1]:
            return False
        sid, environ = mine[-1], self._open[mine[-1]]["environ"]
        return bool(
            restore_existing_session(sid, session.id, *_speaking(sid), environ, user=session.user)
        )


def _introduced(auth: Any) -> WebSocketSessionAuth:
    """How a page says what it is. It may choose the ids, which Chainlit takes for a folder, and for SQL.

    Raises `ConnectionRefusedError`.
    """
    said = auth if isinstance(auth, dict) else {}
    session, thread, profile = (
        said.get(each) or "" for each in ("sessionId", "threadId", "chatProfile")
    )
    if not (isinstance(session, str) and _SESSION.fullmatch(session)):
        raise ConnectionRefusedError("there is no such page")
    if thread and not (isinstance(thread, str) and is_thread(thread)):
        raise ConnectionRefusedError("there is no such chat")
    return {
        "sessionId": session,
        "threadId": thread,
        "chatProfile": profile if isinstance(profile, str) else "",
        "clientType": "webapp",
        "userEnv": None,
    }


def _message(payload: Any, session: WebsocketSession) -> MessagePayload | None:
    """What somebody has written, and nothing else that a page may say with it; none if it is no message."""
    said = payload.get("message") if isinstance(payload, dict) else None
    given = said if isinstance(said, dict) else {}
    id, words = given.get("id"), given.get("output")
    if not (isinstance(id, str) and _WRITTEN.fullmatch(id) and isinstance(words, str)):
        return None
    step: StepDict = {
        "id": id,
        "name": session.user.identifier if session.user else "User",
        "type": "user_message",
        "output": words,
        "createdAt": None,  # Chainlit puts its own time
    }
    return {"message": step, "fileReferences": None}


def _closed(sid: str) -> bool:
    socket = sio.eio.sockets.get(sio.manager.eio_sid_from_sid(sid, "/"))
    return socket is None or socket.closed


def _speaking(sid: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """How Chainlit sends to one socket, and how it asks one."""

    def tell(event: str, data: Any) -> Any:
        return sio.emit(event, data, to=sid)

    def ask(event: str, data: Any, timeout: float) -> Any:
        return sio.call(event, data, timeout=timeout, to=sid)

    return tell, ask
