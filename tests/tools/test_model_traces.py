"""What a request to a model leaves in a trace: in the process's own, and at a real receiver."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.agent.model_server import serving
from tests.tools.test_modelling import text
from tools.modelling.client import Message, ModelUnavailable, ask
from tools.modelling.tracing import exporting
from workspace.settings import Settings, load_settings

QUESTION: list[Message] = [{"role": "user", "content": "Hello, my card is secret"}]


def settings(address: str) -> Settings:
    return load_settings(
        model="test-model",
        openai_base_url=address,
        openai_api_key="sk-very-secret",
        price_in=2.0,
        price_out=8.0,
    )


@contextmanager
def receiving() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A collector of traces, as OpenTelemetry's own: its address, and what came."""
    came: list[ExportTraceServiceRequest] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            assert self.path == "/v1/traces"
            came.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def attributes(span: Any) -> dict[str, Any]:
    return {
        each.key: getattr(each.value, each.value.WhichOneof("value")) for each in span.attributes
    }


def test_spans_reach_the_endpoint_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as (endpoint, came), serving(text("A secret answer"), 401) as server:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        ask(settings(server.address), QUESTION)
        with pytest.raises(ModelUnavailable):
            ask(settings(server.address), QUESTION)
        exporting(endpoint).shutdown()  # as at the end of the process
        exporting.cache_clear()
    resources = [each for request in came for each in request.resource_spans]
    spans = [span for each in resources for scope in each.scope_spans for span in scope.spans]
    answered, refused = map(attributes, spans)
    assert answered["gen_ai.request.model"] == "test-model"
    assert answered["gen_ai.usage.input_tokens"] == 1
    assert answered["gen_ai.usage.output_tokens"] == 1
    assert answered["muster.seconds"] >= 0
    assert answered["muster.money"] == pytest.approx(10 / 1_000_000)
    assert refused["error.type"] == "AuthenticationError"
    assert "service.name" in {key.key for key in resources[0].resource.attributes}
    for word in ("secret", "Hello", "Bearer"):
        assert word not in str(came)


def test_a_receiver_that_is_not_there_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9/v1/traces")
    with serving(text("A")) as server:
        assert ask(settings(server.address), QUESTION).text == "A"
    exporting.cache_clear()


def test_a_trace_carries_numbers_and_no_words() -> None:
    exporter = InMemorySpanExporter()
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with serving(text("A secret answer")) as server:
        ask(settings(server.address), QUESTION)
    span = next(each for each in exporter.get_finished_spans() if each.name == "muster.model")
    found = dict(span.attributes or {})
    assert found["gen_ai.usage.input_tokens"] == 1
    assert found["gen_ai.request.model"] == "test-model"
    assert "secret" not in str(found)
    assert "Hello" not in str(found)
