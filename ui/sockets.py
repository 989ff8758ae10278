"""Which of its sockets a chat speaks through, and what it says again when that changes.

A page may open a second socket for its session before it has closed the first: Chainlit does when its
settings come late, and every browser does when its connection drops. The server may see both in any
order. Chainlit speaks to the one that it saw last, also when that one is closed already, and never
says again what a closed one was told: a card would stand as it was, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.socket import connect, connection_successful, disconnect, restore_existing_session

from ui.history import is_thread

Again = Callable[[WebsocketSession], None]


def watch_sockets(again: Again) -> None:
    """Set up Chainlit's sockets. `again` shows once more what stands on the page of a session."""
    sockets = _Sockets(again)
    sio.on("connect", sockets.connected)
    sio.on("disconnect", sockets.disconnected)
    sio.on("connection_successful", sockets.listens)


class _Sockets:
    """The sockets that are open. A page listens to the one through which it last said so."""

    def __init__(self, again: Again) -> None:
        self._again = again
        self._open: dict[str, dict[str, Any]] = {}  # socket → session, and what it was opened with
        self._listening: list[str] = []  # the newest last

    async def connected(self, sid: str, environ: dict[str, Any], auth: Any) -> Any:
        # A page may choose the id of its chat; Chainlit writes ids into its SQL as they come.
        thread = auth.get("threadId") if isinstance(auth, dict) else None
        if thread and not (isinstance(thread, str) and is_thread(thread)):
            raise ConnectionRefusedError("there is no such chat")
        accepted = await connect(sid, environ, auth)
        session = WebsocketSession.get(sid)
        if session is not None:
            self._open[sid] = {"session": session.id, "environ": environ}
            self._settle(session)
            if _closed(sid):  # while Chainlit looked up who it is; nobody tells it
                await self.disconnected(sid)
        return accepted

    async def listens(self, sid: str) -> None:
        opened = self._open.get(sid)
        session = WebsocketSession.get_by_id(opened["session"]) if opened else None
        if session is None:
            return
        self._listening.append(sid)
        self._settle(session)
        began = session.chat_started or session.has_first_interaction
        await connection_successful(sid)
        # Chainlit itself draws a chat that was opened from the history.
        if session.restored and began and not session.thread_id_to_resume:
            self._again(session)

    async def disconnected(self, sid: str) -> None:
        session = WebsocketSession.get(sid)
        await disconnect(sid)
        self._open.pop(sid, None)
        self._listening = [each for each in self._listening if each != sid]
        if session is not None and not session.to_clear and self._settle(session):
            self._again(session)

    def _settle(self, session: WebsocketSession) -> bool:
        """Speak to where the page listens; whether that is another socket than before."""
        mine = [each for each in self._listening if self._open[each]["session"] == session.id]
        if not mine or session.socket_id == mine[-1]:
            return False
        sid, environ = mine[-1], self._open[mine[-1]]["environ"]
        return bool(
            restore_existing_session(sid, session.id, *_speaking(sid), environ, user=session.user)
        )


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
