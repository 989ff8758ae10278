"""What the web server lets in and out: who is signed in, the size of a message, what a page may load."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_MESSAGE = 16_000_000
"""Bytes. What is too long is refused in words; above this the connection would break without any."""

# Chainlit compiles cards in the page, hence unsafe-eval. Nothing is loaded from another host: the page
# works without a network, and text that somehow became markup could not call home.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def guard() -> None:
    """Set up Chainlit's server. Must be called before it serves its first page."""
    from chainlit.server import app, sio

    sio.eio.max_http_buffer_size = LARGEST_MESSAGE
    app.add_middleware(Headers)
    app.add_middleware(SignedIn)


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


class SignedIn:
    """A page that the headers already sign in comes with the cookie.

    Without it Chainlit draws the chat, goes to its login page and comes back: what somebody types
    meanwhile is lost.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = await _cookies(Request(scope)) if scope["type"] == "http" else []

        async def signed_in(message: Message) -> None:
            if message["type"] == "http.response.start":
                for cookie in cookies:
                    MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, signed_in if cookies else send)


async def _cookies(request: Request) -> list[str]:
    """The cookies that sign in whoever asks for a page and is not signed in yet."""
    from chainlit.auth import create_jwt, get_token_from_cookies, set_auth_cookie
    from chainlit.auth.jwt import decode_jwt
    from chainlit.config import config
    from jwt import InvalidTokenError

    by_headers = config.code.header_auth_callback
    asks_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if by_headers is None or not asks_page:
        return []
    try:
        decode_jwt(get_token_from_cookies(dict(request.cookies)) or "")
        return []
    except InvalidTokenError:
        pass
    user = await by_headers(request.headers)
    if user is None:
        return []
    response = Response()
    set_auth_cookie(request, response, create_jwt(user))
    return response.headers.getlist("set-cookie")
