"""What the web server lets in and out: who is signed in, what is taken, what a page may load."""

from __future__ import annotations

import asyncio
import re

from pydantic import ValidationError
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.elements import Elements
from ui.signing_in import Door, loopback_name, read_token
from workspace.settings import CHECKOUT

LARGEST_MESSAGE = 16_000_000
"""Bytes. What is too long is refused in words; above this the connection would break without any."""

# Chainlit compiles cards in the page, hence unsafe-eval. Nothing is loaded from another host: the page
# works without a network, and text that somehow became markup could not call home.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' blob: data:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# What Chainlit offers and this app has no use for. Files would be read whole before they are refused;
# an element is written as a browser says it is; a shared chat is read by everybody.
CLOSED = re.compile(
    r"(POST|DELETE) /mcp|POST /project/file|(PUT|DELETE) /project/element"
    r"|PUT /project/thread/share|GET /project/share/.*|POST /set-session-cookie"
)
UNKNOWN_PAGE = (
    "This page has lost its connection, and nothing was done. Reload it; nothing is lost."
)


def guard(door: Door) -> None:
    """Set up Chainlit's server. Must be called before it serves its first page."""
    from chainlit.server import app, sio

    sio.eio.max_http_buffer_size = LARGEST_MESSAGE
    app.add_middleware(Gone)
    app.add_middleware(Elements, folder=CHECKOUT / "public" / "elements")
    app.add_middleware(Headers)
    app.add_middleware(Closed)
    app.add_middleware(AtTheDoor, door=door)
    app.add_exception_handler(ValueError, unfit)


async def unfit(_: Request, error: Exception) -> Response:
    """The answer where Chainlit breaks on a click: one of a page that it does not know, or none at all.

    A page that connects again, as after a restart, is known again soon: it sends its click again
    (`public/muster.js`).
    """
    if error.args == ("Session not found",):
        return JSONResponse({"detail": UNKNOWN_PAGE}, status_code=410)
    if isinstance(error, ValidationError):
        return JSONResponse({"detail": "That is not a click on a card."}, status_code=422)
    raise error


class Gone:
    """Leaves alone what was asked by a page that is gone already: Socket.IO breaks on it, in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        first = await receive()
        if first["type"] == "http.disconnect":
            return
        waiting = [first]

        async def received() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, received, send)


class Headers:
    """Puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, marked if scope["type"] == "http" else send)


class Closed:
    """Refuses what is `CLOSED`, before any of it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and CLOSED.fullmatch(f"{scope['method']} {scope['path']}"):
            answer = JSONResponse({"detail": "Muster does not take this."}, status_code=404)
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


class AtTheDoor:
    """Lets nobody in by a cookie that does not hold any more, or by a header that is not to be believed.

    A page that the headers already sign in comes with the cookie. Without it Chainlit draws the chat,
    goes to its login page and comes back: what somebody types meanwhile is lost.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if self._door.ways.local and not loopback_name(connection.headers.get("host", "")):
            await _misdirected(scope, receive, send)
            return
        if self._door.ways.header is not None and not self._door.believes(_peer(scope)):
            _remove_header(scope, self._door.ways.header)
        cookies = await self._cookies(scope)

        async def signed_in(message: Message) -> None:
            if message["type"] == "http.response.start":
                for cookie in cookies:
                    MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, signed_in if cookies else send)

    async def _cookies(self, scope: Scope) -> list[str]:
        """Takes a cookie that does not hold out of the request; gives those that a page comes with."""
        from chainlit.auth import get_token_from_cookies

        connection = HTTPConnection(scope)
        token = get_token_from_cookies(dict(connection.cookies))
        by_headers = self._door.ways.local or self._door.ways.header is not None
        named = self._door.by_header(connection.headers) if by_headers else None
        if token is not None:
            said = read_token(token)
            same = said is not None and (not by_headers or said.person == named)
            if said is not None and same and await asyncio.to_thread(self._door.lets_stay, said):
                return []
            _remove_token(scope, connection)
        if named is None or not _asks_page(scope):
            return []
        return _signed(Request(scope), named)


def _signed(request: Request, person: str) -> list[str]:
    from chainlit.auth import create_jwt, set_auth_cookie
    from chainlit.user import User

    response = Response()
    set_auth_cookie(request, response, create_jwt(User(identifier=person)))
    return response.headers.getlist("set-cookie")


def _asks_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return "text/html" in HTTPConnection(scope).headers.get("accept", "")


def _peer(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


def _remove_header(scope: Scope, name: str) -> None:
    wanted = name.lower().encode("latin-1")
    scope["headers"] = [each for each in scope["headers"] if each[0].lower() != wanted]


def _remove_token(scope: Scope, connection: HTTPConnection) -> None:
    """Other cookies stay: one of them belongs to an OAuth sign-in that is under way."""
    from chainlit.auth.cookie import _auth_cookie_name

    kept = {
        name: value
        for name, value in connection.cookies.items()
        if not name.startswith(_auth_cookie_name)
    }
    _remove_header(scope, "cookie")
    if kept:
        text = "; ".join(f"{name}={value}" for name, value in kept.items())
        scope["headers"] = [*scope["headers"], (b"cookie", text.encode("latin-1"))]


async def _misdirected(scope: Scope, receive: Receive, send: Send) -> None:
    """Another name for this machine: a page of that name must not act as the one who has it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    answer = JSONResponse({"detail": "Open Muster as http://localhost."}, status_code=421)
    await answer(scope, receive, send)
