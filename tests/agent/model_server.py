"""A server that speaks as OpenAI-compatible models do, and says what a test has told it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ModelServer:
    """`answers` are given one after the other; `requests` are the bodies that came in."""

    def __init__(self, answers: list[Any]) -> None:
        self.answers = answers
        self.requests: list[dict[str, Any]] = []
        self.address = ""

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.requests.append(json.loads(body))
        answer = self.answers.pop(0) if self.answers else {"content": "That is all."}
        if isinstance(answer, int):
            handler.send_response(answer)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        streamed = isinstance(answer, dict) and self.requests[-1].get("stream")
        if not isinstance(answer, dict):
            text = str(answer)
        else:
            text = _stream(answer) if streamed else json.dumps(_completion(answer))
        handler.send_response(200)
        kind = "text/event-stream" if streamed else "application/json"
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(text.encode())))
        handler.end_headers()
        handler.wfile.write(text.encode())


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
def serving(*answers: Any) -> Iterator[ModelServer]:
    server = ModelServer(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.respond(self)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.address = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield server
        http.shutdown()


def _completion(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "test",
        "choices": [
            {
                "index": 0,
                "finish_reason": "tool_calls" if message.get("tool_calls") else "stop",
                "message": {"role": "assistant"} | message,
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _stream(message: dict[str, Any]) -> str:
    """The same as server-sent events: the text word by word, a tool call at once."""
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": word + " "} for word in (message["content"] or "").split()]
    calls = message.get("tool_calls")
    if calls:
        deltas.append({"tool_calls": [{"index": place} | each for place, each in enumerate(calls)]})
    chunks = [(delta, None) for delta in deltas] + [({}, "tool_calls" if calls else "stop")]
    lines = [
        json.dumps(
            {
                "id": "c1",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "test",
                "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
            }
        )
        for delta, reason in chunks
    ]
    return "".join(f"data: {line}\n\n" for line in [*lines, "[DONE]"])
