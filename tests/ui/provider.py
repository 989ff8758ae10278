"""An OAuth provider for tests: whoever it is asked for is who it says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({"access_token": parse_qs(sent)["code"][0]})

    def do_GET(self) -> None:
        self._answer({"email": self.headers["Authorization"].removeprefix("Bearer ")})

    def _answer(self, content: dict[str, str]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """The settings with which Chainlit uses this provider."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {
            "OAUTH_GENERIC_CLIENT_ID": "muster",
            "OAUTH_GENERIC_CLIENT_SECRET": "secret",
            "OAUTH_GENERIC_AUTH_URL": f"{address}/authorize",
            "OAUTH_GENERIC_TOKEN_URL": f"{address}/token",
            "OAUTH_GENERIC_USER_INFO_URL": f"{address}/me",
            "OAUTH_GENERIC_SCOPES": "email",
        }
    finally:
        server.shutdown()
        server.server_close()
