"""Which of its sockets a chat speaks through, and what it says again when that changes.

A page may open a second socket for its session before it has closed the first: Chainlit does when its
settings come late, and every browser does when its connection drops. The server may see both in any
order. Chainlit speaks to the one that it saw last, also when that one is closed already, and never
says again what a closed one was told: a card would stand as it was, or not at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.socket import connect, connection_successful, disconnect, restore_existing_session

from ui.history import is_thread

Again = Callable[[WebsocketSession], None]

_open: dict[str, dict[str, dict[str, Any]]] = {}
"""Of each session, by its id: the sockets that are open, with what each was opened with."""


def watch_sockets(again: Again) -> None:
    """Set up Chainlit's sockets. `again` shows once more what stands on the page of a session."""
    sio.on("connect", _connected)
    sio.on("disconnect", _disconnected)
    sio.on("connection_successful", _telling(again))


async def _connected(sid: str, environ: dict[str, Any], auth: Any) -> Any:
    # A page may choose the id of its chat; Chainlit writes ids into its SQL as they come.
    thread = auth.get("threadId") if isinstance(auth, dict) else None
    if thread and not (isinstance(thread, str) and is_thread(thread)):
        raise ConnectionRefusedError("there is no such chat")
    accepted = await connect(sid, environ, auth)
    session = WebsocketSession.get(sid)
    if session is not None:
        _open.setdefault(session.id, {})[sid] = environ
        if _closed(sid):  # while Chainlit looked up who it is; nobody tells it
            await _disconnected(sid)
    return accepted


async def _disconnected(sid: str) -> None:
    session = WebsocketSession.get(sid)
    await disconnect(sid)
    for id, sockets in tuple(_open.items()):
        if sockets.pop(sid, None) is not None and not sockets:
            del _open[id]
    if session is not None and session.id in _open and not session.to_clear:
        other, environ = next(reversed(_open[session.id].items()))
        restore_existing_session(other, session.id, *_speaking(other), environ, user=session.user)
        await sio.handlers["/"]["connection_successful"](other)


def _telling(again: Again) -> Callable[[str], Awaitable[None]]:
    async def ready(sid: str) -> None:
        session = WebsocketSession.get(sid)
        shown = session is not None and session.restored and not session.thread_id_to_resume
        began = session is not None and (session.chat_started or session.has_first_interaction)
        await connection_successful(sid)
        if session is not None and shown and began:
            again(session)

    return ready


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
