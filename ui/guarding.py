"""What the web server lets in and out: the size of a message, and what a page may load and run."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
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
