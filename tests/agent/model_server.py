"""A server that speaks as OpenAI-compatible models do, says what a test has told it, and misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


@dataclass(frozen=True)
class Fault:
    """An answer that goes wrong on its way."""

    kind: Literal["slow", "drip", "cut", "endless", "status"]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    body: str = ""


def refused_key(key: str) -> Fault:
    """A refusal that says the key again, as some servers do."""
    said = {"error": {"message": f"Incorrect API key provided: {key}"}}
    return Fault("status", 401, body=json.dumps(said))


class ModelServer:
    """`answers` are given one after the other; `requests` are the bodies that came in.

    An answer may have a `finish_reason` of its own; a streamed one of None ends in the middle.

    `owner` is what its list of models says of it, a status in place of a list; it refuses requests that hold one of `refuses`.
    """

    def __init__(
        self,
        answers: list[Any],
        owner: str | int | None = None,
        refuses: tuple[str, ...] = (),
    ) -> None:
        self.answers = answers
        self.owner = owner
        self.refuses = refuses
        self.requests: list[dict[str, Any]] = []
        self.looked = 0
        self.address = ""

    def models(self, handler: BaseHTTPRequestHandler) -> None:
        self.looked += 1
        if not isinstance(self.owner, str):
            _send(handler, self.owner or 404, "")
            return
        rows = [{"id": "test-model", "object": "model", "owned_by": self.owner}]
        _send(handler, 200, json.dumps({"object": "list", "data": rows}))

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.requests.append(body)
        refused = [each for each in self.refuses if each in body]
        if refused:
            said = f"Extra inputs are not permitted: {', '.join(refused)}"
            _send(handler, 400, json.dumps({"error": {"message": said}}))
            return
        answer = self.answers.pop(0) if self.answers else {"content": "That is all."}
        if isinstance(answer, Fault):
            _misbehave(handler, answer)
        elif isinstance(answer, int):
            _send(handler, answer, "")
        elif not isinstance(answer, dict):
            _send(handler, 200, str(answer))
        elif body.get("stream"):
            usage = bool(body.get("stream_options", {}).get("include_usage"))
            _send(handler, 200, _stream(answer, usage=usage), "text/event-stream")
        else:
            _send(handler, 200, json.dumps(_completion(answer)))


def call(tool: str, **arguments: Any) -> dict[str, Any]:
    """An answer that calls a tool."""
    return {
        "content": None,
        "tool_calls": [
            {
                "id": f"call_{tool}",
                "type": "function",
                "function": {"name": tool, "arguments": json.dumps(arguments)},
            }
        ],
    }


@contextmanager
def serving(
    *answers: Any, owner: str | int | None = None, refuses: tuple[str, ...] = ()
) -> Iterator[ModelServer]:
    server = ModelServer(list(answers), owner, refuses)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.models(self)

        def do_POST(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
                server.respond(self)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield server
        http.shutdown()


def _send(
    handler: BaseHTTPRequestHandler, status: int, text: str, kind: str = "application/json"
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(text.encode())))
    handler.end_headers()
    handler.wfile.write(text.encode())


def _misbehave(handler: BaseHTTPRequestHandler, fault: Fault) -> None:
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    handler.send_response_only(fault.status)  # without a date of its own
    for name, value in fault.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Type", "application/json")
    if fault.kind == "cut":  # promises more than it gives
        handler.send_header("Content-Length", "4000")
        handler.end_headers()
        handler.wfile.write(b'{"choices": [{"message": {"content": "trait(')
        handler.wfile.flush()
        handler.connection.close()
        return
    handler.end_headers()
    handler.wfile.write(fault.body.encode())
    until = time.monotonic() + fault.seconds
    while fault.kind in ("drip", "endless") and time.monotonic() < until:
        handler.wfile.write(b" " * (1 if fault.kind == "drip" else 1_000_000))
        handler.wfile.flush()
        if fault.kind == "drip":
            time.sleep(0.05)


def _completion(message: dict[str, Any]) -> dict[str, Any]:
    message = dict(message)
    reason = message.pop("finish_reason", "tool_calls" if message.get("tool_calls") else "stop")
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "test",
        "choices": [
            {
                "index": 0,
                "finish_reason": reason,
                "message": {"role": "assistant"} | message,
            }
        ],
        "usage": USAGE,
    }


def _stream(message: dict[str, Any], *, usage: bool) -> str:
    """The same as server-sent events: the text word by word, a tool call at once, or its first half."""
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": word + " "} for word in (message["content"] or "").split()]
    calls = message.get("tool_calls")
    reason = message.get("finish_reason", "tool_calls" if calls else "stop")
    if calls and reason is None:
        whole = calls[0]["function"]
        half = whole | {"arguments": whole["arguments"][: len(whole["arguments"]) // 2]}
        calls = [calls[0] | {"function": half}]
    if calls:
        deltas.append({"tool_calls": [{"index": place} | each for place, each in enumerate(calls)]})
    chunks: list[Any] = [(delta, None) for delta in deltas]
    if reason is not None:
        chunks.append(({}, reason))
    start = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": "test"}
    rows = [
        start | {"choices": [{"index": 0, "delta": delta, "finish_reason": why}]}
        for delta, why in chunks
    ]
    if usage and reason is not None:
        rows.append(start | {"choices": [], "usage": USAGE})
    lines = [json.dumps(each) for each in rows]
    ended = [] if reason is None else ["[DONE]"]
    return "".join(f"data: {line}\n\n" for line in [*lines, *ended])
